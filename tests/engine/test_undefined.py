"""A value that would be found by way of something that has none is refused."""

from __future__ import annotations

import pytest

import derivex

UNDEFINED = [
    ("x/x",                  "x = 0", "division by zero"),
    ("x/sqrt(x^2)",          "x = 0", "division by zero"),
    ("(x - 1)/(x^2 - 1)",    "x = 1", "division by zero"),
    ("x sin(1/x)",           "x = 0", "division by zero"),
    ("y/(x - 1) - y/(x - 1)", "x = 1", "division by zero"),
    ("x log(x)",             "x = 0", "there is no logarithm of 0"),
    ("y (0^x - 0^x)",        "x = 0", "0 to the power of 0 has no value"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "at", "message"), UNDEFINED)
def test_refused(expression: str, at: str, message: str) -> None:
    with pytest.raises(derivex.ProblemError, match=message):
        derivex.evaluate(expression, at=at)


def test_what_does_not_hold_is_not_looked_at() -> None:
    assert derivex.evaluate("if x > 0 then 1/x else 5", at="x = 0").result == 5


def test_what_has_a_value_has_it() -> None:
    assert derivex.evaluate("(x - 1)/(x^2 + 1) + x log(y)", at="x = 0, y = 0.5").result == -1
