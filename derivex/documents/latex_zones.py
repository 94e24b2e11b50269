r"""Where a LaTeX document has formulas: ``$…$``, ``$$…$$``, ``\[…\]``, environments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from derivex.notation.latex.tokens import Token, environment_of

__all__ = ["LAYOUTS", "Zone", "zones_of"]

DISPLAYS = frozenset(
    ("equation", "align", "gather", "multline", "eqnarray", "alignat", "flalign", "displaymath",
     "math", "dmath", "IEEEeqnarray", "subequations")
)  # fmt: skip
"""The environments that begin a display."""
LAYOUTS = frozenset(
    ("aligned", "alignedat", "gathered", "split", "array", "align", "gather", "alignat",
     "flalign", "eqnarray", "equation", "subarray", "multline", "multlined")
)  # fmt: skip
"""The environments whose rows are rows of a derivation, where they make up a whole display."""
_VERBATIM = frozenset(["verbatim", "lstlisting", "minted", "comment", "tikzpicture", "Verbatim"])
_CLOSING = {r"\[": r"\]", r"\(": r"\)"}


class Zone(NamedTuple):
    """A stretch of formulas.

    Args:
        inline: whether it stands in a line of text.
        first, last: the tokens inside, without what opens and closes it: first to last - 1.
        environment: the name of the environment, "" if it is none.
        opening: the token that opens it.
        closed: whether it ends.
    """

    inline: bool
    first: int
    last: int
    environment: str
    opening: Token
    closed: bool


def zones_of(tokens: Sequence[Token], environments: Mapping[str, str] | None = None) -> list[Zone]:
    r"""The stretches of formulas, in order; a text with none is one display.

    >>> from derivex.notation.latex.tokens import latex_tokens
    >>> [zone.inline for zone in zones_of(latex_tokens(r"let $a = b$, so \[ a = c \]"))]
    [True, False]

    A formula between single dollars is a display, too, where it is a paragraph of its own.

    >>> [zone.inline for zone in zones_of(latex_tokens("So\n\n$a = b$.\n\nAnd $c = d$."))]
    [False, True]
    """
    found: list[Zone] = []
    position = 0
    skip = ""
    while position < len(tokens):
        token = tokens[position]
        name = environment_of(token) if token.kind in ("BEGIN", "END") else ""
        if skip:
            if token.kind == "END" and name == skip:
                skip = ""
            position += 1
        elif token.kind == "BEGIN" and name in _VERBATIM:
            skip = name
            position += 1
        elif token.kind == "DOLLAR" or token.text in _CLOSING:
            zone = _delimited(tokens, position)
            found.append(zone)
            position = zone.last + 1
        elif token.kind == "BEGIN" and name in DISPLAYS | LAYOUTS:
            last, closed = _end_of(tokens, position)
            found.append(Zone(False, position + 1, last, name, token, closed))
            position = last + 1
        else:
            position += 1
    bare = not any(zone.inline or zone.environment not in LAYOUTS - DISPLAYS for zone in found)
    if tokens and bare and not any(token.text == r"\documentclass" for token in tokens):
        return [Zone(False, 0, len(tokens), "", tokens[0], True)]
    return found


def _delimited(tokens: Sequence[Token], position: int) -> Zone:
    """What stands between dollars, or between ``\\[`` and ``\\]``."""
    opening = tokens[position]
    closing = _CLOSING.get(opening.text, opening.text)
    inline = opening.text in ("$", r"\(")
    # An inline formula ends with its paragraph: one dollar too many must not swallow the rest.
    for last in range(position + 1, len(tokens)):
        token = tokens[last]
        if token.text == closing:
            inline = inline and not _is_paragraph(tokens, position, last)
            return Zone(inline, position + 1, last, "", opening, True)
        if inline and _parts_paragraphs(token):
            return Zone(inline, position + 1, last, "", opening, False)
        if not inline and token.kind == "DOLLAR":
            return Zone(inline, position + 1, last - 1, "", opening, False)
    return Zone(inline, position + 1, len(tokens), "", opening, False)


def _is_paragraph(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether nothing but a full stop stands in a paragraph beside what two tokens delimit."""
    behind = last + 1
    while behind < len(tokens) and tokens[behind].text in (".", ","):
        behind += 1
    begins = first == 0 or _parts_paragraphs(tokens[first - 1])
    ends = behind >= len(tokens) - 1 or _parts_paragraphs(tokens[behind])
    return begins and ends


def _parts_paragraphs(token: Token) -> bool:
    return token.kind == "SPACE" and token.text.count("\n") > 1


def _end_of(tokens: Sequence[Token], position: int) -> tuple[int, bool]:
    """Where an environment ends, and whether it does; one of the same name may stand in it."""
    name = environment_of(tokens[position])
    depth = 0
    for last in range(position, len(tokens)):
        token = tokens[last]
        if token.kind in ("BEGIN", "END") and environment_of(token) == name:
            depth += 1 if token.kind == "BEGIN" else -1
            if depth == 0:
                return last, True
        elif token.text == r"\end" or (token.kind == "END" and environment_of(token) == "document"):
            return last, False
    # It never ends: it goes as far as its paragraph.
    for last in range(position + 1, len(tokens)):
        if _parts_paragraphs(tokens[last]):
            return last, False
    return len(tokens), False
