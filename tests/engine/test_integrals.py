"""Integrals: Leibniz' rule and its cases, what is bound stays bound, and their values."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

import derivex
from derivex.equality import judge
from derivex.equality.balls import evaluate
from derivex.errors import ProblemError, ReadError
from derivex.expression import D, Integral, Power, integer, substitute, symbol
from derivex.expression.lift import lift
from derivex.expression.lower import lower
from derivex.notation import LatexWriter, Scope, SympyWriter, TextWriter, read_text
from derivex.rendering import stacked
from derivex.rulebook import shipped_book

THEOREM = "fundamental-theorem"
BOOK = shipped_book()
SCOPE = Scope(functions=BOOK.functions)

# what is differentiated by x, the result, the rule of integrals that is used first
DERIVATIVES = [
    ("int_0^(x^2) e^(-t^2) dt",   "2x e^(−x⁴)",             THEOREM),
    ("int_a^x f(t) dt",           "f(x)",                   THEOREM),
    ("int_x^b f(t) dt",           "−f(x)",                  THEOREM),
    ("int_1^x 1/t dt",            "1/x",                    THEOREM),
    ("int_(sin x)^1 t^2 dt",      "−sin(x)² cos(x)",        THEOREM),
    ("int(t^2, t = 0..3x)",       "27x²",                    THEOREM),
    ("int f(x) dx",               "f(x)",                   THEOREM),
    ("3 int x^2 dx",              "3x²",                    THEOREM),
    ("int_x^(x^2) f(t) dt",       "2x f(x²) − f(x)",        "leibniz"),
    ("int_x^(x^2) sin(x t) dt",
     "2x sin(x³) − sin(x²) + ∫_x^(x²) t cos(xt) dt",        "leibniz"),
    ("int_0^x (x - t) f(t) dt",   "∫₀^x f(t) dt",           "leibniz"),
    ("int_x^1 x t dt",            "−x² + ∫_x¹ t dt",        "leibniz"),
    ("int_0^1 cos(x t) dt",       "−∫₀¹ t sin(xt) dt",      "under-the-integral"),
    ("int_a^b f(x, t) dt",        "∫_a^b ∂₁f(x, t) dt",     "under-the-integral"),
    ("int sin(x t) dt",           "∫ t cos(xt) dt",         "under-the-integral"),
    ("int_0^x x^2 dx",            "x²",                     "rename-variable"),
    ("int_0^x int_0^t u^2 du dt", "∫₀^x u² du",             THEOREM),
    ("(int_0^x e^(-t^2) dt)^2",   "2(∫₀^x e^(−t²) dt) e^(−x²)", "chain"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "result", "rule"), DERIVATIVES)
def test_derivatives(text: str, result: str, rule: str) -> None:
    found = derivex.diff(text, by="x")
    assert TextWriter().write(found.expression) == result
    assert rule in [rule.name for line in found.lines() for rule in line.rules]
    assert derivex.Derivative.from_json(found.to_json()).derivation == found.derivation
    assert r"\int" in found.to_latex()
    assert "∫" in found.to_text()


@pytest.mark.parametrize("text", [row[0] for row in DERIVATIVES if "f(" not in row[0]])
def test_against_sympy(text: str) -> None:
    """SymPy's own derivative has the same value: numerically, by mpmath's quadrature."""
    given_ = lower(read_text(text, SCOPE).expression)
    names = {
        symbol(name): Fraction(value) for name, value in zip("abkt", (1, 2, 3, 1), strict=True)
    }
    here = {**{name: sympy.Rational(value) for name, value in names.items()}}
    x = sympy.Symbol("x")
    theirs = given_.diff(x)
    ours = derivex.diff(text, by="x").result
    if "int sin" in text or "int x" in text:
        theirs, ours = theirs.doit(), ours.doit()
    for value in (sympy.Rational(1, 2), sympy.Rational(5, 4)):
        point = {**here, x: value}
        assert sympy.N(ours.subs(point)) == pytest.approx(float(sympy.N(theirs.subs(point))))


def test_the_second_derivative() -> None:
    found = derivex.diff("int_0^x (x - t) f(t) dt", by=["x", "x"])
    assert TextWriter().write(found.expression) == "f(x)"


def test_a_bound_name_is_renamed_and_never_captured() -> None:
    t, x = symbol("t"), symbol("x")
    tree = Integral(Power(x, t), t, integer(0), x)
    put = substitute(tree, {x: t})
    assert TextWriter().write(put) == "∫₀^t t^s ds"
    found = derivex.diff("int_0^x t x^2 dx", by="x")
    assert TextWriter().write(found.expression) == "tx²"
    defined = derivex.diff("F(t)", by="t", let=["F(x) = int_0^x e^(x t) dt"])
    assert judge(defined.expression, D(read_text("int_0^t e^(t s) ds").expression, t), {}).kind in (
        "proven",
        "tested",
    )


@pytest.mark.parametrize(
    ("text", "by", "says"),
    [
        ("int_0^x t^2 dt", "t", "t is only the variable of integration"),
        ("sum_i i a_i", "i", "i is an index"),
        ("int_0^1 x t dt + t", "t", None),
    ],
)
def test_what_is_bound_is_no_variable(text: str, by: str, says: str | None) -> None:
    if says is None:
        assert derivex.diff(text, by=by).result == 1
        return
    with pytest.raises(ProblemError, match=says):
        derivex.diff(text, by=by)


def test_an_integral_without_bounds_has_no_value_at_a_point() -> None:
    with pytest.raises(ProblemError, match="without bounds"):
        derivex.diff("F(2) x", by="x", let=["F(u) = int u^2 du"])


NOTATION = [
    ("∫₀^(x²) e^(−t²) dt", "int_0^(x^2) e^(-t^2) dt", r"\int_{0}^{x^{2}} e^{-t^{2}} \, dt"),
    ("∫_a^b f(t) dt",      "int_a^b f(t) dt",         r"\int_{a}^{b} f(t) \, dt"),
    ("∫₀¹² θ dθ",          "int_0^12 theta dtheta",   r"\int_{0}^{12} \theta \, d\theta"),
    ("∫_(−1)^(a + b) (t + 1) dt", "int_(-1)^(a + b) (t + 1) dt",
     r"\int_{-1}^{a + b} (t + 1) \, dt"),
    ("∫ x² dx",            "int x^2 dx",              r"\int x^{2} \, dx"),
    ("2 ∫ sin(t) dt + 1",  "2 int sin(t) dt + 1",     r"2 \int \sin(t) \, dt + 1"),
    ("(∫₀^x t dt)²",       "(int_0^x t dt)^2",        r"\left(\int_{0}^{x} t \, dt\right)^{2}"),
    ("∫₀^x ∫₀^t u du dt",  "int_0^x int_0^t u du dt",
     r"\int_{0}^{x} \int_{0}^{t} u \, du \, dt"),
]  # fmt: skip


@pytest.mark.parametrize(("unicode", "plain", "latex"), NOTATION)
def test_what_is_written_is_read_back(unicode: str, plain: str, latex: str) -> None:
    tree = read_text(unicode, SCOPE).expression
    assert TextWriter().write(tree) == unicode
    assert TextWriter(unicode=False).write(tree) == plain
    assert LatexWriter().write(tree) == latex
    assert read_text(plain, SCOPE).expression is tree
    assert sympy.sympify(SympyWriter(BOOK.functions).write(tree)) == lower(tree)
    assert lift(lower(tree)) in (tree, lift(lower(lift(lower(tree)))))


def test_without_an_integrand_it_is_one() -> None:
    assert TextWriter().write(read_text("int_0^x dt + 1").expression) == "∫₀^x 1 dt + 1"


SPELLINGS = ["int_0^x t^2 dt", "∫_0^x t^2 dt", "∫₀ˣ t²dt", "int_{0}^{x} t^2 dt", "∫₀^{x} t² dt",
             "int(t^2, t = 0..x)", "int(t^2,t=0..x)"]  # fmt: skip


@pytest.mark.parametrize("text", SPELLINGS)
def test_spellings(text: str) -> None:
    assert TextWriter().write(read_text(text, SCOPE).expression) == "∫₀^x t² dt"


@pytest.mark.parametrize("text", ["dt", "d t", "i n t", "d x + dx", "interest + int"])
def test_without_an_integral_dt_is_a_product_or_a_name(text: str) -> None:
    assert "∫" not in TextWriter().write(read_text(text, SCOPE).expression)


ERRORS = [
    ("int_0^x t^2",        "no dt",                 "int_0"),
    ("∫",                  "no dt",                 "∫"),
    ("int_0 t dt",         "an upper bound",        "int_0"),
    ("int^2 t dt",         "a lower bound",         "int^"),
    ("int(t^2, t = 0)",    "both bounds or none",   "int("),
    ("(int_0^x t) dt",     "no dt",                 "int"),
    ("int_0^x t^2 dt dt)", "no open bracket",       ")"),
    ("int_0^x + dt",       "expected",              "dt"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "says", "place"), ERRORS)
def test_errors_say_what_is_missing(text: str, says: str, place: str) -> None:
    with pytest.raises(ReadError, match=says) as caught:
        read_text(text)
    at = caught.value.place
    assert at is not None
    assert at.source[at.start :].startswith(place)


def test_many_signs_are_read_in_linear_time() -> None:
    with pytest.raises(ReadError):
        read_text("∫" * 50_000)
    with pytest.raises(ReadError):
        read_text("int(" * 400 + "x" + ")" * 400)


def test_stacked() -> None:
    tree = read_text("int_0^(x^2) e^(-t^2) dt", SCOPE).expression
    assert [line.rstrip() for line in stacked(tree).lines] == ["x²  −t²", "∫  e    dt", "0"]


@settings(max_examples=25, deadline=None)
@given(
    integrand=st.sampled_from(["t^2", "sin(x t)", "e^(-t^2)", "1/(1 + t^2)", "sqrt(t + 5)"]),
    lower_=st.sampled_from(["0", "x", "1/2", "x^2"]),
    upper=st.sampled_from(["1", "x + 1", "2x", "cos(x)"]),
    value=st.fractions(-2, 2, max_denominator=8),
)
def test_values_and_derivatives_against_quadrature(
    integrand: str, lower_: str, upper: str, value: Fraction
) -> None:
    tree = read_text(f"int_({lower_})^({upper}) {integrand} dt", SCOPE).expression
    x = symbol("x")

    def quadrature(at: mpmath.mpf) -> mpmath.mpf:
        inner = sympy.lambdify(
            [sympy.Symbol("t"), sympy.Symbol("x")], lower(tree).function, "mpmath"
        )
        ends = [
            sympy.lambdify(sympy.Symbol("x"), end, "mpmath")(at)
            for end in lower(tree).limits[0][1:]
        ]
        return mpmath.quad(lambda t: inner(t, at), ends)

    with mpmath.workdps(30):
        place = mpmath.mpf(value.numerator) / value.denominator
        assert float(evaluate(tree, {x: value}).real) == pytest.approx(
            float(quadrature(place)), rel=1e-9, abs=1e-12
        )
        derivative = derivex.diff(tree, by="x").expression
        assert float(evaluate(derivative, {x: value}).real) == pytest.approx(
            float(mpmath.diff(quadrature, place)), rel=1e-6, abs=1e-9
        )


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("int_1^2 gamma(t) dt", lambda: mpmath.quad(mpmath.gamma, [1, 2])),
        ("int_1^2 besselj(0, t) dt", lambda: mpmath.quad(lambda t: mpmath.besselj(0, t), [1, 2])),
        ("int_0^1 erf(t) dt", lambda: mpmath.quad(mpmath.erf, [0, 1])),
        ("int_1^2 log(t)/t dt", lambda: mpmath.log(2) ** 2 / 2),
        ("int_0^1 int_0^t e^(t u) du dt", lambda: mpmath.quad(
            lambda t: mpmath.quad(lambda u: mpmath.exp(t * u), [0, t]), [0, 1])),
    ],
)  # fmt: skip
def test_values_of_special_functions(text: str, value) -> None:
    found = evaluate(read_text(text, SCOPE).expression, {}, BOOK.functions)
    assert float(found.real) == pytest.approx(float(value()), rel=1e-9)


@pytest.mark.parametrize("text", ["int_(-1)^1 1/t dt", "int_0^2 log(t - 1) dt"])
def test_what_has_no_value_gets_none(text: str) -> None:
    with pytest.raises(ProblemError):
        evaluate(read_text(text, SCOPE).expression, {}, BOOK.functions, real=True)


# What is put in for t must not meet the names that are bound inside: each line is judged.
CAPTURES = [
    ("int_3^(2x + 2) (int(x, x = 2..3)) dt",        "2 ∫₂³ x dx"),
    ("int_4^x e^(-(int(x, x = t..y))) dt",          "e^(−∫_x^y x dx)"),
    ("int_x^1 (int(f(x), x = 2..t)) dt",            "−∫₂^x f(x) dx"),
    ("int_0^(x^2) (int(t s, s = 0..t)) dt",         "2x ∫₀^(x²) x²s ds"),
    ("int_0^(s x) (int(t + s, s = 0..1)) dt",       None),
    ("int_0^x (int(t x s, x = 0..s)) dt",           None),
    ("int_y^(x + y) sin(int(x t, x = 0..y)) dt",    None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "result"), CAPTURES)
def test_nothing_is_captured(text: str, result: str | None) -> None:
    found = derivex.diff(text, by="x")
    if result is not None:
        assert TextWriter().write(found.expression) == result
    asked = D(read_text(text, SCOPE).expression, symbol("x"))
    assert judge(asked, found.expression, BOOK.functions).kind != "wrong"


def test_a_new_name_is_none_that_is_replaced() -> None:
    x, t, u = symbol("x"), symbol("t"), symbol("u")
    inner = Integral(Power(x, t), x, integer(2), integer(3))
    put = substitute(inner, {t: x})
    assert put.args[1] not in (x, t)
    assert put.args[0] is Power(put.args[1], x)
    assert substitute(inner, {u: x}) is inner


@pytest.mark.parametrize(
    "text", ["int_0^x (int t dx) dt", "int_x^y (int (s + x) dx) ds", "int_1^x (int f(t, x) dt) dt"]
)
def test_an_integral_without_bounds_takes_no_foreign_meaning(text: str) -> None:
    with pytest.raises(ProblemError, match="without bounds"):
        derivex.diff(text, by="x")
