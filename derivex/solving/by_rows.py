"""Many linear equations, solved by row operations."""

from __future__ import annotations

from contextlib import suppress

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine.one_fraction import over_one_denominator
from derivex.errors import ProblemError
from derivex.expression import Equation, value_of
from derivex.rulebook import RuleBook
from derivex.solving.check import Check, check_equation
from derivex.solving.eliminate import Outcome
from derivex.solving.linear_form import linear_form
from derivex.solving.named_rows import PRIME
from derivex.solving.record import Words
from derivex.solving.row_elimination import are_many, eliminate_rows
from derivex.solving.solution import Solution
from derivex.solving.working import MULTIPLY_OUT, Working

__all__ = ["solve_by_rows"]

_MOST_CHECKED = 6
"""Equations into which the solution is put step by step; of more it is only told that they hold."""


_MOST_NAMES = 12
"""New names up to which the solution is written without them as well."""


def _tidied(value: Basic, book: RuleBook) -> Basic:
    """Over one denominator and multiplied out, in the letters that were given."""
    with suppress(ProblemError):  # too many terms: it stays as it is
        for phase in over_one_denominator(value, book):
            value = phase.result
    return value


def solve_by_rows(
    given: tuple[Basic, ...], unknowns: tuple[Symbol, ...], book: RuleBook
) -> Solution | None:
    """Solve many linear equations by row operations; None where they are few, or not linear.

    Args:
        given: the equations.
        unknowns: what to solve for.
        book: the rules.
    """
    if not are_many(given, unknowns):
        return None
    working = Working(book)
    latest = []
    for origin, equation in enumerate(given, 1):
        at = working.give(equation, origin)
        if linear_form(equation, set(unknowns)) is None:
            at = working.rewrite(at, MULTIPLY_OUT, MULTIPLY_OUT)
        working.label(at)
        latest.append(working.equation(at))
    found = eliminate_rows(latest, unknowns)
    if found is None:
        return None
    reason: Words = ()
    conditions = found.conditions
    outcome = Outcome.UNDERDETERMINED if found.free else Outcome.SOLVED
    notes: tuple[Words, ...] = ()
    checks: tuple[Check, ...] = ()
    if found.contradiction is not None:
        outcome = Outcome.NO_SOLUTION
        equation = found.rest(found.contradiction)
        if len(found.definitions) <= _MOST_NAMES:
            left, right = equation.args
            equation = Equation(left, _tidied(found.without_names(right), book))
        reason = (f"({found.contradiction + 1}) holds only where ", equation)
        if value_of(equation.args[1]) is not None:
            reason = (
                f"({found.contradiction + 1}) cannot hold: ",
                equation.args[0],
                " is not ",
                equation.args[1],
            )
    elif len(given) <= _MOST_CHECKED and len(found.definitions) <= _MOST_NAMES:
        closed = {name: _tidied(value, book) for name, value in found.closed.items()}
        conditions = tuple(_tidied(found.without_names(each), book) for each in conditions)
        if found.definitions:
            told = [
                (", " if place else "", Equation(*pair))
                for place, pair in enumerate(closed.items())
            ]
            notes = (("Without the new names: ", *[word for pair in told for word in pair]),)
        checks = tuple(
            check_equation(origin, equation, closed, book)
            for origin, equation in enumerate(given, 1)
        )
    else:
        notes = (found.checked,)
    if found.tested:
        entries = "1 entry was" if found.tested == 1 else f"{found.tested} entries were"
        are = "it is" if found.tested == 1 else "they are"
        notes = (
            (f"{entries} taken for 0, as {are} at random values modulo the prime {PRIME}",),
            *notes,
        )
    return Solution(
        given,
        unknowns,
        (),
        tuple(working.moves),
        {name: found.values[name] for name in unknowns if name in found.values},
        found.free if outcome is Outcome.UNDERDETERMINED else (),
        conditions,
        outcome,
        reason,
        checks,
        None,
        book,
        notes,
        elimination=found,
    )
