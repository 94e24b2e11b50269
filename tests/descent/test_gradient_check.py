"""Gradients that are checked: what is wrong is found, at any scale, and what is right passes."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import derivex
from derivex.descent.figures import as_float
from derivex.errors import DerivexError
from derivex.expression import value_of

FORMULAS = {
    "x^2 y + sin(x)":         ("2x y + cos(x)", "x^2"),
    "exp(x y)":               ("y exp(x y)", "x exp(x y)"),
    "log(1 + x^2) - y^3":     ("2x/(1 + x^2)", "-3y^2"),
    "sqrt(x^2 + y^2)":        ("x/sqrt(x^2 + y^2)", "y/sqrt(x^2 + y^2)"),
    "10^-9 (x^3 + x y)":      ("10^-9 (3x^2 + y)", "10^-9 x"),
    "10^9 + 10^-9 x y":       ("10^-9 y", "10^-9 x"),
    "x/(10^-9 + y^2)":        ("1/(10^-9 + y^2)", "-2x y/(10^-9 + y^2)^2"),
}  # fmt: skip

AT = "x = 0.7, y = 1.3"


@pytest.mark.parametrize("text", FORMULAS)
def test_right_gradients_pass(text: str) -> None:
    first, second = FORMULAS[text]
    for gradient in (None, f"{first}, {second}", [first, second]):
        found = derivex.check_gradient(text, gradient, at=AT)
        assert found.finding == "agrees", found
        found.replay()


@pytest.mark.parametrize("factor", ["1.001", "0.999", "(-1)", "2", "0", "1.0001"])
@pytest.mark.parametrize("entry", [0, 1])
@pytest.mark.parametrize("text", FORMULAS)
def test_wrong_entries_are_found_at_every_scale(text: str, entry: int, factor: str) -> None:
    gradient = [
        f"{factor} ({part})" if place == entry else part
        for place, part in enumerate(FORMULAS[text])
    ]
    found = derivex.check_gradient(text, gradient, at=AT)
    assert [each.finding.value for each in found.record.entries][entry] == "wrong"
    assert [each.finding.value for each in found.record.entries][1 - entry] == "agrees"
    assert not found.holds


@pytest.mark.parametrize("factor", [1.001, 0.999, -1.0, 2.0])
def test_wrong_numbers_are_found_without_a_formula(factor: float) -> None:
    """What is given as a function of Python's is judged by the differences alone."""
    found = derivex.check_gradient(
        "x^2 + 10^-9 y", lambda p: [2 * p[0], 1e-9 * factor], at="x = 1, y = 1"
    )
    assert [each.finding.value for each in found.record.entries] == ["agrees", "wrong"]


SMOOTH = {
    "sine":     (lambda p: math.sin(p[0]) * p[1], lambda p: [math.cos(p[0]) * p[1], math.sin(p[0])]),
    "rational": (lambda p: p[0] / (1 + p[1] ** 2), lambda p: [1 / (1 + p[1] ** 2), -2 * p[0] * p[1] / (1 + p[1] ** 2) ** 2]),
    "exp":      (lambda p: math.exp(p[0] - p[1]), lambda p: [math.exp(p[0] - p[1]), -math.exp(p[0] - p[1])]),
    "tiny":     (lambda p: 1e-9 * p[0] * p[1] ** 2, lambda p: [1e-9 * p[1] ** 2, 2e-9 * p[0] * p[1]]),
    "huge":     (lambda p: 1e9 * (p[0] + 1) * p[1], lambda p: [1e9 * p[1], 1e9 * (p[0] + 1)]),
    "offset":   (lambda p: 1 + 1e-9 * (p[0] + 2 * p[1]), lambda p: [1e-9, 2e-9]),
    "array":    (lambda p: np.sum(p**3), lambda p: 3 * p**2),
}  # fmt: skip


@pytest.mark.parametrize("name", SMOOTH)
def test_functions_of_python(name: str) -> None:
    function, gradient = SMOOTH[name]
    at = [0.8, 1.7]
    assert derivex.check_gradient(function, gradient, at=at).finding == "agrees"
    right = list(gradient(np.array(at)))
    for entry in (0, 1):
        for factor in (1.001, 0.999, -1.0):
            wrong = [each * (factor if place == entry else 1) for place, each in enumerate(right)]
            found = derivex.check_gradient(function, wrong, at=at).record.entries
            assert [each.finding.value for each in found][entry] == "wrong", (factor, found)


@given(
    st.lists(st.floats(-5, 5), min_size=3, max_size=3),
    st.lists(st.floats(-3, 3), min_size=2, max_size=2),
    st.sampled_from([1e-9, 1e-3, 1.0, 1e6]),
)
def test_the_error_that_is_told_is_not_exceeded(
    coefficients: list[float], at: list[float], scale: float
) -> None:
    """Of polynomials the derivative is known; what is said of it must be true."""
    a, b, c = (scale * each for each in coefficients)
    record = derivex.check_gradient(
        lambda x, y: a * x * x * y + b * y**3 + c * x,
        lambda x, y: [2 * a * x * y + c, a * x * x + 3 * b * y * y],
        at=at,
    ).record
    x, y = map(Fraction, at)
    exact_a, exact_b, exact_c = map(Fraction, (a, b, c))
    exact = [2 * exact_a * x * y + exact_c, exact_a * x * x + 3 * exact_b * y * y]
    for entry, slope in zip(record.entries, exact, strict=True):
        assert abs(value_of(entry.slope) - slope) <= value_of(entry.error) * Fraction(101, 100)
        assert entry.finding.value != "wrong"


