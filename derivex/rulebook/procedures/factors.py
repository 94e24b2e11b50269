"""Taking products apart: factors, coefficients, bases and exponents."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from sympy.core.basic import Basic

from derivex.expression import ONE, Negative, Over, Power, Times, number
from derivex.expression.literals import NUMBER_TYPES, Value, quick_value

__all__ = [
    "base_and_exponent",
    "coefficient_and_rest",
    "factors_of",
    "is_number",
    "key_of",
    "power_of",
    "power_taken_apart",
    "product_of",
    "with_coefficient",
]


def is_number(node: Basic) -> bool:
    """Whether a node is a number, asked quickly."""
    return type(node) in NUMBER_TYPES and quick_value(node) is not None


def factors_of(node: Basic) -> tuple[Basic, ...]:
    """The factors of a product; any other node is its own only factor."""
    return node._args if type(node) is Times else (node,)


def product_of(factors: Sequence[Basic]) -> Basic:
    """The product of any number of factors; of none it is 1."""
    if not factors:
        return ONE
    return factors[0] if len(factors) == 1 else Times(*factors)


def coefficient_and_rest(term: Basic) -> tuple[Value, tuple[Basic, ...]]:
    """A term as a number times factors that are not numbers.

    >>> from derivex.expression import integer, symbol
    >>> x = symbol("x")
    >>> coefficient_and_rest(Negative(Over(Times(integer(3), x), integer(2))))
    (Fraction(-3, 2), (x,))
    """
    coefficient: Value = 1
    while True:
        if type(term) is Negative:
            coefficient = -coefficient
            term = term._args[0]
            continue
        if type(term) is Over:
            bottom = quick_value(term._args[1])
            if bottom:
                coefficient = Fraction(coefficient) / bottom
                term = term._args[0]
                continue
        break
    factors = factors_of(term)
    if NUMBER_TYPES.isdisjoint(map(type, factors)):
        return coefficient, factors
    rest: list[Basic] = []
    for factor in factors:
        value = quick_value(factor) if type(factor) in NUMBER_TYPES else None
        if value is None:
            rest.append(factor)
        else:
            coefficient *= value
    return coefficient, tuple(rest)


def with_coefficient(
    coefficient: Value, rest: tuple[Basic, ...] | list[Basic], decimal: bool = False
) -> Basic:
    """The term with that coefficient, written as on paper: 2x, x, −x, 3/2 x, 0."""
    if coefficient < 0:
        return Negative(with_coefficient(-coefficient, rest, decimal))
    if not rest or not coefficient:
        return number(coefficient, decimal)
    if coefficient == 1:
        return product_of(rest)
    return Times(number(coefficient, decimal), *rest)


def key_of(factors: tuple[Basic, ...]) -> tuple[int, ...]:
    """Equal for products with the same factors in any order."""
    return tuple(sorted(map(id, factors)))


def base_and_exponent(factor: Basic) -> tuple[Basic, Value | None]:
    """A factor as base and number exponent; a power with another exponent is its own base."""
    if type(factor) is Power:
        exponent = quick_value(factor._args[1])
        if exponent is not None:
            return factor._args[0], exponent
    return factor, 1


def power_taken_apart(factor: Basic) -> tuple[Basic, Value | None]:
    """The same, but for whole numbers in another exponent: e^(2x) is the square of e^x.

    >>> from derivex.expression import E, TWO, symbol
    >>> x = symbol("x")
    >>> power_taken_apart(Power(E, Negative(Times(TWO, x))))
    (Power(E, x), -2)
    """
    if type(factor) is Power and type(factor._args[1]) in _WITH_COEFFICIENT:
        base, written = factor._args
        exponent, rest = coefficient_and_rest(written)
        if rest and exponent != 1 and exponent.denominator == 1:
            return Power(base, product_of(rest)), exponent
    return base_and_exponent(factor)


_WITH_COEFFICIENT = (Negative, Times)


def power_of(base: Basic, exponent: Value) -> Basic:
    """The power as it is written on paper: x itself for the exponent 1, e^(2x) for that of e^x."""
    if exponent == 1:
        return base
    if type(base) is Power and exponent.denominator == 1:
        inner = base._args[1]
        if quick_value(inner) is None:
            return Power(base._args[0], with_coefficient(exponent, factors_of(inner)))
    return Power(base, number(exponent))
