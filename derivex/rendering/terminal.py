"""Derivations in a terminal: one formula a line, with what was used on the right.

Formulas reach rich as ``Text``, never as markup, which would take ``[x]`` for a style.  Every
formula is measured before it is placed: one that is too wide in two dimensions is written on
one line, and a line that is too long is broken where a mathematician would break it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, Protocol

from sympy.core.basic import Basic

from derivex.notation.marks import runs, without_marks
from derivex.notation.text_writer import TextWriter
from derivex.rendering.box import paint
from derivex.rendering.breaking import break_formula
from derivex.rendering.justified import Block, justified
from derivex.rendering.marking import Marked, as_marked, marked
from derivex.rendering.stacked import StackedWriter

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["Line", "Style", "as_text", "inline_lines", "show_lines"]

Style = Literal["stacked", "inline"]

_RELATION = "  = "
_CONTINUED = 6  # columns by which the rest of a broken line is set in
_TALLEST = 40  # rows; a formula taller than a screen is read better on one line
_SAYS_STYLE = "dim italic"
_TITLE_STYLE = "bold"
# As dark as they are light, so that they can be read on black and on white.
_COLOURS = ("#3273dc", "#c8501e", "#1e8449", "#b44cc2", "#0e8390", "#a06a00")


class Line(Protocol):
    """A line of a derivation."""

    @property
    def expression(self) -> Basic:
        """The whole expression at this point."""

    @property
    def says(self) -> str:
        """What led here from the line before, such as "using the chain rule"; "" at the start."""

    @property
    def changed(self) -> Sequence[tuple[Basic, Basic]]:
        """What was rewritten in the line before, each with what stands for it here."""


def inline_lines(lines: Sequence[Line], writer: TextWriter) -> list[str]:
    """The lines as plain text of any width, justifications in one column.

    The first expression stands flush left, each following one after an equals sign.
    """
    blocks = [_one_line(line, position, writer, None) for position, line in enumerate(lines)]
    return [(left + says).rstrip() for left, says in justified(blocks, None)]


def show_lines(
    lines: Sequence[Line],
    *,
    style: Style = "inline",
    width: int | None = None,
    unicode: bool = True,
    title: str | None = None,
    highlight: bool = False,
) -> Text:
    """The lines for a terminal.

    Args:
        lines: the lines; the first one is the start.
        style: formulas in two dimensions where they fit, or on one line each.
        width: the columns there are; None means any number, and nothing is broken.
        unicode: whether the terminal shows characters outside of ASCII.
        title: a heading.
        highlight: whether what a line rewrites is coloured, and what replaces it.

    Returns:
        text that is not to be wrapped: print it with ``console.print(text, soft_wrap=True)``.
    """
    writer = TextWriter(unicode)
    layout = StackedWriter(unicode) if style == "stacked" else None
    marks = _marks(lines) if highlight else [Marked(line.expression, {}) for line in lines]
    blocks = []
    for position, (line, each) in enumerate(zip(lines, marks, strict=True)):
        block = None
        if layout is not None:
            block = _two_dimensional(line, position, layout, width, each)
        block = block or _one_line(line, position, writer, width, each)
        says_mark = getattr(line, "says_mark", None) if highlight else None
        blocks.append(block if says_mark is None else replace(block, says_mark=says_mark))
    return as_text(justified(blocks, width), title)


def _marks(lines: Sequence[Line]) -> list[Marked]:
    """What is coloured: what a line says itself, else what each rewrites of the one before."""
    own = [each for line in lines if (each := getattr(line, "marks", None)) is not None]
    return own if len(own) == len(lines) else marked(lines)


def as_text(lines: Iterable[tuple[str, str]], title: str | None = None) -> Text:
    """Lines, each with its justification, as rich text that is not wrapped; marks get colours."""
    from rich.text import Text

    text = Text(no_wrap=True, overflow="ignore")
    if title:
        text.append(title, _TITLE_STYLE)
    for left, says in lines:
        if text:
            text.append("\n")
        for run, numbers in runs(left):
            text.append(run, _COLOURS[numbers[-1]] if numbers else None)
        for run, numbers in runs(says):
            text.append(run, _COLOURS[numbers[-1]] if numbers else _SAYS_STYLE)
    return text


def _one_line(
    line: Line, position: int, writer: TextWriter, width: int | None, marks: Marked | None = None
) -> Block:
    relation = _RELATION if position else ""
    written = relation + as_marked(writer.write(line.expression), marks, writer)
    if width is None:
        return Block((written,), 0, line.says)
    pieces = break_formula(written, width, _CONTINUED, protected=len(relation))
    return Block(tuple(pieces), 0, line.says, broken=len(pieces) > 1)


def _two_dimensional(
    line: Line, position: int, layout: StackedWriter, width: int | None, marks: Marked
) -> Block | None:
    """The formula in two dimensions, or None where it is too large."""
    relation = _RELATION if position else ""
    sketch = layout.sketch(line.expression)
    too_wide = width is not None and sketch.width + len(relation) > width
    if too_wide or sketch.height > _TALLEST:
        return None
    box = paint(sketch)
    if marks.numbers:
        coloured = paint(layout.marked_sketch(marks.expression, marks.numbers), marks=True)
        if tuple(map(without_marks, coloured.lines)) == box.lines:
            box = coloured
    lines = tuple(
        (relation if row == box.baseline else " " * len(relation)) + text
        for row, text in enumerate(box.lines)
    )
    return Block(lines, box.baseline, line.says)
