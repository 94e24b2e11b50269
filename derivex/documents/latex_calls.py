r"""Signs inside of calls and names that are no relation and no power."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derivex.documents.latex_layout import closing_of
from derivex.documents.latex_signs import phrase_at
from derivex.documents.raw import Span
from derivex.notation.latex.tokens import Token, is_blank

__all__ = ["argument_names", "bars_in_calls", "words_above"]


def argument_names(tokens: Sequence[Token]) -> Iterator[Span]:
    """The names of arguments that are given by name: f(a = 2) is f(2), P(y = i) is P(i)."""
    shown = [token for token in tokens if not is_blank(token)]
    for number in range(1, len(shown) - 3):
        called, bracket, name = shown[number - 1 : number + 2]
        if bracket.text != "(" or name.kind != "LETTER":
            continue
        if called.text in (r"\left", r"\big", r"\bigl", r"\Big") and number > 1:
            called = shown[number - 2]
        if called.kind not in ("PRIME", "LETTER", "CLOSE"):
            continue
        after = number + 2
        if shown[after].kind == "SUB":
            opened = shown[after + 1 : after + 2]
            braced = bool(opened) and opened[0].kind == "OPEN"
            after = closing_of(shown, after + 1) + 1 if braced else after + 2
        if after < len(shown) and shown[after].text == "=":
            yield Span(name.start, shown[after].end)


def bars_in_calls(tokens: Sequence[Token]) -> Iterator[Span]:
    r"""The bars in p(x \mid \theta) and p(x | \theta): a density is a function of both."""
    shown = [token for token in tokens if not is_blank(token)]
    opened: list[tuple[bool, list[Token]]] = []  # whether a name stands before it, its bars
    for number, token in enumerate(shown):
        if token.text == "(":
            before = shown[number - 1] if number else None
            if before is not None and before.text in (r"\left", r"\big", r"\Big", r"\bigl"):
                before = shown[number - 2] if number > 1 else None
            called = before is not None and before.kind in ("LETTER", "CLOSE")
            opened.append((called, []))
        elif token.text == ")" and opened:
            called, bars = opened.pop()
            conditional = [bar for bar in bars if bar.text == r"\mid"]
            if called and (conditional or len(bars) == 1):
                for bar in conditional or bars:
                    yield Span(bar.start, bar.end)
        elif token.text in ("|", r"\mid", r"\vert") and opened:
            opened[-1][1].append(token)


def words_above(tokens: Sequence[Token]) -> Iterator[Span]:
    r"""The ^ before a word in x^{\text{new}}: it makes a name, no power."""
    shown = [token for token in tokens if not is_blank(token)]
    for number in range(1, len(shown) - 2):
        if shown[number].kind != "SUPER" or shown[number - 1].kind not in ("LETTER", "COMMAND"):
            continue
        after = number + 1 + (shown[number + 1].kind == "OPEN")
        phrase = phrase_at(shown, after) if after < len(shown) else None
        if phrase is not None and re.fullmatch(r"[A-Za-z]{2,}", phrase.text.strip()):
            yield Span(shown[number].start, shown[number].end)
