r"""What the words around a formula in a line of text say about it: "let $u = …$", "for $x > 0$"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derivex.expression import ONE, integer, symbol
from derivex.expression.array_nodes import ArrayName, array_name
from derivex.notation.characters import plain_name
from derivex.notation.latex.tokens import Token, is_blank

__all__ = ["is_condition", "memberships", "says_let"]

_WINDOW = 120  # characters before a formula that are looked at
_LET = re.compile(
    r"\b(?:let|where|with|define[sd]?|defining|denot\w+|put|set|consider|suppose|assume|given"
    r"|function|model|write|by|say|sei|wobei|expressed as|loss)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:for|at|when|if|in case|where|setting|with|from|until|unless|since|and|or|case)\s*\Z",
    re.IGNORECASE,
)
_STRICT = re.compile(
    r"\b(?:for|at|when|if|in case|setting|from|until|unless|case)\b[^.;:]*\Z", re.IGNORECASE
)
_SENTENCE = re.compile(r"[.;:!?](?:\s|\Z)|\n\s*\n")


def _sentence(before: str) -> str:
    """What stands of the sentence before a formula."""
    ends = [found.end() for found in _SENTENCE.finditer(before)]
    return before[ends[-1] :] if ends else before


def says_let(text: str, start: int) -> bool:
    """Whether the words of the sentence before an offset introduce a definition.

    >>> says_let("Let $u = 1$", 4), says_let("This shows $u = 1$", 11)
    (True, False)
    """
    return _LET.search(_sentence(text[max(0, start - _WINDOW) : start])) is not None


def is_condition(text: str, start: int) -> bool:
    """Whether the words before an offset make what follows a condition: "for $x = 0$".

    >>> is_condition("For $x = 0$", 4), is_condition("For all, $x = 0$", 9)
    (True, True)
    """
    sentence = _sentence(text[max(0, start - _WINDOW) : start])
    words = re.sub(r"\$[^$]*\$", "$", sentence)
    return _STRICT.search(words) is not None


def memberships(tokens: Sequence[Token]) -> Iterator[ArrayName]:
    r"""The vectors and matrices that a formula declares: ``X \in \mathbb{R}^{n \times d}``.

    >>> from derivex.notation.latex.tokens import latex_tokens
    >>> found = memberships(latex_tokens(r"X \in \mathbb{R}^{n \times d}, y \in \mathbb{R}^n"))
    >>> [array.text for array in found]
    ['X: n by d', 'y: n']
    """
    text = "".join(" " if is_blank(token) else token.text for token in tokens)
    for found in _MEMBERSHIP.finditer(text):
        sizes = re.split(r"\\times|\\cdot|×", found["sizes"].strip("{} "))
        if len(sizes) > 2 or not all(_SIZE.fullmatch(size.strip()) for size in sizes):
            continue
        rows, columns = [_size(size.strip()) for size in sizes] if len(sizes) == 2 else (
            _size(sizes[0].strip()),
            ONE,
        )
        for name in re.split(r"\s*,\s*", found["names"]):
            plain = _plain(name)
            if plain is not None:
                letters, family = plain
                yield array_name(letters, rows, columns, family=family)


_ONE_NAME = (
    r"(?:\\(?:mathbf|boldsymbol|bm|vec)\s*\{\s*\\?[A-Za-z]+\s*\}|\\(?:mathbf|boldsymbol|bm|vec) ?[A-Za-z]"
    r"|\\[a-z]+|[A-Za-z])(?:_[a-z]|_\{[a-z]\})?"
)
_MEMBERSHIP = re.compile(
    rf"(?P<names>{_ONE_NAME}(?:\s*,\s*{_ONE_NAME})*)\s*(?:\\in|∈)\s*"
    r"(?:\\mathbb\s*\{?\s*R\s*\}?|\\R|\\Reals|ℝ)\s*\^\s*(?P<sizes>\{[^{}]*\}|[A-Za-z0-9])"
)
_SIZE = re.compile(r"[A-Za-z]|[1-9][0-9]{0,3}")


def _size(text: str):  # type: ignore[no-untyped-def]
    return integer(int(text)) if text.isdigit() else symbol(text)


def _plain(name: str) -> tuple[str, bool] | None:
    """The stored name of what is written, and whether it has an index."""
    family = re.search(r"_\{?[a-z]\}?\Z", name) is not None
    letters = re.sub(r"_\{?[a-z]\}?\Z", "", name)
    letters = re.sub(r"\\(?:mathbf|boldsymbol|bm|vec)\s*", "", letters).strip("{} \\")
    return (plain_name(letters), family) if letters.isalpha() else None
