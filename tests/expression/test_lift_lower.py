"""SymPy's objects as written trees in the order in which SymPy prints them, and back."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st
from sympy import Float, Rational, S, Symbol, cos, exp, log, pi, sin, sqrt

from derivex.errors import ProblemError
from derivex.expression import (
    ONE,
    TWO,
    Apply,
    At,
    Column,
    D,
    Decimal,
    Equation,
    Gradient,
    Matrix,
    Mean,
    Negative,
    Node,
    Over,
    Plus,
    Power,
    Row,
    Times,
    Total,
    function_name,
    integer,
    symbol,
)
from derivex.expression.functions import Function
from derivex.expression.lift import lift
from derivex.expression.lower import lower

x, y, z, a, b, n, i = map(symbol, "xyzabni")
X, Y, Z, N = sympy.symbols("x y z n")
f = sympy.Function("f")


def written(node) -> str:
    """The tree as SymPy's own string printer would write it."""
    return _written(node)[0]


_SUM, _PRODUCT, _POWER, _ATOM = range(4)


def _bracketed(node, level: int) -> str:
    text, own = _written(node)
    return text if own >= level else f"({text})"


def _written(node) -> tuple[str, int]:
    if not isinstance(node, Node):
        return str(node), _ATOM
    match node:
        case Decimal():
            return sympy.sstr(Float(node.text)), _ATOM
        case Plus():
            first, *rest = node.args
            text = written(first)
            for term in rest:
                if type(term) is Negative:
                    text += " - " + _bracketed(term.args[0], _PRODUCT)
                else:
                    text += " + " + written(term)
            return text, _SUM
        case Negative():
            return "-" + _bracketed(node.args[0], _PRODUCT), _SUM
        case Times():
            return "*".join(_bracketed(factor, _PRODUCT) for factor in node.args), _PRODUCT
        case Over():
            above, below = node.args
            return _bracketed(above, _PRODUCT) + "/" + _bracketed(below, _POWER), _PRODUCT
        case Power():
            base, exponent = node.args
            return _bracketed(base, _ATOM) + "**" + _bracketed(exponent, _ATOM), _POWER
        case Apply():
            name, *arguments = node.args
            shown = {"abs": "Abs", "max": "Max"}.get(str(name), str(name))
            return f"{shown}({', '.join(map(written, arguments))})", _ATOM
    raise AssertionError(f"the test's writer has no {type(node).__name__}")


PRINTED = [
    X - 1,
    1 - 2 * X,
    1 - X,
    pi - 2 * X,
    -X - 1,
    X / 2,
    -X / 2,
    3 * X / 2,
    X / Y,
    1 / X,
    1 / (X * Y),
    X**-2,
    Y * X**-2,
    Y / sqrt(X),
    1 / sqrt(X),
    X ** Rational(3, 2),
    X ** Rational(-3, 2) * Y,
    sqrt(X),
    sqrt(2) * X,
    sqrt(2) * X + 3 * X,
    X + sqrt(X) + X ** Rational(3, 2),
    exp(X),
    exp(-X),
    exp(X) / X,
    X * exp(-(X**2)) + 1,
    exp(2 * X) + exp(X) + X,
    exp(-X) + exp(X),
    exp(2 * X / 3) - exp(-X / 3) + X * exp(X),
    2 * X * exp(X**2),
    X**N,
    X**N * Y / Z**N,
    X ** (-N) * Y,
    X ** (N - 1) * N,
    2**X,
    X * 2**X + 2**X,
    sin(X) + cos(X),
    sin(X) * cos(X),
    sin(X) + sin(Y) + sin(2 * X),
    sin(X) ** 2 + cos(X) ** 2,
    X**2 * sin(X),
    sin(X) + X,
    X * Y + X + sin(X) * Y + 1 / X,
    log(X) / X,
    log(X) ** 2 - 1 / log(X),
    (X + 1) * (X + 2),
    (X + 1) ** 2 * (X - 3),
    (X + 1) / (X + 2),
    1 / (X - 1) - 1 / (X + 1),
    (X + Y + Z) ** 2,
    3 * X**2 + Y**2 - X * Y + X,
    X**2 + 1 / X + X,
    X / Y + Y / X + X * Y + 1,
    1 / X**2 + 1 / Y + 1 / (X * Y),
    -2 * (X + 1),
    -(X + 1) * Y,
    sympy.Abs(X) + sympy.Max(X, 0),
    pi * X**2 + pi * X,
    Rational(2, 3) * X - Rational(1, 3),
    Rational(-1, 2),
    sympy.Integer(-7),
    sympy.Mul(2, 3, evaluate=False),
    sympy.Mul(1, X, evaluate=False),
    sympy.Add(X, X, evaluate=False),
    f(X) + X,
    f(X, Y) * X,
    sympy.I * X,
    sympy.E * X,
    sympy.asin(X) + sympy.atan(X),
]


