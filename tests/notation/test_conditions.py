"""Relations and case distinctions: read, refused with the place, and written back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivex.errors import ReadError
from derivex.expression import (
    ZERO,
    And,
    AtLeast,
    AtMost,
    Branch,
    Cases,
    Equation,
    Greater,
    Less,
    Negative,
    Or,
    Over,
    Plus,
    Power,
    Times,
    Unequal,
    integer,
    symbol,
    value_of,
)
from derivex.notation import (
    LatexWriter,
    Scope,
    SympyWriter,
    TextWriter,
    read_condition,
    read_text,
)
from derivex.rendering.stacked import stacked

X, Y = symbol("x"), symbol("y")

READ = [
    # typed                                         structure
    ("if x > 0 then x",                             "Cases(Branch(x, Greater(x, 0)))"),
    ("if x > 0 then x else -x",                     "Cases(Branch(x, Greater(x, 0)), Branch(Negative(x)))"),
    ("if x>1 then 1 else if x<-1 then 2 else 3",    "Cases(Branch(1, Greater(x, 1)), Branch(2, Less(x, Negative(1))), Branch(3))"),
    ("if x >= 0 then 1 otherwise 2",                "Cases(Branch(1, AtLeast(x, 0)), Branch(2))"),
    ("if x = 0 then 1",                             "Cases(Branch(1, Equation(x, 0)))"),
    ("if x != 0 then 1",                            "Cases(Branch(1, Unequal(x, 0)))"),
    ("if x ≠ 0 then 1",                             "Cases(Branch(1, Unequal(x, 0)))"),
    ("if 0 < x ≤ 1 then 1",                         "Cases(Branch(1, And(Less(0, x), AtMost(x, 1))))"),
    ("if x > 0 and y > 0 or z > 0 then 1",          "Cases(Branch(1, Or(And(Greater(x, 0), Greater(y, 0)), Greater(z, 0))))"),
    ("if x > 0 and (y > 0 or z > 0) then 1",        "Cases(Branch(1, And(Greater(x, 0), Or(Greater(y, 0), Greater(z, 0)))))"),
    ("if x > 0 then if y > 0 then 1 else 2 else 3", "Cases(Branch(Cases(Branch(1, Greater(y, 0)), Branch(2)), Greater(x, 0)), Branch(3))"),
    ("2 + if x > 0 then 1 else x + 1",              "Plus(2, Cases(Branch(1, Greater(x, 0)), Branch(Plus(x, 1))))"),
    ("2(if x > 0 then 1 else 0) + 3",               "Plus(Times(2, Cases(Branch(1, Greater(x, 0)), Branch(0))), 3)"),
    ("d/dx if x > 0 then x else 0",                 "D(Cases(Branch(x, Greater(x, 0)), Branch(0)), x)"),
    ("sum(if x > 0 then i else 0, i = 1..3)",       "Total(Cases(Branch(i, Greater(x, 0)), Branch(0)), i, 1, 3)"),
    ("|if x > 0 then x else 0|",                    "Apply(abs, Cases(Branch(x, Greater(x, 0)), Branch(0)))"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "structure"), READ)
def test_reading(text: str, structure: str) -> None:
    assert repr(read_text(text).expression) == structure


REFUSED = [
    # typed                        where                          why
    ("x > 0",                      "  ^",                         "can stand only in a condition"),
    ("x = 0",                      "  ^",                         "an equation, where one expression is expected"),
    ("if x then 1",                "   ^",                        "where a condition is expected"),
    ("if x > 0",                   "^^",                          "this if has no then"),
    ("if x > 0 then",              "             ^",              "the expression ends after then"),
    ("if then 3",                  "   ^^^^",                     "expected before then"),
    ("x else 2",                   "  ^^^^",                      "belongs to no if before it"),
    ("x then 2",                   "  ^^^^",                      "belongs to no if before it"),
    ("if x>0 then 1 else 2 else 3", "                     ^^^^",  "belongs to no if before it"),
    ("if (x>0)+1 > 2 then 3",      "   ^^^^^",                    "no value to calculate with"),
    ("if -(x>0) then 3",           "    ^^^^^",                   "no value to calculate with"),
    ("if x>0 and 2 then 1",        "           ^",                "where a condition is expected"),
    ("if x>0 then y>0",            "             ^",              "can stand only in a condition"),
    ("if f(x>0) > 1 then 2",       "      ^",                     "can stand only in a condition"),
    ("2 if x>0 then 1",            "  ^^",                        "stands right behind an operand"),
    ("o or r",                     "  ^^",                        "can stand only between conditions"),
    ("x ≈ 2",                      "  ^",                         "≈ cannot be read"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "carets", "why"), REFUSED)
def test_refusing(text: str, carets: str, why: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_text(text)
    assert why in caught.value.message
    place = caught.value.place
    assert place is not None
    assert (place.start, place.end) == (len(carets) - len(carets.lstrip()), len(carets))


def test_a_condition_by_itself() -> None:
    assert repr(read_condition("0 < x < 1").expression) == "And(Less(0, x), Less(x, 1))"
    with pytest.raises(ReadError, match="where a condition is expected"):
        read_condition("x + 1")


CASES = Cases(
    Branch(Power(X, integer(2)), Greater(X, ZERO)),
    Branch(Over(integer(1), X), Less(X, Negative(integer(1)))),
    Branch(ZERO),
)


def test_writing() -> None:
    assert TextWriter().write(CASES) == "if x > 0 then x² else if x < −1 then 1/x else 0"
    assert LatexWriter().write(CASES) == (
        r"\begin{cases} x^{2} & \text{if } x > 0 \\ "
        r"\frac{1}{x} & \text{if } x < -1 \\ 0 & \text{otherwise} \end{cases}"
    )
    assert SympyWriter({}).write(CASES) == (
        "Piecewise((x**2, Gt(x, 0)), (1/x, Lt(x, -1)), (0, True))"
    )


STACKED = """\
    ⎛⎧ x²  if x > 0 ⎞
    ⎜⎪              ⎟
    ⎜⎪ 1            ⎟
