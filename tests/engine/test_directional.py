"""Derivatives along a direction: by the gradient, by the limit, and what the direction is."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import derivex
from derivex.derivation import Status
from derivex.equality import judge
from derivex.errors import ProblemError
from derivex.notation import TextWriter
from derivex.rulebook import shipped_book

BOOK = shipped_book()

CASES = [
    # function           variables  direction           derivative
    ("x^2 + y^2",         "x,y",    "3, 4",             "6x + 8y"),
    ("x^2 + y^2",         "x,y",    "(1, 0)",           "2x"),
    ("x^2 y",             "x,y",    "(1, 2)",           "2 x y + 2 x^2"),
    ("x^2 y",             "x,y",    "(-1, 1/2)",        "-2 x y + x^2/2"),
    ("x y z",             "x,y,z",  "(1, 1, 1)",        "y z + x z + x y"),
    ("a x + b y",         "x,y",    "(v_1, v_2)",       "a v_1 + b v_2"),
    ("x^3",               "x",      "2",                "6x^2"),
    ("3x - y + 7",        "x,y",    "(1, 3)",           "0"),
    ("1/x + y",           "x,y",    "(1, 1)",           "1 - 1/x^2"),
]  # fmt: skip


@pytest.mark.parametrize("from_limit", [False, True])
@pytest.mark.parametrize(("function", "by", "along", "expected"), CASES)
def test_both_ways(function: str, by: str, along: str, expected: str, from_limit: bool) -> None:
    found = derivex.directional(function, by, along=along, from_limit=from_limit)
    found.replay()
    assert found.status is Status.FINISHED
    wanted = derivex.evaluate(expected).derivation.start
    assert judge(found.expression, wanted, BOOK.functions).holds
    rules = {step.rule.name for step in found.record.derivation.steps}
    limits = {rule for rule in rules if "limit" in rule or rule == "continuity"}
    assert bool(limits) is from_limit


@settings(max_examples=20, deadline=None)
@given(st.integers(-9, 9), st.integers(-9, 9), st.integers(-3, 3), st.integers(-3, 3))
def test_against_the_numbers(a: int, b: int, v: int, w: int) -> None:
    if v == w == 0:
        return
    found = derivex.directional(
        "x^2 y - 3 x y^2 + y", along=[v, w], at={"x": a, "y": b}, from_limit=True
    )
    gradient = (2 * a * b - 3 * b * b, a * a - 6 * a * b + 1)
    value = gradient[0] * v + gradient[1] * w
    assert found.result == value
    assert found.is_descent is (value < 0)


UNIT = [
    ("3, 4",                        False),
    ("3/5, 4/5",                    True),
    ("0.6, 0.8",                    True),
    ("1, 0",                        True),
    ("1/sqrt(2), -1/sqrt(2)",       True),
    ("1, 1",                        False),
    ("cos(t), sin(t)",              True),
    ("a, b",                        None),
]  # fmt: skip


@pytest.mark.parametrize(("along", "unit"), UNIT)
def test_is_it_a_unit_vector(along: str, unit: bool | None) -> None:
    assert derivex.directional("x^2 + y^2", "x,y", along=along).is_unit is unit


@pytest.mark.parametrize(
    ("along", "descent"), [("1, 1", False), ("-1, 0", True), ("2, -1", False), ("-2, 1", False)]
)
def test_is_it_a_descent_direction(along: str, descent: bool) -> None:
    """At (1, 2) the gradient of x² + y² is (2, 4), so (2, −1) is level."""
    found = derivex.directional("x^2 + y^2", along=along, at="x = 1, y = 2")
    assert found.is_descent is descent
    level = along in ("2, -1", "-2, 1")
    assert ("constant to first order" in found.to_text()) is level


def test_divided_by_its_length() -> None:
    found = derivex.directional("x^2 + y^2", along="3, 4", at="x = 1, y = 2", unit=True)
    assert TextWriter().write(found.record.direction) == "(3/5, 4/5)"
    assert str(found.result) == "22/5"
    assert "It is not 1, so the direction is divided by it: v = (3/5, 4/5)" in found.to_text()


def test_the_steepest_direction() -> None:
    found = derivex.directional("x^2 + 2y^2", along="1, 0", at="x = 3, y = 2")
    steepest = found.record.steepest
    assert steepest is not None and steepest.direction is not None
    assert TextWriter().write(steepest.direction.result) == "(3/5, 4/5)"
    assert steepest.slope.result == 10
    along = derivex.directional("x^2 + 2y^2", along="3/5, 4/5", at="x = 3, y = 2")
    assert along.result == 10  # no direction is steeper than that
    assert found.to_text().endswith(
        "So x² + 2y² grows fastest along (3/5, 4/5), with slope 10, "
        "and falls fastest along (−3/5, −4/5)."
    )


def test_no_direction_is_the_steepest_where_the_gradient_is_zero() -> None:
    found = derivex.directional("x^2 + y^2", along="1, 0", at="x = 0, y = 0")
    assert found.record.steepest is not None and found.record.steepest.direction is None
    assert found.to_text().endswith("no direction is steeper than another.")


def test_a_partial_derivative_is_one_along_an_axis() -> None:
    found = derivex.directional("x^2 y", along="0, 1", from_limit=True)
    assert found.record.partial == 1
    assert "this is the partial derivative by y" in found.to_text()
    assert found.expression is derivex.diff("x^2 y", "y", from_limit=True).expression
    assert derivex.directional("x^2 y", along="0, 2").record.partial is None


BAD = [
    ({"along": "0, 0"},                             "the direction has length 0"),
    ({"along": "x - x, 0"},                         "the direction has length 0"),
    ({"along": "1"},                                "has 1 component, but there are 2 variables"),
    ({"along": "1, 2, 3"},                          "has 3 components, but there are 2 variables"),
    ({"along": "1, , 3"},                           "a component is expected here"),
    ({"along": 3},                                  "a direction or a gradient has a component"),
    ({"along": "1, 1", "at": "x = 0, y = 0"},          "division by zero"),
    ({"along": "3, 4", "at": "x = 0, y = 0", "from_limit": True}, "from the right it is 5, from the"),
    ({"along": "1, 1", "step": "x"},                   "the increment x occurs in the expression"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "message"), BAD)
def test_bad_input(question: dict, message: str) -> None:  # type: ignore[type-arg]
    with pytest.raises(derivex.DerivexError, match=message):
        derivex.directional("sqrt(x^2 + y^2)", "x,y", **question)


def test_a_kink_along_a_direction() -> None:
    with pytest.raises(ProblemError, match="from the right it is 2, from the left 0"):
        derivex.directional("|x| + y", along="1, 1", at="x = 0, y = 1", from_limit=True)


def test_what_no_rule_reaches_is_said() -> None:
    found = derivex.directional("|x| y", along="1, 1", from_limit=True)
    assert found.status is Status.STUCK
    assert "no rule covers lim" in found.to_text()


def test_stored() -> None:
    found = derivex.directional("x^2 y", along="1, 2", at="x = 1, y = 1", from_limit=True)
    stored = json.loads(found.to_json())
    assert stored["descent"] is False and stored["unit"] is False
    again = derivex.load(found.to_json())
    assert again == found and again.record.derivation == found.record.derivation
    assert r"\lim_{h \to 0}" in found.to_latex()
