"""Taking products apart: factors, coefficients, bases and exponents."""

from __future__ import annotations

from fractions import Fraction

from sympy import Integer
from sympy.core.basic import Basic

from derivex.expression import ONE, Decimal, Negative, Over, Power, Times, number, value_of

__all__ = [
    "NUMBER_TYPES",
    "base_and_exponent",
    "coefficient_and_rest",
    "factors_of",
    "key_of",
    "power_of",
    "product_of",
    "with_coefficient",
]

NUMBER_TYPES = frozenset({Integer, type(Integer(0)), type(Integer(1)), Decimal})
"""The types of literals: a quick look before :func:`value_of` is asked."""

_MAYBE_NUMBER = NUMBER_TYPES | {Over, Negative}


def is_number(node: Basic) -> bool:
    """Whether a node is a number, asked quickly."""
    return type(node) in _MAYBE_NUMBER and value_of(node) is not None


def factors_of(node: Basic) -> tuple[Basic, ...]:
    """The factors of a product; any other node is its own only factor."""
    return node._args if type(node) is Times else (node,)


def product_of(factors: list[Basic] | tuple[Basic, ...]) -> Basic:
    """The product of any number of factors; of none it is 1."""
    if not factors:
        return ONE
    return factors[0] if len(factors) == 1 else Times(*factors)


def coefficient_and_rest(term: Basic) -> tuple[Fraction, tuple[Basic, ...]]:
    """A term as a number times factors that are not numbers.

    >>> from derivex.expression import integer, symbol
    >>> x = symbol("x")
    >>> coefficient_and_rest(Negative(Over(Times(integer(3), x), integer(2))))
    (Fraction(-3, 2), (x,))
    """
    coefficient = Fraction(1)
    while True:
        if type(term) is Negative:
            coefficient = -coefficient
            term = term._args[0]
            continue
        if type(term) is Over:
            bottom = value_of(term._args[1])
            if bottom:
                coefficient /= bottom
                term = term._args[0]
                continue
        break
    rest: list[Basic] = []
    for factor in factors_of(term):
        value = value_of(factor) if type(factor) in _MAYBE_NUMBER else None
        if value is None:
            rest.append(factor)
        else:
            coefficient *= value
    return coefficient, tuple(rest)


def with_coefficient(
    coefficient: Fraction, rest: tuple[Basic, ...] | list[Basic], decimal: bool = False
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


def base_and_exponent(factor: Basic) -> tuple[Basic, Fraction | None]:
    """A factor as base and number exponent; a power with another exponent is its own base."""
    if type(factor) is Power:
        exponent = value_of(factor._args[1])
        if exponent is not None:
            return factor._args[0], exponent
    return factor, Fraction(1)


def power_of(base: Basic, exponent: Fraction) -> Basic:
    """The power as it is written on paper: x itself for the exponent 1."""
    return base if exponent == 1 else Power(base, number(exponent))
