"""Subdifferentials laid out as blocks."""

from __future__ import annotations

from collections.abc import Iterator

from derivex.derivation import Detail
from derivex.engine.subgradient import SubgradientDerivation
from derivex.engine.verdicts import why_stuck
from derivex.notation import TextWriter
from derivex.rendering.outline import Block, Lines, Remark, outline
from derivex.rendering.readable import readable


@outline.register
def _(result: SubgradientDerivation, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    derivation = result.derivation
    yield Lines(tuple(readable(derivation.lines(detail))))
    for node in derivation.stuck:
        yield Remark(
            why_stuck(node, writer, derivation.book.functions, derivation.facts), failed=True
        )
    if result.verdict:
        yield Remark(result.verdict)
