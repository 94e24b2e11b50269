"""Equations being solved: labels on the left, equals signs in one column, reasons on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sympy.core.basic import Basic

from derivex.expression import Equation, Nearly
from derivex.notation.text_writer import TextWriter
from derivex.rendering.box import Sketch, beside, cell_width, marked_text_sketch, paint
from derivex.rendering.breaking import break_formula
from derivex.rendering.justified import Block, justified
from derivex.rendering.marking import Marked, as_marked
from derivex.rendering.stacked import StackedWriter
from derivex.rendering.terminal import Style, as_text

if TYPE_CHECKING:
    from rich.text import Text

__all__ = ["LATEX_SIGNS", "EquationRow", "parted_at_the_sign", "show_equations", "side_by_side"]

_LABEL_GAP = 2
_CONTINUED = 6  # columns by which the rest of a broken side is set in
_BLOCK_GAP = 4


@dataclass(frozen=True)
class EquationRow:
    """A row of a solution.

    Args:
        expression: the equation (or any other expression).
        says: what led here, such as "dividing by 2"; "" for what is given.
        label: a number such as "(1)" by which other rows refer to it, or "".
        marks: the expression with what was rewritten to get it, and what is rewritten next,
            marked; None where nothing is.
        says_mark: the colour of what led here, by its number; None for none.
    """

    expression: Basic
    says: str = ""
    label: str = ""
    marks: Marked | None = field(default=None, compare=False, repr=False)
    says_mark: int | None = None

    def shown(self, highlight: bool) -> Marked:
        """The expression, with its marks where they are wanted."""
        return self.marks if highlight and self.marks else Marked(self.expression, {})


def show_equations(
    rows: Sequence[EquationRow],
    *,
    style: Style = "inline",
    width: int | None = None,
    unicode: bool = True,
    title: str | None = None,
    highlight: bool = False,
) -> Text:
    """The rows with their equals signs under one another.

    Arguments and result are those of :func:`derivex.rendering.terminal.show_lines`.
    """
    writer, layout = TextWriter(unicode), StackedWriter(unicode)
    margin = max((cell_width(row.label) + _LABEL_GAP for row in rows if row.label), default=0)
    sides = [_sides(row.shown(highlight), writer, layout, style) for row in rows]
    left = max((first.width for first, second in sides if second is not None), default=0)
    blocks = []
    for row, (first, second) in zip(rows, sides, strict=True):
        label = row.label.ljust(margin)
        says_mark = row.says_mark if highlight else None
        if second is None:
            whole = beside((label, first))
        else:
            whole = beside((label, " " * (left - first.width), first, second))
        if width is None or whole.width <= width:
            box = paint(whole, marks=highlight)
            blocks.append(Block(box.lines, box.baseline, row.says, says_mark=says_mark))
        else:
            formula = writer.write(row.expression)
            written = label + as_marked(formula, row.shown(highlight), writer)
            pieces = break_formula(
                written, width, margin + _CONTINUED, margin, at_relations=margin + 2
            )
            blocks.append(Block(tuple(pieces), 0, row.says, True, says_mark))
    return as_text(justified(blocks, width), title)


def _sides(
    shown: Marked, writer: TextWriter, layout: StackedWriter, style: Style
) -> tuple[Sketch, Sketch | None]:
    """What stands before the equals sign, and the sign with what stands after it."""

    def side(part: Marked) -> Sketch:
        if style == "stacked":
            return layout.marked_sketch(part.expression, part.numbers)
        return marked_text_sketch(writer.write_marked(part.expression, part.numbers))

    parted = parted_at_the_sign(shown)
    if parted is None:
        return side(shown), None
    first, sign, second = parted
    return side(first), beside((f" {sign} ", side(second)))


_SIGNS = {Equation: "=", Nearly: "≈"}
LATEX_SIGNS = {"=": "=", "≈": r"\approx"}
"""The signs between the sides of an equation, in LaTeX."""


def parted_at_the_sign(shown: Marked) -> tuple[Marked, str, Marked] | None:
    """What stands before and after the sign of an equation, and the sign; None for all else."""
    expression, numbers = shown.expression, shown.numbers
    sign = _SIGNS.get(type(expression))
    if sign is None or len(expression.args) != 2 or Equation in map(type, expression.args):
        return None
    if expression in numbers:  # all of it is marked
        numbers = {**numbers, **dict.fromkeys(expression.args, numbers[expression])}
    first, second = (Marked(side, numbers) for side in expression.args)
    return first, sign, second


def side_by_side(left: Text | str, right: Text | str, width: int | None) -> Text:
    """Two blocks next to each other, or one below the other where the width is too small.

    Args:
        left: the first block.
        right: the second block.
        width: the columns there are; None means any number.
    """
    from rich.text import Text

    columns = [
        (block if isinstance(block, Text) else Text(block)).split("\n", allow_blank=True)
        for block in (left, right)
    ]
    first = max((line.cell_len for line in columns[0]), default=0)
    second = max((line.cell_len for line in columns[1]), default=0)
    result = Text(no_wrap=True, overflow="ignore")
    if width is not None and first + _BLOCK_GAP + second > width:
        return result.append_text(Text("\n").join([*columns[0], Text(), *columns[1]]))
    rows: list[Text] = []
    for position in range(max(map(len, columns))):
        row = Text()
        if position < len(columns[0]):
            row.append_text(columns[0][position])
        if position < len(columns[1]) and columns[1][position]:
            row.append(" " * (first + _BLOCK_GAP - row.cell_len))
            row.append_text(columns[1][position])
        rows.append(row)
    return result.append_text(Text("\n").join(rows))
