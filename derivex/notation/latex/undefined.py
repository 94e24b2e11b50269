r"""Commands that look like an author's names, \Vh or \bx, where the definition is not given.

Such a command is read as a name, which is told, where it can be nothing else: it looks like a
letter in some style, and it stands where a name stands.  Every other unknown command is refused.
"""

from __future__ import annotations

import re

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
_SHORTENED = frozenset(
    rf"\{name}" for name in ("th", "Th", "eps", "lam", "Lam", "sig", "Sig", "gam", "Gam", "alp")
)
# Short forms of something else: begin and end, fonts, blackboard letters that are operators.
_OTHERS = frozenset(
    rf"\{name}" for name in ("be", "bs", "bb", "bE", "bP", "cc", "cr", "mb", "mc", "mf", "mr", "ms",
    "cE", "mE", "bbE")
)  # fmt: skip
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
) -> tuple[list[Token], list[bool], list[str]]:
    r"""The tokens with such commands as names, \mathrm{Vh}, and which commands these were.

    Args:
        tokens: the tokens of a formula, without white space.
        spaced: before which of them white space stands.
    """
    if not any(_is_name(token) for token in tokens):
        return tokens, spaced, []
    found: list[Token] = []
    apart: list[bool] = []
    named: dict[str, None] = {}
    for position, token in enumerate(tokens):
        if not _is_name(token) or not _stands_alone(tokens, position):
            found.append(token)
            apart.append(spaced[position])
            continue
        named[token.text] = None
        letters = [token._replace(kind="LETTER", text=letter) for letter in token.text[1:]]
        whole = [
            token._replace(text=r"\mathrm"),
            token._replace(kind="OPEN", text="{"),
            *letters,
            token._replace(kind="CLOSE", text="}"),
        ]
        found += whole
        apart += [spaced[position], *[False] * (len(whole) - 1)]
    return found, apart, list(named)


def _is_name(token: Token) -> bool:
    text = token.text
    if token.kind != "COMMAND" or text in _KNOWN or text in _OTHERS:
        return False
    return text in _SHORTENED or _LETTER.fullmatch(text) is not None


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
