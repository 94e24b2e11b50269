r"""LaTeX as input: what it means in the text notation, what is noted, what is refused and where."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy.core.basic import Basic

from derivex.errors import DerivexError, ReadError
from derivex.expression import Apply, At, Column, D, function_name, integer, symbol
from derivex.expression.functions import Function
from derivex.limits import MAX_DEPTH
from derivex.notation import (
    Scope,
    read_array,
    read_definition,
    read_names,
    read_relation,
    read_text,
)
from derivex.notation.latex import Macros, latex_source, read_macros
from derivex.rulebook import shipped_book

SCOPE = Scope(functions=shipped_book().functions)
ARRAYS = SCOPE.with_arrays(
    *(read_array(text) for text in ("X: n by d", "w: d", "x: d", "y: n", "A: d by d"))
)

DECLARED = SCOPE.with_functions({"p": Function("p", (symbol("t"),), variadic=True)})


def latex(text: str, scope: Scope = SCOPE) -> Basic:
    return read_text(latex_source(text), scope).expression


def notes(text: str, scope: Scope = SCOPE) -> tuple[str, ...]:
    return read_text(latex_source(text), scope).notes


MEANINGS = [
    # LaTeX                                    the same in text
    (r"3a^2 + b^2 - ab + a",                   "3a^2 + b^2 - a b + a"),
    (r"\frac{1}{2}x",                          "(1/2) x"),
    (r"\frac12 x",                             "(1/2) x"),
    (r"\frac ab",                              "a/b"),
    (r"\frac {9t}5",                           "(9t)/5"),
    (r"\dfrac{a+b}{c} \tfrac1x",               "((a + b)/c) (1/x)"),
    (r"\frac{\frac{1}{11} - 1}{6}",            "(1/11 - 1)/6"),
    (r"2\frac{a}{b}",                          "2 (a/b)"),
    (r"\frac{a}{b}^2",                         "(a/b)^2"),
    (r"\sqrt{x+1} \sqrt2 \sqrt[3]{x}",         "sqrt(x + 1) sqrt(2) x^(1/3)"),
    (r"\sqrt[2]{x}",                           "sqrt(x)"),
    (r"x^{10} y_{12}",                         "x^10 y_12"),
    (r"x_1^2 + x^2_1",                         "x_1^2 + x_1^2"),
    (r"x_{ij} + x_{i,j}",                      "x_ij + x_{i,j}"),
    (r"a_{i+1}",                               "a_{i+1}"),
    (r"x_{\text{max}} x_{\max}",               "x_max x_max"),
    (r"e^{-x^2}",                              "e^(-x^2)"),
    (r"\sin x \cos x",                         "sin(x) cos(x)"),
    (r"\sin^2 x + \sin^{2} x",                 "sin(x)^2 + sin(x)^2"),
    (r"\sin^{-1} x",                           "asin(x)"),
    (r"\log x + \ln x",                        "log(x) + log(x)"),
    (r"\log_2 x",                              "log_2(x)"),
    (r"\log_10 x",                             "log_10(x)"),
    (r"\exp\left(-\frac{x}{2}\right)",         "exp(-(x/2))"),
    (r"\max(0, 1 - x)",                        "max(0, 1 - x)"),
    (r"\left|x\right| |y| \lvert z \rvert",    "|x| |y| |z|"),
    (r"\bigl|x - \lvert y \rvert\bigr|",       "abs(x - abs(y))"),
    (r"\frac{d}{dx} x^2 y",                    "d/dx (x^2 y)"),
    (r"\frac{d}{dx} \frac{1}{2} x^2",          "d/dx ((1/2) x^2)"),
    (r"\frac{d}{dx} (x^2) y",                  "d/dx (x^2) y"),
    (r"\frac{d}{dx}\left[x^2 + 1\right]",      "d/dx (x^2 + 1)"),
    (r"\frac{\mathrm{d}}{\mathrm{d}x} x",      "d/dx x"),
    (r"\frac{d\, f(x)}{dx}",                   "d(f(x))/dx"),
    (r"\frac{dy}{dx} \frac{d y}{d u}",         "(∂y/∂x) (∂y/∂u)"),
    (r"\frac{d^2 y}{dx^2}",                    "∂^2 y/∂x^2"),
    (r"\frac{d^2}{dx^2} x^3",                  "d^2/dx^2 x^3"),
    (r"\frac{\partial^2 u}{\partial x \partial y}", "∂^2 u/∂x∂y"),
    (r"\frac{\partial (x+y)^2}{\partial (x+y)}", "∂(x+y)^2/∂(x+y)"),
    (r"\frac{\partial}{\partial x_i} x_i^2",   "∂/∂x_i x_i^2"),
    (r"\frac{\partial z^{(t)}}{\partial h^{(t)}}", "∂(z^{(t)})/∂(h^{(t)})"),
    (r"\left(\frac{dy}{dx}\right)^2 + \frac{dy}{dx}^2", "(∂y/∂x)^2 + (∂y/∂x)^2"),
    (r"d/dx x^2 + dy/dx + d(x^2)/dx",          "∂/∂x x^2 + ∂y/∂x + ∂(x^2)/∂x"),
    (r"\frac{dy}{dx}(1 + x)",                  "(∂y/∂x) (1 + x)"),
    (r"\partial_{x_1} (x_1 y)",                "∂/∂x_1 (x_1 y)"),
    (r"f'(x) f^\prime(x) f^{\prime\prime}(x)", "f'(x) f'(x) f''(x)"),
    (r"f'(x) f(x) + f^{(4)}(x)",               "f'(x) f(x) + f⁽⁴⁾(x)"),
    (r"g^2(x)",                                "g(x)^2"),
    (r"\sum_{i=1}^{n} x_i",                    "sum(x_i, i = 1..n)"),
    (r"\sum\limits^{n}_{i=1} x_i",             "sum(x_i, i = 1..n)"),
    (r"\sum_i x_i + 1",                        "(sum_i x_i) + 1"),
    (r"\sum_i 2 x_i",                          "sum_i (2 x_i)"),
    (r"{\sum_{j=1}^{n}}{\sum_{k=1}^{n}} a_{jk}", "sum(sum(a_jk, k = 1..n), j = 1..n)"),
    (r"\prod_{k=1}^n a_k",                     "prod(a_k, k = 1..n)"),
    (r"\sum_{i=1}^m (\theta x^{(i)} - y^i)^2", "sum((theta x^{(i)} - y^i)^2, i = 1..m)"),
    (r"x^{(i)}_j + x_j^{(i)}",                 "x^{(i)}_j + x^{(i)}_j"),
    (r"\int_0^{x} e^{-t^2} \, dt",             "int_0^x e^(-t^2) dt"),
    (r"\int t^2 \, \mathrm{d}t",               "int t^2 dt"),
    (r"\int_{0}^{1} \theta \, d\theta",        "int_0^1 theta dtheta"),
    (r"\lim_{h \to 0} \frac{f(x+h) - f(x)}{h}", "lim_{h->0} ((f(x+h) - f(x))/h)"),
    (r"\lim_{h \rightarrow 0^+} h",            "lim_{h->0+} h"),
    (r"\lim_{\Delta x \to 0^{-}} \Delta x",    "lim_{Δx->0-} Δx"),
    (r"\bar{a} \overline{ah}",                 "mean(a) mean(a h)"),
    (r"\hat{y} - \hat y_1 + \tilde x",         "ŷ - ŷ_1 + x̃"),
    (r"\mathbf{w} + \boldsymbol{\theta}",      "w + theta"),
    (r"\mathrm{loss} + \operatorname{loss} + \text{loss} + {\rm loss}", "l + l + l + l"),
    (r"\ell + \Sigma_C + \varepsilon",         "ell + Sigma_C + epsilon"),
    (r"\left. x^2 \right|_{x = 3}",            "(x^2 at x = 3)"),
    (r"\begin{cases} x & \text{if } x > 0 \\ -x & \text{otherwise} \end{cases}",
     "if x > 0 then x else -x"),
    (r"\begin{cases} 1, & x > 0 \\ -1, & x < 0, \end{cases}", "if x > 0 then 1 else if x < 0 then -1"),
    (r"\begin{pmatrix} 1 \\ 2 \end{pmatrix}",  "[1, 2]"),
    (r"\left[\begin{array}{c} x \\ y \end{array}\right]", "[x, y]"),
    (r"\begin{pmatrix} x & y \end{pmatrix}",   "[[x, y]]"),
    (r"\left\{ \begin{array}{ll} x & x > 0 \\ 0 & x \le 0 \end{array} \right.",
     "if x > 0 then x else if x <= 0 then 0"),
    (r"\begin{vmatrix} a & b \\ c & d \end{vmatrix}", "|[a, b; c, d]|"),
    (r"\begin{bmatrix} a & b \\ c & d \end{bmatrix}", "[a, b; c, d]"),
    (r"w_1^2 + w_2^2 + \dots + w_n^2",         "w_1^2 + w_2^2 + ... + w_n^2"),
    (r"\{ x + 1 \} [y] \Big( z \Big)",         "(x + 1) (y) (z)"),
    (r"2 \cdot 3 \times x \ast y",             "2 · 3 · x · y"),
    (r"\operatorname{CE}(x, y) + \operatorname{Ai}(x)", "crossentropy(x, y) + airyai(x)"),
    (r"4! + n!",                               "4! + n!"),
    (r"\underbrace{x + 1}_{\text{Part I}} - \boxed{2} + \textcolor{red}{y}", "x + 1 - 2 + y"),
    (r"y \cancel{- y h} - h \cancel{+ y h}",   "y - y h - h + y h"),
    (r"\begin{aligned} x &+ y \\ &\quad {}+ z \end{aligned}", "x + y + z"),
    (r"$$ x^2 $$",                             "x^2"),
    (r"x^2 \\ {}",                             "x^2"),
    (r"\[ x^2 \,. \]",                         "x^2"),
    (r"x^2 % a remark" "\n + 1",               "x^2 + 1"),
    (r"\newcommand{\p}{\partial} \frac{\p u}{\p x}", "∂u/∂x"),
    (r"\newcommand{\norm}[2][2]{|#2|^#1} \norm{x} + \norm[3]{y}", "|x|^2 + |y|^3"),
    (r"\def\half#1{\frac{#1}2} \half x",       "x/2"),
    (r"cos(x^2)2x + 2xcos(x^2)",               "cos(x^2)*(2 x) + 2 x cos(x^2)"),
    (r"θ^2 − 1",                               "theta^2 - 1"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "text"), MEANINGS)
def test_meanings(written: str, text: str) -> None:
    names = ("loss",) if "loss" in written else ()
    scope = SCOPE.declare(*names)
    wanted = read_text(text.replace("l", "loss") if names else text, scope).expression
    assert latex(written, scope) is wanted


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"\theta^T x",                          "theta^T x"),
        (r"\mathbf{w}^\top \mathbf{x}",          "w^T x"),
        (r"w^{\mathsf T} A w",                   "w^T A w"),
        (r"A^{-1} w + A^{-\top} w",              "A^-1 w + A^-T w"),
        (r"\|Xw - y\|_2^2",                      "||X w - y||^2"),
        (r"||Xw - y||_2^2",                      "||X w - y||^2"),
        (r"\left\lVert w \right\rVert_1",        "||w||_1"),
        (r"\langle w, x \rangle",                "⟨w, x⟩"),
        (r"\mathbf{w} \cdot \mathbf{x}",         "w·x"),
        (r"\nabla_{\mathbf{w}} (\mathbf{w} \cdot \mathbf{x})", "∇_w (w·x)"),
        (r"\det A + |A|",                        "det(A) + det(A)"),
    ],
)  # fmt: skip
def test_meanings_of_arrays(written: str, text: str) -> None:
    scope = ARRAYS.with_arrays(read_array("theta: d"))
    assert latex(written, scope) is read_text(text, scope).expression


AMBIGUOUS = [
    (r"(x^2+x)^5 3(2x+1)",   "(x^2 + x)^5*3*(2x + 1)",       ["5)·3"]),
    (r"1/2x^{-1/2}",         "(1/2)*x^(-1/2)",               [r"I read 1/2x^{-1/2} as (1/2)·x^{-1/2}"]),
    (r"\ln (3x+2)^5",        "log((3x+2)^5)",                [r"I read \ln (3x+2)^5 as ln((3x+2)^5)"]),
    (r"\ln(3x+2)^5",         "log(3x+2)^5",                  [r"I read \ln(3x+2)^5 as (\ln(3x+2))^5"]),
    (r"\sin x(-\sin x)",     "sin(x)*(-sin(x))",             []),
    (r"a(b+c)",              "a*(b + c)",                    []),
    (r"2x(wx-y)",            "2*x*(w*x - y)",                []),
    (r"x^{(i)}",             "x⁽ⁱ⁾",                         []),
    (r"\Sigma_C",            "Sigma_C",                      []),
    (r"\frac {9t}5",         "9*t/5",                        []),
    (r"{x+1}^2",             "(x + 1)^2",                    ["I read {x+1} as (x+1)"]),
    (r"2{x+1}",              "2*(x + 1)",                    ["I read {x+1} as (x+1)"]),
    (r"x^2 3",               "x^2*3",                        ["I read x^2 3 as (x^2)·3"]),
    (r"\sin{x}y",            "sin(x)*y",                     ["I read {x} as (x)"]),
    (r"\{x + 1\} y",         "(x + 1)*y",                    [r"\{…\}"]),
    (r"x 2y",                "x*2*y",                        ["I read x 2 as x·2"]),
    (r"J(\theta)",           "J*theta",                      [r"I read J(\theta) as J·(\theta)"]),
    (r"0,01 x",              "0.01 x",                       ["I read 0,01 as 0.01"]),
    (r"1{,}5 x",             "1.5 x",                        ["I read 1{,}5 as 1.5"]),
    (r"\sum_i^n a_i",        "sum(a_i, i = 1..n)",           [r"\sum_{i=1}^{n}"]),
    (r"y_j^k",               "y_j^k",                        ["an exponent"]),
    (r"\partial_i f(x)",     "∂_{x_i} f(x)",                 ["the derivative by x_i"]),
    (r"s^{\text{new}} + 1",  "s_new + 1",                    ["the name s_new"]),
    (r"\theta^* - x^+",      "theta_star - x_plus",          ["the name θ_star", "the name x_plus"]),
    (r"x^{(t+1)}",           "x^{(t+1)}",                    ["an index"]),
    (r"(4,004)",             "4.004",                        ["I read 4,004 as 4.004"]),
    (r"\sum_{i=1}^n x_i + y_i", "sum(x_i, i = 1..n) + y_i",  ["the sum or limit over i as"]),
    (r"2x\,dx",              "2*x*d*x",                      ["I read dx as d·x, no differential"]),
    (r"\Sigma_i x_i",        "Sigma_i x_i",                  [r"the sign is \sum_i"]),
    (r"3\frac12",            "3*(1/2)",                      [r"I read 3\frac12 as 3·\frac12"]),
    (r"C[x + 1]",            "C*(x + 1)",                    ["I read C[…] as C·[…]"]),
    (r"\max\{0, x\}",        "max(0, x)",                    []),
    (r"x + 2 x^2\Big|_{x=3}", "x + (2*x^2 at x = 3)",        ["the value of 2 x^2"]),
    (r"\mathbb{I}(y > 1)",   "if y > 1 then 1 else 0",       ["1 where that holds"]),
    (r"\mathbb{1}_{\{y > 1\}}", "if y > 1 then 1 else 0",    ["1 where that holds"]),
    (r"\gamma(t)",           "gamma*t",                      [r"\gamma·(t)"]),
    (r"1\{y = 1\} x",        "(if y = 1 then 1 else 0)*x",   ["1 where that holds"]),
    (r"\sum_{j \ne i}^C x_j", "sum((1 - δ_{j,i})*x_j, j = 1..C)", ["(1 − δ_ji) times"]),
    (r"2 \sin^{-1} x",       "2 asin(x)",                    ["the inverse function"]),
]  # fmt: skip


@pytest.mark.parametrize(("written", "text", "told"), AMBIGUOUS)
def test_what_can_be_read_in_several_ways(written: str, text: str, told: list[str]) -> None:
    assert latex(written) is read_text(text, SCOPE).expression
    found = notes(written)
    assert len(found) == len(told)
    for note, part in zip(found, told, strict=True):
        assert part in note


CALLS = [
    (r"J(\theta_0, \theta_1)",      "J", 2),
    (r"P(X \mid \theta)",           "P", 2),
    (r"p(x|\theta)",                "p", 2),
    (r"\ell(h(x), y)",              "ell", 2),
    (r"\text{loss}(s, b)",          "loss", 2),
    (r"\mathrm{loss}(x)",           "loss", 1),
    (r"p_1(x; w, b)",               "p_1", 3),
    (r"\hat{f}(x, y)",              "f̂", 2),
    (r"\hat{f}(x)",                 "f̂", 1),
    (r"\mathcal{N}(\mu, \sigma^2)",  "N", 2),
]  # fmt: skip


@pytest.mark.parametrize(("written", "name", "arguments"), CALLS)
def test_a_bracket_with_several_arguments_makes_a_call(
    written: str, name: str, arguments: int
) -> None:
    call = latex(written)
    assert type(call) is Apply and call.args[0] is function_name(name)
    assert len(call.args) == arguments + 1
    assert len(notes(written)) == 1 and "as the function" in notes(written)[0]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (r"\log p(x)",                                  "log(f(x))"),
        (r"p(x) \log p(x)",                             "f(x) log(f(x))"),
        (r"\frac{\partial p(\theta)}{\partial \theta}", "∂(f(theta))/∂theta"),
        (r"\frac{\partial}{\partial \theta_1} p(\theta)", "∂/∂theta_1 f(theta)"),
        (r"\nabla_w p(w)",                              "∇_w f(w)"),
        (r"p(x, y) - p(y)",                             "f(x, y) - f(y)"),
    ],
)  # fmt: skip
def test_letters_that_can_only_be_functions(written: str, text: str) -> None:
    assert latex(written) is read_text(text.replace("f", "p"), DECLARED).expression
    assert any("the function p" in note for note in notes(written))


@pytest.mark.parametrize(
    ("written", "indices"),
    [
        ("x^{(2)}", (integer(2),)),
        ("W^{[l]}", (symbol("l"),)),
        ("a^{[1]}_j", (integer(1), symbol("j"))),
        (r"\hat{y}^{(3)}", (integer(3),)),
    ],
)
def test_numbers_in_brackets_above_are_indices(written: str, indices: tuple[Basic, ...]) -> None:
    entry = latex(written)
    assert type(entry) is At and entry.args[1:] == indices
    assert len(notes(written)) == 1 and "no power" in notes(written)[0]
    assert latex("f^{(2)}(x)") is latex("f''(x)")
    assert latex("(x+1)^{(2)} + e^{(2)}") is latex("(x+1)^2 + e^2")


def test_gradients_without_a_subscript() -> None:
    f, a, b = function_name("f"), symbol("a"), symbol("b")
    call = Apply(f, a, b)
    assert latex(r"\nabla f(a, b)") is Column(D(call, a), D(call, b))
    assert notes(r"\nabla f(a, b)") == (r"I read \nabla f(a, b) as the gradient by a, b",)
    assert latex(r"\nabla \|w\|^2", ARRAYS) is read_text("∇_w ||w||^2", ARRAYS).expression
    product = latex(r"\nabla \|w\|^2 \cdot x", ARRAYS)
    assert product is read_text("(∇_w ||w||^2)·x", ARRAYS).expression
    assert latex(r"\nabla_w^2 \|w\|^2", ARRAYS) is read_text("∇²_w ||w||^2", ARRAYS).expression


def test_functions_of_a_family_are_told_apart() -> None:
    assert latex("f_i(x) - f_j(x)") is not latex("f_i(x) - f_i(x)")
    assert latex(r"f_{s,b}(x)") is latex("f(x)")


def test_a_primed_capital_is_a_name() -> None:
    assert latex("I' + A'") is read_text("I' + A'", SCOPE).expression
    assert latex("I'") == symbol("I'")
    assert notes("I'") == ("I read I' as a name of its own, no derivative",)
    assert read_names("I'") == (symbol("I'"),)


REFUSED = [
    # LaTeX                             what the caret stands under      the message holds
    (r"\foo x",                         r"\foo",                         "a command that I do not know"),
    (r"\alhpa x",                       r"\alhpa",                       r"did you mean \alpha?"),
    (r"x + \input{/etc/passwd}",        r"\input",                       "loads nothing and runs nothing"),
    (r"\write18{ls}",                   r"\write",                       "loads nothing and runs nothing"),
    (r"\catcode`\%=12 x",               r"\catcode",                     "loads nothing and runs nothing"),
    (r"\csname foo\endcsname",          r"\csname",                      "loads nothing and runs nothing"),
    (r"\let\a\b \a",                    r"\let",                         "loads nothing and runs nothing"),
    (r"\newcommand{\a}{\a} x + \a",     r"\a",                           "defined by itself"),
    (r"\newcommand{\a}[1]{#2} \a{x}",   r"\a",                           "an argument #2"),
    (r"\newcommand{\a}[1]{#1} x\a",     r"\a",                           "needs 1 argument"),
    (r"x \mid y",                       r"\mid",                         "a conditional bar"),
    (r"\nabla x^2",                     r"\nabla",                       "needs what it is by"),
    (r"\alpha (1, 2)",                  ",",                             "a list"),
    (r"{\rm softmax}_y(a)",             r"\rm softmax}_y",               "not a function that I know"),
    (r"x_1^{\text{new}}",               r"^{\text{new}}",                "no exponent"),
    (r"5 \% x",                         r"\%",                           "a percent sign"),
    (r"\mathbb{E}[x]",                  r"\mathbb",                      r"\mathbb"),
    (r"x^10",                           "^10",                           "TeX takes only the 1"),
    (r"x_12",                           "_12",                           "TeX takes only the 1"),
    (r"x^-1",                           "^-",                            "takes the minus only"),
    (r"_i 2",                           "_i",                            "cannot begin with an underscore"),
    (r"x^2^3",                          "^3",                            "a second superscript"),
    (r"x_1^*",                          "^*",                            "* is no exponent"),
    (r"90^\circ",                       r"^\circ",                       "degrees is no exponent"),
    (r"\frac{1}{2",                     "{",                             "never closed"),
    (r"x}",                             "}",                             "there is no {"),
    (r"\left( x",                       r"\left",                        r"no \right"),
    (r"\left( x \right]",               "]",                             "does not close"),
    (r"\begin{pmatrix} 1",              r"\begin{pmatrix}",              "never ended"),
    (r"\begin{pmatrix} 1 \end{cases}",  r"\end{cases}",                  "pmatrix"),
    (r"\begin{pmatrix} 1 & 2 \\ 3 \end{pmatrix}", "3",                   "1 entries"),
    (r"\begin{tikzpicture} x \end{tikzpicture}", r"\begin{tikzpicture}", "tikzpicture cannot be read"),
    (r"\begin{aligned} x \\ y \end{aligned}", "y",                       "a second formula"),
    (r"\sum x",                       r"\sum",                         "does not say over what"),
    (r"\sum_{j < i} x_j",               "j < i",                         "is not an index"),
    (r"\frac{\partial L}{\partial w}(1, 2)", "(1, 2)",                   "derivative at a point"),
    (r"\frac{dJ}{d\theta}(\theta)",     r"(\theta)",                     "derivative at a point"),
    (r"\partial_{xy} u",                r"\partial_{xy}",                "several letters"),
    (r"\frac{dy}{dx}(2)",               "(2)",                           "derivative at a point"),
    (r"E[x^2]",                         "[",                             "an expected value"),
    (r"f_x(x, y)",                      "f_x",                           "can be a derivative"),
    (r"D_x f(x) + D",                   "D_x",                           "can be a derivative"),
    (r"f^{-1}(x)",                      "f^{-1}",                        "inverse function or 1/f"),
    (r"\operatorname{Tr} A",            r"\operatorname{Tr}",            "of vectors and matrices"),
    (r"\operatorname*{argmin}_x x^2",   r"\operatorname*{argmin}",       "cannot be read"),
    (r"Trace(AB)",                      "Trace",                         "of vectors and matrices"),
    (r"x \text{ where } y",             r"\text{ where }",               "words cannot be read"),
    (r"x + + 1",                        "+",                             "two signs"),
    (r"1e-3 x",                         "1e-3",                          "exponent notation"),
    (r"x & y",                          "&",                             "cannot stand here"),
    (r"\mathcal{L} + L",                "L",                             "two styles"),
    (r"\mathbf{x} + x",                 "x",                             "two styles"),
    (r"\{ 1, 2 \}",                     ",",                             "a set"),
    (r"$x$ and $y$",                    "$",                             "cannot stand"),
    (r"\frac{x}{0}",                    "0",                             "division by zero"),
    (r"\infty x",                       r"\infty",                       "is not a number"),
    ("\\frac{1}{x}\x00",                "\x00",                          "NUL"),
    (r"\frac\frac12 3",                 r"\frac\frac",                   "itself has an argument"),
    (r"\theta^T x",                     "^T",                            "declare its shape"),
    (r"\mathbf{1}^2",                   r"\mathbf{1}",                   "another style"),
    (r"\widehat{ab}",                   r"\widehat{ab",                  "more than one letter"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "place", "message"), REFUSED)
def test_what_is_refused_and_where(written: str, place: str, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        latex(written)
    error = caught.value
    assert message in str(error)
    assert error.hint
    assert error.place is not None and error.place.source == written
    assert written[error.place.start :].startswith(place[:1])
    assert written[error.place.start : error.place.end].strip() == place.strip()


def test_places_are_those_of_the_whole_document() -> None:
    document = "Some prose.\nThen $x^2 + \\foo$ and more.\n"
    start = document.index("$")
    end = document.index("$", start + 1) + 1
    with pytest.raises(ReadError, match=r"notes.tex, line 2, column 13: \\foo"):
        read_text(latex_source(document, start, end, name="notes.tex"), SCOPE)


def test_macros_of_a_preamble() -> None:
    macros = read_macros(
        r"\documentclass{article} \newcommand{\th}{\theta} \newcommand*\R[1]{#1^2}"
        r"\DeclareMathOperator{\relu}{relu} \renewcommand{\th}{\vartheta}"
    )
    assert sorted(macros.names) == [r"\R", r"\relu", r"\th"]
    source = latex_source(r"\R{\th} + \relu(x)", macros=macros)
    assert read_text(source, SCOPE).expression is read_text("theta^2 + relu(x)", SCOPE).expression
    assert not Macros() and macros | Macros()


def test_an_error_in_what_a_macro_gives_is_at_its_call() -> None:
    text = r"x + \p"
    with pytest.raises(ReadError) as caught:
        latex_source(text, macros=read_macros(r"\newcommand{\p}{\foo}"))
    place = caught.value.place
    assert place is not None and text[place.start : place.end] == r"\p"


def test_definitions_relations_and_names() -> None:
    found = read_definition(r"f(\theta) = \frac{\theta^2}{2}", SCOPE)
    assert found.name == "f" and found.body is read_text("theta^2/2").expression
    found = read_definition(r"\text{loss}(s, b) = \frac12 \sum_i (s a_i + b)^2", SCOPE)
    assert (found.name, len(found.parameters)) == ("loss", 2)
    assert read_names(r"\theta, x_1, \hat{y}") == (symbol("theta"), symbol("x_1"), symbol("ŷ"))
    equation = read_relation(r"\frac{x}{2} = 1", SCOPE).expression
    assert equation is read_relation("x/2 = 1").expression


def test_a_declared_word_is_one_name() -> None:
    scope = SCOPE.declare("loss").with_functions({"J": Function("J", (symbol("t"),))})
    assert latex(r"\frac{loss}{2}", scope) is read_text("loss/2", scope).expression
    assert latex(r"J(\theta)", scope) is read_text("J(theta)", scope).expression


@pytest.mark.parametrize(
    "text",
    [
        "\\frac{1}{2}" + "x" * 1_000_000,
        "{" * 100_000 + r"\alpha" + "}" * 100_000,
        r"\frac" * 20_000,
        r"\left(" * 10_000,
        r"\begin{cases}" * 5_000,
        r"\newcommand{\a}{\b\b}\newcommand{\b}{\c\c}\newcommand{\c}{\a} \a",
        r"\newcommand{\a}[1]{#1#1} " + r"\a{" * 60 + "x" + "}" * 60,
        "".join(rf"\def\a{chr(97 + k)}{{\a{chr(98 + k)}\a{chr(98 + k)}}}" for k in range(24)) + r"\aa",
        r"\sqrt" * 30_000 + "x",
        r"x_" * 30_000 + r"\alpha",
        r"\bar" * 30_000 + "x",
        r"\text{" + "a " * 40_000 + "}",
        r"\sum_" * 20_000 + "i",
        "&" * 50_000 + r"\alpha",
        r"\alpha^" * 10_000 + "2",
        r"\frac{d}{d" * 5_000,
    ],
    ids=range(16),
)  # fmt: skip
def test_hostile_input_is_refused_quickly(text: str) -> None:
    start = time.perf_counter()
    with pytest.raises(ReadError):
        latex(text)
    assert time.perf_counter() - start < 5


def test_deep_nesting_below_the_limit_is_read() -> None:
    deep = MAX_DEPTH - 5
    assert latex(r"\sqrt{" * deep + "x" + "}" * deep)


def test_long_input_is_read_quickly() -> None:
    row = r"\frac{\partial}{\partial x_i} \left(\sum_{i=1}^n (s a_i + b - h_i)^2\right) + "
    start = time.perf_counter()
    assert latex(row * 40 + "1")
    assert time.perf_counter() - start < 2


def test_a_page_of_physics_is_read_quickly() -> None:
    term = r"g\beta_k M \left( K^3 + K\chi^0\chi^0 + 2K\chi^+\chi^- \right) - \frac{M^2}{2}\beta_k"
    start = time.perf_counter()
    found = read_text(latex_source(" - ".join([term] * 60)), SCOPE)
    assert time.perf_counter() - start < 2
    assert {note for note in found.notes if "name" in note} == {
        r"I read \chi^+ as the name χ_plus",
        r"I read \chi^- as the name χ_minus",
    }


PARTS = [
    *(r"\frac", r"\sqrt", "{", "}", "^", "_", "x", "y", "1", "2", "+", "-", "(", ")", "[", "]", "|"),
    *(r"\left(", r"\right)", r"\sin", r"\alpha", r"\sum_{i=1}^n", r"\partial", "d", "=", ",", ".", " "),
    *(r"\hat", r"\mathbf", r"\text{", r"\begin{pmatrix}", r"\end{pmatrix}", "&", r"\\", r"\,", "'"),
    *(r"\int", r"\lim_{h \to 0}", r"\bar", "$", "%", "\n", r"\newcommand", "#1", r"\|", r"\{", r"\}"),
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=14))
def test_any_latex_is_read_or_refused(parts: list[str]) -> None:
    text = "".join(parts)
    try:
        latex(text)
    except DerivexError as error:
        assert error.place is None or 0 <= error.place.start <= len(text)


@pytest.mark.parametrize("text", [r"D_u f", r"D_u f(x, y)", r"D_{\mathbf{u}} f + 1"])
def test_a_derivative_along_a_vector_is_no_product(text: str) -> None:
    with pytest.raises(ReadError, match="can be the derivative along u"):
        read_text(latex_source(text), Scope())
