"""Leading principal minors of a matrix, each with its computation."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from sympy.core.basic import Basic

from derivex.derivation import Derivation, Phase
from derivex.engine import normal_phase
from derivex.expression import Negative, Plus, Times
from derivex.rulebook import RuleBook
from derivex.solving.working import MULTIPLY_OUT

__all__ = ["MAX_WRITTEN", "Entries", "leading_minors"]

MAX_WRITTEN = 4
"""The largest minor that is written out; beyond it the terms are too many to be read."""

Entries = Sequence[Sequence[Basic]]


def leading_minors(entries: Entries, book: RuleBook) -> tuple[Derivation, ...]:
    """The determinants of the upper left corners, written out and calculated.

    >>> from derivex.expression import ONE, TWO
    >>> from derivex.rulebook import shipped_book
    >>> [minor.result for minor in leading_minors([[TWO, ONE], [ONE, TWO]], shipped_book())]
    [2, 3]
    """
    minors: list[Derivation] = []
    for size in range(1, min(len(entries), MAX_WRITTEN) + 1):
        start = _determinant([list(row[:size]) for row in entries[:size]])
        phases = [Phase(start, {}, start)]
        calculated = normal_phase(start, book, *MULTIPLY_OUT)
        if calculated.result is not start:
            phases.append(calculated)
        minors.append(Derivation(tuple(phases), book))
    return tuple(minors)


def _determinant(entries: list[list[Basic]]) -> Basic:
    """The expansion along the first row; the smaller minors come first and are shared."""
    size = len(entries)
    known: dict[tuple[int, ...], Basic] = {
        (column,): entries[size - 1][column] for column in range(size)
    }
    for first in range(size - 2, -1, -1):
        wider: dict[tuple[int, ...], Basic] = {}
        for columns in combinations(range(size), size - first):
            terms: list[Basic] = []
            for position, column in enumerate(columns):
                rest = columns[:position] + columns[position + 1 :]
                term = Times(entries[first][column], known[rest])
                terms.append(Negative(term) if position % 2 else term)
            wider[columns] = Plus(*terms)
        known = wider
    return known[tuple(range(size))]
