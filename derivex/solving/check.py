"""Checking a solution: put into an original equation, it must make both sides equal."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation, Entry, Phase
from derivex.engine import normal_phase
from derivex.errors import ProblemError
from derivex.expression import ZERO, Mean, Negative, Plus, Total, postorder, substitute
from derivex.notation import TextWriter
from derivex.rulebook import RuleBook
from derivex.solving.shorten import over_one_denominator
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
        holds: whether it comes to 0.
    """

    origin: int
    equation: Basic
    derivation: Derivation
    holds: bool


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
        says = "substituting " + _named(results)
        phases.append(Phase(filled, {}, filled, Entry(says, dict(results))))
    phases += _to_zero(filled, book)
    derivation = Derivation(tuple(phases), book)
    return Check(origin, equation, derivation, derivation.result is ZERO)


def _to_zero(start: Basic, book: RuleBook) -> list[Phase]:
    kinds = {type(node) for node in postorder(start)}
    tables = MEANS if Mean in kinds and Total in kinds else ("arithmetic", "tidying")
    phases = [normal_phase(start, book, *tables)]
    if phases[-1].result is not ZERO:
        with suppress(ProblemError):  # too many terms to be multiplied out: it stays open
            phases += over_one_denominator(phases[-1].result, book)
    return [phase for phase in phases if phase.result is not phase.start]


def _named(results: Mapping[Symbol, Basic]) -> str:
    writer = TextWriter()
    return ", ".join(f"{name} = {writer.write(value)}" for name, value in results.items())
