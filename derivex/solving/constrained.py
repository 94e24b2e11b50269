"""Stationary points under equality constraints, by Lagrange multipliers.

Where f has a minimum or maximum among the points with g = 0, and the gradients of the constraints
are independent there, the Lagrange function L = f − λ g is stationary.  What the point is, is told
by the second derivatives of L along the directions in which the constraints do not change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation, Phase
from derivex.engine import differentiate, gradient, normal_phase
from derivex.errors import ProblemError
from derivex.expression import (
    ZERO,
    Equation,
    Matrix,
    Negative,
    Plus,
    Row,
    Times,
    free_symbols,
    number,
    substitute,
    symbol,
    value_of,
)
from derivex.rulebook import RuleBook
from derivex.solving.classify import Classification, second_derivatives
from derivex.solving.definiteness import Verdict
from derivex.solving.flat import kernel_of
from derivex.solving.inertia import inertia
from derivex.solving.points import Point, balls_of
from derivex.solving.real_solutions import real_solutions
from derivex.solving.record import Words
from derivex.solving.solution import Solution
from derivex.solving.solver import solve_by_cases
from derivex.solving.stationary import StationarySolution
from derivex.solving.working import VALUES

__all__ = ["constrained_points"]

_BITS = 400


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
            f"{len(constraints)} constraints leave {len(unknowns)} variables no freedom",
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
    solution = _with_note(solution, gaps, unknowns, book)
    if not solution.points:
        return StationarySolution(derived, solution, None, constraints=tuple(constraints))
    count = len(unknowns)
    second = second_derivatives(unknowns, derived.partials[:count], book)
    slopes = [[differentiate(gap, [unknown], book).result for unknown in unknowns] for gap in gaps]
    kinds = tuple(_kind(point, second, slopes, book) for point in solution.points)
    return StationarySolution(
        derived, solution, None, second, kinds, constraints=tuple(constraints)
    )


def _multipliers(count: int, taken: set[Basic]) -> list[Symbol]:
    names = ["lambda", "mu", "nu"] if count == 1 else []
    names += [f"lambda_{place}" for place in range(1, count + 20)]
    return [symbol(name) for name in names if symbol(name) not in taken][:count]


def _with_note(
    solution: Solution, gaps: Sequence[Basic], unknowns: Sequence[Symbol], book: RuleBook
) -> Solution:
    """Say where the constraint has no tangent, so that the multiplier may miss a point."""
    from dataclasses import replace

    if len(gaps) != 1:
        return solution
    slopes = [differentiate(gaps[0], [unknown], book).result for unknown in unknowns]
    found = real_solutions([Equation(each, ZERO) for each in (gaps[0], *slopes)], unknowns)
    if found is None or not found.solutions:
        return solution
    words: Words = (
        "the gradient of the constraint is 0 at a point of it, where this method may miss one",
    )
    return replace(solution, notes=(*solution.notes, words))


def _kind(
    point: Point,
    second: Sequence[Sequence[Derivation]],
    slopes: Sequence[Sequence[Basic]],
    book: RuleBook,
) -> Classification:
    def filled(entry: Basic) -> Basic:
        found = substitute(entry, dict(point.values))
        return normal_phase(found, book, *VALUES).result

    entries = [[filled(entry.result) for entry in row] for row in second]
    normals = [[filled(slope) for slope in row] for row in slopes]
    hessian = Matrix(*[Row(*row) for row in entries])
    if not point.exact or not point.is_single:
        words: Words = ("the second derivatives of L there are about ", hessian)
        return _made(Verdict.UNDECIDED, words, hessian)
    numbers = [[value_of(entry) for entry in row] for row in entries]
    rows = [[value_of(slope) for slope in row] for row in normals]
    if all(value is not None for row in (*numbers, *rows) for value in row):
        return _by_numbers(numbers, rows, hessian)  # type: ignore[arg-type]
    if len(entries) == 2 and len(normals) == 1:
        return _along_tangent(entries, normals[0], hessian, book)
    return _made(Verdict.UNDECIDED, ("the signs along the constraints are not known",), hessian)


def _made(
    verdict: Verdict, words: Words, hessian: Basic, minors: tuple[Derivation, ...] = ()
) -> Classification:
    return Classification(verdict, words, hessian, (), minors, False, None)


def _by_numbers(
    numbers: list[list[Fraction]], normals: list[list[Fraction]], hessian: Basic
) -> Classification:
    """The Hessian of L on the directions in which no constraint changes, by their signs."""
    directions = kernel_of(normals)
    if len(directions) > len(numbers) - len(normals):
        words: Words = ("the gradients of the constraints are not independent here",)
        return _made(Verdict.UNDECIDED, words, hessian)
    size = range(len(numbers))
    inside = [
        [
            sum((u[i] * numbers[i][j] * v[j] for i in size for j in size), Fraction(0))
            for v in directions
        ]
        for u in directions
    ]
    positive, negative, zero = inertia(inside)
    told: list[str | Basic] = ["along the constraints, in the directions "]
    for place, direction in enumerate(directions):
        told += [" and "] if place else []
        told.append(Row(*map(number, direction)))
    told[0] = "along the constraint, in the direction " if len(directions) == 1 else told[0]
    matrix: Basic = (
        number(inside[0][0])
        if len(inside) == 1
        else Matrix(*[Row(*map(number, row)) for row in inside])
    )
    lead: Words = (*told, ", the Hessian ", hessian, " of L gives ", matrix)
    if positive and negative:
        return _made(Verdict.SADDLE, (*lead, ", of both signs"), hessian)
    if zero:
        return _made(Verdict.UNDECIDED, (*lead, ", which does not decide"), hessian)
    verdict = Verdict.MINIMUM if positive else Verdict.MAXIMUM
    if len(inside) == 1:
        return _made(verdict, (*lead, " > 0" if positive else " < 0"), hessian)
    words = (*lead, ", positive definite" if positive else ", negative definite")
    return _made(verdict, words, hessian)


def _along_tangent(
    entries: list[list[Basic]], normal: Sequence[Basic], hessian: Basic, book: RuleBook
) -> Classification:
    """Two variables and one constraint: the Hessian along the tangent (−g_y, g_x)."""
    direction = [Negative(normal[1]), normal[0]]
    start = Plus(
        *[Times(direction[i], entries[i][j], direction[j]) for i in range(2) for j in range(2)]
    )
    phases = [Phase(start, {}, start)]
    last = normal_phase(start, book, *VALUES)
    if last.result is not start:
        phases.append(last)
    derivation = Derivation(tuple(phases), book)
    tangent = Row(*[normal_phase(each, book, *VALUES).result for each in direction])
    lead: Words = ("along the constraint, in the direction ", tangent)
    lead += (", the Hessian ", hessian, " of L gives ", last.result)
    sign = _sign(last.result, book)
    if not sign:
        return _made(Verdict.UNDECIDED, (*lead, ", which does not decide"), hessian, (derivation,))
    verdict = Verdict.MINIMUM if sign > 0 else Verdict.MAXIMUM
    return _made(verdict, (*lead, " > 0" if sign > 0 else " < 0"), hessian, (derivation,))


def _sign(value: Basic, book: RuleBook) -> int:
    letter = symbol("value")
    balls: Mapping[Symbol, object] | None = balls_of({letter: value}, book)
    if balls is None:
        return 0
    found = balls[letter].real  # type: ignore[attr-defined]
    return 1 if found > 0 else -1 if found < 0 else 0
