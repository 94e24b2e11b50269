"""The lines of a rule file: a stanza begins at the margin, its lines are indented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from derivex.errors import Place, RuleError

__all__ = ["KEYWORDS", "Line", "Stanza", "first_word", "place_in", "split_into_stanzas"]

KEYWORDS = (
    *("table", "rule", "also", "procedure", "move", "membership", "misconception", "function"),
    "words",
)
"""What a stanza can begin with."""


class Line(NamedTuple):
    """A line without its remark and the blanks around it.

    Args:
        text: the line.
        offset: where it begins in the file.
        indented: whether it stands away from the margin.
    """

    text: str
    offset: int
    indented: bool


@dataclass
class Stanza:
    """A keyword at the margin, what follows it, and the indented lines below.

    Args:
        keyword: one of :data:`KEYWORDS`.
        rest: what follows the keyword in its line.
        rest_offset: where that begins in the file.
        head: the line with the keyword.
        body: the indented lines.
    """

    keyword: str
    rest: str
    rest_offset: int
    head: Line
    body: list[Line]


def place_in(source: str, name: str, offset: int, length: int = 1) -> Place:
    """A place in a rule file."""
    return Place(source, offset, offset + max(1, length), name)


def first_word(text: str) -> tuple[str, str, str]:
    """The first word of a line that begins with one, the blanks after it, and the rest.

    >>> first_word("where  c is free of x")
    ('where', '  ', 'c is free of x')
    """
    word, *others = text.split(None, 1)
    rest = others[0] if others else ""
    return word, text[len(word) : len(text) - len(rest)], rest


def _lines(source: str) -> Iterator[Line]:
    offset = 0
    for raw in source.splitlines(keepends=True):
        text = raw.split("#", 1)[0].rstrip()
        stripped = text.lstrip()
        if stripped:
            indent = len(text) - len(stripped)
            yield Line(stripped, offset + indent, indent > 0)
        offset += len(raw)


def split_into_stanzas(source: str, name: str) -> Iterator[Stanza]:
    """The stanzas of a rule file.

    Args:
        source: its text.
        name: what errors call it.

    Raises:
        RuleError: a line at the margin that begins no stanza, or an indented line before any.
    """
    current: Stanza | None = None
    for line in _lines(source):
        if line.indented:
            if current is None:
                raise RuleError(
                    "an indented line before any rule",
                    place_in(source, name, line.offset, len(line.text)),
                    'begin with a line such as: rule my-rule  "my rule"',
                )
            current.body.append(line)
            continue
        if current is not None:
            yield current
        keyword, _, rest = first_word(line.text)
        if keyword not in KEYWORDS:
            raise RuleError(
                f"“{keyword}” does not begin a stanza",
                place_in(source, name, line.offset, len(keyword)),
                "expected one of: " + ", ".join(KEYWORDS) + "; formulas are indented",
            )
        rest_offset = line.offset + len(line.text) - len(rest)
        current = Stanza(keyword, rest.strip(), rest_offset, line, [])
    if current is not None:
        yield current
