"""Exact numbers in the written tree: reading their value, and writing a value as a tree.

A number is a non-negative integer, a decimal, a fraction of two of these, or minus one of them.
"""

from __future__ import annotations

from fractions import Fraction

from sympy import Integer
from sympy.core.basic import Basic

from derivex.expression.nodes import Decimal, Negative, Over, integer

__all__ = ["has_decimal", "number", "value_of"]


def value_of(node: Basic) -> Fraction | None:
    """The value of a number as it is written, or None if the node is not a number.

    Only −, one division and literals count: 2/3 and −0.5 are numbers, 2·3 is not one yet.

    >>> value_of(Negative(Over(integer(2), integer(4))))
    Fraction(-1, 2)
    """
    sign = 1
    if type(node) is Negative:
        sign = -1
        node = node._args[0]
    if type(node) is Over:
        numerator, denominator = map(_literal, node._args)
        if numerator is None or not denominator:
            return None
        return sign * numerator / denominator
    literal = _literal(node)
    return None if literal is None else sign * literal


def _literal(node: Basic) -> Fraction | None:
    if isinstance(node, Integer):
        return Fraction(node.p)
    if type(node) is Decimal:
        return node.value
    return None


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
    if value < 0:
        return Negative(number(-value, decimal))
    if isinstance(value, int):
        return integer(value)
    if value.denominator == 1:
        return integer(value.numerator)
    if decimal:
        text = _ending_decimal(value)
        if text is not None:
            return Decimal(text)
    return Over(integer(value.numerator), integer(value.denominator))


def _ending_decimal(value: Fraction) -> str | None:
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
