"""Searches in floating point: methods, schedules, endings, and why they end."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import derivex
from derivex.descent import METHODS, Ending
from derivex.errors import ProblemError, RecordError

VALLEY = "a^2 + 4b^2 + a b"


def descend(expression: str = VALLEY, **named: object) -> derivex.api.Descent:
    options = {"start": "a = 1, b = 2", "rate": "0.1", "steps": 200, **named}
    return derivex.descend(expression, **options)  # type: ignore[arg-type]


def slopes(point: np.ndarray) -> np.ndarray:
    a, b = point
    return np.array([2 * a + b, 8 * b + a])


def by_hand(method: str, rates: list[float]) -> np.ndarray:
    """The formulas of the papers, written out once more."""
    point, v, m = np.array([1.0, 2.0]), np.zeros(2), np.zeros(2)
    for t, rate in enumerate(rates, 1):
        g = slopes(point)
        if method == "plain":
            point = point - rate * g
        elif method == "momentum":
            v = 0.9 * v + g
            point = point - rate * v
        else:
            m, v = 0.9 * m + 0.1 * g, 0.999 * v + 0.001 * g * g
            point = point - rate * (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return point


RATES = {
    "constant": lambda t, n: 0.1,
    "linear":   lambda t, n: 0.1 + (0.02 - 0.1) * (t - 1) / n,
    "cosine":   lambda t, n: 0.02 + 0.08 * (1 + math.cos(math.pi * (t - 1) / n)) / 2,
}  # fmt: skip


@pytest.mark.parametrize("count", [4, 60])
@pytest.mark.parametrize("schedule", RATES)
@pytest.mark.parametrize("method", METHODS)
def test_the_steps_are_those_of_the_papers(method: str, schedule: str, count: int) -> None:
    """Four steps are written out, sixty are searched."""
    end = {} if schedule == "constant" else {"end_rate": "0.02"}
    found = descend(method=method, schedule=schedule, steps=count, **end)
    rates = [RATES[schedule](t, count) for t in range(1, count + 1)]
    assert found.record.last.coordinates == pytest.approx(by_hand(method, rates), rel=1e-9)
    assert found.record.taken == count
    assert len(found.record.steps) == (count if count == 4 else 1)
    told = [each.rate for each in found.history[:-1]]
    assert list(map(float, map(str, told))) == pytest.approx(rates)
    found.replay()


def test_a_tolerance_is_met_by_every_variable() -> None:
    found = descend(tolerance="0.0001", steps=None)
    assert found.record.ending is Ending.TOLERANCE
    *_, before, last = found.history
    changes = np.abs(np.subtract(before.coordinates, last.coordinates))
    assert changes.max() <= 1e-4
    earlier = np.abs(np.subtract(found.history[-3].coordinates, before.coordinates))
    assert earlier.max() > 1e-4


def test_a_tolerance_that_is_not_met_says_how_slow_it_is() -> None:
    found = descend("a^2 + 100b^2", rate="0.0001", tolerance="0.000001", steps=500)
    assert found.record.ending is Ending.SLOW
    text = found.to_text()
    assert "After 500 steps a step still changes a variable by more than 10⁻⁶" in text
    assert "L = 200" in text and "2/L = 0.01" in text
    assert "That is slow: with the smallest eigenvalue μ = 2" in text


def test_small_changes_far_from_the_minimum_are_told() -> None:
    text = descend("a^2 + b^2", rate="0.0001", tolerance="0.001", steps=None).to_text()
    assert "the changes are small because the rate is" in text


@pytest.mark.parametrize(
    ("expression", "start", "rate", "bound"),
    [
        ("x^2",                    "x = 1",        "1.1",  "L = 2. Gradient descent converges for rates below 2/L = 1; 1.1 is above that"),
        ("a^2 + 4b^2 + a b",       "a = 1, b = 2", "0.3",  "L ≈ 8.16228. Gradient descent converges for rates below 2/L ≈ 0.24503; 0.3 is"),
        ("x^2",                    "x = 1",        "1",    "2/L = 1; at 1, just that, it goes back and forth"),
        ("x y",                    "x = 1, y = 2", "0.1",  "it has no minimum, and no rate makes descent converge"),
    ],
)  # fmt: skip
def test_divergence_is_explained_by_the_bound(
    expression: str, start: str, rate: str, bound: str
) -> None:
    found = descend(expression, start=start, rate=rate, steps=4000)
    assert bound in found.to_text()
    if rate != "1":
        assert found.record.ending is Ending.DIVERGED
        assert found.record.found is found.record.best


def test_the_bound_of_momentum_is_another_one() -> None:
    text = descend("x^2", start="x = 1", rate="1.8", method="momentum", steps=50).to_text()
    assert "converges for rates below 2(1 + β)/L = 1.9, as 1.8 is" in text
    assert descend("x^2", start="x = 1", rate="1.8", method="momentum", steps=5000).result


def test_elsewhere_the_bound_is_a_local_one() -> None:
    text = descend("x^4 - x", start="x = 2", rate="0.1", steps=30).to_text()
    assert "That is a local bound" in text


@given(st.floats(0.05, 1.95), st.floats(0.5, 20))
def test_quadratics_converge_just_below_two_over_l(part: float, curve: float) -> None:
    """Descent on c x²/2 with the rate part/c multiplies x by 1 − part."""
    text = f"{curve!r} x^2/2"
    found = derivex.descend(text, start="x = 1", rate=part / curve, steps=40).record
    assert found.last.coordinates[0] == pytest.approx((1 - part) ** 40, rel=1e-6, abs=1e-12)


def test_a_start_at_a_stationary_point_stays_and_says_so() -> None:
    for steps in (2, 200):
        found = descend("a^2 + b^2", start="a = 0, b = 0", steps=steps)
        assert found.record.ending is Ending.STATIONARY
        assert found.record.taken == 0
        assert (
            "the gradient is 0. This is a stationary point: descent stays there" in found.to_text()
        )


def test_where_the_function_ends_nothing_is_lost() -> None:
    for steps in (8, 80):
        found = descend("x - 2 sqrt(x)", start="x = 4", rate="12", steps=steps)
        assert found.record.ending is Ending.NO_VALUE
        assert found.record.taken >= 1
        assert found.result
        assert "it cannot go on" in found.to_text()


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ({"rate": 0},                                 "the rate is 0; it has to be greater than 0"),
        ({"rate": "-0.1"},                            "the rate is −0.1; it has to be greater than 0"),
        ({"tolerance": 0},                            "the tolerance is 0; it has to be greater than 0"),
        ({"steps": 0},                                "at least one step"),
        ({"steps": 10**7},                            "at most 1000000 steps"),
        ({"steps": 2000, "exact": True},              "at most 1000 exact steps"),
        ({"method": "newton"},                        "no method called newton"),
        ({"schedule": "step"},                        "no schedule called step"),
        ({"method": "momentum", "parameters": {"beta": 1}}, "beta is 1; it has to be at least 0 and less"),
        ({"method": "adam", "parameters": {"gamma": 1}}, "Adam has no parameter gamma"),
        ({"schedule": "cosine", "steps": None},       "needs to know the number of steps"),
        ({"start": "a = 1"},                          "does not say what b is"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(named: dict[str, object], message: str) -> None:
    if named == {"start": "a = 1"}:
        named = {**named, "expression": "a^2 + b"}
        with pytest.raises(ProblemError, match="b"):
            descend(**named)  # type: ignore[arg-type]
        return
    with pytest.raises(ProblemError, match=message):
        descend(**named)


def test_a_start_without_a_value_is_refused() -> None:
    with pytest.raises(ProblemError, match="no finite value at the start, x = −1"):
        descend("log(x)", start="x = -1", steps=100)


def test_fractions_stay_fractions() -> None:
    found = descend("a^2 + 2b^2", start="a = 1, b = 0.1", rate="1/3", steps=30, exact=True)
    assert found.record.last.point[0] != found.record.last.point[1]
    assert str(found.result) == str({"a": 1}).replace("'a': 1", f"a: 1/{3**30}, b: 1/{10 * 3**30}")
    with pytest.raises(ProblemError, match="which is not a fraction"):
        descend("sin(a) + b^2", exact=True, steps=2)
    stopped = descend(method="adam", exact=True, steps=9)
    assert stopped.record.ending is Ending.NO_VALUE
    assert "which is not a fraction" in stopped.to_text()


def test_control_c_ends_it_with_what_was_found() -> None:
    def interrupt(taken: int, change: float) -> None:
        if taken == 37:
            raise KeyboardInterrupt

    found = descend(steps=1000, progress=interrupt)
    assert found.record.ending is Ending.INTERRUPTED
    assert found.record.taken == 36
    assert found.record.last.coordinates == pytest.approx(by_hand("plain", [0.1] * 36))
    assert "Interrupted after 36 steps. The best point so far is" in found.to_text()


@pytest.mark.parametrize("method", METHODS)
def test_an_iterate_that_was_changed_is_found_by_replaying(method: str) -> None:
    record = descend(method=method, steps=50).record
    record.replay()
    wrong = replace(record.history[7], point=record.history[8].point)
    history = (*record.history[:7], wrong, *record.history[8:])
    with pytest.raises(RecordError, match="step 7 does not lead to where it is recorded"):
        replace(record, history=history).replay()


def test_a_long_history_is_thinned_out() -> None:
    found = descend(rate="0.00001", steps=5000)
    numbers = [each.number for each in found.history]
    assert len(numbers) <= 1100
    assert (numbers[0], numbers[-1]) == (0, 5000)
    assert numbers == sorted(set(numbers))


def test_a_start_that_is_no_fraction_is_rounded() -> None:
    found = derivex.descend("x^2 + y", start="x = 1, y = sqrt(2)", rate="0.1")
    (_, y) = found.result.values()
    assert abs(float(y) - 1.31421356237309505) < 1e-11  # steps are written with 12 digits
    with pytest.raises(derivex.DerivexError, match="x is k, which is not a number"):
        derivex.descend("x^2", start="x = k", rate="0.1")
