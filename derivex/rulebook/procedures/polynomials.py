"""Fractions of polynomials: their common factors, and whether an expression is 0 for certain.

Everything that is not a sum, product, fraction or whole power counts as a letter, so sums over
data and means do too.  The greatest common divisor is computed by FLINT.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from sympy.core.basic import Basic

from derivex.expression import (
    Decimal,
    Negative,
    Over,
    Plus,
    number,
    postorder,
)
from derivex.expression.nodes import Node
from derivex.rulebook.procedures.letters import Letters, TooLargeError

__all__ = [
    "cancel_polynomials",
    "is_identically_zero",
    "numerator_of",
    "quotient",
]


def cancel_polynomials(node: Node) -> Basic | None:
    """Divide numerator and denominator by their greatest common divisor, multiplied out.

    The result equals the fraction wherever the fraction is defined.  A common divisor that
    is a number is left alone.

    >>> from derivex.expression import TWO, Negative, Plus, Power, Times, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> difference = Plus(Power(x, TWO), Negative(Power(y, TWO)))
    >>> cancel_polynomials(Over(difference, Plus(x, y)))
    Plus(x, Negative(y))
    """
    if any(type(part) is Decimal for part in postorder(node)):
        return None  # exact fractions would take the place of the decimals
    letters = Letters(node)
    try:
        top, top_bottom = letters.fraction(node._args[0])
        bottom, bottom_bottom = letters.fraction(node._args[1])
    except TooLargeError:
        return None
    if bottom.is_zero() or not (top_bottom.is_constant() and bottom_bottom.is_constant()):
        return None
    common = top.gcd(bottom)
    if common.is_constant():
        return None
    top, bottom = top * bottom_bottom, bottom * top_bottom
    top, bottom = top / common, bottom / common
    if bottom.is_constant():
        top = top / bottom
        return letters.tree(top)
    top_content, bottom_content = _content(top), _content(bottom)
    sign = -1 if all(coefficient < 0 for coefficient in bottom.coeffs()) else 1
    share = top_content / bottom_content
    top = top * _inverse(letters, top_content) * (sign * share.numerator)
    bottom = bottom * _inverse(letters, bottom_content) * (sign * share.denominator)
    return Over(letters.tree(top), letters.tree(bottom))


def _inverse(letters: Letters, value: Fraction) -> Any:
    return letters.rational(value.denominator, value.numerator)


def _content(polynomial: Any) -> Fraction:
    """The greatest common divisor of the coefficients, 1 for the polynomial 0."""
    from math import gcd, lcm

    tops = [int(coefficient.p) for coefficient in polynomial.coeffs()]
    bottoms = [int(coefficient.q) for coefficient in polynomial.coeffs()]
    return Fraction(gcd(*tops), lcm(*bottoms)) if tops else Fraction(1)


def is_identically_zero(expression: Basic) -> bool | None:
    """Whether an expression is 0 for all values of its letters; None if that is too much work.

    Parts that are not rational (functions, sums over data, means) count as letters of their
    own, so False says only that it does not vanish for that reason alone.

    >>> from derivex.expression import ONE, Negative, Over, Plus, symbol
    >>> x = symbol("x")
    >>> is_identically_zero(Plus(Over(Plus(x, ONE), x), Negative(Over(ONE, x)), Negative(ONE)))
    True
    """
    letters = Letters(expression)
    try:
        top, _ = letters.fraction(expression)
    except TooLargeError:
        return None
    return bool(top.is_zero())


def quotient(expression: Basic, divisor: Basic) -> Basic | None:
    """One expression divided by another, in lowest terms; None if that is too much work.

    >>> from derivex.expression import TWO, Negative, Plus, Power, Times, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> quotient(Plus(Times(TWO, x), Times(TWO, y)), Plus(x, y))
    2
    """
    letters = Letters(expression, divisor)
    try:
        top, bottom = letters.fraction(expression)
        lower, upper = letters.fraction(divisor)
    except TooLargeError:
        return None
    if lower.is_zero():
        return None
    top, bottom = top * upper, bottom * lower
    common = top.gcd(bottom)
    top, bottom = top / common, bottom / common
    if bottom.is_constant():
        return letters.tree(top / bottom)
    return Over(letters.tree(top), letters.tree(bottom))


def numerator_of(expression: Basic) -> Basic | None:
    """The numerator over the lowest common denominator, without its numbers' common divisor.

    It is zero where the expression is.  None if that is too much work.

    >>> from derivex.expression import ONE, Negative, Over, Plus, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> numerator_of(Plus(ONE, Negative(Over(x, y))))
    Plus(y, Negative(x))
    """
    letters = Letters(expression)
    try:
        top, _ = letters.fraction(expression)
    except TooLargeError:
        return None
    if top.is_zero():
        return number(0)
    primitive = letters.tree(top * _inverse(letters, _content(top)))
    if type(primitive) is Plus and type(primitive._args[0]) is Negative:
        later = [term for term in primitive._args if type(term) is not Negative]
        earlier = [term for term in primitive._args if type(term) is Negative]
        return Plus(*later, *earlier)  # a positive term first, as on paper
    return primitive
