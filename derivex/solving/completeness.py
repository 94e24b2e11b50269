"""How it is known that all solutions were found, in words."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from derivex.expression import ZERO, Equation
from derivex.rulebook.procedures.angles import pi_multiple
from derivex.solving.families import families_of
from derivex.solving.intervals import Intervals
from derivex.solving.points import Point
from derivex.solving.real_solutions import Certificate
from derivex.solving.record import Words

__all__ = ["by_basis", "by_moves"]

_MOST_SHOWN = 12
"""The degree up to which the polynomial is written down that a Gröbner basis leaves."""


def by_moves(intervals: Intervals, points: Sequence[Point]) -> Words:
    """That every case was followed, and where the solutions were looked for.

    Args:
        intervals: where they were looked for.
        points: what was found.
    """
    words: Words = (
        "these are all real solutions: every move keeps them, and every case was followed",
    )
    periods = [name for name in intervals.used if name in intervals.periods]
    given = [name for name in intervals.used if name in intervals.given]
    if intervals.up_to_turns:
        return ("these are all real solutions, up to multiples of ", pi_multiple(Fraction(2)))
    if periods:
        told = " and ".join(intervals.told(name) for name in periods)
        words = (f"these are all real solutions with {told}",)
        families = families_of(points, periods, intervals)
        if families:
            return (*words, "; on the whole line they are ", *families)
        words = (*words, "; all others are whole periods away")
    elif given:
        told = " and ".join(intervals.told(name) for name in given)
        words = (f"these are all real solutions with {told}",)
    return words


def by_basis(certificate: Certificate, count: int, also: bool) -> Words:
    """That a Gröbner basis and certified roots give all solutions.

    Args:
        certificate: what they give.
        count: how many of these are solutions of the equations as they are written.
        also: whether the cases were followed to their end as well.
    """
    found = f"{count} real solution{'s' * (count != 1)}"
    lead = "these are all real solutions: "
    if also:
        return (
            lead
            + "every move keeps them, and every case was followed; a Gröbner basis and certified "
            f"roots (FLINT) give {found} as well",
        )
    if certificate.degree == 0:
        return (lead + "a Gröbner basis of the equations is 1, so there is none",)
    told: Words = (Equation(certificate.eliminant, ZERO),)
    if certificate.degree > _MOST_SHOWN:
        told = (f"a polynomial of degree {certificate.degree}",)
    return (
        lead + "a Gröbner basis of the equations leaves ",
        *told,
        " for ",
        Equation(certificate.letter, certificate.form),
        f", whose real roots, isolated with error bounds (FLINT), give {found}",
    )
