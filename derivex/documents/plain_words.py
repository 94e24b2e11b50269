"""What a justification says, without the commands that LaTeX needs to say it."""

from __future__ import annotations

import re

__all__ = ["plain_words"]

_INTRODUCTION = re.compile(r"(?:using|by|via|because of|due to)\s+(?=\S)", re.IGNORECASE)
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)\s*")
_SPACES = re.compile(r"\\(?:quad|qquad|hspace\{[^}]*\}|hfill|[,;: !])")
_TEXT = re.compile(r"\\(?:text\w*|mbox|hbox|mathrm|mathit|emph|small|footnotesize|color\{\w*\})\s*")


def plain_words(text: str) -> str:
    r"""The words of a justification.

    >>> plain_words(r"\text{(by the chain rule)}")
    'the chain rule'
    >>> plain_words(r"\text{with } $u = x^2$")
    'with u = x^2'
    """
    text = _SPACES.sub(" ", text)
    text = _TEXT.sub("", text)
    text = _COMMAND.sub(lambda found: found[0] if found[0][1].isalpha() else "", text)
    text = re.sub(r"(?<![\^_\w])\{([^{}]*)\}", r"\1", text).replace("$", "")
    text = " ".join(text.split())
    for opening, closing in ("()", "[]", "{}"):
        inside = text[1:-1]
        if text[:1] == opening and text[-1:] == closing and not set(inside) & {opening, closing}:
            text = inside.strip()
    text = text.strip(" ,.;:")
    return _INTRODUCTION.sub("", text, count=1) if _INTRODUCTION.match(text) else text
