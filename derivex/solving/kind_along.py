"""What a point under constraints is, by the second derivatives along them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

import flint
from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation, Phase
from derivex.engine import normal_phase
from derivex.equality.balls import evaluate, precision
from derivex.errors import ProblemError
from derivex.expression import (
    Matrix,
    Negative,
    Plus,
    Row,
    Times,
    number,
    substitute,
    symbol,
    value_of,
)
from derivex.rulebook import RuleBook
from derivex.solving.classify import Classification
from derivex.solving.definiteness import Verdict
from derivex.solving.flat import kernel_of
from derivex.solving.inertia import inertia
from derivex.solving.minor_signs import by_minor_signs, determinant_of, shown_decimal
from derivex.solving.points import Point, balls_of
from derivex.solving.record import Words
from derivex.solving.working import VALUES

__all__ = ["kind_along"]

_BITS = 400


def kind_along(
    point: Point,
    second: Sequence[Sequence[Derivation]],
    slopes: Sequence[Sequence[Basic]],
    book: RuleBook,
) -> Classification:
    """What a point is, by the second derivatives of L along the constraints.

    Args:
        point: the point.
        second: the second derivatives of the Lagrange function by the variables.
        slopes: the partial derivatives of the constraints, one row for each.
        book: the rules.
    """

    def filled(entry: Basic) -> Basic:
        found = substitute(entry, dict(point.values))
        return normal_phase(found, book, *VALUES).result

    entries = [[filled(entry.result) for entry in row] for row in second]
    normals = [[filled(slope) for slope in row] for row in slopes]
    hessian = Matrix(*[Row(*row) for row in entries])
    if not point.exact or not point.is_single:
        words: Words = ("the second derivatives of L there, ", hessian, ", do not decide")
        if not point.exact:
            words = ("the second derivatives of L there are about ", hessian)
        return _made(Verdict.UNDECIDED, words, hessian)
    numbers = [[value_of(entry) for entry in row] for row in entries]
    rows = [[value_of(slope) for slope in row] for row in normals]
    if all(value is not None for row in (*numbers, *rows) for value in row):
        return _by_numbers(numbers, rows, hessian)  # type: ignore[arg-type]
    if len(entries) == 2 and len(normals) == 1:
        return _along_tangent(entries, normals[0], hessian, book)
    return _by_digits(entries, normals, hessian, book)


def _by_digits(
    entries: list[list[Basic]], normals: list[list[Basic]], hessian: Basic, book: RuleBook
) -> Classification:
    """Numbers with roots: the Hessian of L along the constraints, in error bounds."""
    with precision(_BITS):
        try:
            bent, straight = (
                [[_ball(each, book) for each in row] for row in rows] for rows in (entries, normals)
            )
        except ProblemError:
            words: Words = ("the signs along the constraints are not known",)
            return _made(Verdict.UNDECIDED, words, hessian)
        directions = _directions(straight)
        if directions is None:
            words = ("the gradients of the constraints are not seen to be independent here",)
            return _made(Verdict.UNDECIDED, words, hessian)
        inside = directions.transpose() * flint.arb_mat(bent) * directions
        size = range(inside.nrows())
        values = [[inside[row, column] for column in size] for row in size]
        shown = Matrix(*[Row(*[shown_decimal(value) for value in row]) for row in values])
        minors = [shown_decimal(determinant_of(values, each + 1)) for each in size]
        lead: Words = ("along the constraints the Hessian ", hessian, " of L, about ", shown, ",")
        finding = by_minor_signs(values, lead, minors, True)
    return _made(finding.verdict, finding.reason, hessian)


def _ball(value: Basic, book: RuleBook) -> Any:
    return evaluate(value, {}, book.functions, real=True).real


def _directions(normals: list[list[Any]]) -> Any | None:
    """Columns that span the directions in which no constraint changes; None if it is not seen."""
    count, size = len(normals), len(normals[0])
    for places in combinations(range(size), count):
        corner = flint.arb_mat([[row[place] for place in places] for row in normals])
        if corner.det().contains(0):
            continue
        free = [place for place in range(size) if place not in places]
        rest = flint.arb_mat([[row[place] for place in free] for row in normals])
        bound = corner.solve(rest)
        columns = flint.arb_mat(size, len(free))
        for column, place in enumerate(free):
            columns[place, column] = flint.arb(1)
            for row, other in enumerate(places):
                columns[other, column] = -bound[row, column]
        return columns
    return None


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
