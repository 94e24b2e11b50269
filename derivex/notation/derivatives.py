"""Where derivatives stand among the words: d/dx, ∂/∂x, d(x^2)/dx, ∂(x+y)^2/∂(x+y), d^2y/dx^2.

One pass over the words finds them all, so that a letter d that belongs to no derivative stays
an ordinary name.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from derivex.notation.characters import GREEK_NAMES, letter_name
from derivex.notation.lexer import Source, Word
from derivex.notation.vocabulary import UNKNOWN_FUNCTIONS, Vocabulary

__all__ = ["Differential", "Mark", "derivative_marks", "order_at", "separate_operators"]


class Differential(NamedTuple):
    """One dx of a denominator: the name after its d, the word of its subscript, how often.

    In the dg(x) of a derivative by g(x) the call starts at the position ``called``.
    """

    name: str
    subscript: Word | None
    times: int
    start: int
    end: int
    called: int = 0


class Mark(NamedTuple):
    """What a derivative's words are.

    ``operator`` is a whole d/dx, ``numerator`` the d or ∂ before what is differentiated, and
    ``over`` the /dx that ends it.  A bracketed denominator has no differentials: the bracket
    at ``following - 1`` holds the expression that is differentiated by.
    """

    kind: str
    order: int
    differentials: tuple[Differential, ...]
    following: int
    rest: Word | None = None


def separate_operators(words: list[Word], vocabulary: Vocabulary) -> list[Word]:
    """Cut the d of ``xd/dx`` off the letters before it."""
    result: list[Word] = []
    for position, word in enumerate(words):
        if (
            word.kind == "NAME"
            and word.text[-1] == "d"
            and len(word.text) > 1
            and position + 2 < len(words)
            and words[position + 1].kind == "SLASH"
            and words[position + 1].start == word.end
            and words[position + 2].start == word.end + 1
            and _is_free(word.text, vocabulary)
            and _differential_name(words[position + 2], vocabulary, strict=True)
        ):
            cut = word.end - 1
            result.append(Word("NAME", word.text[:-1], word.start, cut))
            result.append(Word("NAME", "d", cut, word.end))
        else:
            result.append(word)
    return result


def derivative_marks(
    source: Source, words: Sequence[Word], vocabulary: Vocabulary
) -> dict[int, Mark]:
    """The derivatives' parts, by the position of their first word."""
    marks: dict[int, Mark] = {}
    waiting: list[tuple[int, Mark] | None] = [None]  # for each open bracket, a d without its /dx
    position = 0
    while position < len(words):
        word = words[position]
        following = position + 1
        kind = word.kind
        if kind in ("OPEN", "INDEX_OPEN"):
            waiting.append(None)
        elif kind == "CLOSE":
            if len(waiting) > 1:
                waiting.pop()
        elif kind in ("PLUS", "MINUS", "COMMA", "EQUALS"):
            waiting[-1] = None
        elif kind == "STAR":
            pending = waiting[-1]
            if pending is not None and words[pending[0]].kind != "PARTIAL":
                waiting[-1] = None  # d*(x)/dx is a product
        elif kind == "SLASH":
            pending = waiting[-1]
            if pending is not None:
                order = pending[1].order
                over = _denominator(source, words, position + 1, order, vocabulary, strict=True)
                if over is not None:
                    marks[pending[0]] = pending[1]
                    marks[position] = Mark("over", order, *over)
                    waiting[-1] = None
                    following = over[1]
                    if words[following - 1].kind == "OPEN":
                        waiting.append(None)
        elif kind == "PARTIAL" or (kind == "NAME" and word.text[0] == "d"):
            mark = _operator(source, words, position, vocabulary)
            if mark is not None:
                marks[position] = mark
                following = mark.following
                if words[following - 1].kind == "OPEN":
                    waiting.append(None)
            else:
                numerator = _numerator(words, position, vocabulary)
                if numerator is not None:
                    waiting[-1] = (position, numerator)
                    following = numerator.following
        position = following
    return marks


def order_at(words: Sequence[Word], position: int) -> tuple[int, int]:
    """The order written as ``^2`` or ² there (1 if none) and the position after it."""
    if position < len(words):
        word = words[position]
        if word.kind == "SUPERSCRIPT" and word.text in "²³⁴⁵⁶⁷⁸⁹":
            return "²³⁴⁵⁶⁷⁸⁹".index(word.text) + 2, position + 1
        if word.kind == "CARET" and position + 1 < len(words):
            digits = words[position + 1].text
            if len(digits) == 1 and digits in "23456789":
                return int(digits), position + 2
    return 1, position


