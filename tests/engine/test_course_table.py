"""The derivatives that every course has, and those on which other systems are known to fail.

Each is replayed, and its neighbouring lines are compared by value, as in every test.
"""

from __future__ import annotations

import math

import pytest

import derivex
from derivex.derivation import Status

COURSE = [
    ("x^2", "x", "2x"),
    ("3a^2 + b^2 - ab + a", "a", "6a − b + 1"),
    ("(x+y+z)^2", "y", "2(x + y + z)"),
    ("(a x_1 + b x_2)^2 x_1 x_2", "x_1", "x₂ (2(a x₁ + b x₂) a x₁ + (a x₁ + b x₂)²)"),
    ("sin(x^2) e^(3x)", "x", "2x cos(x²) e^(3x) + 3 sin(x²) e^(3x)"),
    ("log(1 + e^(-y w))", "w", "−y e^(−yw)/(1 + e^(−yw))"),
    ("x^x", "x", "x^x (log(x) + 1)"),
    ("x^(x+1)", "x", "x^(x + 1) (log(x) + (x + 1)/x)"),
    ("|x|", "x", "x/|x|"),
    ("max(x, 0)", "x", "if x > 0 then 1 else 0"),
    ("sqrt(1 + x^2)/x", "x", "−1/(x² √(1 + x²))"),
    ("1/2 sum_i (s a_i + b - h_i)^2", "s", "Σᵢ (s aᵢ + b − hᵢ) aᵢ"),
    ("if x < 0 then x^2 else sin(x)", "x", "if x < 0 then 2x else cos(x)"),
    (
        "tanh(w_2 tanh(w_1 x + b_1) + b_2)",
        "w_1",
        "(1 − tanh(w₂ tanh(w₁ x + b₁) + b₂)²) w₂ (1 − tanh(w₁ x + b₁)²) x",
    ),
    ("prod(x + i, i = 1..n)", "x", "prod(x + i, i = 1..n) sum(1/(x + i), i = 1..n)"),
    ("int_0^(x^2) e^(-t^2) dt", "x", "2x e^(−x⁴)"),
    ("atan2(y, x)", "x", "−y/(x² + y²)"),
    ("atan2(y, x)", "y", "x/(x² + y²)"),
    ("erf(x)", "x", "2e^(−x²)/√π"),
    ("Γ(x)", "x", "gamma(x) digamma(x)"),
    ("J_0(x)", "x", "−besselj(1, x)"),
    ("x!", "x", "x! digamma(x + 1)"),
    ("sum_i a_i^2", "a_k", "2aₖ"),
    ("sum_i c_i x_i", "x_i", "cᵢ"),
]

BY_ARRAYS = [
    ("(X theta - y)^T (X theta - y)", "theta", "X: n by d, theta: d, y: n", "2Xᵀ(Xθ − y)"),
    ("tr(E) + 1", "E", "E: n by n", "Iₙ"),
    ("log det M", "M", "M: n by n", "M⁻ᵀ"),
    ("M_11", "M", "M: n by n", "e₁ e₁ᵀ"),
]


@pytest.mark.parametrize(("text", "by", "result"), COURSE)
def test_derivatives(text: str, by: str, result: str) -> None:
    found = derivex.diff(text, by=by)
    assert found.status is Status.FINISHED
    assert list(found.lines())[-1].text == result


@pytest.mark.parametrize(("text", "by", "shapes", "result"), BY_ARRAYS)
def test_gradients_by_vectors_and_matrices(text: str, by: str, shapes: str, result: str) -> None:
    (found,) = derivex.gradient(text, by, let=shapes).partials
    assert found.status is Status.FINISHED
    assert list(found.lines())[-1].text == result


def test_an_entry_of_a_product() -> None:
    found = derivex.diff(
        "(X theta - y)^T (X theta - y)", "theta_k", let="X: n by d, theta: d, y: n"
    )
    assert list(found.lines())[-1].text == "(2Xᵀ(Xθ − y))ₖ"


def test_unknown_functions() -> None:
    found = derivex.diff("f(g(x))", "x", let=("f(x)", "g(x)"))
    assert list(found.lines())[-1].text == "f′(g(x)) g′(x)"


def test_a_deep_nest() -> None:
    depth = 200
    found = derivex.diff("sin(" * depth + "x" + ")" * depth, "x")
    assert found.status is Status.FINISHED
    found.replay()
    inner, slope = 0.5, 1.0
    for _ in range(depth):
        inner, slope = math.sin(inner), slope * math.cos(inner)
    (value,) = found.result.free_symbols
    assert float(found.result.evalf(subs={value: 0.5})) == pytest.approx(slope, rel=1e-9)
