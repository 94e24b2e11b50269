"""Verdicts on labelled pairs, and their witnesses computed again."""

from __future__ import annotations

import pickle
import re
from fractions import Fraction

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import (
    Abs,
    Max,
    Rational,
    acos,
    asin,
    atan,
    cos,
    cosh,
    exp,
    log,
    pi,
    sign,
    sin,
    sinh,
    sqrt,
    tan,
)

from derivex.equality import Counterexample, Verdict, judge
from derivex.equality.sampling import random_expression
from derivex.expression import (
    ONE,
    TWO,
    ZERO,
    Apply,
    At,
    Column,
    D,
    Decimal,
    Delta,
    Dots,
    Equation,
    Gradient,
    Matrix,
    Mean,
    Negative,
    Over,
    Plus,
    Power,
    Row,
    Times,
    Total,
    Unequal,
    function_name,
    integer,
    symbol,
)
from derivex.expression.array_nodes import ArrayName, MatrixProduct, Norm
from derivex.expression.functions import Function
from derivex.expression.lift import lift
from derivex.expression.lower import lower

X, Y, N = sympy.symbols("x y n")
f, g = sympy.Function("f"), sympy.Function("g")
x, y, z = map(symbol, "xyz")
s, b, a, h, w, i, j, n = map(symbol, "sbahwijn")


def call(name, *arguments):
    return Apply(function_name(name), *arguments)


def derivative(expression, by=X):
    return sympy.Derivative(expression, by, evaluate=False)


EQUAL = [
    # left                                 right                          how it is known
    ((X + Y) ** 2, X**2 + 2 * X * Y + Y**2, "proven"),
    (1 / (X - 1) - 1 / (X + 1), 2 / (X**2 - 1), "proven"),
    ((X**2 - 1) / (X - 1), X + 1, "proven"),
    (derivative(X**3 * Y), 3 * X**2 * Y, "proven"),
    (derivative(1 / (3 * X**2 + 1) ** 2), -12 * X / (3 * X**2 + 1) ** 3, "proven"),
    (2 * sin(X) * (cos(X) + 1), 2 * sin(X) * cos(X) + 2 * sin(X), "proven"),
    (sin((X + 1) ** 2), sin(X**2 + 2 * X + 1), "proven"),
    (sin(X) ** 2 + cos(X) ** 2, sympy.Integer(1), "proven"),
    (sin(2 * X), 2 * sin(X) * cos(X), "proven"),
    (tan(X), sin(X) / cos(X), "proven"),
    (cosh(X) ** 2 - sinh(X) ** 2, sympy.Integer(1), "proven"),
    (exp(X + Y), exp(X) * exp(Y), "proven"),
    (exp(sympy.I * X), cos(X) + sympy.I * sin(X), "tested"),
    (sqrt(X**2), Abs(X), "tested"),
    (Abs(X) ** 2, X**2, "proven"),
    (sign(X), X / Abs(X), "proven"),
    (Max(X, 0), (X + Abs(X)) / 2, "proven"),
    (log(X**2), 2 * log(X), "tested"),
    (sqrt(X) * sqrt(Y), sqrt(X * Y), "tested"),
    (acos(X), pi / 2 - asin(X), "tested"),
    (X**N * X, X ** (N + 1), "proven"),
    (derivative(X**X), X**X * (log(X) + 1), "proven"),
    (derivative(Abs(X)), X / Abs(X), "proven"),
    (derivative(f(X) ** 2), 2 * f(X) * derivative(f(X)), "tested"),
    (derivative(f(X) * g(X)), f(X) * derivative(g(X)) + g(X) * derivative(f(X)), "tested"),
    (derivative(derivative(sin(X * Y)), Y), cos(X * Y) - X * Y * sin(X * Y), "proven"),
    (derivative(asin(sqrt(X))), 1 / (2 * sqrt(X) * sqrt(1 - X)), "proven"),
    (derivative(sympy.atanh(sin(X))), 1 / cos(X), "proven"),
    (sqrt(8), sqrt(2) + sqrt(2), "proven"),
    (sqrt(3 + 2 * sqrt(2)), 1 + sqrt(2), "tested"),
    (derivative(log(sqrt(-1 - X**2))), X / (1 + X**2), "proven"),
]

