"""What stands around an unknown that occurs once is undone, from the outside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import ProblemError
from derivex.expression import (
    ONE,
    TWO,
    ZERO,
    Apply,
    AtMost,
    Less,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    free_symbols,
    function_name,
    postorder,
    value_of,
)
from derivex.matching import NO_FACTS
from derivex.rulebook.procedures.arithmetic import exact_root
from derivex.solving.equation_questions import is_call
from derivex.solving.isolate import condition
from derivex.solving.linear import terms_of
from derivex.solving.record import Words
from derivex.solving.signs import is_certain

if TYPE_CHECKING:
    from derivex.solving.one_unknown import OneUnknown

__all__ = ["ANGLES", "undo", "undone"]

ANGLES = ("sin", "cos", "tan")
_OF_NONNEGATIVE = (
    *("take-square-root", "take-even-root", "square-both-sides", "undo-absolute-value"),
    *("raise-to-power", "undo-exponent"),
)
_UNDONE = (*ANGLES, "log", "sqrt", "cbrt", "abs", "tanh")


def undo(solver: OneUnknown, at: int) -> int | None:
    """One operation undone, where the unknown occurs once."""
    working = solver.working
    left, right = solver.sides(at)
    if solver.depends(right):
        if solver.depends(left):
            return None
        if _occurrences(right, solver.unknown) == 1:
            return working.apply("swap-sides", at, solver.unknown)
        return None
    if _occurrences(left, solver.unknown) != 1:
        return undone(solver, at) if _is_wrapped(solver, left, right) else None
    return undone(solver, at) if _can_undo(solver, left, right) else None


def _is_wrapped(solver: OneUnknown, left: Basic, right: Basic) -> bool:
    """Whether all that holds the unknown stands inside one power or function."""
    if right is ZERO:
        return False
    if type(left) is not Power:
        return is_call(left, *_UNDONE)
    base, exponent = left.args
    if solver.depends(exponent):
        return not solver.depends(base)
    return _has_root(left, left, right)


def _can_undo(solver: OneUnknown, left: Basic, right: Basic) -> bool:
    """Whether there is a move for everything that stands around the unknown."""
    node = left
    while node is not solver.unknown:
        if type(node) is Power:
            base, exponent = node.args
            if solver.depends(exponent):
                if max(NO_FACTS.signs(base), default=-1) <= 0:
                    return False
                node = exponent
                continue
            if not _has_root(node, left, right):
                return False
        elif type(node) is Apply:
            if not is_call(node, *_UNDONE):
                return False
        elif type(node) not in (Plus, Times, Negative, Over):
            return False
        node = next(part for part in node.args if solver.depends(part))
    return True


def _has_root(power: Basic, left: Basic, right: Basic) -> bool:
    """Whether a power is best undone by a root, not by factoring: x⁴ = 4 gives x² = 2 first."""
    value = value_of(power.args[1])
    if value is None:
        return False
    if value.denominator != 1 or abs(value) in (2, 3):
        return True
    if power is not left:  # what stands around it is undone first, where factoring is no way
        return right is not ZERO or not isinstance(power.args[0], Symbol)
    known = value_of(right)
    if known is None or known == 0:
        return True
    whole = abs(value.numerator)
    orders = [order for order in range(2, whole + 1) if whole % order == 0]
    exact = [order for order in orders if exact_root(abs(known), order) is not None]
    return not exact or whole in exact


def undone(solver: OneUnknown, at: int) -> int | None:
    """The outermost operation on the left-hand side undone."""
    working, unknown = solver.working, solver.unknown
    left, right = solver.sides(at)
    if right is ZERO and type(left) in (Times, Power):
        after = working.proceed("zero-product", at)
        if after != at:
            return after
    names: tuple[str, ...] = ()
    if type(left) is Plus:
        free = [term for term in terms_of(left) if not solver.depends(term)]
        names = ("add" if type(free[0]) is Negative else "subtract",) if free else ()
    elif type(left) is Negative:
        divides = type(left.args[0]) is Times and type(right) is not Plus
        names = ("divide-by-negative",) if divides else ("change-signs",)
    elif type(left) is Times:
        names = ("divide",)
    elif type(left) is Over:
        below = left.args[1]
        names = ("undo-reciprocal",) if solver.depends(below) else ("multiply",)
    elif type(left) is Power:
        names = (
            "take-square-root",
            "square-never-negative",
            "take-cube-root",
            "reciprocal-never-zero",
            "take-reciprocals",
            "even-power-never-negative",
            "take-even-root",
            "take-odd-root",
            "fractional-power-never-negative",
            "raise-to-power",
            "undo-exponent",
            "power-never-negative",
            "take-logarithm",
            "take-logarithm-of-powers",
        )
    elif type(left) is Apply:
        if str(left.args[0]) in ANGLES:
            return _angle(solver, at)
        names = (
            "take-exponential",
            "root-never-negative",
            "square-both-sides",
            "cube-both-sides",
            "absolute-value-never-negative",
            "undo-absolute-value",
            "undo-tanh",
        )
    for name in names:
        if name in ("change-signs", "swap-sides") or not _needs_care(solver, name, left, right):
            needed = _divisor(solver, left) if name.startswith("divide") else None
            made = working.apply(name, at, unknown, needed)
            if made is not None:
                return solver.tidied(made)
    return None


def _divisor(solver: OneUnknown, left: Basic) -> Basic | None:
    """What must not be zero for a division by all factors without the unknown."""
    product = left.args[0] if type(left) is Negative else left
    factors = [factor for factor in product.args if not solver.depends(factor)]
    return condition(factors[0] if len(factors) == 1 else Times(*factors), False)


def _needs_care(solver: OneUnknown, name: str, left: Basic, right: Basic) -> bool:
    """Whether a move is not for these sides: √u = c and |u| = c with c negative, in digits."""
    if name in _OF_NONNEGATIVE:
        return _is_negative(right)
    if name in ("square-never-negative", "root-never-negative"):
        return not _is_negative(right)
    return False


def _angle(solver: OneUnknown, at: int) -> int | None:
    left, right = solver.sides(at)
    if free_symbols(right):
        return _angle_in_letters(solver, at)
    bounds = solver.intervals.of(left.args[1], solver.unknown)
    if bounds is None:
        return None
    name = str(left.args[0])
    words: Words = ("take the inverse of ", name, solver.intervals.said(solver.unknown))
    if name != "tan" and is_certain(Less(ONE, Power(right, TWO))):
        words = (name, " has values from −1 to 1 only, and ", right, " is none")
    return solver.working.proceed("inverse-on-interval", at, *bounds, words=words)


def _angle_in_letters(solver: OneUnknown, at: int) -> int | None:
    """sin(x) = c with a letter in c: both angles, from which all others are whole turns away."""
    left, right = solver.sides(at)
    if left.args[1] is not solver.unknown or not solver.intervals.turns(solver.unknown):
        return None
    after = solver.working.proceed("angles-in-letters", at)
    if str(left.args[0]) != "tan":
        size = Apply(function_name("abs"), right)
        solver.working.require(after, AtMost(size, ONE))
    return solver.tidied(after)


def _occurrences(root: Basic, unknown: Symbol) -> int:
    """How often the unknown is written; two stands for more."""
    counts: dict[Basic, int] = {}
    for node in postorder(root):
        if node is unknown:
            counts[node] = 1
        else:
            counts[node] = min(2, sum(counts.get(part, 0) for part in node.args))
    return counts[root]


def _is_negative(node: Basic) -> bool:
    """Whether a number is negative, by its sign or by its digits."""
    if max(NO_FACTS.signs(node), default=0) < 0:
        return True
    if free_symbols(node):
        return False
    from derivex.equality.balls import evaluate, precision

    with precision(128):
        try:
            return bool(evaluate(node, {}, real=True).real < 0)
        except ProblemError:
            return False
