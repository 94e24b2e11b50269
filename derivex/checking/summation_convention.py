"""The summation convention: an index that stands twice in a product is summed over.

It is read so only where the text says so: elsewhere a sum that was forgotten is a mistake.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.case import Case
from derivex.checking.links import Finding, judge_link
from derivex.expression import At, Binder, Delta, Times, Total, free_symbols, postorder, transform

__all__ = ["as_summed_over", "with_sums"]

_SAID = re.compile(r"summation convention|\beinstein|repeated ind(?:ex|ices)", re.IGNORECASE)


def as_summed_over(case: Case) -> Finding | None:
    """A link with indices that are summed over by convention, judged with these sums."""
    place = case.spot.formula.place
    if _SAID.search(place.source, 0, place.start) is None:
        return None
    left, right = (with_sums(side) for side in (case.before, case.after))
    if left is case.before and right is case.after:
        return None
    found = judge_link(left, right, case.known)
    notes = (found.note, "summed over the indices that stand twice")
    return replace(found, note="; ".join(filter(None, notes)))


def with_sums(root: Basic) -> Basic:
    """An expression with a sum over each index that two factors of a product have.

    >>> from derivex.expression import symbol
    >>> a, x, i, j = map(symbol, "axij")
    >>> with_sums(Times(At(a, i, j), At(x, j)))
    Total(Times(At(a, i, j), At(x, j)), j)
    """
    bound = {
        each for node in postorder(root) if isinstance(node, Binder) for each in node.args[1:2]
    }

    def summed(node: Basic) -> Basic:
        if type(node) is not Times:
            return node
        counts = Counter(index for factor in node.args for index in set(_indices(factor)))
        for index, count in counts.items():
            if count > 1 and index not in bound:
                node = Total(node, index)
        return node

    return transform(root, summed)


def _indices(root: Basic) -> Iterator[Symbol]:
    """The indices of entries in an expression that are not summed over in it."""
    free = free_symbols(root)
    for node in postorder(root):
        if type(node) in (At, Delta):
            places = node.args[1:] if type(node) is At else node.args
            yield from (each for each in places if isinstance(each, Symbol) and each in free)
