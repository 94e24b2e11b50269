"""Blocks as LaTeX, ready to paste: justifications in the last column."""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from derivex.derivation import Line
from derivex.notation import LatexWriter, TextWriter
from derivex.rendering.document import Document, Prose, Statement
from derivex.rendering.equations import LATEX_SIGNS, EquationRow, parted_at_the_sign
from derivex.rendering.figures import figure_as_latex
from derivex.rendering.latex_aligned import (
    ARTICLE_ROOM,
    AlignedRow,
    aligned,
    can_be_set,
    coloured,
    side_by_side,
)
from derivex.rendering.latex_breaking import set_width
from derivex.rendering.latex_parts import DEEPEST, depth_of
from derivex.rendering.latex_prose import code_in_lines
from derivex.rendering.latex_table import number_table_as_latex
from derivex.rendering.latex_text import latex_text
from derivex.rendering.marking import Marked, as_marked, marked
from derivex.rendering.number_table import NumberTable
from derivex.rendering.outline import Block, Equations, Figure, Lines, Remark

__all__ = ["latex_block", "latex_fragment", "latex_lines"]

_LONGEST_TEXT = 1_500  # characters of a formula that is written as text
_MOST_TO_MEASURE = 20_000  # characters of a formula; a longer one is broken anyway


def latex_fragment(document: Document) -> str:
    """The blocks of a document as LaTeX that one pastes into a document of one's own.

    It needs amsmath, and with colours xcolor.
    """
    writer = LatexWriter(document.functions)
    return "\n\n".join(
        latex_block(item, writer, highlight=document.highlight)
        for item in document.items
        if not isinstance(item, (Prose, Statement))
    )


def latex_block(
    block: Block, writer: LatexWriter, room: float = ARTICLE_ROOM, highlight: bool = False
) -> str:
    """One block as LaTeX.

    Args:
        block: what is written.
        writer: writes its formulas.
        room: how wide the lines of the page are, in points at a size of 10.
        highlight: whether what each line rewrites is coloured, and what replaced it.
    """
    if isinstance(block, Remark):
        return latex_text(block.text)
    if isinstance(block, Lines):
        return latex_lines(block.lines, writer, room, highlight)
    if isinstance(block, Equations):
        rows = [_equation(row, writer, room, highlight) for row in block.rows]
        return coloured(aligned(rows, room))
    if isinstance(block, Figure):
        return figure_as_latex(block)
    if isinstance(block, NumberTable):
        return number_table_as_latex(block, writer, room)
    columns = [
        [_equation(row, writer, room, highlight) for row in column.rows] for column in block.columns
    ]
    return coloured(side_by_side(columns, room))


def latex_lines(
    lines: Sequence[Line],
    writer: LatexWriter,
    room: float = ARTICLE_ROOM,
    highlight: bool = False,
) -> str:
    """A derivation as an ``align*`` environment."""
    marks = marked(lines) if highlight else [Marked(line.expression, {}) for line in lines]
    formulas = [
        _formula(line.expression, each, writer, room)
        for line, each in zip(lines, marks, strict=True)
    ]
    rows: list[AlignedRow] = []
    left = formulas[0]
    if lines[0].says.strip():
        rows.append(AlignedRow(left, "", lines[0].says))
        left = ""
    for line, formula in zip(lines[1:], formulas[1:], strict=True):
        rows.append(AlignedRow(left, f"= {formula}", line.says))
        left = ""
    return coloured(aligned(rows or [AlignedRow(left, "")], room))


def _formula(expression: Basic, marks: Marked, writer: LatexWriter, room: float) -> str:
    """A formula with its marks; in the text notation where no page has room for it."""
    latex = writer.write(expression)
    possible = depth_of(latex) <= DEEPEST  # TeX can go no deeper
    if possible and len(latex) <= _MOST_TO_MEASURE and set_width(latex) > room:
        writer = writer.for_long_lines()
        latex = writer.write(expression)
        possible = can_be_set(latex, room)
    if possible:
        return as_marked(latex, marks, writer)
    text = TextWriter().write(expression)
    shown = text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + " …"
    return rf"\parbox[t]{{{int(room / 10 - 5)}em}}{{\raggedright {code_in_lines(shown, 5)}}}"


def _equation(row: EquationRow, writer: LatexWriter, room: float, highlight: bool) -> AlignedRow:
    shown = row.shown(highlight)
    parted = parted_at_the_sign(shown)
    if parted is None:
        return AlignedRow(_formula(row.expression, shown, writer, room), "", row.says, row.label)
    left, sign, right = parted
    formulas = [
        _formula(side, copy, writer, room)
        for side, copy in zip(row.expression.args, (left, right), strict=True)
    ]
    return AlignedRow(formulas[0], f"{LATEX_SIGNS[sign]} {formulas[1]}", row.says, row.label)
