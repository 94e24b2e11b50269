"""Derivatives at points in brackets, gradients that do not say by what, functions of vectors."""

from __future__ import annotations

import pytest

from derivex.errors import ReadError
from derivex.expression import symbol
from derivex.expression.functions import Function
from derivex.notation import LatexWriter, Scope, TextWriter, declaration_text, read_text
from derivex.notation.inferred_shapes import infer_arrays
from derivex.notation.latex import latex_source
from derivex.rulebook import shipped_book

PLAIN = Scope(functions=shipped_book().functions)
DECLARED = PLAIN.with_functions({
    "L": Function("L", (symbol("w"), symbol("b"))),
    "f": Function("f", (symbol("s"), symbol("t"))),
})  # fmt: skip

POINTS = [
    (r"\frac{\partial f}{\partial x}(-1, 2)",               "∂_1 f(-1, 2)",      PLAIN),
    (r"\frac{\partial f}{\partial y}(x_0, y_0) - 1",        "∂_2 f(x_0, y_0) - 1", PLAIN),
    (r"\frac{\partial f}{\partial x_2}(x_1, x_2)",          "∂_2 f(x_1, x_2)",   PLAIN),
    (r"\frac{\partial^2 f}{\partial x \partial y}(0, 0)",   "∂_1 ∂_2 f(0, 0)",   PLAIN),
    (r"\frac{\partial^2 f}{\partial y^2}\left(0, 1\right)", "∂_2 ∂_2 f(0, 1)",   PLAIN),
    ("∂f/∂y(1, 2)",                                         "∂_2 f(1, 2)",       PLAIN),
    (r"\frac{\partial f}{\partial t}(1, x)",                "∂_2 f(1, x)",       DECLARED),
    (r"\frac{\partial L}{\partial b}(1, 2)",                "∂_2 L(1, 2)",       DECLARED),
    (r"\frac{\partial f}{\partial x_i}(a_1, \dots, a_m)",
     "∂f(a_1, ..., a_m)/∂a_i",                              PLAIN),
    ("f_s(a, b)",                                           "∂_1 f(a, b)",       DECLARED),
]  # fmt: skip


@pytest.mark.parametrize(("written", "meant", "scope"), POINTS)
def test_derivatives_at_a_point(written: str, meant: str, scope: Scope) -> None:
    source = latex_source(written) if "\\" in written else written
    found = read_text(source, scope)
    assert found.expression is read_text(meant, scope).expression
    assert found.notes


@pytest.mark.parametrize(
    "written", [r"\frac{\partial L}{\partial w}(1, 2)", r"\frac{\partial f}{\partial t}(1, 2)"]
)
def test_a_point_says_nothing_where_the_arguments_are_not_known(written: str) -> None:
    with pytest.raises(ReadError, match="by which argument"):
        read_text(latex_source(written), PLAIN)


@pytest.mark.parametrize(
    ("written", "text", "arrays"),
    [
        (r"\nabla f(x)^T h",                        "(∇_x f(x))ᵀ h",             "x: d, h: d"),
        (r"\nabla_x f(x)^\top v",                   "(∇_x f(x))ᵀ v",             "x: d, v: d"),
        (r"h^T \nabla^2 f(x) h",                    "hᵀ(∇²_x f(x)) h",           "h: d, x: d"),
        (r"w - \nabla_w L(w)",                      "w − ∇_w L(w)",              "w: d"),
        (r"\frac{f(x + v) - f(x) - g^T v}{\|v\|}",
         "(f(x + v) − f(x) − gᵀv)/‖v‖",             "x: d, v: d, g: d"),
        (r"\nabla f(x, y) \cdot v",                 "[∂f(x, y)/∂x; ∂f(x, y)/∂y]·v", "v: 2"),
        (r"(\nabla f(\theta))_i",                   "(∇_θ f(θ))ᵢ",               "theta: d"),
        (r"\nabla_w (w^T x)^2",                     "∇_w ((wᵀx)²)",              "w: d, x: d"),
    ],
)  # fmt: skip
def test_functions_of_whole_vectors(written: str, text: str, arrays: str) -> None:
    found = infer_arrays(latex_source(written), PLAIN, number=False)
    assert ", ".join(map(declaration_text, found)) == arrays
    reading = read_text(latex_source(written), PLAIN.with_arrays(*found))
    assert TextWriter().write(reading.expression) == text
    again = latex_source(LatexWriter().write(reading.expression))
    assert read_text(again, PLAIN.with_arrays(*found)).expression is reading.expression


