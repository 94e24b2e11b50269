r"""Where a document begins something new: headings and numbered exercises.

The f of one section need not be the f of the next one of the same rank.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

__all__ = ["Sections"]

_RANKS = ("part", "chapter", "section", "subsection", "subsubsection", "paragraph")
_HEADING = re.compile(
    r"(?mi)^ {0,3}(?P<marks>#{1,6})[ \t]+(?P<title>[^\n]*)"
    r"|^ {0,3}(?:\*\*|__|\\textbf\s*\{)?"
    r"(?:(?:exercise|problem|question|task|aufgabe)\s+\w{1,3}\b|\d{1,2}[.)](?= +[A-Za-z])"
    r"|\(?[a-h]\)(?= ))[^\n]*|\\item\b"
    r"|^ {0,3}(?:\\textbf\{|\*\*)\(?"
    r"(?:(?:example|problem|exercise|question|task|aufgabe|beispiel|q)\W*)?(?:\d{1,3}|[a-h](?=\)))[^\n*}]*"
    r"|\\(?P<command>part|chapter|(?:sub){0,2}section|paragraph)\*?\s*\{(?P<name>[^{}]*)\}"
)
_SAME = re.compile(
    r"solution|answer|proof|deriv|gradient|hessian|result|check|continued|lösung|beweis|antwort"
    r"|ableitung|step|part|backward|forward",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"\W*(?:example|exercise|problem|question|beispiel|aufgabe)\b(?!.*continued)", re.IGNORECASE
)


class _Heading(NamedTuple):
    start: int
    rank: int
    goes_on: bool


def _rank(heading: re.Match[str]) -> int:
    """The rank of a heading: the smaller, the more belongs to it."""
    if heading["marks"]:
        return len(heading["marks"])
    return _RANKS.index(heading["command"].lower()) if heading["command"] else len(_RANKS)


def _goes_on(title: str) -> bool:
    """Whether a heading says that what stands under it belongs to what is above it."""
    return _SAME.search(title) is not None and _NEW.match(title) is None


class Sections:
    r"""The headings of a text.

    Args:
        text: Markdown or LaTeX.

    >>> text = "# One\n f(x) = 1\n# Two\n f'(x) = 2\n## Solution\n f''(x) = 3"
    >>> found = Sections(text)
    >>> found.parted(8, 24), found.parted(24, 50)
    (True, False)
    """

    def __init__(self, text: str):
        self.text = text
        self._headings = [
            _Heading(
                found.start(),
                _rank(found),
                _goes_on(found["title"] or found["name"] or ""),
            )
            for found in _HEADING.finditer(text)
        ]
        self._starts = [heading.start for heading in self._headings]

    def begun(self, at: int) -> int:
        """Where the section begins to which an offset belongs, of whatever rank; 0 before all.

        >>> Sections("# One\\n x\\n## Two\\n y\\n## Solution\\n z").begun(30)
        9
        """
        before = self._headings[: bisect_right(self._starts, at)]
        return next((each.start for each in reversed(before) if not each.goes_on), 0)

    def parted(self, first: int, second: int) -> bool:
        """Whether something new begins between two offsets, of the rank that the first is in."""
        at, last = bisect_right(self._starts, first), bisect_left(self._starts, second)
        if at == 0:
            return False  # what stands before the first heading holds for all
        rank = self._headings[at - 1].rank
        return any(
            heading.rank <= rank and not heading.goes_on for heading in self._headings[at:last]
        )
