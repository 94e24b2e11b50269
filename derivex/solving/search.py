"""Searching for solutions of one equation in one unknown, where no formula is known.

Where the difference of both sides has opposite signs at two places and is continuous between them,
it is zero in between (Bolzano).  Signs are told in ball arithmetic, so they are certain; that the
difference has a value on the whole of every small interval is looked at as well.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.equality.balls import evaluate, precision
from derivex.errors import ProblemError
from derivex.expression import ZERO, Negative, Plus, free_symbols
from derivex.rulebook import RuleBook

__all__ = ["FARTHEST", "searched"]

_BITS = 160
FARTHEST = Fraction(20)
"""How far from 0 is looked where nothing else is said; most exercises live there."""

_PLACES = 320
_ASIDE = Fraction(1, 7)  # so that a solution such as 0 or 1/2 is not one of the places themselves
_NARROWINGS = 140
_PART = Fraction(3, 7)
_MOST = 40


def searched(
    equation: Basic,
    unknown: Symbol,
    book: RuleBook,
    first: Fraction = -FARTHEST,
    last: Fraction = FARTHEST,
) -> list[Any]:
    """Balls around solutions between two places, in rising order; each holds one for certain.

    Args:
        equation: an equation in one unknown.
        unknown: the unknown.
        book: the rules.
        first: where the search begins.
        last: where it ends.

    >>> from derivex.expression import Equation, function_name, symbol, Apply
    >>> from derivex.rulebook import shipped_book
    >>> x = symbol("x")
    >>> equation = Equation(Apply(function_name("cos"), x), x)
    >>> searched(equation, x, shipped_book())[0].str(10, radius=False)
    '0.7390851332'
    """
    left, right = equation.args
    difference = left if right is ZERO else Plus(left, Negative(right))
    if set(free_symbols(difference)) != {unknown}:
        return []
    import flint

    def value(ball: Any) -> Any | None:
        try:
            found = evaluate(difference, {unknown: flint.acb(ball)}, book.functions, real=True)
        except ProblemError:
            return None
        return found.real if found.is_finite() else None

    def sign(place: Fraction) -> int | None:
        found = value(flint.arb(flint.fmpq(place.numerator, place.denominator)))
        return None if found is None or found.contains(0) else 1 if found > 0 else -1

    found: list[Any] = []
    with precision(_BITS):
        width = (last - first) / _PLACES
        places = [first + (step + _ASIDE) * width for step in range(-1, _PLACES + 1)]
        for (low, before), (high, after) in pairwise([(each, sign(each)) for each in places]):
            if before is None or after is None or before == after or len(found) >= _MOST:
                continue
            for _ in range(_NARROWINGS):
                middle = low + (high - low) * _PART
                there = sign(middle)
                if there is None:
                    break
                low, high = (middle, high) if there == before else (low, middle)
            ball = flint.arb(flint.fmpq(low.numerator, low.denominator)).union(
                flint.arb(flint.fmpq(high.numerator, high.denominator))
            )
            whole = value(ball)
            if whole is not None and whole.contains(0) and high - low < Fraction(1, 1 << 60):
                found.append(ball)
    return found