2 + ⎜⎨ ─   if x < −1⎟
    ⎜⎪ x            ⎟
    ⎜⎪              ⎟
    ⎝⎩ 0   otherwise⎠"""


def test_stacking() -> None:
    assert str(stacked(Plus(integer(2), CASES))) == STACKED


def test_a_brace_of_two_rows_and_in_ascii() -> None:
    two = Cases(Branch(X, AtLeast(X, ZERO)), Branch(ZERO))
    assert str(stacked(two)) == "⎰ x  if x ≥ 0\n⎱ 0  otherwise"
    assert str(stacked(two, unicode=False)) == "/ x  if x >= 0\n\\ 0  otherwise"


leaves = st.sampled_from([X, Y, *map(integer, range(4))])
sides = leaves | st.builds(Plus, leaves, leaves)
kinds = st.sampled_from([Less, AtMost, Greater, AtLeast, Equation, Unequal])
relations = st.builds(lambda kind, left, right: kind(left, right), kinds, sides, sides)
conditions = st.recursive(
    relations,
    lambda inner: st.builds(And, inner, inner) | st.builds(Or, inner, inner),
    max_leaves=4,
)


def _cases(inner: st.SearchStrategy) -> st.SearchStrategy:
    branches = st.lists(st.builds(Branch, inner, conditions), min_size=1, max_size=3)
    last = st.lists(st.builds(Branch, inner), max_size=1)
    return st.builds(lambda some, end: Cases(*some, *end), branches, last)


expressions = st.recursive(
    leaves,
    lambda inner: (
        _cases(inner)
        | st.builds(Plus, inner, inner)
        | st.builds(Times, inner, inner)
        | st.builds(Negative, inner)
        | st.builds(Over, inner, inner.filter(lambda node: value_of(node) != 0))
    ),
    max_leaves=8,
)


@settings(max_examples=200, deadline=None)
@given(expressions)
def test_what_is_written_is_read_back(expression: object) -> None:
    scope = Scope().declare("x", "y")
    for unicode in (True, False):
        text = TextWriter(unicode).write(expression)  # type: ignore[arg-type]
        assert read_text(text, scope).expression is expression, text
