r"""Conditions and case distinctions as LaTeX: \begin{cases} x & \text{if } x > 0 … \end{cases}."""

from __future__ import annotations

from derivex.expression import Node
from derivex.notation import precedence as p
from derivex.notation.assembly import Assembly
from derivex.notation.latex_piece import LatexPiece, at_least, separated, tall_among
from derivex.notation.relation_signs import LATEX_SIGNS, chains
from derivex.notation.rope import Rope, rope

__all__ = ["LatexConditions"]


class LatexConditions(Assembly[LatexPiece]):
    """The part of the LaTeX writer that writes relations, and, or, and case distinctions."""

    def make_relation(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        """One relation between two sides."""
        sides = [at_least(side, p.SUM) for side in operands]
        text = separated(sides, f" {LATEX_SIGNS[type(node)]} ")
        return LatexPiece(text, p.RELATION, tall=tall_among(operands))

    make_equation = make_unequal = make_relation
    make_less = make_atmost = make_greater = make_atleast = make_nearly = make_relation

    def make_and(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        parts: list[Rope] = []
        for chain in chains(node):
            if parts:
                parts.append(r" \text{ and } ")
            parts.append(at_least(self._pieces[chain[0]], p.RELATION).text)
            for relation in chain[1:]:
                assert isinstance(relation, Node)
                side = at_least(self._pieces[relation._args[1]], p.SUM)
                parts += [f" {LATEX_SIGNS[type(relation)]} ", side.text]
        return LatexPiece(rope(parts), p.CONJUNCTION, tall=tall_among(operands))

    def make_or(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        if not operands:
            return LatexPiece(r"\text{never}", p.CLOSED)
        conditions = [at_least(operand, p.CONJUNCTION) for operand in operands]
        text = separated(conditions, r" \text{ or } ")
        return LatexPiece(text, p.DISJUNCTION, tall=tall_among(operands))

    def make_branch(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        value = at_least(operands[0], p.DISJUNCTION)
        condition: Rope = r"\text{otherwise}"
        if len(operands) > 1:
            condition = rope((r"\text{if } ", operands[1].text))
        return LatexPiece(rope((value.text, " & ", condition)), p.CASES, tall=value.tall)

    def make_cases(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        rows = separated(operands, r" \\ ")
        text = rope((r"\begin{cases} ", rows, r" \end{cases}"))
        return LatexPiece(text, p.CASES, tall=True)
