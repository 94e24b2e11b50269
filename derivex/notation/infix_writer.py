"""What the notations of computer algebra systems have in common: 2*(x + y)/z on one line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sympy.core.basic import Basic

from derivex.expression import Negative, Node
from derivex.notation.assembly import Assembly
from derivex.notation.rope import Rope, join, rope

__all__ = ["ATOM", "POWER", "PRODUCT", "SIGNED", "SUM", "InfixWriter", "Piece", "called", "within"]

SUM, SIGNED, PRODUCT, POWER, ATOM = range(5)
"""How tightly a piece binds."""
Piece = tuple[Rope, int]


class InfixWriter(Assembly[Piece]):
    """Writes sums, products, quotients and powers with +, *, / and a sign of its own.

    Args:
        raised: the sign of a power.
        makers: functions that make the pieces of all other kinds of nodes.
    """

    def __init__(self, raised: str, makers: Mapping[type, Callable[[Node, list[Piece]], Piece]]):
        super().__init__(makers)
        self._raised = raised

    def write(self, node: Basic) -> str | None:
        """The text, or None where there is no syntax for it."""
        try:
            return join(self.piece(node)[0])
        except TypeError:
            return None

    def make_plus(self, node: Node, operands: list[Piece]) -> Piece:
        pieces: list[Rope] = []
        for term, operand in zip(node._args, operands, strict=True):
            if not pieces:
                pieces.append(within(operand, SIGNED))
            elif type(term) is Negative:
                pieces += [" - ", within(self._pieces[term._args[0]], PRODUCT)]
            else:
                pieces += [" + ", within(operand, PRODUCT)]
        return rope(pieces), SUM

    def make_negative(self, node: Node, operands: list[Piece]) -> Piece:
        return rope(("-", within(operands[0], PRODUCT))), SIGNED

    def make_times(self, node: Node, operands: list[Piece]) -> Piece:
        pieces: list[Rope] = [within(operands[0], PRODUCT)]
        for operand in operands[1:]:
            pieces += ["*", within(operand, POWER)]
        return rope(pieces), PRODUCT

    def make_over(self, node: Node, operands: list[Piece]) -> Piece:
        above, below = operands
        return rope((within(above, PRODUCT), "/", within(below, POWER))), PRODUCT

    def make_power(self, node: Node, operands: list[Piece]) -> Piece:
        base, exponent = operands
        return rope((within(base, ATOM), self._raised, within(exponent, ATOM))), POWER


def within(piece: Piece, least: int) -> Rope:
    """The text of a piece, in brackets where it binds less than needed."""
    text, shape = piece
    return text if shape >= least else rope(("(", text, ")"))


def called(head: Rope, arguments: Sequence[Piece], opening: str = "(", closing: str = ")") -> Piece:
    """A head with arguments in brackets."""
    pieces: list[Rope] = [head, opening]
    for position, (text, _) in enumerate(arguments):
        pieces += [", ", text] if position else [text]
    return rope([*pieces, closing]), ATOM
