"""The formats of a document, each written by one function, which is imported when it is used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import Any

from derivex.errors import ProblemError

__all__ = ["FORMATS", "Format", "format_named", "format_of_file"]


@dataclass(frozen=True)
class Format:
    """A format.

    Args:
        name: what it is called on the command line.
        suffixes: the endings of the names of its files, the usual one first.
        function: the module and the function in it that write what the table of the format is
            for; empty where results are written otherwise, line by line or as data.
    """

    name: str
    suffixes: tuple[str, ...]
    function: str = ""

    def write(self, *written: Any) -> str | bytes:
        """A document in this format, or a sheet; the function says what it takes.

        Raises:
            ProblemError: it cannot be written here, such as a PDF where there is no LaTeX.
        """
        module, _, name = self.function.partition(":")
        found: str | bytes = getattr(import_module(module), name)(*written)
        return found


_FORMATS = (
    Format("text", (".txt",)),
    Format("json", (".json",)),
    Format("latex", (".tex",), "derivex.rendering.latex_document:latex_document"),
    Format("pdf", (".pdf",), "derivex.rendering.pdf:pdf_document"),
    Format("html", (".html", ".htm"), "derivex.rendering.html:html_document"),
    Format("markdown", (".md", ".markdown"), "derivex.rendering.markdown:markdown_document"),
    Format("ipynb", (".ipynb",), "derivex.rendering.notebook:notebook_document"),
)

FORMATS: Mapping[str, Format] = MappingProxyType({each.name: each for each in _FORMATS})
"""All formats by their names."""


def format_named(
    name: str, table: Mapping[str, Format] = FORMATS, what: str = "output format"
) -> Format:
    """The format of that name.

    Args:
        name: the name.
        table: the formats there are.
        what: what one of them is called.

    Raises:
        ProblemError: there is none.

    >>> format_named("latex").suffixes
    ('.tex',)
    """
    found = table.get(name)
    if found is None:
        raise ProblemError(f"“{name}” is no {what}", hint=f"the formats are {', '.join(table)}")
    return found


def format_of_file(file: Path, table: Mapping[str, Format] = FORMATS) -> Format:
    """The format that the ending of a file name asks for; text where it has none.

    Args:
        file: the file.
        table: the formats there are.

    Raises:
        ProblemError: no format has such an ending.

    >>> format_of_file(Path("derivation.tex")).name
    'latex'
    """
    suffix = file.suffix.lower()
    if not suffix:
        return table["text"]
    for each in table.values():
        if suffix in each.suffixes:
            return each
    known = ", ".join(suffix for each in table.values() for suffix in each.suffixes)
    raise ProblemError(
        f"it is not clear what to write to {file}: no format has the ending {suffix}",
        hint=f"the endings are {known}; or say it, for example: --format text",
    )
