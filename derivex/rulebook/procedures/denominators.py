"""Denominators: fractions inside fractions, and sums over a common denominator."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    Decimal,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    integer,
    postorder,
    value_of,
)
from derivex.expression.literals import LITERAL_TYPES
from derivex.expression.nodes import Node
from derivex.rulebook.procedures.factors import (
    coefficient_and_rest,
    key_of,
    power_of,
    with_coefficient,
)

__all__ = [
    "add_fractions",
    "clear_fraction_above",
    "clear_fractions",
    "clear_numbers_below",
    "common_denominator",
]

Powers = dict[Basic, Fraction]


def clear_fractions(node: Node) -> Basic | None:
    """Multiply a fraction's numerator and denominator by the denominators inside them.

    The result equals the fraction wherever the fraction is defined.

    >>> from derivex.expression import ONE, integer, symbol
    >>> x, y, z = symbol("x"), symbol("y"), symbol("z")
    >>> clear_fractions(Over(Plus(Over(x, y), ONE), z))
    Over(Plus(x, y), Times(z, y))
    """
    top, bottom = (_terms(operand) for operand in node._args)
    decimal = _has_decimal(node)
    whole, inner = _common([*top, *bottom], decimal)
    if whole == 1 and not inner:
        return None
    return Over(_multiplied(top, whole, inner, decimal), _multiplied(bottom, whole, inner, decimal))


def common_denominator(node: Node) -> Basic | None:
    """Bring a sum with fractions over one denominator; fractions of numbers alone stay.

    >>> from derivex.expression import ONE, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> common_denominator(Plus(Over(x, y), ONE))
    Over(Plus(x, y), y)
    """
    terms = _terms(node)
    decimal = _has_decimal(node)
    whole, inner = _common(terms, decimal)
    if not inner:
        return None
    bottom = [power_of(base, exponent) for base, exponent in inner.items()]
    return Over(
        _multiplied(terms, whole, inner, decimal), with_coefficient(Fraction(whole), bottom)
    )


def clear_fraction_above(node: Node) -> Basic | None:
    """The same for fractions with one denominator among the terms of a numerator.

    Only letters, and what the other terms have as a factor as well, are multiplied by.

    >>> from derivex.expression import ONE, integer, symbol
    >>> x, y, z = symbol("x"), symbol("y"), symbol("z")
    >>> clear_fraction_above(Over(Plus(Over(x, y), y), Plus(x, z)))
    Over(Plus(x, Power(y, 2)), Times(Plus(x, z), y))
    >>> clear_fraction_above(Over(Plus(Over(x, y), Over(y, x)), z))
    """
    top, bottom = node._args
    if type(top) is not Plus or Over not in map(type, map(_unsigned, top._args)):
        return None
    if any(type(part) is Over for part in postorder(bottom)):
        return None
    terms, decimal = _terms(top), _has_decimal(node)
    whole, inner = _common(terms, decimal)
    apart = [{base for base, exponent in powers.items() if exponent < 0} for _, powers in terms]
    if not inner or any(bases and bases != inner.keys() for bases in apart):
        return None
    for base in inner:
        if type(base) is not Symbol and not all(base in powers for _, powers in terms):
            return None
    below = _multiplied([_as_powers(bottom)], whole, inner, decimal)
    return Over(_multiplied(terms, whole, inner, decimal), below)


def clear_numbers_below(node: Node) -> Basic | None:
    """Multiply a bracket in a denominator, and the numerator, by the numbers below its terms.

    >>> from derivex.expression import ONE, integer, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> clear_numbers_below(Over(x, Times(y, Plus(ONE, Over(y, integer(4))))))
    Over(Times(4, x), Times(y, Plus(4, y)))
    >>> clear_numbers_below(Over(x, Plus(ONE, Over(x, y))))
    """
    top, bottom = node._args
    factors = bottom._args if type(bottom) is Times else (bottom,)
    for position, factor in enumerate(factors):
        if type(factor) is not Plus or _has_decimal(factor):
            continue
        terms = _terms(factor)
        whole, inner = _common(terms, decimal=False)
        if whole == 1 or inner:
            continue
        cleared = _multiplied(terms, whole, inner, decimal=False)
        below = (*factors[:position], cleared, *factors[position + 1 :])
        above = (integer(whole), *(top._args if type(top) is Times else (top,)))
        return Over(Times(*above), below[0] if len(below) == 1 else Times(*below))
    return None


def add_fractions(node: Node) -> Basic | None:
    """Add the fractions of a sum that have one denominator, if like terms come of it.

    >>> from derivex.expression import ONE, integer, symbol
    >>> x, y, z = symbol("x"), symbol("y"), symbol("z")
    >>> add_fractions(Plus(Over(Plus(x, ONE), y), z, Negative(Over(x, y))))
    Plus(Over(Plus(x, 1, Negative(x)), y), z)
    >>> add_fractions(Plus(Over(x, y), Over(z, y)))
    """
    if list(map(type, map(_unsigned, node._args))).count(Over) < 2:
        return None
    groups: dict[Basic, list[Basic]] = {}
    for term in node._args:
        fraction = _unsigned(term)
        if type(fraction) is Over and value_of(fraction._args[1]) is None:
            above, bottom = fraction._args
            parts = list(above._args) if type(above) is Plus else [above]
            if fraction is not term:
                parts = [_opposite(part) for part in parts]
            groups.setdefault(bottom, []).extend(parts)
    for bottom, parts in groups.items():
        keys = {key_of(coefficient_and_rest(part)[1]) for part in parts}
        together = [_unsigned(term) for term in node._args]
        theirs = [type(each) is Over and each._args[1] is bottom for each in together]
        if len(keys) == len(parts) or sum(theirs) < 2:
            continue
        first = theirs.index(True)
        terms = [
            Over(Plus(*parts), bottom) if position == first else term
            for position, (term, is_one) in enumerate(zip(node._args, theirs, strict=True))
            if position == first or not is_one
        ]
        return terms[0] if len(terms) == 1 else Plus(*terms)
    return None


def _unsigned(term: Basic) -> Basic:
    return term._args[0] if type(term) is Negative else term


def _opposite(term: Basic) -> Basic:
    return term._args[0] if type(term) is Negative else Negative(term)


def _terms(node: Basic) -> list[tuple[Fraction, Powers]]:
    return [_as_powers(term) for term in (node._args if type(node) is Plus else (node,))]


def _as_powers(term: Basic) -> tuple[Fraction, Powers]:
    """A term as a number times powers of bases; what is divided by has negative exponents."""
    coefficient = Fraction(1)
    powers: Powers = {}
    stack: list[tuple[Basic, int]] = [(term, 1)]
    while stack:
        node, exponent = stack.pop()
        if type(node) in LITERAL_TYPES:
            value = value_of(node)
            assert value is not None
            if value or exponent > 0:
                coefficient *= value**exponent
                continue
        elif type(node) is Negative:
            if exponent % 2:
                coefficient = -coefficient
            stack.append((node._args[0], exponent))
            continue
        elif type(node) is Times:
            stack.extend((factor, exponent) for factor in reversed(node._args))
            continue
        elif type(node) is Over:
            stack.append((node._args[1], -exponent))
            stack.append((node._args[0], exponent))
            continue
        elif type(node) is Power:
            value = value_of(node._args[1])
            if value is not None and value.denominator == 1 and value_of(node._args[0]) is None:
                stack.append((node._args[0], exponent * value.numerator))
                continue
        powers[node] = powers.get(node, Fraction(0)) + exponent
    return coefficient, {base: exponent for base, exponent in powers.items() if exponent}


def _common(terms: list[tuple[Fraction, Powers]], decimal: bool) -> tuple[int, Powers]:
    """The least common multiple of the denominators of some terms."""
    whole = 1 if decimal else lcm(*[coefficient.denominator for coefficient, _ in terms])
    inner: Powers = {}
    for coefficient, powers in terms:
        if not coefficient:
            continue
        for base, exponent in powers.items():
            if exponent < 0:
                inner[base] = max(inner.get(base, Fraction(0)), -exponent)
    return whole, inner


def _multiplied(
    terms: list[tuple[Fraction, Powers]], whole: int, inner: Powers, decimal: bool
) -> Basic:
    written: list[Basic] = []
    for coefficient, powers in terms:
        exponents = dict(powers)
        for base, exponent in inner.items():
            exponents[base] = exponents.get(base, Fraction(0)) + exponent
        factors = [power_of(base, exponent) for base, exponent in exponents.items() if exponent]
        written.append(with_coefficient(coefficient * whole, factors, decimal))
    return written[0] if len(written) == 1 else Plus(*written)


def _has_decimal(node: Basic) -> bool:
    return any(type(part) is Decimal for part in postorder(node))
