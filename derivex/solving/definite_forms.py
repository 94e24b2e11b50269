"""Quadratic forms that are zero only where all of their letters are."""

from __future__ import annotations

from fractions import Fraction

from sympy.core.basic import Basic

from derivex.rulebook.procedures.letters import Letters, TooLargeError
from derivex.solving.inertia import inertia

__all__ = ["is_definite_form"]


def is_definite_form(expression: Basic) -> bool:
    """Whether an expression is a quadratic form with numbers before it, and definite.

    >>> from derivex.expression import TWO, Plus, Power, Times, symbol
    >>> y, z = symbol("y"), symbol("z")
    >>> is_definite_form(Plus(Power(y, TWO), Times(y, z), Power(z, TWO)))
    True
    >>> is_definite_form(Plus(Power(y, TWO), Times(TWO, y, z), Power(z, TWO)))
    False
    """
    letters = Letters(expression)
    size = len(letters.letters)
    try:
        top, bottom = letters.fraction(expression)
    except TooLargeError:
        return False
    if size < 2 or not bottom.is_constant():
        return False
    matrix = [[Fraction(0)] * size for _ in range(size)]
    for exponents, coefficient in top.terms():
        places = [place for place, power in enumerate(exponents) for _ in range(int(power))]
        if len(places) != 2:
            return False
        half = Fraction(int(coefficient.p), int(coefficient.q)) / 2
        first, second = places
        matrix[first][second] += half
        matrix[second][first] += half
    positive, negative, _ = inertia(matrix)
    return size in (positive, negative)
