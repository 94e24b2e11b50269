"""Where the formulas of a document stand, before any of them is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from derivex.errors import ReadError

__all__ = ["ARROWS", "RawBlock", "RawFormula", "RawRow", "Span", "without_blanks"]

ARROWS = {
    "=>": "⇒",
    "⇒": "⇒",
    "⟹": "⇒",
    "<=>": "⇔",
    "⇔": "⇔",
    "⟺": "⇔",
}
"""The arrows between equations that are being solved, by how they are typed."""


class Span(NamedTuple):
    """A stretch of the document."""

    start: int
    end: int


class RawFormula(NamedTuple):
    """A formula, and the sign of relation before it ("" if there is none).

    ``branch`` is the sign that ± stands for in it, "" where there is none.
    """

    sign: str
    start: int
    end: int
    branch: str = ""


@dataclass
class RawRow:
    """A row as it was cut; see :class:`~derivex.documents.document.HandRow`.

    Args:
        said: "let" where a word says that the row defines something, "claim" where words such as
            "note that" say that it follows, "posed" where it is said to be an equation or a
            condition, "asked" where it stands in a question, else "".
        connective: "or" where it says that one of its chains holds, else "and".
        condition: what it says about when it holds: for x > 0.
        given: the chains in that condition.
        error: what is wrong with the row as a whole, if it could not be cut.
    """

    joint: str
    chains: list[list[RawFormula]]
    start: int
    end: int
    claim: Span | None = None
    column: int = 0
    number: str | None = None
    label: str | None = None
    said: str = ""
    connective: str = "and"
    condition: Span | None = None
    given: list[list[RawFormula]] = field(default_factory=list)
    error: ReadError | None = None


@dataclass
class RawBlock:
    """The rows of one derivation, or, if there are none, what is wrong with a stretch.

    Args:
        rows: the rows.
        start, end: the stretch.
        error: why no rows were found.
        inline: whether it stands in a line of text.
        bold: the letters that are set bold, and whether a subscript follows them.
        given: the values that the prose before it gives: for $s = 1$ and $b = 0$.
        points: those at which it is taken, by the words before it: the coordinates of each.
        maps: the functions that it says to take vectors to numbers, with the vectors' size.
        fresh: the functions that are others from here on: "let f be differentiable".
        explains: where the display begins that it explains: "…, where f(x) = x^2".
    """

    rows: list[RawRow]
    start: int
    end: int
    error: ReadError | None = None
    inline: bool = False
    bold: dict[str, bool] = field(default_factory=dict)
    given: list[list[RawFormula]] = field(default_factory=list)
    points: list[tuple[Span, ...]] = field(default_factory=list)
    explains: int | None = None
    maps: dict[str, str] = field(default_factory=dict)
    fresh: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[int, int]:
        """Where it comes in the order of reading: what explains a display is read before it."""
        return (self.start, 1) if self.explains is None else (self.explains, 0)


def without_blanks(text: str, start: int, end: int) -> Span:
    """A stretch without the blanks around it.

    >>> without_blanks("a  b ", 1, 5)
    Span(start=3, end=4)
    """
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
