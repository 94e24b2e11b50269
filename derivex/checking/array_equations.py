"""Equations between vectors and matrices as equations between their entries, at a small size."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.knowledge import Knowledge
from derivex.checking.writing_out import written_out
from derivex.equality.arrays import Array, entries_of
from derivex.equality.rings import UnsupportedError
from derivex.equality.sizes import sizes_of, with_sizes
from derivex.errors import DerivexError
from derivex.expression import ZERO, At, Equation, postorder, substitute, symbol, value_of
from derivex.expression.array_nodes import ArrayName

__all__ = ["by_entries", "has_arrays"]


def has_arrays(equations: Sequence[Basic]) -> bool:
    """Whether there are vectors or matrices in some equations."""
    return any(isinstance(node, ArrayName) for each in equations for node in postorder(each))


def by_entries(
    systems: Sequence[Sequence[Basic]], knowledge: Knowledge
) -> tuple[list[list[Basic]], list[tuple[Symbol, ...]]]:
    """The equations of several lists between the entries of their vectors and matrices.

    All vectors and matrices get the same small sizes.

    Returns:
        the equations, and the entries of each vector or matrix.

    Raises:
        UnsupportedError: where shapes do not fit.

    >>> w = ArrayName("w: 2")
    >>> by_entries([[Equation(w, ZERO)]], Knowledge())
    ([[Equation(w[1], 0), Equation(w[2], 0)]], [(w[1], w[2])])
    """
    roots = [side for system in systems for each in system for side in each.args]
    try:
        roots = written_out(knowledge, roots)
        roots = with_sizes(roots, sizes_of(roots))
        tables = [entries_of(each) for each in roots]
    except DerivexError as error:
        raise UnsupportedError(str(error)) from error
    found: list[list[Basic]] = []
    position = 0
    for system in systems:
        found.append([])
        for _ in system:
            left, right = (_entries(each) for each in tables[position : position + 2])
            position += 2
            left, right = _as_many(left, right), _as_many(right, left)
            found[-1] += [Equation(*map(_named, pair)) for pair in zip(left, right, strict=True)]
    arrays = dict.fromkeys(
        node
        for root in roots
        for node in postorder(root)
        if isinstance(node, ArrayName) and not node.family
    )
    return found, [tuple(map(_letter, _entries(entries_of(each)))) for each in arrays]


def _entries(table: Array | Basic) -> list[Basic]:
    return table.entries if isinstance(table, Array) else [table]


def _as_many(entries: list[Basic], others: list[Basic]) -> list[Basic]:
    """0 is the zero of every shape."""
    if len(entries) != len(others) and entries == [ZERO]:
        return [ZERO] * len(others)
    if len(entries) != len(others) and others != [ZERO]:
        raise UnsupportedError("the shapes of both sides do not fit")
    return entries


def _named(entry: Basic) -> Basic:
    """An expression with letters for the entries of w."""
    return substitute(
        entry,
        {
            node: _letter(node)
            for node in postorder(entry)
            if type(node) is At and all(map(value_of, node.args[1:]))
        },
    )


def _letter(entry: Basic) -> Symbol:
    name, *places = entry.args
    return symbol(f"{name}[{', '.join(map(str, places))}]")
