"""Sums over the data and their means: Σ_i a_i h_i = n · mean(a h)."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression import At, Mean, Times, free_symbols, transform
from derivex.expression.data import COUNT
from derivex.expression.nodes import Node

__all__ = ["totals_as_means", "without_index"]


def totals_as_means(node: Node) -> Basic | None:
    """A sum over all data as n times a mean, by the definition of the mean.

    >>> from derivex.expression import Total, symbol
    >>> a, h, i = symbol("a"), symbol("h"), symbol("i")
    >>> totals_as_means(Total(Times(At(a, i), At(h, i)), i))
    Times(n, Mean(Times(a, h)))
    """
    if len(node._args) != 2:
        return None  # a sum with bounds of its own does not run over the data
    body, index = node._args
    plain = without_index(body, index)
    return None if plain is None else Times(COUNT, Mean(plain))


def without_index(body: Basic, index: Basic) -> Basic | None:
    """The body with a for a_i; None where the index is left over or was never there."""
    met = False

    def strip(node: Basic) -> Basic:
        nonlocal met
        if type(node) is At and node._args[1:] == (index,):
            met = True
            return node._args[0]
        return node

    plain = transform(body, strip)
    return plain if met and index not in free_symbols(plain) else None
