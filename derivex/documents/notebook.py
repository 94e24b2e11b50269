"""Hand derivations in notebooks: the Markdown cells of an .ipynb file."""

from __future__ import annotations

import json

from derivex.documents.document import HandDocument, Unreadable
from derivex.documents.markdown import read_markdown_text
from derivex.documents.names import Names
from derivex.documents.reading import Reading
from derivex.errors import Place, ReadError
from derivex.notation import Scope
from derivex.notation.latex import Macros

__all__ = ["read_hand_notebook"]

_MOST_CELLS = 5_000


def read_hand_notebook(
    text: str, name: str | None = None, scope: Scope | None = None
) -> HandDocument:
    """Read the derivations in the Markdown cells of a notebook.

    A place is one in its cell: its name is "notes.ipynb, cell 3".

    Args:
        text: the file, JSON.
        name: what it is called in errors.
        scope: the functions, and what is declared about names.

    >>> text = '{"cells": [{"cell_type": "markdown", "source": ["so $$y = x$$"]}]}'
    >>> [(row.cell, row.place.line, row.place.column) for row in read_hand_notebook(text).rows()]
    [(1, 1, 6)]
    """
    scope = scope or Scope()
    reading = Reading(Names(scope))
    try:
        cells = _cells(text)
    except (ValueError, RecursionError) as error:
        at = getattr(error, "pos", 0)
        wrong = ReadError(
            "this is no notebook",
            Place(text, at, at + 1, name),
            "a notebook is a JSON file with a list of cells",
        )
        return HandDocument(name, text, (), (), (Unreadable(text[:80], wrong),))
    macros: Macros | None = None
    for number, (kind, source) in enumerate(cells, 1):
        if kind == "markdown":
            called = f"{name or 'notebook'}, cell {number}"
            macros = read_markdown_text(reading, scope, source, called, macros, number)
    return reading.document(name, text)


def _cells(text: str) -> list[tuple[str, str]]:
    """The kinds and texts of the cells.

    Raises:
        ValueError: the file is no notebook.
    """
    notebook = json.loads(text)
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list) or len(cells) > _MOST_CELLS:
        raise ValueError("no cells")
    found: list[tuple[str, str]] = []
    for cell in cells:
        if not isinstance(cell, dict):
            raise ValueError("a cell that is none")
        source = cell.get("source", "")
        lines = source if isinstance(source, list) else [source]
        if not all(isinstance(line, str) for line in lines):
            raise ValueError("a cell without a text")
        found.append((str(cell.get("cell_type")), "".join(lines)))
    return found
