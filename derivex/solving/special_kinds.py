"""What the stationary points of a function are where a condition on its letters fails."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import gradient
from derivex.rulebook import RuleBook
from derivex.solving.classify import Classification, classify
from derivex.solving.eliminate import Outcome
from derivex.solving.special import SpecialCase

__all__ = ["with_kinds"]


def with_kinds(
    expression: Basic, unknowns: Sequence[Symbol], specials: Sequence[SpecialCase], book: RuleBook
) -> tuple[SpecialCase, ...]:
    """The special cases of a gradient with what their points are, and theirs.

    Args:
        expression: the function, with its letters.
        unknowns: its variables.
        specials: the special cases of its gradient.
        book: the rules.
    """
    found = []
    for special in specials:
        inner = with_kinds(expression, unknowns, special.solution.special, book)
        solution = replace(special.solution, special=inner)
        kinds = _kinds(special.put_into(expression), unknowns, special, book)
        found.append(replace(special, solution=solution, kinds=kinds))
    return tuple(found)


def _kinds(
    expression: Basic, unknowns: Sequence[Symbol], special: SpecialCase, book: RuleBook
) -> tuple[Classification, ...]:
    solution = special.solution
    if solution.outcome not in (Outcome.SOLVED, Outcome.UNDERDETERMINED):
        return ()
    partials = gradient(expression, unknowns, book).partials
    if solution.case is None:
        return (classify(expression, unknowns, partials, solution.closed, book),)
    from derivex.solving.kinds import kinds_of_points

    points = [point for point in solution.points if point.exact]
    if len(points) < len(solution.points):
        return ()
    return kinds_of_points(expression, unknowns, partials, points, [None] * len(points), book)[1]
