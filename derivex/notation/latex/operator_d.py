r"""The D of D f(x) and D_x u, which is a derivative where D can be no name."""

from __future__ import annotations

from itertools import pairwise
from typing import NoReturn

from derivex.notation.characters import letter_name
from derivex.notation.latex.called_letters import bracket_end
from derivex.notation.latex.source import LatexSource
from derivex.notation.lexer import Word
from derivex.notation.notes import Notes
from derivex.notation.vocabulary import (
    INDEX_LETTERS,
    UNKNOWN_FUNCTIONS,
    Vocabulary,
    subscript_text,
)

__all__ = ["OPERANDS", "with_derivatives"]

OPERANDS = frozenset(
    {"NUMBER", "NAME", "GREEK", "OPEN", "BAR", "PARTIAL", "SIGMA", "ROOT", "DOUBLE", "NABLA"}
)


def with_derivatives(
    source: LatexSource, words: list[Word], vocabulary: Vocabulary, notes: Notes
) -> list[Word]:
    """The words; D f(x) is f'(x) and D_x u is ∂_x u, where D can be no name.

    Raises:
        ReadError: D stands elsewhere as well, or f has several arguments.
    """
    if "D" in vocabulary.declared:
        return words
    found: list[Word] = []
    primed = -1
    for position, word in enumerate(words):
        found.append(word)
        if position == primed:
            found.append(Word("PRIME", "'", word.end, word.end))
        if word.text != "D" or word.kind != "NAME":
            continue
        after = position + 1
        low = words[after] if after < len(words) and words[after].kind == "SUBSCRIPT" else None
        after += low is not None
        called = [each.text for each in words[after + 1 : after + 2]] == ["("]
        if called and words[after].text in UNKNOWN_FUNCTIONS:
            end = _check_called(source, words, position, after, low)
            if low is None:
                del found[-1]
                primed = after
                shown = source.quote(words[after].start, words[end].end)
                name = words[after].text
                chosen = f"{name}'{shown.removeprefix(name)}"
                notes.add(word.start, source.quote(word.start, words[end].end), chosen)
                continue
        elif low is None or not _may_be_by(words, after, subscript_text(low.text)):
            if low is not None and _is_function(words[after : after + 1]):
                _refuse_direction(source, word, low)
            continue
        found[-1] = word._replace(kind="PARTIAL", text="∂")
        notes.add(word.start, source.quote(word.start, low.end), f"∂{low.text}")
    return found


def _may_be_by(words: list[Word], position: int, letter: str) -> bool:
    """Whether a D with a letter below stands before what has that letter in it."""
    if not letter.isalpha() or letter in INDEX_LETTERS or position >= len(words):
        return False
    first = words[position]
    if first.kind == "OPEN":
        closing = bracket_end(words, position)[0]
        inside = words[position + 1 : closing]
        return first.text in ("(", "[") and any(letter_name(one.text) == letter for one in inside)
    if first.kind not in OPERANDS:
        return False
    for word in words[position:]:
        if word.kind in ("PLUS", "MINUS", "EQUALS", "RELATION"):
            break
        if letter_name(word.text) == letter:
            return True
    return False


def _is_function(words: list[Word]) -> bool:
    """Whether a letter stands there that is a function where nothing else is said."""
    return bool(words) and words[0].text in UNKNOWN_FUNCTIONS


def _refuse_direction(source: LatexSource, word: Word, low: Word) -> NoReturn:
    """D_u f, of which no letter u is in f, is the derivative along a vector.

    Raises:
        ReadError: always.
    """
    by = subscript_text(low.text)
    raise source.error(
        f"D with the subscript {by} can be the derivative along {by}",
        word.start,
        low.end,
        r"write \nabla f(x) \cdot u for that, \frac{\partial}{\partial u} for the one by u",
    )


def _check_called(
    source: LatexSource, words: list[Word], position: int, after: int, low: Word | None
) -> int:
    """Where the call ends that D f(x) or D_x f(x) derives.

    Raises:
        ReadError: D can be a name, or the derivative along something.
    """
    word = words[position]
    closing, separators = bracket_end(words, after + 1)
    by = subscript_text(low.text) if low is not None else ""
    arguments = {letter_name(each.text) for each in words[after + 1 : closing]}
    if low is not None and by not in arguments:
        _refuse_direction(source, word, low)
    others = [
        behind
        for at, (each, behind) in enumerate(pairwise([*words, words[0]]))
        if each.text == "D" and at != position and (low is None or behind.kind != "SUBSCRIPT")
    ]
    if others or (low is None and separators) or closing >= len(words):
        raise source.error(
            "this D can be a derivative, or a name",
            word.start,
            words[after - 1].end,
            r"write \frac{d}{dx} for the derivative, D \cdot f(x) for a product",
        )
    return closing
