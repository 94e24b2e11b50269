"""Derivatives at a point and by a function, arguments that are named, D f(x); indices of sums."""

from __future__ import annotations

import pytest

from derivex.errors import ReadError
from derivex.notation import Reading, Scope, TextWriter, read_text
from derivex.notation.latex import latex_source
from derivex.rulebook import shipped_book

SCOPE = Scope(functions=shipped_book().functions)


def read(written: str) -> Reading:
    return read_text(latex_source(written) if "\\" in written else written, SCOPE)


AS = [
    # what is written                      the same in other words
    ("∂f(g(x))/∂g(x)",                     "∂f(g(x))/∂(g(x))"),
    ("∂f/∂g(x) ∂g(x)/∂x",                  "∂f/∂(g(x)) * ∂g(x)/∂x"),
    ("df/dg(x)",                           "∂f/∂(g(x))"),
    ("d/dg(x) f(g(x)) + 1",                "∂f(g(x))/∂(g(x)) + 1"),
    ("∂f/∂g (x+1)",                        "(∂f/∂g) (x + 1)"),
    ("df(x)/dx",                           "d/dx f(x)"),
    (r"\alpha df/dg(x) \cdot dg(x)/dx",    "alpha ∂f/∂(g(x)) * (d/dx g(x))"),
    (r"\alpha dJ(\theta)/d\theta",         r"\alpha \frac{dJ(\theta)}{d\theta}"),
    (r"\frac{df}{dx}(2)",                  "f'(2)"),
    (r"\frac{df}{dx}(-1.5)",               "f'(-1.5)"),
    (r"\frac{df}{dx}(x_0)",                "f'(x_0)"),
    (r"\frac{df(x)}{dx}(2)",               "f'(2)"),
    (r"\frac{d^2f}{dx^2}(a)",              "f''(a)"),
    ("f(a = 2)",                           "f(2)"),
    (r"\frac{f(a=2.001) - f(a=2)}{0.001}", "(f(2.001) - f(2))/0.001"),
    (r"f'(a=2) + \alpha",                  "f'(2) + alpha"),
    ("sin(x = 2)",                         "sin(2)"),
    (r"\nabla f(x) - \frac{\partial f}{\partial x}", "∇_x f(x) - ∂f/∂x"),
    (r"Df(x) \cdot 2",                     "f'(x)*2"),
    (r"2 \cdot D_x f(x)",                  "2*(d/dx f(x))"),
    (r"h(x)(1 - h(x)) x. \tag{8}\label{eq:last}", "h(x)*(1 - h(x))*x"),
    (r"\frac{1}{2}x^2 \nonumber \\",       "(1/2)x^2"),
    ("sum_j x_pj",                         "sum(x[p, j], j)"),
    (r"\sum_j x_{p,j} \cdot y_j",          "sum(x[p, j]*y_j, j)"),
    ("sum(mu[p, r]^2, r = 1..R)",          "sum_{r=1}^R mu_pr^2"),
    (r"\operatorname{Sin}(x) + Log(x)",    "sin(x) + log(x)"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "same"), AS)
def test_read_as(written: str, same: str) -> None:
    wanted = read(same).expression
    assert TextWriter().write(read(written).expression) == TextWriter().write(wanted)


@pytest.mark.parametrize("written", [r"\frac{df}{dx}(2)", "f(a = 2)", r"Df(x) \cdot 2"])
def test_the_choice_is_told(written: str) -> None:
    assert read(written).notes


def test_a_declared_name_is_no_entry() -> None:
    scope = SCOPE.declare("x_pj")
    assert str(read_text("sum_j x_pj", scope).expression) == "Total(x_pj, j)"


@pytest.mark.parametrize("written", [
    "dy/dx(2)",
    "d(x^2)/dx(-3)",
    r"\frac{d(x^2)}{dx}(2)",
    r"\frac{dy}{dx}(2)",
    r"\frac{df}{dx}(x+1)",
    r"\frac{\partial L}{\partial w}(1, 2)",
    "d/dx f(x = 3)",           # no derivative of the number f(3)
    "f(a = 2, b = 3)",
    "f(a = b = c)",
    r"P(X = 2) + \alpha",      # a probability
    "f_x(1, 2) \\cdot 2",       # a partial derivative
    r"D_u f(x) \cdot 2",        # one along u
    r"\frac{\delta L}{\delta y}",
    r"\mathbf{a} \times \mathbf{b}",
    r"f(x) + O(h^2) \cdot 2",
    r"s(\mathbf{x})_i",
    r"\mathrm{Var}(X)",
    r"\log\det\Sigma",
    r"Df(x) \cdot 2 + D",              # a name after all
    r"Df(x, y) + \alpha",
    r"\operatorname{Tr} A",    # of what has no shape
    r"det(A) + \alpha",
])  # fmt: skip
def test_what_would_be_a_guess_is_refused(written: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(written)
    assert caught.value.hint
