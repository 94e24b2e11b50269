"""What is known of signs, from assumptions and from the form of an expression."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivex.equality.balls import evaluate
from derivex.errors import ProblemError
from derivex.expression import Less, Node, number, symbol
from derivex.matching import Facts
from derivex.notation import Scope, read_condition, read_text
from derivex.rulebook import shipped_book

SCOPE = Scope(functions=shipped_book().functions)
x, y = symbol("x"), symbol("y")


def facts(*assumptions: str) -> Facts:
    return Facts(read_condition(text, SCOPE).expression for text in assumptions)


def expression(text: str) -> Node:
    return read_text(text, SCOPE).expression


@pytest.mark.parametrize(
    ("assumed", "text", "signs"),
    [
        ((), "x", {-1, 0, 1}),
        ((), "x^2", {0, 1}),
        ((), "x^2 + 1", {1}),
        ((), "-e^x", {-1}),
        ((), "sqrt(x) + |y|", {0, 1}),
        ((), "x^3", {-1, 0, 1}),
        ((), "pi - 4", {-1, 0, 1}),
        (("x > 0",), "x^3 + x", {1}),
        (("x < 0",), "x^3", {-1}),
        (("x < 0",), "1/x", {-1}),
        (("x < 0", "y < 0"), "x y", {1}),
        (("x != 0",), "x^2", {1}),
        (("x >= 0",), "-x", {-1, 0}),
        (("x > 1",), "x - 1", {1}),
        (("x > 1",), "1 - x", {-1}),
        (("x >= 1",), "x - 1", {0, 1}),
        (("x > 1",), "x - 2", {-1, 0, 1}),
        (("x > 1", "x < 2"), "2 - x", {1}),
        (("2 < x",), "x", {1}),
        (("x > 0 and y > 0",), "x/y", {1}),
    ],
)
def test_signs(assumed: tuple[str, ...], text: str, signs: set[int]) -> None:
    assert facts(*assumed).signs(expression(text)) == signs


@given(
    bound=st.fractions(-3, 3, max_denominator=4),
    above=st.fractions(min_value=0, max_value=5, max_denominator=7),
    text=st.sampled_from(
        ["x", "-x", "x - 1", "1 - x", "x + 2", "x^2 - 3", "x^3", "1/x", "|x| x", "e^x x", "sqrt(x)"]
    ),
    strict=st.booleans(),
)
def test_what_is_known_is_true(bound: Fraction, above: Fraction, text: str, strict: bool) -> None:
    if strict and above == 0:
        return
    known = facts(f"x {'>' if strict else '>='} {bound}")
    try:
        value = evaluate(expression(text), {x: bound + above}, real=True).real
    except ProblemError:
        return
    sign = 0 if value.is_zero() else 1 if value > 0 else -1
    assert sign in known.signs(expression(text))


@pytest.mark.parametrize(
    "assumed", [("x > 0", "x < 0"), ("x > 3", "x < 2"), ("x = 1", "x = 2"), ("x > 1", "x <= 1")]
)
def test_contradictions(assumed: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="contradicts itself"):
        facts(*assumed)


def test_relations() -> None:
    known = facts("x > 0")
    assert known.decide(Less(x, number(0))) is False
    assert known.decide(Less(y, x)) is None
    assert known.implies(read_condition("x != 0", SCOPE).expression)