UNEQUAL = [
    ((X + Y) ** 2, X**2 + Y**2),
    (1 / (X + Y), 1 / X + 1 / Y),
    (sqrt(X**2), X),
    (sqrt((X - 100) ** 2), 100 - X),
    (sqrt(X**2 + Y**2), X + Y),
    (Abs(X - 50), 50 - X),
    (Max(X, 0), X),
    (asin(sin(X)), X),
    (atan(X) + atan(1 / X), pi / 2),
    (exp(X) ** 2, exp(X**2)),
    (sin(X + Y), sin(X) + sin(Y)),
    (log(X + Y), log(X) + log(Y)),
    (derivative(sin(X**2)), cos(X**2)),
    (derivative(X**X), X * X ** (X - 1)),
    (derivative(f(X) ** 2), 2 * f(X)),
    (derivative(f(g(X))), derivative(f(X)) * derivative(g(X))),
    (Rational(1, 3), sympy.Float("0.3333333333333")),
    (sympy.Integer(10) ** 300 + X, sympy.Integer(10) ** 300 + X + Rational(1, 10**250)),
    (sympy.Integer(10) ** 30 + X, sympy.Integer(10) ** 30 + X + Rational(1, 10**20)),
    (exp(-(10**4) * X**2), sympy.Integer(0)),
]


def seen(value):
    return str(value)


@pytest.mark.parametrize(("left", "right", "kind"), EQUAL, ids=seen)
def test_equal_pairs(left, right, kind):
    verdict = judge(lift(left), lift(right))
    assert verdict.kind == kind, verdict
    assert verdict.holds and verdict.witness is None


@pytest.mark.parametrize(("left", "right"), UNEQUAL, ids=seen)
def test_unequal_pairs(left, right):
    verdict = judge(lift(left), lift(right))
    assert verdict.kind == "wrong", verdict
    assert not verdict.holds
    check_witness(left, right, verdict.witness)


def check_witness(left, right, witness: Counterexample) -> None:
    """Compute both sides again, by SymPy, at the point that the witness names."""
    values = {}
    for name, text in witness.point:
        if "(" in name:
            letter = name[name.index("(") + 1]
            body = sympy.Symbol(letter)
            formula = _read(text, letter)
            values[name[0]] = sympy.Lambda(body, formula)
        else:
            values[name] = Rational(Fraction(text).numerator, Fraction(text).denominator)
    sides = []
    for side, shown in ((left, witness.left), (right, witness.right)):
        for name in [name for name in ("f", "g") if name in values]:
            side = side.replace(sympy.Function(name), values[name])
        side = side.doit()
        side = side.subs({sympy.Symbol(name): values[name] for name in values}, simultaneous=True)
        sides.append(sympy.N(side, 600))
        assert abs(sides[-1] - sympy.N(Rational(*_ratio(shown)), 600)) <= 1e-4 * abs(sides[-1]) + (
            0 if "/" in shown else Rational(1, 10**20)
        )
    assert sides[0] != sides[1]


def _ratio(text: str) -> tuple[int, int]:
    value = Fraction(text)
    return value.numerator, value.denominator


def _read(text: str, letter: str) -> sympy.Expr:
    """(3 + 2t + sin(2t + 1))/4, as the stand-ins of unknown functions are written."""
    t = sympy.Symbol(letter)
    numbers = re.fullmatch(r"\((\d+) \+ (\d*)t \+ sin\((\d*)t \+ (\d+)\)\)/(\d+)", text)
    assert numbers is not None, text
    constant, slope, wave, phase, divisor = (int(part or 1) for part in numbers.groups())
    return (constant + slope * t + sin(wave * t + phase)) / divisor


