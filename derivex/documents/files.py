"""Which reader a document needs: by the ending of its name, else by what is in it."""

from __future__ import annotations

import re

from derivex.documents.document import HandDocument, Unreadable
from derivex.documents.text import read_hand_text
from derivex.errors import Place, ReadError
from derivex.notation import Scope

__all__ = ["MAX_DOCUMENT", "read_document"]

MAX_DOCUMENT = 400_000
"""Characters in a document of hand derivations."""

_LATEX = re.compile(r"\\begin\s*\{|\$[^$\n]+\$|\$\$|\\\[|\\\(|\\[a-zA-Z]{2,}")
_ENDINGS = re.compile(r"\.(?P<ending>tex|ltx|latex|md|markdown|qmd|rmd|ipynb)\Z", re.IGNORECASE)


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
    found = _ENDINGS.search(name or "")
    ending = found["ending"].lower() if found else ""
    if ending == "ipynb":
        from derivex.documents.notebook import read_hand_notebook

        return read_hand_notebook(text, name, scope)
    if ending in ("tex", "ltx", "latex"):
        from derivex.documents.latex import read_hand_latex

        return read_hand_latex(text, name, scope)
    if ending or _LATEX.search(text):
        from derivex.documents.markdown import read_hand_markdown

        return read_hand_markdown(text, name, scope)
    return read_hand_text(text, name, scope)
