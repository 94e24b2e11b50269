"""Justifications in plain text: ``[chain rule]``, ``using …``, ``by …``, a column at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from derivex.documents.raw import Span
from derivex.notation.lexer import Word

__all__ = ["Cut", "cut_claim"]

IsWord = Callable[[Word], bool]

_INTRODUCING = frozenset(("using", "by", "because", "since", "via"))
_REASONS = frozenset(("since", "because", "as", "weil", "da"))
_OPERAND_ENDS = frozenset(
    ("NUMBER", "NAME", "GREEK", "BARRED", "SUBSCRIPT", "SUPERSCRIPT", "RAISED", "PRIME", "CLOSE")
)
_COLUMN_GAP = 3  # blanks that set a column off at the right


class Cut(NamedTuple):
    """How many words belong to the formulas, and where the justification stands."""

    words: int
    claim: Span | None


def cut_claim(text: str, words: Sequence[Word], is_word: IsWord) -> Cut:
    """Find the justification at the end of a row.

    Args:
        text: the row.
        words: its words.
        is_word: whether a word is one of the language, rather than a name or a function.

    >>> from derivex.notation.lexer import Source, words_of
    >>> row = "= 2x cos(x^2)   [chain rule]"
    >>> found = cut_claim(row, words_of(Source(row)), lambda word: len(word.text) > 3)
    >>> row[found.claim.start : found.claim.end], found.words
    ('chain rule', 9)
    """
    depth = 0
    for position, word in enumerate(words):
        if word.kind in ("OPEN", "INDEX_OPEN"):
            claimed = position and depth == 0 and _is_bracketed(text, words, position, is_word)
            if claimed:
                inside = Span(word.end, words[-1].start)
                return Cut(position, _without_introduction(text, inside))
            depth += 1
        elif word.kind == "CLOSE":
            depth = max(0, depth - 1)
        elif depth == 0 and position and word.kind == "COMMA":
            rest = words[position + 1 :]
            if _is_remark(rest, is_word):
                return Cut(position, Span(rest[0].start, rest[-1].end))
        elif depth == 0 and position and word.kind == "NAME":
            before = words[position - 1]
            gap = word.start - before.end
            if gap and _introduces(words, position, is_word):
                return Cut(position, _without_introduction(text, Span(word.start, words[-1].end)))
            wide = gap >= _COLUMN_GAP or "\t" in text[before.end : word.start]
            if wide and before.kind in _OPERAND_ENDS and _says(words[position:], is_word):
                return Cut(position, Span(word.start, words[-1].end))
    return Cut(len(words), None)


def _is_remark(words: Sequence[Word], is_word: IsWord) -> bool:
    """Whether words behind a comma say something about the formula: so a minimum; since x > 0."""
    if not words or words[0].kind != "NAME":
        return False
    if words[0].text.lower() in _REASONS and len(words) > 1:
        return True
    return (
        is_word(words[0])
        and sum(map(is_word, words)) > 1
        and all(is_word(word) or word.text.lower() == "a" or word.text == "." for word in words)
    )


def _introduces(words: Sequence[Word], position: int, is_word: IsWord) -> bool:
    """Whether a word such as "by" begins a justification: a x + by is none."""
    if words[position].text.lower() not in _INTRODUCING:
        return False
    if words[position - 1].kind not in _OPERAND_ENDS or position + 1 == len(words):
        return False
    following = words[position + 1]
    if following.start == words[position].end:
        return False
    return following.text in ("(", "the", "a") or is_word(following)


def _is_bracketed(text: str, words: Sequence[Word], position: int, is_word: IsWord) -> bool:
    """Whether a bracket that opens here goes to the end and holds words."""
    opening, before = words[position], words[position - 1]
    closing = {"[": "]", "(": ")", "{": "}"}.get(opening.text)
    if words[-1].text != closing or opening.start == before.end:
        return False
    depth = 0
    for word in words[position:-1]:
        depth += (word.kind in ("OPEN", "INDEX_OPEN")) - (word.kind == "CLOSE")
        if depth == 0:
            return False
    inside = words[position + 1 : -1]
    if any(is_word(word) for word in inside):
        return True
    wide = opening.start - before.end >= 2
    return bool(inside) and opening.text == "[" and wide and before.kind in _OPERAND_ENDS


def _says(words: Sequence[Word], is_word: IsWord) -> bool:
    """Whether a column at the right is made of words."""
    return is_word(words[0]) or words[0].text.lower() in _INTRODUCING


def _without_introduction(text: str, span: Span) -> Span:
    """A justification without its "using" or "by"."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    first = text[start:end].split(maxsplit=1)
    if len(first) == 2 and first[0].lower() in _INTRODUCING:
        start = end - len(first[1])
    return Span(start, end)