DATA_EQUAL = [
    (Total(b, i), Times(b, n)),
    (Total(Times(TWO, At(a, i)), i), Times(TWO, Total(At(a, i), i))),
    (Total(Plus(At(a, i), At(h, i)), i), Plus(Total(At(a, i), i), Total(At(h, i), i))),
    (Mean(Times(s, a)), Times(s, Mean(a))),
    (Mean(Plus(a, s)), Plus(Mean(a), s)),
    (Mean(a), Over(Total(At(a, i), i), n)),
    (Total(At(a, i), i), Total(At(a, j), j)),
    (Total(At(a, i), i, ONE, n), Total(At(a, i), i)),
    (Total(At(a, i), i, ONE, integer(3)), Plus(At(a, ONE), At(a, TWO), At(a, integer(3)))),
    (D(Total(Power(At(w, i), TWO), i), At(w, j)), Times(TWO, At(w, j))),
    (
        D(Total(Power(Plus(Times(s, At(a, i)), b, Negative(At(h, i))), TWO), i), s),
        Total(Times(TWO, At(a, i), Plus(Times(s, At(a, i)), b, Negative(At(h, i)))), i),
    ),
    (
        Over(
            Plus(Mean(Times(a, h)), Negative(Times(Mean(a), Mean(h)))),
            Plus(Mean(Power(a, TWO)), Negative(Power(Mean(a), TWO))),
        ),
        Over(
            Mean(Times(Plus(a, Negative(Mean(a))), Plus(h, Negative(Mean(h))))),
            Mean(Power(Plus(a, Negative(Mean(a))), TWO)),
        ),
    ),
    (
        Total(Total(Times(At(a, i), At(h, j)), i), j),
        Times(Total(At(a, i), i), Total(At(h, i), i)),
    ),
    (Total(At(x, i, j), i), Total(At(x, z, j), z)),
]


@pytest.mark.parametrize(("left", "right"), DATA_EQUAL[:11] + DATA_EQUAL[12:], ids=seen)
def test_equal_sums_over_data(left, right):
    assert judge(left, right).holds, judge(left, right)


DATA_UNEQUAL = [
    (Total(b, i), b, "at b = 1, n = 2: left 2, right 1"),
    (
        Mean(Times(a, h)),
        Times(Mean(a), Mean(h)),
        "at n = 2, a = (1, 2), h = (2, 1): left 2, right 9/4",
    ),
    (
        D(Total(Power(At(w, i), TWO), i), At(w, j)),
        ZERO,
        "at j = 1, w = (1), n = 1: left 2, right 0",
    ),
    (D(At(w, i), At(w, j)), ONE, "at i = 2, j = 1, w = (1, 2): left 0, right 1"),
]


@pytest.mark.parametrize(("left", "right", "message"), DATA_UNEQUAL, ids=seen)
def test_unequal_sums_name_small_data(left, right, message):
    verdict = judge(left, right)
    assert verdict.kind == "wrong"
    assert str(verdict.witness) == message


def test_a_witness_of_sums_can_be_computed_again():
    witness = judge(Mean(Times(a, h)), Times(Mean(a), Mean(h))).witness
    assert witness is not None
    point = dict(witness.point)
    first = [Fraction(part) for part in point["a"].strip("()").split(", ")]
    second = [Fraction(part) for part in point["h"].strip("()").split(", ")]
    count = int(point["n"])
    assert len(first) == len(second) == count
    together = sum(p * q for p, q in zip(first, second, strict=True)) / count
    assert Fraction(witness.left) == together
    assert Fraction(witness.right) == sum(first) * sum(second) / count**2


ARRAYS = [
    (Row(x, Plus(y, y)), Row(x, Times(TWO, y)), "proven"),
    (Gradient(Power(x, TWO), x, y), Row(Times(TWO, x), ZERO), "proven"),
    (Plus(Column(x, y), Column(y, x)), Times(Plus(x, y), Column(ONE, ONE)), "proven"),
    (Times(Matrix(Row(ZERO, ONE), Row(ONE, ZERO)), Column(x, y)), Column(y, x), "proven"),
    (Times(Row(x, y), Column(x, y)), Plus(Power(x, TWO), Power(y, TWO)), "proven"),
    (D(Column(call("sin", x), x), x), Column(call("cos", x), ONE), "proven"),
    (Equation(Plus(x, x), y), Equation(Times(TWO, x), y), "proven"),
    (Row(x, y), Row(x, x), "wrong"),
    (Row(x, y), Column(x, y), "wrong"),
    (Row(x, y), x, "wrong"),
    (Equation(x, y), Equation(y, x), "wrong"),
]


@pytest.mark.parametrize(("left", "right", "kind"), ARRAYS, ids=seen)
def test_vectors_matrices_and_equations_by_their_entries(left, right, kind):
    assert judge(left, right).kind == kind


