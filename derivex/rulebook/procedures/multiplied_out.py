"""Sums of products in the order in which multiplying out makes them."""

from __future__ import annotations

from fractions import Fraction

from sympy.core.basic import Basic

from derivex.expression import Decimal, Negative, Over, Plus, Times, postorder
from derivex.expression.literals import quick_value
from derivex.rulebook.procedures.expanding import MAX_TERMS
from derivex.rulebook.procedures.factors import (
    base_and_exponent,
    factors_of,
    power_of,
    product_of,
    with_coefficient,
)

__all__ = ["MadeOf", "multiplied_out", "term_of", "written"]

MadeOf = tuple[Fraction, dict[Basic, Fraction]]
"""A term: its coefficient, and its bases with their exponents in order of appearance."""


class _TooLongError(Exception):
    """More terms than is sensible."""


def terms_of(node: Basic) -> tuple[Basic, ...]:
    """The terms of a sum; any other node is its own only term."""
    return node._args if type(node) is Plus else (node,)


def term_of(node: Basic) -> MadeOf:
    """A term taken apart, its sums left as they are; what is divided by has negative exponents."""
    coefficient = Fraction(1)
    powers: dict[Basic, Fraction] = {}
    stack: list[tuple[Basic, int]] = [(node, 1)]
    while stack:
        part, sign = stack.pop()
        value = quick_value(part)
        if value is not None and (value or sign > 0):
            coefficient *= Fraction(value) ** sign
        elif type(part) is Negative:
            coefficient = -coefficient
            stack.append((part._args[0], sign))
        elif type(part) is Times:
            stack.extend((factor, sign) for factor in reversed(part._args))
        elif type(part) is Over:
            stack.append((part._args[1], -sign))
            stack.append((part._args[0], sign))
        else:
            base, exponent = base_and_exponent(part)
            if exponent is None:
                base, exponent = part, 1
            powers[base] = powers.get(base, Fraction(0)) + sign * Fraction(exponent)
    return coefficient, {base: exponent for base, exponent in powers.items() if exponent}


def written(term: MadeOf, decimal: bool = False) -> Basic:
    """The term as it is written: a fraction where something is divided by."""
    coefficient, powers = term
    above = [power_of(base, exponent) for base, exponent in powers.items() if exponent > 0]
    below = [power_of(base, -exponent) for base, exponent in powers.items() if exponent < 0]
    if not below:
        return with_coefficient(coefficient, above, decimal)
    size = abs(coefficient)
    if not decimal and size.denominator != 1:
        below = [*factors_of(with_coefficient(Fraction(size.denominator), ())), *below]
        size = Fraction(size.numerator)
    fraction = Over(with_coefficient(size, above, decimal), product_of(below))
    return Negative(fraction) if coefficient < 0 else fraction


def multiplied_out(node: Basic) -> Basic | None:
    """A sum or product with all its products of sums multiplied out; None where nothing changes.

    Like terms are added where one product makes them, not across the terms of the sum.

    >>> from derivex.expression import TWO, Power, symbol
    >>> x, h = symbol("x"), symbol("h")
    >>> multiplied_out(Plus(Power(Plus(x, h), TWO), Negative(Power(x, TWO))))
    Plus(Power(x, 2), Times(2, x, h), Power(h, 2), Negative(Power(x, 2)))
    """
    decimal = any(type(part) is Decimal for part in postorder(node))
    try:
        made = _expanded(node, 0)
    except _TooLongError:
        return None
    terms = [written(term, decimal) for term in made]
    result = terms[0] if len(terms) == 1 else Plus(*terms) if terms else with_coefficient(0, ())
    return None if result is node else result


_OPENED = (Plus, Times, Over, Negative)  # bases whose powers are written out
_DEEPEST = 50  # sums inside products inside sums


def _expanded(node: Basic, depth: int) -> list[MadeOf]:
    if depth > _DEEPEST:
        raise _TooLongError
    found: list[MadeOf] = []
    for term in terms_of(node):
        found += _expanded_term(term, depth)
        if len(found) > MAX_TERMS:
            raise _TooLongError
    return found


def _expanded_term(term: Basic, depth: int) -> list[MadeOf]:
    coefficient, powers = term_of(term)
    product: list[MadeOf] = [(coefficient, {})]
    several = False
    for base, exponent in powers.items():
        whole = exponent.denominator == 1 and exponent > 0
        if type(base) not in _OPENED or not whole:
            product = [_times(each, (Fraction(1), {base: exponent})) for each in product]
            continue
        several = True
        factor = _expanded(base, depth + 1)
        for _ in range(exponent.numerator):
            product = _merged([_times(left, right) for left in product for right in factor])
            if len(product) > MAX_TERMS:
                raise _TooLongError
    return product if several else [(coefficient, powers)]


def _times(left: MadeOf, right: MadeOf) -> MadeOf:
    powers = dict(left[1])
    for base, exponent in right[1].items():
        powers[base] = powers.get(base, Fraction(0)) + exponent
    return left[0] * right[0], {base: exponent for base, exponent in powers.items() if exponent}


def _merged(terms: list[MadeOf]) -> list[MadeOf]:
    """Like terms added, where the first of them stands."""
    found: dict[frozenset[tuple[Basic, Fraction]], MadeOf] = {}
    for coefficient, powers in terms:
        key = frozenset(powers.items())
        if key in found:
            before, kept = found[key]
            found[key] = (before + coefficient, kept)
        else:
            found[key] = (coefficient, powers)
    return [term for term in found.values() if term[0]]
