"""Implicit differentiation by hand: equations between x and y, differentiated and solved."""

from __future__ import annotations

import pytest

import derivex


def judged(text: str) -> list[str]:
    words = {"definition": "given", "proven": "true", "tested": "true"}
    return [words.get(line.verdict, line.verdict) for line in derivex.check(text).lines]


TEXT = [
    ("x^2 + y^2 = 25\n2x + 2y dy/dx = 0\ndy/dx = -x/y", "given true true"),
    ("x^2 + y^2 = 25\n2x + 2y dy/dx = 0\ndy/dx = x/y", "given true wrong"),
    ("x^2 + y^2 = 25\n2x + 2y y' = 0\ny' = -x/y", "given true true"),
    ("x y = 4\ny + x dy/dx = 0\ndy/dx = -y/x", "given true true"),
    ("x y = 4\nx dy/dx = 0", "given wrong"),
    ("e^y = x\ne^y y' = 1\ny' = 1/e^y = 1/x", "given true true true"),
    ("e^y = x\ne^y y' = 1\ny' = 1/e^y = x", "given true true wrong"),
    ("tan y = x\nsec^2 y dy/dx = 1\ndy/dx = 1/(1+tan^2 y) = 1/(1+x^2)", "given true true true"),
    ("y^3 + x y = 2\n3y^2 y' + y + x y' = 0\n(3y^2 + x) y' = -y", "given true true"),
    ("y^3 + x y = 2\n3y^2 y' + x y' = 0", "given wrong"),
    # what is looked for, and numbers at a point, are no claims for all points
    ("x^2 + y^2 = 25\n2x + 2y dy/dx = 0\ndy/dx = 0", "given true given"),
    ("x^2 + y^2 = 25\n6 + 8 dy/dx = 0\ndy/dx = -3/4", "given given true"),
    # two rates
    ("x^2 + y^2 = 25\n2x dx/dt + 2y dy/dt = 0\ndy/dt = -(x/y) dx/dt", "given true true"),
    ("x^2 + y^2 = 25\n2x dx/dt + 2y dy/dt = 0\ndy/dt = -(y/x) dx/dt", "given true wrong"),
]


@pytest.mark.parametrize(("text", "words"), TEXT)
def test_rows_of_equations(text: str, words: str) -> None:
    assert " ".join(judged(text)) == words


LATEX = [
    (
        r"Find $dy/dx$ if $x^2 + xy + y^2 = 7$. \[ 2x + y + x\frac{dy}{dx} + 2y\frac{dy}{dx} = 0 \]",
        "true",
    ),
    (
        r"Find $dy/dx$ if $x^2 + xy + y^2 = 7$. \[ 2x + y + \frac{dy}{dx} + 2y\frac{dy}{dx} = 0 \]",
        "wrong",
    ),
    (
        r"The curve $x^3 + y^3 = 6xy$. Differentiate both sides: \begin{align*}"
        r"3x^2 + 3y^2 y' &= 6y + 6xy' \\ y'(y^2 - 2x) &= 2y - x^2 \\"
        r"y' &= \frac{2y - x^2}{y^2 - 2x} \end{align*}",
        "given true true true",
    ),
    (
        r"The curve $x^3 + y^3 = 6xy$. Differentiate both sides: \begin{align*}"
        r"3x^2 + 3y^2 y' &= 6y + 6xy' \\ y' &= \frac{2y + x^2}{y^2 - 2x} \end{align*}",
        "given true wrong",
    ),
    (
        r"We have $x^2 y + y^3 = x$, so \[ 2xy + x^2 y' + 3y^2 = 1. \]",
        "given wrong",
    ),
    (
        r"Consider $x^2 + y^2 = 25$. Then \[ 2x + 2y\frac{dy}{dx} = 0 \] and hence"
        r"\[ \frac{dy}{dx} = -\frac{x}{y}. \]",
        "given true true",
    ),
    (
        r"$x^2 + y^2 = 25$, $\frac{dx}{dt} = 3$. Then $2x\frac{dx}{dt} + 2y\frac{dy}{dt} = 0$, so "
        r"$\frac{dy}{dt} = -\frac{x}{y}\frac{dx}{dt} = -\frac34 \cdot 3 = -\frac94$.",
        "given given true true given true",
    ),
    # another exercise is another curve
    (
        r"1. $x^2 + y^2 = 25$ gives \[ 2x + 2y y' = 0 \] 2. Now $y' = xy$ gives \[ y'' = y + x y' \]",
        "given true given true",
    ),
]


@pytest.mark.parametrize(("text", "words"), LATEX)
def test_equations_in_prose(text: str, words: str) -> None:
    assert " ".join(judged(text)) == words


def test_the_point_is_one_of_the_curve() -> None:
    wrong = derivex.check("x^2 + y^2 = 25\n2x + 2y dy/dx = 0\ndy/dx = x/y").lines[-1]
    assert wrong.counterexample is not None
    at = {name: float(value) for name, value in wrong.counterexample.point}
    assert at["x"] ** 2 + at["y"] ** 2 == pytest.approx(25, rel=1e-4)
    assert at["dy/dx"] == pytest.approx(-at["x"] / at["y"], rel=1e-4)
    assert wrong.expected is None  # nothing is made up


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("V = 4/3 pi r^3\ndV/dt = 4 pi r^2", "given wrong"),
        ("V = 4/3 pi r^3\ndV/dt = 4 pi r^2 dr/dt", "given true"),
        ("A = l w\ndA/dt = l dw/dt + w dl/dt", "given true"),
        ("x = t^2, y = t^3\ndy/dx = 3t/2", "given given true"),
    ],
)
def test_what_a_quantity_is_made_of_changes_with_time(text: str, words: str) -> None:
    assert " ".join(judged(text)) == words


def test_a_forgotten_rate_is_named() -> None:
    wrong = derivex.check("V = 4/3 pi r^3\ndV/dt = 4 pi r^2").lines[-1]
    assert wrong.diagnosis == ("the inner derivative dr/dt was forgotten",)
