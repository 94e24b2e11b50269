"""Known names glued together: the ways to cut a word into them, also around functions' names."""

from __future__ import annotations

import re
from typing import NamedTuple

from derivex.notation.vocabulary import UNKNOWN_FUNCTIONS, Vocabulary

__all__ = ["Split", "around_functions", "segmentations"]

# A letter that may follow a function's name unspaced although it stands nowhere else: sinx.
_USUAL_ARGUMENTS = frozenset("xyzuvw")
# asec and arcsec are names of inverses, be they known or not; never a·sec.
_NAME_OF_AN_INVERSE = re.compile(r"(a|ar|arc)(sin|cos|tan|cot|sec|csc)h?")


class Split(NamedTuple):
    """The parts of a word, those that are functions, and whether the choice is to be noted."""

    parts: tuple[str, ...]
    functions: frozenset[int] = frozenset()
    note: bool = False

    def show(self) -> str:
        """The parts as they are shown in a note: ``a·b``, ``x·sin t``."""
        pieces = [self.parts[0]]
        for position in range(1, len(self.parts)):
            pieces.append(" " if position - 1 in self.functions else "·")
            pieces.append(self.parts[position])
        return "".join(pieces)


def segmentations(
    vocabulary: Vocabulary, word: str, subscript: str | None, declared_only: bool
) -> list[tuple[str, ...]]:
    """Up to two ways to cut a word into known names (the fewest parts among them)."""
    known = vocabulary.declared if declared_only else None
    letters = len(word.rstrip("0123456789"))
    # best[k] holds at most two cuts of word[k:].
    best: list[list[tuple[str, ...]]] = [[] for _ in range(letters + 1)]
    best[letters] = [()]
    for position in range(letters - 1, -1, -1):
        found: list[tuple[str, ...]] = []
        for end in range(position + 1, letters + 1):
            part = word[position:end] if end < letters else word[position:]
            names = (part,) if end < letters or not subscript else (part, f"{part}_{subscript}")
            if not best[end]:
                continue
            if any(n in known if known is not None else vocabulary.is_known(n) for n in names):
                found.extend((part, *rest) for rest in best[end])
        found.sort(key=len)
        best[position] = found[:2]
    return best[0]


def around_functions(
    vocabulary: Vocabulary, word: str, subscript: str | None, opens: bool, argument: bool
) -> Split | None:
    """``xsin(x)``, ``sinx``, ``xsinxcosx``: cut at the functions' names, if the rest is known."""
    if _NAME_OF_AN_INVERSE.fullmatch(word):
        return None
    parts: list[str] = []
    functions: set[int] = set()
    rest = word
    while True:
        cut = _first_function(vocabulary, rest, bool(functions), opens, argument)
        if cut is None:
            break
        before, name, rest = cut
        parts.extend(before)
        functions.add(len(parts))
        parts.append(name)
        if not rest:
            break
    if not functions:
        return None
    if rest:
        if opens or (rest == "e" and "e" not in vocabulary.known):
            return None  # sinx(…) and sine are no way to write sin(x)(…) and sin(e)
        after = _factors(vocabulary, rest, subscript, _USUAL_ARGUMENTS)
        if after is None:
            return None
        parts.extend(after)
    return Split(tuple(parts), frozenset(functions), note=True)


def _first_function(
    vocabulary: Vocabulary, word: str, follows: bool, opens: bool, argument: bool
) -> tuple[tuple[str, ...], str, str] | None:
    """The first function in a word whose left side is made of known names, with both sides."""
    any_letter = frozenset(word[:1]) | _USUAL_ARGUMENTS
    for position in range(len(word)):
        for end in range(len(word), position, -1):
            name = word[position:end]
            if end < len(word) or not (opens or argument):
                applicable = len(name) > 1 and end < len(word)
            else:
                # acoth is not acot h, even where h may be a function.
                applicable = len(name) > 1 or (opens and not follows)
            if not applicable:
                continue
            known = vocabulary.function(name)
            last = end == len(word)
            if not (opens and last) and vocabulary.needs_brackets(name):
                continue
            unknown = opens and last and name in UNKNOWN_FUNCTIONS
            if known is None and not (unknown and name not in vocabulary.declared):
                continue
            if known is not None and known.arity not in (1, None) and end < len(word):
                continue  # max takes its arguments in brackets
            usual = any_letter if len(name) > 1 else frozenset()
            before = _factors(vocabulary, word[:position], None, usual) if position else ()
            if before is not None:
                return before, name, word[end:]
    return None


def _factors(
    vocabulary: Vocabulary, word: str, subscript: str | None, letters: frozenset[str]
) -> tuple[str, ...] | None:
    """The known names that make up a stretch beside a function, or one usual letter."""
    if word in letters:
        return (word,)
    readings = segmentations(vocabulary, word, subscript, declared_only=False)
    return readings[0] if readings else None
