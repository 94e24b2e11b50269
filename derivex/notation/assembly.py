"""Building something for every node of a tree out of what was built for its operands.

The text, LaTeX and two-dimensional writers all work this way.  Nodes are interned, so what was
built once is found again by the node: a line that differs from the last one in a single term
costs that term and the nodes above it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Generic, TypeVar

from sympy.core.basic import Basic

from derivex.expression import Node

__all__ = ["Assembly"]

Piece = TypeVar("Piece")


class Assembly(Generic[Piece]):
    """Keeps one piece for every node it has met.  Depth costs no recursion.

    A subclass has a method for each kind of inner node, ``make_plus`` for Plus and so on, which
    makes the piece from the node and the pieces of its operands; and it defines :meth:`leaf`.

    Args:
        makers: functions that do the same for some kinds of node, where a method is too much.
    """

    def __init__(
        self, makers: Mapping[type, Callable[[Node, list[Piece]], Piece]] | None = None
    ) -> None:
        self._makers = dict(makers or {})
        self._pieces: dict[Basic, Piece] = {}
        self._marks: Mapping[Basic, int] = {}  # the nodes that are marked

    def mark(self, piece: Piece, number: int) -> Piece:
        """The piece with a mark on it."""
        raise NotImplementedError

    def marked_piece(self, node: Basic, marks: Mapping[Basic, int]) -> Piece:
        """The piece of a node in which some nodes are marked, each with a number.

        The marked nodes are copies that stand nowhere else (see ``rendering.marking``).
        """
        self._marks = marks
        try:
            return self.piece(node)
        finally:
            self._marks = {}

    def leaf(self, node: Basic) -> Piece:
        """The piece of a node without operands."""
        raise NotImplementedError

    def piece(self, node: Basic) -> Piece:
        """The piece of a node.

        Raises:
            TypeError: if there is a kind of node in it that cannot be written.
        """
        pieces = self._pieces
        found = pieces.get(node)
        if found is not None:
            return found
        marks = self._marks
        if not (isinstance(node, Node) and node._args):
            made = pieces[node] = self._leaf(node) if marks else self.leaf(node)
            return made
        stack: list[Node] = [node]
        while stack:
            top = stack[-1]
            operands: list[Piece] = []
            waiting = False
            for operand in top._args:
                known = pieces.get(operand)
                if known is None:
                    if isinstance(operand, Node) and operand._args:
                        stack.append(operand)
                        waiting = True
                        continue
                    known = pieces[operand] = self._leaf(operand) if marks else self.leaf(operand)
                operands.append(known)
            if not waiting:
                stack.pop()
                if top not in pieces:
                    made = self._make(top, operands)
                    pieces[top] = self.mark(made, marks[top]) if top in marks else made
        return pieces[node]

    def _leaf(self, node: Basic) -> Piece:
        made = self.leaf(node)
        number = self._marks.get(node)
        return made if number is None else self.mark(made, number)

    def _make(self, node: Node, operands: list[Piece]) -> Piece:
        kind = type(node)
        maker = self._makers.get(kind)
        if maker is None:
            maker = getattr(self, f"make_{kind.__name__.lower()}", None)
            if maker is None:
                raise TypeError(f"there is no notation for a node of the kind {kind.__name__}")
            self._makers[kind] = maker
        return maker(node, operands)
