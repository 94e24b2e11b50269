"""Vectors and matrices as tables of scalar expressions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from sympy.core.basic import Basic

from derivex.equality.rings import UnsupportedError
from derivex.expression.array_nodes import ArrayName
from derivex.expression.literals import value_of
from derivex.expression.nodes import ZERO, At, Negative, Node, Over, Plus, Times, integer, symbol

__all__ = [
    "MOST_ENTRIES",
    "Array",
    "Part",
    "Rows",
    "entries_of_name",
    "scalars",
    "total",
    "vanishes",
]

Rows = tuple[tuple[Basic, ...], ...]
MOST_ENTRIES = 400


class Array:
    """A vector or matrix as a table of scalar expressions."""

    __slots__ = ("rows",)

    def __init__(self, rows: Rows):
        self.rows = rows

    @property
    def shape(self) -> tuple[int, int]:
        """The numbers of rows and of columns."""
        return len(self.rows), len(self.rows[0])

    @property
    def entries(self) -> list[Basic]:
        """All entries, row by row."""
        return [entry for row in self.rows for entry in row]

    def map(self, change: Callable[[Basic], Basic]) -> Array:
        """The array with every entry changed."""
        return Array(tuple(tuple(change(entry) for entry in row) for row in self.rows))

    def transposed(self) -> Array:
        """Rows and columns exchanged."""
        return Array(tuple(zip(*self.rows, strict=True)))


Part: TypeAlias = Array | Basic
"""An array, or a number."""


def entries_of_name(node: ArrayName, *before: Basic) -> Part:
    """The entries X[1, 2] of an array, or w[1] of a vector; of a family behind its index."""
    if value_of(node.rows) is None or value_of(node.columns) is None:
        raise UnsupportedError(f"the size of {node.name} is not known")
    rows, columns = int(node.rows.p), int(node.columns.p)
    if rows * columns > MOST_ENTRIES:
        raise UnsupportedError(f"{node.name} has too many entries to be compared one by one")
    base = symbol(node.source or node.name)

    def entry(i: int, j: int) -> Basic:
        if node.symmetric and j < i:
            i, j = j, i
        return At(base, *before, *_position(rows, columns, i, j))

    return Array(tuple(
        tuple(entry(i, j) for j in range(1, columns + 1)) for i in range(1, rows + 1)
    ))  # fmt: skip


def _position(rows: int, columns: int, i: int, j: int) -> tuple[Basic, ...]:
    if columns == 1:
        return (integer(i),)
    return (integer(j),) if rows == 1 else (integer(i), integer(j))


def scalars(node: Node, parts: list[Part]) -> tuple[Basic, ...]:
    scalars = tuple(part for part in parts if not isinstance(part, Array))
    if len(scalars) < len(parts) or not parts:
        raise UnsupportedError(f"the parts of a {type(node).__name__} must be numbers")
    return scalars


def vanishes(part: Part) -> bool:
    """Whether a scalar is zero as it stands: 0, −0, 0 + 0, 0·u."""
    if isinstance(part, Array):
        return False
    if not part._args:
        return value_of(part) == 0
    if type(part) in (Plus, Negative):
        return all(map(vanishes, part._args))
    if type(part) is Times:
        return any(map(vanishes, part._args))
    return type(part) is Over and vanishes(part._args[0])


def total(terms: list[Basic]) -> Basic:
    return Plus(*terms) if len(terms) > 1 else terms[0] if terms else ZERO
