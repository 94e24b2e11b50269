"""Formulas on the left, justifications in one column on the right."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from derivex.notation.marks import enclosed_in_marks
from derivex.rendering.box import cell_width
from derivex.rendering.wrapping import wrap_sentence

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
        says_mark: the number of the mark in which the justification stands; None for none.
    """

    lines: tuple[str, ...]
    baseline: int = 0
    says: str = ""
    broken: bool = False
    says_mark: int | None = None

    def said(self, words: str) -> str:
        """Words of the justification, in its mark."""
        return words if self.says_mark is None else enclosed_in_marks(words, self.says_mark)

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

    A justification for which the column leaves no room moves to the left or right of it; where
    there is none beside the formula, it stands below.  Blocks of several lines are set apart by
    empty lines.

    Args:
        blocks: the steps, from the top.
        width: the columns there are; None means any number.
    """
    column = _column(blocks, width)
    previous: Block | None = None
    for block in blocks:
        if previous is not None and (block.is_tall or previous.is_tall):
            yield "", ""
        place = _place(block, column, width) if column and block.says else None
        for position, line in enumerate(block.lines):
            line = line.rstrip()
            if place is not None and position == block.baseline:
                yield line + " " * (place - cell_width(line)), block.said(block.says)
            else:
                yield line, ""
        if block.says and place is None:
            room = cell_width(block.says) if width is None else max(1, width - _INDENT)
            for said in wrap_sentence(block.says, room):
                yield " " * _INDENT, block.said(said)
        previous = block


def _place(block: Block, column: int, width: int | None) -> int | None:
    """Where the justification of a block begins beside its formula; None if it has no room."""
    first = block.width + _APART
    if block.broken:
        return None
    if width is None:
        return column if first <= column else None
    last = width - cell_width(block.says)
    return min(max(column, first), last) if first <= last else None


def _column(blocks: Sequence[Block], width: int | None) -> int:
    """Where the justifications begin: in the column that the most of them can share.

    It is 0, and each justification below its formula, where most of them have no room beside it.
    """
    said = [block for block in blocks if block.says]
    if width is None:
        near = [block.width + _APART for block in said if block.width <= _LONG]
        return max(near, default=0)
    # For each block, the columns in which its justification has room: a first and a last one.
    rooms = [
        (block.width + _APART, width - cell_width(block.says))
        for block in said
        if not block.broken and block.width + _APART + cell_width(block.says) <= width
    ]
    if 2 * len(rooms) <= len(said):
        return 0
    starts = sorted(first for first, _ in rooms)
    ends = sorted(last for _, last in rooms)
    # The column of a start is shared by the rooms that have begun there and not yet ended.
    return max(starts, key=lambda place: bisect_right(starts, place) - bisect_left(ends, place))
