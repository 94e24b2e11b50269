"""∞ as it is read: where it may stand, where it is refused, and what it does to letters."""

from __future__ import annotations

import json

import pytest
import sympy

from derivex.errors import ReadError
from derivex.expression import INFINITY, Equation, Limit, Negative, Power, Total, symbol
from derivex.expression.lift import lift
from derivex.expression.lower import lower
from derivex.notation import LatexWriter, Scope, read_relation, read_text
from derivex.notation.latex import latex_source
from derivex.rulebook import shipped_book
from derivex.storage.nodes import NodeTable, read_nodes

SCOPE = Scope(functions=shipped_book().functions)


@pytest.mark.parametrize(
    "latex",
    [
        r"\lim_{x\to\infty}\frac{2x+1}{x-3}",
        r"\lim_{x \rightarrow -\infty} e^{x}",
        r"\displaystyle \lim\limits_{n\to+\infty} \left(1+\frac1n\right)^n",
        r"\int_0^\infty e^{-x}\,dx",
        r"\int_{-\infty}^{\infty} e^{-x^2}\,\mathrm{d}x",
        r"\sum_{n=0}^{\infty}\frac{x^n}{n!}",
        r"\prod_{k=1}^\infty (1 + a_k)",
    ],
)
def test_latex_in_latex_out(latex: str) -> None:
    tree = read_text(latex_source(latex), SCOPE).expression
    written = LatexWriter().write(tree)
    assert r"\infty" in written
    assert read_text(latex_source(written), SCOPE).expression is tree
    table = NodeTable()
    number = table.number(tree)
    assert read_nodes(json.loads(json.dumps(table.rows)))[number] is tree


def test_a_limit_is_infinite() -> None:
    equation = read_relation(r"lim_{x->0-} 1/x = -oo", SCOPE).expression
    assert type(equation) is Equation
    assert equation.args[1] is Negative(INFINITY)
    assert read_text("-∞", Scope(limits=True)).expression is Negative(INFINITY)


@pytest.mark.parametrize("text", ["x = oo", "a + oo = lim_{x->0} x", "∞ = ∞"])
def test_equations_refused(text: str) -> None:
    with pytest.raises(ReadError, match="∞ is not a number"):
        read_relation(text, SCOPE)


def test_a_declared_name_is_a_name() -> None:
    assert read_text("inf + 1", SCOPE.declare("inf")).expression.args[0] is symbol("inf")


@pytest.mark.parametrize(
    ("text", "is_power"),
    [
        ("sum(x^n, n = 0..oo)", True),
        (r"\sum_{n=1}^\infty x^n", True),
        (r"\sum_{k=0}^{N} x^k", True),
        (r"\sum_{i=1}^{N} x^i", False),
        (r"\sum_{n=0}^{\infty} x^{(n)}", False),
    ],
)
def test_powers_in_a_power_series(text: str, is_power: bool) -> None:
    source = latex_source(text) if "\\" in text else text
    total = read_text(source, SCOPE).expression
    assert type(total) is Total
    assert (type(total.args[0]) is Power) is is_power


@pytest.mark.parametrize("end", [sympy.oo, -sympy.oo])
def test_sympy_and_back(end: sympy.Expr) -> None:
    x = sympy.Symbol("x")
    limit = sympy.Limit(1 / x, x, end)
    tree = lift(limit, {})
    assert type(tree) is Limit
    assert lower(tree) == limit
    assert lower(lift(sympy.Integral(x, (x, 0, end)), {})) == sympy.Integral(x, (x, 0, end))


@pytest.mark.parametrize(
    "latex",
    [
        r"\left." * 300 + "x" + r"\right|_0^1" * 300,
        r"\left[" * 40 + "x" + r"\right]_0^1" * 40,
        "x" + r"\big|_0^1" * 40,
    ],
)
def test_values_put_in_too_often(latex: str) -> None:
    with pytest.raises(ReadError, match="values are put in too often"):
        latex_source(latex)
