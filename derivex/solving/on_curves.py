"""What the points of a whole curve of stationary points are."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation
from derivex.engine import normal_phase
from derivex.expression import (
    ONE,
    ZERO,
    Apply,
    Equation,
    Negative,
    Plus,
    free_symbols,
    function_name,
)
from derivex.matching import NO_FACTS
from derivex.rulebook.procedures.equations import coefficients_of
from derivex.rulebook.procedures.polynomials import quotient
from derivex.solving.definiteness import Finding, Verdict
from derivex.solving.points import Point
from derivex.solving.record import Words
from derivex.solving.working import VALUES

if TYPE_CHECKING:
    from derivex.solving.kinds import Kinds

__all__ = ["across", "between_bounds", "zero_on_curve"]


def zero_on_curve(kinds: Kinds, point: Point) -> Finding | None:
    """The function has a factor that is zero on the curve, and is never negative."""
    (relation, *_) = point.relations
    if type(relation) is not Equation:
        return None
    left, right = relation.args
    whole = left if right is ZERO else Plus(left, Negative(right))
    share = quotient(kinds.expression, whole)
    if share is None or type(share).__name__ == "Over":
        return None
    signs = NO_FACTS.signs(kinds.expression)
    for verdict, missing in ((Verdict.MINIMUM, -1), (Verdict.MAXIMUM, 1)):
        if missing not in signs:
            word = "negative" if missing < 0 else "positive"
            words: Words = (
                "the function is 0 on the whole curve, and never ",
                f"{word}: a global {verdict.value}",
            )
            return Finding(verdict, words, False)
    return None


def between_bounds(kinds: Kinds, point: Point) -> Finding | None:
    """a sin(u) + c where cos(u) = 0: the sine is 1 or −1 there, its bounds."""
    for relation in point.relations:
        left, right = relation.args
        if right is not ZERO or type(left) is not Apply or len(left.args) != 2:
            continue
        partner = {"cos": "sin", "sin": "cos"}.get(str(left.args[0]))
        if partner is None:
            continue
        other = Apply(function_name(partner), left.args[1])
        found = coefficients_of(kinds.expression, other)
        if found is None or len(found) != 2 or any(map(free_symbols, found)):
            continue
        words: Words = ("where ", relation, " there is ", Equation(other, ONE), " or ")
        words += (Equation(other, Negative(ONE)), ", its greatest and its least value: ")
        words += ("each point is a global maximum or a global minimum",)
        return Finding(Verdict.UNDECIDED, words, False)
    return None


def across(
    kinds: Kinds,
    point: Point,
    values: dict[Symbol, Basic],
    hessian: Basic,
    numbers: list[list[Fraction]],
) -> tuple[Finding, tuple[Derivation, ...], bool] | None:
    """A whole line of points: the Hessian across it decides, as it is flat along it."""
    if not point.free or point.relations:
        return None
    entries = [list(row.args) for row in hessian.args]
    flat = len(point.free)
    rank = len(entries) - flat
    if rank != 1:
        return None
    trace = entries[0][0]
    for place in range(1, len(entries)):
        trace = Plus(trace, entries[place][place])
    trace = normal_phase(trace, kinds.book, *VALUES).result
    signs = NO_FACTS.signs(trace)
    lead: Words = (
        "along the points the Hessian ",
        hessian,
        " is flat; across them it is ",
        trace,
    )
    if signs == frozenset((1,)):
        return Finding(Verdict.MINIMUM, (*lead, " > 0, so each is a minimum"), False), (), False
    if signs == frozenset((-1,)):
        return Finding(Verdict.MAXIMUM, (*lead, " < 0, so each is a maximum"), False), (), False
    if trace is ZERO:
        return None
    words = (*lead, ": a minimum where that is positive, a maximum where it is negative")
    return Finding(Verdict.UNDECIDED, words, False), (), False
