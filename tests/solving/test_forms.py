"""What is said beside the solutions: families, conditions, cases that belong to others, kinds."""

from __future__ import annotations

import pytest

import derivex
from derivex.solving import Outcome
from derivex.solving.record import written

FAMILIES = """
    sin(x) = cos(x)         | x = π/4 + k π
    tan(3x) = 1             | x = π/12 + k π/3
    sin(x) = 1/2            | x = π/6 + 2k π or x = 5π/6 + 2k π
    3 sin(x) + 4 cos(x) = 5 | x = π/2 − atan(4/3) + 2k π
    sin(k) = 0              | k = l π
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [[part.strip() for part in row.split("|")] for row in FAMILIES.strip().splitlines()],
)
def test_all_angles_on_the_line(text: str, expected: str) -> None:
    record = derivex.solve(text).record
    said = written(record.completeness)
    letter = "l" if "l π" in expected else "k"
    assert f"on the whole line they are {expected} with whole numbers {letter}" in said


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("3 sin(x) + 4 cos(x) = 6", "sin has values from −1 to 1 only, and 6/5 is none"),
        ("sqrt(3) sin(x) - cos(x) = 1", "one sine for both"),
        ("cos(2x) = sin(x)", "the double angle formula"),
        ("9^x - 4*3^x + 3 = 0", "writing with one base"),
        ("log(x) + log(x - 3) = log(10)", "one logarithm for all"),
    ],
)
def test_how_it_is_solved(text: str, line: str) -> None:
    record = derivex.solve(text).record
    assert record.outcome in (Outcome.SOLVED, Outcome.NO_SOLUTION)
    assert line in " / ".join(move.says for move in record.all_moves)


def test_numbers_carry_no_conditions() -> None:
    """√13 ≠ 0 and 2 − √3 > 0 are certain, and are not told."""
    assert derivex.solve("2 sin(x) + 3 cos(x) = 1").record.conditions == ()
    moves = derivex.solve("e^x + e^(-x) = 4").record.all_moves
    assert not any(move.condition for move in moves if "logarithm" in move.says)


def test_a_case_that_belongs_to_a_later_one_is_left_to_it() -> None:
    found = derivex.solve("sin(5x^2 + 2y^3)")
    assert found.record.solution.outcome is Outcome.SOLVED
    assert found.verdicts == ["saddle", "undecided"]
    assert "Every solution of this case is one of Case B, below." in found.to_text()


@pytest.mark.parametrize(
    ("penalty", "said"),
    [
        ("k ||theta||^2", "if k > 0, the Hessian 2XᵀX + 2k I_d is positive definite"),
        ("3 ||theta||^2", "the Hessian 2XᵀX + 6I_d is positive definite"),
    ],
)
def test_ridge_regression_has_one_minimum(penalty: str, said: str) -> None:
    found = derivex.solve(
        f"||X theta - y||^2 + {penalty}", by="theta", let="X: n by d, theta: d, y: n"
    )
    assert found.verdict == "minimum"
    assert said in found.to_text()


def test_what_the_kind_depends_on_is_said() -> None:
    shown = derivex.solve("x^2 + k y^2", by="x,y").to_text()
    assert "a minimum where 4k > 0, a saddle where 4k < 0" in shown
