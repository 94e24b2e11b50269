"""Vectors and matrices in two dimensions."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression import Dotted, Node
from derivex.expression.array_nodes import Inverse
from derivex.notation import TextWriter
from derivex.notation import precedence as p
from derivex.notation.array_layout import (
    is_letter,
    is_matrix,
    letters_of,
    needs_brackets,
    stand_together,
)
from derivex.notation.assembly import Assembly
from derivex.notation.rope import join
from derivex.rendering.box import Sketch, beside, text_sketch
from derivex.rendering.brackets import enclosed, is_flat
from derivex.rendering.stacked_piece import StackedPiece

__all__ = ["StackedArrays"]


class StackedArrays(Assembly[StackedPiece]):
    """The part of the stacked writer that lays out what is done with arrays."""

    unicode: bool
    _text: TextWriter
    _gaps: tuple[str, str, str]

    def _bracketed(self, piece: StackedPiece) -> StackedPiece:
        raise NotImplementedError

    def at_least(self, piece: StackedPiece, shape: int) -> StackedPiece:
        raise NotImplementedError

    def _separated(self, operands: list[StackedPiece], comma: str) -> Sketch:
        raise NotImplementedError

    def _on_one_line(self, node: Basic, sketch: Sketch) -> Sketch:
        raise NotImplementedError

    def make_d(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        raise NotImplementedError

    def make_matrixproduct(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        parts: list[Sketch | str] = []
        factors = node._args
        closing = p.OTHER
        for position, piece in enumerate(operands):
            if needs_brackets(piece, position == len(operands) - 1):
                piece = self._bracketed(piece)
            if position:
                together = piece.opening == p.ROUND and closing != p.CALLABLE
                near = stand_together(factors[position - 1], factors[position], together)
                number = piece.opening in (p.DIGIT, p.SQUARE, p.APART)
                gap = self._gaps[p.DOT] if number else " "
                parts.append("" if near and self.unicode and not number else gap)
            parts.append(piece.sketch)
            closing = piece.closing
        opening = p.LETTER if operands[0].shape >= p.QUOTIENT else p.ROUND
        return StackedPiece(beside(parts), p.MATRICES, opening, closing)

    def make_transpose(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        inner = node._args[0]
        if type(inner) is Inverse and is_letter(inner):
            base = self._pieces[inner._args[0]]
            return self._raised(base, "⁻ᵀ" if self.unicode else "^-T")
        return self._raised(operands[0], "ᵀ" if self.unicode else "^T")

    def make_inverse(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        return self._raised(operands[0], "⁻¹" if self.unicode else "^-1")

    def _raised(self, base: StackedPiece, raised: str) -> StackedPiece:
        base = self.at_least(base, p.NAME)
        top = 0 if is_flat(base.sketch) else base.sketch.above
        high = Sketch(len(raised), top, 0, ((-top, 0, raised),))
        return StackedPiece(beside((base.sketch, high)), p.POWER, base.opening)

    def make_dot(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        if is_matrix(node._args[0]):
            first, last = ("⟨", "⟩") if self.unicode else ("<", ">")
            inside = self._separated(operands, ", ")
            return StackedPiece(beside((first, inside, last)), p.CLOSED, p.ROUND)
        return self._joined(operands, "·" if self.unicode else "*")

    def make_hadamard(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        return self._joined(operands, " ⊙ ")

    def _joined(self, operands: list[StackedPiece], sign: str) -> StackedPiece:
        parts = [
            part if part.shape in (p.NAME, p.CLOSED, p.POWER) else self._bracketed(part)
            for part in operands
        ]
        return StackedPiece(self._separated(parts, sign), p.CHAIN)

    def make_entrywise(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        body, name, array = operands
        place = self._on_one_line(node._args[2], array.sketch)
        inside = enclosed(body.sketch, "[", "]", self.unicode)
        low = beside(("_(", name.sketch, " = ", place, ")"))
        return StackedPiece(beside((inside, low)), p.CLOSED, p.ROUND)

    def make_norm(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        if all(operand.sketch.height == 1 for operand in operands):
            return self._as_text(node)
        if self.unicode:
            inside = enclosed(operands[0].sketch, "‖", "‖", True)
        else:
            inside = enclosed(enclosed(operands[0].sketch, "|", "|", False), "|", "|", False)
        if len(operands) > 1 or is_matrix(node._args[0]):
            index = operands[1].sketch if len(operands) > 1 else text_sketch("F")
            depth = inside.below + index.above
            low = Sketch(index.width, 0, depth + index.below, ((depth, 0, index),))
            inside = beside((inside, low))
        return StackedPiece(inside, p.CLOSED, p.CLING)

    def _as_text(self, node: Node) -> StackedPiece:
        written = self._text.piece(node)
        sketch = text_sketch(join(written.text))
        return StackedPiece(sketch, written.shape, written.opening, written.closing)

    def make_identity(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        return self._as_text(node)

    def make_ones(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        return self._as_text(node)

    def make_basis(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        return self._as_text(node)

    def make_entries(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        return self._as_text(node) if type(node._args[0]) is Dotted else operands[0]

    def make_nabla(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        return self._with_nabla("∇_" if self.unicode else "grad_", node, operands)

    def make_hessian(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        return self._with_nabla("∇²_" if self.unicode else "grad^2_", node, operands)

    def _letters(self, variable: Basic) -> Sketch:
        """A vector of letters that one differentiates by: (x, y)."""
        pieces = [self._pieces[each] for each in letters_of(variable)]
        return beside(("(", self._separated(pieces, ", "), ")"))

    def _with_nabla(self, sign: str, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        operand, variable = operands
        simple = (p.NUMBER, p.NAME, p.POWER, p.CLOSED)
        if operand.shape not in simple or operand.opening == p.ROUND:
            operand = self._bracketed(operand)
        by = self._on_one_line(node._args[1], variable.sketch)
        if letters_of(node._args[1]):
            by = self._letters(node._args[1])
        elif variable.shape != p.NAME:
            by = enclosed(by, "(", ")", self.unicode)
        return StackedPiece(beside((sign, by, " ", operand.sketch)), p.DERIVATIVE, p.APART, p.APART)

    def make_jacobian(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        if letters_of(node._args[1]):
            by = StackedPiece(self._letters(node._args[1]), p.NAME)
            operands = [operands[0], by]
        return self.make_d(node, operands)

    def make_adjoint(self, node: Node, operands: list[StackedPiece]) -> StackedPiece:
        raised = self._raised(self.make_d(node, operands[:2]), "ᵀ" if self.unicode else "^T")
        inside = enclosed(operands[2].sketch, "[", "]", self.unicode)
        return StackedPiece(beside((raised.sketch, inside)), p.POWER, p.ROUND)
