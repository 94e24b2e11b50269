r"""From LaTeX to its tokens: \frac, {, x, 2, …, with the places where they stand."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from derivex.notation.lexer import terminals_of

__all__ = ["Token", "environment_of", "is_blank", "latex_tokens"]

_NAME = re.compile(r"\{\s*([A-Za-z]+\*?)\s*\}")
# Signs that some keyboards and converters put where LaTeX has a command.
_COMMANDS = {"∑": r"\sum", "∏": r"\prod", "∫": r"\int", "∂": r"\partial", "∇": r"\nabla",
             "√": r"\sqrt", "…": r"\ldots", "⋯": r"\cdots", "‖": r"\Vert"}  # fmt: skip


class Token(NamedTuple):
    """One token: its terminal's name, the characters, and where they stand.

    What a macro puts in has the place of the macro's call.
    """

    kind: str
    text: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _terminals() -> re.Pattern[str]:
    return terminals_of(Path(__file__).with_name("latex.lark").read_text(encoding="utf-8"))


def latex_tokens(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    r"""The tokens of a stretch of LaTeX, white space and comments among them.

    >>> [token.text for token in latex_tokens(r"\frac12x")]
    ['\\frac', '1', '2', 'x']
    """
    found: list[Token] = []
    for match in _terminals().finditer(text, start, len(text) if end is None else end):
        kind, word = match.lastgroup or "", match.group()
        if kind == "OTHER" and word in _COMMANDS:
            kind, word = "COMMAND", _COMMANDS[word]
        elif kind == "OTHER" and (word == "ℎ" or "\U0001d400" <= word <= "\U0001d7ff"):
            word = unicodedata.normalize("NFKC", word)  # 𝑥, as some pages have it
            kind = "DIGIT" if word.isdigit() else "LETTER"
        found.append(Token(kind, word, match.start(), match.end()))
    return found


def environment_of(token: Token) -> str:
    r"""The name of the environment that a token begins or ends, without a star.

    >>> environment_of(latex_tokens(r"\begin{align*}")[0])
    'align'
    """
    found = _NAME.search(token.text)
    return found[1].rstrip("*") if found else ""


def is_blank(token: Token) -> bool:
    """Whether a token is white space or a comment."""
    return token.kind in ("SPACE", "COMMENT")
