"""``derivex gradient --backward``: what a reader sees."""

from __future__ import annotations

import json

import pytest
import sympy

import derivex as library
from derivex import load
from derivex.notation import TextWriter
from derivex.rendering.box import cell_width
from tests.cli.commands import derivex, problem

UNIT = ("gradient", "(tanh(w x + b) - t)^2", "--by", "w, b", "--backward")
POINT = ("--at", "w=0.5, x=1, b=0.1, t=1")


def test_a_single_unit() -> None:
    assert (
        derivex(*UNIT).out
        == """\
Forward, each quantity from those before it:

z₁ = wx + b
a₁ = tanh(z₁)
z₂ = a₁ − t
 L = z₂²

Backward, from L to the variables:

z̄₂ = ∂L/∂z₂
  = ∂z₂²/∂z₂     filling in L
  = 2z₂          using the exponent rule

ā₁ = ∂L/∂a₁
  = z̄₂ · ∂z₂/∂a₁           using the chain rule
  = z̄₂ · ∂(a₁ − t)/∂a₁     filling in z₂
  = z̄₂ · ∂a₁/∂a₁           using the sum and constant rules
  = z̄₂ · 1                 using the exponent rule
  = z̄₂                     arithmetic

z̄₁ = ∂L/∂z₁
  = ā₁ · ∂a₁/∂z₁           using the chain rule
  = ā₁ · ∂tanh(z₁)/∂z₁     filling in a₁
  = ā₁ (1 − tanh(z₁)²)     using the derivative of tanh
  = ā₁ (1 − a₁²)           with a₁ = tanh(z₁)

The partial derivatives:

∂L/∂w
  = z̄₁ · ∂z₁/∂w           using the chain rule
  = z̄₁ · ∂(wx + b)/∂w     filling in z₁
  = z̄₁ · ∂(wx)/∂w         using the sum and constant rules
  = z̄₁ x · ∂w/∂w          using the constant factor rule
  = z̄₁ x · 1              using the exponent rule
  = z̄₁ x                  arithmetic

∂L/∂b
  = z̄₁ · ∂z₁/∂b           using the chain rule
  = z̄₁ · ∂(wx + b)/∂b     filling in z₁
  = z̄₁ · ∂b/∂b            using the sum and constant rules
  = z̄₁ · 1                using the exponent rule
  = z̄₁                    arithmetic

∇L
  = (z̄₁ x, z̄₁)

"""
    )


def test_values_at_a_point() -> None:
    rows = [line.split("  ") for line in derivex(*UNIT, *POINT).out.splitlines()]
    values = {row[0].strip(): row[-1].strip() for row in rows if row[-1].strip()[:1] in "≈="}
    assert values["z₁ = wx + b"] == "= 0.6"
    assert values["a₁ = tanh(z₁)"] == "≈ 0.53705"
    assert values["L = z₂²"] == "≈ 0.214323"
    assert values["∂L/∂w = z̄₁ x"] == values["∂L/∂b = z̄₁"] == "≈ −0.65885"


def test_names_given_by_the_user() -> None:
    ended = derivex(
        "gradient", "loss", "--by", "w", "--backward", "--substitute",
        "--let", "sigma(u) = 1/(1 + e^(-u))",
        "--let", "loss = (y - t)^2", "--let", "y = sigma(s)", "--let", "s = w x",
    )  # fmt: skip
    assert ended.status == 0
    assert "   s = wx\n   y = 1/(1 + e^(−s))\nloss = (y − t)²\n" in ended.out
    assert "s̄ = ∂loss/∂s\n" in ended.out
    assert "  = 2(1/(1 + e^(−wx)) − t)" in ended.out.split("In terms of the variables:")[1]


def test_in_a_form() -> None:
    ended = derivex("gradient", "(x y + 1)^2", "--by", "x, y", "--backward", "--form", "expanded")
    after = ended.out.split("In terms of the variables:")[1]
    assert "  = 2y²x + 2y" in after and "  = 2x²y + 2x" in after


def test_ascii() -> None:
    ended = derivex(*UNIT, encoding="ascii")
    assert "zbar_1 = dL/dz_1\n  = abar_1 * da_1/dz_1" in ended.out
    assert "with a_1 = tanh(z_1)" in ended.out
    assert "?" not in ended.out


