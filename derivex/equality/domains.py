"""Where one side of an equality has a value and the other has none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from random import Random

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.equality.ball_functions import REAL_ONLY
from derivex.equality.balls import Balls, precision
from derivex.equality.clock import worked
from derivex.equality.pair import Pair
from derivex.equality.rings import UndefinedError, UnsupportedError
from derivex.equality.sampling import Point, random_point, simple_point
from derivex.equality.surroundings import TimeUpError
from derivex.equality.survey import Survey, survey
from derivex.equality.unfolding import unfolded
from derivex.equality.unknown import with_stand_ins
from derivex.equality.values import value_text
from derivex.equality.verdict import Counterexample
from derivex.expression.functions import Functions

__all__ = ["domain_gap"]

_BITS = 128
_POINTS = 16
_ASIDE = Fraction(1, 1021)  # how far from a simple point another one is, which it must be like


def domain_gap(
    left: Basic,
    right: Basic,
    functions: Functions,
    assumptions: Mapping[Basic, str],
    conditions: Sequence[Basic] = (),
    seconds: float = 0.5,
) -> Counterexample | None:
    """A point at which the left side has a real value and the right side has none.

    Single points, such as x = 0 for x/x, are not looked for, only ones with others like them
    around.  The value of the right side is told as "none".

    Args:
        left: a scalar expression.
        right: a scalar expression.
        functions: the known functions.
        assumptions: which values of a symbol count.
        conditions: relations; only points at which they hold count.
        seconds: the time limit; at the limit there is none.

    >>> from derivex.expression import Apply, Plus, Times, function_name, symbol
    >>> x, y, log = symbol("x"), symbol("y"), function_name("log")
    >>> separate = Plus(Apply(log, x), Apply(log, y))
    >>> print(domain_gap(Apply(log, Times(x, y)), separate, {}, {}))
    at x = -1, y = -2: left 0.693147, right none
    >>> print(domain_gap(separate, Apply(log, Times(x, y)), {}, {}))
    None
    """
    found = survey([right])
    if not (found.roots or found.cases) and REAL_ONLY.isdisjoint(found.calls):
        return None
    both = survey([left, right])
    if both.arrays or both.sets or both.integrals or both.imaginary:
        return None
    try:
        functions, _ = with_stand_ins([left, right], both.calls, functions)
        sides = unfolded([left, right], functions)
        both = survey(sides)
        deadline = worked() + seconds
        given = unfolded(conditions, functions)
        pairs = [Pair([side], [side], both, assumptions, deadline, given) for side in sides]
        for pair in pairs:
            pair.balls = Balls(real=True)
        return _gap(pairs, both, assumptions)
    except (UnsupportedError, TimeUpError):
        return None


def _gap(
    pairs: Sequence[Pair], found: Survey, assumptions: Mapping[Basic, str]
) -> Counterexample | None:
    with precision(_BITS):
        if not any(_value(pairs[0], point) is not None and _value(pairs[1], point) is None
                   for point in _random_points(found, assumptions)):  # fmt: skip
            return None
        for point in _all_points(found, assumptions):
            value = _value(pairs[0], point)
            if value is None or _value(pairs[1], point) is not None:
                continue
            aside = _beside(point)
            if _value(pairs[0], aside) is None or _value(pairs[1], aside) is not None:
                continue
            return Counterexample(point.shown(), value, "none")
    return None


def _all_points(found: Survey, assumptions: Mapping[Basic, str]) -> Iterator[Point]:
    count = 2 if found.counts else None
    for number in range(12):
        yield simple_point(found, assumptions, number, count)
    for sign in (-1, 1):  # -1, -2, …, and all different
        point = simple_point(found, assumptions, 0, count)
        for number, name in enumerate(point.values, 1):
            if name not in found.whole and assumptions.get(name, "real") == "real":
                point.values[name] = Fraction(sign * number)
        yield point
    yield from _random_points(found, assumptions)


def _random_points(found: Survey, assumptions: Mapping[Basic, str]) -> Iterator[Point]:
    random = Random(0)
    for _ in range(_POINTS):
        yield random_point(found, assumptions, random, 2 if found.counts else None, wide=True)


def _beside(point: Point) -> Point:
    values: dict[Symbol, Fraction | tuple[Fraction, Fraction]] = {}
    for number, (name, value) in enumerate(point.values.items(), 1):
        assert isinstance(value, Fraction)
        values[name] = value + number * _ASIDE
    return replace(point, values=values)


def _value(pair: Pair, point: Point) -> str | None:
    """The value of one side as text; None where it has none."""
    try:
        (value, _) = pair.values(pair.balls, point)
    except UndefinedError:
        return None
    if not hasattr(value, "is_finite") or not value.is_finite():
        return None
    return value_text(value, 6)