@pytest.mark.parametrize("expression", PRINTED, ids=str)
def test_lifts_in_the_order_in_which_sympy_prints(expression):
    assert written(lift(expression)) == sympy.sstr(expression)


@st.composite
def expressions(draw):
    """Evaluated SymPy expressions of many kinds."""
    leaf = st.sampled_from([X, Y, Z, N, S(2), S(-3), Rational(1, 2), pi])
    return draw(
        st.recursive(
            leaf,
            lambda part: st.one_of(
                st.tuples(part, part).map(lambda pair: pair[0] + pair[1]),
                st.tuples(part, part).map(lambda pair: pair[0] * pair[1]),
                st.tuples(part, part, part).map(lambda three: sympy.Add(*three)),
                st.tuples(part, st.sampled_from([2, 3, -1, -2, Rational(1, 2)])).map(
                    lambda pair: pair[0] ** pair[1]
                ),
                part.map(sin),
                part.map(exp),
                part.map(lambda argument: f(argument)),
            ),
            max_leaves=8,
        )
    )


@given(expressions())
def test_prints_like_sympy(expression):
    if expression.has(sympy.zoo, sympy.nan, sympy.oo):
        return
    try:
        expected = sympy.sstr(expression)
        tree = lift(expression)
    except ProblemError:
        return
    assert written(tree) == expected