def test_a_gradient_of_what_is_not_defined_is_a_name() -> None:
    found = read_text(latex_source(r"\nabla f - \lambda \nabla g + \nabla^2 f"), PLAIN)
    assert TextWriter().write(found.expression) == "∇f − λ ∇g + ∇²f"
    written = LatexWriter().write(found.expression)
    assert written == r"\nabla f - \lambda \nabla g + \nabla^2 f"
    for again in (latex_source(written), "∇f − λ ∇g + ∇²f"):
        assert read_text(again, PLAIN).expression is found.expression
    assert [note for note in found.notes if "a name of its own" in note]


def test_a_gradient_along_a_direction_is_told() -> None:
    (note,) = read_text(latex_source(r"\nabla_v f(x)"), PLAIN).notes
    assert "not the derivative along it" in note


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (r"\int \frac{dx}{1+x^2}", "int (1/(1+x^2)) dx"),
        (r"\int_0^1 \frac{x\,dx}{1+x^2}", "int_0^1 x/(1+x^2) dx"),
        (r"1\,000\,000 x", "1000000*x"),
        (r"12\,345.5 x", "12345.5*x"),
        (r"\lim_{h \downarrow 0} \frac{|h|}{h}", "lim(abs(h)/h, h -> 0+)"),
        (r"\lim_{x \nearrow a} x^2", "lim(x^2, x -> a-)"),
    ],
)
def test_fractions_with_differentials_and_thousands(written: str, meant: str) -> None:
    assert read_text(latex_source(written), PLAIN).expression is read_text(meant, PLAIN).expression


@pytest.mark.parametrize(
    "written",
    [
        r"\frac{\partial f}{\partial x} + f(x)",
        r"\frac{\partial^2 f}{\partial x^2} + f(x)",
        r"\nabla^2 f + f(x)",
    ],
)
def test_what_is_differentiated_is_a_function_elsewhere(written: str) -> None:
    found = read_text(latex_source(written), PLAIN).expression
    assert found.args[1] is read_text("f(x)", PLAIN).expression


def test_a_formula_can_be_read_again() -> None:
    source = latex_source(r"p(x; \theta) q(y | x)")
    first, second = (read_text(source, PLAIN) for _ in range(2))
    assert first == second


def test_a_comma_before_three_zeros_is_not_guessed() -> None:
    with pytest.raises(ReadError, match=r"can be 1000 or 1\.000"):
        read_text(latex_source(r"1{,}000 x"), PLAIN)


TOLD = [
    (r"\lim_{h \to 0} 2x + h",   "lim_{h->0} (2x) + h",  "limit over h as ending"),
    (r"\ln x^2 y",               "log(x^2*y)",           r"as ln(x^2 y)"),
    (r"\ln x^2 (y + 1)",         "log(x^2)*(y + 1)",     r"as (\ln x^2)·(y + 1)"),
    (r"\sin 3\sqrt{x}",          "sin(3*sqrt(x))",       r"as sin(3\sqrt{x})"),
    (r"\cos 2\pi\frac{t}{T}",    "cos(2*pi*(t/T))",      r"as cos(2\pi\frac{t}{T})"),
    (r"1/2(x + 1)",              "(1/2)*(x + 1)",        "as (1/2)·(x + 1)"),
    ("d(x y)",                   "d*(x*y)",              "no differential"),
    ("x_ij",                     "x_i*j",                "not _{ij}"),
    (r"\theta f_\theta(x)",      "theta*f(x)",           "free of theta"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "meant", "told"), TOLD)
def test_what_may_be_meant_otherwise_is_told(written: str, meant: str, told: str) -> None:
    found = read_text(latex_source(written), PLAIN)
    assert found.expression is read_text(meant, PLAIN).expression
    assert told in found.notes[0]


@pytest.mark.parametrize(
    ("written", "message"),
    [(r"\Delta f(x)", "does not say what changes"), (r"a^{[l](i)}", "several indices above")],
)
def test_what_cannot_be_known_is_refused(written: str, message: str) -> None:
    with pytest.raises(ReadError, match=message):
        read_text(latex_source(written), PLAIN)
