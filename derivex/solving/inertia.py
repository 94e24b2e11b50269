"""How many eigenvalues of a matrix of fractions are positive, negative and zero."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

__all__ = ["inertia"]


def inertia(entries: Sequence[Sequence[Fraction]]) -> tuple[int, int, int]:
    """How many eigenvalues of a symmetric matrix are positive, negative and zero; exactly.

    By the characteristic polynomial (Faddeev and LeVerrier), whose roots are all real, so
    that Descartes' rule of signs counts them exactly.

    >>> inertia([[Fraction(6), Fraction(-1)], [Fraction(-1), Fraction(2)]])
    (2, 0, 0)
    """
    size = len(entries)
    coefficients = [Fraction(1)]
    power = [[Fraction(0)] * size for _ in range(size)]
    for step in range(1, size + 1):
        for position in range(size):
            power[position][position] += coefficients[-1]
        power = [
            [
                sum((row[k] * power[k][column] for k in range(size)), Fraction(0))
                for column in range(size)
            ]
            for row in entries
        ]
        trace = sum((power[position][position] for position in range(size)), Fraction(0))
        coefficients.append(-trace / step)
    zero = 0
    while zero < size and not coefficients[size - zero]:
        zero += 1
    left = coefficients[: size - zero + 1]
    positive = _changes(left)
    return positive, size - zero - positive, zero


def _changes(coefficients: Sequence[Fraction]) -> int:
    signs = [coefficient > 0 for coefficient in coefficients if coefficient]
    return sum(first is not second for first, second in pairwise(signs))
