"""What the points of a whole curve of stationary points are."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
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
from derivex.solving.minors import leading_minors
from derivex.solving.points import Point
from derivex.solving.record import Words
from derivex.solving.working import MULTIPLY_OUT

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
    rank = len(entries) - len(point.free)
    if rank < 1:
        return None
    sums = [_sum_of_minors(entries, size, kinds) for size in range(1, rank + 1)]
    signs = [NO_FACTS.signs(each) for each in sums]
    lead: Words = ("along the points the Hessian ", hessian, " is flat; ")
    if rank == 1:
        lead = (*lead, "across them it is ", sums[0])
    else:
        for size, each in enumerate(sums, 1):
            what = "trace" if size == 1 else f"sum of its principal minors of size {size}"
            lead = (*lead, "" if size == 1 else ", ", f"the {what} is ", each)
    if any(1 not in sign for sign in signs[1::2]):  # an even one is positive where it is definite
        found = any(sign == frozenset((-1,)) for sign in signs[1::2])
        if not found:
            return None
        return Finding(Verdict.SADDLE, (*lead, ": up and down across them"), False), (), False
    if any(sign != frozenset((1,)) and sign != frozenset((0, 1)) for sign in signs[1::2]):
        return None
    for sign, verdict, mark in ((1, Verdict.MINIMUM, ">"), (-1, Verdict.MAXIMUM, "<")):
        strictly = all(each == frozenset((1,)) for each in signs[1::2])
        if strictly and all(each == frozenset((sign,)) for each in signs[::2]):
            words = (*lead, f" {mark} 0, so each is a {verdict.value}" if rank == 1 else "")
            words = words if rank == 1 else (*lead, f", so each is a {verdict.value}")
            return Finding(verdict, words, False), (), False
    if rank > 2 or sums[0] is ZERO:
        return None
    if rank == 1:
        told = "a minimum where that is positive, a maximum where it is negative"
    else:
        told = "a minimum where both are positive, a maximum where only the second is"
    return Finding(Verdict.VARYING, (*lead, f": {told}"), False), (), False


def _sum_of_minors(entries: list[list[Basic]], size: int, kinds: Kinds) -> Basic:
    """A coefficient of the characteristic polynomial: the sum of products of eigenvalues."""
    total: Basic = ZERO
    for places in combinations(range(len(entries)), size):
        corner = [[entries[row][column] for column in places] for row in places]
        minor = leading_minors(corner, kinds.book)[-1].result
        total = minor if total is ZERO else Plus(total, minor)
    return normal_phase(total, kinds.book, *MULTIPLY_OUT).result
