"""One key for all ways of writing the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivex.diagnosis.normal_form import NormalForms
from derivex.equality import judge
from tests.diagnosis.reading import BOOK, line

SAME = [
    ("x + y", "y + x"),
    ("2 x * 3", "6x"),
    ("-(x - y)", "y - x"),
    ("(x - y)(u - v)", "(y - x)(v - u)"),
    ("x/y", "x y^(-1)"),
    ("-x/y", "x/(-y)"),
    ("a/(b/c)", "a c/b"),
    ("sqrt(x)", "x^(1/2)"),
    ("x x^2", "x^3"),
    ("(2x)^3", "8x^3"),
    ("x + x", "2x"),
    ("x - x", "0"),
    ("sum_i i x", "sum_k k x"),
    ("e^x", "exp(x)"),
    ("d/dx (x + y)", "d/dx (y + x)"),
]
DIFFERENT = [
    ("(x + 1)^2", "x^2 + 2x + 1"),
    ("2(x + y)", "2x + 2y"),
    ("x - y", "y - x"),
    ("x^2", "x^3"),
    ("sin(x)", "cos(x)"),
    ("sqrt(x^2)", "x"),
    ("sum_i i x", "sum_i i y"),
]


@pytest.mark.parametrize(("first", "second"), SAME)
def test_the_same(first: str, second: str) -> None:
    forms = NormalForms()
    assert forms.key(line(first)) == forms.key(line(second))


@pytest.mark.parametrize(("first", "second"), DIFFERENT)
def test_not_the_same(first: str, second: str) -> None:
    forms = NormalForms()
    assert forms.key(line(first)) != forms.key(line(second))


PARTS = st.sampled_from(["x", "y", "2", "3", "0", "1/2", "sin(x)", "sqrt(y)", "(x + y)", "(x - y)"])
TERMS = st.recursive(
    PARTS,
    lambda part: st.one_of(
        st.tuples(part, st.sampled_from(["+", "-", "*"]), part).map(lambda p: f"({' '.join(p)})"),
        part.map(lambda p: f"({p})^2"),
        part.map(lambda p: f"-({p})"),
    ),
    max_leaves=6,
)


@given(first=TERMS, second=TERMS)
def test_the_same_key_is_the_same_value(first: str, second: str) -> None:
    left, right = line(first), line(second)
    forms = NormalForms()
    if forms.key(left) == forms.key(right):
        assert judge(left, right, BOOK.functions).kind != "wrong"
