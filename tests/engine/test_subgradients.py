"""Subdifferentials against the sets that a course prints, and against one-sided derivatives."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import FiniteSet, Interval, Piecewise, Rational, S, Symbol

import derivex
from derivex.api import Subgradient
from derivex.api.plain import in_ascii
from derivex.api.showing import show_block
from derivex.derivation import Status
from derivex.equality import judge
from derivex.errors import DerivexError
from derivex.expression import Apply, Node, Plus, Times, function_name, number, symbol
from derivex.rulebook import shipped_book

X = Symbol("x")
BOOK = shipped_book()

TABLE = [
    # a function            by    its subdifferential
    ("|x|",                 "x", "if x < 0 then {−1} else if x = 0 then [−1, 1] else if x > 0 then {1}"),
    ("max(x, 0)",           "x", "if x < 0 then {0} else if x = 0 then [0, 1] else if x > 0 then {1}"),
    ("max(0, x)",           "x", "if x < 0 then {0} else if x = 0 then [0, 1] else if x > 0 then {1}"),
    ("|3x - 1|",            "x", "if x < 1/3 then {−3} else if x = 1/3 then [−3, 3] else if x > 1/3 then {3}"),
    ("|1 - x|",             "x", "if x < 1 then {−1} else if x = 1 then [−1, 1] else if x > 1 then {1}"),
    ("x^2 + |x|",           "x", "if x < 0 then {2x − 1} else if x = 0 then [2x − 1, 2x + 1] else if x > 0 then {2x + 1}"),
    ("|x| + |x - 1|",       "x", "if x < 0 then {−2} else if x = 0 then [−2, 0] else if 0 < x < 1 then {0} else if x = 1 then [0, 2] else if x > 1 then {2}"),
    ("max(2x, x + 1)",      "x", "if x < 1 then {1} else if x = 1 then [1, 2] else if x > 1 then {2}"),
    ("2|x|/3",              "x", "if x < 0 then {−2/3} else if x = 0 then [−2/3, 2/3] else if x > 0 then {2/3}"),
    ("|w - a|",             "w", "if w < a then {−1} else if w = a then [−1, 1] else if w > a then {1}"),
    ("|h - s a - b|",       "s", "if h − sa − b < 0 then {a} else if h − sa − b = 0 then conv{a, −a} else if h − sa − b > 0 then {−a}"),
    ("max(|x|, 1)",         "x", "if x < −1 then {−1} else if x = −1 then [−1, 0] else if −1 < x < 1 then {0} else if x = 1 then [0, 1] else if x > 1 then {1}"),
    ("max(x, |x + 1|)",     "x", "if x < −1 then {−1} else if x = −1 then [−1, 1] else if x > −1 then {1}"),
    ("max(a, w)",           "w", "if a < w then {1} else if a = w then [0, 1] else if a > w then {0}"),
    ("max(0, 1 - y (w x + b))", "w", "if 1 − y (wx + b) > 0 then {−yx} else if 1 − y (wx + b) = 0 then conv{0, −yx} else if 1 − y (wx + b) < 0 then {0}"),
    ("sum_i |w_i|",         "w_k", "if wₖ < 0 then {−1} else if wₖ = 0 then [−1, 1] else if wₖ > 0 then {1}"),
    ("sum(|w[i]|, i = 1..3)", "w[2]", "if w[2] < 0 then {−1} else if w[2] = 0 then [−1, 1] else if w[2] > 0 then {1}"),
    ("sum_i |a_i - b|",     "b", "Σᵢ (if b > aᵢ then {1} else if b = aᵢ then [−1, 1] else if b < aᵢ then {−1})"),
    ("max(x, 2x - 1, 0)",   "x", "if x < 0 then {0} else if x = 0 then [0, 1] else if 0 < x < 1 then {1} else if x = 1 then [1, 2] else if x > 1 then {2}"),
    ("relu(x)",             "x", "if x < 0 then {0} else if x = 0 then [0, 1] else if x > 0 then {1}"),
    ("relu(2x - 1) + relu(-x)", "x", "if x < 0 then {−1} else if x = 0 then [−1, 0] else if 0 < x < 1/2 then {0} else if x = 1/2 then [0, 2] else if x > 1/2 then {2}"),
    ("hinge(y, w x + b)",   "w", "if 1 − y (wx + b) > 0 then {−yx} else if 1 − y (wx + b) = 0 then conv{0, −yx} else if 1 − y (wx + b) < 0 then {0}"),
    ("softplus(x) + |x|",   "x", "if x < 0 then {sigmoid(x) − 1} else if x = 0 then [sigmoid(x) − 1, sigmoid(x) + 1] else if x > 0 then {sigmoid(x) + 1}"),
    ("x^2",                 "x", "{2x}"),
    ("5",                   "x", "{0}"),
    ("|x| - |x| + 0 |x|",   "x", None),
    ("min(x, 0)",           "x", None),
    ("-|x|",                "x", None),
    ("sin(x)",              "x", None),
    ("|x^2 - 1|",           "x", None),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "by", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_sets(formula: str, by: str, expected: str | None) -> None:
    found = derivex.subgradient(formula, by=by)
    found.replay()
    if expected is None:
        assert found.status is Status.STUCK
        return
    assert found.derivation.lines is not None
    assert list(found.lines())[-1].text == expected


@pytest.mark.parametrize(
    ("formula", "point", "expected"),
    [
        ("|x|",                     "x = 0",    Interval(-1, 1)),
        ("|x|",                     "x = -3",   FiniteSet(-1)),
        ("max(x, 0)",               "x = 0",    Interval(0, 1)),
        ("max(0, 1 - x)",           "x = 1",    Interval(-1, 0)),
        ("|x| + |x - 1|",           "x = 1",    Interval(0, 2)),
        ("x^2 + |x|",               "x = 0",    Interval(-1, 1)),
        ("1/2 (x - 4)^2 + 3|x|",    "x = 1",    FiniteSet(0)),
        ("1/2 (x - 2)^2 + 3|x|",    "x = 0",    Interval(-5, 1)),
        ("max(|x|, 1)",             "x = 1",    Interval(0, 1)),
        ("max(x, 0)^2",             "x = 0",    FiniteSet(0)),
        ("e^x + |x|",               "x = 0",    Interval(0, 2)),
    ],
)  # fmt: skip
def test_at_a_point(formula: str, point: str, expected: S) -> None:
    found = derivex.subgradient(formula, at=point)
    assert found.result == expected or found.result == Interval(0, 0) == expected


@pytest.mark.parametrize(
    ("formula", "by", "says"),
    [
        ("-|x|",        "x", "−|x| is not convex in x: at x = 0 it lies above the line through its points at x = −1 and x = 1; it is concave: its negative has subgradients"),
        ("|x^2 - 1|",   "x", "|x² − 1| is not convex in x: at x = 0 it lies above the line through its points at x = −1 and x = 1"),
        ("a |x|",       "x", "a |x| is not convex in x for a = −2: at x = 0 it lies above the line through its points at x = −1 and x = 1"),
        ("x^4 - x^2 + x^2", "x", "no rule covers ∂(x⁴ − x² + x²): the rules need x⁴ − x² + x² to be convex in x, which they cannot show"),
    ],
)  # fmt: skip
def test_a_refusal_says_why(formula: str, by: str, says: str) -> None:
    assert derivex.subgradient(formula, by=by).to_text().splitlines()[-1] == says


@pytest.mark.parametrize("formula", ["max(|x|, 1)", "max(0, 1 - y (w x + b))", "sum_i |w_i - 1|"])
def test_every_output_has_the_sets(formula: str) -> None:
    by = {"max(|x|, 1)": "x", "sum_i |w_i - 1|": "w_k"}.get(formula, "w")
    found = derivex.subgradient(formula, by=by)
    for unicode in (True, False):
        for block in found.blocks(unicode=unicode):
            text = show_block(block, "stacked", 90, unicode).plain
            assert unicode or in_ascii(text).isascii()
    assert found.to_text(unicode=False).isascii()
    assert r"\begin{cases}" in found.to_latex()
    assert Subgradient.from_json(found.to_json()) == found


@pytest.mark.parametrize(
    ("formula", "by", "at", "convention", "says"),
    [
        ("sum_i |x_i|", "i",      None,    None,   "i is an index"),
        ("|x + y|",     None,     None,    None,   "several variables"),
        ("|x + y|",     ["x", "y"], None,  None,   "by several variables at once"),
        ("|x|",         None,     None,    "best", "“best” is no convention"),
        ("max(0, a w)", "w",      "w = 0", "left", "depends on the values of its letters"),
    ],
)  # fmt: skip
def test_questions_without_an_answer(formula, by, at, convention, says) -> None:
    with pytest.raises(derivex.DerivexError, match=says):
        derivex.subgradient(formula, by=by, at=at, convention=convention)


def test_the_result_is_a_piecewise_of_sets() -> None:
    result = derivex.subgradient("|x|").result
    assert isinstance(result, Piecewise)
    assert result.subs(X, 0) == Interval(-1, 1)
    assert result.subs(X, Rational(1, 2)) == FiniteSet(1)


@pytest.mark.parametrize(
    ("formula", "point", "minimises"),
    [
        ("|x|", "x = 0", True),
        ("|x|", "x = 1", False),
        ("1/2 (x - 2)^2 + 3|x|", "x = 0", True),
        ("1/2 (x - 4)^2 + 3|x|", "x = 0", False),
    ],
)
def test_optimality(formula: str, point: str, minimises: bool) -> None:
    verdict = derivex.subgradient(formula, at=point).verdict
    assert verdict.endswith(" minimises it" if minimises else " does not minimise the function")


SAYS = {
    "left": "the derivative from the left",
    "right": "the derivative from the right",
    "middle": "the middle of the interval",
    "zero": "the subgradient nearest to zero",
}


@pytest.mark.parametrize(
    ("convention", "at_the_corner"),
    [("left", 0), ("right", 1), ("middle", Rational(1, 2)), ("zero", 0)],
)
def test_conventions_are_declared_and_said(convention: str, at_the_corner: object) -> None:
    found = derivex.subgradient("max(x, 0)", convention=convention)
    assert found.result.subs(X, 0) == at_the_corner
    assert found.result.subs(X, 2) == 1
    (said,) = (line.says for line in found.lines() if "convention" in line.says)
    assert said == f"by convention {SAYS[convention]}"


def test_the_record_survives_json() -> None:
    found = derivex.subgradient("x^2 + 2|x - 1|", at="x = 1")
    again = Subgradient.from_json(json.dumps(found.to_dict()))
    assert again == found
    assert again.result == Interval(0, 4)


def test_sets_minus_sets_do_not_cancel() -> None:
    """|x| + |-x| has [−2, 2] at 0: the sum of Minkowski, not 0 and not [−1, 1]."""
    assert derivex.subgradient("|x| + |-x|", at="x = 0").result == Interval(-2, 2)


# -- random convex functions: the set's ends are the derivatives from both sides -----------------

_SLOPES = st.integers(-3, 3).filter(bool)
_x = symbol("x")


@st.composite
def convex(draw: st.DrawFn, depth: int = 2) -> Node:
    affine = Plus(Times(number(draw(_SLOPES)), _x), number(draw(st.integers(-2, 2))))
    if depth == 0:
        return affine
    kind = draw(st.sampled_from(("affine", "abs", "max", "plus", "times", "square")))
    if kind == "abs":
        return Apply(function_name("abs"), affine)
    if kind == "max":
        other = draw(convex(depth - 1))
        return Apply(function_name("max"), affine, other)
    if kind == "plus":
        return Plus(draw(convex(depth - 1)), draw(convex(depth - 1)))
    if kind == "times":
        return Times(number(draw(st.integers(1, 3))), draw(convex(depth - 1)))
    if kind == "square":
        from derivex.expression import TWO, Power

        return Power(affine, TWO)
    return affine


@given(convex())
@settings(max_examples=40, deadline=None, derandomize=True)
def test_random_convex_functions(function: Node) -> None:
    found = derivex.subgradient(function, by="x")
    assert found.status is Status.FINISHED
    found.replay()
    verdict = judge(found.derivation.start, found.expression, BOOK.functions)
    assert verdict.kind == "tested", verdict


@pytest.mark.parametrize(
    ("text", "by", "let", "result"),
    [
        ("||w||_1", "w_k", "w: d", "if wₖ < 0 then {−1} else if wₖ = 0 then [−1, 1] else if wₖ > 0 then {1}"),
        ("||w||_1", "w_2", "w: 2", "if w[2] < 0 then {−1} else if w[2] = 0 then [−1, 1] else if w[2] > 0 then {1}"),
        ("2||w||_1 + c·w", "w_k", "w: d, c: d", "if wₖ < 0 then {−2 + cₖ} else if wₖ = 0 then [−2 + cₖ, 2 + cₖ] else if wₖ > 0 then {2 + cₖ}"),
        ("||w||^2/2 + 3||w||_1", "w_k", "w: d", "if wₖ < 0 then {wₖ − 3} else if wₖ = 0 then [wₖ − 3, wₖ + 3] else if wₖ > 0 then {wₖ + 3}"),
    ],
)  # fmt: skip
def test_norms_by_their_entries(text: str, by: str, let: str, result: str) -> None:
    found = derivex.subgradient(text, by, let=let)
    assert list(found.lines())[-1].text == result
    assert "the definition of the norm" in str(found)


def test_a_norm_without_a_sum_is_refused_by_its_name() -> None:
    with pytest.raises(DerivexError, match=r"‖w‖ is not written by components here"):
        derivex.subgradient("||w||", "w_k", let="w: d")
