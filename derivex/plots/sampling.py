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

__all__ = ["Function", "contour_levels", "height_axis", "on_grid", "on_line", "widened"]

Function: TypeAlias = Callable[[Sequence[float]], float]
"""The value at a point; NaN where there is none."""

_SAMPLES = 800  # of a curve
_GRID = 81  # along each side
_LEVELS = 12
_MARGIN = 0.06
_STEEP = 40  # so many times the usual change from one sample to the next is taken for a jump


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
    return _with_gaps(x, y)


def _with_gaps(x: Numbers, y: Numbers) -> tuple[Numbers, Numbers]:
    """A gap between samples of opposite sign that are far apart: a pole, no steep slope."""
    if np.isnan(y).all():
        return x, y
    with np.errstate(invalid="ignore"):
        change = np.abs(np.diff(y))
        usual = np.nanmedian(change) if np.isfinite(change).any() else 0.0
        jumps = (
            (y[:-1] * y[1:] < 0) & (change > _STEEP * usual) & (change > np.nanmedian(np.abs(y)))
        )
    places = np.nonzero(jumps)[0] + 1
    return np.insert(x, places, x[places]), np.insert(y, places, np.nan)


def on_grid(function: Function, x: Axis, y: Axis) -> tuple[Numbers, Numbers, Numbers]:
    """A function of two variables: the coordinates and the values, a row for each y.

    Raises:
        ProblemError: it has no value anywhere there.
    """
    across = np.linspace(x.low, x.high, _GRID)
    up = np.linspace(y.low, y.high, _GRID)
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
    low, high = float(finite.min()), float(finite.max())
    if not high > low:
        return (low,)
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
    low, high = float(finite.min()), float(finite.max())
    inner_low, inner_high = (float(each) for each in np.quantile(finite, [0.04, 0.96]))
    usual = inner_high - inner_low
    # A pole's values grow without end; a parabola's outer ones are a few times the inner.
    if usual > 0 and high - low > 6 * usual:
        low = max(low, inner_low - 0.5 * usual)
        high = min(high, inner_high + 0.5 * usual)
    low, high = min([low, *keep]), max([high, *keep])
    return widened(label, low, high)


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
