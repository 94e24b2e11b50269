"""What the statements of a lesson lead to, laid out as blocks."""

from __future__ import annotations

from collections.abc import Iterator

import derivex.rendering.backward_outline
import derivex.rendering.descent_outline
import derivex.rendering.slope_outline
import derivex.rendering.solution_outline  # registers what statements lead to
import derivex.rendering.subgradient_outline  # noqa: F401
from derivex.derivation import Detail
from derivex.lessons import Data, Expectation, Shapes
from derivex.notation import Definition, TextWriter
from derivex.rendering.outline import Block, Remark, outline


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
def _(result: Expectation, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    sign = "≈" if result.rounded else "="
    expected = f"{result.name} {sign} {writer.write(result.expected)}"
    if result.holds:
        yield Remark(f"as expected: {expected}")
        return
    found = f"{result.name} {sign} {writer.write(result.found)}"
    reason = f" ({result.says})" if result.says else ""
    yield Remark(f"expected {expected}, but found {found}{reason}", failed=True)
