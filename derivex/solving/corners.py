"""Points at which a function has a value and its gradient has none: kinks, such as |x| at 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation
from derivex.engine import normal_phase
from derivex.equality.balls import evaluate, precision
from derivex.errors import ProblemError
from derivex.expression import (
    ZERO,
    Apply,
    Equation,
    Negative,
    Plus,
    Power,
    free_symbols,
    postorder,
    substitute,
    value_of,
)
from derivex.matching import NO_FACTS
from derivex.rulebook import RuleBook
from derivex.solving.beside import bends, with_branches
from derivex.solving.by_cases import solve_by_cases
from derivex.solving.definiteness import Verdict
from derivex.solving.eliminate import Outcome
from derivex.solving.intervals import Intervals
from derivex.solving.joint_kinks import Met, joint_kinks
from derivex.solving.kinks import by_slopes
from derivex.solving.points import same_place
from derivex.solving.record import Words
from derivex.solving.solution import Solution
from derivex.solving.working import VALUES, depends_on_any

__all__ = ["Corner", "corners_of", "roots_of"]

_BITS = 256
_MOST = 24
"""Kinks that are looked at."""
_BESIDE = Fraction(1, 1 << 24)


@dataclass(frozen=True, eq=False)
class Corner:
    """A point at which a function has a value, and its gradient none.

    Args:
        values: where it is.
        verdict: what it is: minimum, maximum, saddle or undecided.
        reason: why.
        proofs: for a function of one variable its slopes on the left and on the right.
    """

    values: Mapping[Symbol, Basic]
    verdict: Verdict
    reason: Words
    proofs: tuple[Derivation, ...] = ()


def corners_of(
    expression: Basic,
    unknowns: Sequence[Symbol],
    solution: Solution,
    book: RuleBook,
    within: Sequence[Basic] = (),
) -> tuple[tuple[Corner, ...], tuple[Basic, ...]]:
    """Where the gradient has no value though the function has one, and where 0 may be a slope.

    Args:
        expression: the function.
        unknowns: its variables.
        solution: the gradient set to zero, and solved by cases.
        book: the rules.
        within: where solutions are looked for.

    Returns:
        The corners, and the equations of kinks that could not be solved to their end.
    """
    branched = with_branches(expression, book)
    roots = roots_of(branched, unknowns)
    kinks = (*bends(branched, unknowns), *roots)
    found, unsolved = _single_points(kinks, unknowns, book, within)
    met: tuple[Met, ...] = ()
    if len(unknowns) > 1:
        jointly = joint_kinks(branched, unknowns, book, within)
        met, unsolved = jointly.points, (*unsolved, *jointly.unsolved)
    intervals = Intervals(within, (), unknowns, book)
    corners: list[Corner] = []
    seen: list[Mapping[Symbol, Any]] = []
    told = {id(each.values): each for each in met}
    for values in (*[each.values for each in met], *solution.undefined, *found):
        if id(values) in told and _is_line(values, unknowns):
            corners.append(Corner(values, told[id(values)].verdict, told[id(values)].reason))
        if set(values) != set(unknowns):
            continue
        if not all(intervals.holds(name, value) for name, value in values.items()):
            continue
        place = _place(expression, values, book)
        if place is None or any(same_place(place, other) for other in seen):
            continue
        seen.append(place)
        corner = _corner(expression, values, book, told.get(id(values)))
        if corner is None:
            continue
        by_kinks_alone = len(unknowns) > 1 and not unsolved and not roots
        if corner.verdict is not Verdict.UNDECIDED or id(values) in told or not by_kinks_alone:
            corners.append(corner)
    return tuple(corners), tuple(dict.fromkeys(unsolved))


def _is_line(values: Mapping[Symbol, Basic], unknowns: Sequence[Symbol]) -> bool:
    return len(values) < len(unknowns) or any(map(free_symbols, values.values()))


def roots_of(expression: Basic, unknowns: Sequence[Symbol]) -> tuple[Basic, ...]:
    """What stands under roots: where that is 0 the slope may be infinite."""
    found = []
    for node in postorder(expression):
        inside = None
        if type(node) is Power:
            exponent = value_of(node.args[1])
            if exponent is not None and exponent.denominator > 1:
                inside = node.args[0]
        elif type(node) is Apply and str(node.args[0]) == "sqrt":
            inside = node.args[1]
        if inside is not None and depends_on_any(inside, unknowns):
            found.append(inside)
    return tuple(dict.fromkeys(found))


def _single_points(
    kinks: Sequence[Basic], unknowns: Sequence[Symbol], book: RuleBook, within: Sequence[Basic]
) -> tuple[list[Mapping[Symbol, Basic]], tuple[Basic, ...]]:
    """The kinks that are single points, as x = 0 for one variable, or x² + y² = 0."""
    found: list[Mapping[Symbol, Basic]] = []
    unsolved: list[Basic] = [Equation(kink, ZERO) for kink in kinks[_MOST:]]
    for kink in kinks[:_MOST]:
        equation = Equation(kink, ZERO)
        if not all(depends_on_any(kink, (name,)) for name in unknowns):
            continue
        solution = solve_by_cases((equation,), tuple(unknowns), book, within)
        if solution is None or solution.outcome is Outcome.NOT_SOLVED:
            unsolved.append(equation)
        if solution is not None:
            found += [point.values for point in solution.points if point.is_single and point.exact]
    return found, tuple(unsolved)


def _place(
    expression: Basic, values: Mapping[Symbol, Basic], book: RuleBook
) -> Mapping[Symbol, Any] | None:
    """A point as numbers with error bounds; None where the function has no value about it."""
    if any(free_symbols(value) for value in values.values()):
        return None
    with precision(_BITS):
        try:
            place = {
                name: evaluate(value, {}, book.functions, real=True)
                for name, value in values.items()
            }
            step = float(_BESIDE)
            moved = [{name: ball + sign * step for name, ball in place.items()} for sign in (-1, 1)]
            there = [evaluate(expression, each, book.functions, real=True) for each in moved]
            here = normal_phase(substitute(expression, dict(values)), book, *VALUES).result
            there.append(evaluate(here, {}, book.functions, real=True))
        except ProblemError:
            return None
        return place if all(each.is_finite() for each in there) else None


def _corner(
    expression: Basic, values: Mapping[Symbol, Basic], book: RuleBook, met: Met | None = None
) -> Corner | None:
    if met is not None and met.verdict is not Verdict.UNDECIDED:
        return Corner(values, met.verdict, met.reason)
    here = normal_phase(substitute(expression, dict(values)), book, *VALUES).result
    if len(values) == 1:
        ((unknown, value),) = values.items()
        slopes = by_slopes(expression, unknown, value, book)
        if slopes is not None:
            if not slopes.is_corner:
                return None
            lead: Words = ("the gradient has no value here, and the function is ", here, ": ")
            return Corner(values, slopes.verdict, (*lead, *slopes.reason), slopes.proofs)
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
    if met is not None:
        return Corner(values, met.verdict, met.reason)
    words = ("the gradient has no value here, and the function is ", here)
    return Corner(values, Verdict.UNDECIDED, words)
