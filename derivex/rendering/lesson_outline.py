"""What the statements of a lesson lead to, laid out as blocks."""

from __future__ import annotations

from collections.abc import Iterator

import derivex.rendering.backward_outline
import derivex.rendering.descent_outline
import derivex.rendering.gradient_check_outline
import derivex.rendering.slope_outline
import derivex.rendering.solution_outline  # registers what statements lead to
import derivex.rendering.subgradient_outline  # noqa: F401
from derivex.derivation import Detail
from derivex.lessons import (
    BlankMarks,
    Choice,
    Data,
    Drawing,
    Expectation,
    Requirement,
    Shapes,
)
from derivex.notation import Definition, TextWriter
from derivex.rendering.outline import Block, Figure, Remark, outline


@outline.register
def _(result: Definition, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    return iter(())  # the statement itself says all there is to say


@outline.register
def _(result: Data, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    return iter(())


@outline.register
def _(result: Shapes, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    return iter(())


@outline.register
def _(result: BlankMarks, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    return iter(())  # only a sheet leaves something out


@outline.register
def _(result: Drawing, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    yield Figure(result.picture)


@outline.register
def _(result: Choice, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    told = ", ".join(
        f"{writer.write(name)} = {writer.write(value)}" for name, value in result.values
    )
    yield Remark(f"Here {told}.")


@outline.register
def _(result: Requirement, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    if not result.holds:
        yield Remark(f"not as required: {result.says}", failed=True)


@outline.register
def _(result: Expectation, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    sign = "≈" if result.rounded else "="
    expected = f"{result.name} {sign} {writer.write(result.expected)}"
    if result.holds:
        yield Remark(f"as expected: {expected}")
        return
    found = f"{result.name} {sign} {writer.write(result.found)}"
    reason = f" ({result.says})" if result.says else ""
    yield Remark(f"expected {expected}, but found {found}{reason}", failed=True)
