"""Blocks as plain text of any width."""

from __future__ import annotations

from derivex.notation import TextWriter
from derivex.rendering.document import Document, Prose, Statement
from derivex.rendering.equations import show_equations, side_by_side
from derivex.rendering.figures import figure_as_text
from derivex.rendering.number_table import NumberTable, number_table_as_text
from derivex.rendering.outline import Block, Equations, Figure, Lines, Remark
from derivex.rendering.terminal import inline_lines

__all__ = ["block_text", "document_text"]

WIDEST = 120  # columns up to which equations stand side by side


def block_text(block: Block, unicode: bool = True) -> str:
    """One block as plain text of any width."""
    if isinstance(block, Remark):
        return block.text
    if isinstance(block, Lines):
        return "\n".join(inline_lines(block.lines, TextWriter(unicode)))
    if isinstance(block, Figure):
        return figure_as_text(block, unicode=unicode)
    if isinstance(block, NumberTable):
        return number_table_as_text(block, unicode)
    columns = (block,) if isinstance(block, Equations) else block.columns
    first, *others = [show_equations(column.rows, unicode=unicode) for column in columns]
    for other in others:
        first = side_by_side(first, other, WIDEST)
    return first.plain


def document_text(document: Document) -> str:
    """A document as plain text; statements as they are shown in a pipe."""
    parts: list[str] = []
    for item in document.items:
        if isinstance(item, Prose):
            parts.append(item.markdown.strip("\n"))
        elif isinstance(item, Statement):
            parts.append(f"> {item.text}")
        else:
            parts.append(block_text(item))
    return "\n\n".join(parts)
