"""Minima, maxima and saddles on kinks, where the gradient has no value."""

from __future__ import annotations

import pytest

import derivex
from derivex.solving import Outcome
from tests.solving.test_held_out import (
    _value,
    close,
    found_points,
    numbers,
    places_and_kinds,
)

POINTS = """
    |x|                            | x   | 0 minimum
    max(x, -x)                     | x   | 0 minimum
    relu(x) + relu(1 - 2x)         | x   | 1/2 minimum
    |x| + x^2                      | x   | 0 minimum
    -|x - 3|                       | x   | 3 maximum
    x |x|                          | x   | 0 inflection point
    (x - 1) |x - 1|                | x   | 1 inflection point
    max(x^2, 2 - x)                | x   | 1 minimum
    |x^2 - 1|                      | x   | 0 maximum; 1 minimum; -1 minimum
    |x| - x^2                      | x   | 0 minimum; 1/2 maximum; -1/2 maximum
    max(0, 1 - x) + x^2/4          | x   | 1 minimum
    max(x, 0) - x^2/2              | x   | 0 neither; 1 maximum
    abs(abs(x) - 1)                | x   | 0 maximum; 1 minimum; -1 minimum
    if x > 0 then x^2 else -x^2    | x   | 0 inflection point
    min(x^2, (x - 2)^2)            | x   | 0 minimum; 2 minimum; 1 maximum
    x^2 - 4|x| + 3                 | x   | 0 maximum; 2 minimum; -2 minimum
    |x| + 2x                       | x   |
    max(x, 2x)                     | x   |
    relu(1 - x)^2 + x^2/2          | x   | 2/3 minimum
    |x| - 2|x - 1|                 | x   | 1 maximum
    x^2 + |x - 3| - 4x             | x   | 5/2 minimum
    |x| + |y|                      | x,y | 0, 0 minimum
    |x - y| + x^2 + y^2            | x,y | 0, 0 minimum
    |x - y| + x^2 + y^2 - 2x       | x,y | 1/2, 1/2 minimum
    |x| + |y - 1| - x/2 + y^2      | x,y | 0, 1/2 minimum
    max(x, y) + x^2 + y^2          | x,y | -1/4, -1/4 minimum
    |x| - |y|                      | x,y | 0, 0 saddle
    |x| - x^2 + y^2                | x,y | 0, 0 minimum; 1/2, 0 saddle; -1/2, 0 saddle
    max(x, y, 0) + x^2 + y^2       | x,y | 0, 0 minimum
    |x| y + y^2                    | x,y | 0, 0 undecided
"""
ROWS = [
    [part.strip() for part in f"{row} ".rsplit(" | ", 2)] for row in POINTS.strip().splitlines()
]


@pytest.mark.parametrize(("text", "unknowns", "expected"), ROWS)
def test_points(text: str, unknowns: str, expected: str) -> None:
    found = derivex.solve(text, by=unknowns)
    record = found.record
    record.replay()
    assert record.solution.outcome in (Outcome.SOLVED, Outcome.NO_SOLUTION)
    wanted = places_and_kinds(expected)
    corners = [_value(corner.values, record.solution) for corner in record.corners]
    points = [*found_points(record.solution), *corners]
    verdicts = [*found.verdicts, *[corner.verdict.value for corner in record.corners]]
    told = list(zip(points, verdicts, strict=True))
    assert len(told) == len(wanted), told
    for where, verdict in wanted:
        assert any(close(numbers(where), point) and verdict == kind for point, kind in told), told


def test_the_slopes_from_both_sides_are_told() -> None:
    text = derivex.solve("|x| + x^2").to_text()
    assert "The slope on the left:" in text
    assert "0 is one of its subgradients there, from −1 to 1: a global minimum" in text


def test_on_a_line_of_kinks() -> None:
    (corner,) = derivex.solve("|x - y|").record.corners
    assert corner.verdict.value == "minimum"
    assert [str(name) for name in corner.values] == ["x"]


def test_only_what_is_convex_in_all_variables_together_is_called_so() -> None:
    (line, *_) = derivex.solve("|x| + x^2 y^2").record.corners
    assert line.verdict.value == "undecided"


def test_an_empty_region_is_no_solution() -> None:
    text = derivex.solve("relu(x) + relu(1 - 2x)").to_text()
    assert "no number has x ≤ 0 and 1 − 2x ≤ 0" in text


def test_a_line_on_which_the_gradient_has_no_value_is_no_solution() -> None:
    assert not derivex.solve("|x - y| + x^2 + y^2").result


def test_equations_with_maxima_and_cases() -> None:
    values = [found for row in derivex.solve("max(x, 2 - x) = 3").result for found in row.values()]
    assert values == [3, -1]
    values = [
        found
        for row in derivex.solve("if x > 0 then 2x else x^2 = 4", by="x").result
        for found in row.values()
    ]
    assert sorted(values) == [-2, 2]
