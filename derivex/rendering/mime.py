"""What a notebook shows of a document: HTML where it can, LaTeX or text elsewhere."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression.printed_size import printed_size
from derivex.notation import LatexWriter
from derivex.rendering.block_text import document_text
from derivex.rendering.document import Document, Prose, Statement
from derivex.rendering.html import html_fragment
from derivex.rendering.latex import latex_block
from derivex.rendering.latex_prose import code_block, prose_as_latex
from derivex.rendering.outline import Equations, Lines, SideBySide

__all__ = ["MOST_SYMBOLS", "mime_bundle", "too_long"]

MOST_SYMBOLS = 10_000
"""Numbers, letters and operations up to which a document is shown without being asked for."""


def mime_bundle(document: Document) -> dict[str, str]:
    """A document in the formats that a notebook may show, by their media types.

    A document that is too long to be looked at is not written; it is said how to get it.
    """
    if _is_too_long(document):
        return too_long(document.title)
    return {
        "text/plain": document_text(document),
        "text/latex": _latex(document),
        "text/html": html_fragment(document),
    }


def too_long(title: str) -> dict[str, str]:
    """What is shown instead of a document that is too long to be looked at."""
    return {
        "text/plain": f"{title}: more than {MOST_SYMBOLS} symbols, too long to be shown here. "
        ".to_text(), .to_latex() and .to_html() write it."
    }


def _is_too_long(document: Document) -> bool:
    sizes: dict[Basic, int] = {}
    whole = 0
    for item in document.items:
        if isinstance(item, Lines):
            expressions = [line.expression for line in item.lines]
        elif isinstance(item, (Equations, SideBySide)):
            columns = (item,) if isinstance(item, Equations) else item.columns
            expressions = [row.expression for column in columns for row in column.rows]
        else:
            continue
        for expression in expressions:
            whole += printed_size(expression, sizes)
            if whole > MOST_SYMBOLS:
                return True
    return False


def _latex(document: Document) -> str:
    writer = LatexWriter(document.functions)
    parts: list[str] = []
    for item in document.items:
        if isinstance(item, Prose):
            parts.append(prose_as_latex(item.markdown))
        elif isinstance(item, Statement):
            parts.append(code_block(item.text))
        else:
            parts.append(latex_block(item, writer))
    return "\n\n".join(parts)
