"""Values of written trees in complex balls."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
import sympy
from flint import acb

from derivex.equality.balls import evaluate, precision
from derivex.errors import ProblemError
from derivex.expression import (
    ONE,
    TWO,
    Apply,
    At,
    D,
    Decimal,
    Mean,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    Total,
    function_name,
    integer,
    symbol,
)
from derivex.expression.elementary import ELEMENTARY, sympy_function
from derivex.expression.functions import Function

x, y, z = map(symbol, "xyz")
a, h, i, j, s, w = map(symbol, "ahijsw")
THREE = integer(3)
u = Plus(x, y, z)
POINT = {x: 1, y: 2, z: 3}


def call(name, *arguments):
    return Apply(function_name(name), *arguments)


EXACT = [
    (Plus(x, Times(TWO, y), Negative(z)), POINT, 2),
    (Over(x, y), POINT, Fraction(1, 2)),
    (Decimal("0.125"), {}, Fraction(1, 8)),
    (D(Power(u, TWO), y), POINT, 12),
    (D(Power(u, TWO), u), POINT, 12),
    (Times(D(Power(u, TWO), u), D(u, y)), POINT, 12),
    (D(D(Times(Power(x, THREE), y), x), x), POINT, 12),
    (D(D(Times(Power(x, THREE), y), x), y), POINT, 3),
    (D(D(Power(u, THREE), u), x), POINT, 36),
    (D(D(Power(u, THREE), x), u), POINT, 36),
    (D(D(D(Power(u, integer(4)), u), u), x), POINT, 144),
    (D(Over(ONE, x), x), {x: 2}, Fraction(-1, 4)),
    (D(Power(x, Over(ONE, TWO)), x), {x: 4}, Fraction(1, 4)),
    (D(D(call("abs", Power(x, THREE)), x), x), {x: -2}, 12),
    (call("max", x, y, z), POINT, 3),
    (call("min", x, y, z), POINT, 1),
    (D(call("max", Power(x, TWO), x), x), {x: 3}, 6),
    (call("floor", x), {x: Fraction(-5, 2)}, -3),
    (call("ceiling", x), {x: Fraction(-5, 2)}, -2),
    (D(Times(call("floor", x), x), x), {x: Fraction(5, 2)}, 2),
    (Total(Times(i, i), i, ONE, THREE), {}, 14),
    (Total(x, i, THREE, ONE), POINT, 0),
    (Total(Total(Times(i, j), j, ONE, i), i, ONE, THREE), {}, 25),
    (Total(Times(At(a, i), At(h, i)), i), {a: [0, 2, 4], h: [30, 40, 50]}, 280),
    (Mean(Times(a, h)), {a: [0, 2], h: [30, 40]}, 40),
    (Plus(s, Mean(Times(s, a))), {s: 2, a: [1, 3]}, 6),
    (At(a, TWO, ONE), {a: [[1, 2], [3, 4]]}, 3),
    (D(Total(Power(At(w, i), TWO), i), At(w, j)), {w: [1, 2, 5], j: 3}, 10),
    (D(At(w, i), At(w, j)), {w: [1, 2, 5], i: 1, j: 3}, 0),
    (
        D(Total(Power(Plus(Times(s, At(a, i)), Negative(At(h, i))), TWO), i), s),
        {a: [0, 2, 4], h: [30, 40, 50], s: 1},
        -520,
    ),
]


@pytest.mark.parametrize(("tree", "point", "value"), EXACT, ids=str)
def test_values(tree, point, value):
    with precision(128):
        found = evaluate(tree, point)
        assert found.overlaps(acb(value.numerator) / value.denominator)
        assert found.rad() < 1e-25


PARAMETERS = {
    "atan2": (2,),
    **dict.fromkeys(("besselj", "bessely", "besseli", "besselk", "polylog", "expint"), (2,)),
    **dict.fromkeys(("polygamma", "uppergamma", "lowergamma"), (3,)),
}


WITHOUT = ("max", "min", "floor", "ceiling")


@pytest.mark.parametrize("name", [name for name in ELEMENTARY if name not in WITHOUT])
def test_functions_and_their_derivatives_against_sympy(name):
    outside = name in ("acosh", "asec", "acsc", "acoth")
    at = Fraction(19, 8) if outside else Fraction(3, 8)
    argument = sympy.Symbol("t", real=True)
    parameters = PARAMETERS.get(name, ())
    tree = call(name, *map(integer, parameters), x)
    expected = sympy_function(name)(*parameters, argument)
    for order in range(4):
        with precision(128):
            found = evaluate(tree, {x: at}, real=True)
        if name == "zeta":  # SymPy leaves its derivative as it is
            value = mpmath.zeta(mpmath.mpf(at.numerator) / at.denominator, derivative=order)
        else:
            rational = sympy.Rational(at.numerator, at.denominator)
            value = sympy.N(expected.subs(argument, rational), 30)
        assert abs(complex(found) - complex(value)) < 1e-12
        tree, expected = D(tree, x), sympy.diff(expected, argument)


def test_a_count_of_data_can_be_given():
    assert evaluate(Total(ONE, i), {}, data_length=3) == 3
    assert evaluate(Times(symbol("n"), x), {x: 2}, data_length=3) == 6


def test_functions_of_a_table():
    table = {"g": Function("g", (x,), definition=Power(x, TWO))}
    assert evaluate(D(call("g", y), y), {y: 3}, table) == 6


NO_VALUE = [
    (x, {}, False, "x has no value"),
    (Over(ONE, Plus(x, Negative(x))), {x: 1}, False, "division by zero"),
    (call("log", x), {x: 0}, False, "no value here"),
    (call("sqrt", x), {x: -1}, True, "no value here"),
    (Power(x, Over(ONE, TWO)), {x: -1}, True, "negative number"),
    (D(call("abs", x), x), {x: 0}, False, "jump or a corner"),
    (D(call("sqrt", x), x), {x: 0}, False, "no derivative"),
    (call("abs", x), {x: acb(1, 1)}, False, "not real"),
    (call("f", x), {x: 1}, False, "nothing is known"),
    (Total(At(a, i), i), {}, False, "number of data"),
    (At(a, THREE), {a: [1, 2]}, False, "no entry 3 of a"),
    (At(a, x), {a: [1, 2], x: Fraction(1, 2)}, False, "not an integer"),
]


@pytest.mark.parametrize(("tree", "point", "real", "words"), NO_VALUE, ids=str)
def test_says_why_there_is_no_value(tree, point, real, words):
    with pytest.raises(ProblemError, match=words):
        evaluate(tree, point, real=real)


def test_complex_values_where_they_are_asked_for():
    assert evaluate(call("sqrt", x), {x: -4}) == acb(0, 2)


def test_deep_trees_and_their_derivatives():
    tree = x
    for _ in range(10_000):
        tree = call("sin", tree)
    with precision(64):
        assert abs(evaluate(D(tree, x), {x: 1})) < 1e-5


def test_shared_parts_are_evaluated_once():
    tree = x
    for _ in range(200):
        tree = Plus(Over(tree, TWO), Over(tree, TWO))
    assert evaluate(D(tree, x), {x: 1}) == 1
