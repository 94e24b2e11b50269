"""Nudges, the sign of a slope, and tangents."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import derivex
from derivex.expression import value_of
from derivex.notation import TextWriter

WRITE = TextWriter().write

NUDGES = [
    # f      a   f(a + 0.001)  difference  ratio    limit
    ("3a",  "2", "6.003",      "0.003",    "3",     "3"),
    ("3a",  "5", "15.003",     "0.003",    "3",     "3"),
    ("a^2", "2", "4.004001",   "0.004001", "4.001", "4"),
    ("a^2", "5", "25.010001",  "0.010001", "10.001", "10"),
]  # fmt: skip


@pytest.mark.parametrize(("f", "a", "nudged", "difference", "ratio", "limit"), NUDGES)
def test_the_nudges_of_the_slides(
    f: str, a: str, nudged: str, difference: str, ratio: str, limit: str
) -> None:
    """One of the slides has 4.004004 for 2.001², which is 4.004001."""
    found = derivex.nudge(f, at=f"a = {a}", by="0.001")
    first = found.record.rows[0]
    assert [WRITE(each) for each in (first.nudged, first.difference, first.ratio)] == [
        nudged,
        difference,
        ratio,
    ]
    assert WRITE(found.expression) == limit
    assert found.record.exact
    assert found.record.limit.steps[0].rule.name == "derivative-as-limit"


@settings(max_examples=25, deadline=None)
@given(st.fractions(-5, 5, max_denominator=8), st.fractions(-1, 1, max_denominator=100))
def test_ratios_are_what_they_are(a: Fraction, nudge: Fraction) -> None:
    if not nudge:
        return
    found = derivex.nudge("a^2 - a", at={"a": a}, by=str(nudge))
    assert found.result == 2 * a - 1
    for number, row in enumerate(found.record.rows):
        size = nudge / 10**number
        ratio = value_of(row.ratio)
        assert ratio is not None
        if found.record.exact:
            assert ratio == 2 * a - 1 + size
        else:
            assert abs(ratio - (2 * a - 1 + size)) <= abs(2 * a - 1 + size) * Fraction(1, 10**9)


def test_a_table_to_read() -> None:
    found = derivex.nudge("a^2", at="a = 2")
    assert found.to_text().splitlines()[:7] == [
        "At a = 2 the value of a² is 4. Now a is nudged:",
        "",
        " nudge        a             a²           difference     difference/nudge",
        "────────   ────────   ──────────────   ──────────────   ────────────────",
        "0.001      2.001      4.004001         0.004001             4.001",
        "0.0001     2.0001     4.00040001       0.00040001           4.0001",
        "0.00001    2.00001    4.0000400001     0.0000400001         4.00001",
    ]
    assert r"0.001 & 2.001 & 4.004001 & 0.004001 & 4.001 \\" in found.to_latex()
    stored = json.loads(found.to_json())
    assert stored["rows"][0]["nudged"]["text"] == "4.004001"
    assert derivex.load(found.to_json()).record.limit == found.record.limit


def test_values_that_are_rounded_are_said_to_be() -> None:
    found = derivex.nudge("sin(a)", at="a = 1", by="0.1")
    assert not found.record.exact
    assert "The numbers are rounded." in found.to_text()
    assert found.to_text().endswith("That is about 0.5403023059.")
    ratios = [float(value_of(row.ratio) or 0) for row in found.record.rows]
    assert ratios == pytest.approx([0.4973637525, 0.536085981, 0.5398814804, 0.5402602314])


SLOPES = [
    ("x^2",     "2",    1,  "increasing",              "4x - 4"),
    ("x^2",     "-1",   -1, "decreasing",              "-2x - 1"),
    ("x^2",     "0",    0,  "constant to first order", "0"),
    ("x^3",     "0",    0,  "constant to first order", "0"),
    ("5 - 2x",  "7",    -1, "decreasing",              "5 - 2x"),
    ("7 + 0x",  "1",    0,  "constant to first order", "7"),
    ("e^x",     "0",    1,  "increasing",              "1 + x"),
    ("e^x",     "1",    1,  "increasing",              "e x"),
    ("cos(x)",  "2",    -1, "decreasing",              "cos(2) - sin(2) (x - 2)"),
    ("x^2",     "c",    None, "depends on the sign of 2c", "2 c x - c^2"),
]  # fmt: skip


@pytest.mark.parametrize(("function", "at", "sign", "word", "line"), SLOPES)
def test_sign_and_tangent(function: str, at: str, sign: int | None, word: str, line: str) -> None:
    from derivex.equality import judge

    found = derivex.tangent(function, "x", at=f"x = {at}")
    found.replay()
    assert found.sign == sign
    assert word in found.to_text()
    wanted = derivex.evaluate(line).derivation.start
    assert judge(found.expression, wanted, {}).holds


def test_a_tangent_to_read() -> None:
    assert derivex.tangent("x^2", at="x = 2").to_text().splitlines()[5:] == [
        "The slope at x = 2 is 4 > 0: there x² is increasing.",
        "",
        "The value at x = 2:",
        "",
        "x²",
        "  = 2²     filling in the values",
        "  = 4      arithmetic",
        "",
        "The tangent goes through this point, with this slope:",
        "",
        "y",
        "  = 4 + 4(x − 2)     filling in the value and the slope",
        "  = 4 + 4x − 8       multiplying out",
        "  = −4 + 4x          arithmetic",
        "  = 4x − 4           positive terms first",
    ]


def test_the_letter_of_the_tangent_is_a_new_one() -> None:
    lines = derivex.tangent("y^2", at="y = 2").to_text().splitlines()
    assert "z" in lines and "y" not in lines


BAD = [
    (lambda: derivex.nudge("a^2", at="a = 2", by="0"),        "a nudge is a number other than 0"),
    (lambda: derivex.nudge("a^2", at="a = 2", by="b"),        "a nudge is a number other than 0"),
    (lambda: derivex.nudge("a^2", at="a = b"),                "the value of a is not a number"),
    (lambda: derivex.nudge("a^2", "a", at="b = 2"),           "a has no value"),
    (lambda: derivex.nudge("a b", "a", at="a = 2"),           "b has no value"),
    (lambda: derivex.nudge("|a|", at="a = 0"),                "from the right it is 1, from the left"),
    (lambda: derivex.nudge("log(a)", at="a = -1"),            "no .*value"),
    (lambda: derivex.nudge("1/a", at="a = 0"),                "division by zero"),
    (lambda: derivex.tangent("1/x", at="x = 0"),              "division by zero"),
    (lambda: derivex.tangent("sqrt(x)", at="x = 0"),          "division by zero"),
    (lambda: derivex.tangent("x y", at="x = 0, y = 1"),       "several variables"),
    (lambda: derivex.tangent("x^2", "x", at="y = 0"),         "x has no value"),
]  # fmt: skip


@pytest.mark.parametrize(("ask", "message"), BAD)
def test_bad_input(ask, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(derivex.DerivexError, match=message):
        ask()
