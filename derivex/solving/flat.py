"""The directions that a matrix of fractions takes to zero."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm

__all__ = ["kernel_of"]


def kernel_of(matrix: Sequence[Sequence[Fraction]]) -> list[list[int]]:
    """Whole-numbered vectors that span the kernel, found by elimination.

    >>> kernel_of([[Fraction(1), Fraction(2)]]), kernel_of([[Fraction(1)]])
    ([[-2, 1]], [])
    """
    rows = [list(row) for row in matrix]
    width = len(rows[0])
    pivots: list[int] = []
    for column in range(width):
        done = len(pivots)
        chosen = next((row for row in range(done, len(rows)) if rows[row][column]), None)
        if chosen is None:
            continue
        rows[done], rows[chosen] = rows[chosen], rows[done]
        lead = rows[done][column]
        rows[done] = [value / lead for value in rows[done]]
        for row in range(len(rows)):
            if row != done and rows[row][column]:
                factor = rows[row][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[done], strict=True)]
        pivots.append(column)
    found = []
    for free in (column for column in range(width) if column not in pivots):
        vector = [Fraction(0)] * width
        vector[free] = Fraction(1)
        for row, column in enumerate(pivots):
            vector[column] = -rows[row][free]
        scale = lcm(*[value.denominator for value in vector])
        whole = [int(value * scale) for value in vector]
        common = gcd(*whole)
        found.append([value // common for value in whole])
    return found
