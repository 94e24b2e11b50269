"""Solutions and stationary points laid out as blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from sympy.core.basic import Basic

from derivex.derivation import Derivation, Detail, Line
from derivex.expression import ImplicitName, value_of
from derivex.notation import TextWriter
from derivex.rendering.case_outline import case_blocks
from derivex.rendering.kind_outline import kind_blocks
from derivex.rendering.move_rows import rows_of_cells, rows_of_lines
from derivex.rendering.outline import Block, Equations, Lines, Remark, SideBySide, outline
from derivex.rendering.readable import readable
from derivex.solving import ImplicitDerivative, Outcome, Solution, StationarySolution
from derivex.solving.check import Check
from derivex.solving.lines import cells_of, said_condition
from derivex.solving.row_lines import parts_of

_MOST_CHECK_LINES = 6
"""Lines of a check that a reader follows; the rest is there at full detail."""


@outline.register
def _(result: Solution, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    yield from _general(result, detail, writer)
    yield from _special(result, detail, writer)


def _general(result: Solution, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    """The solution under its conditions."""
    if result.case is not None:
        yield from case_blocks(result, detail, writer)
    else:
        yield from _linear(result, detail, writer)
    if result.values is not None:
        yield Remark("With the data:")
        for node, derivation in result.values.statistics.items():
            yield Lines(_named(node, derivation, detail))
        for unknown, derivation in result.values.unknowns.items():
            yield Lines(_named(unknown, derivation, detail))


def _special(result: Solution, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    """What becomes of the equations where a condition fails."""
    for special in result.special:
        told = " and ".join(writer.write(each) for each in special.assumed)
        yield Remark(f"If {told}:")
        yield from _general(special.solution, detail, writer)
        several = len(special.solution.points) > 1
        for number, kind in enumerate(special.kinds):
            lead = f"P{number + 1}: " if several else ""
            yield Remark(f"{lead}{kind.verdict.value}: {_sentence(kind.reason, writer)}")
        yield from _special(special.solution, detail, writer)


def _linear(result: Solution, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    """A solution whose moves stand below one another."""
    columns = [list(cells_of(column.moves, detail)) for column in result.columns]
    below = list(cells_of(result.moves, detail))
    moves = [move for column in result.columns for move in column.moves] + [*result.moves]
    parts = () if result.elimination is None else tuple(parts_of(result.elimination, detail))
    first = [cell for cells in (*columns, below) for cell in cells]
    every = rows_of_cells(first, moves, parts)
    rows, in_parts = iter(every[: len(first)]), iter(every[len(first) :])
    beside = tuple(Equations(tuple(islice(rows, len(cells)))) for cells in columns)
    if len(beside) > 1:
        yield SideBySide(beside)
    last = (*(row for column in beside if len(beside) == 1 for row in column.rows), *rows)
    if last:
        yield Equations(last)
    for part in parts:
        yield Remark(_sentence(part.heading, writer) + ("" if part.cells else "."))
        if part.cells:
            yield Equations(tuple(islice(in_parts, len(part.cells))))
    for words in result.notes:
        yield Remark(_sentence(words, writer))
    if result.reason:
        yield Remark(f"{result.outcome.value}: {_sentence(result.reason, writer)}")
    if result.free:
        names = " and ".join(writer.write(name) for name in result.free)
        yield Remark(f"{names} may be any number.")
    if result.conditions:
        told = " and ".join(
            _sentence(said_condition(condition), writer) for condition in result.conditions
        )
        yield Remark(f"This holds if {told}.")
    for check in result.checks:
        yield Remark(f"Check in ({check.origin}):")
        yield from _check(check, detail, writer)


def _check(check: Check, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    """A solution put into an equation; what is long is told in one line, with all its rules."""
    lines = tuple(readable(check.derivation.lines(detail)))
    if detail is Detail.FULL or len(lines) <= _MOST_CHECK_LINES:
        yield from outline(check.derivation, detail, writer)
        return
    steps = [step for phase in check.derivation.phases for step in phase.steps.values()]
    phrases = dict.fromkeys(step.rule.phrase for step in steps)
    ordered = tuple(sorted(phrases, key=lambda phrase: phrase == "arithmetic"))
    last = Line(check.derivation.result, tuple(step.rule for step in steps), phrases=ordered)
    yield Lines((*lines[:2], last))


def _named(name: Basic, derivation: Derivation, detail: Detail) -> tuple[Line, ...]:
    """A derivation of the value of something, headed by its name."""
    lines = list(readable(derivation.lines(detail)))
    if lines[0].expression is name:
        return tuple(lines)
    return (Line(name), Line(lines[0].expression, filled="the solution"), *lines[1:])


def _sentence(words: Sequence[str | Basic], writer: TextWriter) -> str:
    return "".join(word if isinstance(word, str) else writer.write(word) for word in words)


@outline.register
def _(result: StationarySolution, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    if result.constraints:
        yield Remark("The Lagrange function, with a multiplier for each constraint:")
        yield Lines((Line(result.gradient.expression),))
    yield from outline(result.gradient, detail, writer)
    yield Remark("Set to zero:")
    yield from _general(result.solution, detail, writer)
    yield from _kinds(result, detail, writer)
    yield from _special(result.solution, detail, writer)


def _kinds(result: StationarySolution, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    """What the stationary points are."""
    if result.solution.case is not None:
        yield from kind_blocks(result, detail, writer)
        return
    found = result.classification
    if found is None:
        if result.solution.outcome is Outcome.NO_SOLUTION:
            yield Remark("So there is no stationary point.")
        return
    varying = []
    for entry in dict.fromkeys(entry for row in found.entries for entry in row):
        if value_of(entry.result) is None:
            # Where the Hessian is not constant, it is shown how the point comes into it.
            varying.append(entry)
    if varying:
        yield Remark("The second derivatives:")
    for entry in varying:
        yield from outline(entry, detail, writer)
    for size, minor in enumerate(found.minors, 1):
        if minor.result is not minor.start:
            whole = size == len(result.gradient.by)
            yield Remark(
                "The determinant of the Hessian:" if whole else f"Leading minor of size {size}:"
            )
            yield from outline(minor, detail, writer)
    yield Remark(f"{found.verdict.value}: {_sentence(found.reason, writer)}")


@outline.register
def _(result: ImplicitDerivative, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    head = result.quantity.args[0]
    assert isinstance(head, ImplicitName)
    names = " and ".join(map(writer.write, head.arguments))
    yield Remark(f"{writer.write(result.name)} is a function of {names}.")
    for slope in result.slopes:
        lines = list(readable(slope.derivation.lines(detail)))
        shown = [row.cells[0] for row in slope.solution.lines(detail)]
        cells = [cell for cell in shown if cell is not None]
        yield Equations(tuple(rows_of_lines(lines, cells, slope.solution.all_moves)))
        conditions = slope.solution.conditions
        if conditions:
            told = " and ".join(f"{writer.write(condition)} ≠ 0" for condition in conditions)
            yield Remark(f"This holds if {told}.")
    for derivation in result.higher:
        yield Equations(tuple(rows_of_lines(list(readable(derivation.lines(detail))))))
