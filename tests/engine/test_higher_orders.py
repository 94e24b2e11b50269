"""Higher and mixed derivatives, in the formula or asked for, in every output."""

from __future__ import annotations

import json

import pytest
import sympy

import derivex
from derivex.expression.lower import lower
from derivex.notation import TextWriter
from derivex.rulebook import shipped_book
from tests.cli.commands import derivex as command

# what is differentiated, by what, how the start is written, the result
ORDERS = [
    ("x^3",               "xx",   "∂²x³/∂x²",         r"\frac{\partial^{2} x^{3}}{\partial x^{2}}",  "6x"),
    ("x^2 y^3",           "xy",   "∂²(x²y³)/∂y∂x",    r"\partial y \partial x}",                     "6xy²"),
    ("x^2 y^3",           "xxy",  "∂³(x²y³)/∂y∂x²",   r"\partial y \partial x^{2}}",                 "6y²"),
    ("sin(x y)",          "xy",   "∂²sin(xy)/∂y∂x",   r"\partial^{2} \sin(x y)",                      None),
    ("d^2/dx^2 (x^4)",    "x",    "∂³x⁴/∂x³",         r"\frac{\partial^{3} x^{4}}{\partial x^{3}}",  "24x"),
    ("d^2/dx dy (x^2 y^2)", "x",  "∂³(x²y²)/∂x²∂y",   r"\partial x^{2} \partial y}",                 "4y"),
    ("d^3(sin x)/dx^3",   "x",    "∂⁴sin(x)/∂x⁴",     r"\partial^{4} \sin(x)",                       "sin(x)"),
    ("e^(2x)",            "xxxx", "∂⁴e^(2x)/∂x⁴",     r"\partial^{4} e^{2x}",                        "16e^(2x)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "by", "start", "latex", "result"), ORDERS)
def test_orders(text: str, by: str, start: str, latex: str, result: str | None) -> None:
    found = derivex.diff(text, by=list(by))
    assert TextWriter().write(found.derivation.start) == start
    if result is not None:
        assert TextWriter().write(found.expression) == result
    assert found.to_text().splitlines()[0] == start
    first = found.to_latex().partition("\\begin{align*}\n")[2].splitlines()[0]
    assert latex in first
    told = json.loads(found.to_json())
    assert told["by"] == list(by)
    assert derivex.Derivative.from_json(found.to_json()).derivation == found.derivation
    theirs = lower(found.asked, shipped_book().functions).doit().diff(*map(sympy.Symbol, by))
    assert sympy.simplify(theirs - found.result) == 0


def test_the_order_of_mixed_derivatives_does_not_matter() -> None:
    results = {
        derivex.diff("x^3 y^2 + e^(x y)", by=list(by)).result.expand() for by in ("xy", "yx")
    }
    assert len(results) == 1


@pytest.mark.parametrize("by", [["--by", "x", "--by", "x"], ["--by", "x,x"]])
def test_on_the_command_line(by: list[str]) -> None:
    stacked = command("diff", "x^3", *by, "--style", "stacked")
    assert stacked.status == 0
    assert stacked.out.startswith("∂²x³\n────\n∂x²\n")
    assert command("diff", "x^3", *by).out.splitlines()[-1].startswith("  = 6x")


def test_in_a_lesson(tmp_path) -> None:
    file = tmp_path / "lesson.md"
    file.write_text(
        "```derivex\nlet F(x) = int_a^x f(t) dt\ndifferentiate F(x) by x\nexpect result = f(x)\n"
        "differentiate x^2 y^3 by x by y\nexpect result = 6 x y^2\n```\n"
    )
    ended = command("run", str(file))
    assert (ended.status, ended.err) == (0, "")
    assert "∂²(x²y³)/∂y∂x" in ended.out
