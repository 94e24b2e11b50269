"""Wrapping sentences that hold formulas: a formula stays whole where there is room for it."""

from __future__ import annotations

import textwrap

from derivex.rendering.box import cell_width

__all__ = ["wrap_sentence"]

_HARD = "\N{NO-BREAK SPACE}"
_SIGNS = frozenset("=≠≈<>≤≥+−*·→∪")
_BIG = frozenset("ΣΠ∫")
_DEPTHS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}


def wrap_sentence(text: str, width: int, first: str = "", others: str = "") -> list[str]:
    """The lines of a sentence of at most that width, as far as it has places to break.

    A formula in it goes to the next line as a whole; if it is too long for a line, it breaks
    outside of brackets, else anywhere.

    Args:
        text: the sentence.
        width: the columns there are.
        first: what the first line begins with.
        others: what the other lines begin with.

    >>> wrap_sentence("substituting s = (a + b)/(c − d), t = (c − d)/2", 32)
    ['substituting', 's = (a + b)/(c − d),', 't = (c − d)/2']
    """
    room = width - max(len(first), len(others))
    words = (
        word if cell_width(word) <= room else _loosened(word, room)
        for word in _bound(text).split(" ")
    )
    lines = textwrap.wrap(
        " ".join(words),
        width,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace(_HARD, " ") for line in lines]


def _bound(text: str) -> str:
    """The text with hard spaces in brackets, around signs and behind Σᵢ."""
    signs: list[str] = []
    depth = 0
    word = ""
    for sign, after in zip(text, text[1:] + " ", strict=False):
        depth = max(depth + _DEPTHS.get(sign, 0), 0)
        if sign == " ":
            bound = depth or word[-1:] in _SIGNS or after in _SIGNS or word[:1] in _BIG
            signs.append(_HARD if bound else sign)
            word = ""
        else:
            word += sign
            signs.append(sign)
    return "".join(signs)


def _loosened(formula: str, room: int) -> str:
    """A formula that is too long: it may break outside of brackets, and where needed inside."""
    parts = _opened(formula, within=0).split(" ")
    return " ".join(
        part if cell_width(part) <= room else _opened(part, within=len(part)) for part in parts
    )


def _opened(formula: str, within: int) -> str:
    """A formula with plain spaces where at most so many brackets are open; none behind a sign."""
    signs: list[str] = []
    depth = 0
    for before, sign in zip(" " + formula, formula, strict=False):
        depth = max(depth + _DEPTHS.get(sign, 0), 0)
        may_break = sign == _HARD and depth <= within and before not in _SIGNS
        signs.append(" " if may_break else sign)
    return "".join(signs)
