r"""Commands that look like an author's names, \Vh or \bx, where the definition is not given.

Such a command is read as a name, which is told, where it can be nothing else: it looks like a
letter in some style, and it stands where a name stands.  One with which fractions begin above
and below, \p in \frac{\p u}{\p x}, is ∂.  Every other unknown command is refused.
"""

from __future__ import annotations

import re
from types import MappingProxyType

from derivex.notation.characters import GREEK_NAMES
from derivex.notation.latex.commands import (
    ACCENTS,
    CLOSING_DELIMITERS,
    DROPPED,
    DROPPED_WITH_ARGUMENT,
    FUNCTIONS,
    GREEK_COMMANDS,
    HARMFUL,
    KEPT_CONTENT,
    LETTER_STYLES,
    REFUSED,
    SIGNS,
    SIZES,
    STYLE_SWITCHES,
    UPRIGHT,
)
from derivex.notation.latex.tokens import Token

__all__ = ["with_names"]

_GREEK = "|".join(sorted(GREEK_NAMES | {name.capitalize() for name in GREEK_NAMES}))
# \Vh, \MW, \bx, \vtheta, \calL, \RVh: a letter, behind what says in which style it is.
_LETTER = re.compile(rf"\\(?:[VvMmBbCc]|bf|bm|rv|RV|cal|vec|mat)(?:[A-Za-z]|{_GREEK})")
_SHORTENED = MappingProxyType(
    {
        r"\th": r"\theta", r"\Th": r"\Theta", r"\eps": r"\epsilon", r"\lam": r"\lambda",
        r"\Lam": r"\Lambda", r"\sig": r"\sigma", r"\Sig": r"\Sigma", r"\gam": r"\gamma",
        r"\Gam": r"\Gamma", r"\alp": r"\alpha",
    }
)  # fmt: skip
# Short forms of something else: begin and end, fonts, blackboard letters that are operators.
_OTHERS = frozenset(
    rf"\{name}" for name in ("be", "bs", "bb", "bE", "bP", "cc", "cr", "mb", "mc", "mf", "mr", "ms",
    "cE", "mE", "bbE")
)  # fmt: skip
_PARTIAL = frozenset(
    rf"\{name}"
    for name in ("p", "pa", "par", "part", "pd", "pt", "prt", "ptl", "d", "dd", "di", "diff")
)
_FRACTIONS = frozenset((r"\frac", r"\dfrac", r"\tfrac", r"\cfrac"))
_KNOWN = frozenset((
    *GREEK_COMMANDS, *FUNCTIONS, *SIGNS, *SIZES, *REFUSED, *HARMFUL, *DROPPED, *KEPT_CONTENT,
    *LETTER_STYLES, *UPRIGHT, *ACCENTS, *STYLE_SWITCHES, *DROPPED_WITH_ARGUMENT,
    *CLOSING_DELIMITERS,
))  # fmt: skip
_BEHIND = frozenset("+-−*/=<>,;:.)]|!·×⋅&")
_TRANSPOSED = frozenset(("T", r"\top", r"\intercal", "⊤"))
_ENDS = ("CLOSE", "ALIGN", "ROW", "END", "RIGHT", "PRIME", "DOLLAR")
_WITH_ARGUMENT = frozenset((*UPRIGHT, *LETTER_STYLES, *ACCENTS, *DROPPED_WITH_ARGUMENT))


