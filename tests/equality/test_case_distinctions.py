"""Values of case distinctions: only what counts must exist, and boundaries are not guessed."""

import pytest
from flint import acb

from derivex.equality import judge
from derivex.equality.balls import evaluate
from derivex.errors import ProblemError
from derivex.expression import symbol
from derivex.notation import Scope, read_text
from derivex.rulebook import shipped_book

FUNCTIONS = shipped_book().functions
SCOPE = Scope(functions=FUNCTIONS)


def read(text):
    return read_text(text, SCOPE).expression


VERDICTS = [
    # left                                            right                                   verdict
    ("|x|",                                           "if x > 0 then x else -x",              "tested"),
    ("|x|",                                           "if x >= 0 then x else x",              "wrong"),
    ("if x > 1 then 1 else 2",                        "if x >= 2 then 1 else 2",              "wrong"),
    ("if x > 0 then x",                               "x",                                    "tested"),
    ("if x > 0 and y > 0 then 1 else 0",              "if x > 0 or y > 0 then 1 else 0",      "wrong"),
    ("if x > 0 or y > 0 then 1 else 0",               "if x > 0 then 1 else if y > 0 then 1 else 0", "tested"),
    ("d/dx (if x > 0 then log(x) else x^2)",          "if x > 0 then 1/x else 2x",            "tested"),
    ("d/dx (if x > 0 then log(x) else x^2)",          "if x > 0 then 1/x else x",             "wrong"),
    ("if x > 0 then d/dx log(x) else d/dx log(-x)",   "1/x",                                  "tested"),
    ("d/dx d/dx (if x > 0 then x^3 else -x^3)",       "6|x|",                                 "tested"),
    ("d/d(x+y) (if x + y > 0 then (x+y)^2 else 0)",   "if x + y > 0 then 2(x+y) else 0",      "tested"),
    ("sum(if x > i then 1 else 0, i = 1..3)",         "sum(if i < x then 1 else 0, i = 1..3)", "tested"),
    ("sum_i (if a_i > x then a_i else 0)",            "sum_i (if x < a_i then a_i else 1)",   "wrong"),
    ("if e > 2 then x else 2",                        "x",                                    "tested"),
]  # fmt: skip


@pytest.mark.parametrize(("left", "right", "kind"), VERDICTS)
def test_judging(left, right, kind):
    assert judge(read(left), read(right), FUNCTIONS).kind == kind


def value(text, x):
    return evaluate(read(text), {symbol("x"): acb(x)}, FUNCTIONS, real=True)


def test_what_is_undefined_in_another_case_does_no_harm():
    assert value("if x = 0 then 1 else 1/x", 0) == 1
    assert value("if x > 0 then log(x) else x", -2) == -2


@pytest.mark.parametrize(
    ("text", "x"),
    [
        ("d/dx (if x > 0 then x else -x)", 0),  # between two cases
        ("d/dx (if x = 0 then 1 else x^2)", 0),
        ("if x > 0 then 1", -1),  # no case holds
        ("if log(x) > 0 then 1 else 2", -1),  # the condition has no value
    ],
)
def test_no_value_is_claimed(text, x):
    with pytest.raises(ProblemError, match="no value at this point"):
        value(text, x)
