"""Which dt ends which integral: one pass over the words, before names are looked at.

A word such as dt is a differential only where an integral is open; elsewhere it is d·t.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from derivex.notation.characters import GREEK_NAMES, plain_name
from derivex.notation.derivatives import Mark
from derivex.notation.lexer import Word
from derivex.notation.vocabulary import Vocabulary, subscript_text

__all__ = ["Integrals", "find_integrals"]


class Integrals(NamedTuple):
    """The integrals of a text.

    Args:
        signs: the positions of the signs that a dt ends.
        differentials: for the position of each dt, the name t, and the position after it.
    """

    signs: set[int]
    differentials: dict[int, tuple[str, int]]


class _Bracket(NamedTuple):
    """An open bracket: the signs open in it, and whether it is that of int(u, t = a..b)."""

    signs: list[int]
    call: bool


def find_integrals(
    words: Sequence[Word], marks: Mapping[int, Mark], vocabulary: Vocabulary
) -> Integrals:
    """Match every sign of integration with the dt that ends it.

    The names that are integrated by are entered into the vocabulary.
    """
    found = Integrals(set(), {})
    open_brackets = [_Bracket([], False)]
    position = 0
    while position < len(words):
        word = words[position]
        signs = open_brackets[-1].signs
        after = position + 1
        mark = marks.get(position)
        if mark is not None:
            # What a derivative consists of is none; a bracket at its end stays open.
            after = max(after, mark.following)
            if words[after - 1].kind == "OPEN":
                open_brackets.append(_Bracket([], False))
        elif word.kind in ("OPEN", "INDEX_OPEN"):
            before = words[position - 1] if position else word
            call = before.text == "int" and before.end == word.start
            open_brackets.append(_Bracket([], call))
        elif word.kind == "CLOSE" and len(open_brackets) > 1:
            open_brackets.pop()
        elif word.kind == "COMMA" and open_brackets[-1].call:
            outer = open_brackets[-2].signs
            if outer and words[outer[-1]].text == "int" and outer[-1] not in found.signs:
                outer.pop()  # int(u, t = a..b), which no dt ends
            open_brackets[-1] = _Bracket(signs, False)
        elif word.kind == "INTEGRAL" or word.text == "int":
            signs.append(position)
        elif signs and word.kind == "NAME" and word.text[0] == "d":
            differential = _differential(words, position, vocabulary)
            if differential is not None:
                found.signs.add(signs.pop())
                found.differentials[position] = differential
                vocabulary.known.add(differential[0])
                after = differential[1]
        position = after
    return found


def _differential(
    words: Sequence[Word], position: int, vocabulary: Vocabulary
) -> tuple[str, int] | None:
    """The name after the d at a position, and the position behind it; None if it is no dt."""
    word = words[position]
    if word.text in vocabulary.declared:
        return None
    after = position + 1
    following = words[after] if after < len(words) else None
    if word.text == "d":
        if following is None or following.kind != "GREEK" or following.start != word.end:
            return None
        name, after = plain_name(following.text), after + 1
    else:
        name = word.text[1:]
        single = len(name.rstrip("0123456789")) == 1 and not name[0].isdigit()
        if not (single or name in GREEK_NAMES or name in vocabulary.declared):
            return None
    end = words[after - 1].end
    if after < len(words) and words[after].kind == "SUBSCRIPT" and words[after].start == end:
        name = f"{name}_{subscript_text(words[after].text)}"
        after += 1
    return name, after
