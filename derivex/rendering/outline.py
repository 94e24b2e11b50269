"""Results laid out as blocks: derivations, equations side by side, remarks.

What stands in which block is decided here, once for all outputs; how a block looks in a
terminal or in LaTeX is decided by the modules that write them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import singledispatch

from sympy.core.basic import Basic

from derivex.derivation import Derivation, Detail, Line
from derivex.descent import Descent
from derivex.engine import GradientDerivation
from derivex.expression import Column, Gradient, Negative, Plus, Times
from derivex.lessons import Data, Expectation
from derivex.notation import Definition, TextWriter
from derivex.rendering.equations import EquationRow
from derivex.solving import Cell, Solution, StationarySolution

__all__ = ["Block", "Equations", "Lines", "Remark", "SideBySide", "outline"]


@dataclass(frozen=True)
class Remark:
    """A sentence.  ``failed`` marks what is not as expected."""

    text: str
    failed: bool = False


@dataclass(frozen=True)
class Lines:
    """A derivation."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Equations:
    """Equations one below the other, with labels and reasons."""

    rows: tuple[EquationRow, ...]


@dataclass(frozen=True)
class SideBySide:
    """Columns of equations next to each other."""

    columns: tuple[Equations, ...]


Block = Remark | Lines | Equations | SideBySide


@singledispatch
def outline(result: object, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    """The blocks of a result.

    Args:
        result: any record: a derivation, gradient, solution, descent, or what a lesson holds.
        detail: how many lines a derivation has.
        writer: writes the formulas inside remarks.

    Raises:
        TypeError: there is no way to show such a thing.
    """
    raise TypeError(f"there is no outline of a {type(result).__name__}")


@outline.register
def _(result: Derivation, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    yield Lines(tuple(result.lines(detail)))
    for node in result.stuck:
        yield Remark(f"no rule covers {writer.write(node)}", failed=True)


@outline.register
def _(result: GradientDerivation, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    for partial in result.partials:
        yield from outline(partial, detail, writer)
    yield Lines((Line(result.start), Line(result.row)))


@outline.register
def _(result: Solution, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    rows = list(result.lines(detail))
    width = max((len(row.cells) for row in rows), default=1)
    beside = [row for row in rows if len(row.cells) == width > 1]
    if beside:
        columns = []
        for position in range(width):
            cells = [row.cells[position] for row in beside]
            columns.append(Equations(tuple(_row(cell) for cell in cells if cell is not None)))
        yield SideBySide(tuple(columns))
    single = [cell for row in rows if len(row.cells) < width or width == 1 for cell in row.cells]
    below = tuple(_row(cell) for cell in single if cell is not None)
    if below:
        yield Equations(below)
    for words in result.notes:
        yield Remark(_sentence(words, writer))
    if result.reason:
        yield Remark(f"{result.outcome.value}: {_sentence(result.reason, writer)}")
    if result.conditions:
        told = " and ".join(f"{writer.write(condition)} ≠ 0" for condition in result.conditions)
        yield Remark(f"This holds if {told}.")
    for check in result.checks:
        yield Remark(f"Check in ({check.origin}):")
        yield from outline(check.derivation, detail, writer)
    if result.values is not None:
        yield Remark("With the data:")
        for node, derivation in result.values.statistics.items():
            yield Lines(_named(node, derivation, detail))
        for unknown, derivation in result.values.unknowns.items():
            yield Lines(_named(unknown, derivation, detail))


def _named(name: Basic, derivation: Derivation, detail: Detail) -> tuple[Line, ...]:
    """A derivation of the value of something, headed by its name."""
    lines = list(derivation.lines(detail))
    if lines[0].expression is name:
        return tuple(lines)
    return (Line(name), Line(lines[0].expression, filled="the solution"), *lines[1:])


def _row(cell: Cell) -> EquationRow:
    return EquationRow(cell.equation, cell.says, cell.label)


def _sentence(words: Sequence[str | Basic], writer: TextWriter) -> str:
    return "".join(word if isinstance(word, str) else writer.write(word) for word in words)


@outline.register
def _(result: StationarySolution, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    yield from outline(result.gradient, detail, writer)
    yield Remark("Set to zero:")
    yield from outline(result.solution, detail, writer)
    found = result.classification
    if found is None:
        yield Remark(result.status)
        return
    for size, minor in enumerate(found.minors, 1):
        if minor.result is not minor.start:
            whole = size == len(result.gradient.by)
            yield Remark(
                "The determinant of the Hessian:" if whole else f"Leading minor of size {size}:"
            )
            yield from outline(minor, detail, writer)
    yield Remark(f"{found.verdict.value}: {_sentence(found.reason, writer)}")


@outline.register
def _(result: Descent, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    variables = result.gradient.by
    symbolic = Plus(
        Column(*variables),
        Negative(Times(result.rate, Gradient(result.gradient.expression, *variables))),
    )
    for number, step in enumerate(result.steps, 1):
        if len(result.steps) > 1:
            yield Remark(f"Step {number}:")
        yield Lines(tuple(step.gradient.lines(detail)))
        filled, *rest = step.update.lines(detail)
        says = "filling in the point and its gradient"
        yield Lines((Line(symbolic), Line(filled.expression, filled=says), *rest))
        if step.rounded:
            shown = ", ".join(
                f"{writer.write(name)} ≈ {writer.write(value)}"
                for name, value in step.after.items()
            )
            yield Remark(f"Rounded for the next step: {shown}")


@outline.register
def _(result: Definition, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    return iter(())  # the statement itself says all there is to say


@outline.register
def _(result: Data, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    return iter(())


@outline.register
def _(result: Expectation, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    expected = f"{result.name} = {writer.write(result.expected)}"
    if result.holds:
        yield Remark(f"as expected: {expected}")
        return
    found = f"{result.name} = {writer.write(result.found)}"
    reason = f" ({result.says})" if result.says else ""
    yield Remark(f"expected {expected}, but found {found}{reason}", failed=True)


