"""The other readings of a formula."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivex.notation import Scope, TextWriter, alternatives, read_relation, read_text
from derivex.notation.latex import latex_source
from derivex.rulebook import shipped_book

SCOPE = Scope(functions=shipped_book().functions)

OTHERS = [
    # what is written                what may be meant, in text that has one reading only
    ("d/dx x^2 * sin x",             "(d/dx (x^2)) sin(x)"),
    ("d/dx x^2 sin x",               "(d/dx (x^2)) sin(x)"),
    ("d/dx 2x y",                    "(d/dx (2x)) y"),
    ("d/dx (x) x",                   "d/dx (x x)"),
    ("d/dx (x+1)^3 (2x)^2 + 1",      "d/dx ((x+1)^3 (2x)^2) + 1"),
    (r"\frac{d}{dx} (x - 1) / (x+1)", "d/dx ((x - 1)/(x + 1))"),
    ("3 d/dx x^2 / y",               "3 (d/dx (x^2))/y"),
    ("d/dx d/dy x y * 2",            "(d/dx (d/dy (x y))) 2"),
    ("1/2x",                         "1/(2x)"),
    ("1/2x y + 3",                   "1/(2x y) + 3"),
    ("1/2x * y",                     "1/(2x) * y"),
    ("sin x y",                      "sin(x) y"),
    ("sin 2x y",                     "sin(2x) y"),
    ("ln (x+1)^5",                   "(ln((x+1)))^5"),
    ("ln(x+1)^5",                    "ln((x+1)^5)"),
    ("sum_i a_i + b",                "sum_i (a_i + b)"),
    ("-sum_i a_i - b",               "-sum_i (a_i - b)"),
    ("lim_{h->0} x + h",             "lim_{h->0} (x + h)"),
    ("d/dx x^2 + x",                 "d/dx (x^2 + x)"),
    ("d/dx x^2 * y + 1/2x",          "(d/dx (x^2)) y + 1/(2x)"),
    (r"\frac{d}{dx} x^2 \cdot \sin x + 3", "(d/dx (x^2)) sin(x) + 3"),
    (r"\ln (3x+2)^5",                "(ln(3x+2))^5"),
    (r"\sum_{i=1}^n a_i + b",        "sum(a_i + b, i = 1..n)"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "meant"), OTHERS)
def test_what_may_be_meant_is_among_the_readings(written: str, meant: str) -> None:
    wanted = TextWriter().write(read_text(meant, SCOPE).expression)
    found = [TextWriter().write(other.expression) for other in alternatives(written, SCOPE)]
    assert wanted in found


@pytest.mark.parametrize("written", [
    "x + y", "2x", "d/dx (x) + x", "d/dx 2x", "sin(x) y", "1/(2x)", r"\frac{1}{2} x", "sum_i a_i b",
    "x^", "sin(", "", r"\fraq{1}",
])  # fmt: skip
def test_one_reading_only(written: str) -> None:
    assert alternatives(written, SCOPE) == ()


def test_the_choice_is_told_first_and_the_usual_notes_follow() -> None:
    usual = read_text("d/dx x * y + ab/c d", SCOPE)
    assert "I read ab/c d as (ab/c)·d" in usual.notes
    first = alternatives("d/dx x * y + ab/c d", SCOPE)[0]
    assert first.notes[0] == "I read a derivative as ending before the next sign such as ·"
    assert "I read ab/c d as (ab/c)·d" in first.notes


def test_an_equation_is_read_on_both_sides() -> None:
    (other,) = alternatives("1/2x = y", SCOPE)
    assert other.expression is read_relation("1/(2x) = y", SCOPE).expression


def test_a_source_can_be_given_and_the_number_is_bounded() -> None:
    source = latex_source(r"\frac{d}{dx} x \cdot y + 1/2x + \sin x y")
    assert len(alternatives(source, SCOPE)) > 3
    assert len(alternatives(source, SCOPE, most=2)) == 2


@given(st.text("xyd/∂*+-^2( )sinum_i=", max_size=24))
def test_they_are_new_and_all_different(text: str) -> None:
    found = [other.expression for other in alternatives(text, SCOPE)]
    assert len(set(found)) == len(found)
    if found and "=" not in text:
        assert read_text(text, SCOPE).expression not in found