@given(
    st.lists(
        st.tuples(
            st.integers(-9, 9),
            st.integers(1, 4),
            st.tuples(*[st.integers(0, 3)] * 4),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_polynomials_print_like_sympy(terms):
    names = sympy.symbols("b a x10 x9")
    total = sympy.Add(
        *[
            Rational(above, below)
            * sympy.Mul(*[name**k for name, k in zip(names, powers, strict=True)])
            for above, below, powers in terms
        ]
    )
    assert written(lift(total)) == sympy.sstr(total)


def test_long_sums_keep_sympys_order():
    source = random.Random(5)
    names = sympy.symbols("w0:40")
    total = sympy.Add(
        *[
            source.randint(1, 9)
            * source.choice(names) ** source.randint(-2, 3)
            * source.choice(names)
            for _ in range(200)
        ]
    )
    assert written(lift(total)) == sympy.sstr(total)


OTHERS = [
    (Float("0.1") * X, Times(Decimal("0.1"), x)),
    (-Float("1e-3"), Negative(Decimal("0.001"))),
    (sympy.Derivative(f(X), X, X), D(D(Apply(function_name("f"), x), x), x)),
    (sympy.Derivative(f(X, Y), X, Y), D(D(Apply(function_name("f"), x, y), x), y)),
    (
        sympy.Sum(sympy.IndexedBase("a")[Symbol("i")], (Symbol("i"), 1, N)),
        Total(At(a, i), i, ONE, n),
    ),
    (sympy.IndexedBase("a")[sympy.Idx("i"), 2], At(a, i, TWO)),
    (sympy.Matrix([[1, X], [Y, 2]]), Matrix(Row(ONE, x), Row(y, TWO))),
    (sympy.ImmutableMatrix([X, Y]), Column(x, y)),
    (sympy.Matrix([[X, Y]]), Row(x, y)),
    (sympy.Eq(X, Y), Equation(x, y)),
    (Symbol("x", positive=True) + 1, Plus(x, ONE)),
    (7, integer(7)),
    (Fraction(-1, 2), Negative(Over(ONE, TWO))),
    (Plus(x, x), Plus(x, x)),
]


@pytest.mark.parametrize(("expression", "tree"), OTHERS, ids=lambda value: str(value))
def test_lifts_what_else_there_is(expression, tree):
    assert lift(expression) is tree


REFUSED = [
    (sympy.Integral(X, (X, 1)), "both of its bounds"),
    (sympy.nan, "nan"),
    (sympy.zoo, "zoo"),
    (sympy.oo + 0, "oo"),
    (sympy.Heaviside(X), "Heaviside"),
    (sympy.Symbol("A", commutative=False), "commute"),
    (Symbol("x", positive=True) + Symbol("x"), "both called x"),
    (sympy.true, "BooleanTrue"),
    ("x + 1", "str"),
]


@pytest.mark.parametrize(("expression", "word"), REFUSED, ids=lambda value: str(value))
def test_refuses_by_name_what_it_cannot_say(expression, word):
    with pytest.raises(ProblemError, match=word):
        lift(expression)


def call(name, *arguments):
    return Apply(function_name(name), *arguments)


A, H, I_ = sympy.IndexedBase("a"), sympy.IndexedBase("h"), Symbol("i")
h, s = symbol("h"), symbol("s")

LOWERED = [
    (Plus(x, x, Negative(ONE)), 2 * X - 1),
    (Times(TWO, Plus(x, y)), 2 * X + 2 * Y),
    (Over(integer(2), integer(4)), Rational(1, 2)),
    (Power(x, Negative(TWO)), X**-2),
    (Decimal("0.50"), Rational(1, 2)),
    (call("sqrt", x), sqrt(X)),
    (call("abs", x), sympy.Abs(X)),
    (call("f", x), f(X)),
    (At(a, i), A[I_]),
    (At(a, TWO), A[2]),
    (Total(At(a, i), i), sympy.Sum(A[I_], (I_, 1, N))),
    (Total(x, i, ONE, integer(3)), sympy.Sum(X, (I_, 1, 3))),
    (Mean(Times(a, h)), sympy.Sum(A[I_] * H[I_], (I_, 1, N)) / N),
    (Plus(s, Mean(Times(s, a))), Symbol("s") + sympy.Sum(Symbol("s") * A[I_], (I_, 1, N)) / N),
    (D(Power(x, TWO), x), sympy.Derivative(X**2, X)),
    (D(call("f", x), x), sympy.Derivative(f(X), X)),
    (Row(x, y), sympy.ImmutableMatrix([[X, Y]])),
    (Column(x, y), sympy.ImmutableMatrix([X, Y])),
    (Plus(Row(x, y), Row(ONE, ONE)), sympy.ImmutableMatrix([[X + 1, Y + 1]])),
    (Times(TWO, Column(x, y)), sympy.ImmutableMatrix([2 * X, 2 * Y])),
    (Matrix(Row(x, y), Row(ONE, TWO)), sympy.ImmutableMatrix([[X, Y], [1, 2]])),
    (Equation(x, x), sympy.Eq(X, X, evaluate=False)),
    (
        Gradient(Times(x, y), x, y),
        sympy.ImmutableMatrix([[sympy.Derivative(X * Y, X), sympy.Derivative(X * Y, Y)]]),
    ),
]


@pytest.mark.parametrize(("tree", "expected"), LOWERED, ids=lambda value: str(value))
def test_lowers_to_what_sympy_evaluates(tree, expected):
    assert lower(tree) == expected


def test_derivative_by_an_expression_is_a_substitution():
    u = Plus(x, y)
    lowered = lower(D(Power(u, TWO), u))
    assert isinstance(lowered, sympy.Subs)
    assert sympy.expand(lowered.doit() - 2 * (X + Y)) == 0


def test_functions_come_from_the_table():
    table = {
        "ln": Function("ln", (x,), means="log"),
        "relu": Function("relu", (x,), definition=call("max", x, integer(0))),
        "twice": Function("twice", (x,), definition=Times(TWO, call("relu", x))),
    }
    assert lower(call("ln", y), table) == log(Y)
    assert lower(call("twice", Plus(y, ONE)), table) == 2 * sympy.Max(0, Y + 1)
    assert lift(log(Y), table) is call("ln", y)


FAILING = [
    (Over(x, Plus(ONE, Negative(ONE))), "division by zero"),
    (Power(integer(0), Negative(ONE)), "division by zero"),
    (call("sin", x, y), "no such expression"),
]


@pytest.mark.parametrize(("tree", "word"), FAILING, ids=lambda value: str(value))
def test_says_what_has_no_form_in_sympy(tree, word):
    with pytest.raises(ProblemError, match=word):
        lower(tree)


def test_wrong_number_of_arguments_is_named():
    table = {"g": Function("g", (x, y), definition=Times(x, y))}
    with pytest.raises(ProblemError, match="g takes 2 arguments, not 1"):
        lower(call("g", x), table)


def test_circular_definitions_are_an_error():
    table = {
        "g": Function("g", (x,), definition=call("k", Plus(x, ONE))),
        "k": Function("k", (x,), definition=call("g", x)),
    }
    with pytest.raises(ProblemError, match="in terms of itself"):
        lower(call("g", y), table)


def test_what_is_deep_is_lifted_from_below():
    expression, tree = X, x
    for number in range(1, 90):  # beyond what lifting goes down at once
        expression = 1 / (sin(expression) + number)
        tree = Over(ONE, Plus(call("sin", tree), integer(number)))
    assert lift(expression) is tree


def test_too_deep_for_sympy_is_an_error_and_not_a_crash():
    tree = x
    for _ in range(10_000):
        tree = call("sin", tree)
    with pytest.raises(ProblemError, match="deep"):
        lower(tree)


def test_huge_powers_stay_powers():
    assert lower(Power(TWO, integer(10**12))).is_Pow


def test_shared_parts_are_lowered_once():
    tree = x
    for _ in range(60):
        tree = Plus(tree, Over(tree, integer(3)))  # 2^60 leaves when written out
    assert lower(tree) == Rational(4, 3) ** 60 * X


@given(expressions())
def test_there_and_back_is_the_same_object(expression):
    if expression.has(sympy.zoo, sympy.nan, sympy.oo):
        return
    assert lower(lift(expression)) == expression
