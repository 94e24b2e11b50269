"""Whole derivations, read line by line."""

from __future__ import annotations

import pytest

import derivex
from derivex.derivation import Status

DERIVATIONS = [
    (
        "(x+y+z)^2",
        "y",
        """
∂(x + y + z)²/∂y
  = ∂(x + y + z)²/∂(x + y + z) · ∂(x + y + z)/∂y     using the chain rule
  = 2(x + y + z) · ∂(x + y + z)/∂y                   using the exponent rule
  = 2(x + y + z) (∂x/∂y + ∂y/∂y + ∂z/∂y)             using the sum rule
  = 2(x + y + z) (0 + 1 + 0)                         using the constant and exponent rules
  = 2(x + y + z)                                     arithmetic
""",
    ),
    (
        "3a^2 + b^2 - ab + a",
        "a",
        """
∂(3a² + b² − ab + a)/∂a
  = ∂(3a²)/∂a + ∂b²/∂a + ∂(−ab)/∂a + ∂a/∂a     using the sum rule
  = 3 · ∂a²/∂a + ∂b²/∂a − b · ∂a/∂a + ∂a/∂a    using the constant factor rule
  = 3 · 2a + 0 − b · 1 + 1                     using the exponent and constant rules
  = 6a − b + 1                                 arithmetic
""",
    ),
    (
        "3a^2 + b^2 - ab + a",
        "b",
        """
∂(3a² + b² − ab + a)/∂b
  = ∂(3a²)/∂b + ∂b²/∂b + ∂(−ab)/∂b + ∂a/∂b     using the sum rule
  = 0 + 2b + ∂(−ab)/∂b + 0                     using the constant and exponent rules
  = 0 + 2b − a · ∂b/∂b + 0                     using the constant factor rule
  = 0 + 2b − a · 1 + 0                         using the exponent rule
  = 2b − a                                     arithmetic
""",
    ),
    (
        "(x + 1)^2",
        "x",
        """
∂(x + 1)²/∂x
  = ∂(x + 1)²/∂(x + 1) · ∂(x + 1)/∂x     using the chain rule
  = 2(x + 1) · ∂(x + 1)/∂x               using the exponent rule
  = 2(x + 1) (∂x/∂x + ∂1/∂x)             using the sum rule
  = 2(x + 1) (1 + 0)                     using the exponent and constant rules
  = 2(x + 1)                             arithmetic
""",
    ),
    (
        "x^2 sin x",
        "x",
        """
∂(x² sin(x))/∂x
  = ∂x²/∂x · sin(x) + x² · ∂sin(x)/∂x     using the product rule
  = 2x sin(x) + x² cos(x)                 using the exponent rule and the derivative of sin
""",
    ),
    (
        "0.5 x^2 + 0.25x",
        "x",
        """
∂(0.5x² + 0.25x)/∂x
  = ∂(0.5x²)/∂x + ∂(0.25x)/∂x       using the sum rule
  = 0.5 · ∂x²/∂x + 0.25 · ∂x/∂x     using the constant factor rule
  = 0.5 · 2x + 0.25 · 1             using the exponent rule
  = x + 0.25                        arithmetic
""",
    ),
]


def squeezed(text: str) -> list[list[str]]:
    """The lines, each as its formula and its justification: columns may move."""
    return [
        [part.strip() for part in line.split("     ") if part.strip()]
        for line in text.strip().splitlines()
    ]


@pytest.mark.parametrize(("text", "by", "expected"), DERIVATIONS)
def test_lines(text: str, by: str, expected: str) -> None:
    shown = derivex.diff(text, by=by).to_text()
    formulas = [
        (line.split("  ")[0] if "  " in line.strip() else line) for line in shown.split("\n")
    ]
    assert len(formulas) == len(expected.strip().splitlines())
    for shown_line, expected_line in zip(
        shown.splitlines(), expected.strip().splitlines(), strict=True
    ):
        assert shown_line.split() == expected_line.split()


