"""Central differences, and how far they may be from the derivative.

The quotient (f(x + h e) − f(x − h e))/(2h) is off by about h² f‴/6, and by the rounding of f over
h.  Two step sizes tell the first, and Richardson's extrapolation (4 D(h/2) − D(h))/3 takes most
of it away.  With many digits the second is nothing; with floats the noise of f tells it (J. J.
Moré and S. M. Wild, Estimating computational noise, 2011), and the step is taken at which both
together are least (after C. J. F. Ridders, Accurate computation of F′(x) and F′(x)F″(x), 1982).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from sympy.core.basic import Basic

from derivex.errors import ProblemError
from derivex.expression import value_of
from derivex.expression.functions import Functions

__all__ = ["Slope", "by_balls", "by_floats", "exact_function"]

_BITS = 800
_FIRST_STEP = Fraction(1, 10**12)  # relative to the size of the variable
_SMALLER = Fraction(1, 10**8)
_TRIES = 5
_ENOUGH = Fraction(1, 10**12)  # a relative error at which no smaller step is tried

_SAME_SLOPE = Fraction(1, 10**4)  # the part of a slope that the sides of a kink differ by

_CERTAIN = Fraction(1, 10**50)  # a relative error that is not undercut

_LADDER = 22  # step sizes, each a quarter of the one before
_NOISE_ORDER = 6
_SAFETY = 4.0
_LEAST = 2.0**-1074  # what is smaller is rounded to zero
_ROUNDING = 2.0**-52  # of the quotient itself, relative to it


@dataclass(frozen=True)
class Slope:
    """A derivative by differences.

    Args:
        value: the derivative, as it is known best.
        error: how far that may be from it.
        sides: the slopes to the left and to the right, where these differ: there is a kink, and
            no derivative.
    """

    value: Fraction
    error: Fraction
    sides: tuple[Fraction, Fraction] | None = None


ExactFunction = Callable[[Sequence[Fraction]], Fraction]


def exact_function(
    expression: Basic,
    variables: Sequence[Basic],
    columns: Mapping[Any, Sequence[Basic]],
    functions: Functions,
) -> ExactFunction:
    """An expression as a function of fractions, with some 200 digits."""
    from derivex.equality import balls  # flint takes a while to import

    data: dict[Basic, Any] = {
        name: [value_of(entry) for entry in column] for name, column in columns.items()
    }
    count = max(map(len, data.values()), default=0) or None

    def function(point: Sequence[Fraction]) -> Fraction:
        around = {**dict(zip(variables, point, strict=True)), **data}
        with balls.precision(_BITS):
            found = balls.evaluate(expression, around, functions, count, real=True)
            if not found.is_finite():
                raise ProblemError("the function has no finite value there")
            mantissa, exponent = found.real.mid().man_exp()
        power = int(exponent)
        scale = Fraction(2) ** power if abs(power) < 100_000 else Fraction(0)
        return Fraction(int(mantissa)) * scale

    return function


def by_balls(function: ExactFunction, point: Sequence[Fraction], place: int) -> Slope:
    """The derivative of a function that is known to many digits."""
    step = _FIRST_STEP * _size(abs(point[place]))
    best = _extrapolated(function, point, place, step)
    for _ in range(_TRIES):
        if best.error <= _ENOUGH * abs(best.value):
            break
        step *= _SMALLER
        found = _extrapolated(function, point, place, step)
        if found.error >= best.error:
            break
        best = found
    near = _FIRST_STEP * _size(abs(point[place]))
    wide, narrow = (_one_sided(function, point, place, size) for size in (near, near / 16))
    return replace(best, sides=_kink(wide, narrow, Fraction(0)))


def _one_sided(
    function: Callable[[Sequence[Any]], Any], point: Sequence[Any], place: int, step: Any
) -> tuple[Fraction, Fraction]:
    """The slopes of the secants to the left and to the right."""
    above, below = list(point), list(point)
    above[place] += step
    below[place] -= step
    middle = Fraction(function(point))
    right = (Fraction(function(above)) - middle) / Fraction(step)
    return (middle - Fraction(function(below))) / Fraction(step), right


def _kink(
    wide: tuple[Fraction, Fraction], narrow: tuple[Fraction, Fraction], noise: Fraction
) -> tuple[Fraction, Fraction] | None:
    """The slopes on both sides of a kink; None where there is none.

    They differ by h f″ where a function is smooth, and that much less for a smaller step.

    Args:
        wide: the slopes for one step.
        narrow: those for a step that is a sixteenth of it.
        noise: how far rounding may put them apart.
    """
    before, after = abs(wide[1] - wide[0]), abs(narrow[1] - narrow[0])
    size = max(map(abs, narrow))
    stays = after > before / 2 and before > after / 2
    return narrow if stays and after > max(_SAME_SLOPE * size, 8 * noise) else None


def _size(value: Fraction) -> Fraction:
    """1, or about the size of a number that is larger than 1."""
    return max(Fraction(1), value)


def _extrapolated(
    function: ExactFunction, point: Sequence[Fraction], place: int, step: Fraction
) -> Slope:
    coarse, fine = (_quotient(function, point, place, size) for size in (step, step / 2))
    # What the extrapolation takes away is more than what it leaves.
    error = max(abs(fine - coarse) * 2, _CERTAIN * max(abs(fine), abs(coarse)))
    return Slope((4 * fine - coarse) / 3, error)


def _quotient(
    function: ExactFunction, point: Sequence[Fraction], place: int, step: Fraction
) -> Fraction:
    above, below = list(point), list(point)
    above[place] += step
    below[place] -= step
    return (function(above) - function(below)) / (2 * step)


def by_floats(
    function: Callable[[Sequence[float]], float], point: Sequence[float], place: int
) -> Slope:
    """The derivative of a function of floats, whose values are rounded.

    Raises:
        ProblemError: it has no finite values around the point.
    """
    size = max(1.0, abs(point[place]))
    middle = function(point)
    if not math.isfinite(middle):
        raise ProblemError("the function has no finite value at that point")

    def moved(by: float) -> float:
        there = list(point)
        there[place] += by
        return function(there)

    noise = max(_noise(moved, size), 2.0**-52 * abs(middle))
    quotients: list[tuple[float, float, float]] = []
    for power in range(_LADDER):
        step = size * 0.25 * 4.0**-power
        step = (point[place] + step) - point[place]  # a step that is a float where it is added
        if step:
            above, below = moved(step), moved(-step)
            rough = max(noise, 2.0**-52 * max(abs(above), abs(below)))
            quotients.append((step, (above - below) / (2 * step), rough))
    best: Slope | None = None
    for (coarse_step, coarse, more), (step, fine, less) in pairwise(quotients):
        ratio = (coarse_step / step) ** 2
        value = (ratio * fine - coarse) / (ratio - 1)
        error = _SAFETY * (
            abs(value - fine) + (max(more, less) + _LEAST) / step + _ROUNDING * abs(value)
        )
        known = math.isfinite(value) and math.isfinite(error)
        if known and (best is None or error < best.error):
            best = Slope(Fraction(value), Fraction(error))
    if best is None:
        raise ProblemError("the function has no finite values around that point")
    step = size * 2.0**-10
    try:
        wide, narrow = (_one_sided(function, point, place, each) for each in (step, step / 16))
    except (ValueError, OverflowError):
        return best  # beyond the end of its domain
    return replace(best, sides=_kink(wide, narrow, Fraction(32 * noise / step)))


def _noise(moved: Callable[[float], float], size: float) -> float:
    """How much the values of a function jump about, by differences of high order."""
    step = size * 2.0**-26
    values = [moved(step * k) for k in range(-4, 5)]
    for _ in range(_NOISE_ORDER):
        values = [after - before for before, after in pairwise(values)]
    if not all(map(math.isfinite, values)):
        return 0.0
    factor = math.factorial(_NOISE_ORDER) ** 2 / math.factorial(2 * _NOISE_ORDER)
    return math.sqrt(factor * sum(value * value for value in values) / len(values))
