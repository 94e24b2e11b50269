"""The formats of a sheet and its key, each written by one function, imported when it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType

from derivex.errors import ProblemError
from derivex.sheets import Sheet

__all__ = ["SHEET_FORMATS", "SheetFormat", "sheet_format_named", "sheet_format_of_file"]


@dataclass(frozen=True)
class SheetFormat:
    """A format.

    Args:
        name: what it is called on the command line.
        suffixes: the endings of the names of its files, the usual one first.
        function: the module and the function in it that write a sheet.
    """

    name: str
    suffixes: tuple[str, ...]
    function: str

    def write(self, sheet: Sheet, key: bool = False) -> str | bytes:
        """The sheet in this format.

        Args:
            sheet: the sheet, with its answers.
            key: whether what was left out is filled in.

        Raises:
            ProblemError: it cannot be written here, such as a PDF where there is no LaTeX.
        """
        module, _, name = self.function.partition(":")
        written: str | bytes = getattr(import_module(module), name)(sheet, key)
        return written


_FORMATS = (
    SheetFormat("text", (".txt",), "derivex.rendering.sheet_text:sheet_text"),
    SheetFormat("latex", (".tex",), "derivex.rendering.sheet_latex:sheet_latex"),
    SheetFormat("pdf", (".pdf",), "derivex.rendering.sheet_latex:sheet_pdf"),
    SheetFormat("html", (".html", ".htm"), "derivex.rendering.sheet_html:sheet_html"),
    SheetFormat(
        "markdown", (".md", ".markdown"), "derivex.rendering.sheet_markdown:sheet_markdown"
    ),
    SheetFormat("ipynb", (".ipynb",), "derivex.api.sheet_notebook:sheet_notebook"),
    SheetFormat("stack", (".xml",), "derivex.rendering.sheet_stack:sheet_stack"),
)

SHEET_FORMATS: Mapping[str, SheetFormat] = MappingProxyType({each.name: each for each in _FORMATS})
"""The formats by their names; JSON, which is the record itself, is written by storage."""


def sheet_format_named(name: str) -> SheetFormat:
    """The format of that name.

    Raises:
        ProblemError: there is none.

    >>> sheet_format_named("pdf").suffixes
    ('.pdf',)
    """
    found = SHEET_FORMATS.get(name)
    if found is None:
        known = ", ".join((*SHEET_FORMATS, "json"))
        raise ProblemError(f"“{name}” is no format of a sheet", hint=f"the formats are {known}")
    return found


def sheet_format_of_file(file: Path) -> SheetFormat:
    """The format that the ending of a file name asks for; text where it has none.

    Raises:
        ProblemError: no format has such an ending.

    >>> sheet_format_of_file(Path("sheet.tex")).name
    'latex'
    """
    suffix = file.suffix.lower()
    for each in SHEET_FORMATS.values():
        if suffix in each.suffixes or not suffix:
            return each
    known = ", ".join(suffix for each in SHEET_FORMATS.values() for suffix in each.suffixes)
    raise ProblemError(
        f"it is not clear what to write to {file}: no format of a sheet has the ending {suffix}",
        hint=f"the endings are {known}, .json; or say it, for example: --format text",
    )
