"""A formula laid out in two dimensions, and what decides where it needs brackets."""

from __future__ import annotations

from derivex.notation import precedence as p
from derivex.rendering.box import Sketch

__all__ = ["StackedPiece"]


class StackedPiece:
    """The sketch of a node, and what decides where it needs brackets.

    Args:
        sketch: where its parts stand.
        shape: what holds it together, see :mod:`derivex.notation.precedence`.
        opening: what it begins with.
        closing: what it ends with.
    """

    __slots__ = ("closing", "opening", "shape", "sketch")

    def __init__(self, sketch: Sketch, shape: int, opening: int = p.OTHER, closing: int = p.OTHER):
        self.sketch = sketch
        self.shape = shape
        self.opening = opening
        self.closing = closing