def with_names(
    tokens: list[Token], spaced: list[bool]
) -> tuple[list[Token], list[bool], dict[str, str]]:
    r"""The tokens with such commands as names, \mathrm{Vh}, and as what each of them was read.

    Args:
        tokens: the tokens of a formula, without white space.
        spaced: before which of them white space stands.
    """
    tokens, partial = _with_partials(tokens)
    tokens, short = _with_letters(tokens)
    partial |= short
    if not any(_is_name(token) for token in tokens):
        return tokens, spaced, partial
    found: list[Token] = []
    apart: list[bool] = []
    named: dict[str, str] = {}
    for position, token in enumerate(tokens):
        if not _is_name(token) or not _stands_alone(tokens, position):
            found.append(token)
            apart.append(spaced[position])
            continue
        named[token.text] = f"the name {token.text[1:]}, as it is not defined here"
        letters = [token._replace(kind="LETTER", text=letter) for letter in token.text[1:]]
        whole = [
            token._replace(text=r"\mathrm"),
            token._replace(kind="OPEN", text="{"),
            *letters,
            token._replace(kind="CLOSE", text="}"),
        ]
        found += whole
        apart += [spaced[position], *[False] * (len(whole) - 1)]
    return found, apart, {**partial, **named}


def _with_partials(tokens: list[Token]) -> tuple[list[Token], dict[str, str]]:
    """The tokens with ∂ for the command with which all fractions begin that hold it."""
    found: dict[str, str] = {}
    for sign in {token.text for token in tokens if token.text in _PARTIAL}:
        over = sum(
            token.text in _FRACTIONS and _begins_both(tokens, position + 1, sign)
            for position, token in enumerate(tokens)
        )
        if over:
            found[sign] = "∂, as it is not defined here"
    if not found:
        return tokens, found
    return [
        token._replace(text=r"\partial") if token.text in found else token for token in tokens
    ], found


def _with_letters(tokens: list[Token]) -> tuple[list[Token], dict[str, str]]:
    """The tokens with Greek letters for their short forms, unless these have arguments."""
    found: dict[str, str] = {}
    written: list[Token] = []
    for position, token in enumerate(tokens):
        letter = _SHORTENED.get(token.text)
        following = tokens[position + 1] if position + 1 < len(tokens) else None
        if letter is not None and (following is None or following.kind != "OPEN"):
            found[token.text] = f"{GREEK_COMMANDS[letter]}, as it is not defined here"
            token = token._replace(text=letter)
        written.append(token)
    return written, found


def _begins_both(tokens: list[Token], position: int, sign: str) -> bool:
    """Whether the braces of a fraction that open at a position begin with a command."""
    for _ in range(2):
        texts = [token.text for token in tokens[position : position + 2]]
        if texts != ["{", sign]:
            return False
        position = _script_end(tokens, position)
    return True


def _is_name(token: Token) -> bool:
    text = token.text
    if token.kind != "COMMAND" or text in _KNOWN or text in _OTHERS:
        return False
    return _LETTER.fullmatch(text) is not None


def _stands_alone(tokens: list[Token], position: int) -> bool:
    """Whether a command stands where a whole name does, with nothing that may be its argument."""
    before = tokens[position - 1] if position else None
    if before is not None and (before.kind == "SUPER" or before.text in _WITH_ARGUMENT):
        return False  # X^\Vt
    after = position + 1
    transposed = False
    while after < len(tokens) and tokens[after].kind in ("SUB", "SUPER"):
        first = after + 1
        after = _script_end(tokens, first)
        transposed = any(token.text in _TRANSPOSED for token in tokens[first:after])
    if after >= len(tokens):
        return True
    following = tokens[after]
    if following.kind in _ENDS or following.text in _BEHIND or _is_name(following):
        return True
    command = following.kind in ("COMMAND", "SYMBOL") and (
        following.text in SIGNS
        or following.text in CLOSING_DELIMITERS
        or following.text in DROPPED
        or following.text in SIZES
    )
    return transposed or (command and following.text not in (r"\partial", r"\nabla"))


def _script_end(tokens: list[Token], first: int) -> int:
    """The position behind a script that begins at a position."""
    depth = 0
    for position in range(first, len(tokens)):
        kind = tokens[position].kind
        depth += (kind == "OPEN") - (kind == "CLOSE")
        if depth <= 0:
            return position + 1
    return len(tokens)
