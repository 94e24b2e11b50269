r"""Vectors and matrices as LaTeX: X^{\top} (X \theta - y), \|w\|^{2}."""

from __future__ import annotations

from derivex.expression import Dotted, Node
from derivex.expression.array_nodes import Inverse
from derivex.notation import precedence as p
from derivex.notation.array_layout import is_letter, is_matrix, letters_of, needs_brackets
from derivex.notation.assembly import Assembly
from derivex.notation.latex_piece import LatexPiece, bracketed, separated, tall_among
from derivex.notation.rope import Rope, rope

__all__ = ["LatexArrays"]


class LatexArrays(Assembly[LatexPiece]):
    """The part of the LaTeX writer that writes what is done with arrays."""

    def make_d(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        raise NotImplementedError

    def make_matrixproduct(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        pieces: list[Rope] = []
        for position, piece in enumerate(operands):
            if needs_brackets(piece, position == len(operands) - 1):
                piece = bracketed(piece)
            if position:
                number = piece.opening in (p.DIGIT, p.APART)
                pieces.append(r" \cdot " if number else " ")
            pieces.append(piece.text)
        tall = tall_among(operands)
        return LatexPiece(rope(pieces), p.MATRICES, p.LETTER, p.OTHER, tall)

    def make_transpose(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        inner = node._args[0]
        if type(inner) is Inverse and is_letter(inner):
            return self._raised(self._pieces[inner._args[0]], r"^{-\top}")
        return self._raised(operands[0], r"^{\top}")

    def make_inverse(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        return self._raised(operands[0], "^{-1}")

    def _raised(self, base: LatexPiece, raised: str) -> LatexPiece:
        base = base if base.shape == p.NAME else bracketed(base)
        return LatexPiece(rope((base.text, raised)), p.POWER, base.opening, p.OTHER, base.tall)

    def make_dot(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        if is_matrix(node._args[0]):
            text = rope((r"\left\langle ", separated(operands, ", "), r" \right\rangle"))
            return LatexPiece(text, p.CLOSED, p.ROUND, p.OTHER, tall_among(operands))
        return self._joined(operands, r" \cdot ")

    def make_hadamard(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        return self._joined(operands, r" \odot ")

    def _joined(self, operands: list[LatexPiece], sign: str) -> LatexPiece:
        parts = [
            part if part.shape in (p.NAME, p.CLOSED, p.POWER) else bracketed(part)
            for part in operands
        ]
        return LatexPiece(separated(parts, sign), p.CHAIN, tall=tall_among(operands))

    def make_entrywise(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        body, name, array = operands
        text = rope((r"\left[", body.text, r"\right]_{", name.text, " = ", array.text, "}"))
        return LatexPiece(text, p.CLOSED, p.ROUND, p.OTHER, True)

    def make_norm(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        tall = operands[0].tall
        left, right = (r"\left\|", r"\right\|") if tall else (r"\|", r"\|")
        index: Rope = ""
        if len(operands) > 1:
            index = rope(("_{", operands[1].text, "}"))
        elif is_matrix(node._args[0]):
            index = "_{F}"
        text = rope((left, operands[0].text, right, index))
        return LatexPiece(text, p.CLOSED, p.CLING, p.OTHER, tall)

    def make_identity(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        return LatexPiece("I", p.NAME, p.LETTER)

    def make_ones(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        return LatexPiece(r"\mathbf{1}", p.NAME, p.LETTER)

    def make_basis(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        return LatexPiece(rope(("e_{", operands[0].text, "}")), p.NAME, p.LETTER)

    def make_entries(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        """A vector as the arguments of a function: f(x), or f(x_1, …, x_m) as it was written."""
        inner = node._args[0]
        if type(inner) is not Dotted:
            return operands[0]
        parts = [self._pieces[each] for each in inner.args[1:]]
        return LatexPiece(separated(parts, ", "), p.SUM, tall=tall_among(parts))

    def make_nabla(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        return self._with_nabla(r"\nabla_{", self._by(node, operands))

    def make_hessian(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        return self._with_nabla(r"\nabla^{2}_{", self._by(node, operands))

    def _by(self, node: Node, operands: list[LatexPiece]) -> list[LatexPiece]:
        """The operands of a derivative; a vector of letters that it is by stands as (x, y)."""
        letters = letters_of(node._args[1])
        if not letters:
            return operands
        text = separated([self._pieces[each] for each in letters], ", ")
        return [operands[0], LatexPiece(text, p.SUM)]

    def _with_nabla(self, sign: str, operands: list[LatexPiece]) -> LatexPiece:
        operand, variable = operands
        simple = (p.NUMBER, p.NAME, p.POWER, p.CLOSED)
        if operand.shape not in simple or operand.opening == p.ROUND:
            operand = bracketed(operand)
        text = rope((sign, variable.text, "} ", operand.text))
        return LatexPiece(text, p.DERIVATIVE, p.APART, p.APART, operand.tall)

    def make_jacobian(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        return self.make_d(node, self._by(node, operands))

    def make_adjoint(self, node: Node, operands: list[LatexPiece]) -> LatexPiece:
        derivative = self.make_d(node, operands[:2])
        text = rope((
            r"\left(", derivative.text, r"\right)^{\top}\left[", operands[2].text, r"\right]"
        ))  # fmt: skip
        return LatexPiece(text, p.POWER, p.ROUND, p.OTHER, True)
