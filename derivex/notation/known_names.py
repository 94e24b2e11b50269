"""What the text itself tells about its names: which stand alone, which are indices of sums."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from derivex.notation.characters import letter_name, plain_name
from derivex.notation.derivatives import Mark
from derivex.notation.lexer import Word
from derivex.notation.raised_calls import raised_call
from derivex.notation.raised_indices import raised_index
from derivex.notation.refusals import INFINITIES
from derivex.notation.vocabulary import (
    OVER_INDEX,
    UNKNOWN_FUNCTIONS,
    Vocabulary,
    subscript_text,
)

__all__ = ["find_names", "holds_itself", "is_sum"]

_BEHIND_A_NAME = ("CLOSE", "PLUS", "MINUS", "STAR", "SLASH")
_LONGEST_FACTOR = 200
"""Words of a bracket that are looked at: it is done for each of many names."""


def is_sum(word: Word) -> bool:
    """Whether a word is the sign of a sum or product over an index."""
    return word.text in OVER_INDEX


def holds_itself(words: Sequence[Word], opening: int, name: str) -> bool:
    """Whether a name stands without arguments in the bracket behind it, which makes that a factor.

    >>> from derivex.notation.lexer import Source, words_of
    >>> holds_itself(words_of(Source("g (1 - g)")), 1, "g")
    True
    """
    depth = 0
    found = False  # whether the name was the last word but for primes: y of y² (1 − y')
    for word in words[opening : opening + _LONGEST_FACTOR]:
        if found and word.kind in _BEHIND_A_NAME:
            return True
        depth += (word.kind == "OPEN") - (word.kind == "CLOSE")
        if not depth:
            return False
        found = plain_name(word.text) == name or (found and word.kind == "PRIME")
    return False


def find_names(words: Sequence[Word], marks: Mapping[int, Mark], vocabulary: Vocabulary) -> None:
    """Enter the names that stand alone, and the indices of sums, into the vocabulary."""
    others: set[str] = set()  # indices of sums that do not begin with 0 or go on for ever
    sums: list[bool] = []  # for each open bracket, whether it is that of sum(u, i = 1..n)
    for position, word in enumerate(words):
        kind = word.kind
        after = words[position + 1] if position + 1 < len(words) else None
        if kind in ("OPEN", "INDEX_OPEN"):
            sums.append(kind == "OPEN" and position > 0 and is_sum(words[position - 1]))
        elif kind == "CLOSE" and sums:
            sums.pop()
        elif after is not None and kind == "COMMA" and sums and sums[-1]:
            vocabulary.bound.add(after.text)
            (vocabulary.counting if _counts(words, position + 1) else others).add(after.text)
        elif after is not None and is_sum(word):
            if after.kind == "SUBSCRIPT":
                indices = subscript_text(after.text).split(",")
                vocabulary.bound.update(index for index in indices if len(index) == 1)
            elif after.kind == "INDEX_OPEN" and position + 2 < len(words):
                index = words[position + 2].text
                vocabulary.bound.add(index)
                (vocabulary.counting if _counts(words, position + 2) else others).add(index)
        elif position not in marks:
            raised = raised_call(words, position + 1)
            alone = not _is_differentiated(words, position, marks)
            _find_name(word, words[raised] if raised else after, vocabulary, alone)
        if word.kind == "NABLA":
            vocabulary.with_gradient.update(_behind_nabla(words, position))
    for mark in marks.values():
        if mark.rest is not None:
            vocabulary.known.add(mark.rest.text)
        for differential in mark.differentials:
            vocabulary.known.add(differential.name)
    vocabulary.counting -= others
    vocabulary.known.update(vocabulary.bound)
    _find_entries(words, vocabulary)
    _find_quantities(words, marks, vocabulary)


def _counts(words: Sequence[Word], position: int) -> bool:
    """Whether the index at a position runs from 0 or to ∞: n=0}^N, n=1}^∞, n = 0..oo."""
    following = [word.text for word in words[position + 1 : position + 7]]
    if following[:1] != ["="]:
        return False
    from_zero = following[1:2] == ["0"] and following[2:3] in (["}"], [")"], [".."])
    return from_zero or any(text == "∞" or text in INFINITIES for text in following[2:])


def _is_differentiated(words: Sequence[Word], position: int, marks: Mapping[int, Mark]) -> bool:
    """Whether a name is the f of ∂f/∂x or ∇f, which says nothing about f(x) elsewhere."""
    before = position - 1
    if before > 0 and words[before].text == "{":
        before -= 1
    if before > 1 and words[before - 1].kind == "CARET":
        before -= 2  # the order of ∂^2 f
    elif before > 0 and words[before].kind == "SUPERSCRIPT":
        before -= 1
    if before < 0 or words[position].text not in UNKNOWN_FUNCTIONS:
        return False
    mark = marks.get(before)
    return (mark is not None and mark.kind == "numerator") or words[before].kind == "NABLA"


def _behind_nabla(words: Sequence[Word], position: int) -> Iterator[str]:
    """The f of ∇f(x) and ∇_x f(x), with the ∇ at a position; nothing where no call follows."""
    after = words[position + 1 : position + 8]
    if after and after[0].text == "²":
        after = after[1:]
    if after and after[0].kind == "SUBSCRIPT":
        after = after[1:]
    elif after and after[0].kind == "INDEX_OPEN":
        closing = next((at for at, word in enumerate(after) if word.kind == "CLOSE"), len(after))
        after = after[closing + 1 :]
    if len(after) > 1 and after[0].kind in ("NAME", "GREEK") and after[1].text == "(":
        yield plain_name(after[0].text)


def _find_entries(words: Sequence[Word], vocabulary: Vocabulary) -> None:
    """Enter the names that have an index somewhere: with a_i in the text, a_q is an entry too."""
    dots = not vocabulary.scope.rules and any(word.kind == "DOTS" for word in words)
    for position, (word, after) in enumerate(pairwise(words), 1):
        above = after.kind in ("RAISED", "CARET") and after.start == word.end
        if above and word.kind in ("NAME", "GREEK"):
            name = plain_name(word.text)
            if raised_index(name, words, position, vocabulary) is not None:
                vocabulary.raised.add(name)
        if after.kind == "SUBSCRIPT" and after.start == word.end:
            subscript = subscript_text(after.text)
            if word.kind in ("NAME", "GREEK") and not is_sum(word) and subscript.isascii():
                name = plain_name(word.text)
                vocabulary.note_entry(name, subscript)
                if dots and len(subscript) == 1:  # in w_1 + … + w_N these are indices
                    vocabulary.entries.setdefault(name, set()).add(1)


def _find_quantities(
    words: Sequence[Word], marks: Mapping[int, Mark], vocabulary: Vocabulary
) -> None:
    """Enter the declared functions that are written without arguments somewhere: y for y(x)."""
    unknown = {
        name
        for name in vocabulary.scope.given
        if (function := vocabulary.scope.functions.get(name)) and function.definition is None
    }
    if not unknown:
        return
    for position, word in enumerate(words):
        mark = marks.get(position)
        if mark is not None and mark.rest is not None:
            word = mark.rest
        after = position + 1
        while after < len(words) and words[after].kind in ("PRIME", "ORDER", "SUBSCRIPT"):
            after += 1
        applied = after < len(words) and words[after].text == "("
        if word.kind in ("NAME", "GREEK") and not applied:
            vocabulary.quantities.update(unknown.intersection(_names_in(word, unknown)))


def _names_in(word: Word, names: set[str]) -> list[str]:
    """The names that a word may hold: itself, or what stands in letters run together."""
    text = plain_name(word.text)
    return [name for name in names if name in text]


def _find_name(word: Word, after: Word | None, vocabulary: Vocabulary, alone: bool) -> None:
    if word.kind == "GREEK":
        name = letter_name(word.text)
    elif word.kind == "NAME" and len(word.text.rstrip("0123456789")) == 1:
        name = word.text
    else:
        return
    vocabulary.known.add(name)
    if after is not None and after.kind == "SUBSCRIPT":
        vocabulary.known.add(f"{name}_{subscript_text(after.text)}")
    elif alone and (after is None or after.kind not in ("OPEN", "PRIME", "ORDER")):
        vocabulary.bare.add(name)
