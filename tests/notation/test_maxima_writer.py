"""Formulas in Maxima's syntax, held to their values."""

from __future__ import annotations

import re

import pytest
import sympy

import derivex
from derivex.expression import (
    D,
    Equation,
    Interval,
    Mean,
    Negative,
    Or,
    Plus,
    Power,
    Singleton,
    Times,
    integer,
    symbol,
)
from derivex.notation import Scope, read_relation, read_text
from derivex.notation.maxima_writer import MaximaWriter
from derivex.rulebook import shipped_book

SCOPE = Scope(functions=shipped_book().functions).declare("x", "y", "theta_0")
WRITTEN = [
    ("2x sin(x)^2",             "2*x*sin(x)^2"),
    ("x - (y - 1)",             "x - (y - 1)"),
    ("-(x + y)^2/(2x)",         "-(x + y)^2/(2*x)"),
    ("(x/y)^2",                 "(x/y)^2"),
    ("(-x)^2",                  "(-x)^2"),
    ("x^(-2) y",                "x^(-2)*y"),
    ("x^(y^2)",                 "x^(y^2)"),
    ("(x^y)^2",                 "(x^y)^2"),
    ("x (-y)",                  "x*(-y)"),
    ("e^x + pi",                "%e^x + %pi"),
    ("ln(x) + |x| + sqrt(x)",   "log(x) + abs(x) + sqrt(x)"),
    ("0.25 theta_0",            "0.25*theta_0"),
    ("(x + 1)!",                "(x + 1)!"),
    ("sign(x) + atan2(y, x)",   "signum(x) + atan2(y, x)"),
    ("d/dx x^2",                "diff(x^2, x)"),
    ("∂(x+y)^2/∂(x+y)",         "subst(x + y, t, diff(t^2, t))"),
    ("sum_k a_k x",             "sum(a[k]*x, k, 1, n)"),
    ("x = y/2",                 "x = y/2"),
    ("max(x, y)",               "max(x, y)"),
    ("2(x a_i + y)",            "2*(x*a_i + y)"),
    ("a_jk + a_k",              "a_jk + a_k"),
    ("sum_k a_k b_j",           "sum(a[k]*b_j, k, 1, n)"),
    ("ŷ θ_0",                   "yhat*theta_0"),
    ("lim_{h->0} (x + h)^2",    "limit((x + h)^2, h, 0)"),
    ("lim_{h->0-} |h|/h",       "limit(abs(h)/h, h, 0, minus)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "written"), WRITTEN)
def test_as_maxima_writes_it(text: str, written: str) -> None:
    read = read_relation if " = " in text else read_text
    assert MaximaWriter().write(read(text, SCOPE).expression) == written


def test_alternatives_and_sets_of_numbers() -> None:
    x = symbol("x")
    either = Or(Equation(x, integer(1)), Equation(x, Negative(integer(1))))
    assert MaximaWriter().write(either) == "x = 1 or x = -1"
    assert MaximaWriter().write(Singleton(Times(integer(2), x))) == "{2*x}"
    assert MaximaWriter().write(Interval(integer(0), integer(1))) == "cc(0, 1)"


@pytest.mark.parametrize("text", ["f(x) + 1", "digamma(x)"])
def test_what_maxima_cannot_say_is_not_written(text: str) -> None:
    assert MaximaWriter().write(read_text(text, SCOPE).expression) is None


def test_letters_that_maxima_takes_for_constants_are_not_written() -> None:
    for name in ("i", "e", "if"):
        assert MaximaWriter().write(Plus(symbol(name), symbol("x"))) is None
    assert MaximaWriter().write(Mean(symbol("a"))) is None
    x, y = symbol("x"), symbol("y")
    assert MaximaWriter().write(D(Plus(Power(Plus(x, y), x), y), Plus(x, y))) is None


@pytest.mark.parametrize("formula", ["x^2 sin(x)/(1+x^2)", "ln(x^2 + 1)^3", "e^(-x cos(x))", "x^x"])
def test_every_line_of_a_derivation_has_its_value(formula: str) -> None:
    x = sympy.Symbol("x")
    names = {"x": x, "subst": lambda value, letter, body: body.subs(letter, value)}
    point = {x: sympy.Rational(17, 13)}
    values = []
    for line in derivex.diff(formula, by="x").lines():
        written = MaximaWriter().write(line.expression)
        assert written is not None
        plain = re.sub("%e", "E", written).replace("^", "**")
        values.append(sympy.N(sympy.parse_expr(plain, names).subs(point)))
    assert max(values) - min(values) < 1e-9
