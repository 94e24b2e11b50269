r"""Functions whose first argument is set low or high: J_{n+1}(x), ψ^{(2)}(x); and Γ(a, x)."""

from __future__ import annotations

from derivex.notation.characters import letter_name
from derivex.notation.latex.source import LatexSource
from derivex.notation.lexer import Word
from derivex.notation.notes import Notes
from derivex.notation.vocabulary import Vocabulary

__all__ = ["with_orders"]


def with_orders(
    source: LatexSource, words: list[Word], vocabulary: Vocabulary, notes: Notes
) -> list[Word]:
    """The words, with such functions as calls: ``besselj(n + 1, x)``."""
    if not any(word.text in ("ψ", "Γ", "γ") or word.kind == "INDEX_OPEN" for word in words):
        return words
    found: list[Word] = []
    position = 0
    while position < len(words):
        word = words[position]
        taken = None
        if word.kind in ("NAME", "GREEK") and letter_name(word.text) not in vocabulary.declared:
            taken = (
                _ordered(words, position, vocabulary)
                or _polygamma(words, position, vocabulary)
                or _incomplete(words, position, vocabulary)
            )
        if taken is None:
            found.append(word)
            position += 1
            continue
        called, position = taken
        found += called
        shown = source.quote(word.start, words[position - 1].end)
        notes.add(word.start, f"{shown}(…)".replace("((", "("), f"the function {called[0].text}")
    return found


def _ordered(
    words: list[Word], position: int, vocabulary: Vocabulary
) -> tuple[list[Word], int] | None:
    """J_{n+1}(: the function, its bracket, the order and a comma."""
    known = vocabulary.by_subscript(words[position].text)
    opening = words[position + 1] if position + 1 < len(words) else None
    if known is None or opening is None or opening.kind != "INDEX_OPEN":
        return None
    end = _end(words, position + 1)
    order = words[position + 2 : end - 1]
    letters = [letter_name(word.text) for word in order if word.kind in ("NAME", "GREEK")]
    name = words[position].text
    if not all(vocabulary.is_order(name, letter) for letter in letters):
        return None
    return _call(words, position, known.name, order, end)


def _polygamma(
    words: list[Word], position: int, vocabulary: Vocabulary
) -> tuple[list[Word], int] | None:
    """ψ^{(n)}(, and ψ^{(0)}( for the digamma function."""
    if words[position].text != "ψ" or vocabulary.function("polygamma") is None:
        return None
    after = words[position + 1 : position + 4]
    if after and after[0].kind == "ORDER":
        digits = "".join(str("⁰¹²³⁴⁵⁶⁷⁸⁹".find(each)) for each in after[0].text[1:-1])
        if digits == "0":
            name = words[position]._replace(kind="NAME", text="digamma")
            return [name], position + 2
        order = [Word("NUMBER", digits, after[0].start, after[0].end)]
        return _call(words, position, "polygamma", order, position + 2)
    if [word.text for word in after] != ["^", "{", "("]:
        return None
    end = _end(words, position + 2)
    return _call(words, position, "polygamma", words[position + 4 : end - 2], end)


def _incomplete(
    words: list[Word], position: int, vocabulary: Vocabulary
) -> tuple[list[Word], int] | None:
    """Γ(a, x) and γ(a, x), which have two arguments."""
    name = {"Γ": "uppergamma", "γ": "lowergamma"}.get(words[position].text, "")
    opening = words[position + 1] if position + 1 < len(words) else None
    if not name or opening is None or opening.text != "(" or vocabulary.function(name) is None:
        return None
    if opening.start != words[position].end:
        return None
    depth = commas = 0
    for word in words[position + 1 :]:
        depth += (word.kind in ("OPEN", "INDEX_OPEN")) - (word.kind == "CLOSE")
        if not depth:
            break
        commas += depth == 1 and word.kind == "COMMA"
    if commas != 1:
        return None
    return [words[position]._replace(kind="NAME", text=name)], position + 1


def _call(
    words: list[Word], position: int, name: str, order: list[Word], end: int
) -> tuple[list[Word], int] | None:
    """The words of a call up to the comma behind its first argument; None if none opens."""
    opening = words[end] if end < len(words) else None
    if opening is None or opening.text != "(" or not order:
        return None
    if opening.start != words[end - 1].end and words[end - 1].kind != "ORDER":
        return None
    comma = Word("COMMA", ",", opening.start, opening.end)
    called = words[position]._replace(kind="NAME", text=name)
    return [called, opening, *order, comma], end + 1


def _end(words: list[Word], opening: int) -> int:
    """The position behind the bracket that opens at a position."""
    depth = 0
    for position in range(opening, len(words)):
        kind = words[position].kind
        depth += (kind in ("OPEN", "INDEX_OPEN")) - (kind == "CLOSE")
        if not depth:
            return position + 1
    return len(words)
