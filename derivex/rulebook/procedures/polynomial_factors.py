"""Polynomials as products of irreducible factors, by FLINT."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from sympy.core.basic import Basic

from derivex.expression import (
    Negative,
    Over,
    Plus,
    integer,
)
from derivex.expression.nodes import Node
from derivex.rulebook.procedures.factors import factors_of, power_of, with_coefficient
from derivex.rulebook.procedures.letters import Letters, TooLargeError

__all__ = ["factor_polynomial", "factors_of_polynomial"]


def factor_polynomial(node: Node) -> Basic | None:
    """A sum as a product of factors that cannot be factored any more, by FLINT.

    Parts that are not polynomials count as letters: e^(−x) (x² − x) is e^(−x) x (x − 1).

    >>> from derivex.expression import Negative, Plus, Power, Times, integer, symbol
    >>> x = symbol("x")
    >>> cubic = Plus(Times(integer(4), Power(x, integer(3))), Negative(Times(integer(4), x)))
    >>> factor_polynomial(cubic)
    Times(4, x, Plus(x, Negative(1)), Plus(x, 1))
    """
    letters = Letters(node)
    try:
        top, bottom = letters.fraction(node)
    except TooLargeError:
        return None
    if top.is_zero() or not bottom.is_constant():
        return None
    factors = factors_of_polynomial(letters, top / bottom)
    made = _product(letters, *factors)
    return None if made is node or type(made) is Plus else made


def factors_of_polynomial(letters: Letters, polynomial: Any) -> tuple[Fraction, list[Any]]:
    """The number before it, and the irreducible factors with their exponents.

    The factors have whole coefficients without a common divisor, and simple ones come first.
    """
    before, found = polynomial.factor()
    content = Fraction(int(before.p), int(before.q))
    factors: list[tuple[Any, int]] = []
    for factor, exponent in found:
        share, whole = _primitive(letters, factor)
        content *= share ** int(exponent)
        factors.append((whole, int(exponent)))
    factors.sort(key=lambda pair: (len(pair[0]), pair[0].total_degree()))
    return content, factors


def _primitive(letters: Letters, polynomial: Any) -> tuple[Fraction, Any]:
    from math import gcd, lcm

    tops = [int(coefficient.p) for coefficient in polynomial.coeffs()]
    bottoms = [int(coefficient.q) for coefficient in polynomial.coeffs()]
    share = Fraction(gcd(*tops), lcm(*bottoms))
    if all(top < 0 for top in tops) or (tops[0] < 0 and len(tops) > 1):
        share = -share
    return share, polynomial * letters.rational(share.denominator, share.numerator)


def _product(letters: Letters, content: Fraction, factors: list[Any]) -> Basic:
    powers = [power_of(letters.tree(factor), Fraction(exponent)) for factor, exponent in factors]
    flat = [part for power in powers for part in factors_of(power)]
    if content.denominator == 1:
        return with_coefficient(content, flat)
    above = with_coefficient(Fraction(abs(content.numerator)), flat)
    made = Over(above, integer(content.denominator))
    return Negative(made) if content < 0 else made
