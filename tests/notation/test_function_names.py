"""Factorials, orders as subscripts, and letters that are functions only before a bracket."""

from __future__ import annotations

import pytest

from derivex.errors import ReadError
from derivex.expression import (
    TWO,
    Apply,
    Node,
    Plus,
    Power,
    Times,
    function_name,
    integer,
    symbol,
)
from derivex.expression.nodes import ONE, ZERO
from derivex.notation import LatexWriter, Scope, TextWriter, read_text
from derivex.rulebook import shipped_book

SCOPE = Scope(functions=shipped_book().functions)
x, n, gamma, sigma = symbol("x"), symbol("n"), symbol("gamma"), symbol("sigma")


def call(name: str, *arguments: Node) -> Node:
    return Apply(function_name(name), *arguments)


def factorial(node: Node) -> Node:
    return call("factorial", node)


READ = [
    ("x!", factorial(x)),
    ("2x!", Times(TWO, factorial(x))),
    ("(2x)!", factorial(Times(TWO, x))),
    ("x^n!", Power(x, factorial(n))),
    ("x!^2", Power(factorial(x), TWO)),
    ("sin(x)!", factorial(call("sin", x))),
    ("x! n!", Times(factorial(x), factorial(n))),
    ("(x!)!", factorial(factorial(x))),
    ("J_0(x)", call("besselj", ZERO, x)),
    ("J_n(2x)", call("besselj", n, Times(TWO, x))),
    ("K_1(x)", call("besselk", ONE, x)),
    ("J_0 x", Times(symbol("J_0"), x)),
    ("gamma(x)", call("gamma", x)),
    ("Γ(x)", call("gamma", x)),
    ("gamma x", Times(gamma, x)),
    ("γ(x + 1)", Times(gamma, Plus(x, ONE))),
    ("gamma (x + 1)", Times(gamma, Plus(x, ONE))),
    ("σ(x)", call("sigmoid", x)),
    ("σ(x) σ", Times(sigma, x, sigma)),
    ("(x/σ)^2", Power(read_text("x/sigma", SCOPE).expression, TWO)),
    ("max(x, n, 1)", call("max", x, n, ONE)),
]


@pytest.mark.parametrize(("text", "tree"), READ, ids=lambda value: str(value))
def test_reads(text: str, tree: Node) -> None:
    assert read_text(text, SCOPE).expression is tree


@pytest.mark.parametrize(("text", "tree"), READ, ids=lambda value: str(value))
def test_what_is_written_is_read_again(text: str, tree: Node) -> None:
    for unicode in (True, False):
        assert read_text(TextWriter(unicode).write(tree), SCOPE).expression is tree


@pytest.mark.parametrize("text", ["x!!", "x²!", "!x", "x + !"])
def test_refused(text: str) -> None:
    with pytest.raises(ReadError):
        read_text(text, SCOPE)


def test_unequal_is_no_factorial() -> None:
    written = read_text("if x != 0 then 1 else 2", SCOPE).expression
    assert TextWriter().write(written) == "if x ≠ 0 then 1 else 2"


def test_latex() -> None:
    writer = LatexWriter(shipped_book().functions)
    assert writer.write(call("besselj", n, x)) == "J_{n}(x)"
    assert writer.write(call("polygamma", integer(2), x)) == r"\psi^{(2)}(x)"
    assert writer.write(factorial(Plus(x, ONE))) == "(x + 1)!"
    assert writer.write(Power(factorial(x), TWO)) == "(x!)^{2}"


def test_what_a_function_depends_on_is_not_dropped_where_it_is_asked_for() -> None:
    with pytest.raises(ReadError, match=r"depends on theta, and nothing says how"):
        read_text("h_θ(x)^2", Scope().declare("theta"))
    assert read_text("h_θ(x)^2", Scope().declare("x")).expression is read_text("h(x)^2").expression
