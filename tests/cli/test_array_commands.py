"""Gradients, Jacobians and Hessians of arrays at the command line, in every output."""

from __future__ import annotations

import json

import pytest

from derivex import Derivative
from tests.cli.commands import derivex as run

SHAPES = ("--let", "X: n by d, theta: d, y: n")
NORM = "||X theta - y||^2"


def last_formula(text: str) -> str:
    """The last line without its justification."""
    return text.splitlines()[-1].partition("     ")[0]


def test_shapes_are_found_and_said() -> None:
    found = run("gradient", NORM, "--by", "theta")
    assert found.status == 0
    assert last_formula(found.out) == "  = 2Xᵀ(Xθ − y)"
    assert "I took X: n by d, theta: d, y: n" in found.err


def test_declared_shapes_are_not_remarked_on() -> None:
    found = run("gradient", NORM, "--by", "theta", *SHAPES)
    assert (found.status, found.err) == (0, "")


def test_wrong_shapes_point_at_where_they_meet() -> None:
    found = run("gradient", "2 + X y", "--by", "y", "--let", "X: n by d, y: n")
    assert found.status == 2
    assert found.err.splitlines()[:3] == [
        "derivex: X is n × d and y is n × 1: they cannot be multiplied",
        "    2 + X y",
        "        ^^^",
    ]


def test_stacked() -> None:
    found = run("jacobian", "(x^2 y, y^3)", "--by", "x,y", "--style", "stacked")
    assert found.out.endswith(
        "  = ⎛2xy   x²⎞             coefficients first\n"
        "    ⎝  0  3y²⎠\n"
    )  # fmt: skip


def test_latex() -> None:
    found = run("hessian", NORM, "--by", "theta", *SHAPES, "--format", "latex")
    assert found.out.startswith(
        r"\begin{align*}" "\n" r"\nabla^{2}_{\theta} \|X \theta - y\|^{2} &= "
    )
    assert r"&= 2X^{\top} X && \text{arithmetic}" in found.out


def test_json_there_and_back() -> None:
    found = run("hessian", NORM, "--by", "theta", *SHAPES, "--format", "json")
    stored = json.loads(found.out)
    assert stored["result"]["text"] == "2XᵀX"
    assert stored["declarations"]["definitions"][0]["text"] == "X: n by d"
    assert Derivative.from_json(found.out).to_text().splitlines()[-1].startswith("  = 2XᵀX")


@pytest.mark.parametrize(
    ("command", "layout", "last"),
    [
        ("gradient", "numerator", "  = 2(Xθ − y)ᵀ X"),
        ("gradient", "denominator", "  = 2Xᵀ(Xθ − y)"),
    ],
)
def test_layouts(command: str, layout: str, last: str) -> None:
    found = run(command, NORM, "--by", "theta", *SHAPES, "--layout", layout)
    assert last_formula(found.out) == last
    assert found.out.count("∇_θ ‖Xθ − y‖²") == 1  # nothing is said twice


def test_ascii() -> None:
    found = run("gradient", "‖X theta - y‖^2", "--by", "theta", *SHAPES, encoding="ascii")
    assert found.out.isascii()
    assert last_formula(found.out) == "  = 2X^T (X theta - y)"


def test_components() -> None:
    found = run("gradient", "||w||^2", "--components")
    assert found.status == 0
    assert "  = sum(2wᵢ δᵢₖ, i = 1..d)" in found.out
    assert found.out.splitlines()[-1] == "  = 2w"
