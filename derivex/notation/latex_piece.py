"""A written piece of LaTeX and the brackets round it."""

from __future__ import annotations

from collections.abc import Iterable

from derivex.notation import precedence as p
from derivex.notation.rope import Rope, rope

__all__ = ["LatexPiece", "at_least", "bracketed", "separated", "tall_among"]


class LatexPiece:
    """The LaTeX of a node, and what decides where it needs brackets.

    Args:
        text: the LaTeX, perhaps not joined yet.
        shape: what holds it together, see :mod:`derivex.notation.precedence`.
        opening: what it begins with.
        closing: what it ends with.
        tall: whether it is taller than a line, so that brackets round it have to grow.
    """

    __slots__ = ("closing", "opening", "shape", "tall", "text")

    def __init__(
        self, text: Rope, shape: int, opening: int = p.OTHER, closing: int = p.OTHER,
        tall: bool = False,
    ):  # fmt: skip
        self.text = text
        self.shape = shape
        self.opening = opening
        self.closing = closing
        self.tall = tall


def bracketed(piece: LatexPiece) -> LatexPiece:
    """The piece in round brackets, as tall as it is."""
    opening, closing = (r"\left(", r"\right)") if piece.tall else ("(", ")")
    text = rope((opening, piece.text, closing))
    return LatexPiece(text, p.CLOSED, p.ROUND, p.OTHER, piece.tall)


def at_least(piece: LatexPiece, shape: int) -> LatexPiece:
    """The piece, in brackets unless it holds together as tightly as the shape."""
    return piece if piece.shape >= shape else bracketed(piece)


def tall_among(pieces: Iterable[LatexPiece]) -> bool:
    """Whether one of the pieces is taller than a line."""
    for piece in pieces:  # noqa: SIM110  (three times as fast as any() for a few pieces)
        if piece.tall:
            return True
    return False


def separated(pieces: Iterable[LatexPiece], comma: str) -> Rope:
    """The pieces one after another, with a comma or the like between them."""
    parts: list[Rope] = []
    for piece in pieces:
        if parts:
            parts.append(comma)
        parts.append(piece.text)
    return rope(parts)
