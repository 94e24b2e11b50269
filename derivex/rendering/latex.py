"""Blocks as LaTeX, ready to paste: justifications in the last column."""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from derivex.derivation import Line
from derivex.expression import Equation
from derivex.notation import LatexWriter, TextWriter
from derivex.rendering.document import Document, Prose, Statement
from derivex.rendering.equations import EquationRow
from derivex.rendering.figures import figure_as_latex
from derivex.rendering.latex_aligned import (
    ARTICLE_ROOM,
    AlignedRow,
    aligned,
    coloured,
    side_by_side,
)
from derivex.rendering.latex_parts import DEEPEST, depth_of
from derivex.rendering.latex_prose import code_in_lines
from derivex.rendering.latex_table import number_table_as_latex
from derivex.rendering.latex_text import latex_text
from derivex.rendering.marking import Marked, as_marked, marked
from derivex.rendering.number_table import NumberTable
from derivex.rendering.outline import Block, Equations, Figure, Lines, Remark

__all__ = ["latex_block", "latex_fragment", "latex_lines"]

_TEXT_EMS = 20  # how wide a formula is that is written as text
_LONGEST_TEXT = 2_000  # characters of it


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
        return coloured(aligned([_equation(row, writer, highlight) for row in block.rows], room))
    if isinstance(block, Figure):
        return figure_as_latex(block)
    if isinstance(block, NumberTable):
        return number_table_as_latex(block, writer, room)
    columns = [
        [_equation(row, writer, highlight) for row in column.rows] for column in block.columns
    ]
    return coloured(side_by_side(columns, room))


def latex_lines(
    lines: Sequence[Line],
    writer: LatexWriter,
    room: float = ARTICLE_ROOM,
    highlight: bool = False,
) -> str:
    """A derivation as an ``align*`` environment."""
    if highlight:
        formulas = [
            _marked(line.expression, each, writer)
            for line, each in zip(lines, marked(lines), strict=True)
        ]
    else:
        formulas = [_plain(line.expression, writer) for line in lines]
    rows: list[AlignedRow] = []
    left = formulas[0]
    if lines[0].says.strip():
        rows.append(AlignedRow(left, "", lines[0].says))
        left = ""
    for line, formula in zip(lines[1:], formulas[1:], strict=True):
        rows.append(AlignedRow(left, f"= {formula}", line.says))
        left = ""
    return coloured(aligned(rows or [AlignedRow(left, "")], room))


def _plain(expression: Basic, writer: LatexWriter) -> str:
    """A formula; in the text notation where its fractions are nested deeper than TeX can go."""
    latex = writer.write(expression)
    if depth_of(latex) <= DEEPEST:
        return latex
    text = TextWriter().write(expression)
    shown = text if len(text) <= _LONGEST_TEXT else text[:_LONGEST_TEXT] + " …"
    return rf"\parbox[t]{{{_TEXT_EMS}em}}{{\raggedright {code_in_lines(shown)}}}"


def _marked(expression: Basic, marks: Marked, writer: LatexWriter) -> str:
    plain = _plain(expression, writer)
    return plain if plain.startswith(r"\parbox") else as_marked(plain, marks, writer)


def _equation(row: EquationRow, writer: LatexWriter, highlight: bool) -> AlignedRow:
    marks = row.shown(highlight)
    sides: tuple[Basic, ...] = (row.expression,)
    marked_sides: tuple[Basic, ...] = (marks.expression,)
    if type(row.expression) is Equation:
        sides, marked_sides = row.expression.args, marks.expression.args
    left, *right = (
        _marked(side, Marked(copy, marks.numbers), writer)
        for side, copy in zip(sides, marked_sides, strict=True)
    )
    return AlignedRow(left, " ".join(f"= {side}" for side in right), row.says, row.label)