def test_latex() -> None:
    found = derivex(*UNIT, *POINT, "--substitute", "--format", "latex").out
    assert r"\bar{z}_{1} = \frac{\partial L}{\partial z_{1}} &= \bar{a}_{1} \cdot" in found
    assert r"z_{1} &= w x + b && \text{$= 0.6$}" in found
    assert r"\text{substituting $\bar{z}_{1}$ back}" in found
    assert found.isascii()


@pytest.mark.parametrize("width", ["60", "80", "100"])
def test_stacked(width: str) -> None:
    found = derivex(*UNIT, *POINT, "--style", "stacked", "--width", width).out
    assert "     ∂L\nā₁ = ───\n     ∂a₁\n" in found
    assert all(cell_width(line) <= int(width) for line in found.splitlines())


def test_json() -> None:
    found = json.loads(derivex(*UNIT, *POINT, "--substitute", "--format", "json").out)
    assert found["version"] == 1
    assert found["by"] == ["w", "b"]
    assert [each["name"]["text"] for each in found["quantities"]] == ["z₁", "a₁", "z₂", "L"]
    assert found["quantities"][0]["value"] == {"exact": "0.6", "decimal": "0.6"}
    assert found["quantities"][1]["value"] == {"exact": None, "decimal": "0.53705"}
    passed = found["adjoints"][-1]
    assert passed["name"]["text"] == "z̄₁" and passed["meaning"]["text"] == "∂L/∂z₁"
    assert passed["users"] == ["a₁"] and passed["result"]["text"] == "ā₁ (1 − a₁²)"
    assert found["gradient"]["sympy"] is not None
    again = load(json.dumps(found))  # which replays it
    together = zip(
        (*found["adjoints"], *found["partials"]), (*again.adjoints, *again.partials), strict=True
    )
    for each, adjoint in together:
        assert TextWriter().write(adjoint.derivation.result) == each["result"]["text"]
        assert each["lines"][-1]["text"] == each["result"]["text"]
    assert found["written_out"][0]["result"]["text"].endswith("x")


def test_substitute_needs_backward() -> None:
    assert "goes with backward" in problem(derivex("gradient", "x y", "--substitute"))


def test_a_point_without_a_value() -> None:
    told = problem(derivex("gradient", "tanh(1/x)", "--backward", "--at", "x=0"))
    assert "no value" in told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("||X theta - y||^2", "--by", "theta", "--let", "X: n by d, theta: d, y: n"), "X is none"),
        (("||x||^2 z", "--by", "z", "--let", "x: n"), "x is none"),
        (("(x^2 y, x)", "--by", "x"), "[x²y; x] is none"),
    ],
)
def test_vectors_are_refused(arguments: tuple[str, ...], told: str) -> None:
    assert told in problem(derivex("gradient", *arguments, "--backward"))


def test_the_library() -> None:
    found = library.gradient("sin(x y)^2", by="x, y", backward=True)
    x, y = sympy.symbols("x y")
    expected = sympy.Matrix([sympy.sin(x * y) ** 2]).jacobian([x, y])
    assert sympy.simplify(found.result - expected) == sympy.zeros(1, 2)
    assert isinstance(found, library.Backpropagation)
    assert [each.name.name for each in found.quantities] == ["z_1", "a_1", "L"]
    found.replay()
    assert found.status.value == "finished"
    assert repr(found).startswith("Forward") and repr(found).endswith("= (z̄₁ y, z̄₁ x)")
    at = library.gradient("sin(x y)^2", by="x, y", backward=True, at="x = 1, y = 2")
    numbers = expected.subs({x: 1, y: 2}).evalf(15)
    assert max(abs(entry) for entry in at.result - numbers) < 1e-13
    exact = library.gradient("(x y)^2", by="x, y", backward=True, at="x = 1/2, y = 3")
    assert exact.result == sympy.Matrix([[9, sympy.Rational(3, 2)]])
    out = library.gradient("(x y)^2", by="x, y", backward=True, substitute=True)
    assert out.result == sympy.Matrix([[2 * x * y**2, 2 * x**2 * y]])
