"""Conditions and case distinctions as one line of text: if x > 0 then x² else 0."""

from __future__ import annotations

from derivex.expression import Node
from derivex.notation import precedence as p
from derivex.notation.assembly import Assembly
from derivex.notation.relation_signs import ASCII_SIGNS, UNICODE_SIGNS, chains
from derivex.notation.rope import Rope, rope
from derivex.notation.text_piece import TextPiece, any_bars, at_least, separated

__all__ = ["TextConditions"]


class TextConditions(Assembly[TextPiece]):
    """The part of the text writer that writes relations, and, or, and case distinctions."""

    unicode: bool

    def make_relation(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        """One relation between two sides."""
        sides = [at_least(side, p.SUM) for side in operands]
        text = separated(sides, "", self._sign(node), "")
        return TextPiece(text, p.RELATION, bars=any_bars(operands))

    make_equation = make_unequal = make_relation
    make_less = make_atmost = make_greater = make_atleast = make_nearly = make_relation

    def _sign(self, relation: Node) -> str:
        signs = UNICODE_SIGNS if self.unicode else ASCII_SIGNS
        return f" {signs[type(relation)]} "

    def make_and(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        parts: list[Rope] = []
        for chain in chains(node):
            if parts:
                parts.append(" and ")
            first = at_least(self._pieces[chain[0]], p.RELATION)
            parts.append(first.text)
            for relation in chain[1:]:
                assert isinstance(relation, Node)
                side = at_least(self._pieces[relation._args[1]], p.SUM)
                parts += [self._sign(relation), side.text]
        return TextPiece(rope(parts), p.CONJUNCTION, bars=any_bars(operands))

    def make_or(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        if not operands:
            return TextPiece("never", p.CLOSED)
        conditions = [at_least(operand, p.CONJUNCTION) for operand in operands]
        text = separated(conditions, "", " or ", "")
        return TextPiece(text, p.DISJUNCTION, bars=any_bars(operands))

    def make_branch(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        # A case distinction inside another one would take its else.
        value = at_least(operands[0], p.DISJUNCTION)
        if len(operands) == 1:
            return value
        text = rope(("if ", at_least(operands[1], p.DISJUNCTION).text, " then ", value.text))
        return TextPiece(text, p.CASES, bars=any_bars(operands))

    def make_cases(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        text = separated(operands, "", " else ", "")
        return TextPiece(text, p.CASES, bars=any_bars(operands))
