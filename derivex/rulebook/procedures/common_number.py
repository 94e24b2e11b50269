"""Cancelling the number that divides every term of a fraction: (6y − 3x²)/(3y² − 6x)."""

from __future__ import annotations

from fractions import Fraction
from math import gcd

from sympy.core.basic import Basic

from derivex.expression import ONE, Decimal, Over, Plus, postorder, value_of
from derivex.expression.nodes import Node
from derivex.rulebook.procedures.factors import coefficient_and_rest, with_coefficient

__all__ = ["cancel_common_number"]


def cancel_common_number(node: Node) -> Basic | None:
    """Divide numerator and denominator by the greatest number that divides all their terms.

    The terms keep their order.  A fraction of two products is left to the rules for products,
    and one by a number to those for numbers.

    >>> from derivex.expression import Negative, Times, integer, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> top = Plus(Times(integer(6), y), Negative(integer(3)))
    >>> cancel_common_number(Over(top, Times(integer(9), x)))
    Over(Plus(Times(2, y), Negative(1)), Times(3, x))
    """
    top, bottom = node._args
    if Plus not in (type(top), type(bottom)) or value_of(bottom) is not None:
        return None
    if any(type(part) is Decimal for part in postorder(node)):
        return None  # whole numbers would take the place of the decimals
    sides = [
        [coefficient_and_rest(term) for term in (side.args if type(side) is Plus else (side,))]
        for side in (top, bottom)
    ]
    coefficients = [Fraction(coefficient) for side in sides for coefficient, _ in side]
    if any(coefficient.denominator != 1 for coefficient in coefficients):
        return None
    common = gcd(*[coefficient.numerator for coefficient in coefficients])
    if common < 2:
        return None
    divided = []
    for side in sides:
        terms = [with_coefficient(Fraction(number) / common, rest) for number, rest in side]
        divided.append(terms[0] if len(terms) == 1 else Plus(*terms))
    return divided[0] if divided[1] is ONE else Over(*divided)
