r"""Signs of relation, arrows, and words between the formulas of a row of LaTeX."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from derivex.documents.latex_layout import closing_of
from derivex.notation.latex.macros import Macro, Macros
from derivex.notation.latex.tokens import Token, is_blank

__all__ = [
    "SPACES",
    "WIDE",
    "Phrase",
    "Sign",
    "depths",
    "is_end",
    "is_foreign",
    "is_space",
    "phrase_at",
    "sign_at",
    "with_words_of_macros",
]

_RELATIONS = {
    "=": "=", "<": "<", ">": ">", "≤": "≤", "≥": "≥", "≠": "≠", "≈": "≈", "≡": "≡", "∝": "∝",
    r"\approx": "≈", r"\simeq": "≈", r"\sim": "≈", r"\cong": "≈", r"\doteq": "≈",
    r"\le": "≤", r"\leq": "≤", r"\leqslant": "≤", r"\ge": "≥", r"\geq": "≥", r"\geqslant": "≥",
    r"\succeq": "⪰", r"\preceq": "⪯", r"\succ": "≻", r"\prec": "≺", "⪰": "⪰", "⪯": "⪯",
    r"\lt": "<", r"\gt": ">", r"\ne": "≠", r"\neq": "≠", r"\equiv": "≡", r"\propto": "∝",
    r"\triangleq": ":=", r"\coloneqq": ":=", r"\coloneq": ":=", r"\leftarrow": ":=",
    r"\gets": ":=", "←": ":=", r"\ll": "<", r"\gg": ">", r"\in": "∈", "∈": "∈",
    r"\to": "→", r"\rightarrow": "→", r"\longrightarrow": "→", r"\mapsto": "→", "→": "→",
}  # fmt: skip
_ARROWS = {
    r"\Rightarrow": "⇒", r"\implies": "⇒", r"\Longrightarrow": "⇒", "⇒": "⇒", r"\therefore": "⇒",
    "∴": "⇒", r"\leadsto": "⇒", r"\rightsquigarrow": "⇒", "⟹": "⇒",
    r"\Leftrightarrow": "⇔", r"\iff": "⇔", r"\Longleftrightarrow": "⇔", "⇔": "⇔", "⟺": "⇔",
}  # fmt: skip
_OVER = (r"\overset", r"\stackrel", r"\underset", r"\overunderset")
_BRACKETS = {
    "(": 1, "[": 1, r"\{": 1, r"\lbrace": 1, r"\langle": 1, r"\lbrack": 1,
    ")": -1, "]": -1, r"\}": -1, r"\rbrace": -1, r"\rangle": -1, r"\rbrack": -1,
}  # fmt: skip
_TEXT = frozenset(
    (r"\text", r"\textrm", r"\mbox", r"\hbox", r"\textit", r"\textbf", r"\textnormal", r"\textsf",
     r"\texttt", r"\mathrm", r"\textup", r"\emph", r"\fbox", r"\mathit", r"\textsc", r"\textcolor")
)  # fmt: skip
_WORDS = frozenset(
    (r"\text", r"\textrm", r"\textnormal", r"\textit", r"\textsf", r"\mbox", r"\hbox")
)
_SIZES = frozenset((r"\tiny", r"\scriptsize", r"\footnotesize", r"\small", r"\normalsize", "&"))
_TYPED = frozenset(("and", "or", "so", "then", "thus", "hence", "where", "with", "if", "for"))
WIDE = frozenset((r"\quad", r"\qquad", r"\hspace", r"\hfill", r"\hskip", r"\enspace"))
"""Spaces that set something off."""
SPACES = WIDE | frozenset(
    (r"\,", r"\;", r"\:", r"\!", r"\>", r"\ ", "\\\n", r"\displaystyle", r"\textstyle", r"\small",
     r"\footnotesize", r"\normalsize", r"\scriptsize", r"\limits", r"\hphantom", r"\phantom")
)  # fmt: skip
"""What is a space, or nothing, between formulas."""

_ENDING = frozenset((".", ",", ";", "!"))


class Sign(NamedTuple):
    """A sign of relation or an arrow: what it is, and how many tokens it takes.

    ``said`` holds the tokens that stand over it, as in ``\\overset{(1)}{=}``.
    """

    sign: str
    arrow: bool
    length: int
    said: tuple[Token, ...] = ()


class Phrase(NamedTuple):
    """Words in a formula: ``\\text{ by the chain rule}``; how many tokens they take.

    ``foreign`` words are of a script in which nobody writes formulas, and need no ``\\text``.
    """

    text: str
    length: int
    foreign: bool = False


def depths(row: Sequence[Token]) -> list[int]:
    r"""How deep in brackets each token stands; an opening bracket stands outside of itself.

    Where brackets do not match, only braces and ``\left … \right`` count.
    """
    found, balanced = _depths(row, True)
    return found if balanced else _depths(row, False)[0]


def _depths(row: Sequence[Token], brackets: bool) -> tuple[list[int], bool]:
    found: list[int] = []
    braces = depth = 0
    balanced, delimiter = True, False
    for token in row:
        change = 0
        if token.kind in ("OPEN", "BEGIN"):
            change = 1
        elif token.kind in ("CLOSE", "END"):
            change = -1
        elif delimiter and not is_blank(token):
            delimiter = False  # it belongs to \left or \right
        elif token.text in (r"\left", r"\right"):
            change = 1 if token.text == r"\left" else -1
            delimiter = True
        elif brackets and token.text in _BRACKETS and token.kind != "COMMENT":
            depth += _BRACKETS[token.text]
            balanced &= depth >= 0
            found.append(braces + max(0, depth - (_BRACKETS[token.text] > 0)))
            continue
        if change < 0:
            braces = max(0, braces - 1)
        found.append(braces + max(0, depth))
        if change > 0:
            braces += 1
    return found, balanced and depth == 0


def sign_at(row: Sequence[Token], position: int) -> Sign | None:
    """The sign of relation, or the arrow, that stands at a position."""
    token = row[position]
    text = token.text
    if token.kind in ("COMMENT", "SPACE"):
        return None
    following = row[position + 1] if position + 1 < len(row) else None
    if text == ":" and following is not None and following.text == "=":
        return Sign(":=", False, 2)
    if text == r"\not" and following is not None and following.text in _RELATIONS:
        return Sign("≠", False, 2)
    if text in "<=>" and following is not None and following.start == token.end:
        typed = text
        for further in row[position + 1 : position + 3]:
            typed += further.text
        if typed[:3] == "<=>":
            return Sign("⇔", True, 3)
        if typed[:2] in ("=>", "<=", ">="):
            return Sign({"=>": "⇒", "<=": "≤", ">=": "≥"}[typed[:2]], typed[:2] == "=>", 2)
    if text in _ARROWS:
        return Sign(_ARROWS[text], True, 1)
    if text in _RELATIONS:
        return Sign(_RELATIONS[text], False, 1)
    if text in _OVER:
        return _sign_with_something_over(row, position)
    return None


def _sign_with_something_over(row: Sequence[Token], position: int) -> Sign | None:
    groups: list[Sequence[Token]] = []
    at = position + 1
    while len(groups) < 2 and at < len(row):
        if is_blank(row[at]):
            at += 1
        elif row[at].kind == "OPEN":
            closing = closing_of(row, at)
            groups.append(row[at + 1 : closing])
            at = closing + 1
        else:
            groups.append(row[at : at + 1])
            at += 1
    if len(groups) < 2 or not groups[1]:
        return None
    over = tuple(token for token in groups[0] if not is_blank(token))
    for start in range(len(groups[1])):
        inner = sign_at(groups[1], start) if groups[1][start].text not in _OVER else None
        if inner is not None:
            defined = "".join(token.text for token in over)
            if re.search(r"def|\\triangle|\Adf", defined) and inner.sign == "=":
                return Sign(":=", False, at - position)
            return Sign(inner.sign, inner.arrow, at - position, over)
    return None


def with_words_of_macros(tokens: Sequence[Token], macros: Macros) -> list[Token]:
    r"""The tokens with \text for an author's command that only writes words: \why{chain rule}.

    >>> from derivex.notation.latex.macros import read_macros
    >>> from derivex.notation.latex.tokens import latex_tokens
    >>> known = read_macros(r"\newcommand{\why}[1]{\quad\small\text{(#1)}}")
    >>> [token.text for token in with_words_of_macros(latex_tokens(r"\why{so}"), known)][0]
    '\\text'
    """
    words = {name for name, macro in macros.names.items() if _only_words(macro)}
    return [token._replace(text=r"\text") if token.text in words else token for token in tokens]


def _only_words(macro: Macro) -> bool:
    """Whether an author's command writes its argument as words, and nothing else."""
    body = [token for token in macro.body if not (is_space(token) or token.text in _SIZES)]
    if macro.arguments != 1 or not body or body[0].text not in _WORDS:
        return False
    phrase = phrase_at(body, 0)
    return phrase is not None and phrase.length == len(body) and "#1" in phrase.text


