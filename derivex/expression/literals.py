"""Exact numbers in the written tree: reading their value, and writing a value as a tree.

A number is a non-negative integer, a decimal, a fraction of two of these, or minus one of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from sympy import Integer
from sympy.core.basic import Basic

from derivex.expression.node import known_integer
from derivex.expression.nodes import ONE, TWO, ZERO, Decimal, Negative, Over, integer

__all__ = [
    "INTEGER_TYPES",
    "LITERAL_TYPES",
    "NUMBER_TYPES",
    "Value",
    "has_decimal",
    "number",
    "number_like",
    "quick_value",
    "value_of",
]

Value = int | Fraction
"""An exact value, an int where it is whole: much faster, but divide with ``Fraction(a) / b``."""

INTEGER_TYPES = frozenset({Integer, type(ZERO), type(ONE), type(TWO)})
LITERAL_TYPES = INTEGER_TYPES | {Decimal}
"""The types of literals."""
NUMBER_TYPES = LITERAL_TYPES | {Over, Negative}
"""The types that a number can have: a quick look before its value is asked for."""


def value_of(node: Basic) -> Fraction | None:
    """The value of a number as it is written, or None if the node is not a number.

    Only −, one division and literals count: 2/3 and −0.5 are numbers, 2·3 is not one yet.

    >>> value_of(Negative(Over(integer(2), integer(4))))
    Fraction(-1, 2)
    """
    value = quick_value(node)
    return None if value is None else Fraction(value)


def quick_value(node: Basic) -> Value | None:
    """The same as :func:`value_of`, as an int where it is a whole number."""
    kind = type(node)
    if kind in INTEGER_TYPES:
        return node.p  # type: ignore[no-any-return]
    if kind not in NUMBER_TYPES:
        return None
    if kind is Negative:
        (operand,) = node._args
        if type(operand) is Negative:
            return None
        value = quick_value(operand)
        return None if value is None else -value
    if kind is Over:
        top, bottom = node._args
        if type(top) in LITERAL_TYPES and type(bottom) in LITERAL_TYPES:
            numerator, denominator = quick_value(top), quick_value(bottom)
            if numerator is not None and denominator:
                return Fraction(numerator) / denominator
        return None
    return node.value  # type: ignore[no-any-return]


def has_decimal(node: Basic) -> bool:
    """Whether a number is written with a decimal point."""
    if type(node) in (Negative, Over):
        return any(has_decimal(operand) for operand in node.args)
    return type(node) is Decimal


def number(value: int | Fraction, decimal: bool = False) -> Basic:
    """The tree of a number in lowest terms; as a decimal if asked for and it ends.

    >>> number(Fraction(-5, 2)), number(Fraction(-5, 2), decimal=True)
    (Negative(Over(5, 2)), Negative(2.5))
    """
    if type(value) is int:
        return integer(value) if value >= 0 else Negative(integer(-value))
    if value < 0:
        return Negative(number(-value, decimal))
    if value.denominator == 1:
        return integer(value.numerator)
    if decimal:
        text = _ending_decimal(value)
        if text is not None:
            return Decimal(text)
    return Over(integer(value.numerator), integer(value.denominator))


def number_like(value: Value, written: Iterable[Basic]) -> Basic:
    """The tree of a number, as a decimal where one of the numbers it was made from is one."""
    if type(value) is int:
        return known_integer(value) or number(value)
    return number(value, decimal=any(map(has_decimal, written)))


def _ending_decimal(value: Value) -> str | None:
    """The digits of a fraction whose decimal expansion ends, None if it goes on for ever."""
    remaining, twos, fives = value.denominator, 0, 0
    while remaining % 2 == 0:
        remaining //= 2
        twos += 1
    while remaining % 5 == 0:
        remaining //= 5
        fives += 1
    if remaining != 1:
        return None
    places = max(twos, fives)
    digits = str(value.numerator * 10**places // value.denominator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits
