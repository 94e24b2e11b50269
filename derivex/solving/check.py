"""Checking a solution: put into an original equation, it must make both sides equal."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation, Entry, Phase, listed
from derivex.engine import normal_phase
from derivex.engine.one_fraction import over_one_denominator
from derivex.errors import ProblemError
from derivex.expression import (
    ZERO,
    Mean,
    Negative,
    Plus,
    Total,
    free_symbols,
    postorder,
    substitute,
)
from derivex.notation import TextWriter
from derivex.rulebook import RuleBook
from derivex.solving.working import MEANS

__all__ = ["Check", "check_equation"]


@dataclass(frozen=True, eq=False)
class Check:
    """One original equation with the solution put in.

    Args:
        origin: which of the original equations, from 1.
        equation: that equation.
        derivation: from its left-hand side (minus the right-hand side, where that is not 0)
            to what it comes to.
        agrees: whether its digits are those of 0, where the steps do not come to 0 itself.
    """

    origin: int
    equation: Basic
    derivation: Derivation
    agrees: bool = False

    @property
    def is_proven(self) -> bool:
        """Whether the steps come to 0."""
        return self.derivation.result is ZERO

    @property
    def holds(self) -> bool:
        """Whether the equation holds, as far as is known."""
        return self.is_proven or self.agrees


def check_equation(
    origin: int, equation: Basic, results: Mapping[Symbol, Basic], book: RuleBook
) -> Check:
    """Put the results into an equation and simplify, step by step, to 0.

    A solution with letters is brought over one denominator and multiplied out, so that a
    correct one always comes to 0.
    """
    left, right = equation.args
    start = left if right is ZERO else Plus(left, Negative(right))
    filled = substitute(start, dict(results))
    phases = [Phase(start, {}, start)]
    if filled is not start:
        says = "substituting " + _told(results)
        phases.append(Phase(filled, {}, filled, Entry(says, dict(results))))
    phases += _to_zero(filled, book)
    derivation = Derivation(tuple(phases), book)
    agrees = derivation.result is not ZERO and _agrees(derivation.result, book)
    return Check(origin, equation, derivation, agrees)


_BITS = 400


def _agrees(result: Basic, book: RuleBook) -> bool:
    """Whether a number without letters is 0 to a hundred digits."""
    if free_symbols(result):
        return False
    from derivex.equality.balls import evaluate, precision

    with precision(_BITS):
        try:
            value = evaluate(result, {}, book.functions, real=True)
        except ProblemError:
            return False
        return bool(value.contains(0) and value.abs_upper() < 1e-100)


def _to_zero(start: Basic, book: RuleBook) -> list[Phase]:
    kinds = {type(node) for node in postorder(start)}
    plain = ("arithmetic", "angles", "undoing", "tidying")
    tables = MEANS if Mean in kinds and Total in kinds else plain
    phases = [normal_phase(start, book, *tables)]
    if phases[-1].result is not ZERO:
        with suppress(ProblemError):  # too many terms to be multiplied out: it stays open
            phases += over_one_denominator(phases[-1].result, book)
        phases.append(normal_phase(phases[-1].result, book, *tables))
    return [phase for phase in phases if phase.result is not phase.start]


_SHORT = 20  # signs; longer values stand above, and their names say enough


def _told(results: Mapping[Symbol, Basic]) -> str:
    """The values that are put in; only their names where a value is long."""
    write = TextWriter().write
    names, values = [*map(write, results)], [*map(write, results.values())]
    if any(len(value) > _SHORT for value in values):
        return listed(names)
    return ", ".join(f"{name} = {value}" for name, value in zip(names, values, strict=True))
