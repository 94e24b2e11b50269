"""A written piece of text and the brackets round it."""

from __future__ import annotations

from collections.abc import Iterable

from derivex.notation import precedence as p
from derivex.notation.rope import Rope, rope

__all__ = ["TextPiece", "any_bars", "at_least", "bracketed", "separated"]


class TextPiece:
    """The text of a node, and what decides where it needs brackets.

    Args:
        text: the text, perhaps not joined yet.
        shape: what holds it together, see :mod:`derivex.notation.precedence`.
        opening: what it begins with.
        closing: what it ends with.
        bars: whether a | stands in it, so that |…| round it would be ambiguous.
    """

    __slots__ = ("bars", "closing", "opening", "shape", "text")

    def __init__(
        self, text: Rope, shape: int, opening: int = p.OTHER, closing: int = p.OTHER,
        bars: bool = False,
    ):  # fmt: skip
        self.text = text
        self.shape = shape
        self.opening = opening
        self.closing = closing
        self.bars = bars


def bracketed(piece: TextPiece) -> TextPiece:
    """The piece in round brackets."""
    return TextPiece(rope(("(", piece.text, ")")), p.CLOSED, p.ROUND, p.OTHER, piece.bars)


def at_least(piece: TextPiece, shape: int) -> TextPiece:
    """The piece, in brackets unless it holds together as tightly as the shape."""
    return piece if piece.shape >= shape else bracketed(piece)


def any_bars(operands: Iterable[TextPiece]) -> bool:
    """Whether a | stands in one of the operands."""
    for operand in operands:  # noqa: SIM110  (three times as fast as any() for a few operands)
        if operand.bars:
            return True
    return False


def separated(operands: Iterable[TextPiece], opening: str, comma: str, closing: str) -> Rope:
    """The operands one after another, with a comma or the like between them."""
    pieces: list[Rope] = [opening]
    for position, operand in enumerate(operands):
        if position:
            pieces.append(comma)
        pieces.append(operand.text)
    pieces.append(closing)
    return rope(pieces)