def test_what_rounding_hides_is_not_called_right() -> None:
    found = derivex.check_gradient(lambda x: 1e9 + 1e-9 * x, lambda x: 1e-9, at=1.0)
    assert found.finding == "not resolved"
    assert found.holds is None
    assert "so small that the rounding of the function hides it" in found.to_text()
    noisy = derivex.check_gradient(
        lambda p: p[0] ** 2 + 1e-6 * math.sin(1e9 * p[0]), lambda p: [2 * p[0]], at=[1.0]
    )
    assert noisy.finding != "wrong"


def test_the_steps_of_the_table_are_those_of_the_course() -> None:
    """Row 1.5: ε = 10⁻⁴ along each one-hot vector."""
    found = derivex.check_gradient("x^3 + y", at="x = 1, y = 2")
    first, second = found.record.entries
    assert value_of(first.above) == Fraction("1.0001") ** 3 + 2
    assert value_of(first.below) == Fraction("0.9999") ** 3 + 2
    assert value_of(first.quotient) == 3 + Fraction(1, 10**8)
    assert value_of(second.quotient) == 1
    text = found.to_text()
    assert "with ε = 0.0001 along each direction e" in text
    assert "(1, 0)" in text and "(0, 1)" in text


def test_what_is_wrong_is_said() -> None:
    text = derivex.check_gradient("x^2 + x y", "-2x - y, 1.001x", at="x = 1, y = 2").to_text()
    assert "The derivative by x has the wrong sign: it is 4, not −4." in text
    assert "The derivative by y is 1; what is given is 1.001 times that." in text
    assert "1.001x is given, which is not equal to what the rules give, x." in text
    equal = derivex.check_gradient("(x + 1)^2", "2x + 2", at="x = 1").to_text()
    assert "2x + 2 is given, which is equal to what the rules give, 2(x + 1)." in equal
    chance = derivex.check_gradient("x^2", "x^2", at="x = 2").to_text()
    assert "happens to have the right value at this point" in chance
    small = derivex.check_gradient("1000x^2 + 10^-9 y", "2000x, -10^-9", at="x = 1, y = 1")
    assert "As one vector it is off by" in small.to_text()


def test_with_data_and_definitions() -> None:
    found = derivex.check_gradient(
        "loss(s, b)",
        "sum_i (s a_i + b - h_i) a_i, sum_i (s a_i + b - h_i)",
        at="s = 1, b = 0",
        let="loss(s, b) = 1/2 sum_i (s a_i + b - h_i)^2",
        data={"a": [0, 2, 4], "h": [30, 40, 50]},
    )
    assert found.holds
    assert [str(value_of(each.slope)) for each in found.record.entries] == ["-260", "-114"]
    assert derivex.load(found.to_json()) == found


def test_python_functions_are_stored_too() -> None:
    found = derivex.check_gradient(lambda x, y: x * y, lambda x, y: (y, x), at=[2, 3])
    assert derivex.load(found.to_json()) == found
    assert found.result == pytest.approx(dict(zip(found.result, (3, 2), strict=True)))


@pytest.mark.parametrize(
    ("arguments", "named", "message"),
    [
        (("x^2", "2x, 3"),              {"at": "x = 1"},            "has 2 entries, and there is 1 variable"),
        (("x^2 y", "2x y"),             {"at": "x = 1"},            "does not say what y is"),
        (("log(x)", "1/x"),             {"at": "x = -1"},           "log has no value here"),
        (("x^2", "2x"),                 {"at": "x = c"},            "not a number"),
        (("x^2", "2x"),                 {"at": [1.0]},              "names its variables"),
        (("x^2", "2x"),                 {"at": "x = 1", "epsilon": 0}, "greater than 0"),
        ((math.sin, "cos(x)"),          {"at": [1.0]},              "is a function, or numbers"),
        ((math.sin,),                   {"at": 1.0},                "no gradient is given"),
        ((math.log, math.exp),          {"at": -1.0},               "no finite value at that point"),
        ((math.sin, lambda x: math.nan), {"at": 1.0},              "entry 1 of the gradient is nan"),
        ((math.sin, [1, 2]),            {"at": 1.0},                "has 2 entries"),
        ((lambda p: "a", [1.0]),        {"at": [1.0]},              "no number"),
        ((lambda p: math.nan, [1.0]),   {"at": [1.0]},              "no finite value"),
        ((lambda p: p, [1.0, 2.0]),     {"at": [1.0, 2.0]},         "gives 2 numbers"),
    ],
)  # fmt: skip
def test_questions_without_an_answer(arguments: tuple, named: dict, message: str) -> None:
    with pytest.raises(DerivexError, match=message):
        derivex.check_gradient(*arguments, **named)


