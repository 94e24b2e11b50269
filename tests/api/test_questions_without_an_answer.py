"""Shapes that do not fit, indices, limits, domains, directions and kinks: what is said, and when.

Each row is a question that has no answer; the error says what was wrong, and at which part.
"""

from __future__ import annotations

import pytest

import derivex

NO_VALUE = [
    # a formula                point          the part that has no value there
    ("log(x)",                 "x = -1",      "log(x) has no real value at x = −1"),
    ("log(x)",                 "x = 0",       "log(x) has no real value at x = 0"),
    ("x + log(x^2 - 4)",       "x = 1",       "log(x² − 4) has no real value at x = 1"),
    ("1/x",                    "x = 0",       "1/x has no real value at x = 0"),
    ("1/(x - 1)^2",            "x = 1",       "1/(x − 1)² has no real value at x = 1"),
    ("sqrt(x)",                "x = -4",      "√x has no real value at x = −4"),
    ("x^(1/2)",                "x = -4",      "x^(1/2) has no real value at x = −4"),
    ("asin(x)",                "x = 2",       "asin(x) has no real value at x = 2"),
    ("tan(x)",                 "x = pi/2",    "tan(x) has no real value at x = π/2"),
    ("x^x",                    "x = -1/2",    "x^x has no real value at x = −1/2"),
    ("sqrt(log(x))",           "x = 1/2",     "√(log(x)) has no real value at x = 1/2"),
    ("acosh(x) x",             "x = 0",       "acosh(x) has no real value at x = 0"),
    ("sqrt(x)^2",              "x = -1",      "√x has no real value at x = −1"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "point", "says"), NO_VALUE)
def test_a_point_outside_of_the_domain(formula: str, point: str, says: str) -> None:
    with pytest.raises(derivex.DerivexError) as caught:
        derivex.diff(formula, by="x", at=point)
    assert caught.value.message == f"{says}, so it has no derivative there"


@pytest.mark.parametrize(
    ("formula", "point"),
    [("sqrt(x)", "x = 0"), ("asin(x)", "x = 1"), ("sqrt(1 - x^2)", "x = -1")],
)
def test_a_point_at_which_only_the_derivative_has_no_value(formula: str, point: str) -> None:
    with pytest.raises(derivex.DerivexError, match="has no value there"):
        derivex.diff(formula, by="x", at=point)


@pytest.mark.parametrize(
    ("formula", "point", "value"),
    [
        ("log(x)",              "x = 1/2",  2),
        ("sqrt(x^2)",           "x = -3",   -1),
        ("x^3",                 "x = 0",    0),
        ("(x - 1)^0 x",         "x = 2",    1),
        ("if x > 0 then log(x) else x^2", "x = -1", -2),
        ("a log(x)",            "x = 2",    None),
    ],
)  # fmt: skip
def test_a_point_in_the_domain(formula: str, point: str, value: int | None) -> None:
    found = derivex.diff(formula, by="x", at=point)
    if value is not None:
        assert found.result == value


def test_a_gradient_is_refused_there_too() -> None:
    with pytest.raises(derivex.DerivexError, match="log\\(x\\) has no real value at x = −1"):
        derivex.gradient("y log(x)", at="x = -1, y = 2")


QUESTIONS = [
    # what is asked                                                     what is said
    (lambda: derivex.diff("|x|", at="x = 0"),                           "hold only where x ≠ 0"),
    (lambda: derivex.diff("relu(x)", at="x = 0"),                       "hold only where x ≠ 0"),
    (lambda: derivex.diff("max(x, 2)", at="x = 2"),                     "hold only where x ≠ 2"),
    (lambda: derivex.diff("|x|", at="x = 0", from_limit=True),          "from the right it is 1, from the left −1"),
    (lambda: derivex.diff("sum_i a_i^2", by="i"),                       "i is an index"),
    (lambda: derivex.gradient("sum_i a_i^2", by="i"),                   "i is an index"),
    (lambda: derivex.diff("sum(k x, k = 1..3)", by="k"),                "k is "),
    (lambda: derivex.subgradient("sum_i |a_i|", by="i"),                "i is an index"),
    (lambda: derivex.directional("x^2 + y^2", along="(0, 0)"),          "the direction has length 0"),
    (lambda: derivex.directional("x^2 + y^2", along="(1, 2, 3)"),       "3 components, but there are 2 variables"),
    (lambda: derivex.gradient("||X w||^2", by="w", let="X: n by d, w: n"), "X is n × d and w is n × 1"),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "says"), QUESTIONS, ids=[says for _, says in QUESTIONS])
def test_questions_without_an_answer(ask, says: str) -> None:
    with pytest.raises(derivex.DerivexError) as caught:
        ask()
    assert says in caught.value.message
