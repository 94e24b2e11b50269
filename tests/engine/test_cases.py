"""Derivatives of case distinctions, case by case."""

import pytest
import sympy

from derivex.api import diff, evaluate
from derivex.errors import ProblemError
from derivex.expression.lift import lift
from derivex.expression.lower import lower

LINES = """\
∂(if x > 0 then x² else if x < −1 then sin(x) else 3)/∂x
  = if x > 0 then ∂x²/∂x else if x < −1 then ∂sin(x)/∂x else ∂3/∂x     differentiating each case, where x ≠ 0, x ≠ −1
  = if x > 0 then 2x else if x < −1 then cos(x) else 0                 using the exponent and constant rules and the derivative of sin"""


def test_case_by_case():
    assert str(diff("if x > 0 then x^2 else if x < -1 then sin(x) else 3")) == LINES


def test_the_case_that_holds_is_chosen():
    found = evaluate("if x > 0 then log(x) else x^2", at="x = -3")
    assert found.result == 9
    assert "choosing the case that holds" in [line.says for line in found.lines()]
    assert evaluate("if pi > x then 1 else 2", at="x = 3").result == 1


def test_no_case_holds():
    with pytest.raises(ProblemError, match="none of the cases holds"):
        evaluate("if x > 0 then 1", at="x = -1")


def test_cases_of_the_same_value_become_one():
    assert diff("if x > 0 then x else x + 2").result == 1


def test_piecewise_there_and_back():
    x = sympy.Symbol("x")
    piecewise = sympy.Piecewise((x**2, x > 1), (1 - x, sympy.And(x > -1, x <= 1)), (0, True))
    assert lower_again(piecewise) == piecewise
    assert diff(piecewise).result == piecewise.diff(x)


def lower_again(expression):

    return lower(lift(expression))
