"""Stationary points under equality constraints, by Lagrange multipliers.

Where f has a minimum or maximum among the points with g = 0, and the gradients of the constraints
are independent there, the Lagrange function L = f − λ g is stationary.  What the point is, is told
by the second derivatives of L along the directions in which the constraints do not change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import differentiate, gradient, normal_phase
from derivex.errors import ProblemError
from derivex.expression import (
    ZERO,
    Equation,
    Negative,
    Plus,
    Times,
    free_symbols,
    substitute,
    symbol,
)
from derivex.rulebook import RuleBook
from derivex.solving.by_cases import solve_by_cases
from derivex.solving.classify import Classification, second_derivatives
from derivex.solving.constrained_kinks import kinks_under_constraints
from derivex.solving.definiteness import Verdict, by_definition
from derivex.solving.kind_along import kind_along
from derivex.solving.points import Point
from derivex.solving.singular_constraints import singular_points
from derivex.solving.stationary import StationarySolution
from derivex.solving.working import VALUES, depends_on_any

__all__ = ["constrained_points"]


def constrained_points(
    expression: Basic,
    unknowns: Sequence[Symbol],
    constraints: Sequence[Basic],
    book: RuleBook,
    within: Sequence[Basic] = (),
) -> StationarySolution:
    """The stationary points of a function among those that satisfy equations.

    Args:
        expression: the function.
        unknowns: its variables.
        constraints: the equations.
        book: the rules.
        within: where solutions are looked for.

    Raises:
        ProblemError: a constraint without variables, or as many constraints as variables or more.

    >>> from derivex.expression import ONE
    >>> from derivex.rulebook import shipped_book
    >>> x, y = symbol("x"), symbol("y")
    >>> found = constrained_points(Times(x, y), [x, y], [Equation(Plus(x, y), ONE)], shipped_book())
    >>> found.status, found.solution.points[0].values[x]
    ('maximum', Over(1, 2))
    """
    if len(constraints) >= len(unknowns):
        raise ProblemError(
            f"{_counted(constraints, 'constraint', 'leaves', 'leave')} "
            f"{_counted(unknowns, 'variable')} no freedom",
            hint="solve the constraints as equations instead",
        )
    gaps: list[Basic] = []
    for constraint in constraints:
        if not set(free_symbols(constraint)) & set(unknowns):
            raise ProblemError(f"none of the variables stands in the constraint {constraint}")
        left, right = constraint.args
        gaps.append(left if right is ZERO else Plus(left, Negative(right)))
    multipliers = _multipliers(len(constraints), {*free_symbols(expression), *unknowns})
    terms = [Negative(Times(letter, gap)) for letter, gap in zip(multipliers, gaps, strict=True)]
    lagrangian = Plus(expression, *terms)
    derived = gradient(lagrangian, [*unknowns, *multipliers], book)
    equations = tuple(Equation(partial.result, ZERO) for partial in derived.partials)
    solution = solve_by_cases(equations, (*unknowns, *multipliers), book, within, expression)
    if solution is None:
        raise ProblemError("constraints together with sums over data cannot be worked yet")
    slopes = [[differentiate(gap, [unknown], book).result for unknown in unknowns] for gap in gaps]
    corners, note = singular_points(gaps, slopes, unknowns, solution, book, within, expression)
    kinked, missing = kinks_under_constraints(expression, gaps, unknowns, solution, book, within)
    corners = (*corners, *kinked)
    notes = tuple(told for told in (note, missing) if told)
    solution = replace(solution, notes=(*solution.notes, *notes))
    given = tuple(constraints)
    if not solution.points:
        return StationarySolution(derived, solution, None, corners=corners, constraints=given)
    second = second_derivatives(unknowns, derived.partials[: len(unknowns)], book)
    kinds = tuple(
        _by_value(expression, unknowns, point, kind_along(point, second, slopes, book), book)
        for point in solution.points
    )
    return StationarySolution(derived, solution, None, second, kinds, corners, given)


def _by_value(
    expression: Basic,
    unknowns: Sequence[Symbol],
    point: Point,
    kind: Classification,
    book: RuleBook,
) -> Classification:
    """What a point is, by the value there, where the second derivatives do not decide."""
    if kind.verdict is not Verdict.UNDECIDED or not point.exact:
        return kind
    here = normal_phase(substitute(expression, dict(point.values)), book, *VALUES).result
    found = None if depends_on_any(here, unknowns) else by_definition(expression, here, book)
    return kind if found is None else replace(kind, verdict=found.verdict, reason=found.reason)


def _multipliers(count: int, taken: set[Basic]) -> list[Symbol]:
    names = ["lambda", "mu", "nu"] if count == 1 else []
    names += [f"lambda_{place}" for place in range(1, count + 20)]
    return [symbol(name) for name in names if symbol(name) not in taken][:count]


def _counted(things: Sequence[object], name: str, one: str = "", many: str = "") -> str:
    count = len(things)
    return f"{count} {name}{'s' * (count != 1)} {one if count == 1 else many}".rstrip()
