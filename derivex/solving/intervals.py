"""Where the solutions of equations with sine, cosine and tangent are looked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import normal_phase
from derivex.errors import ProblemError
from derivex.expression import (
    ONE,
    ZERO,
    Apply,
    AtLeast,
    AtMost,
    Greater,
    Less,
    Relation,
    free_symbols,
    postorder,
    value_of,
)
from derivex.notation import TextWriter
from derivex.rulebook import RuleBook
from derivex.rulebook.procedures.angles import pi_multiple
from derivex.rulebook.procedures.equations import coefficients_of

__all__ = ["Bounds", "Intervals"]

_PERIODIC = ("sin", "cos", "tan")
_MIRRORED: dict[type[Basic], type[Basic]] = {
    Less: Greater,
    AtMost: AtLeast,
    Greater: Less,
    AtLeast: AtMost,
}
_TABLES = ("arithmetic", "denominators", "expanding", "tidying")


@dataclass(frozen=True)
class Bounds:
    """An interval.

    Args:
        low: where it begins, which belongs to it.
        high: where it ends.
        closed: whether the end belongs to it.
        open: whether the beginning does not belong to it.
    """

    low: Basic
    high: Basic
    closed: bool
    open: bool = False


class Intervals:
    """The intervals of the unknowns: those that are given, else one period.

    Args:
        given: relations such as 0 ≤ x and x < 2π.
        equations: the equations, which tell by what the unknowns may be moved.
        unknowns: the unknowns.
        book: the rules.
    """

    def __init__(
        self,
        given: Iterable[Basic],
        equations: Iterable[Basic],
        unknowns: Iterable[Symbol],
        book: RuleBook,
    ):
        self._book = book
        self.unknowns = tuple(unknowns)
        self.given: Mapping[Symbol, Bounds] = _bounds_in(given)
        self.periods: dict[Symbol, Bounds] = {}
        self.used: dict[Symbol, None] = {}
        self.up_to_turns: dict[Symbol, None] = {}
        equations = tuple(equations)
        for unknown in self.unknowns:
            turns = None if unknown in self.given else _period(equations, unknown)
            if turns is not None:
                self.periods[unknown] = Bounds(ZERO, pi_multiple(turns), False)

    def bounds(self, unknown: Symbol) -> Bounds | None:
        """The interval of an unknown, if there is one."""
        return self.given.get(unknown) or self.periods.get(unknown)

    def of(self, inside: Basic, unknown: Symbol) -> tuple[Basic, Basic, Basic] | None:
        """The bounds of an argument that is linear in the unknowns, and whether it is closed."""
        names = [name for name in free_symbols(inside) if name in self.unknowns]
        if len(names) < len(free_symbols(inside)):
            return None
        low: Basic = inside
        high: Basic = inside
        closed = True
        from derivex.expression import substitute

        for name in names:
            found = coefficients_of(inside, name)
            bounds = self.bounds(name)
            if found is None or len(found) != 2 or bounds is None:
                return None
            slope = value_of(found[1])
            if slope is None:
                return None
            self.used[name] = None
            ends = (bounds.low, bounds.high) if slope > 0 else (bounds.high, bounds.low)
            closed = closed and (bounds.closed or slope < 0)
            low = substitute(low, {name: ends[0]})
            high = substitute(high, {name: ends[1]})
        low, high = (normal_phase(end, self._book, *_TABLES).result for end in (low, high))
        return low, high, ONE if closed else ZERO

    def turns(self, unknown: Symbol) -> bool:
        """Whether solutions are found up to whole turns from now on, not in an interval."""
        if unknown not in self.periods or self.periods[unknown].high != pi_multiple(Fraction(2)):
            return False
        self.up_to_turns[unknown] = None
        return True

    def use_all(self) -> None:
        """Look for solutions in all intervals, though no angle was inverted."""
        self.used.update(dict.fromkeys((*self.given, *self.periods)))

    def ends(self, unknown: Symbol) -> tuple[Fraction, Fraction] | None:
        """Two numbers around the interval of an unknown, close to its ends."""
        from derivex.equality.balls import evaluate, precision

        bounds = self.bounds(unknown)
        if bounds is None:
            return None
        with precision(64):
            low, high = (float(evaluate(end, {}).real.mid()) for end in (bounds.low, bounds.high))
        return Fraction(low) - Fraction(1, 99), Fraction(high) + Fraction(1, 99)

    def said(self, unknown: Symbol) -> str:
        """Where the unknown is looked for, as text: " for 0 ≤ x < 2π"."""
        told = [self.told(name) for name in self.used]
        return f" for {', '.join(told)}" if told else ""

    def told(self, unknown: Symbol) -> str:
        """0 ≤ x < 2π."""
        bounds = self.bounds(unknown)
        assert bounds is not None
        write = TextWriter().write
        sign = "≤" if bounds.closed else "<"
        first = "<" if bounds.open else "≤"
        return f"{write(bounds.low)} {first} {write(unknown)} {sign} {write(bounds.high)}"

    def holds(self, unknown: Symbol, value: Basic) -> bool:
        """Whether a value lies in the interval of an unknown; where that is not known, it may."""
        from derivex.equality.balls import evaluate, precision

        if free_symbols(value):
            return True
        with precision(256):
            try:
                return self.holds_ball(unknown, evaluate(value, {}, real=True).real)
            except ProblemError:
                return True

    def holds_ball(self, unknown: Symbol, there: Any) -> bool:
        """The same for a number with error bounds."""
        from derivex.equality.balls import evaluate, precision

        bounds = self.bounds(unknown)
        if bounds is None or (unknown not in self.given and unknown not in self.used):
            return True
        with precision(256):
            low, high = (evaluate(end, {}, real=True).real for end in (bounds.low, bounds.high))
            tiny = 2.0**-60 if there.rad() > 2.0**-100 else 2.0**-200
            above = there - low > (tiny if bounds.open else -tiny)
            below = high - there > (-tiny if bounds.closed else tiny)
            return bool(above and below)


def _bounds_in(given: Iterable[Basic]) -> dict[Symbol, Bounds]:
    lows: dict[Symbol, tuple[Basic, bool]] = {}
    highs: dict[Symbol, tuple[Basic, bool]] = {}
    for relation in given:
        left, right = relation.args
        kind: type[Basic] = type(relation)
        if isinstance(right, Symbol):
            left, right = right, left
            kind = _MIRRORED.get(kind, kind)
        if not isinstance(left, Symbol) or not isinstance(relation, Relation):
            continue
        if kind in (Greater, AtLeast):
            lows[left] = right, kind is Greater
        elif kind in (Less, AtMost):
            highs[left] = right, kind is AtMost
    return {
        name: Bounds(lows[name][0], *highs[name], lows[name][1]) for name in lows if name in highs
    }


def _period(equations: Iterable[Basic], unknown: Symbol) -> Fraction | None:
    """By which multiple of π an unknown may be moved that stands inside of sin, cos, tan only."""
    denominators = [1]
    found = False
    for equation in equations:
        outside: dict[Basic, bool] = {}
        for node in postorder(equation):
            if type(node) is Apply and str(node.args[0]) in _PERIODIC:
                slope = _slope(node.args[1], unknown)
                if slope is None:
                    outside[node] = True
                    continue
                found = found or slope != 0
                denominators.append(slope.denominator)
                outside[node] = False
            else:
                outside[node] = node is unknown or any(
                    outside.get(part, False) for part in node.args
                )
        if outside[equation]:
            return None
    return Fraction(2 * lcm(*denominators)) if found else None


def _slope(inside: Basic, unknown: Symbol) -> Fraction | None:
    if unknown not in free_symbols(inside):
        return Fraction(0)
    found = coefficients_of(inside, unknown)
    if found is None or len(found) != 2 or unknown in free_symbols(found[0]):
        return None
    return value_of(found[1])
