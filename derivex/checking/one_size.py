"""Vectors whose sizes go by different letters taken to be of the same size."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import Total, postorder, substitute
from derivex.expression.array_nodes import ArrayName, Basis

__all__ = ["with_one_size"]


def with_one_size(roots: Sequence[Basic]) -> list[Basic]:
    """The expressions with one letter for all sizes, and for the bounds of sums.

    >>> with_one_size([ArrayName("w: d"), ArrayName("x: n")])
    [w: d, x: d]
    """
    letters: dict[Basic, None] = {}
    arrays: dict[Basic, ArrayName] = {}
    for root in roots:
        for node in postorder(root):
            sizes: tuple[Basic, ...] = ()
            if isinstance(node, ArrayName):
                sizes = (node.rows, node.columns)
                arrays[node] = node
            elif type(node) is Basis:
                sizes = node.args[1:]
            elif type(node) is Total:
                sizes = node.args[3:]
            letters.update(dict.fromkeys(size for size in sizes if isinstance(size, Symbol)))
    if not letters:
        return list(roots)
    one = next(iter(letters))
    renamed: dict[Basic, Basic] = dict.fromkeys(letters, one)
    for node, array in arrays.items():
        rows, columns = (renamed.get(size, size) for size in (array.rows, array.columns))
        head, _, _ = array.text.partition(":")
        shape = f"{rows}" if str(columns) == "1" else f"{rows} by {columns}"
        rest = " symmetric" if array.symmetric else ""
        rest += f" rows of {array.source}" if array.source else ""
        renamed[node] = ArrayName(f"{head}: {shape}{rest}")
    return [substitute(root, renamed) for root in roots]
