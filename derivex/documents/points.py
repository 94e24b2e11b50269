r"""Points that the words of a document name: "at $(3, 4)$", "through the point $P(1, -2)$"."""

from __future__ import annotations

import re

from derivex.documents.raw import Span, without_blanks

__all__ = ["COORDINATES", "point_at"]

COORDINATES = {2: ("x", "y"), 3: ("x", "y", "z")}
"""What the numbers of a point stand for where nothing else is said."""

_AT = re.compile(r"\b(?:at|through|point|in|near|um|bei)\b[^.;:!?$]{0,40}\Z", re.IGNORECASE)
_POINT = re.compile(
    r"\s*(?:[A-Z](?:_\w)?\s*=?\s*|(?:\\left)?\(\s*x\s*,\s*y\s*(?:,\s*z\s*)?(?:\\right)?\)\s*=\s*)?"
    r"(?:\\left)?\((?P<values>.*?)(?:\\right)?\)\s*",
    re.DOTALL,
)
_IN_NUMBERS = re.compile(r"\\(?:[dt]?frac|pi|sqrt)(?![A-Za-z])")


def point_at(text: str, start: int, end: int) -> tuple[Span, ...]:
    r"""Where the coordinates of a point stand; none if a stretch is no point.

    Args:
        text: the document.
        start, end: where a formula of a sentence stands, without its dollars.

    >>> text = r"at the point $(3, \frac{1}{2})$"
    >>> [text[first:last] for first, last in point_at(text, 14, 30)]
    ['3', '\\frac{1}{2}']
    >>> point_at("the vector $(3, 4)$", 12, 18)
    ()
    """
    found = _POINT.fullmatch(text, start, end)
    if found is None or not _AT.search(text[max(0, start - 80) : start].rstrip("$\\( ")):
        return ()
    values: list[Span] = []
    at, depth = found.start("values"), 0
    for position in range(at, found.end("values") + 1):
        letter = text[position] if position < found.end("values") else ","
        depth += (letter in "({[") - (letter in ")}]")
        if letter == "," and depth == 0:
            values.append(without_blanks(text, at, position))
            at = position + 1
    numbers = (_IN_NUMBERS.sub("", text[first:last]) for first, last in values)
    written = all(each.strip() and not re.search(r"[A-Za-z\\]", each) for each in numbers)
    return tuple(values) if written and len(values) in COORDINATES else ()
