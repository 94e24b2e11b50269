"""Functions of which nothing is known, their derivatives, and quantities that depend on others."""

from __future__ import annotations

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

import derivex
from derivex.equality import judge
from derivex.equality.unknown import with_stand_ins
from derivex.expression import Apply, D, function_name, primed, symbol
from derivex.expression.lift import lift
from derivex.expression.lower import lower
from derivex.notation import LatexWriter, Scope, SympyWriter, TextWriter, read_definition, read_text
from derivex.rendering import stacked

# expression, its variables, declarations, the result
DERIVATIVES = [
    ("f(x)",            "x",  [],           "f′(x)"),
    ("f(g(x))",         "x",  [],           "f′(g(x)) g′(x)"),
    ("f(g(h(x)))",      "x",  [],           "f′(g(h(x))) g′(h(x)) h′(x)"),
    ("f(x) g(x)",       "x",  [],           "f′(x) g(x) + f(x) g′(x)"),
    ("f(x)/g(x)",       "x",  [],           "(f′(x) g(x) − f(x) g′(x))/g(x)²"),
    ("f(x)^3",          "x",  [],           "3f(x)² f′(x)"),
    ("e^f(x)",          "x",  [],           "e^(f(x)) f′(x)"),
    ("sin f(x)",        "x",  [],           "cos(f(x)) f′(x)"),
    ("f(2x)",           "x",  [],           "2f′(2x)"),
    ("f(a)",            "x",  [],           "0"),
    ("f'(x^2)",         "x",  [],           "2x f″(x²)"),
    ("f(x)",            "xx", [],           "f″(x)"),
    ("f(x)",            "xxxx", [],         "f⁽⁴⁾(x)"),
    ("sum_i f(x a_i)",  "x",  [],           "Σᵢ aᵢ f′(x aᵢ)"),
    ("f(x, y)",         "x",  [],           "∂₁f(x, y)"),
    ("f(x, y)",         "xy", [],           "∂₂∂₁f(x, y)"),
    ("f(k, x^2)",       "x",  [],           "2x ∂₂f(k, x²)"),
    ("f(x, x^2)",       "x",  [],           "∂₁f(x, x²) + 2x ∂₂f(x, x²)"),
    ("f(x, x)",         "x",  [],           "∂₁f(x, x) + ∂₂f(x, x)"),
    ("u(x)^2",          "x",  ["u(x)"],     "2u(x) u′(x)"),
    ("x^2 + y^2",       "x",  ["y(x)"],     "2x + 2y · dy/dx"),
    ("x y",             "x",  ["y(x)"],     "y + x · dy/dx"),
    ("y",               "xx", ["y(x)"],     "d²y/dx²"),
    ("x y'",            "x",  ["y(x)"],     "dy/dx + x · d²y/dx²"),
    ("x^2 + y^2",       "t",  ["x(t)", "y(t)"], "2x · dx/dt + 2y · dy/dt"),
    ("z^2",             "x",  ["z(x, y)"],  "2z · ∂z/∂x"),
    ("f'(3) x",         "x",  ["f(x) = x^2"], "6"),
    ("f'(x)",           "x",  ["f(x) = x^3"], "6x"),
    ("∂_2 f(x, x)",     "x",  ["f(u, v) = u v^2"], "4x"),
    ("sin'(x)",         "x",  [],           "−sin(x)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "by", "let", "result"), DERIVATIVES)
def test_derivatives(text: str, by: str, let: list[str], result: str) -> None:
    found = derivex.diff(text, by=list(by), let=let)
    assert TextWriter().write(found.expression) == result
    assert derivex.Derivative.from_json(found.to_json()).derivation == found.derivation
    found.to_latex()


NOTATION = [
    ("f′(x)",          "f'(x)",             "f'(x)"),
    ("f″(x) + f‴(x)",  "f''(x) + f'''(x)",  "f''(x) + f'''(x)"),
    ("f⁽⁴⁾(2x)",       "f^{(4)}(2x)",       "f^{(4)}(2x)"),
    ("f′(x)²",         "f'(x)^2",           "(f'(x))^{2}"),
    ("∂₁f(x, y)",      "partial_1 f(x, y)", r"\partial_{1} f(x, y)"),
    ("∂₂∂₁f(x, y)",    "partial_2 partial_1 f(x, y)", r"\partial_{2} \partial_{1} f(x, y)"),
    ("(∂₁f(x, y))²",   "(partial_1 f(x, y))^2", r"(\partial_{1} f(x, y))^{2}"),
    ("∂²x³/∂x²",       "d^2(x^3)/dx^2",     r"\frac{\partial^{2} x^{3}}{\partial x^{2}}"),
    ("∂³u/∂x∂y²",      "d^3u/dx dy^2",      r"\frac{\partial^{3} u}{\partial x \partial y^{2}}"),
    ("∂²u/∂x₁∂x₂",     "d^2u/dx_1 dx_2",
     r"\frac{\partial^{2} u}{\partial x_{1} \partial x_{2}}"),
    ("(x² at x = 3)",  "(x^2 at x = 3)",    r"\left. x^{2} \right|_{x = 3}"),
]  # fmt: skip


@pytest.mark.parametrize(("unicode", "plain", "latex"), NOTATION)
def test_what_is_written_is_read_back(unicode: str, plain: str, latex: str) -> None:
    tree = read_text(unicode).expression
    assert TextWriter().write(tree) == unicode
    assert TextWriter(unicode=False).write(tree) == plain
    assert LatexWriter().write(tree) == latex
    assert read_text(plain).expression is tree


def test_a_quantity_is_written_without_its_argument() -> None:
    y = read_definition("y(x)")
    assert (y.parameters, y.body) == ((symbol("x"),), None)
    from derivex.expression.functions import Function

    scope = Scope().with_functions({"y": Function("y", y.parameters)})
    for text in ("y", "dy/dx", "d²y/dx²", "y · dy/dx", "y(2)", "x y"):
        tree = read_text(f"y + {text}", scope).expression
        assert TextWriter().write(tree) == f"y + {text}"
        assert read_text(TextWriter(unicode=False).write(tree), scope).expression is tree
    assert str(stacked(read_text("dy/dx", scope).expression)) == "dy\n──\ndx"
    assert read_text("y'", scope).expression is read_text("dy/dx", scope).expression
    assert TextWriter().write(read_text("y(x)^2", scope).expression) == "y(x)²"


def test_primes_in_two_dimensions() -> None:
    assert str(stacked(read_text("f''(1/x)").expression)) == "  ⎛1⎞\nf″⎜─⎟\n  ⎝x⎠"
    higher = str(stacked(read_text("d^2/dxdy (x/y)").expression))
    assert higher == " ∂²   ⎛x⎞\n───── ⎜─⎟\n∂x ∂y ⎝y⎠"


def test_sympy_and_back() -> None:
    x, y = sympy.symbols("x y")
    f = sympy.Function("f")
    one = sympy.Lambda(x, sympy.sin(x))
    two = sympy.Lambda((x, y), x**3 * sympy.exp(2 * y))
    for expression, known in (
        (f(x**2).diff(x), one),
        (f(x**2, y).diff(x, 2), two),
        (f(x, x).diff(x), two),
    ):
        back = lower(lift(expression))
        assert sympy.expand((back - expression).subs(f, known).doit()) == 0
    assert lower(read_text("f'(x)").expression) == f(x).diff(x)
    written = SympyWriter({}).write(read_text("f''(2x)").expression)
    assert written == "Subs(Derivative(f(xi_1), xi_1, xi_1), xi_1, 2*x)"
    assert SympyWriter({}).write(read_text("f'(x)").expression) == "Derivative(f(x), x)"


def test_values_of_primes_are_those_of_the_derivative() -> None:
    x = symbol("x")
    call = Apply(function_name("f"), x)
    derived = Apply(primed(function_name("f"), 1), x)
    assert judge(D(call, x), derived).kind == "tested"
    assert judge(call, derived).kind == "wrong"
    assert judge(D(derived, x), read_text("f''(x)").expression).kind == "tested"
    assert judge(read_text("f'(2x)").expression, derived).kind == "wrong"
    chain = read_text("2f'(2x)").expression
    assert judge(read_text("d/dx f(2x)").expression, chain).kind == "tested"


PARTS = st.recursive(
    st.sampled_from(["x", "2", "x^2", "k"]),
    lambda inner: st.one_of(
        st.builds("f({})".format, inner),
        st.builds("g({})".format, inner),
        st.builds("h({}, {})".format, inner, inner),
        st.builds("({} + {})".format, inner, inner),
        st.builds("({})*({})".format, inner, inner),
        st.builds("sin({})".format, inner),
    ),
    max_leaves=5,
)


@settings(max_examples=25, deadline=None)
@given(PARTS)
def test_any_functions_may_be_put_in(text: str) -> None:
    """A derivative of unknown functions holds for known ones: here the stand-ins of the judge."""
    found = derivex.diff(text, by="x")
    names = {"f": 1, "g": 1, "h": 2}
    functions, _ = with_stand_ins([], names, found.derivation.book.functions)
    verdict = judge(found.derivation.start, found.expression, functions)
    assert verdict.kind != "wrong", verdict


@pytest.mark.parametrize(
    ("let", "message"),
    [
        (["f(x) = f'(x)"], "leads back to itself"),
        (["f(x) = g(x)", "g(x) = f'(x)"], "leads back to itself"),
    ],
)
def test_definitions_that_lead_back_to_themselves(let: list[str], message: str) -> None:
    with pytest.raises(derivex.DerivexError, match=message):
        derivex.diff("f(x)", by="x", let=let)


@pytest.mark.parametrize("text", ["det([x, 1; 2, x^2])", "f([x; x^2])", "softmax([x; 2x])"])
def test_a_function_of_a_written_array_has_no_slope_by_it(text: str) -> None:
    found = derivex.diff(text, by="x")
    assert [line.says for line in found.lines()] == [""]  # it stays, and no rule covers it


def test_numbers_times_written_arrays_are_differentiated() -> None:
    assert derivex.diff("x [1; 2]", by="x").lines()[-1].text == "[1; 2]"
