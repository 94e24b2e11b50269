"""Square roots of numbers: whole ones worked out, squares taken out of the others."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from sympy.core.basic import Basic

from derivex.expression import Apply, Times, function_name, integer
from derivex.expression.literals import number_like, quick_value
from derivex.expression.nodes import Node
from derivex.limits import MAX_BITS

__all__ = ["number_root", "squares_out_of_root"]

_LARGEST_FACTOR = 1000  # squares of larger numbers are not looked for
_ROOT = function_name("sqrt")


def number_root(node: Node) -> Basic | None:
    """The root of a number that is a square; the numbers 0 and 1 are for the known values.

    >>> from derivex.expression import integer
    >>> number_root(Apply(function_name("sqrt"), integer(25)))
    5
    """
    value = _under_root(node)
    if value is None or (value <= 1 and value.denominator == 1):
        return None
    above, below = isqrt(value.numerator), isqrt(value.denominator)
    if above * above != value.numerator or below * below != value.denominator:
        return None
    return number_like(Fraction(above, below), node._args[1:])


def squares_out_of_root(node: Node) -> Basic | None:
    """The root of a whole number that has a square as a factor.

    >>> from derivex.expression import integer
    >>> squares_out_of_root(Apply(function_name("sqrt"), integer(20)))
    Times(2, Apply(sqrt, 5))
    """
    value = _under_root(node)
    if value is None or value.denominator != 1 or value <= 1:
        return None
    outside, inside = 1, value.numerator
    for factor in range(2, min(_LARGEST_FACTOR, isqrt(inside)) + 1):
        square = factor * factor
        if square > inside:
            break
        while inside % square == 0:
            inside //= square
            outside *= factor
    if outside == 1 or inside == 1:
        return None
    return Times(integer(outside), Apply(_ROOT, integer(inside)))


def _under_root(node: Node) -> Fraction | None:
    """The number that a square root is taken of; None where it is none, or an enormous one."""
    if node._args[0] is not _ROOT or len(node._args) != 2:
        return None
    value = quick_value(node._args[1])
    if value is None or value < 0:
        return None
    fraction = Fraction(value)
    size = max(fraction.numerator, fraction.denominator).bit_length()
    return None if size > MAX_BITS else fraction
