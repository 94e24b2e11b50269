"""Functions tabulated for a picture: values on a line or a grid, and the ranges worth showing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from derivex.errors import ProblemError
from derivex.plots.picture import Axis
from derivex.plots.scales import rounded_levels

if TYPE_CHECKING:
    from derivex.plots.picture import Numbers

__all__ = ["GRID", "Function", "contour_levels", "height_axis", "on_grid", "on_line", "widened"]

Function: TypeAlias = Callable[[Sequence[float]], float]
"""The value at a point; NaN where there is none."""

GRID = 81
"""Places along each side of a grid."""

_SAMPLES = 800  # of a curve
_LEVELS = 12
_MARGIN = 0.06
_STEEP = 4  # times the usual change between samples, from which on a jump is looked for
_MOST_JUMPS = 60  # places at which one is looked for
_HALVINGS = 40  # of the distance between two samples


def on_line(function: Function, axis: Axis, extra: Sequence[float] = ()) -> tuple[Numbers, Numbers]:
    """A function of one variable along an axis, with gaps where it has no value or jumps.

    Args:
        function: the function.
        axis: from where to where.
        extra: points that must be among the samples, such as kinks.
    """
    inside = [each for each in extra if axis.low <= each <= axis.high]
    x = np.unique(np.concatenate([np.linspace(axis.low, axis.high, _SAMPLES + 1), inside]))
    y = np.array([function((each,)) for each in x], dtype=np.float64)
    y[~np.isfinite(y)] = np.nan
    change = np.abs(np.diff(y))
    known = change[np.isfinite(change)]
    usual = np.median(known) if known.size else np.nan
    steep = [int(place) for place in np.nonzero(change > _STEEP * usual)[0]]
    likely = sorted(steep, key=lambda place: -change[place])[:_MOST_JUMPS]
    gaps = sorted(each + 1 for each in likely if _jumps(function, x[each], x[each + 1]))
    if not gaps:
        return x, y
    return np.insert(x, gaps, x[gaps]), np.insert(y, gaps, np.nan)


def _jumps(function: Function, low: float, high: float) -> bool:
    """Whether a function jumps between two places: it changes as much however near they are."""
    below, above = function((low,)), function((high,))
    whole = abs(above - below)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        value = function((middle,))
        if not np.isfinite(value):
            return True
        if abs(value - below) > abs(above - value):
            high, above = middle, value
        else:
            low, below = middle, value
    return bool(abs(above - below) > whole / 2)


def on_grid(
    function: Function, x: Axis, y: Axis, count: int = GRID
) -> tuple[Numbers, Numbers, Numbers]:
    """A function of two variables: the coordinates and the values, a row for each y.

    Args:
        function: the function.
        x: the first variable, from where to where.
        y: the second one.
        count: how many places there are along each of them.

    Raises:
        ProblemError: it has no value anywhere there.
    """
    across = np.linspace(x.low, x.high, count)
    up = np.linspace(y.low, y.high, count)
    values = np.array([[function((a, b)) for a in across] for b in up], dtype=np.float64)
    values[~np.isfinite(values)] = np.nan
    if np.isnan(values).all():
        raise ProblemError(
            "the function has no value in what is to be drawn", hint="choose another --range"
        )
    return across, up, values


def contour_levels(values: Numbers, count: int = _LEVELS) -> tuple[float, ...]:
    """Levels that lie about as far apart in the picture as in one another's values.

    Halfway between equal steps in value, which crowd where the function is steep, and equal
    shares of the area, which crowd where it is flat.
    """
    finite = values[np.isfinite(values)]
    low, high = _worth_showing(finite)
    if not high > low:
        return (low,)
    finite = finite[(low <= finite) & (finite <= high)]
    shares = (np.arange(count) + 0.5) / count
    by_area = np.quantile(finite, shares)
    by_value = low + (high - low) * shares
    return rounded_levels([float(each) for each in (by_area + by_value) / 2])


def height_axis(label: str, *values: Numbers, keep: Sequence[float] = ()) -> Axis:
    """An axis for values: all of them, unless a few are very far from the rest (a pole).

    Args:
        label: what they are.
        values: the values; NaN is left out.
        keep: values that must be on it.

    Raises:
        ProblemError: there are none.
    """
    together = np.concatenate([np.ravel(each) for each in values])
    finite = together[np.isfinite(together)]
    if not finite.size:
        raise ProblemError(
            "the function has no value in what is to be drawn", hint="choose another --range"
        )
    low, high = _worth_showing(finite)
    low, high = min([low, *keep]), max([high, *keep])
    return widened(label, low, high)


def _worth_showing(finite: Numbers) -> tuple[float, float]:
    """From where to where values are shown: without the few that are very far from the rest."""
    low, high = float(finite.min()), float(finite.max())
    inner_low, inner_high = (float(each) for each in np.quantile(finite, [0.04, 0.96]))
    usual = inner_high - inner_low
    # A pole's values grow without end; a parabola's outer ones are a few times the inner.
    if usual > 0 and high - low > 6 * usual:
        return max(low, inner_low - 0.5 * usual), min(high, inner_high + 0.5 * usual)
    return low, high


def widened(
    label: str, low: float, high: float, margin: float = _MARGIN, reach: float = 1.0
) -> Axis:
    """An axis with some space beyond what must be on it; around a single number, ``reach``.

    >>> widened("x", 0.0, 10.0, 0.1)
    Axis(label='x', low=-1.0, high=11.0)
    >>> widened("x", 3.0, 3.0)
    Axis(label='x', low=2.0, high=4.0)
    """
    if high - low <= 1e-12 * max(abs(low), abs(high)) or high == low:
        reach = max(abs(low) * 0.1, reach)
        return Axis(label, low - reach, high + reach)
    space = (high - low) * margin
    return Axis(label, low - space, high + space)
