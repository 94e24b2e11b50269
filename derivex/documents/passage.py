"""A text in one of the notations: what the formulas of a document are read from."""

from __future__ import annotations

import re
from typing import Protocol

from derivex.errors import Place, ReadError
from derivex.notation.lexer import Source

__all__ = ["Passage", "TextPassage", "source_of_stretch", "without_powers"]

_CALL = re.compile(r"\s*\\?[A-Za-zα-ω]+\s*(?:\\left)?\s*\([^()=]*\)\s*")
_POWER = re.compile(r"\s*(?:\^\s*(?:[2-9]|\{\s*[2-9]\s*\})|[²³])(?=\s*(?:[,;)|]|\\mid))")


class Passage(Protocol):
    """A text in one of the notations: makes sources of its stretches.

    Attributes:
        text: the same as ``original``, with blanks for what is no part of a formula.
        original: the text of the file, or of a cell of a notebook.
        name: what it is called.
        cell: the cell of a notebook, from 1; None elsewhere.
    """

    text: str
    original: str
    name: str | None
    cell: int | None

    def stretch(self, start: int, end: int) -> str | Source:
        """A stretch as something to read."""

    def moved(self, error: ReadError, start: int) -> ReadError:
        """An error about such a source, as one about the document."""

    def head(self, start: int, end: int) -> str | Source:
        """A stretch, with "= 0" behind it: the left side of a definition."""

    def with_operand(self, start: int, end: int, name: str) -> str | Source:
        """A stretch, with a name behind it."""

    def reworded(self, text: str) -> str | Source:
        """A text in the same notation, as something to read."""

    def guessed(self, start: int, end: int) -> tuple[str, ...]:
        """What was guessed about commands that the document does not define."""


def without_powers(head: str) -> str:
    r"""The left side of a definition with names for powers of them: of L(m, s^2), L(m, s).

    A function of nothing but x^2 is another matter: f(x^2) is a value of f.

    >>> without_powers(r"L(\mu, \sigma^2)"), without_powers("x^2 + 1")
    ('L(\\mu, \\sigma)', 'x^2 + 1')
    """
    several = _CALL.fullmatch(head) is not None and re.search(r"[,;|]|\\mid|σ|sigma", head)
    return _POWER.sub("", head) if several else head


def source_of_stretch(stretch: str | Source) -> Source:
    """A stretch as a source, of which words can be made."""
    return Source(stretch) if isinstance(stretch, str) else stretch


class TextPassage:
    """A document in plain text.

    Args:
        text: the document, with blanks for remarks.
        original: the document.
        name: what it is called.
        cell: the cell of a notebook.
    """

    def __init__(self, text: str, original: str, name: str | None, cell: int | None = None):
        self.text = text
        self.original = original
        self.name = name
        self.cell = cell

    def stretch(self, start: int, end: int) -> str:
        return self.text[start:end]

    def head(self, start: int, end: int) -> str:
        return f"{without_powers(self.text[start:end])} = 0"

    def with_operand(self, start: int, end: int, name: str) -> str:
        return f"{self.text[start:end]} {name}"

    def reworded(self, text: str) -> str:
        return text

    def moved(self, error: ReadError, start: int) -> ReadError:
        place = error.place
        if place is None:
            return ReadError(error.message, None, error.hint)
        moved = Place(self.original, start + place.start, start + place.end, self.name)
        return ReadError(error.message, moved, error.hint)

    def guessed(self, start: int, end: int) -> tuple[str, ...]:
        return ()
