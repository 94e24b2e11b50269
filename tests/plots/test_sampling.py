"""Where curves are cut, which heights are shown, and which contours are drawn."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from derivex.errors import ProblemError
from derivex.plots.picture import Axis
from derivex.plots.sampling import contour_levels, height_axis, on_grid, on_line


def test_a_curve_has_a_gap_at_a_pole_and_none_where_it_is_only_steep() -> None:
    _, pole = on_line(lambda point: 1 / point[0] if point[0] else math.nan, Axis("x", -1, 1))
    assert np.isnan(pole).any()
    _, step = on_line(lambda point: math.tan(point[0]), Axis("x", -3, 3))
    assert np.isnan(step).sum() == 2
    _, steep = on_line(lambda point: math.atan(30 * point[0]), Axis("x", -3, 3))
    assert not np.isnan(steep).any()


def test_a_kink_is_among_the_samples() -> None:
    along, values = on_line(lambda point: abs(point[0] - 0.1234567), Axis("x", -1, 1), [0.1234567])
    assert values.min() == 0.0
    assert 0.1234567 in along


def test_a_pole_does_not_press_the_rest_of_the_curve_flat() -> None:
    values = np.array([1 / x for x in np.linspace(-1, 1, 801) if x])
    axis = height_axis("y", values)
    assert -60 < axis.low < -5
    assert 5 < axis.high < 60
    parabola = np.linspace(-4, 4, 801) ** 2
    axis = height_axis("y", parabola)
    assert axis.low <= 0
    assert axis.high >= 16


def test_contours_lie_between_the_least_and_the_greatest_value() -> None:
    axis = Axis("x", -2, 2)
    _, _, values = on_grid(lambda point: point[0] ** 2 + point[1] ** 2, axis, axis)
    levels = contour_levels(values)
    assert list(levels) == sorted(set(levels))
    assert len(levels) >= 8
    assert 0 < levels[0] < levels[-1] < 8


def test_a_function_without_values_is_not_drawn() -> None:
    axis = Axis("x", -2, 2)
    with pytest.raises(ProblemError, match="no value"):
        on_grid(lambda point: math.nan, axis, axis)
    with pytest.raises(ProblemError, match="no value"):
        height_axis("y", np.array([math.nan]))


def test_a_constant_has_an_axis_and_one_contour() -> None:
    axis = Axis("x", -2, 2)
    _, _, values = on_grid(lambda point: 3.0, axis, axis)
    assert contour_levels(values) == (3.0,)
    assert height_axis("y", values).low < 3 < height_axis("y", values).high


@pytest.mark.parametrize(
    ("function", "jumps"),
    [
        (lambda x: math.floor(x) + x / 4, 4),
        (lambda x: 1.0 if x > 0.3 else 0.0, 1),
        (lambda x: 5.0 + (x > 1), 1),
        (lambda x: 1 / (x - 0.5) ** 2 if x != 0.5 else math.nan, 1),
        (lambda x: math.exp(9 * x), 0),
        (lambda x: abs(x) ** 0.5, 0),
        (lambda x: math.sin(40 * x), 0),
        (lambda x: math.tanh(500 * x), 0),
        (lambda x: abs(x - 1 / 3), 0),
        (lambda x: 7.0, 0),
    ],
)
def test_a_jump_is_a_gap_and_a_steep_slope_is_none(
    function: Callable[[float], float], jumps: int
) -> None:
    _, values = on_line(lambda point: function(point[0]), Axis("x", -2, 2))
    assert np.isnan(values).sum() == jumps
