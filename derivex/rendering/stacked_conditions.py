"""Conditions and case distinctions in two dimensions, with a brace as on paper."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression import Node
from derivex.notation import precedence as p
from derivex.notation.assembly import Assembly
from derivex.notation.relation_signs import ASCII_SIGNS, UNICODE_SIGNS, chains
from derivex.rendering.box import Part, Sketch, beside, text_sketch
from derivex.rendering.brackets import braced
from derivex.rendering.stacked_piece import StackedPiece

__all__ = ["StackedConditions"]


class StackedConditions(Assembly[StackedPiece]):
    """The part of the stacked writer that lays out relations, and, or, and case distinctions."""

    unicode: bool

    def at_least(self, piece: StackedPiece, shape: int) -> StackedPiece:
        """The piece, in brackets unless it holds together as tightly as the shape."""
        raise NotImplementedError

    def make_relation(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        """One relation between two sides."""
        left, right = (self.at_least(side, p.SUM).sketch for side in operands)
        return StackedPiece(beside((left, self._sign(node), right)), p.RELATION)

    make_equation = make_unequal = make_relation
    make_less = make_atmost = make_greater = make_atleast = make_nearly = make_relation

    def _sign(self, relation: Node) -> str:
        signs = UNICODE_SIGNS if self.unicode else ASCII_SIGNS
        return f" {signs[type(relation)]} "

    def make_and(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        parts: list[Sketch | str] = []
        for chain in chains(node):
            if parts:
                parts.append(" and ")
            parts.append(self.at_least(self._pieces[chain[0]], p.RELATION).sketch)
            for relation in chain[1:]:
                assert isinstance(relation, Node)
                side = self.at_least(self._pieces[relation._args[1]], p.SUM)
                parts += [self._sign(relation), side.sketch]
        return StackedPiece(beside(parts), p.CONJUNCTION)

    def make_or(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        if not operands:
            return StackedPiece(text_sketch("never"), p.CLOSED)
        parts: list[Sketch | str] = []
        for operand in operands:
            if parts:
                parts.append(" or ")
            parts.append(self.at_least(operand, p.CONJUNCTION).sketch)
        return StackedPiece(beside(parts), p.DISJUNCTION)

    def make_branch(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        value, condition = self._columns(node)
        return StackedPiece(beside((value, "  ", condition)), p.CASES)

    def _columns(self, branch: Basic) -> tuple[Sketch, Sketch]:
        """The value of a branch, and the words beside it."""
        if not isinstance(branch, Node) or not branch._args:
            return self._pieces[branch].sketch, text_sketch("")  # the dots of a rule
        value = self.at_least(self._pieces[branch._args[0]], p.DISJUNCTION).sketch
        if len(branch._args) == 1:
            return value, text_sketch("otherwise")
        return value, beside(("if ", self._pieces[branch._args[1]].sketch))

    def make_cases(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        rows = [self._columns(branch) for branch in node._args]
        widest = max(value.width for value, _ in rows)
        parts: list[Part] = []
        height = width = 0
        tall_before = False
        for value, condition in rows:
            above = max(value.above, condition.above)
            below = max(value.below, condition.below)
            if parts and (above or below or tall_before):
                height += 1  # tall rows stand apart from the others
            tall_before = above > 0 or below > 0
            row = height + above
            parts += [(row, 0, value), (row, widest + 2, condition)]
            height += above + 1 + below
            width = max(width, widest + 2 + condition.width)
        middle = (height - 1) // 2
        moved: tuple[Part, ...] = tuple((row - middle, place, part) for row, place, part in parts)
        inside = Sketch(width, middle, height - 1 - middle, moved)
        return StackedPiece(braced(inside, self.unicode), p.CASES)
