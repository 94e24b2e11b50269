"""Breaking a one-line formula that is too long where a mathematician would break it."""

from __future__ import annotations

import re

from derivex.notation.marks import CLOSING, opening_mark, runs, without_marks
from derivex.rendering.box import cell_width

__all__ = ["break_formula"]

_CASES, _RELATIONS, _SIGNS, _PRODUCTS, _SPACES = range(5)
_RANKS = {
    "=": _RELATIONS, "<": _RELATIONS, ">": _RELATIONS, "≤": _RELATIONS, "≥": _RELATIONS,
    "+": _SIGNS, "−": _SIGNS, "-": _SIGNS, "∪": _SIGNS,
    "·": _PRODUCTS, "*": _PRODUCTS,
}  # fmt: skip
_EARLY = 6  # a line that ends before a sixth of its room is hardly begun
_BOUNDS = re.compile(r" = [^ ]+\.\.")  # of a sum, as in sum(x, i = 1..n)
_INDEX = re.compile(r" [^ ]+" + _BOUNDS.pattern)
_OPENING, _CLOSING, _BARS = "([{", ")]}", "|‖"


def break_formula(
    text: str, width: int, indent: int, protected: int = 0, at_relations: int | None = None
) -> list[str]:
    """The formula in lines of at most that width, as far as it has places to break.

    Cases go first, then relations and commas, then + and −, then signs of multiplication, and
    outside of brackets before inside, long brackets before short ones, but no line ends that has
    hardly begun if there is another place; plain spaces between factors are the last resort.

    Args:
        text: the formula.
        width: the columns there are.
        indent: the columns by which the continued lines are set in.
        protected: how many characters at the beginning are not to be broken.
        at_relations: the columns by which lines that begin with a relation are set in, if others.

    >>> break_formula("a + b(c + d)", 9, 2)
    ['a', '  + b(c', '  + d)']
    """
    if not text.isascii() and (plain := without_marks(text)) != text:
        lines = break_formula(plain, width, indent, protected, at_relations)
        return _marks_put_back(text, lines)
    lines = []
    depths = _depths(text, width // 3)
    start, lead, first = 0, "", protected
    while True:
        cut = _cut(text, depths, start, max(first, start + 1), width - len(lead))
        if cut is None:
            lines.append(lead + text[start:])
            return lines
        lines.append(lead + text[start:cut].rstrip())
        start = cut + 1  # the break stands at the space before a sign
        is_relation = _RANKS.get(text[start : start + 1]) == _RELATIONS
        lead = " " * (indent if at_relations is None or not is_relation else at_relations)
        first = start + 2


def _depths(text: str, short: int) -> list[int]:
    """How deep in brackets and bars each character stands; a short bracket counts twice."""
    pairs = _pairs(text)
    closing = set(pairs.values())
    depths: list[int] = []
    levels = [0]
    for offset in range(len(text)):
        if offset in pairs:
            is_short = pairs[offset] - offset <= short
            levels.append(levels[-1] + (2 if is_short else 1))
        elif offset in closing:
            levels.pop()
        depths.append(levels[-1])
    return depths


def _pairs(text: str) -> dict[int, int]:
    """Where each bracket and bar that opens is closed; those that are not end with the text."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    for offset, character in enumerate(text):
        innermost = text[waiting[-1]] if waiting else ""
        if character in _OPENING:
            waiting.append(offset)
        elif character in _CLOSING and innermost in _OPENING and waiting:
            pairs[waiting.pop()] = offset
        elif character in _BARS:
            if innermost == character and text[offset - 1] != " ":
                pairs[waiting.pop()] = offset
            else:
                waiting.append(offset)
    return dict.fromkeys(waiting, len(text)) | pairs


def _cut(text: str, depths: list[int], start: int, first: int, room: int) -> int | None:
    """The best space at which to break what begins at ``start``; None if it all fits."""
    best: tuple[tuple[bool, bool, int, int], int] | None = None
    used = 0
    for offset in range(start, len(text)):
        character = text[offset]
        if character == " " and offset >= first:
            following = text[offset + 1 : offset + 3]
            signed = following[1:] == " "
            rank = _RANKS.get(following[:1], _SPACES) if signed else _SPACES
            if text.startswith("else ", offset + 1):
                signed, rank = True, _CASES
            if used > room:
                if best is None:
                    return offset
                break
            inseparable = (signed and rank == _SPACES) or text[offset - 1] in _RANKS
            if text[offset - 1] == ",":
                inseparable = False
                rank = _SPACES if _INDEX.match(text, offset) else _RELATIONS
            if not inseparable and not _BOUNDS.match(text, offset):
                early = used < room // _EARLY and rank != _CASES
                key = (rank == _SPACES, early, depths[offset], rank)
                if best is None or key <= best[0]:
                    best = key, offset
        used += cell_width(character)
        if used > room and best is not None:
            break
    if used <= room or best is None:
        return None
    return best[1]


def _marks_put_back(text: str, lines: list[str]) -> list[str]:
    """The lines of a broken formula with the marks that the formula has.

    Only spaces differ between the formula and its lines: those at which it was broken.
    """
    signs = ((character, numbers) for run, numbers in runs(text) for character in run)
    solid = (sign for sign in signs if sign[0] != " ")
    found: list[str] = []
    for line in lines:
        pieces: list[str] = []
        open_marks: tuple[int, ...] = ()
        spaces = ""
        for character in line:
            if character == " ":
                spaces += character
                continue
            numbers = tuple(next(solid)[1])
            if numbers != open_marks:
                pieces.append(
                    CLOSING * len(open_marks) + spaces + "".join(map(opening_mark, numbers))
                )
                open_marks = numbers
            else:
                pieces.append(spaces)
            spaces = ""
            pieces.append(character)
        found.append("".join(pieces) + CLOSING * len(open_marks))
    return found
