"""Determinants and inverses of small matrices, as expressions in their entries."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.equality.array_tables import Array, Part, Rows
from derivex.equality.rings import UnsupportedError
from derivex.expression.nodes import ONE, ZERO, Negative, Over, Plus, Times

__all__ = ["determinant", "diagonal", "inverse"]

_LARGEST_DETERMINANT = 4


def diagonal(entries: list[Basic]) -> Array:
    """The matrix with some entries on its diagonal, and zeros beside it."""
    size = range(len(entries))
    return Array(tuple(tuple(entries[i] if i == j else ZERO for j in size) for i in size))


def determinant(rows: Rows) -> Basic:
    """The determinant by its first row (Laplace)."""
    if len(rows) > _LARGEST_DETERMINANT or len(rows) != len(rows[0]):
        raise UnsupportedError("a determinant that is too large, or of a matrix that is not square")
    if len(rows) == 1:
        return rows[0][0]
    terms: list[Basic] = []
    for column, entry in enumerate(rows[0]):
        term = Times(entry, determinant(_without(rows, 0, column)))
        terms.append(Negative(term) if column % 2 else term)
    return Plus(*terms)


def _without(rows: Rows, row: int, column: int) -> Rows:
    return tuple(r[:column] + r[column + 1 :] for number, r in enumerate(rows) if number != row)


def inverse(matrix: Part) -> Part:
    """The inverse by the adjugate matrix (Cramer)."""
    if not isinstance(matrix, Array):
        return Over(ONE, matrix)
    whole = determinant(matrix.rows)
    size = range(len(matrix.rows))
    if len(size) == 1:
        return Array(((Over(ONE, whole),),))

    def entry(i: int, j: int) -> Basic:
        minor = Over(determinant(_without(matrix.rows, j, i)), whole)
        return Negative(minor) if (i + j) % 2 else minor

    return Array(tuple(tuple(entry(i, j) for j in size) for i in size))
