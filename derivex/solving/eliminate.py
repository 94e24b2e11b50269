"""Elimination: which unknown is isolated where, and what is put into what.

The order is chosen by :mod:`derivex.solving.pivots`.

A system of two equations in two unknowns is worked in two columns: the other unknown is
isolated in the other equation before anything is put into it, unless it would have to be
divided by something of which nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine.one_fraction import shorter_form
from derivex.expression import ZERO, Equation, value_of
from derivex.rulebook.procedures.polynomials import is_identically_zero
from derivex.solving.isolate import Isolated, into_means, isolate
from derivex.solving.pivots import Pivot, Pivots
from derivex.solving.record import Words
from derivex.solving.signs import Sign, known_sign
from derivex.solving.working import MULTIPLY_OUT, TIDY, Working, depends_on_any

__all__ = ["Elimination", "Outcome"]


class Outcome(Enum):
    """How a system of equations was dealt with."""

    SOLVED = "solved"
    NO_SOLUTION = "no solution"
    UNDERDETERMINED = "underdetermined"
    """Some unknowns are free: a whole line of solutions, or more."""
    NOT_SOLVED = "not solved"
    """An equation is not linear in any unknown that is left."""


@dataclass
class Elimination:
    """One run of elimination.

    Args:
        working: where the moves are written down.
        active: the number of the latest form of each equation, by its place among the given.
        unknowns: the unknowns that are left, in the order in which they were named.
        first: the unknown to be replaced first, if the user said so.
    """

    working: Working
    active: dict[int, int]
    unknowns: tuple[Symbol, ...]
    first: Symbol | None = None
    outcome: Outcome = Outcome.SOLVED
    reason: Words = ()
    columns: int = 0  # how many moves belong to the columns, before one equation goes on
    solved: list[tuple[Symbol, int]] = field(default_factory=list)
    isolated: dict[Symbol, Basic] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._pivots = Pivots(self.unknowns, self.working.book)

    def run(self) -> None:
        """Eliminate one unknown after the other, then substitute back."""
        self.left = list(self.unknowns)
        self.columns = len(self.working.moves)
        self._side_by_side = len(self.active) == len(self.unknowns) == 2
        while self.active and self._drop_settled():
            if not self.active:
                break
            pivot = self._choose()
            if pivot is None:
                self._give_up()
                return
            self._eliminate(pivot)
            if self.outcome is not Outcome.SOLVED:
                return
        if self.outcome is Outcome.SOLVED:
            self._substitute_back()
            if self.left:
                self.outcome = Outcome.UNDERDETERMINED

    # -- choosing --------------------------------------------------------------------------

    def _choose(self) -> Pivot | None:
        equations = self._equations(self.active)
        if self.first is not None and not self.solved:
            wanted = self._pivots.simplest(equations, [self.first])
            if wanted is not None:
                return wanted
        return self._pivots.simplest(equations, self.left)

    def _equations(self, origins: Iterable[int]) -> dict[int, Basic]:
        return {origin: self.working.equation(self.active[origin]) for origin in origins}

    # -- one elimination -------------------------------------------------------------------

    def _eliminate(self, pivot: Pivot) -> None:
        working, unknown = self.working, pivot.unknown
        others = [origin for origin in self.active if origin != pivot.origin]
        in_columns = self._side_by_side and not self.solved and bool(others)
        is_last = not others
        partner = self._partner(pivot, others) if in_columns else None
        for origin, wanted in sorted(
            [(pivot.origin, unknown), *([partner] if partner else [])],
            key=lambda pair: pair[0],
        ):
            self.active[origin] = self._isolate(origin, wanted, alone=is_last)
        if in_columns:
            self.columns = len(working.moves)
        at = self.active.pop(pivot.origin)
        self.left.remove(unknown)
        self.solved.append((unknown, at))
        for origin in others:
            into = self.active[origin]
            if depends_on_any(working.equation(into), (unknown,)):
                words: Words = ("substitute ", unknown, f" from ({pivot.origin}) into ({origin})")
                self.active[origin] = working.fill(into, [(unknown, at)], words)

    def _partner(self, pivot: Pivot, others: list[int]) -> tuple[int, Symbol] | None:
        """The other equation and the unknown that is isolated in it, side by side."""
        (other,) = others
        unknowns = [unknown for unknown in self.left if unknown is not pivot.unknown]
        found = [
            candidate
            for unknown in unknowns
            for candidate in self._pivots.of(self._equations([other]), unknown)
            # What may well be zero is not divided by without need.
            if known_sign(candidate.coefficient, self.working.data).sign is not Sign.UNKNOWN
        ]
        return (other, found[0].unknown) if found else None

    def _isolate(self, origin: int, unknown: Symbol, alone: bool) -> int:
        working = self.working
        since = len(working.moves)
        at = self.active[origin]
        if not alone:
            working.purpose = ("solve ", f"({origin})", " for ", unknown)
        at, how = isolate(working, at, unknown)
        assert how is Isolated.ALONE, how
        alone_at = at
        if working.means:
            at = into_means(working, at)
        if len(working.moves) > since:
            working.mark_easy(since, at == alone_at)
            if not alone:
                working.label(at)
        working.purpose = ()
        return at

    # -- equations without unknowns --------------------------------------------------------

    def _drop_settled(self) -> bool:
        """Drop equations that hold always; False where one never holds."""
        for origin, at in list(self.active.items()):
            sides = self._pivots.sides(self.working.equation(at))
            if any(
                sides.holds(unknown) and sides.coefficient(unknown) is not ZERO
                for unknown in self.left
            ):
                continue
            at = self._simplified(at)
            self.active.pop(origin)
            difference = sides.difference
            if is_identically_zero(difference):
                continue
            self.outcome = Outcome.NO_SOLUTION
            left, right = self.working.equation(at).args
            if value_of(difference) is not None:
                self.reason = (f"({origin}) cannot hold: ", left, " is not ", right)
            else:
                self.reason = (f"({origin}) holds only where ", Equation(left, right))
            return False
        return True

    def _simplified(self, at: int) -> int:
        """Write an equation without unknowns out, so that a reader sees whether it holds."""
        working = self.working
        unknown = next(
            (name for name in self.left if depends_on_any(working.equation(at), (name,))), None
        )
        while unknown is not None:
            at, how = isolate(working, at, unknown)
            if how is not Isolated.VANISHED:
                return at
            unknown = next(
                (name for name in self.left if depends_on_any(working.equation(at), (name,))),
                None,
            )
        return working.rewrite(at, MULTIPLY_OUT, MULTIPLY_OUT)

    def _give_up(self) -> None:
        """Say why no unknown that is left can be isolated."""
        self.outcome = Outcome.NOT_SOLVED
        for origin, at in self.active.items():
            sides = self._pivots.sides(self.working.equation(at))
            for unknown in self.left:
                if not sides.holds(unknown):
                    continue
                coefficient = sides.coefficient(unknown)
                if coefficient is None:
                    self.reason = (f"({origin}) is not linear in ", unknown)
                    return
                if coefficient is not ZERO:
                    self.reason = (
                        f"({origin}) cannot be divided by ",
                        coefficient,
                        ", which may be zero",
                    )

    # -- substituting back -----------------------------------------------------------------

    def _substitute_back(self) -> None:
        """Put what is known into the equations solved before, the last one first."""
        working = self.working
        known: list[tuple[Symbol, int]] = []
        for unknown, at in reversed(self.solved):
            right = self.isolated[unknown] = working.equation(at).args[1]
            used = [pair for pair in known if depends_on_any(right, (pair[0],))]
            if used:
                words: list[str | Basic] = ["substitute "]
                for place, (name, _) in enumerate(used):
                    words += [", " if 0 < place < len(used) - 1 else " and "] if place else []
                    words.append(name)
                words.append(f" back into ({working.moves[at].origin})")
                at = working.fill(at, used, tuple(words))
            known.append((unknown, simplified(working, at)))
        self.solved = known[::-1]


def simplified(working: Working, at: int) -> int:
    """Tidy a solved equation; brackets are multiplied out where that makes it shorter."""
    at = working.rewrite(at, (), TIDY)
    for phase in shorter_form(working.equation(at).args[1], working.book):
        at = working.rewritten(at, None, phase)
    return working.rewrite(at, (), ("arithmetic", "ordering", "common-numbers"), joined=True)