def phrase_at(row: Sequence[Token], position: int) -> Phrase | None:
    r"""The words that stand at a position, in ``\text{…}`` or the like; None if there are none."""
    if is_foreign(row[position]):
        after = position + 1
        while after < len(row) and (is_foreign(row[after]) or is_blank(row[after])):
            after += 1
        text = "".join(token.text for token in row[position:after])
        return Phrase(text, after - position, True)
    if row[position].kind == "LETTER":
        return _word_at(row, position)
    if row[position].text not in _TEXT:
        return None
    opening = position + 1
    while opening < len(row) and is_blank(row[opening]):
        opening += 1
    if row[position].text == r"\textcolor" and opening < len(row):
        opening = closing_of(row, opening) + 1
    if opening >= len(row) or row[opening].kind != "OPEN":
        return None
    closing = closing_of(row, opening)
    text = "".join(token.text for token in row[opening + 1 : closing])
    return Phrase(text, min(closing + 1, len(row)) - position)


def _word_at(row: Sequence[Token], position: int) -> Phrase | None:
    r"""A word such as "and" that is typed in letters and set off by spaces: and\ f(x)."""
    if position and row[position - 1].text != r"\ " and not is_blank(row[position - 1]):
        return None
    after = position
    while after < len(row) and row[after].kind == "LETTER":
        after += 1
    text = "".join(token.text for token in row[position:after])
    if text not in _TYPED or after >= len(row) or row[after].text not in (r"\ ", *WIDE):
        return None
    return Phrase(text, after - position)


def is_foreign(token: Token) -> bool:
    """Whether a token is a letter, or a mark, of a script in which nobody writes formulas."""
    first = token.text[0]
    if "\u3000" <= first <= "\u303f" or "\uff00" <= first <= "\uffef":
        return True
    between = "\u0400" <= first <= "\ud7ff" and not "\u2100" <= first <= "\u214f"
    return between and first.isalpha()


def is_space(token: Token) -> bool:
    return is_blank(token) or token.text in SPACES


def is_end(token: Token) -> bool:
    return is_space(token) or token.text in _ENDING