def test_derivatives_by_whole_expressions():
    u = Plus(x, y, z)
    chain = Times(D(Power(u, TWO), u), D(u, y))
    assert judge(D(Power(u, TWO), y), chain).kind == "proven"
    assert judge(D(Power(u, integer(3)), u), Times(integer(3), Power(u, TWO))).kind == "proven"
    assert judge(D(call("f", u), x), D(call("f", u), u)).kind == "tested"
    assert judge(D(call("f", u), u), call("f", u)).kind == "wrong"


UNDECIDED = [
    (Over(ONE, Plus(x, Negative(x))), x, "both sides have a value"),
    (call("sqrt", Plus(Negative(ONE), Negative(Power(x, TWO)))), x, "both sides have a value"),
    (call("sin", x, y), x, "one argument"),
    (Plus(x, Dots()), Times(x, TWO), "Dots"),
    (D(Power(x, TWO), TWO), x, "derivative by a number"),
    (Plus(Row(x, y), Row(x, y, z)), x, "same shape"),
    (D(Total(Power(At(w, i), TWO), i), w), ZERO, "has entries"),
    (Total(i, i, ONE, integer(10**9)), ONE, "more than 10000 terms"),
    (call("exp", call("exp", call("exp", integer(100)))), x, "both sides have a value"),
]


@pytest.mark.parametrize(("left", "right", "reason"), UNDECIDED, ids=seen)
def test_what_cannot_be_decided_says_why(left, right, reason):
    verdict = judge(left, right)
    assert verdict.kind == "undecided"
    assert reason in verdict.reason


def test_the_time_limit_gives_undecided():
    body = x
    for number in range(6):
        index = symbol(f"i{number}")
        body = Total(Plus(body, index), index, ONE, integer(100))
    verdict = judge(body, x, seconds=0.05)
    assert (verdict.kind, verdict.reason) == ("undecided", "the time limit was reached")


def test_assumptions_restrict_the_values():
    root = call("sqrt", Power(x, TWO))
    assert judge(root, x).kind == "wrong"
    assert judge(root, x, assumptions={x: "positive"}).kind == "tested"
    assert judge(root, Negative(x), assumptions={x: "negative"}).kind == "tested"
    turn = call("sin", Times(x, lift(pi)))
    assert judge(turn, ZERO, assumptions={x: "integer"}).holds
    with pytest.raises(ValueError, match="not one of"):
        judge(root, x, assumptions={x: "purple"})


def test_functions_of_the_table():
    table = {
        "ln": Function("ln", (x,), means="log"),
        "square": Function("square", (x,), definition=Power(x, TWO)),
        "loop": Function("loop", (x,), definition=call("loop", x)),
    }
    assert judge(call("ln", y), call("log", y), table).kind == "proven"
    assert judge(D(call("square", y), y), Times(TWO, y), table).kind == "proven"
    assert judge(call("square", y), y, table).kind == "wrong"
    assert "in terms of itself" in judge(call("loop", y), y, table).reason


def test_the_same_question_gets_the_same_answer():
    left, right = lift(sqrt((X - 3) ** 2)), lift(X - 3)
    assert judge(left, right) == judge(left, right)


def test_a_witness_is_found_when_it_is_asked_for_and_belongs_to_the_verdict():
    question = lift(X**3), lift(X**2)
    verdict = judge(*question)
    assert callable(verdict.told)
    assert pickle.loads(pickle.dumps(judge(*question))) == verdict
    assert verdict == Verdict("wrong", 1, Counterexample((("x", "2"),), "8", "4"))
    assert verdict != Verdict("wrong", 1, Counterexample((("x", "3"),), "27", "9"))
    assert verdict.witness is verdict.witness


def test_deep_trees_are_judged():
    tree = x
    for _ in range(3000):
        tree = call("sin", tree)
    verdict = judge(D(tree, x), call("cos", x), seconds=30)
    assert verdict.kind == "wrong"


def test_huge_powers_are_no_danger():
    assert judge(Power(x, integer(10**30)), x).kind == "wrong"
    tower = Power(TWO, Power(TWO, Power(TWO, integer(100))))
    assert judge(tower, x).kind == "undecided"
    big = Power(Plus(x, y, ONE), integer(10_000))
    assert judge(big, Times(big, Over(x, x))).holds


