"""What each of several stationary points is, laid out as blocks."""

from __future__ import annotations

from collections.abc import Iterator

from derivex.derivation import Detail
from derivex.expression import value_of
from derivex.notation import TextWriter
from derivex.rendering.case_outline import point_name, point_text, sentence
from derivex.rendering.outline import Block, Remark, outline
from derivex.solving import Outcome, StationarySolution

__all__ = ["kind_blocks"]


def kind_blocks(result: StationarySolution, detail: Detail, writer: TextWriter) -> Iterator[Block]:
    """The second derivatives, and for each point its Hessian and what follows."""
    solution = result.solution
    if not solution.points and not result.corners:
        if solution.outcome is Outcome.NO_SOLUTION:
            yield Remark("So there is no stationary point.")
        return
    if detail is not Detail.BRIEF:
        entries = [
            entry
            for entry in dict.fromkeys(entry for row in result.second for entry in row)
            if value_of(entry.result) is None or detail is Detail.FULL
        ]
        if entries:
            yield Remark("The second derivatives:")
        for entry in entries:
            yield from outline(entry, detail, writer)
    for number, (point, kind) in enumerate(zip(solution.points, result.kinds, strict=True)):
        yield Remark(f"At {point_name(number)}, {point_text(point, writer)}:")
        if detail is not Detail.BRIEF:
            for size, minor in enumerate(kind.minors, 1):
                if minor.result is not minor.start and size > 1:
                    whole = size == len(result.gradient.by)
                    yield Remark(
                        "The determinant of the Hessian:"
                        if whole
                        else f"Leading minor of size {size}:"
                    )
                    yield from outline(minor, detail, writer)
            for proof in kind.proofs:
                yield Remark("The first derivative along the line that is not 0 there:")
                yield from outline(proof, detail, writer)
        yield Remark(f"{kind.verdict.value}: {sentence(kind.reason, writer)}")
    for corner in result.corners:
        where = ", ".join(
            f"{writer.write(name)} = {writer.write(value)}" for name, value in corner.values.items()
        )
        yield Remark(f"At {where}:")
        if detail is not Detail.BRIEF:
            for side, proof in zip(("left", "right"), corner.proofs, strict=False):
                yield Remark(f"The slope on the {side}:")
                yield from outline(proof, detail, writer)
        yield Remark(f"{corner.verdict.value}: {sentence(corner.reason, writer)}")
