"""Round numbers along axes."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivex.plots.scales import rounded_levels, short, tick_labels, ticks

ENDS = st.floats(-1e9, 1e9, allow_nan=False)


@given(ENDS, st.floats(1e-6, 1e9), st.integers(1, 12))
def test_ticks_lie_inside_are_evenly_spaced_and_not_too_many(
    low: float, length: float, most: int
) -> None:
    high = low + length
    if high <= low or length < 1e-9 * abs(low):
        return
    found = ticks(low, high, most)
    slack = length * 1e-6
    assert all(low - slack <= each <= high + slack for each in found)
    assert len(found) <= most + 1
    gaps = [b - a for a, b in pairwise(found)]
    assert all(gap == pytest.approx(gaps[0], rel=1e-3) for gap in gaps)


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.0, "0"), (-0.0, "0"), (1e-7, "1e-7".replace("-", "−")), (12345.6, "1.235e4"), (-3.0, "−3")],
)
def test_numbers_are_short(value: float, written: str) -> None:
    assert short(value) == written


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=12))
def test_levels_stay_different(levels: list[float]) -> None:
    different = sorted(set(levels))
    gaps = [b - a for a, b in pairwise(different)]
    if gaps and min(gaps) > 1e-9:
        assert len(rounded_levels(levels)) == len(different)


@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
def test_numbers_at_an_axis_are_told_apart(low: float, length: float) -> None:
    """Also where the axis is short and far from zero."""
    if length < 1e-7 * abs(low):
        return
    places = ticks(low, low + length)
    assert len(set(tick_labels(places))) == len(places)