# Function, derivative in the form that derivex prints.
RESULTS = """
x                        | 1
7                        | 0
x^5                      | 5x⁴
-x^2                     | −2x
x^-2                     | −2x⁻³
1/x                      | −1/x²
3/x^2                    | −6/x³
x/3                      | 1/3
sqrt x                   | 1/(2√x)
sqrt(x^2 + 1)            | x/√(x² + 1)
e^x                      | e^x
e^(x^2)                  | 2x e^(x²)
exp(3x)                  | 3 exp(3x)
2^x                      | 2^x log(2)
x^x                      | x^x (log(x) + 1)
ln x                     | 1/x
ln(3x + 2)               | 3/(3x + 2)
log(x)/x                 | (1 − log(x))/x²
sin x                    | cos(x)
sin(x^2)                 | 2x cos(x²)
sin(x)^2                 | 2 sin(x) cos(x)
cos x                    | −sin(x)
tan x                    | 1/cos(x)²
asin x                   | 1/√(1 − x²)
acos x                   | −1/√(1 − x²)
atan x                   | 1/(1 + x²)
sinh x                   | cosh(x)
cosh x                   | sinh(x)
tanh x                   | 1 − tanh(x)²
asinh x                  | 1/√(x² + 1)
acosh x                  | 1/(√(x − 1) √(x + 1))
atanh x                  | 1/(1 − x²)
(x^2 + 1)/(x - 1)        | (x² − 2x − 1)/(x − 1)²
(2x+1)^5 (3x-2)^7        | 10(2x + 1)⁴ (3x − 2)⁷ + 21(2x + 1)⁵ (3x − 2)⁶
x sin(x) cos(x)          | sin(x) cos(x) + x cos(x)² − x sin(x)²
"""


@pytest.mark.parametrize("row", RESULTS.strip().splitlines())
def test_results(row: str) -> None:
    text, expected = (part.strip() for part in row.split("|"))
    found = derivex.diff(text, by="x")
    assert found.status is Status.FINISHED
    assert found.to_text().splitlines()[-1].split("     ")[0].strip().removeprefix("= ") == expected


@pytest.mark.parametrize(
    ("text", "by", "status"),
    [
        ("sum(i, i = 1..x)", "x", Status.STUCK),
        ("zeta(x)", "x", Status.STUCK),
        ("c_k sum_i a_i x", "x", Status.FINISHED),
    ],
)
def test_what_no_rule_covers_is_named_not_zero(text: str, by: str, status: Status) -> None:
    found = derivex.diff(text, by=by)
    assert found.status is status
    assert bool(found.derivation.stuck) is (status is Status.STUCK)


def test_higher_orders_differentiate_the_tidied_derivative() -> None:
    found = derivex.diff("x^4", by=["x", "x"])
    assert [line.says for line in found.lines()] == [
        "",
        "using the exponent rule",
        "using the constant factor rule",
        "using the exponent rule",
        "arithmetic",
    ]
    assert str(found.result) == "12*x**2"


def test_full_shows_one_application_a_line_and_the_rule_unevaluated() -> None:
    found = derivex.diff("(x+y+z)^2", by="y")
    texts = found.to_text("full").splitlines()
    assert texts[2].startswith("  = 2(x + y + z)^(2 − 1) · ∂(x + y + z)/∂y")
    assert all(len(line.rules) <= 1 for line in found.lines("full"))


def test_brief_keeps_the_chain_rule_and_the_end() -> None:
    found = derivex.diff("(x+y+z)^2", by="y")
    assert [line.says for line in found.lines("brief")] == [
        "",
        "using the chain rule",
        "using the exponent, sum and constant rules, arithmetic",
    ]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("expanded", "2x + 2y"),
        ("factored", "2(x + y)"),
    ],
)
def test_forms(form: str, expected: str) -> None:
    found = derivex.diff("(x + y)^2", by="x", form=form)
    assert found.to_text().splitlines()[-1].split("     ")[0].strip() == f"= {expected}"


def test_collected() -> None:
    found = derivex.diff("a x^2 y + b x^2 + x y", by="x", form="collected by x")
    assert found.to_text().splitlines()[-1].split("     ")[0].strip() == "= x (2ay + 2b) + y"


def test_the_factored_forms_of_two_products() -> None:
    function = "(a x_1 + b x_2)^2 x_1 x_2"
    first = derivex.diff(function, by="x_1", form="factored")
    second = derivex.diff(function, by="x_2", form="factored")
    assert str(first.result) == "x_2*(a*x_1 + b*x_2)*(3*a*x_1 + b*x_2)"
    assert str(second.result) == "x_1*(a*x_1 + b*x_2)*(a*x_1 + 3*b*x_2)"
