"""Where the gradients of constraints are not independent, so that multipliers may miss a point."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import normal_phase
from derivex.expression import ZERO, Equation, substitute
from derivex.rulebook import RuleBook
from derivex.solving.by_cases import solve_by_cases
from derivex.solving.corners import Corner
from derivex.solving.definite_forms import is_definite_form
from derivex.solving.definiteness import Verdict
from derivex.solving.eliminate import Outcome
from derivex.solving.minor_signs import determinant_of_entries
from derivex.solving.points import balls_of, same_place
from derivex.solving.record import Words, is_sum_of_squares
from derivex.solving.solution import Solution
from derivex.solving.working import VALUES

__all__ = ["singular_points"]


def singular_points(
    gaps: Sequence[Basic],
    slopes: Sequence[Sequence[Basic]],
    unknowns: Sequence[Symbol],
    solution: Solution,
    book: RuleBook,
    within: Sequence[Basic],
    expression: Basic,
) -> tuple[tuple[Corner, ...], Words]:
    """The points at which the gradients of the constraints are not independent.

    There need be no multipliers, so that they are candidates besides.

    Args:
        gaps: the constraints, each as what is 0.
        slopes: their partial derivatives, one row for each.
        unknowns: the variables.
        solution: the stationary points of the Lagrange function.
        book: the rules.
        within: where solutions are looked for.
        expression: the function.

    Returns:
        The points, and what is to be said where they could not be found.
    """
    count = len(gaps)
    minors = [
        determinant_of_entries([[row[place] for place in places] for row in slopes])
        for places in combinations(range(len(unknowns)), count)
    ]
    equations = [Equation(each, ZERO) for each in (*gaps, *dict.fromkeys(minors))]
    found = solve_by_cases(tuple(equations), tuple(unknowns), book, within)
    if found is None or found.outcome is Outcome.NOT_SOLVED:
        told: Words = (
            "where the gradients of the constraints are not independent, this method may miss a "
            "point; whether there is such a point was not found out",
        )
        return (), told
    where = (
        "the gradient of the constraint is 0"
        if count == 1
        else ("the gradients of the constraints are not independent")
    )
    known = [balls_of(each.values, book) for each in solution.points]
    corners: list[Corner] = []
    for point in found.points:
        place = balls_of(point.values, book)
        if place is None or len(point.values) < len(unknowns):
            told = (f"{where} on a whole curve, where this method may miss points",)
            return tuple(corners), told
        if any(
            other is not None and same_place(place, {name: other[name] for name in place})
            for other in known
        ):
            continue
        here = normal_phase(substitute(expression, dict(point.values)), book, *VALUES).result
        words: Words = (
            f"{where} here, so that there need be no multiplier; the function is ",
            here,
        )
        verdict = Verdict.UNDECIDED
        if any(is_sum_of_squares(gap) or is_definite_form(gap) for gap in gaps):
            verdict = Verdict.MINIMUM
            words = (*words, ", and the constraint holds at no other point near this one")
        else:
            words = (*words, ": a candidate besides, to be compared with the others")
        corners.append(Corner(point.values, verdict, words))
    return tuple(corners), ()
