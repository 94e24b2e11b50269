"""The formats of a sheet and its key: their functions take the sheet, and whether it is the key."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from derivex.rendering.formats import Format, format_named, format_of_file

__all__ = ["SHEET_FORMATS", "sheet_format_named", "sheet_format_of_file"]

_FORMATS = (
    Format("text", (".txt",), "derivex.rendering.sheet_text:sheet_text"),
    Format("latex", (".tex",), "derivex.rendering.sheet_latex:sheet_latex"),
    Format("pdf", (".pdf",), "derivex.rendering.sheet_latex:sheet_pdf"),
    Format("html", (".html", ".htm"), "derivex.rendering.sheet_html:sheet_html"),
    Format("markdown", (".md", ".markdown"), "derivex.rendering.sheet_markdown:sheet_markdown"),
    Format("ipynb", (".ipynb",), "derivex.api.sheet_notebook:sheet_notebook"),
    Format("stack", (".xml",), "derivex.rendering.sheet_stack:sheet_stack"),
)

SHEET_FORMATS: Mapping[str, Format] = MappingProxyType({each.name: each for each in _FORMATS})
"""The formats by their names; JSON, which is the record itself, is written by storage."""


def sheet_format_named(name: str) -> Format:
    """The format of that name.

    Raises:
        ProblemError: there is none.

    >>> sheet_format_named("stack").suffixes
    ('.xml',)
    """
    return format_named(name, SHEET_FORMATS, "format of a sheet")


def sheet_format_of_file(file: Path) -> Format:
    """The format that the ending of a file name asks for; text where it has none.

    Raises:
        ProblemError: no format has such an ending.

    >>> sheet_format_of_file(Path("sheet.tex")).name
    'latex'
    """
    return format_of_file(file, SHEET_FORMATS)
