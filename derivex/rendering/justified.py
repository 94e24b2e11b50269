"""Formulas on the left, justifications in one column on the right."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from derivex.rendering.box import cell_width

__all__ = ["Block", "justified"]

_APART = 5  # columns between the longest formula and the justifications
_INDENT = 6  # of a justification that has a line of its own
_LONG = 90  # columns; a longer formula pushes no other line's justification away


@dataclass(frozen=True)
class Block:
    """One step as it will stand on the screen: the lines of a formula and what it says.

    Args:
        lines: the lines of the formula, from the top.
        baseline: the line beside which the justification belongs.
        says: the justification, or "".
        broken: whether the formula was broken into lines because it is too long.
    """

    lines: tuple[str, ...]
    baseline: int = 0
    says: str = ""
    broken: bool = False

    @property
    def width(self) -> int:
        """The columns that the formula takes."""
        return max(map(cell_width, self.lines))

    @property
    def is_tall(self) -> bool:
        """Whether it is a formula in two dimensions."""
        return len(self.lines) > 1 and not self.broken


def justified(blocks: Sequence[Block], width: int | None) -> Iterator[tuple[str, str]]:
    """The lines of all blocks, each as what stands on the left and the justification after it.

    A block whose formula leaves no room for the column of justifications has its own below.
    Blocks of several lines are set apart by empty lines.

    Args:
        blocks: the steps, from the top.
        width: the columns there are; None means any number.
    """
    column = _column(blocks, width)
    previous: Block | None = None
    for block in blocks:
        if previous is not None and (block.is_tall or previous.is_tall):
            yield "", ""
        beside = bool(block.says) and not block.broken and block.width + _APART <= column
        if beside and width is not None and column + cell_width(block.says) > width:
            beside = False
        for position, line in enumerate(block.lines):
            line = line.rstrip()
            if beside and position == block.baseline:
                yield line + " " * (column - cell_width(line)), block.says
            else:
                yield line, ""
        if block.says and not beside:
            room = cell_width(block.says) if width is None else max(1, width - _INDENT)
            for said in textwrap.wrap(block.says, room, break_long_words=False):
                yield " " * _INDENT, said
        previous = block


def _column(blocks: Sequence[Block], width: int | None) -> int:
    """Where the justifications stand: after the longest formula that leaves them room.

    Where there is room without end, that is the longest one that a reader's eye can follow.

    It is 0, and each justification below its formula, where that is so for most of them.
    """
    said = [block for block in blocks if block.says]
    sizes = sorted((block.width, cell_width(block.says)) for block in said if not block.broken)
    if width is None:
        sizes = [size for size in sizes if size[0] <= _LONG]
    else:
        # With a block stand all that are shorter, so the longest of their justifications counts.
        fitting = widest_says = 0
        for count, (formula, says) in enumerate(sizes, start=1):
            widest_says = max(widest_says, says)
            if formula + _APART + widest_says <= width:
                fitting = count
        sizes = sizes[:fitting]
    if 2 * len(sizes) <= len(said):
        return 0
    return sizes[-1][0] + _APART
