"""Points at which a function has a value and its gradient has none: kinks, such as |x| at 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import normal_phase
from derivex.equality.balls import evaluate, precision
from derivex.errors import ProblemError
from derivex.expression import ZERO, Negative, Plus, free_symbols, substitute
from derivex.matching import NO_FACTS
from derivex.rulebook import RuleBook
from derivex.solving.definiteness import Verdict
from derivex.solving.record import Words
from derivex.solving.solution import Solution
from derivex.solving.working import VALUES

__all__ = ["Corner", "corners_of"]

_BITS = 256


@dataclass(frozen=True, eq=False)
class Corner:
    """A point at which a function has a value, and its gradient none.

    Args:
        values: where it is.
        verdict: what it is: minimum, maximum or undecided.
        reason: why.
    """

    values: Mapping[Symbol, Basic]
    verdict: Verdict
    reason: Words


def corners_of(
    expression: Basic, unknowns: Sequence[Symbol], solution: Solution, book: RuleBook
) -> tuple[Corner, ...]:
    """The candidates that were left out because the gradient has no value there.

    Args:
        expression: the function.
        unknowns: its variables.
        solution: the gradient set to zero, and solved by cases.
        book: the rules.
    """
    found = []
    for values in solution.undefined:
        if set(values) != set(unknowns) or any(free_symbols(value) for value in values.values()):
            continue
        with precision(_BITS):
            try:
                place = {
                    name: evaluate(value, {}, book.functions, real=True)
                    for name, value in values.items()
                }
                there = evaluate(expression, place, book.functions, real=True)
            except ProblemError:
                continue
            if not there.is_finite():
                continue
        found.append(_corner(expression, values, book))
    return tuple(found)


def _corner(expression: Basic, values: Mapping[Symbol, Basic], book: RuleBook) -> Corner:
    here = normal_phase(substitute(expression, dict(values)), book, *VALUES).result
    difference = expression if here is ZERO else Plus(expression, Negative(here))
    difference = normal_phase(difference, book, *VALUES).result
    signs = NO_FACTS.signs(difference)
    for verdict, missing, word in (
        (Verdict.MINIMUM, -1, "negative"),
        (Verdict.MAXIMUM, 1, "positive"),
    ):
        if missing not in signs:
            words: Words = (
                "the gradient has no value here, but the function is ",
                here,
                " here, and ",
                difference,
                f" is never {word}: a global {verdict.value} without derivative",
            )
            return Corner(values, verdict, words)
    words = ("the gradient has no value here, and the function is ", here)
    return Corner(values, Verdict.UNDECIDED, words)
