"""Every kind of node as LaTeX: as it stands here, and as pdflatex takes it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from sympy.core.basic import Basic

from derivex.expression import (
    DOTS,
    ONE,
    TWO,
    ZERO,
    And,
    Antiderivative,
    Apply,
    At,
    AtLeast,
    AtMost,
    Branch,
    Cases,
    Column,
    D,
    Delta,
    Dotted,
    Equation,
    Gap,
    Gradient,
    Greater,
    Hull,
    ImplicitName,
    Integral,
    Interval,
    LeftLimit,
    Less,
    Limit,
    Matrix,
    Mean,
    Named,
    Nearly,
    Negative,
    Or,
    Over,
    Plus,
    Power,
    Product,
    RightLimit,
    Row,
    Singleton,
    Subdifferential,
    Substituted,
    Times,
    Total,
    Unequal,
    function_name,
    integer,
    pi,
    primed,
    raised_name,
    symbol,
)  # fmt: skip
from derivex.expression.array_nodes import (
    Adjoint,
    ArrayName,
    Basis,
    Dot,
    Entries,
    Entrywise,
    Hadamard,
    Hessian,
    Identity,
    Inverse,
    Jacobian,
    MatrixProduct,
    Nabla,
    Norm,
    Ones,
    Transpose,
)  # fmt: skip
from derivex.notation import LatexWriter
from derivex.rulebook import shipped_book

a, b, f, h, i, j, k, n, t, u, x, y, z = map(symbol, "abfhijkntuxyz")
A, X = ArrayName("A: n by n"), ArrayName("X: n by d")
theta, v, w = ArrayName("theta: d"), ArrayName("v: d"), ArrayName("w: d")
F = function_name("f")
THREE, FOUR = integer(3), integer(4)


def call(name: str, *arguments: Basic) -> Basic:
    return Apply(function_name(name), *arguments)


sine, square = call("sin", x), Power(x, TWO)

# For each kind one node (or more), and how a textbook has it.
KINDS: list[tuple[str, Basic, str]] = [
    ("plus", Plus(x, Negative(y), TWO), "x - y + 2"),
    ("negative", Negative(Plus(x, y)), "-(x + y)"),
    ("times", Times(TWO, x, sine), r"2x \sin(x)"),
    ("times", Times(TWO, THREE, Plus(x, ONE)), r"2 \cdot 3(x + 1)"),
    ("over", Over(Plus(x, ONE), TWO), r"\frac{x + 1}{2}"),
    ("power", Power(Plus(x, y), TWO), "(x + y)^{2}"),
    ("power", Power(sine, TWO), r"\sin^{2}(x)"),
    ("power", Power(Over(x, y), Negative(n)), r"\left(\frac{x}{y}\right)^{-n}"),
    ("apply", call("sqrt", Over(x, TWO)), r"\sqrt{\frac{x}{2}}"),
    ("apply", call("abs", x), r"\left|x\right|"),
    ("apply", call("factorial", n), "n!"),
    ("apply", call("relu", x), r"\operatorname{ReLU}(x)"),
    ("apply", call("log2", x), r"\log_{2}(x)"),
    ("apply", Apply(primed(ImplicitName("y(x)"), 1, 1), x), r"\frac{d^{2}y}{dx^{2}}"),
    ("power", Power(Apply(ImplicitName("y(x)"), x), TWO), "y^{2}"),
    ("apply", Apply(primed(F, 1, 1), x), "f''(x)"),
    ("apply", Apply(primed(F, 2), x, y), r"\partial_{2} f(x, y)"),
    ("prime", primed(F, 1), "f'"),
    ("at", At(x, i, j), "x_{ij}"),
    ("at", At(raised_name("x"), i, j), "x^{(i)}_{j}"),
    ("delta", Delta(i, j), r"\delta_{ij}"),
    ("dotted", Dotted(Total(At(w, i), i, ONE, n), At(w, ONE), At(w, TWO), DOTS, At(w, n)), r"w_{1} + w_{2} + \dots + w_{n}"),
    ("total", Total(At(a, i), i, ONE, n), r"\sum_{i = 1}^{n} a_{i}"),
    ("product", Product(Plus(x, At(a, i)), i), r"\prod_{i} (x + a_{i})"),
    ("integral", Integral(Plus(t, ONE), t, ZERO, square), r"\int_{0}^{x^{2}} (t + 1) \, dt"),
    ("antiderivative", Antiderivative(square, x), r"\int x^{2} \, dx"),
    ("limit", Limit(Over(sine, x), x, ZERO), r"\lim_{x \to 0} \frac{\sin(x)}{x}"),
    ("rightlimit", RightLimit(Plus(h, ONE), h, ZERO), r"\lim_{h \to 0^{+}} (h + 1)"),
    ("leftlimit", LeftLimit(h, h, ZERO), r"\lim_{h \to 0^{-}} h"),
    ("substituted", Substituted(D(square, x), x, THREE), r"\left. \frac{\partial x^{2}}{\partial x} \right|_{x = 3}"),
    ("gap", Times(TWO, Gap(THREE), x), r"2 \cdot \boxed{\,3\,} \cdot x"),
    ("mean", Mean(Times(a, b)), r"\overline{a b}"),
    ("mean", Mean(a), r"\bar{a}"),
    ("named", Named(function_name("u"), square), "u"),
    ("d", D(sine, x), r"\frac{\partial \sin(x)}{\partial x}"),
    ("d", D(Over(x, y), x), r"\frac{\partial}{\partial x} \left(\frac{x}{y}\right)"),
    ("d", D(D(u, y), x), r"\frac{\partial^{2} u}{\partial x \partial y}"),
    ("d", D(square, Plus(x, y)), r"\frac{\partial x^{2}}{\partial (x + y)}"),
    ("gradient", Gradient(Plus(x, y), x, y), r"\nabla (x + y)"),
    ("row", Row(x, Over(y, TWO)), r"\left(x, \frac{y}{2}\right)"),
    ("column", Column(x, y), r"\begin{pmatrix} x \\ y \end{pmatrix}"),
    ("matrix", Matrix(Row(x, ONE), Row(ZERO, y)), r"\begin{pmatrix} x & 1 \\ 0 & y \end{pmatrix}"),
    ("equation", Equation(x, y), "x = y"),
    ("nearly", Nearly(x, y), r"x \approx y"),
    ("unequal", Unequal(x, y), r"x \neq y"),
    ("less", Less(x, y), "x < y"),
    ("atmost", AtMost(x, y), r"x \leq y"),
    ("greater", Greater(x, y), "x > y"),
    ("atleast", AtLeast(x, y), r"x \geq y"),
    ("relation", AtLeast(Plus(x, y), ZERO), r"x + y \geq 0"),
    ("and", And(Less(ZERO, x), Less(x, ONE)), "0 < x < 1"),
    ("or", Or(Less(x, ZERO), Greater(x, ONE)), r"x < 0 \text{ or } x > 1"),
    ("branch", Branch(x, Greater(x, ZERO)), r"x & \text{if } x > 0"),
    ("cases", Cases(Branch(x, Greater(x, ZERO)), Branch(ZERO)), r"\begin{cases} x & \text{if } x > 0 \\ 0 & \text{otherwise} \end{cases}"),
    ("subdifferential", Subdifferential(call("abs", x), x), r"\partial \left|x\right|"),
    ("subdifferential", Subdifferential(call("abs", Times(x, y)), x), r"\partial_{x} \left|x y\right|"),
    ("singleton", Singleton(ONE), r"\left\{1\right\}"),
    ("interval", Interval(Negative(ONE), ONE), r"\left[-1, 1\right]"),
    ("hull", Hull(Singleton(x), Singleton(y)), r"\operatorname{conv} \left\{x, y\right\}"),
    ("hull", Hull(Interval(x, y), Singleton(z)), r"\operatorname{conv} \left(\left[x, y\right] \cup \left\{z\right\}\right)"),
    ("matrixproduct", MatrixProduct(Transpose(X), Plus(MatrixProduct(X, theta), Negative(w))), r"X^{\top} (X \theta - w)"),
    ("transpose", Transpose(Plus(X, X)), r"(X + X)^{\top}"),
    ("transpose", Transpose(Inverse(A)), r"A^{-\top}"),
    ("inverse", Inverse(A), "A^{-1}"),
    ("dot", Dot(v, w), r"v \cdot w"),
    ("dot", Dot(A, A), r"\left\langle A, A \right\rangle"),
    ("hadamard", Hadamard(v, w), r"v \odot w"),
    ("norm", Power(Norm(w), TWO), r"\|w\|^{2}"),
    ("norm", Norm(X), r"\|X\|_{F}"),
    ("norm", Norm(w, ONE), r"\|w\|_{1}"),
    ("identity", Identity(n), "I"),
    ("ones", Ones(n, ONE), r"\mathbf{1}"),
    ("basis", Basis(k, n), "e_{k}"),
    ("entries", call("f", Entries(Plus(v, w))), "f(v + w)"),
    ("entrywise", Entrywise(call("sin", u), u, w), r"\left[\sin(u)\right]_{u = w}"),
    ("nabla", Nabla(Power(Norm(w), TWO), w), r"\nabla_{w} \|w\|^{2}"),
    ("hessian", Hessian(Dot(w, w), w), r"\nabla^{2}_{w} (w \cdot w)"),
    ("jacobian", Jacobian(MatrixProduct(A, v), v), r"\frac{\partial (A v)}{\partial v}"),
    ("jacobian", Jacobian(Column(x, y), Column(x, y)), r"\frac{\partial}{\partial (x, y)} \begin{pmatrix} x \\ y \end{pmatrix}"),
    ("adjoint", Adjoint(X, theta, v), r"\left(\frac{\partial X}{\partial \theta}\right)^{\top}\left[v\right]"),
    ("names", Plus(symbol("theta_0"), symbol("x_max"), symbol("Delta_x"), symbol("loss"), symbol("ȳ"), pi), r"\theta_{0} + x_{\mathrm{max}} + \Delta x + \mathrm{loss} + \bar{y} + \pi"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "node", "latex"), KINDS, ids=[kind for kind, _, _ in KINDS])
def test_kind(kind: str, node: Basic, latex: str) -> None:
    assert LatexWriter(shipped_book().functions).write(node) == latex


def test_every_kind_is_here() -> None:
    made = {name.removeprefix("make_") for name in dir(LatexWriter) if name.startswith("make_")}
    assert made - {kind for kind, _, _ in KINDS} == set()


@pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no pdflatex")
def test_all_of_it_is_set(tmp_path: Path) -> None:
    formulas = [
        rf"\[ {latex} \tag*{{{kind}}} \]"
        if kind != "branch"
        else rf"\[ \begin{{matrix}} {latex} \end{{matrix}} \]"
        for kind, _, latex in KINDS
    ]
    page = "\\documentclass[a4paper]{article}\\usepackage{amsmath,amssymb}\\begin{document}\n%s\n\\end{document}"
    (tmp_path / "kinds.tex").write_text(page % "\n".join(formulas), encoding="utf-8")
    command = [
        "pdflatex",
        "-no-shell-escape",
        "-interaction=nonstopmode",
        "-halt-on-error",
        "kinds.tex",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60)
    log = (tmp_path / "kinds.log").read_text(encoding="utf-8", errors="replace")
    assert done.returncode == 0, re.findall(r"^!.*\n.*\n.*", log, re.MULTILINE)
    assert "Missing character" not in log
