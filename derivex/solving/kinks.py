"""What a point on a kink is, by the slopes from both sides: |x| at 0."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation
from derivex.engine import differentiate, normal_phase
from derivex.expression import ZERO, Negative, Plus, Power, postorder, substitute
from derivex.matching import NO_FACTS
from derivex.matching.curvature import Curvature
from derivex.rulebook import RuleBook
from derivex.solving.beside import bends, beside, sign_at, with_branches
from derivex.solving.definiteness import Verdict
from derivex.solving.jointly import joint_curvature
from derivex.solving.linear import terms_of
from derivex.solving.record import Words
from derivex.solving.working import VALUES

__all__ = ["Kinked", "Side", "by_slopes", "slopes_differ"]

_HIGHEST = 6
_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth")


@dataclass(frozen=True, eq=False)
class Side:
    """A function on one side of a point.

    Args:
        piece: what it is there.
        slope: the derivation of its derivative.
        value: the slope at the point, from that side.
        change: 1 if the function is greater beside the point than at it, −1 if less, 0 if equal.
        words: why.
    """

    piece: Basic
    slope: Derivation
    value: Basic
    change: int
    words: Words


@dataclass(frozen=True, eq=False)
class Kinked:
    """What a point on a kink is.

    Args:
        verdict: minimum, maximum, inflection point, neither or plateau.
        reason: why.
        proofs: the derivations of the slopes on the left and on the right.
        is_global: whether it holds for the whole function.
        is_corner: whether the slopes differ and 0 is between them.
    """

    verdict: Verdict
    reason: Words
    proofs: tuple[Derivation, ...]
    is_global: bool
    is_corner: bool


def slopes_differ(expression: Basic, unknown: Symbol, place: Basic, book: RuleBook) -> bool:
    """Whether a function of one variable is seen to have two slopes at a point.

    >>> from derivex.expression import ONE, ZERO, Apply, function_name, symbol
    >>> from derivex.rulebook import shipped_book
    >>> x = symbol("x")
    >>> size = Apply(function_name("abs"), x)
    >>> [slopes_differ(size, x, place, shipped_book()) for place in (ZERO, ONE)]
    [True, False]
    """
    sides = _sides(expression, unknown, place, book)
    if sides is None:
        return False
    left, right = sides
    return sign_at(Plus(right.value, Negative(left.value)), {}, book) not in (0, None)


def by_slopes(expression: Basic, unknown: Symbol, place: Basic, book: RuleBook) -> Kinked | None:
    """What a point is at which branches of a function of one variable meet.

    Args:
        expression: the function.
        unknown: its variable.
        place: the point.
        book: the rules.

    Returns:
        None where no branches meet there, or where it cannot be told what the function is beside
        the point.
    """
    sides = _sides(expression, unknown, place, book)
    if sides is None:
        return None
    left, right = sides
    falls, rises = left.change, right.change
    level = all(sign_at(side.value, {}, book) == 0 for side in sides)
    verdict = Verdict.INFLECTION if level else Verdict.NEITHER
    ending = "so it goes on in one direction: neither a minimum nor a maximum"
    if falls >= 0 and rises >= 0:
        verdict = Verdict.MINIMUM if falls or rises else Verdict.PLATEAU
        ending = "so no value near it is less" if falls or rises else "so it is constant there"
    elif falls <= 0 and rises <= 0:
        verdict, ending = Verdict.MAXIMUM, "so no value near it is greater"
    reason: Words = (*left.words, ", ", *right.words, f", {ending}")
    is_global = False
    curvature = joint_curvature(expression, (unknown,), book)
    curvature |= joint_curvature(with_branches(expression, book), (unknown,), book)
    for bent, which, name in (
        (Curvature.CONVEX, Verdict.MINIMUM, "convex"),
        (Curvature.CONCAVE, Verdict.MAXIMUM, "concave"),
    ):
        if curvature & bent and verdict is which:
            low, high = (left, right) if which is Verdict.MINIMUM else (right, left)
            gradients = "subgradients" if which is Verdict.MINIMUM else "supergradients"
            reason = (*reason, f"; the function is {name}, and 0 is one of its {gradients} there, ")
            reason = (*reason, "from ", low.value, " to ", high.value, f": a global {which.value}")
            is_global = True
    differ = sign_at(Plus(right.value, Negative(left.value)), {}, book) != 0
    steep = {sign_at(side.value, {}, book) for side in sides} in ({1}, {-1})
    return Kinked(verdict, reason, (left.slope, right.slope), is_global, differ and not steep)


def _sides(
    expression: Basic, unknown: Symbol, place: Basic, book: RuleBook
) -> tuple[Side, Side] | None:
    branched = with_branches(expression, book)
    there = {unknown: place}
    if not any(sign_at(each, there, book) == 0 for each in bends(branched, (unknown,))):
        return None
    here = normal_phase(substitute(branched, dict(there)), book, *VALUES).result
    found = []
    for side in (-1, 1):
        piece = beside(branched, unknown, place, side, book)
        if piece is None:
            return None
        piece = normal_phase(piece, book, *VALUES).result
        one = _side(piece, unknown, place, here, side, book)
        if one is None:
            return None
        found.append(one)
    return found[0], found[1]


def _infinite(slope: Basic) -> int:
    """1 where a slope goes to ∞, −1 where to −∞, by its terms with 0 to a negative power; or 0."""
    terms = [term for term in terms_of(slope) if _is_infinite(term)]
    signs = {sign for term in terms for sign in NO_FACTS.signs(term)}
    return next(iter(signs)) if len(signs) == 1 else 0


def _is_infinite(term: Basic) -> bool:
    return any(
        type(node) is Power and node.args[0] is ZERO and max(NO_FACTS.signs(node.args[1])) < 0
        for node in postorder(term)
    )


def _side(
    piece: Basic, unknown: Symbol, place: Basic, here: Basic, side: int, book: RuleBook
) -> Side | None:
    where = "left" if side < 0 else "right"
    lead: Words = (f"on the {where} it is ", piece)
    there = {unknown: place}
    jump = sign_at(Plus(piece, Negative(here)), there, book)
    if jump is None:
        return None
    first = differentiate(piece, [unknown], book)
    current, derived = piece, first
    value: Basic | None = None
    for order in range(1, _HIGHEST + 1):
        if derived.stuck:
            return None
        current = normal_phase(derived.result, book, *VALUES).result
        slope = normal_phase(substitute(current, dict(there)), book, *VALUES).result
        value = slope if value is None else value
        sign = _infinite(slope) or sign_at(slope, {}, book)
        if sign is None:
            return None
        if jump:
            words: Words = (*lead, ", which goes to another value")
            return Side(piece, first, value, jump, words)
        if sign:
            told: Words = (*lead, " with slope ", slope)
            if _infinite(slope):
                told = (*lead, ", whose slope goes to ", "∞" if sign > 0 else "−∞")
            elif order > 1:
                told = (*lead, f" with {_ORDINALS[order]} derivative ", slope)
            return Side(piece, first, value, sign * side**order, told)
        if sign_at(current, {}, book) == 0:
            level = (*lead, ", which is constant" if order == 1 else "")
            return Side(piece, first, value, 0, level) if order == 1 else None
        derived = differentiate(current, [unknown], book)
    return None
