"""Steps of gradient descent."""

from __future__ import annotations

import pytest

import derivex
from derivex.errors import ProblemError

LOSS = ["f(a) = s a + b", "loss(s, b) = 1/2 sum_i (f(a_i) - h_i)^2"]
DATA = {"a": [0, 2, 4], "h": [30, 40, 50]}


def test_one_step_for_the_baby() -> None:
    found = derivex.descend("loss(s, b)", start="s=1, b=0", rate="0.01", let=LOSS, data=DATA)
    (step,) = found.record.steps
    assert str(step.gradient.result) == "Row(Negative(260), Negative(114))"
    text = found.to_text()
    assert "[1; 0] − 0.01 · [−260; −114]" in text
    assert "[3.6; 1.14]" in text
    found.replay()


def test_the_arithmetic_is_exact_on_fractions_and_on_decimals() -> None:
    found = derivex.descend("x^2", start="x = 1", rate="1/3", steps=3)
    assert str(found.result) == "{x: 1/27}"
    found = derivex.descend("x^2", start="x = 1", rate="0.25", steps=3)
    assert [str(next(iter(step.after.values()))) for step in found.record.steps] == [
        "0.5",
        "0.25",
        "0.125",
    ]


def test_a_long_number_is_rounded_and_the_step_says_so() -> None:
    found = derivex.descend("x^4", start="x = 1.1", rate="0.01", steps=4)
    assert found.record.steps[-1].rounded
    assert "Rounded for the next step: x ≈" in found.to_text()


@pytest.mark.parametrize(
    ("start", "message"),
    [("s = 1", "does not say what b is"), ("s = 1, b = c", "not a number")],
)
def test_a_gradient_that_is_no_number_is_refused(start: str, message: str) -> None:
    with pytest.raises(ProblemError, match=message):
        derivex.descend("loss(s, b)", start=start, rate="0.01", let=LOSS, data=DATA)


def test_a_start_at_a_stationary_point_stays() -> None:
    found = derivex.descend("x^2 + y^2", start="x = 0, y = 0", rate="0.1", steps=2)
    assert all(str(value) == "0" for value in found.result.values())
