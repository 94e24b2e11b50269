"""Lines that are wrong as the notation lays them down, and right as people mean them."""

from __future__ import annotations

import pytest

import derivex
from derivex.api.answers import judge_answer

SIGN = "I read a derivative as ending before the next sign such as ·"
BELOW = "I read all factors that follow a / without a sign as its divisor, 1/2x as 1/(2x)"


def latex(*rows: str) -> str:
    return "\\begin{align*}\n" + " \\\\\n".join(rows) + "\n\\end{align*}\n"


MEANT = [
    # the product rule with derivatives that have no brackets
    (
        latex(r"\frac{d}{dx} (x^2 \sin x) &= \frac{d}{dx} x^2 \cdot \sin x + x^2 \cos x"),
        f"{SIGN}: ∂x²/∂x · sin(x) + x² cos(x)",
    ),
    (
        latex(r"& 2x \sin x + x^2 \cos x \\ &= \frac{d}{dx} x^2 \cdot \sin x + x^2 \cos x"),
        f"{SIGN}: ∂x²/∂x · sin(x) + x² cos(x)",
    ),
    # where it stands in a definition, the line after it tells
    (
        latex(r"f'(x) &= \frac{d}{dx} x^2 \cdot \sin x + x^2 \cos x", r"&= 2x \sin x + x^2 \cos x"),
        f"in the line before {SIGN}: ∂x²/∂x · sin(x) + x² cos(x)",
    ),
    (latex(r"\frac{d}{dx} \ln x^3 &= 3/x", r"&= 6/2x"), f"{BELOW}: 6/(2x)"),
]


@pytest.mark.parametrize(("text", "told"), MEANT)
def test_what_is_right_as_it_is_meant_is_not_wrong(text: str, told: str) -> None:
    lines = derivex.check(text, name="notes.tex").lines
    assert all(line.verdict in ("definition", "proven", "tested") for line in lines), lines
    assert told in [line.note for line in lines]
    assert told in derivex.check(text, name="notes.tex").to_text()


def test_the_usual_reading_comes_first_and_says_nothing() -> None:
    text = latex(r"\frac{d}{dx} x^2 \cdot \sin x &= 2x \cdot \sin x + x^2 \cos x")
    (line,) = derivex.check(text, name="notes.tex").lines
    assert line.verdict == "proven" and not line.note


STILL_WRONG = [
    latex(r"\frac{d}{dx} x^2 \cdot \sin x &= 2x \cos x"),
    latex(r"\frac{d}{dx} (x^2 \sin x) &= \frac{d}{dx} x^2 \cdot \sin x - x^2 \cos x"),
    latex(r"\frac{d}{dx} \ln x^3 &= 3/x", r"&= 9/2x"),
    latex(r"\frac{d}{dx} (x \sin x) &= \sin x - x \cos x"),
]


@pytest.mark.parametrize("text", STILL_WRONG)
def test_what_is_wrong_in_every_reading_is_wrong(text: str) -> None:
    lines = derivex.check(text, name="notes.tex").lines
    assert [line.verdict for line in lines].count("wrong") == 1, lines


def test_one_line_is_not_mended_at_the_cost_of_another() -> None:
    # read in the other way the first line holds and the second does not
    text = latex(
        r"\frac{d}{dx} x^2 \cdot \sin x &= 2x \cdot \sin x", r"&= \frac{d}{dx} x^2 \cdot \cos x"
    )
    assert "wrong" in [line.verdict for line in derivex.check(text, name="notes.tex").lines]


def test_an_answer_may_be_meant_otherwise() -> None:
    line = judge_answer("ln(x)/2", "1/2x")
    assert line.verdict == "proven"
    assert line.note == BELOW
    assert judge_answer("ln(x)", "1/2x").verdict == "wrong"
    assert not judge_answer("x^2/4", "1/2x").note
