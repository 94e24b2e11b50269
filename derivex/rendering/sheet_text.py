"""A sheet, or its key, as plain text."""

from __future__ import annotations

from derivex.rendering.block_text import document_text
from derivex.rendering.sheet_document import sheet_document
from derivex.rulebook import shipped_book
from derivex.sheets import Sheet

__all__ = ["sheet_text"]


def sheet_text(sheet: Sheet, key: bool = False) -> str:
    """The sheet as text of any width, a gap written ``[_1_]``.

    Args:
        sheet: the sheet.
        key: whether what was left out is filled in.
    """
    document = sheet_document(sheet, shipped_book().functions, key)
    return f"{document.title}\n\n{document_text(document)}\n"
