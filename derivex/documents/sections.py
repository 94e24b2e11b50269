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
    r"(?m)^ {0,3}(?P<marks>#{1,6})[ \t]+(?P<title>[^\n]*)"
    r"|\\(?P<command>part|chapter|(?:sub){0,2}section|paragraph)\*?\s*\{(?P<name>[^{}]*)\}"
)
_SAME = re.compile(
    r"solution|answer|proof|deriv|gradient|hessian|result|check|continued|lösung|beweis|antwort"
    r"|ableitung|step|part|backward|forward",
    re.IGNORECASE,
)


class _Heading(NamedTuple):
    start: int
    rank: int
    goes_on: bool


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
                len(found["marks"]) if found["marks"] else _RANKS.index(found["command"]),
                _SAME.search(found["title"] or found["name"] or "") is not None,
            )
            for found in _HEADING.finditer(text)
        ]
        self._starts = [heading.start for heading in self._headings]

    def parted(self, first: int, second: int) -> bool:
        """Whether something new begins between two offsets, of the rank that the first is in."""
        at, last = bisect_right(self._starts, first), bisect_left(self._starts, second)
        if at == 0:
            return False  # what stands before the first heading holds for all
        rank = self._headings[at - 1].rank
        return any(
            heading.rank <= rank and not heading.goes_on for heading in self._headings[at:last]
        )
