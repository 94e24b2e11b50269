"""Rows from records: the one place that knows what of a record stands on a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import singledispatch
from itertools import zip_longest

from sympy.core.basic import Basic

from derivex.derivation import Derivation, Detail, Line, Step
from derivex.engine import GradientDerivation
from derivex.engine.backward import BackwardDerivation
from derivex.engine.differentiability import Differentiability
from derivex.engine.directional import Directional
from derivex.engine.nudges import NudgeTable
from derivex.engine.subgradient import SubgradientDerivation
from derivex.engine.tangent import Tangent
from derivex.expression import D, Equation
from derivex.rulebook import Rule
from derivex.rulebook.rule import PUTTING_IN
from derivex.sheets.sheet import Words
from derivex.solving import Cell, ImplicitDerivative, Solution, StationarySolution
from derivex.solving.case import Case
from derivex.solving.lines import cells_of
from derivex.solving.record import Move

__all__ = ["Worked", "WorkedRow", "is_worked", "worked", "worked_lines", "set_to_zero"]


_PUTTING_IN = ("filling in", "substitute ")


@dataclass(frozen=True)
class WorkedRow:
    """A row before anything is left out.

    Args:
        expression: the expression.
        says: the justification; "" for the start.
        rules: the rules that led to it, in order.
        changed: what was rewritten in the row before, and what stands for it here.
        filled: whether values or definitions were filled in, so that it is not by a rule.
        label: a number such as "(1)", or "".
        conditions: relations that are said for the row.
        steps: the recorded steps that led to it from the row before, where it is steps that did.
        moves: the recorded moves that the row shows together, the last one leading to it, where
            it is moves that did.
    """

    expression: Basic
    says: str = ""
    rules: tuple[Rule, ...] = ()
    changed: tuple[tuple[Basic, Basic], ...] = ()
    filled: bool = False
    label: str = ""
    conditions: tuple[Basic, ...] = ()
    steps: tuple[Step, ...] = field(default=(), compare=False, repr=False)
    moves: tuple[Move, ...] = field(default=(), compare=False, repr=False)

    @property
    def reasons(self) -> tuple[str, ...]:
        """The names of what leads to the row, by which answers are judged; () if it has none."""
        if not self.rules and self.says.startswith(_PUTTING_IN):
            return (PUTTING_IN,)
        return tuple(rule.name for rule in self.rules)


@dataclass(frozen=True)
class Worked:
    """Rows that belong together, and what is to be done.

    Args:
        words: the task.
        columns: the rows; more than one column for equations side by side.
        kind: "derivation" or "equations".
        goes_on: whether the rows go on from those of the exercise before.
    """

    words: Words
    columns: tuple[tuple[WorkedRow, ...], ...]
    kind: str = "derivation"
    goes_on: bool = False

    @property
    def rows(self) -> tuple[WorkedRow, ...]:
        """The rows of all columns."""
        return tuple(row for column in self.columns for row in column)


@singledispatch
def worked(record: object) -> Iterator[Worked]:
    """The exercises that a record gives; none for what has no rows, such as a definition.

    Args:
        record: a derivation, a gradient, a solution, …
    """
    return iter(())


def is_worked(record: object) -> bool:
    """Whether a record is of a kind that gives exercises."""
    return worked.dispatch(type(record)) is not worked.dispatch(object)


def worked_lines(lines: Iterable[Line], words: Words) -> Worked:
    """The exercise that the lines of a derivation are."""
    rows = tuple(map(_row_of_line, lines))
    equations = any(type(row.expression) is Equation for row in rows)
    return Worked(words, (rows,), "equations" if equations else "derivation")


def _derivation(derivation: Derivation, words: Words = ()) -> Iterator[Worked]:
    lines = list(derivation.lines(Detail.TEXTBOOK))
    if len(lines) > 1:
        yield worked_lines(lines, words or _task(derivation))


def _task(derivation: Derivation) -> Words:
    """What is to be done: a derivative to be taken, or something else to be worked out."""
    start = derivation.start
    by: list[Basic] = []
    while type(start) is D:
        by.append(start.args[1])
        start = start.args[0]
    if not by:
        return ("Work out ", derivation.start, ".")
    words: list[str | Basic] = ["Differentiate ", start]
    for variable in reversed(by):
        words += [" by ", variable]
    return (*words, ".")


worked.register(Derivation, lambda record: _derivation(record))


@worked.register
def _(record: GradientDerivation) -> Iterator[Worked]:
    for partial in record.partials:
        yield from _derivation(partial)


@worked.register
def _(record: SubgradientDerivation) -> Iterator[Worked]:
    yield from _derivation(record.derivation)


@worked.register
def _(record: BackwardDerivation) -> Iterator[Worked]:
    for each in (*record.adjoints, *record.partials):
        first, *others = each.lines(Detail.TEXTBOOK)
        if others:
            start = replace(first, expression=each.meaning)  # the task gives it its name
            words = ("Work out ", each.name, ", which is ", each.meaning, ".")
            yield worked_lines([start, *others], words)


@worked.register
def _(record: Tangent) -> Iterator[Worked]:
    yield from _derivation(record.slope)
    yield from _derivation(record.value)
    yield from _derivation(record.line, ("Work out the tangent at ", record.at, "."))


@worked.register
def _(record: NudgeTable) -> Iterator[Worked]:
    yield from _derivation(record.limit)


@worked.register
def _(record: Directional) -> Iterator[Worked]:
    yield from _derivation(record.length)
    along: Words = ("Work out the derivative along ", record.direction, ".")
    yield from _derivation(record.derivation, along)


@worked.register
def _(record: Differentiability) -> Iterator[Worked]:
    yield from _derivation(record.limit)


@worked.register
def _(record: ImplicitDerivative) -> Iterator[Worked]:
    for slope in record.slopes:
        rows = [_row_of_line(line) for line in slope.derivation.lines(Detail.TEXTBOOK)]
        cells = [cell for row in slope.solution.lines() for cell in row.cells if cell is not None]
        first, *others = _rows(cells, slope.solution.all_moves)
        rows[-1] = replace(rows[-1], moves=first.moves)
        rows += others
        words: Words = ("Differentiate both sides of ", rows[0].expression)
        solved = rows[-1].expression
        if type(solved) is Equation:
            words = (*words, " and solve for ", solved.args[0])
        yield Worked((*words, "."), (tuple(rows),), "equations")


@worked.register
def _(record: Solution) -> Iterator[Worked]:
    words: list[str | Basic] = ["Solve "]
    for position, equation in enumerate(record.equations):
        words += [", " if position else "", equation]
    yield from _solution(record, (*words, " for ", *_unknowns(record), "."))


@worked.register
def _(record: StationarySolution) -> Iterator[Worked]:
    """The gradient, and its entries set to zero; what these are is found out before."""
    words = set_to_zero(len(record.solution.equations), True, (*_unknowns(record.solution), "."))
    exercises = [*worked(record.gradient), *_solution(record.solution, words)]
    for number, exercise in enumerate(exercises):
        yield replace(exercise, goes_on=number > 0)


def set_to_zero(count: int, are_derivatives: bool, unknowns: Words) -> Words:
    """The task to set to zero what was found, and to solve for what the words name."""
    noun = "derivative" if are_derivatives else "result"
    several = f"{'partial ' if are_derivatives else ''}{noun}s"
    return (f"Set the {noun if count == 1 else several} to zero, and solve for ", *unknowns)


def _unknowns(record: Solution) -> Iterator[str | Basic]:
    last = len(record.unknowns) - 1
    for position, unknown in enumerate(record.unknowns):
        yield "" if not position else " and " if position == last else ", "
        yield unknown


def _solution(record: Solution, task: Words) -> Iterator[Worked]:
    rows = [row.cells for row in record.lines()]
    width = max((len(cells) for cells in rows), default=1)
    beside = [cells for cells in rows if len(cells) == width > 1]
    if beside:
        columns = tuple(_rows(column, record.all_moves) for column in zip_longest(*beside))
        yield Worked(task, columns, "equations")
        task = ("Go on until both are known.",)
    single = [cell for cells in rows if len(cells) < width or width == 1 for cell in cells]
    below = _rows(single, record.all_moves)
    if below:
        yield Worked(task, (below,), "equations", goes_on=bool(beside))
    if record.case is not None:
        yield from _cases(record.case, task)
    if record.values is not None:
        for name, derivation in record.values.unknowns.items():
            words = ["Work out ", name, " for the data."]
            yield from _derivation(derivation, tuple(words))


def _cases(first: Case, task: Words) -> Iterator[Worked]:
    """What is done in each case, the headings of the cases as tasks."""
    words, goes_on = task, False
    for case in first.every():
        if case.heading:
            words = ("The case ", *case.heading, ":") if goes_on else (*task, " ", *case.heading)
        rows = _rows(cells_of(case.moves, Detail.TEXTBOOK), case.moves)
        if rows:
            yield Worked(words, (rows,), "equations", goes_on)
            goes_on = True


def _row_of_line(line: Line) -> WorkedRow:
    return WorkedRow(
        line.expression,
        line.says,
        line.rules,
        line.changed,
        bool(line.filled),
        "",
        line.conditions,
        line.steps,
    )


def _rows(cells: Iterable[Cell | None], moves: Iterable[Move]) -> tuple[WorkedRow, ...]:
    """The rows that some cells are, each with the moves that it shows."""
    numbered = {move.number: move for move in moves}
    return tuple(
        WorkedRow(
            cell.equation,
            cell.says,
            cell.rules,
            (),
            False,
            cell.label,
            cell.conditions,
            (),
            tuple(numbered[number] for number in cell.numbers),
        )
        for cell in cells
        if cell is not None
    )
