"""Text with two dimensions: pieces set beside, above and below one another.

A *sketch* says where its parts stand relative to its own baseline, without copying them; the
parts are shared between the sketches that hold them.  Painting the outermost sketch gives the
*box*, the finished lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from derivex.notation.marks import enclosed_in_marks, runs, without_marks

__all__ = [
    "Box",
    "Part",
    "Sketch",
    "Stroke",
    "above_one_another",
    "beside",
    "cell_width",
    "marked_text_sketch",
    "paint",
    "text_sketch",
]


def cell_width(text: str) -> int:
    """How many columns of a terminal a text takes: an accent or a mark takes none, a wide sign two.

    >>> cell_width("ȳ"), cell_width("h\\u0304")
    (1, 1)
    """
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(without_marks(text))


@dataclass(frozen=True)
class Box:
    """Finished lines of text.

    Args:
        lines: the lines, from the top, all of the same width.
        baseline: which of them is the line on which its neighbours stand.
    """

    lines: tuple[str, ...]
    baseline: int

    @property
    def width(self) -> int:
        """The columns that it takes."""
        return max(map(cell_width, self.lines), default=0)

    @property
    def height(self) -> int:
        """The number of its lines."""
        return len(self.lines)

    def __str__(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines)


class Sketch:
    """Where parts stand, relative to a baseline (row 0; rows above it are negative).

    Args:
        width: columns taken.
        above: rows above the baseline.
        below: rows below the baseline.
        parts: each with its row, its column and what stands there.
        mark: the number of the mark on it; None if it has none.
    """

    __slots__ = ("above", "below", "mark", "parts", "width")

    def __init__(
        self,
        width: int,
        above: int,
        below: int,
        parts: tuple[Part, ...],
        mark: int | None = None,
    ):
        self.width = width
        self.above = above
        self.below = below
        self.parts = parts
        self.mark = mark

    @property
    def height(self) -> int:
        """The number of rows."""
        return self.above + 1 + self.below


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line or a bracket of any length, drawn only when it is painted.

    Args:
        first: the character at its left or upper end.
        middle: the characters between the ends.
        last: the character at its right or lower end.
        length: how many characters it has, at least two unless all are the same.
        vertical: whether it runs downwards.
    """

    first: str
    middle: str
    last: str
    length: int
    vertical: bool = False

    @property
    def text(self) -> str:
        """Its characters."""
        if self.length == 1:
            return self.middle
        return self.first + self.middle * (self.length - 2) + self.last


Part: TypeAlias = "tuple[int, int, Sketch | Stroke | str]"


def text_sketch(text: str) -> Sketch:
    """A single row of text."""
    return Sketch(cell_width(text), 0, 0, ((0, 0, text),))


def marked_text_sketch(text: str) -> Sketch:
    """A single row of text that has signs of :mod:`derivex.notation.marks` in it."""
    return beside(
        Sketch(cell_width(run), 0, 0, ((0, 0, run),), numbers[-1]) if numbers else run
        for run, numbers in runs(text)
    )


def beside(pieces: Iterable[Sketch | str]) -> Sketch:
    """Pieces next to one another, their baselines in one row."""
    parts: list[Part] = []
    width = above = below = 0
    for piece in pieces:
        parts.append((0, width, piece))
        if isinstance(piece, str):
            width += cell_width(piece)
        else:
            width += piece.width
            above = max(above, piece.above)
            below = max(below, piece.below)
    return Sketch(width, above, below, tuple(parts))


def above_one_another(sketches: Sequence[Sketch], base: int) -> Sketch:
    """Sketches in one column, centred.

    Args:
        sketches: from the top.
        base: which of them gives the baseline.
    """
    width = max(sketch.width for sketch in sketches)
    top = row = -sketches[base].above - sum(sketch.height for sketch in sketches[:base])
    parts: list[Part] = []
    for sketch in sketches:
        parts.append((row + sketch.above, (width - sketch.width) // 2, sketch))
        row += sketch.height
    return Sketch(width, max(0, -top), max(0, row - 1), tuple(parts))


def paint(sketch: Sketch, marks: bool = False) -> Box:
    """The finished lines of a sketch; takes time proportional to their number of characters.

    Args:
        sketch: what is painted.
        marks: whether signs of :mod:`derivex.notation.marks` stand round what is marked in it.
    """
    rows: list[list[str]] = [[" "] * sketch.width for _ in range(sketch.height)]
    numbers: list[list[int | None]] = [[None] * sketch.width for _ in rows] if marks else []
    stack: list[tuple[int, int, Sketch]] = [(sketch.above, 0, sketch)]
    while stack:
        row, column, current = stack.pop()
        if marks and current.mark is not None:
            # What is inside is painted later, so the innermost mark is what stays.
            for line in numbers[row - current.above : row + current.below + 1]:
                line[column : column + current.width] = [current.mark] * current.width
        for down, right, part in current.parts:
            if isinstance(part, str):
                _write(rows[row + down], column + right, part)
            elif isinstance(part, Sketch):
                stack.append((row + down, column + right, part))
            elif part.vertical:
                for further, character in enumerate(part.text):
                    rows[row + down + further][column + right] = character
            else:
                _write(rows[row + down], column + right, part.text)
    lines = map(_with_marks, rows, numbers) if marks else map("".join, rows)
    return Box(tuple(lines), sketch.above)


def _with_marks(row: Sequence[str], numbers: Sequence[int | None]) -> str:
    """A row with signs round each stretch that has the same mark; empty space has none."""
    shown = [None if cell == " " else number for cell, number in zip(row, numbers, strict=True)]
    pieces: list[str] = []
    start = 0
    while start < len(row):
        end = start
        while end < len(row) and shown[end] == shown[start]:
            end += 1
        text, number = "".join(row[start:end]), shown[start]
        pieces.append(text if number is None else enclosed_in_marks(text, number))
        start = end
    return "".join(pieces)


def _write(row: list[str], column: int, text: str) -> None:
    if text.isascii():
        row[column : column + len(text)] = text
        return
    for character in text:
        width = cell_width(character)
        if width == 0:  # an accent belongs to the character before it
            row[max(0, column - 1)] += character
            continue
        row[column] = character
        for following in range(column + 1, column + width):
            row[following] = ""
        column += width
