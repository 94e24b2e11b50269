"""Steps of gradient descent."""

from __future__ import annotations

from fractions import Fraction

import pytest

import derivex
from derivex.descent.figures import as_float
from derivex.errors import ProblemError
from derivex.expression import value_of

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


MANY = {
    "a": [str(k % 7) for k in range(300)],
    "h": [str(k % 5 + 2 * (k % 7) + 1) for k in range(300)],
}


@pytest.mark.parametrize(
    "loss",
    [
        "1/(2n) sum_i (s a_i + b - h_i)^2",
        "mean((s a + b - h)^2)",
        "1/n sum_i log(1 + exp(s a_i + b - h_i)) + s^2",
        "sum_i |s a_i - h_i| + b^2 + a_3 b",
    ],
)
@pytest.mark.parametrize("method", ["plain", "momentum", "adam"])
def test_sums_over_many_data_are_told_as_numbers(loss: str, method: str) -> None:
    """Nobody writes 300 terms out: the first step has the values of the sums, and is the same."""
    found = derivex.descend(
        loss, start="s = 1.37, b = 1/2", rate="0.01", data=MANY, steps=2, method=method
    )
    assert "adding up 300 rows, to 12 digits" in str(found)
    assert max(map(len, str(found).splitlines())) < 300
    (step,) = found.record.steps
    written = [as_float(value) for value in step.after.values()]
    assert written == pytest.approx(found.record.history[1].coordinates, rel=1e-9)
    found.replay()
    assert derivex.load(found.to_json()) == found


def test_exact_sums_over_many_data_are_not_rounded() -> None:
    loss = "1/(2n) sum_i (s a_i + b - h_i)^2"
    found = derivex.descend(
        loss, start="s = 1, b = 1/3", rate="1/7", data=MANY, steps=2, exact=True
    )
    assert "adding up 300 rows" in str(found)
    assert "digits" not in str(found)
    a, h = ([Fraction(text) for text in column] for column in MANY.values())
    s, b = Fraction(1), Fraction(1, 3)
    for _ in range(2):
        rest = [s * x + b - y for x, y in zip(a, h, strict=True)]
        slope = sum(r * x for r, x in zip(rest, a, strict=True)) / 300
        s, b = s - slope / 7, b - sum(rest) / 300 / 7
    assert [value_of(value) for value in found.record.result.values()] == [s, b]


def test_only_the_digits_that_rounding_leaves_are_told() -> None:
    """Where large terms nearly cancel, twelve digits would be made up."""
    data = {"a": ["1000000.3", "-1000000.1"] * 100}
    found = derivex.descend("x^2 + x sum_i a_i", start="x = 0", rate="0.1", data=data, steps=1)
    (step,) = found.record.steps
    assert as_float(step.slopes[0]) == pytest.approx(20, rel=1e-8)


def test_a_step_out_of_the_domain_ends_it() -> None:
    found = derivex.descend("log(x)", start="x = 0.1", rate="1", steps=5)
    assert found.ending == "the function has no value there"
    assert "at x = −9.9, it cannot go on: there the function has no real value" in found.to_text()
    assert [float(value) for value in found.result.values()] == [0.1]
