"""Two names, or two functions, of which each stands where the other belongs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, islice

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.diagnosis.edits import Edit
from derivex.diagnosis.places import WITHOUT_VALUE, Place, size_of
from derivex.expression import Apply, Binder, FunctionName, free_symbols, postorder, transform
from derivex.expression.array_nodes import ArrayName

__all__ = ["exchanges"]

_MOST_NAMES = 6
_SMALLEST = 3  # nodes: in x − y with y for x stands −(x − y), which is a sign
_MOST = 400


def exchanges(spots: Sequence[Place]) -> Iterator[Edit]:
    """Every part of a line with two of its names, or of its functions, exchanged.

    Args:
        spots: the places of the line.
    """
    yield from islice((edit for place in spots for edit in _at(place)), _MOST)


def _at(place: Place) -> Iterator[Edit]:
    node = place.node
    if isinstance(node, WITHOUT_VALUE) or size_of(node) <= _SMALLEST:
        return
    names: list[Basic] = [name for name in free_symbols(node) if name not in _fixed(node)]
    heads: list[Basic] = list(
        dict.fromkeys(
            part.args[0]
            for part in postorder(node)
            if type(part) is Apply and type(part.args[0]) is FunctionName and len(part.args) == 2
        )
    )
    for some in (names[:_MOST_NAMES], heads[:_MOST_NAMES]):
        for one, other in combinations(some, 2):
            right = _exchanged(node, one, other)
            line = place.replaced(right)
            yield Edit("exchanged", 2.6, one, other, line, place.bound, node)


def _fixed(node: Basic) -> set[Basic]:
    """The names that are bound somewhere inside, and those of vectors and matrices."""
    bound = {part.args[1] for part in postorder(node) if isinstance(part, Binder)}
    arrays = {part for part in postorder(node) if isinstance(part, ArrayName)}
    return bound | arrays


def _exchanged(root: Basic, one: Basic, other: Basic) -> Basic:
    """An expression with each of two names where the other one is."""

    def changed(node: Basic) -> Basic:
        if isinstance(one, Symbol):
            return other if node is one else one if node is other else node
        if type(node) is Apply and node.args[0] in (one, other):
            return Apply(other if node.args[0] is one else one, *node.args[1:])
        return node

    return transform(root, changed)
