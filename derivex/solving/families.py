"""All solutions of an equation with angles, from those in one period: x = π/4 + kπ."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import ZERO, Equation, Over, Plus, Times, integer, pi, symbol
from derivex.rulebook.procedures.angles import pi_multiple, share_of_pi
from derivex.solving.intervals import Intervals
from derivex.solving.points import Point
from derivex.solving.record import Words

__all__ = ["families_of"]

_MOST = 8


def families_of(points: Sequence[Point], periods: Sequence[Symbol], intervals: Intervals) -> Words:
    """The solutions with a letter for the number of periods; empty where they are of no use.

    Solutions that stand at equal distances on the circle are one family.

    Args:
        points: the solutions in one period.
        periods: the unknowns that have one.
        intervals: how long it is.
    """
    if len(periods) != 1 or not 0 < len(points) <= _MOST:
        return ()
    (unknown,) = periods
    if any(set(point.values) != {unknown} or not point.exact for point in points):
        return ()
    bounds = intervals.bounds(unknown)
    period = None if bounds is None else share_of_pi(bounds.high)
    if period is None:
        return ()
    values = [point.values[unknown] for point in points]
    shares = [share_of_pi(value) for value in values]
    known = sorted(share for share in shares if share is not None)
    if len(known) == len(values) > 1:
        step = period / len(known)
        if all(share == known[0] + place * step for place, share in enumerate(known)):
            values, period = [pi_multiple(known[0])], step
    letter = next(symbol(name) for name in ("k", "l", "m") if symbol(name) is not unknown)
    words: Words = ()
    for place, value in enumerate(values):
        turns = _turns(letter, period)
        whole = turns if value is ZERO else Plus(value, turns)
        words = (*words, " or " if place else "", Equation(unknown, whole))
    return (*words, " with whole numbers ", letter)


def _turns(letter: Symbol, period: Fraction) -> Basic:
    """2kπ."""
    factors = [letter, pi] if period.numerator == 1 else [integer(period.numerator), letter, pi]
    above = Times(*factors)
    return above if period.denominator == 1 else Over(above, integer(period.denominator))