KINKS = {
    "max(x, 0) + y^2": (0.0, (0, 1)),
    "|x| + 3x + y":    (0.0, (2, 4)),
    "10^-9 |x| y":     (0.0, (-1.3e-9, 1.3e-9)),
    "|x^2 - 1| y":     (1.0, (-2.6, 2.6)),
}  # fmt: skip


@pytest.mark.parametrize("text", KINKS)
def test_at_a_kink_there_is_no_gradient_to_be_right(text: str) -> None:
    """The central quotient is the mean of both sides, which is no derivative."""
    place, (left, right) = KINKS[text]
    found = derivex.check_gradient(text, ["1/2", "1"], at=f"x = {place}, y = 1.3")
    entry, _ = found.record.entries
    assert entry.finding.value == "no derivative"
    assert as_float(entry.left) == pytest.approx(left, rel=1e-6, abs=1e-20)
    assert as_float(entry.right) == pytest.approx(right, rel=1e-6, abs=1e-20)
    assert "does not exist: there is a kink" in str(found)
    assert found.holds is not True
    assert derivex.load(found.to_json()) == found


def test_at_a_kink_of_a_function_of_pythons() -> None:
    def relu(point: object) -> float:
        x, y = point  # type: ignore[misc]
        return max(x, 0.0) + y**2

    for given_, at, expected in [
        ([1.0, 2.0], [0.0, 1.0], ["no derivative", "agrees"]),
        ([0.5, 2.0], [0.0, 1.0], ["no derivative", "agrees"]),
        ([1.0, 2.0], [0.3, 1.0], ["agrees", "agrees"]),
        ([0.0, 2.0], [-0.3, 1.0], ["agrees", "agrees"]),
        ([1.0, 2.0], [-0.3, 1.0], ["wrong", "agrees"]),
    ]:
        found = derivex.check_gradient(relu, given_, at=at)
        assert [each.finding.value for each in found.record.entries] == expected


@pytest.mark.parametrize("text", ["x^3", "x |x|", "cosh(30 x)", "sin(100 x)", "atan(50 x)"])
def test_what_only_bends_sharply_is_no_kink(text: str) -> None:
    for at in ("x = 0", "x = 0.3"):
        assert derivex.check_gradient(text, at=at).finding in ("agrees", "not resolved")


def test_a_gradient_by_a_vector_is_checked_entry_by_entry() -> None:
    found = derivex.check_gradient("||w||^2", "2w", at="w = [1, 2]")
    assert found.finding == "agrees"
    assert [str(name) for name in found.result] == ["w_1", "w_2"]
    let = ("X = [1, 2; 3, 4]", "y = [1, 2]")
    loss = "||X w - y||^2"
    right = derivex.check_gradient(loss, "2 X^T (X w - y)", at="w = [1, 2]", by="w", let=let)
    wrong = derivex.check_gradient(loss, "2 X^T X w - y", at="w = [1, 2]", by="w", let=let)
    numbers = derivex.check_gradient(loss, [62, 89], at="w = [1, 2]", by="w", let=let)
    assert (right.finding, wrong.finding, numbers.finding) == ("agrees", "wrong", "wrong")
    assert derivex.load(right.to_json()).finding == "agrees"


def test_a_derivative_without_a_value_is_told_apart_from_a_kink() -> None:
    smooth = derivex.check_gradient("sqrt(x^4)", at="x = 0")
    assert smooth.finding == "no value" and smooth.holds is None
    assert "The derivative by x is 0 by differences" in smooth.to_text()
    assert derivex.load(smooth.to_json()).finding == "no value"
    assert derivex.check_gradient("|x|", at="x = 0").finding == "no derivative"
    assert derivex.check_gradient("sqrt(x^4)", "2x", at="x = 0").finding == "agrees"
    assert derivex.check_gradient("x^2 |x|", at="x = 0").finding == "agrees"


@pytest.mark.parametrize(
    ("function", "claim", "finding"),
    [
        ("logsumexp(x)", None, "agrees"),
        ("logsumexp(x)", "softmax(x)", "agrees"),
        ("logsumexp(x)", "1.001 softmax(x)", "wrong"),
        ("||x||", None, "agrees"),
        ("||x||", "x/||x||", "agrees"),
        ("||x||", "2x/||x||", "wrong"),
        ("||x||_1", None, "agrees"),
    ],
)
def test_functions_of_a_whole_vector(function: str, claim: str | None, finding: str) -> None:
    found = derivex.check_gradient(function, claim, let="x: 3", at="x = [1, 2, -2]")
    found.record.replay()
    assert found.finding == finding


def test_the_kink_of_a_norm() -> None:
    found = derivex.check_gradient("||x||", let="x: 2", at="x = [0, 0]")
    assert found.finding == "no derivative"
