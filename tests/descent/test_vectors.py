"""Descent by a vector gives what descent by its entries gives."""

from __future__ import annotations

import pytest

import derivex
from derivex.descent import METHODS
from derivex.errors import DerivexError

LET = ["theta: 2", "X = [[1, 0], [1, 2], [1, 4]]", "y = [30, 40, 50]"]
NORM = "1/6 ||X theta - y||^2"
SUM = "1/6 sum_i (b + s a_i - h_i)^2"
DATA = {"a": [0, 2, 4], "h": [30, 40, 50]}


@pytest.mark.parametrize(("steps", "schedule"), [(3, "constant"), (40, "cosine")])
@pytest.mark.parametrize("method", METHODS)
def test_by_the_vector_and_by_its_entries(method: str, steps: int, schedule: str) -> None:
    asked = {"rate": "0.1", "steps": steps, "method": method, "schedule": schedule}
    whole = derivex.descend(NORM, start="theta = [0, 1]", let=LET, **asked).record
    parts = derivex.descend(SUM, start="b = 0, s = 1", data=DATA, **asked).record
    for ours, theirs in zip(whole.history, parts.history, strict=True):
        assert ours.coordinates == pytest.approx(theirs.coordinates, rel=1e-9)
        assert ours.height == pytest.approx(theirs.height, rel=1e-9)
        assert ours.steepness == pytest.approx(theirs.steepness, rel=1e-9)
    assert whole.ending is parts.ending


def test_a_step_with_the_vector_is_written_out() -> None:
    found = derivex.descend(NORM, start="theta = [0, 1]", rate="0.2", let=LET)
    text = found.to_text()
    assert "θ − 0.2 · ∇_θ (1/6 ‖Xθ − y‖²)" in text
    assert "= [7.6; 55/3]" in text
    (value,) = found.result.values()
    assert list(map(str, value)) == ["38/5", "55/3"]
    assert derivex.load(found.to_json()) == found
    exact = derivex.descend(NORM, start="theta = [0, 1]", rate="0.2", let=LET, exact=True)
    assert "[38/5; 55/3]" in exact.to_text()


def test_why_it_diverges() -> None:
    found = derivex.descend(NORM, start="theta = [0, 1]", rate="0.5", steps=400, let=LET)
    assert "largest eigenvalue of the Hessian is L ≈ 7.30144" in found.to_text()
    assert found.ending == "it diverged"


LESSON = """\
```derivex
let X = [[1, 0], [1, 2], [1, 4]]
let y = [30, 40, 50]
let theta: 2
let J(theta) = 1/6 ||X theta - y||^2
descend J by theta from theta = [0, 1] with rate 0.2 for 1 step
expect theta = [7.6, 55/3]
```
"""


def test_in_a_lesson() -> None:
    assert derivex.run(LESSON, name="vectors.md").holds


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ({"let": LET[:2]},                              "y"),
        ({"start": "theta = [0, 1, 2]"},                "entries are given for it"),
        ({"start": "theta = [0, c]"},                   "is not a number"),
        ({"expression": "||W||^2", "start": "W = [[0, 1], [1, 0]]", "let": ["W: 2 by 2"]}, "one vector"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said(named: dict, message: str) -> None:
    asked = {"expression": NORM, "start": "theta = [0, 1]", "rate": "0.1", "let": LET, **named}
    with pytest.raises(DerivexError, match=message):
        derivex.descend(**asked, steps=30)
