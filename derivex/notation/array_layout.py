"""What the text, LaTeX and stacked writers share for arrays."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import At, Column
from derivex.expression.array_nodes import ArrayName, Inverse, Transpose
from derivex.expression.shapes import SCALAR, ShapeError, shape_of
from derivex.notation import precedence as p
from derivex.notation.spelling import GREEK

__all__ = ["is_letter", "is_matrix", "letters_of", "needs_brackets", "stand_together"]


def is_letter(node: Basic) -> bool:
    """Whether a factor is one letter, perhaps transposed or inverted."""
    while type(node) in (Transpose, Inverse):
        node = node.args[0]
    return type(node) is ArrayName and (len(node.name) == 1 or node.name in GREEK)


def letters_of(variable: Basic) -> tuple[Basic, ...]:
    """The letters of a vector that one differentiates by, written (x, y); none for any other.

    >>> from derivex.expression import Column, symbol
    >>> letters_of(Column(symbol("x"), symbol("y")))
    (x, y)
    """
    if type(variable) is not Column:
        return ()
    plain = all(isinstance(each, Symbol) or type(each) is At for each in variable.args)
    return variable.args if plain else ()


def stand_together(left: Basic, right: Basic, bracketed: bool) -> bool:
    """Whether two factors of a matrix product stand next to each other: Xθ, Xᵀ(Xθ − y)."""
    return is_letter(left) and (bracketed or (is_letter(right) and left is not right))


def is_matrix(node: Basic) -> bool:
    """Whether an expression is a matrix, whose norm is Frobenius'."""
    try:
        shape = shape_of(node)
    except ShapeError:
        return False
    return shape is not None and shape != SCALAR and SCALAR[1] not in shape  # type: ignore[index]


def needs_brackets(piece: p.Shaped, last: bool) -> bool:
    """Whether a factor of a matrix product needs brackets."""
    return piece.shape < p.QUOTIENT or (piece.shape in (p.BIG, p.DERIVATIVE) and not last)
