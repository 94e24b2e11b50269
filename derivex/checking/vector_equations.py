"""Equations between vectors as equations between their entries, at small sizes."""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from derivex.equality.arrays import Array, entries_of
from derivex.equality.rings import UnsupportedError
from derivex.equality.sizes import sizes_of, with_sizes
from derivex.expression import ZERO, At, postorder, substitute, symbol, value_of
from derivex.expression.array_nodes import ArrayName

__all__ = ["arrays_in", "by_entries"]


def by_entries(sides: Sequence[Basic], groups: Sequence[int]) -> tuple[list[Basic], list[int]]:
    """Equations between entries, each of which is a letter, in the place of some equations.

    Args:
        sides: the left and the right side of each equation in turn.
        groups: how many equations belong together, from the first on.

    Returns:
        the sides of the equations between entries, those that are solved for most easily first in
        the order of their letters; and how many of these belong together now.

    Raises:
        UnsupportedError: sides of different shapes, or that have no entries.

    >>> from derivex.expression.array_nodes import array_name
    >>> from derivex.expression import TWO
    >>> by_entries([array_name("w", TWO), ZERO], [1])
    ([w[1], 0, w[2], 0], [2])
    """
    written = with_sizes(sides, sizes_of(sides))
    tables = [entries_of(side) for side in written]
    made: list[Basic] = []
    counts: list[int] = []
    position = 0
    for count in groups:
        before = len(made)
        for _ in range(count):
            left, right = (_entries(table) for table in tables[position : position + 2])
            position += 2
            if len(left) != len(right):
                left = left * len(right) if left == [ZERO] else left
                right = right * len(left) if right == [ZERO] else right
            if len(left) != len(right):
                raise UnsupportedError("the sides of an equation have different shapes")
            made += [side for pair in zip(left, right, strict=True) for side in pair]
        counts.append((len(made) - before) // 2)
    letters = {
        node: symbol(f"{node.args[0]}[{', '.join(map(str, node.args[1:]))}]")
        for side in made
        for node in postorder(side)
        if type(node) is At
    }
    if any(value_of(index) is None for entry in letters for index in entry.args[1:]):
        raise UnsupportedError("an entry at an index that is no number")
    return [substitute(side, letters) for side in made], counts


def arrays_in(roots: Sequence[Basic]) -> set[str]:
    """The names of the vectors and matrices in some expressions."""
    return {node.name for root in roots for node in postorder(root) if isinstance(node, ArrayName)}


def _entries(table: Basic | Array) -> list[Basic]:
    if isinstance(table, Array):
        return [entry for row in table.rows for entry in row]
    return [table]
