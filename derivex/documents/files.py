"""Which reader a document needs: by the ending of its name, else by what is in it."""

from __future__ import annotations

import re
from dataclasses import replace

from derivex.documents.document import HandDocument, Unreadable
from derivex.documents.text import read_hand_text
from derivex.errors import Place, ReadError
from derivex.notation import Scope

__all__ = ["MAX_DOCUMENT", "read_document"]

MAX_DOCUMENT = 400_000
"""Characters in a document of hand derivations."""

_LATEX = re.compile(r"\\begin\s*\{|\$[^$\n]+\$|\$\$|\\\[|\\\(|\\[a-zA-Z]{2,}")
_ENDINGS = re.compile(r"\.(?P<ending>tex|ltx|latex|md|markdown|qmd|rmd|ipynb)\Z", re.IGNORECASE)

_SHOWN = 80  # characters of a document in which nothing was found
_LATEX_FORMULAS = "$…$, \\(…\\), \\[…\\], $$…$$ and environments such as align"
_LOOKED_FOR = {
    "tex": f"formulas are looked for in {_LATEX_FORMULAS}",
    "md": f"formulas are looked for in {_LATEX_FORMULAS}, and in fenced blocks of text",
    "ipynb": f"formulas are looked for in Markdown cells: in {_LATEX_FORMULAS}",
    "txt": "a line such as f'(x) = 2x is one, or one that begins with = and goes on with the last",
}
"""Where the equations of a document may stand."""


def read_document(text: str, name: str | None = None, scope: Scope | None = None) -> HandDocument:
    r"""Read the hand derivations in a document.

    Args:
        text: the document.
        name: its name, whose ending says what it is: .tex, .md, .ipynb; without one of these it
            is LaTeX or Markdown if it has formulas in LaTeX, else plain text.
        scope: the functions, and what is declared about names.

    >>> [len(read_document(text).derivations) for text in ("a = b\n= c", "so \\[a = b\\]")]
    [1, 1]
    """
    if len(text) > MAX_DOCUMENT:
        error = ReadError(
            f"this document has {len(text)} characters; at most {MAX_DOCUMENT} are read",
            Place(text, MAX_DOCUMENT, MAX_DOCUMENT + 1, name),
            "split it into several files",
        )
        return HandDocument(name, text, (), (), (Unreadable(text[:80], error),))
    document = _read(text, name, scope)
    if document.derivations or document.definitions or document.unreadable:
        return document
    return replace(document, unreadable=(_nothing_found(text, name),))


def _nothing_found(text: str, name: str | None) -> Unreadable:
    """Says that there is nothing to be judged, and where it was looked for."""
    kind = _kind(text, name)
    first = len(text) - len(text.lstrip()) if text.strip() else 0
    place = Place(text, first, min(first + 1, len(text)), name)
    said = "no derivation was found in this document: there is no equation in it"
    error = ReadError(said if text.strip() else "this document is empty", place, _LOOKED_FOR[kind])
    return Unreadable(text[first : first + _SHOWN].strip().split("\n")[0], error)


def _kind(text: str, name: str | None) -> str:
    """What a document is: "ipynb", "tex", "md" or "txt"."""
    found = _ENDINGS.search(name or "")
    if found:
        ending = found["ending"].lower()
        return (
            ending if ending == "ipynb" else "tex" if "tex" in ending or ending == "ltx" else "md"
        )
    return "md" if _LATEX.search(text) else "txt"


def _read(text: str, name: str | None, scope: Scope | None) -> HandDocument:
    kind = _kind(text, name)
    if kind == "ipynb":
        from derivex.documents.notebook import read_hand_notebook

        return read_hand_notebook(text, name, scope)
    if kind == "tex":
        from derivex.documents.latex import read_hand_latex

        return read_hand_latex(text, name, scope)
    if kind == "md":
        from derivex.documents.markdown import read_hand_markdown

        return read_hand_markdown(text, name, scope)
    return read_hand_text(text, name, scope)
