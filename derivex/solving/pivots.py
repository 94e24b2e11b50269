"""Pivots: which unknown could be isolated in which equation, and how simple that would be.

The default choice.  Of all pairs of an equation and an unknown that it is linear in, the one
with the simplest *pivot* is taken, the pivot being what both sides are divided by: every number
counts as 0, anything else as the number of its distinct parts, so that n comes before Σ_i a_i².
Among equals the unknown named first goes first, and its own equation (the k-th for the k-th
unknown; of a gradient, the partial derivative by it) before the others.  So numbers are never
given up for letters, no more conditions arise than must, and fractions stay flat.

On 6a − b + 1 = 0, 2b − a = 0 all pivots are numbers: a is isolated in (1) and put into (2).
On the two equations of linear regression, n in (2) is the simplest pivot: b is isolated in (2)
and put into (1).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import ZERO, postorder, value_of
from derivex.rulebook import RuleBook
from derivex.solving.linear import Sides
from derivex.solving.working import depends_on_any

__all__ = ["Pivot", "Pivots", "weight"]


@dataclass(frozen=True)
class Pivot:
    """An unknown that can be isolated in an equation.

    Args:
        origin: which of the given equations, from 1.
        unknown: the unknown.
        position: its place among the unknowns, from 0.
        coefficient: what it is multiplied by.
    """

    origin: int
    unknown: Symbol
    position: int
    coefficient: Basic

    @property
    def rank(self) -> tuple[int, int, bool, int]:
        """Pivots of a lower rank are taken first."""
        own = self.position + 1 == self.origin
        return weight(self.coefficient), self.position, not own, self.origin


def weight(pivot: Basic) -> int:
    """How complicated it is to divide by something: 0 for a number, else its distinct parts.

    >>> from derivex.expression import Power, TWO, symbol
    >>> weight(TWO), weight(symbol("n")), weight(Power(symbol("n"), TWO))
    (0, 1, 3)
    """
    return 0 if value_of(pivot) is not None else sum(1 for _ in postorder(pivot))


class Pivots:
    """Finds pivots, and remembers what it has found out about an equation.

    Args:
        unknowns: all unknowns of the system, in order.
        book: the rules.
    """

    def __init__(self, unknowns: tuple[Symbol, ...], book: RuleBook):
        self.unknowns = unknowns
        self.book = book
        self._sides: dict[Basic, Sides] = {}

    def sides(self, equation: Basic) -> Sides:
        """The equation, multiplied out."""
        found = self._sides.get(equation)
        if found is None:
            found = self._sides[equation] = Sides(equation, self.book)
        return found

    def of(self, equations: Mapping[int, Basic], unknown: Symbol) -> list[Pivot]:
        """Where an unknown can be isolated.

        What depends on an unknown is no pivot: it may be zero just where the solutions are.
        """
        found: list[Pivot] = []
        for origin, equation in equations.items():
            coefficient = self.sides(equation).coefficient(unknown)
            if coefficient is None or coefficient is ZERO:
                continue
            if not depends_on_any(coefficient, self.unknowns):
                position = self.unknowns.index(unknown)
                found.append(Pivot(origin, unknown, position, coefficient))
        return found

    def simplest(self, equations: Mapping[int, Basic], unknowns: Iterable[Symbol]) -> Pivot | None:
        """The pivot that goes first by default; None if there is none."""
        best: Pivot | None = None
        for unknown in unknowns:
            for pivot in self.of(equations, unknown):
                if best is None or pivot.rank < best.rank:
                    best = pivot
            if best is not None and best.rank[0] == 0:
                break  # a number; unknowns that are named later cannot go before it
        return best
