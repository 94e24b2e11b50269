"""Blocks as LaTeX, ready to paste: justifications in the last column."""

from __future__ import annotations

from collections.abc import Sequence

from derivex.derivation import Line
from derivex.expression import Equation
from derivex.notation import LatexWriter
from derivex.rendering.document import Document, Prose, Statement
from derivex.rendering.equations import EquationRow
from derivex.rendering.latex_text import latex_text
from derivex.rendering.number_table import NumberTable, number_table_as_latex
from derivex.rendering.outline import Block, Equations, Lines, Remark

__all__ = ["latex_block", "latex_fragment", "latex_lines"]


def latex_fragment(document: Document) -> str:
    """The blocks of a document as LaTeX that one pastes into a document of one's own."""
    writer = LatexWriter(document.functions)
    return "\n\n".join(
        latex_block(item, writer)
        for item in document.items
        if not isinstance(item, (Prose, Statement))
    )


def latex_block(block: Block, writer: LatexWriter) -> str:
    """One block as LaTeX."""
    if isinstance(block, Remark):
        return latex_text(block.text)
    if isinstance(block, Lines):
        return latex_lines(block.lines, writer)
    if isinstance(block, Equations):
        return _aligned([_equation(row, writer) for row in block.rows])
    if isinstance(block, NumberTable):
        return number_table_as_latex(block, writer)
    return "\n".join(latex_block(column, writer) for column in block.columns)


def latex_lines(lines: Sequence[Line], writer: LatexWriter) -> str:
    """A derivation as an ``align*`` environment."""
    rows = []
    left = writer.write(lines[0].expression)
    if lines[0].says:
        rows.append(rf"& {left} && \text{{{latex_text(lines[0].says)}}}")
        left = ""
    for line in lines[1:]:
        says = rf" && \text{{{latex_text(line.says)}}}" if line.says.strip() else ""
        rows.append(f"{left} &= {writer.write(line.expression)}{says}".strip())
        left = ""
    return _aligned(rows or [f"& {left}"])


def _equation(row: EquationRow, writer: LatexWriter) -> str:
    expression = row.expression
    if type(expression) is Equation:
        left, right = (writer.write(side) for side in expression.args)
        formula = f"{left} &= {right}"
    else:
        formula = f"& {writer.write(expression)}"
    says = rf" && \text{{{latex_text(row.says)}}}" if row.says else ""
    label = rf" \tag*{{{row.label}}}" if row.label else ""
    return formula + says + label


def _aligned(rows: Sequence[str]) -> str:
    return "\\begin{align*}\n" + " \\\\\n".join(rows) + "\n\\end{align*}"
