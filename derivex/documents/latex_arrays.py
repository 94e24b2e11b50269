r"""What formulas say about vectors and matrices: ``\boldsymbol{w}``, X ∈ R^(n×d), f: R^n → R."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sympy.core.basic import Basic

from derivex.expression import ONE, integer, symbol
from derivex.expression.array_nodes import ArrayName, array_name
from derivex.notation.characters import plain_name
from derivex.notation.latex.tokens import Token, is_blank

__all__ = ["bold_names", "maps_of_vectors", "memberships", "vectors_written_out"]


def memberships(tokens: Sequence[Token]) -> Iterator[ArrayName]:
    r"""The vectors and matrices that a formula declares: ``X \in \mathbb{R}^{n \times d}``.

    >>> from derivex.notation.latex.tokens import latex_tokens
    >>> found = memberships(latex_tokens(r"X \in \mathbb{R}^{n \times d}, y \in \mathbb{R}^n"))
    >>> [array.text for array in found]
    ['X: n by d', 'y: n']
    """
    text = "".join(" " if is_blank(token) else token.text for token in tokens)
    last = 0
    for sign in _IN.finditer(text):
        # Names are looked for near the sign: a long list of them would take long to go through.
        first = max(last, sign.start() - _NEAR)
        found = _MEMBERSHIP.search(text, first, sign.end() + _NEAR)
        if found is None:
            continue
        last = found.end()
        sizes = re.split(r"\\times|\\cdot|×", found["sizes"].strip("{} "))
        if len(sizes) > 2 or not all(_SIZE.fullmatch(size.strip()) for size in sizes):
            continue
        rows = _size(sizes[0].strip())
        columns = _size(sizes[1].strip()) if len(sizes) == 2 else ONE
        for name in re.split(r"\s*,\s*", found["names"]):
            plain = _plain(name)
            if plain is not None:
                letters, family = plain
                yield array_name(letters, rows, columns, family=family)


def maps_of_vectors(tokens: Sequence[Token]) -> Iterator[tuple[str, str]]:
    r"""The functions that a formula says to take vectors to numbers, with the vectors' size.

    >>> from derivex.notation.latex.tokens import latex_tokens
    >>> list(maps_of_vectors(latex_tokens(r"f: \mathbb{R}^n \to \mathbb{R}")))
    [('f', 'n')]
    """
    text = "".join(" " if is_blank(token) else token.text for token in tokens)
    for found in _MAP.finditer(text) if ":" in text or r"\colon" in text else ():
        yield plain_name(found["name"].strip("\\")), found["size"].strip("{} ")


def vectors_written_out(tokens: Sequence[Token]) -> Iterator[ArrayName]:
    r"""The vectors that a formula lists the entries of: x = (x_1, \dots, x_m).

    >>> from derivex.notation.latex.tokens import latex_tokens
    >>> found = vectors_written_out(latex_tokens(r"v = (v_1, v_2, \ldots, v_m) \in V"))
    >>> [array.text for array in found]
    ['v: m']
    """
    text = "".join("" if is_blank(token) else token.text for token in tokens)
    for found in _WRITTEN_OUT.finditer(text) if "dots" in text else ():
        yield array_name(plain_name(found["name"].strip("\\")), symbol(found["size"].strip("{}")))


def bold_names(tokens: Sequence[Token]) -> Iterator[tuple[str, bool]]:
    r"""The single letters that are set bold, or have an arrow, and whether a subscript follows.

    >>> from derivex.notation.latex.tokens import latex_tokens
    >>> list(bold_names(latex_tokens(r"\mathbf{w} \cdot \mathbf x_i + b")))
    [('w', False), ('x', True)]
    """
    shown = [token for token in tokens if not is_blank(token)]
    for position, token in enumerate(shown):
        if token.text not in _BOLD:
            continue
        braced = position + 3 < len(shown) and shown[position + 1].kind == "OPEN"
        letter = position + 1 + braced
        if letter + 1 >= len(shown):
            continue
        within = braced and shown[letter + 1].kind == "SUB"  # \\boldsymbol{w_i}
        if braced and not within and shown[letter + 1].kind != "CLOSE":
            continue
        name = shown[letter].text.lstrip("\\")
        if name.isalpha():
            after = letter + 1 + (braced and not within)
            index = shown[after : after + 1]
            yield name, bool(index) and index[0].kind == "SUB" and _is_index(shown[after + 1 :])


def _is_index(tokens: Sequence[Token]) -> bool:
    """Whether a subscript is a letter, in braces or not."""
    first = tokens[1:2] if tokens and tokens[0].kind == "OPEN" else tokens[:1]
    return bool(first) and first[0].kind == "LETTER"


_BOLD = frozenset((r"\mathbf", r"\boldsymbol", r"\bm", r"\vec", r"\pmb"))
_ONE_NAME = (
    r"(?:\\(?:mathbf|boldsymbol|bm|vec)\s*\{\s*\\?[A-Za-z]+\s*\}"
    r"|\\(?:mathbf|boldsymbol|bm|vec) ?[A-Za-z]"
    r"|\\[a-z]+|[A-Za-z])(?:_[a-z]|_\{[a-z]\})?"
)
_MEMBERSHIP = re.compile(
    rf"(?P<names>{_ONE_NAME}(?:\s*,\s*{_ONE_NAME})*)\s*(?:\\in|∈)\s*"
    r"(?:\\mathbb\s*\{?\s*R\s*\}?|\\R|\\Reals|ℝ)\s*\^\s*(?P<sizes>\{[^{}]*\}|[A-Za-z0-9])"
)
_REALS = r"(?:\\mathbb\s*\{?\s*R\s*\}?|\\R|\\Reals|ℝ)"
_MAP = re.compile(
    rf"(?P<name>\\?[A-Za-z]{{1,12}})\s*(?::|\\colon)\s*{_REALS}\s*\^\s*(?P<size>\{{[a-z]\}}|[a-z])"
    rf"\s*(?:\\to|\\rightarrow|\\longrightarrow|→)\s*{_REALS}(?!\s*\^)"
)
_WRITTEN_OUT = re.compile(
    r"(?<![A-Za-z\\_{])(?P<name>[A-Za-z]|\\[a-z]{2,7})=(?:\\left)?[(\[](?P=name)_\{?1\}?,"
    r"(?:(?P=name)_\{?2\}?,)?\\[lc]?dots,(?P=name)_(?P<size>[a-zA-Z]|\{[a-zA-Z]\})(?:\\right)?[)\]]"
)
_IN = re.compile(r"\\in(?![a-z])|∈")
_NEAR = 60  # characters around it
_SIZE = re.compile(r"[A-Za-z]|[1-9][0-9]{0,3}")


def _size(text: str) -> Basic:
    return integer(int(text)) if text.isdigit() else symbol(text)


def _plain(name: str) -> tuple[str, bool] | None:
    """The stored name of what is written, and whether it has an index."""
    family = re.search(r"_\{?[a-z]\}?\Z", name) is not None
    letters = re.sub(r"_\{?[a-z]\}?\Z", "", name)
    letters = re.sub(r"\\(?:mathbf|boldsymbol|bm|vec)\s*", "", letters).strip("{} \\")
    return (plain_name(letters), family) if letters.isalpha() else None
