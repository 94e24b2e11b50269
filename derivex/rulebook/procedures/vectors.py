"""Arithmetic on vectors and matrices that are written out by their entries."""

from __future__ import annotations

from collections.abc import Callable

from sympy.core.basic import Basic

from derivex.expression import Column, Matrix, Negative, Plus, Row, Times
from derivex.expression.nodes import Node
from derivex.rulebook.procedures.factors import product_of

__all__ = ["add_vectors", "negate_vector", "scale_vector"]

_TABLES = (Row, Column, Matrix)


def add_vectors(node: Node) -> Basic | None:
    """Add vectors or matrices of the same shape entry by entry.

    >>> from derivex.expression import ONE, TWO
    >>> add_vectors(Plus(Column(ONE, TWO), Column(TWO, TWO)))
    Column(Plus(1, 2), Plus(2, 2))
    """
    return _entry_by_entry(node._args, lambda entries: Plus(*entries))


def scale_vector(node: Node) -> Basic | None:
    """Multiply a vector or matrix by the other factors of a product.

    >>> from derivex.expression import ONE, TWO
    >>> scale_vector(Times(TWO, Row(ONE, TWO)))
    Row(Times(2, 1), Times(2, 2))
    """
    tables = [factor for factor in node._args if isinstance(factor, _TABLES)]
    if len(tables) != 1:
        return None
    scale = product_of([factor for factor in node._args if factor is not tables[0]])
    return _entry_by_entry(tables, lambda entries: Times(scale, *entries))


def negate_vector(node: Node) -> Basic | None:
    """Take the minus into a vector or matrix.

    >>> from derivex.expression import ONE, TWO
    >>> negate_vector(Negative(Row(ONE, TWO)))
    Row(Negative(1), Negative(2))
    """
    return _entry_by_entry(node._args, lambda entries: Negative(*entries))


def _entry_by_entry(
    tables: tuple[Basic, ...] | list[Basic], join: Callable[[tuple[Basic, ...]], Basic]
) -> Basic | None:
    first = tables[0]
    if not isinstance(first, _TABLES):
        return None
    for table in tables:
        if type(table) is not type(first) or len(table.args) != len(first.args):
            return None
    joined: list[Basic] = []
    for entries in zip(*[table.args for table in tables], strict=True):
        made = _entry_by_entry(entries, join) if type(first) is Matrix else join(entries)
        if made is None:
            return None
        joined.append(made)
    return type(first)(*joined)