def _is_free(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a word starting or ending in d has no meaning as a whole."""
    return not (
        name in vocabulary.declared or name in GREEK_NAMES or vocabulary.function(name) is not None
    )


def _is_d(word: Word, vocabulary: Vocabulary) -> bool:
    return word.kind == "PARTIAL" or (word.text == "d" and "d" not in vocabulary.declared)


def _differential_name(word: Word, vocabulary: Vocabulary, strict: bool) -> str | None:
    """The x of a word dx; if strict, only where x is a letter or a known name."""
    if word.kind != "NAME" or word.text[0] != "d" or not _is_free(word.text, vocabulary):
        return None
    name = word.text[1:]
    if not name or name[0].isdigit():
        return None
    usual = len(name.rstrip("0123456789")) == 1 or vocabulary.is_known(name)
    return name if usual or not strict else None


def _operator(
    source: Source, words: Sequence[Word], position: int, vocabulary: Vocabulary
) -> Mark | None:
    """A whole d/dx at this position."""
    if not _is_d(words[position], vocabulary):
        return None
    order, after = order_at(words, position + 1)
    if after >= len(words) or words[after].kind != "SLASH":
        return None
    over = _denominator(source, words, after + 1, order, vocabulary, strict=False)
    return None if over is None else Mark("operator", order, *over)


def _numerator(words: Sequence[Word], position: int, vocabulary: Vocabulary) -> Mark | None:
    """The d of d(x^2) or of dy, which may turn out to be a derivative's numerator."""
    word = words[position]
    if _is_d(word, vocabulary):
        order, after = order_at(words, position + 1)
        starts = ("NAME", "GREEK", "BARRED", "OPEN", "PARTIAL", "SIGMA", "ROOT", "BAR", "NUMBER")
        if after < len(words) and words[after].kind in starts:
            return Mark("numerator", order, (), after)
        return None
    name = word.text[1:]
    usual = _differential_name(word, vocabulary, strict=True) is not None
    if usual or (vocabulary.function(name) is not None and _is_free(word.text, vocabulary)):
        rest = Word("NAME", name, word.start + 1, word.end)
        return Mark("numerator", 1, (), position + 1, rest)
    return None


def _call_end(words: Sequence[Word], position: int, name: str, vocabulary: Vocabulary) -> int:
    """The position behind the bracket of g(x), if a function's bracket opens here; else 0."""
    opening = words[position] if position < len(words) else None
    function = name in UNKNOWN_FUNCTIONS or name in vocabulary.scope.given
    if opening is None or opening.text != "(" or opening.start != words[position - 1].end:
        return 0
    if not function or name in vocabulary.declared:
        return 0
    depth = 0
    for inner in range(position, len(words)):
        kind = words[inner].kind
        depth += (kind in ("OPEN", "INDEX_OPEN")) - (kind == "CLOSE")
        if not depth:
            return inner + 1
    return 0


def _denominator(
    source: Source,
    words: Sequence[Word],
    position: int,
    order: int,
    vocabulary: Vocabulary,
    strict: bool,
) -> tuple[tuple[Differential, ...], int] | None:
    """The differentials after a slash, and the position after them."""
    found: list[Differential] = []
    remaining = order
    first = position
    while position < len(words) and remaining > 0:
        word = words[position]
        start = word.start
        name = _differential_name(word, vocabulary, strict)
        if name is not None and order > 1 and "d" in name:
            several = name.split("d")
            if all(several) and len(several) == order:  # d^2/dxdy
                here = [Differential(one, None, 1, start, word.end) for one in several]
                return tuple(here), position + 1
        if name is None and _is_d(word, vocabulary) and position + 1 < len(words):
            position += 1
            word = words[position]
            if word.kind == "OPEN" and not found and word.start == words[position - 1].end:
                return (), position + 1
            if word.kind == "NAME" and words[position - 1].kind == "PARTIAL":
                name = word.text
            elif word.kind == "GREEK" and word.start == words[position - 1].end:
                name = letter_name(word.text)
        if name is None:
            break
        position += 1
        closing = _call_end(words, position, name, vocabulary) if order == 1 else 0
        if closing:
            call = Differential(name, None, 1, start, words[closing - 1].end, position - 1)
            return (call,), closing
        subscript = None
        if position < len(words) and words[position].kind == "SUBSCRIPT":
            subscript = words[position]
            position += 1
        end = words[position - 1].end
        times, position = order_at(words, position) if order > 1 else (1, position)
        found.append(Differential(name, subscript, times, start, end))
        remaining -= times
    if not found:
        return None
    if remaining != 0:
        raise source.error(
            f"the order of this derivative is {order} above the line and "
            f"{order - remaining} below it",
            words[first].start,
            words[position - 1].end,
            "write d^2/dx^2 for a second derivative, and ∂^2/∂x∂y for a mixed one",
        )
    return tuple(found), position
