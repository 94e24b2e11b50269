"""Collecting: like terms, like factors, and what fractions have in common."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    ZERO,
    Apply,
    At,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    has_decimal,
)
from derivex.expression.literals import INTEGER_TYPES, NUMBER_TYPES, Value
from derivex.expression.nodes import Node
from derivex.rulebook.procedures.factors import (
    base_and_exponent,
    coefficient_and_rest,
    factors_of,
    is_number,
    key_of,
    power_of,
    power_taken_apart,
    product_of,
    with_coefficient,
)

__all__ = [
    "cancel",
    "cancel_common_factor",
    "collect",
    "common_factor",
    "has_decimal_coefficient",
    "like_factors",
    "like_terms",
]


def like_terms(node: Node) -> Basic | None:
    """Add terms that differ only in their coefficient.

    >>> from derivex.expression import integer, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> like_terms(Plus(Times(integer(2), x), y, x))
    Plus(Times(3, x), y)
    """
    if len({_trace(term) for term in node._args}) == len(node._args):
        return None
    totals: dict[tuple[int, ...], Value] = {}
    first: dict[tuple[int, ...], tuple[Basic, ...]] = {}
    parts: list[tuple[Basic, tuple[int, ...] | None]] = []
    alike: set[tuple[int, ...]] = set()
    for term in node._args:
        coefficient, rest = coefficient_and_rest(term)
        key = key_of(rest) if rest else None
        if key is not None:
            if key in totals:
                totals[key] += coefficient
                alike.add(key)
                continue
            totals[key], first[key] = coefficient, rest
        parts.append((term, key))
    if not alike:
        return None
    decimal = any(has_decimal_coefficient(term) for term in node._args)
    terms = [
        with_coefficient(totals[key], first[key], decimal) if key in alike else term
        for term, key in parts
        if key is None or key not in alike or totals[key]
    ]
    return _sum_of(terms)


def _trace(term: Basic) -> int:
    """A number that terms have in common which differ only in their coefficient."""
    while True:
        kind = type(term)
        if kind is Times:
            factors: Sequence[Basic] = term._args
            if not NUMBER_TYPES.isdisjoint(map(type, factors)):
                factors = [factor for factor in factors if type(factor) not in NUMBER_TYPES]
            if len(factors) == 1:
                return id(factors[0])
            return hash(frozenset(factors))
        if kind is Negative or (kind is Over and is_number(term._args[1])):
            term = term._args[0]
            continue
        return 0 if kind in NUMBER_TYPES else id(term)


def has_decimal_coefficient(term: Basic) -> bool:
    """Whether a number among the factors of a term is a decimal."""
    if type(term) is Negative:
        term = term._args[0]
    return any(has_decimal(factor) for factor in factors_of(term))


def like_factors(node: Node) -> Basic | None:
    """Multiply powers of the same base by adding their exponents.

    >>> from derivex.expression import integer, Power, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> like_factors(Times(x, y, Power(x, integer(2))))
    Times(Power(x, 3), y)
    >>> cubed = Power(integer(2), integer(3))
    >>> like_factors(Times(cubed, integer(2), x, cubed))
    Times(Power(2, 6), 2, x)
    """
    written = node._args
    bases: Sequence[Basic] = written
    for factor in written:
        if type(factor) is Power:
            bases = [factor._args[0] if type(factor) is Power else factor for factor in written]
            break
    if len({*bases}) == len(bases):
        return None
    exponents: dict[Basic, Value] = {}
    order: list[tuple[Basic, Basic | None]] = []  # None: it stays, be it 2 beside 2⁻¹
    alike: set[Basic] = set()
    for factor in written:
        base, exponent = power_taken_apart(factor)
        if exponent is None or is_number(factor):
            order.append((factor, None))
        elif base in exponents:
            exponents[base] += exponent
            alike.add(base)
        else:
            exponents[base] = exponent
            order.append((factor, base))
    if not alike:
        return None
    factors = [
        factor if base is None or base not in alike else power_of(base, exponents[base])
        for factor, base in order
        if base is None or base not in alike or exponents[base]
    ]
    return product_of(factors)


def cancel(node: Node) -> Basic | None:
    """Divide the numerator and denominator of a fraction by what they have in common.

    The result equals the fraction wherever the fraction is defined.

    >>> from derivex.expression import integer, Power, symbol
    >>> x = symbol("x")
    >>> cancel(Over(Times(integer(2), x), Power(x, integer(2))))
    Over(2, x)
    """
    top, bottom = node._args
    if type(top) in _ONE_FACTOR:
        if top is bottom:
            return ONE
        if type(bottom) in _ONE_FACTOR:
            return None  # neither can be divided
    if top is ONE and type(bottom) is Times and _BASE_ONE.isdisjoint(map(type, bottom._args)):
        return None
    sign = 1
    if type(top) is Negative:
        sign, top = -1, top._args[0]
    above, below = factors_of(top), factors_of(bottom)
    upper_number, upper = _number_and_rest(above)
    lower_number, lower = _number_and_rest(below)
    if upper is None or lower is None:
        left = _left_of_powers(above, below)
        if left is None:
            return None
        changed, (upper_number, upper), (lower_number, lower) = left
    elif not lower_number:
        return None  # 0/0 is nothing
    else:
        changed = not {*upper}.isdisjoint(lower)
        if changed:
            upper, lower = _without_shared(upper, lower)
    divisor = gcd(upper_number, lower_number)
    if not changed and divisor == 1:
        return None
    new_top = with_coefficient(upper_number // divisor, upper)
    new_bottom = with_coefficient(lower_number // divisor, lower)
    result = new_top if new_bottom is ONE else Over.interned.made((new_top, new_bottom))
    return Negative(result) if sign < 0 else result


_Left = tuple[int, list[Basic]]
"""The whole number and the other factors of what is left of a product."""


def _number_and_rest(factors: tuple[Basic, ...]) -> tuple[int, list[Basic] | None]:
    """The product of the whole numbers and the other factors, None if there are powers."""
    number, rest = 1, []
    for factor in factors:
        kind = type(factor)
        if kind in INTEGER_TYPES:
            number *= factor.p
        elif kind is Power:
            return number, None
        else:
            rest.append(factor)
    return number, rest


def _without_shared(*sides: list[Basic]) -> list[list[Basic]]:
    """Two products without the factors that both have, each left out once."""
    shared = set(sides[0]).intersection(sides[1])
    left: list[list[Basic]] = []
    for factors in sides:
        rest, once = [], {*shared}
        for factor in factors:
            if factor in once:
                once.remove(factor)
            else:
                rest.append(factor)
        left.append(rest)
    return left


def _left_of_powers(
    above: tuple[Basic, ...], below: tuple[Basic, ...]
) -> tuple[bool, _Left, _Left] | None:
    """Whether anything cancels, and what is left of two products; None if nothing can be said."""
    if not _may_share(above, below):
        return None
    upper, lower = list(map(power_taken_apart, above)), list(map(power_taken_apart, below))
    first: dict[Basic, int] = {}
    for position, (base, exponent) in enumerate(lower):
        if base is ZERO:
            return None  # 0/0 is nothing
        if exponent is not None:
            first.setdefault(base, position)
    changed = False
    for position, (base, exponent) in enumerate(upper):
        other_position = first.get(base)
        if exponent is None or other_position is None:
            continue
        other = lower[other_position][1]
        if not other or other <= 0 or exponent <= 0:
            continue
        common = min(exponent, other)
        upper[position] = (base, exponent - common)
        lower[other_position] = (base, other - common)
        changed = True
    return changed, _left(upper), _left(lower)


def _left(parts: list[tuple[Basic, Value | None]]) -> _Left:
    number, rest = 1, []
    for base, exponent in parts:
        if exponent == 1 and type(base) in INTEGER_TYPES:
            number *= base.p
        elif exponent:
            rest.append(power_of(base, exponent))
    return number, rest


_ONE_FACTOR = frozenset({Symbol, At, Apply, Plus})
_BASE_ONE = frozenset({type(ONE), Power})
_OTHER_INTEGERS = INTEGER_TYPES - {type(ONE)}


def _may_share(above: tuple[Basic, ...], below: tuple[Basic, ...]) -> bool:
    """Whether numerator and denominator may have a base, or whole numbers, in common."""
    bases = {id(factor._args[0] if type(factor) is Power else factor) for factor in above}
    for factor in below:
        if id(factor._args[0] if type(factor) is Power else factor) in bases:
            return True
    return not (
        _OTHER_INTEGERS.isdisjoint(map(type, below)) or _OTHER_INTEGERS.isdisjoint(map(type, above))
    )


def cancel_common_factor(node: Node) -> Basic | None:
    """Divide every term of a numerator, and the denominator, by the factors that all of them share.

    >>> from derivex.expression import Power, integer, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> cancel_common_factor(Over(Plus(x, Times(x, y)), Power(x, integer(3))))
    Over(Plus(1, y), Power(x, 2))
    """
    top, bottom = node._args
    if type(top) is not Plus:
        return None
    below = _powers(factors_of(bottom))
    shared = {
        base: min(exponent, below[base])
        for base, exponent in _shared_powers(list(map(coefficient_and_rest, top._args))).items()
        if base in below and not is_number(base)
    }
    if not shared:
        return None
    above = Plus(*(_divided(term, shared) for term in top._args))
    rest = _divided(bottom, shared)
    return above if rest is ONE else Over(above, rest)


def _divided(term: Basic, shared: dict[Basic, Value]) -> Basic:
    """A term, which keeps its sign and its denominator, without factors that it has."""
    if type(term) is Negative:
        return Negative(_divided(term._args[0], shared))
    if type(term) is Over:
        return Over(_divided(term._args[0], shared), term._args[1])
    left = dict(shared)
    factors: list[Basic] = []
    for factor in factors_of(term):
        base, exponent = base_and_exponent(factor)
        taken = min(left.get(base, 0), exponent or 0)
        if taken <= 0 or exponent is None:
            factors.append(factor)
            continue
        left[base] -= taken
        if exponent != taken:
            factors.append(power_of(base, exponent - taken))
    return product_of(factors)


def _shared_powers(terms: list[tuple[Value, tuple[Basic, ...]]]) -> dict[Basic, Value]:
    """The factors, with their least exponents, that all terms have; each term as it comes apart."""
    shared = _powers(terms[0][1])
    for _, rest in terms[1:]:
        powers = _powers(rest)
        shared = {
            base: min(exponent, powers[base]) for base, exponent in shared.items() if base in powers
        }
        if not shared:
            break
    return shared


def common_factor(node: Node) -> Basic | None:
    """Take the factors that all terms share, and their common whole number, out of a sum.

    >>> from derivex.expression import integer, Power, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> common_factor(Plus(Times(integer(2), x, y), Times(integer(4), Power(x, integer(2)))))
    Times(2, x, Plus(y, Times(2, x)))
    """
    terms = [coefficient_and_rest(term) for term in node._args]
    shared = _shared_powers(terms)
    whole = 0
    for coefficient, _ in terms:
        whole = gcd(whole, coefficient.numerator if coefficient.denominator == 1 else 1)
    if all(coefficient < 0 for coefficient, _ in terms):
        whole = -whole
    if not shared and abs(whole) <= 1:
        return None
    inside: list[Basic] = []
    for coefficient, rest in terms:
        powers = _powers(rest)
        left = [
            power_of(base, exponent - shared.get(base, 0))
            for base, exponent in powers.items()
            if exponent != shared.get(base, 0)
        ]
        inside.append(with_coefficient(Fraction(coefficient) / whole, left))
    outside = [power_of(base, exponent) for base, exponent in shared.items()]
    return with_coefficient(whole, [*outside, _sum_of(inside)])


def collect(node: Node, *symbols: Basic) -> Basic | None:
    """Collect the terms of a sum by powers of each symbol in turn.

    A term goes to the first symbol that is one of its factors.

    >>> from derivex.expression import symbol
    >>> a, b, x = symbol("a"), symbol("b"), symbol("x")
    >>> collect(Plus(Times(a, x), b, Times(b, x)), x)
    Plus(Times(x, Plus(a, b)), b)
    """
    groups: dict[tuple[Basic, Value] | int, list[Basic]] = {}
    written: dict[tuple[Basic, Value], Basic] = {}
    for position, term in enumerate(node._args):
        coefficient, rest, bottom = _apart(term)
        powers = _powers(rest)
        symbol = next((each for each in symbols if each in powers), None)
        if symbol is None:
            groups[position] = [term]
            continue
        exponent = powers.pop(symbol)
        left = [power_of(base, power) for base, power in powers.items()]
        decimal = has_decimal_coefficient(term)
        share = with_coefficient(coefficient, left, decimal)
        if bottom is not None:
            share = _over(share, bottom)
        groups.setdefault((symbol, exponent), []).append(share)
        written[symbol, exponent] = term
    if all(len(shares) == 1 for shares in groups.values()):
        return None
    terms: list[Basic] = []
    for key, shares in groups.items():
        if isinstance(key, int):
            terms.append(shares[0])
        elif len(shares) == 1:
            terms.append(written[key])
        else:
            terms.append(Times(power_of(*key), Plus(*shares)))
    return _sum_of(terms)


def _apart(term: Basic) -> tuple[int | Fraction, tuple[Basic, ...], Basic | None]:
    """A term as a number times factors, over what it is divided by that is not a number."""
    sign = 1
    while type(term) is Negative:
        sign, term = -sign, term._args[0]
    bottom: Basic | None = None
    if type(term) is Over and not is_number(term._args[1]):
        term, bottom = term._args
    coefficient, rest = coefficient_and_rest(term)
    return sign * coefficient, rest, bottom


def _over(share: Basic, bottom: Basic) -> Basic:
    """A fraction whose minus, if it has one, stands in front of it."""
    if type(share) is Negative:
        return Negative(Over(share._args[0], bottom))
    return Over(share, bottom)


def _powers(factors: tuple[Basic, ...]) -> dict[Basic, Value]:
    """The factors as bases with number exponents, positive ones only."""
    powers: dict[Basic, Value] = {}
    for factor in factors:
        base, exponent = base_and_exponent(factor)
        if exponent is None or exponent <= 0:
            base, exponent = factor, 1
        powers[base] = powers.get(base, 0) + exponent
    return powers


def _sum_of(terms: list[Basic]) -> Basic:
    if not terms:
        return ZERO
    return terms[0] if len(terms) == 1 else Plus(*terms)
