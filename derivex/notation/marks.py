"""Signs that enclose the marked parts of a written formula, until an output colours them.

They are characters for private use, which no formula contains: one for each colour opens, one
closes.  They nest, and take no room.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

__all__ = ["CLOSING", "COLOURS", "enclosed_in_marks", "opening_mark", "runs", "without_marks"]

COLOURS = 6
"""How many colours there are; marks beyond that begin again with the first."""

_FIRST = 0xE000
CLOSING = "\ue00f"
"""Closes the mark that was opened last."""

_MARK = re.compile("([\ue000-\ue00e])|(\ue00f)")


def opening_mark(number: int) -> str:
    """The sign that opens a mark of that number."""
    return chr(_FIRST + number % COLOURS)


def enclosed_in_marks(text: str, number: int) -> str:
    """A text between the signs of a mark.

    >>> without_marks(enclosed_in_marks("2x", 3))
    '2x'
    """
    return opening_mark(number) + text + CLOSING


def without_marks(text: str) -> str:
    """The text alone."""
    return text if text.isascii() else _MARK.sub("", text)


def runs(text: str) -> Iterator[tuple[str, Sequence[int]]]:
    """The stretches of a text, each with the numbers of the marks that it stands in.

    >>> [(run, tuple(numbers)) for run, numbers in runs("a" + enclosed_in_marks("b", 1))]
    [('a', ()), ('b', (1,))]
    """
    numbers: tuple[int, ...] = ()
    end = 0
    for found in _MARK.finditer(text):
        if found.start() > end:
            yield text[end : found.start()], numbers
        end = found.end()
        numbers = (*numbers, ord(found[1]) - _FIRST) if found[1] else numbers[:-1]
    if end < len(text):
        yield text[end:], numbers
