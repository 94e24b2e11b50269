"""Vectors and matrices as one line of text: Xᵀ(Xθ − y), ‖w‖², w·x."""

from __future__ import annotations

from functools import reduce

from derivex.expression import Dotted, Node
from derivex.expression.array_nodes import Inverse
from derivex.notation import precedence as p
from derivex.notation.array_layout import (
    is_letter,
    is_matrix,
    letters_of,
    needs_brackets,
    stand_together,
)
from derivex.notation.assembly import Assembly
from derivex.notation.rope import Rope, join, rope
from derivex.notation.spelling import subscript
from derivex.notation.text_piece import TextPiece, any_bars, at_least, bracketed, separated

__all__ = ["TextArrays"]


class TextArrays(Assembly[TextPiece]):
    """The part of the text writer that writes what is done with arrays."""

    unicode: bool
    _gaps: tuple[str, str, str]

    def _call(self, head: Rope, arguments: list[TextPiece], opening: int, bars: bool) -> TextPiece:
        raise NotImplementedError

    def make_d(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        raise NotImplementedError

    def make_matrixproduct(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        pieces: list[Rope] = []
        factors = node._args
        closing = p.OTHER
        for position, piece in enumerate(operands):
            if needs_brackets(piece, position == len(operands) - 1):
                piece = bracketed(piece)
            if position:
                together = piece.opening == p.ROUND and closing != p.CALLABLE
                near = stand_together(factors[position - 1], factors[position], together)
                number = piece.opening in (p.DIGIT, p.SQUARE, p.APART)
                gap = self._gaps[p.DOT] if number else " "
                pieces.append("" if near and self.unicode and not number else gap)
            pieces.append(piece.text)
            closing = piece.closing
        opening = p.LETTER if operands[0].shape >= p.QUOTIENT else p.ROUND
        opening = opening if operands[0].opening != p.OTHER else p.OTHER
        return TextPiece(rope(pieces), p.MATRICES, opening, closing, any_bars(operands))

    def make_transpose(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        inner = node._args[0]
        if type(inner) is Inverse and is_letter(inner):
            base = self._pieces[inner._args[0]]
            return self._raised(base, "⁻ᵀ" if self.unicode else "^-T")
        return self._raised(operands[0], "ᵀ" if self.unicode else "^T")

    def make_inverse(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        return self._raised(operands[0], "⁻¹" if self.unicode else "^-1")

    def _raised(self, base: TextPiece, raised: str) -> TextPiece:
        base = at_least(base, p.NAME)
        return TextPiece(rope((base.text, raised)), p.POWER, base.opening, p.OTHER, base.bars)

    def make_dot(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        if is_matrix(node._args[0]):
            if not self.unicode:
                return self._call("inner", operands, p.OTHER, any_bars(operands))
            text = separated(operands, "⟨", ", ", "⟩")
            return TextPiece(text, p.CLOSED, p.ROUND, p.OTHER, any_bars(operands))
        return self._joined(operands, "·" if self.unicode else "*")

    def make_hadamard(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        if not self.unicode:
            return reduce(self._as_call, operands)
        return self._joined(operands, " ⊙ ")

    def _as_call(self, left: TextPiece, right: TextPiece) -> TextPiece:
        return self._call("hadamard", [left, right], p.OTHER, any_bars((left, right)))

    def _joined(self, operands: list[TextPiece], sign: str) -> TextPiece:
        parts = [
            part if part.shape in (p.NAME, p.CLOSED, p.POWER) else bracketed(part)
            for part in operands
        ]
        text = separated(parts, "", sign, "")
        return TextPiece(text, p.CHAIN, p.OTHER, p.OTHER, any_bars(operands))

    def make_entrywise(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        if not self.unicode:
            return self._call("entrywise", operands, p.OTHER, any_bars(operands))
        body, name, array = operands
        text = rope(("[", body.text, "]_(", name.text, " = ", array.text, ")"))
        return TextPiece(text, p.CLOSED, p.ROUND, p.OTHER, any_bars(operands))

    def make_norm(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        bars = "‖" if self.unicode else "||"
        index = ""
        if len(operands) > 1:
            index = join(operands[1].text)
            index = (subscript(index) if self.unicode else None) or "_" + index
        elif is_matrix(node._args[0]):
            index = "_F"
        text = rope((bars, operands[0].text, bars, index))
        return TextPiece(text, p.CLOSED, p.CLING, p.OTHER, True)

    def make_identity(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        size = join(operands[0].text)
        low = subscript(size) if self.unicode else None
        return TextPiece("I" + (low or "_" + size), p.NAME, p.LETTER)

    def make_ones(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        if not self.unicode:
            return self._call("ones", operands, p.OTHER, False)
        return TextPiece("𝟏", p.NAME, p.LETTER)

    def make_basis(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        index = join(operands[0].text)
        low = subscript(index)
        if not self.unicode or low is None:
            return self._call("basis", operands, p.OTHER, False)
        return TextPiece("e" + low, p.NAME, p.LETTER)

    def make_entries(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        """A vector as the arguments of a function: f(x), or f(x₁, …, xₘ) as it was written."""
        if type(node._args[0]) is not Dotted:
            return operands[0]
        inside = join(operands[0].text)[1:-1].replace("; ", ", ")
        return TextPiece(inside, p.SUM, bars=operands[0].bars)

    def make_nabla(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        return self._with_nabla("∇_" if self.unicode else "grad_", self._by(node, operands))

    def make_hessian(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        if not self.unicode:
            return self._call("hessian", operands, p.OTHER, any_bars(operands))
        return self._with_nabla("∇²_", self._by(node, operands))

    def _by(self, node: Node, operands: list[TextPiece]) -> list[TextPiece]:
        """The operands of a derivative; a vector of letters that it is by stands as (x, y)."""
        letters = letters_of(node._args[1])
        if not letters:
            return operands
        text = separated([self._pieces[each] for each in letters], "", ", ", "")
        return [operands[0], TextPiece(text, p.SUM)]

    def _with_nabla(self, sign: str, operands: list[TextPiece]) -> TextPiece:
        operand, variable = operands
        simple = (p.NUMBER, p.NAME, p.POWER, p.CLOSED)
        if operand.shape not in simple or operand.opening == p.ROUND:
            operand = bracketed(operand)
        by = variable if variable.shape == p.NAME else bracketed(variable)
        text = rope((sign, by.text, " ", operand.text))
        bars = any_bars(operands)
        return TextPiece(text, p.DERIVATIVE, p.APART, p.APART, bars)

    def make_jacobian(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        return self.make_d(node, self._by(node, operands))

    def make_adjoint(self, node: Node, operands: list[TextPiece]) -> TextPiece:
        if not self.unicode:
            return self._call("adjoint", operands, p.OTHER, any_bars(operands))
        derivative = bracketed(self.make_d(node, operands[:2]))
        text = rope((derivative.text, "ᵀ[", operands[2].text, "]"))
        return TextPiece(text, p.POWER, p.ROUND, p.OTHER, any_bars(operands))
