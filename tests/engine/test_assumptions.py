"""Assumptions, which let the condition of a rule hold."""

from __future__ import annotations

import json

import pytest

import derivex
from derivex.errors import DerivexError, ProblemError
from derivex.notation import TextWriter

RESULTS = """
|x|                              | x > 0          | 1
|x|                              | x < 0          | −1
|x|                              | x > 0, x < 1   | 1
|x|                              | 0 < x          | 1
|x|                              | x = 2          | 1
sqrt(x^2)                        | x > 0          | 1
sqrt(x^2)                        | x < -1         | −1
|x - 1|                          | x > 1          | 1
|1 - x|                          | x > 1          | 1
|x - 2|                          | x > 1          | (x − 2)/|x − 2|
|x^3 e^x|                        | x > 0          | 3x² e^x + x³ e^x
relu(x)^2                        | x > 0          | 2x
max(x, 0) + max(0, -x)           | x < 0          | −1
sign(x) x                        | x > 3          | 1
if x > 0 then x^2 else sin(x)    | x > 0          | 2x
if x > 0 then x^2 else sin(x)    | x < 0          | cos(x)
if x > 0 and x < 1 then x else 2 | x > 1          | 0
log(|x|)                         | x != 0         | 1/x
|x!|                             | x > 0          | x! digamma(x + 1)
"""


@pytest.mark.parametrize("row", RESULTS.strip().splitlines())
def test_results(row: str) -> None:
    text, assume, expected = (part.strip() for part in row.rsplit(" | ", 2))
    found = derivex.diff(text, by="x", assume=assume)
    if assume != "x = 2":  # at one single point there is nothing to differentiate
        assert TextWriter().write(found.derivation.result) == expected
    assert (
        found.to_text().splitlines()[0].rstrip().endswith(f"assuming {', '.join(_written(found))}")
    )
    again = derivex.Derivative.from_json(found.to_json())
    assert again == found
    assert again.derivation.assumptions == found.derivation.assumptions
    again.replay()


def _written(found: derivex.Derivative) -> list[str]:
    return [TextWriter().write(each) for each in found.derivation.assumptions]


def test_how_it_reads() -> None:
    assert str(derivex.diff("|x|", assume="x > 0")) == (
        "∂|x|/∂x       assuming x > 0\n"
        "  = ∂x/∂x     using the absolute value of what is not negative\n"
        "  = 1         using the exponent rule"
    )
    assert derivex.diff("|x|", assume="x > 0").to_latex().splitlines()[1] == (
        r"& \frac{\partial \left|x\right|}{\partial x} && \text{assuming $x > 0$} \\"
    )


def test_what_is_assumed_is_not_said_again_as_a_condition() -> None:
    assert derivex.diff("|x| + |y|", by="x", assume="y < 0").derivation.conditions != ()
    assert derivex.diff("abs(x)/x + 1/x", assume="x != 0").derivation.conditions == ()


def test_at_the_edge_there_is_no_derivative() -> None:
    """Where x ≥ 0 the absolute value is x, but has no derivative at 0."""
    found = derivex.diff("|x|", assume="x >= 0")
    assert "where x ≠ 0" in found.to_text()
    with pytest.raises(ProblemError):
        derivex.diff("|x|", assume="x >= 0", at="x = 0")


def test_stored_with_the_declarations() -> None:
    stored = json.loads(derivex.diff("|x|", assume=["x > 0", "x < 3"]).to_json())
    assert stored["declarations"]["assumptions"] == ["x > 0", "x < 3"]
    assert stored["conditions"] == []


def test_not_with_limits_or_intermediate_variables() -> None:
    for question in ({"from_limit": True}, {"through": "u = x^2"}):
        with pytest.raises(ProblemError, match="by the rules alone"):
            derivex.diff("|x^2|", assume="x > 0", **question)


def test_a_letter_that_does_not_occur() -> None:
    (note,) = derivex.diff("|x|", assume="y > 0").derivation.notes
    assert note == "something is assumed of y, which does not occur in the expression"


def test_gradient() -> None:
    found = derivex.gradient("|x y|", assume="x > 0, y > 0")
    assert [TextWriter().write(part.derivation.result) for part in found.partials] == ["y", "x"]


@pytest.mark.parametrize(
    ("assume", "at", "message"),
    [
        ("x + y > 0", None, "an assumption compares a letter with a number"),
        ("x > y", None, "an assumption compares a letter with a number"),
        ("x > 0", "x = -2", "the point says otherwise"),
        ("x", None, "where a condition is expected"),
        ("x > 0, x < -1", None, "contradict"),
    ],
)
def test_what_cannot_be_assumed(assume: str, at: str | None, message: str) -> None:
    with pytest.raises(DerivexError) as raised:
        derivex.diff("|x| + y", by="x", assume=assume, at=at)
    assert message in str(raised.value)
