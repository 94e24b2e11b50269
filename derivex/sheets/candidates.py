"""What might be left out of rows: what rules and arithmetic made, their names, whole rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import Equation, Negative, Node, Plus, Row, Times, postorder
from derivex.expression.nodes import Column, Matrix
from derivex.sheets.blank import BlankKind
from derivex.sheets.places import stands_in
from derivex.sheets.worked import Worked, WorkedRow

__all__ = ["At", "Candidate", "candidates", "is_made", "is_reckoning"]

RECKONING = frozenset(
    [
        "arithmetic",
        "tidying",
        "shortening",
        "signs",
        "fractions",
        "expanding",
        "factoring",
        "collecting",
        "means",
        "denominators",
        "common-denominator",
        "cancelling",
        "linearity",
        "sums-of-powers",
    ]
)
"""The tables whose rules work out what other rules have left: their outcomes are results."""


@dataclass(frozen=True, order=True)
class At:
    """A row: the exercise, its column and the row in that, all from 0."""

    exercise: int
    column: int
    row: int


@dataclass(frozen=True)
class Candidate:
    """Something that might be left out.

    Args:
        at: the row in which it stands first.
        kind: what it is.
        answer: the expression; None for a rule.
        says: the justification, for a rule.
        size: how many nodes the answer has: the larger, the harder.
    """

    at: At
    kind: BlankKind
    answer: Basic | None = None
    says: str = ""
    size: int = 1


def is_made(row: WorkedRow, position: int) -> bool:
    """Whether a row is reached from others, so that something may be left out of it."""
    return bool(row.says) and (position > 0 or bool(row.moves))


def is_reckoning(row: WorkedRow) -> bool:
    """Whether a row was reached by working out: arithmetic, collecting, multiplying out."""
    return bool(row.rules) and all(rule.table in RECKONING for rule in row.rules)


def candidates(exercises: Sequence[Worked]) -> Iterator[Candidate]:
    """Everything that might be left out, row by row; whether it can be is not asked here."""
    for number, exercise in enumerate(exercises):
        for position, column in enumerate(exercise.columns):
            for count, row in enumerate(column):
                if not is_made(row, count):
                    continue
                at = At(number, position, count)
                last = count + 1 == len(column)
                before = column[count - 1].expression if count else None
                if row.reasons:
                    yield Candidate(at, BlankKind.RULE, None, row.says)
                if _says_nothing(row.expression):
                    continue
                yield Candidate(at, BlankKind.LINE, row.expression, size=_size(row.expression))
                made = _of_equation if exercise.kind == "equations" else _of_derivation
                seen: set[Basic] = set()
                for kind, answer in made(row, last, before):
                    if answer not in seen:
                        seen.add(answer)
                        yield Candidate(at, kind, answer, size=_size(answer))


def _says_nothing(row: Basic) -> bool:
    """Whether it is 0 = 0, in whose place any true equation would do."""
    return type(row) is Equation and row.args[0] is row.args[1]


def _of_derivation(
    row: WorkedRow, last: bool, before: Basic | None
) -> Iterator[tuple[BlankKind, Basic]]:
    reckoning = is_reckoning(row)
    if last:
        yield BlankKind.RESULT, row.expression
    kind = BlankKind.RESULT if reckoning else BlankKind.FACTOR
    for redex, made in row.changed:
        if made is not row.expression or reckoning:
            yield kind, made
        for part in _parts(made):
            if not stands_in(part, redex):
                yield kind, part


def _of_equation(
    row: WorkedRow, last: bool, before: Basic | None
) -> Iterator[tuple[BlankKind, Basic]]:
    equation = row.expression
    if type(equation) is not Equation or len(equation.args) != 2:
        return
    left, right = equation.args
    if isinstance(left, Symbol):
        yield BlankKind.RESULT, right
    sides = before.args if type(before) is Equation else ()
    for position, side in enumerate((left, right)):
        if isinstance(side, Symbol) or side in sides:
            continue
        yield BlankKind.FACTOR, side
        old = sides[position] if position < len(sides) else None
        for part in _parts(side):
            if old is None or not stands_in(part, old):
                yield BlankKind.FACTOR, part


def _parts(made: Basic) -> Iterator[Basic]:
    """The operands of what was made, and those of these where they hold them together."""
    if type(made) is Negative:
        made = made.args[0]
        yield made
    if type(made) in (Plus, Times, Row, Column, Matrix):
        for operand in made.args:
            yield operand
            if type(operand) is Negative:
                yield operand.args[0]


def _size(answer: Basic) -> int:
    return sum(1 for node in postorder(answer) if isinstance(node, Node) or not node.args)
