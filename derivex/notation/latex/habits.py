r"""Habits of typing that TeX sets like something plainer: f\prime, \frac{{dy}}{{dx}}."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from derivex.notation.latex.commands import GREEK_COMMANDS, STYLE_SWITCHES
from derivex.notation.latex.tokens import Token

__all__ = ["in_plain_signs"]

_PLAINER: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        r"\prime": ("PRIME", "'"),
        r"\vert": ("OTHER", "|"),
        r"\bigtriangledown": ("COMMAND", r"\nabla"),
        r"\triangledown": ("COMMAND", r"\nabla"),
    }
)
"""Commands for signs that have another name: the kind of token, and its text."""
_OPENING = ("OPEN", "LEFT")
_CLOSING = ("CLOSE", "RIGHT")
_SIGNS_OF_D = ("d", r"\partial")
_FRACTIONS = (r"\frac", r"\dfrac", r"\tfrac", r"\cfrac")
_BRACKETS = {"(": ")", "[": "]"}


def in_plain_signs(tokens: list[Token], spaced: list[bool]) -> tuple[list[Token], list[bool]]:
    r"""The tokens, where signs with two names have one, and braces without meaning are left out.

    Braces are left out where they hide what a formula is: those of \frac{{d^2}y}{{d{x^2}}}, as
    editors of formulas write it, and those of f{\left(x \right)}, as computer algebra does.

    Args:
        tokens: the tokens of a formula, without white space.
        spaced: before which of them white space stands.
    """
    tokens = [
        token._replace(kind=_PLAINER[token.text][0], text=_PLAINER[token.text][1])
        if token.text in _PLAINER
        else token
        for token in tokens
    ]
    partner = _pairs(tokens)
    dropped: set[int] = set()
    opening = {closing: position for position, closing in partner.items()}
    for position, closing in partner.items():
        if tokens[position].kind == "OPEN" and (
            _hides(tokens, partner, position, closing)
            or (
                _is_called(tokens, opening, position)
                and _is_bracket(tokens, partner, position + 1, closing)
            )
        ):
            dropped.update((position, closing))
    for position, token in enumerate(tokens):
        if token.text in (r"\lvert", "|") and position not in dropped:
            _join_bars(tokens, partner, position, dropped)
    kept = [position for position in range(len(tokens)) if position not in dropped]
    return [tokens[position] for position in kept], [
        spaced[position] or (position - 1 in dropped and spaced[position - 1]) for position in kept
    ]


def _pairs(tokens: list[Token]) -> dict[int, int]:
    r"""Where each brace, \left and \lvert is closed, as far as they are."""
    found: dict[int, int] = {}
    stack: list[tuple[str, int]] = []
    for position, token in enumerate(tokens):
        kind = token.kind
        if token.text in (r"\lvert", r"\rvert"):
            kind = "OPEN BAR" if token.text == r"\lvert" else "CLOSE BAR"
        if kind in (*_OPENING, "OPEN BAR"):
            stack.append((kind, position))
        elif kind in (*_CLOSING, "CLOSE BAR"):
            opens = {"CLOSE": "OPEN", "RIGHT": "LEFT", "CLOSE BAR": "OPEN BAR"}[kind]
            if not stack or stack[-1][0] != opens:
                return found
            found[stack.pop()[1]] = position
    return found


def _hides(tokens: list[Token], partner: Mapping[int, int], position: int, closing: int) -> bool:
    """Whether the braces from one position to another only hide what stands in them."""
    before = tokens[position - 1] if position else None
    behind = tokens[closing + 1] if closing + 1 < len(tokens) else None
    first, last = position + 1, closing
    if first == last or tokens[first].text in STYLE_SWITCHES:
        return False
    if before is not None and before.kind == "OPEN" and partner.get(position - 1) == closing + 1:
        return True  # {{u}}
    if behind is not None and behind.kind in ("SUPER", "SUB", "PRIME"):
        return False
    if before is not None and before.text in _SIGNS_OF_D:
        return _is_letter(tokens[first]) and _has_scripts(tokens, partner, first + 1, last)
    if (before is None or before.kind == "OPEN") and tokens[first].text in _SIGNS_OF_D:
        scripts = _has_scripts(tokens, partner, first + 1, last)
        return scripts and behind is not None and tokens[first + 1].kind == "SUPER"
    return False


def _is_letter(token: Token) -> bool:
    return token.kind == "LETTER" or token.text in GREEK_COMMANDS


def _has_scripts(tokens: list[Token], partner: Mapping[int, int], first: int, last: int) -> bool:
    """Whether a stretch is an exponent or a subscript, or both, and nothing else."""
    position = first
    while position < last and tokens[position].kind in ("SUPER", "SUB"):
        position = partner.get(position + 1, position + 1) + 1
    return first < position == last


def _is_called(tokens: list[Token], opening: Mapping[int, int], position: int) -> bool:
    """Whether a letter, with what stands lower or higher, comes directly before a position."""
    before = position - 1
    if before >= 0 and tokens[before].kind == "CLOSE":
        before = opening.get(before, 0) - 2
        if before < 0 or tokens[before + 1].kind not in ("SUPER", "SUB"):
            return False
    while before >= 0 and tokens[before].kind == "PRIME":
        before -= 1
    if before < 0 or not _is_letter(tokens[before]):
        return False
    return before == 0 or tokens[before - 1].text not in _FRACTIONS


def _is_bracket(tokens: list[Token], partner: Mapping[int, int], first: int, last: int) -> bool:
    """Whether a stretch is one pair of brackets with what stands in it."""
    if first == last:
        return False
    if tokens[first].kind == "LEFT":
        return partner.get(first) == last - 2 and tokens[first + 1].text in _BRACKETS
    depth = 0
    for position in range(first, last):
        depth += (tokens[position].text == "(") - (tokens[position].text == ")")
        if not depth:
            return position == last - 1 and position > first
    return False


def _join_bars(
    tokens: list[Token], partner: Mapping[int, int], position: int, dropped: set[int]
) -> None:
    r"""Make one sign of the two of \lvert\lvert u \rvert\rvert, which is a norm."""
    left = tokens[position - 1].kind == "LEFT" if position else False
    outer = position - left
    inner = position + 1
    if outer not in partner or partner.get(inner, 0) + 1 + left != partner[outer]:
        return
    if left and tokens[inner + 1].text != "|":
        return
    if not left and tokens[inner].text != r"\lvert":
        return
    for place, text in ((position, r"\lVert"), (partner[outer] + left, r"\rVert")):
        tokens[place] = tokens[place]._replace(kind="COMMAND", text=text)
    dropped.update((inner, partner[inner]))
    if left:
        dropped.update((inner + 1, partner[inner] + 1))