def test_decimals_are_exact():
    assert judge(Decimal("0.1"), Over(ONE, integer(10))).kind == "proven"
    verdict = judge(Power(Decimal("2.001"), TWO), Decimal("4.004004"))
    assert str(verdict.witness) == "left 4.004001, right 4.004004"


def test_verdicts_read_well():
    assert str(judge(x, x)) == "proven"
    assert str(judge(lift(sqrt(X**2)), lift(Abs(X)))) == (
        "tested (agrees at 12 random points, not proven)"
    )
    assert str(Verdict("tested", 1)) == "tested (agrees at 1 random point, not proven)"
    assert str(judge(lift(X**3), lift(X**2))) == "wrong: at x = 2: left 8, right 4"
    assert str(Verdict("undecided", 0, None, "why")) == "undecided: why"


@given(st.randoms(use_true_random=False), st.integers(1, 3))
@settings(deadline=None)
def test_there_and_back_is_equal(random, depth):
    expression = random_expression(random, [x, y], depth)
    verdict = judge(expression, lift(lower(expression)), assumptions={x: "positive", y: "positive"})
    assert verdict.holds, verdict


@given(st.randoms(use_true_random=False), st.integers(1, 3))
@settings(deadline=None)
def test_derivatives_agree_with_sympy(random, depth):
    expression = random_expression(random, [x, y], depth)
    oracle = lift(sympy.diff(lower(expression), X))
    positive = {x: "positive", y: "positive"}
    verdict = judge(D(expression, x), oracle, assumptions=positive)
    assert verdict.holds, verdict
    wrong = judge(D(expression, x), Plus(oracle, Over(ONE, integer(1000))), assumptions=positive)
    assert wrong.kind == "wrong", wrong


def test_a_derivative_by_a_product_inside_of_a_definition() -> None:
    x, v = symbol("x"), symbol("v")
    body = Times(v, Apply(function_name("exp"), v))
    functions = {"h": Function("h", (v,), definition=body)}
    inner = Times(TWO, x)
    call = Apply(function_name("h"), inner)
    chain = Times(D(call, inner), D(inner, x))
    assert judge(chain, D(call, x), functions).holds


def test_a_counterexample_of_arrays_is_of_one_size():
    x, w, y = ArrayName("X: n by d"), ArrayName("w: d"), ArrayName("y: n")
    rest = Plus(MatrixProduct(x, w), Negative(y))
    verdict = judge(Power(Norm(rest), TWO), Plus(Power(Norm(MatrixProduct(x, w)), TWO), Norm(y)))
    assert verdict.witness is not None
    point = dict(verdict.witness.point)
    # ‖Xw − y‖² by hand, from what is said
    table = [
        [Fraction(each) for each in row.split(", ")] for row in point["X"].strip("[]").split("], [")
    ]
    vector, target = (
        [Fraction(each) for each in point[name].strip("()").split(", ")] for name in ("w", "y")
    )
    products = [sum(a * b for a, b in zip(row, vector, strict=True)) for row in table]
    squares = [(a - b) ** 2 for a, b in zip(products, target, strict=True)]
    assert Fraction(verdict.witness.left) == sum(squares)


def test_free_indices_of_arrays_are_tried_apart_and_together():
    w, i, k = ArrayName("w: d"), symbol("i"), symbol("k")
    slope = D(At(w, i), At(w, k))
    assert str(judge(slope, ZERO).witness) == "at i = 2, k = 2, w[2] = 2: left 1, right 0"
    assert judge(slope, ZERO, conditions=[Unequal(i, k)]).holds
    assert judge(slope, ONE).kind == "wrong"
    assert judge(slope, Delta(i, k)).holds
    square = Power(Norm(w), TWO)
    numbered = Plus(Times(k, At(w, k)), square)
    assert judge(numbered, Plus(At(w, k), square)).kind == "wrong"  # it is so for k = 1


def test_a_vector_has_no_entry_with_two_indices():
    x, i, k = ArrayName("x: n"), symbol("i"), symbol("k")
    verdict = judge(Plus(At(x, i), At(x, k, i)), Plus(At(x, i), At(x, k)))
    assert (verdict.kind, verdict.reason) == ("undecided", "an array has no such entry")
