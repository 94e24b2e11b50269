"""What the derivatives of functions look like, and for which values they are claimed."""

from __future__ import annotations

import json

import pytest

import derivex
from derivex.derivation import Status
from derivex.errors import ProblemError
from derivex.notation import TextWriter
from derivex.notation.relations import relations_as_text

# function | variable | derivative | where it is claimed
RESULTS = """
x^2                               | x   | 2x                                                    |
3a^2 + b^2 - ab + a               | a   | 6a − b + 1                                            |
(x+y+z)^2                         | y   | 2(x + y + z)                                          |
sin(x^2) e^(3x)                   | x   | 2x cos(x²) e^(3x) + 3 sin(x²) e^(3x)                  |
log(1 + e^(-y w))                 | w   | −y e^(−yw)/(1 + e^(−yw))                              |
x^x                               | x   | x^x (log(x) + 1)                                      |
x^(x+1)                           | x   | x^(x + 1) (log(x) + (x + 1)/x)                        |
|x|                               | x   | x/|x|                                                 | x ≠ 0
max(x, 0)                         | x   | if x > 0 then 1 else 0                                | x ≠ 0
max(x, y, 0)                      | x   | if x > max(y, 0) then 1 else 0                        | x ≠ max(y, 0)
sqrt(1+x^2)/x                     | x   | −1/(x² √(1 + x²))                         |
if x > 0 then x^2 else sin(x)     | x   | if x > 0 then 2x else cos(x)                          | x ≠ 0
if x < 0 or x > 2 then x else 1   | x   | if x < 0 or x > 2 then 1 else 0                       | x ≠ 0, x ≠ 2
atan2(y, x)                       | y   | x/(x² + y²)                                           |
atan2(y, x)                       | x   | −y/(x² + y²)                                          |
erf(x)                            | x   | 2e^(−x²)/√π                                           |
Γ(x)                              | x   | gamma(x) digamma(x)                                   |
J_0(x)                            | x   | −besselj(1, x)                                        |
J_n(x)                            | x   | 1/2 (besselj(n − 1, x) − besselj(n + 1, x))           |
x!                                | x   | x! digamma(x + 1)                                     |
log_b(x)                          | x   | 1/(x log(b))                                          |
relu(x)                           | x   | if x > 0 then 1 else 0                                | x ≠ 0
leakyrelu(x, a)                   | a   | if x > 0 then 0 else x                                |
gelu(x)                           | x   | 1/2 (1 + erf(x/√2)) + x e^(−x²/2)/√(2π)               |
softmax(x, y)                     | y   | −e^y softmax(x, y)/(e^x + e^y)                        |
logsumexp(x, y)                   | x   | e^x/(e^x + e^y)                                       |
crossentropy(y, p)                | p   | (p − y)/(p (1 − p))                                   |
σ(x)                              | x   | sigmoid(x) (1 − sigmoid(x))                           |
cbrt(x)                           | x   | 1/(3 cbrt(x)²)                                        |
floor(x)                          | x   | 0                                                     | floor(x) ≠ x
γ x^2                             | x   | 2γ x                                                  |
(2/2)/x                           | x   | −1/x²                                             |
max(x, x)                         | x   | 1                                                     |
min(x, x^2, 1)                    | x   | if x < min(x², 1) then 1 else (if x² < 1 then 2x else 0) | x ≠ min(x², 1), x² ≠ 1
"""


@pytest.mark.parametrize("row", RESULTS.strip().splitlines())
def test_results(row: str) -> None:
    # Between the columns, not in |x|, the bars stand apart.
    text, by, expected, where = (part.strip() for part in (row + " ").rsplit(" | ", 3))
    found = derivex.diff(text, by=by)
    assert found.status is Status.FINISHED
    writer = TextWriter()
    assert writer.write(found.derivation.result) == expected
    assert ", ".join(relations_as_text(found.derivation.conditions, writer)) == where
    stored = json.loads(found.to_json())
    assert len(stored["conditions"]) == len(found.derivation.conditions)


def test_sin_nested_200_deep() -> None:
    found = derivex.diff("sin(" * 200 + "x" + ")" * 200, by="x")
    assert found.status is Status.FINISHED
    assert found.derivation.result.args[-1] is found.derivation.result.args[-1]
    assert TextWriter().write(found.derivation.result).count("cos") == 200


def test_the_condition_stands_on_the_line_of_its_rule() -> None:
    assert str(derivex.diff("max(x, 0) x")) == (
        "∂(max(x, 0) x)/∂x\n"
        "  = ∂max(x, 0)/∂x · x + max(x, 0) · ∂x/∂x                      using the product rule\n"
        "  = (if x > 0 then ∂x/∂x else ∂0/∂x) x + max(x, 0) · ∂x/∂x"
        "     using the derivative of max, where x ≠ 0\n"
        "  = (if x > 0 then 1 else 0) x + max(x, 0) · 1"
        "                 using the exponent and constant rules\n"
        "  = (if x > 0 then 1 else 0) x + max(x, 0)                     arithmetic"
    )


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        ("log(x)", "x = -1", "log(x) has no real value at x = −1"),
        ("log(x - 3) x", "x = 2", "log(x − 3) has no real value at x = 2"),
        ("asin(x)", "x = 2", "asin(x) has no real value at x = 2"),
        ("sqrt(x)", "x = -4", "√x has no real value at x = −4"),
        ("sqrt(x)", "x = 0", "division by zero"),
        ("1/x", "x = 0", "1/x has no real value at x = 0"),
        ("gamma(x)", "x = -1", "gamma(x) has no real value at x = −1"),
        ("x^x", "x = -1", "log(x) has no real value at x = −1, so the derivative has none"),
        ("x/(x - 1)", "x = 1", "x/(x − 1) has no real value at x = 1"),
        ("|x|", "x = 0", "give no derivative at x = 0: they hold only where x ≠ 0"),
        ("max(x, 0)", "x = 0", "give no derivative at x = 0: they hold only where x ≠ 0"),
        ("relu(x - 1)", "x = 1", "they hold only where x − 1 ≠ 0"),
        ("if x > 0 then x else 0", "x = 0", "they hold only where x ≠ 0"),
        ("floor(x)", "x = 2", "they hold only where floor(x) ≠ x"),
        ("sign(x)", "x = 0", "they hold only where x ≠ 0"),
    ],
)
def test_points_without_a_derivative(text: str, at: str, message: str) -> None:
    with pytest.raises(ProblemError) as raised:
        derivex.diff(text, at=at)
    assert message in str(raised.value)
    with pytest.raises(ProblemError):
        derivex.gradient(text, at=at)


@pytest.mark.parametrize(
    ("text", "at", "value"),
    [
        ("max(x, 0) x", "x = 2", "4"),
        ("relu(x) x", "x = -2", "0"),
        ("x |x|", "x = -2", "4"),
        ("x sign(x)", "x = -2", "−1"),
        ("x floor(x)", "x = 5/2", "2"),
        ("sigmoid(x)", "x = 0", "1/4"),
        ("softmax(x, 0, 0)", "x = 0", "2/9"),
        ("x^3!", "x = 2", "192"),
        ("erf(x) x", "x = 0", "0"),
    ],
)
def test_values_at_points(text: str, at: str, value: str) -> None:
    found = derivex.diff(text, at=at)
    assert TextWriter().write(found.derivation.result) == value


def test_gradient_says_it_too() -> None:
    found = derivex.gradient("|x| y + max(x, y)")
    assert "where x ≠ 0" in found.to_text()
    assert "where x ≠ y" in found.to_text()
