"""Powers of what a function gives, written behind its name: f^2(x) is f(x)^2, as sin^2(x) is."""

from __future__ import annotations

from collections.abc import Sequence

from derivex.notation.lexer import Word

__all__ = ["raised_call"]


def raised_call(words: Sequence[Word], position: int) -> int:
    """The position of the bracket behind an exponent that begins at a position; 0 if none is.

    >>> from derivex.notation.lexer import Source, words_of
    >>> raised_call(words_of(Source("f^2(x)")), 1), raised_call(words_of(Source("f^2 (x)")), 1)
    (3, 0)
    """
    after = position
    if not 0 < position < len(words) or words[position].start != words[position - 1].end:
        return 0
    if words[position].kind == "SUPERSCRIPT":
        after += 1
    elif words[position].text == "^":
        inside = words[position + 1 : position + 6]
        kinds = [word.kind for word in inside]
        if kinds[:1] == ["NUMBER"]:
            after += 2
        elif kinds[:3] == ["OPEN", "NUMBER", "CLOSE"] and inside[0].text == "{":
            after += 4
        elif kinds[:4] == ["OPEN", "MINUS", "NUMBER", "CLOSE"] and inside[0].text == "{":
            after += 5
        elif kinds == ["OPEN", "OPEN", "NUMBER", "CLOSE", "CLOSE"]:  # f^{(4)}(x), a derivative
            after += 6
    if after == position or after >= len(words) or words[after].text != "(":
        return 0
    return after if words[after].start == words[after - 1].end else 0
