"""The exact value of an expression in which nothing is left open."""

from __future__ import annotations

from fractions import Fraction
from math import prod

from sympy.core.basic import Basic

from derivex.expression import Negative, Over, Plus, Power, Times, postorder, value_of

__all__ = ["NoValueError", "exact_value"]

_LARGEST_EXPONENT = 12


class NoValueError(Exception):
    """The expression has no value: it divides by zero."""


def exact_value(expression: Basic) -> Fraction | None:
    """The value by arithmetic alone, None where something else stands in it.

    Raises:
        NoValueError: there is a division by zero in it.

    >>> from derivex.expression import ONE, integer, symbol
    >>> exact_value(Plus(ONE, Over(ONE, integer(2)))), exact_value(symbol("x"))
    (Fraction(3, 2), None)
    """
    values: dict[Basic, Fraction | None] = {}
    for node in postorder(expression):
        values[node] = _value(node, [values[operand] for operand in node.args])
    return values[expression]


def _value(node: Basic, operands: list[Fraction | None]) -> Fraction | None:
    literal = value_of(node)
    if literal is not None:
        return literal
    kind = type(node)
    if kind is Over and operands[1] == 0:
        raise NoValueError
    known = [value for value in operands if value is not None]
    if not known or len(known) < len(operands):
        return None
    if kind is Plus:
        return sum(known, Fraction(0))
    if kind is Times:
        return prod(known, start=Fraction(1))
    if kind is Negative:
        return -known[0]
    if kind is Over:
        return known[0] / known[1]
    if kind is Power:
        base, exponent = known
        if base == 0 and exponent < 0:
            raise NoValueError
        if exponent.denominator == 1 and abs(exponent) <= _LARGEST_EXPONENT:
            return base ** int(exponent)
    return None
