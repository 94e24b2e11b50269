"""Sentences with formulas in them, typed without dollars: "the area A = x y with x + y = 10"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from derivex.notation.lexer import Word

__all__ = ["Stretch", "stretches"]

IsWord = Callable[[Word], bool]

_CONDITIONS = frozenset(("at", "for", "when", "if"))
_PREMISES = frozenset(("with", "where", "let", "given", "set", "put", "define"))
_CLAIMS = frozenset(
    ("is", "are", "gives", "yields", "get", "have", "so", "hence", "thus", "therefore", "then",
     "that", "equals", "find", "obtain", "becomes", "find")
)  # fmt: skip
_SOLVING = frozenset(("solves", "satisfies", "solution", "fulfils", "obeys"))
_LINKS = (
    _SOLVING
    | _CONDITIONS
    | _PREMISES
    | _CLAIMS
    | {"of", "the", "has", "we", "to", "in", "on", "from"}
)
_KEPT = frozenset(("if", "then", "else"))  # a formula may be made of these


class Stretch(NamedTuple):
    """A formula in a sentence.

    Args:
        words: the words of the formula.
        said: what the words before it say: "let", "if" for a condition, "claim", or "posed".
    """

    words: Sequence[Word]
    said: str


def stretches(words: Sequence[Word], is_word: IsWord, is_sign: IsWord) -> list[Stretch]:
    """The formulas of a sentence; empty if the words are none.

    Args:
        words: what stands in a row, without a justification at its end.
        is_word: whether a word is one of the language, rather than a name or a function.
        is_sign: whether a word is a sign of relation.

    >>> from derivex.notation.lexer import Source, words_of
    >>> row = words_of(Source("the area A = x y with x + y = 10"))
    >>> found = stretches(row, lambda word: len(word.text) > 2, lambda word: word.text == "=")
    >>> [("".join(word.text for word in each.words), each.said) for each in found]
    [('A=xy', 'posed'), ('x+y=10', 'let')]
    """
    prose = _prose(words, is_word)
    if not any(prose[1:]) or any(word.text in _KEPT for word in words):
        return []
    if not _is_sentence(words, prose):
        return []
    found: list[Stretch] = []
    said, start = "posed", None
    for position in range(len(words) + 1):
        inside = position < len(words) and not prose[position]
        if inside and start is None:
            start = position
        elif not inside and start is not None:
            first = start
            if is_sign(words[start]) and start and not _links(words[start - 1]):
                first -= 1  # a name such as rate in "with rate = 0.1"
            part = words[first:position]
            if any(map(is_sign, part)):
                found.append(Stretch(part, said))
            start, said = None, "posed"
        if position < len(words) and prose[position]:
            said = _said(words[position]) or said
            if found and words[position].text.lower() in _SOLVING:
                found[-1] = found[-1]._replace(said="let")  # y = e^x solves y' = y
                said = "posed"
    return found


def _prose(words: Sequence[Word], is_word: IsWord) -> list[bool]:
    """Which words belong to the language."""
    depth = 0
    found: list[bool] = []
    for position, word in enumerate(words):
        depth += (word.kind in ("OPEN", "INDEX_OPEN")) - (word.kind == "CLOSE")
        apart = position == 0 or word.start > words[position - 1].end
        following = words[position + 1] if position + 1 < len(words) else None
        apart &= following is None or following.start > word.end or following.text in ",.:;"
        found.append(depth == 0 and apart and (is_word(word) or _links(word)))
    for position in range(1, len(words) - 1):
        if words[position].text in (":", ",") and found[position - 1]:
            found[position] = True
        if words[position].text == ":" and found[0]:
            found[position] = True  # When r = 10: dA/dt = …
        if words[position].text in ("a", "A") and found[position - 1] and found[position + 1]:
            found[position] = True  # of a rectangle
    return found


def _is_sentence(words: Sequence[Word], prose: Sequence[bool]) -> bool:
    """Whether words link formulas: one such as "with", or two in a row that stand inside."""
    return any(
        prose[at] and (_links(words[at]) or prose[at - 1] or words[at].text == ":")
        for at in range(1, len(words))
        if not all(prose[:at])
    )


def _links(word: Word) -> bool:
    return word.kind == "NAME" and word.text.lower() in _LINKS


def _said(word: Word) -> str:
    text = word.text.lower()
    if text in _CLAIMS:
        return "claim"
    return "if" if text in _CONDITIONS else "let" if text in _PREMISES else ""
