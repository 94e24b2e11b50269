"""Bound names that stand outside: in Σ_i x_i + y_i the sum ends before the plus.

So does the limit in lim_{h→0} 2x + h.
"""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    Limit,
    Negative,
    Plus,
    Product,
    Times,
    Total,
    free_symbols,
    postorder,
)

__all__ = ["escaped_indices"]

_MOST_TERMS = 200  # of a longer sum, only the first are looked at


def escaped_indices(expression: Basic) -> list[Symbol]:
    """The indices of sums, and variables of limits, that stand free in a term behind them.

    >>> from derivex.notation import read_text
    >>> escaped_indices(read_text("sum_i x_i + y_i").expression)
    [i]
    >>> escaped_indices(read_text("sum_i x_i + y").expression)
    []
    """
    found: dict[Symbol, None] = {}
    for node in postorder(expression):
        if type(node) is not Plus:
            continue
        bound: set[Basic] = set()
        for term in node.args[:_MOST_TERMS]:
            if bound:
                outside = (name for name in free_symbols(term) if name in bound)
                found.update(dict.fromkeys(outside))
            bound.update(_indices(term))
    return list(found)


def _indices(term: Basic) -> list[Basic]:
    """What is bound by the sums and limits that a term ends with."""
    indices: list[Basic] = []
    while True:
        if type(term) in (Total, Product, Limit):
            indices.append(term.args[1])
            term = term.args[0]
        elif type(term) is Negative:
            term = term.args[0]
        elif type(term) is Times:
            term = term.args[-1]
        else:
            return indices
