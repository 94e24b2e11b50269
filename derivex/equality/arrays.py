"""Vectors and matrices by their entries."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from sympy.core.basic import Basic

from derivex.equality.rings import UnsupportedError
from derivex.expression.nodes import (
    ZERO,
    Column,
    D,
    Equation,
    Gradient,
    Matrix,
    Negative,
    Node,
    Over,
    Plus,
    Row,
    Times,
    Total,
)
from derivex.expression.traverse import free_symbols, postorder, rebuild

__all__ = ["Array", "entries_of"]

Rows = tuple[tuple[Basic, ...], ...]


class Array:
    """A vector or matrix as a table of scalar expressions."""

    __slots__ = ("rows",)

    def __init__(self, rows: Rows):
        self.rows = rows

    @property
    def shape(self) -> tuple[int, int]:
        """The numbers of rows and of columns."""
        return len(self.rows), len(self.rows[0])

    def map(self, change: Callable[[Basic], Basic]) -> Array:
        """The array with every entry changed."""
        return Array(tuple(tuple(change(entry) for entry in row) for row in self.rows))


def entries_of(root: Basic) -> Array | Basic:
    """The table of entries of an expression; the expression itself if it is a scalar.

    Raises:
        UnsupportedError: if the shapes do not fit, or for an operation that vectors do not have.

    >>> from derivex.expression.nodes import symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> entries_of(Times(x, Row(x, y))).rows
    ((Times(x, x), Times(x, y)),)
    """
    done: dict[Basic, Array | Basic] = {}
    for node in postorder(root):
        if isinstance(node, Node) and node._args:
            done[node] = _combined(node, [done[part] for part in node._args])
        else:
            done[node] = node
    return done[root]


def _combined(node: Node, parts: list[Array | Basic]) -> Array | Basic:
    kind = type(node)
    scalars = [part for part in parts if not isinstance(part, Array)]
    if kind is Row:
        return Array((_all_scalars(node, parts, scalars),))
    if kind is Column:
        return Array(tuple((entry,) for entry in _all_scalars(node, parts, scalars)))
    if kind is Matrix:
        rows = [part.rows[0] for part in parts if isinstance(part, Array)]
        if len(rows) < len(parts) or len({len(row) for row in rows}) != 1:
            raise UnsupportedError("the rows of a matrix have different lengths")
        return Array(tuple(rows))
    if kind is Gradient:
        _all_scalars(node, parts, scalars)
        variables = scalars[1:] or list(free_symbols(scalars[0]))
        return Array((tuple(D(scalars[0], variable) for variable in variables),))
    if len(scalars) == len(parts):
        return rebuild(node, scalars)
    if kind is Plus:
        return reduce(_sum, parts)
    if kind is Times:
        return reduce(_product, parts)
    first, *rest = parts
    entrywise = kind in (Negative, Over, D, Total) and len(rest) == len(scalars)
    if isinstance(first, Array) and entrywise:
        return first.map(lambda entry: kind(entry, *scalars))
    if kind is Equation:
        raise UnsupportedError("an equation inside of an expression")
    raise UnsupportedError(f"vectors and matrices have no {kind.__name__}")


def _all_scalars(node: Node, parts: list[Array | Basic], scalars: list[Basic]) -> tuple[Basic, ...]:
    if len(scalars) < len(parts) or not parts:
        raise UnsupportedError(f"the parts of a {type(node).__name__} must be numbers")
    return tuple(scalars)


def _sum(left: Array | Basic, right: Array | Basic) -> Array | Basic:
    if not (isinstance(left, Array) and isinstance(right, Array) and left.shape == right.shape):
        raise UnsupportedError("only vectors and matrices of the same shape can be added")
    return Array(
        tuple(
            tuple(Plus(a, b) for a, b in zip(*rows, strict=True))
            for rows in zip(left.rows, right.rows, strict=True)
        )
    )


def _product(left: Array | Basic, right: Array | Basic) -> Array | Basic:
    if not isinstance(left, Array):
        if not isinstance(right, Array):
            return Times(left, right)
        return right.map(lambda entry: Times(left, entry))
    if not isinstance(right, Array):
        return left.map(lambda entry: Times(entry, right))
    if left.shape[1] != right.shape[0]:
        raise UnsupportedError("the shapes of two factors do not fit together")
    columns = list(zip(*right.rows, strict=True))
    table = tuple(tuple(_dot(row, column) for column in columns) for row in left.rows)
    return table[0][0] if len(table) == len(columns) == 1 else Array(table)


def _dot(row: tuple[Basic, ...], column: tuple[Basic, ...]) -> Basic:
    products = [Times(a, b) for a, b in zip(row, column, strict=True)]
    return Plus(*products) if len(products) > 1 else products[0] if products else ZERO
