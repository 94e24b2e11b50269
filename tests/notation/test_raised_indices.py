"""x⁽ⁱ⁾, x^{(i)} and x^i under a Σ_i: an index above, never silently a power."""

from __future__ import annotations

import pytest

from derivex.notation import LatexWriter, Scope, TextWriter, read_names, read_text


@pytest.mark.parametrize(
    ("text", "structure"),
    [
        ("sum_i x^{(i)}",       "Total(At(x, i), i)"),
        ("sum_i x⁽ⁱ⁾",          "Total(At(x, i), i)"),
        ("x^{(k)}",             "At(x, k)"),
        ("x⁽ᵏ⁾",                "At(x, k)"),
        ("θ^{(k)}",             "At(theta, k)"),
        ("sum_i x^{(i + 1)}",   "Total(At(x, Plus(i, 1)), i)"),
        ("sum_i x⁽ⁱ⁻¹⁾",        "Total(At(x, Plus(i, Negative(1))), i)"),
        ("sum_i x_j^{(i)}",     "Total(At(x, i, j), i)"),
        ("sum_i x^{(i)}_j",     "Total(At(x, i, j), i)"),
        ("sum_i x_1^{(i)}",     "Total(At(x, i, 1), i)"),
        ("sum_i x_max^{(i)}",   "Total(At(x_max, i), i)"),
        ("x^{(1)} + x^{(i)}",   "Plus(At(x, 1), At(x, i))"),
        ("(x^{(i)})^2",         "Power(At(x, i), 2)"),
        # Powers and orders of derivatives they stay.
        ("x^{(2)}",             "Power(x, 2)"),
        ("x^(n)",               "Power(x, n)"),
        ("x^{(n + 1)}",         "Power(x, Plus(n, 1))"),
        ("sum_i 2^i",           "Total(Power(2, i), i)"),
        ("sum_i e^(i)",         "Total(Power(exp(1), i), i)"),
        ("sum_i (1 + x)^i",     "Total(Power(Plus(1, x), i), i)"),
        ("sum_i (x)^i",         "Total(Power(x, i), i)"),
        ("f^{(4)}(x)",          "Apply(Prime(Prime(Prime(Prime(f, 1), 1), 1), 1), x)"),
    ],
)  # fmt: skip
def test_what_stands_above(text: str, structure: str) -> None:
    reading = read_text(text)
    assert (repr(reading.expression).replace("E,", "exp(1),"), reading.notes) == (structure, ())


@pytest.mark.parametrize("text", ["sum_i x^i", "sum_i x^(i)", "sum_i xⁱ", "sum_i x^{i}"])
def test_a_bound_index_above_is_said(text: str) -> None:
    reading = read_text(text)
    assert repr(reading.expression) == "Total(At(x, i), i)"
    shown = text.removeprefix("sum_i ")
    assert reading.notes == (f"I read {shown} as x⁽ⁱ⁾, an index; a power is written (x)^…",)


@pytest.mark.parametrize("text", ["sum_i x^i", "sum_i x^(i)"])
def test_a_declared_variable_has_powers(text: str) -> None:
    assert repr(read_text(text, Scope().declare("x")).expression) == "Total(Power(x, i), i)"


def test_data_are_no_variable() -> None:
    scope = Scope().declare("x").with_data("x")
    assert repr(read_text("sum_i x^i", scope).expression) == "Total(At(x, i), i)"


def test_the_index_above_makes_another_name() -> None:
    above, below = read_text("x^{(i)}").expression, read_text("x_i").expression
    assert above is not below
    assert above is read_text("x⁽ⁱ⁾").expression


@pytest.mark.parametrize("name", ["x^{(k)}", "x⁽ᵏ⁾", "x_2^{(1)}", "x^{(1)}"])
def test_entries_can_be_named(name: str) -> None:
    (entry,) = read_names(name)
    assert TextWriter().write(entry) in ("x⁽ᵏ⁾", "x⁽¹⁾₂", "x⁽¹⁾")


@pytest.mark.parametrize(
    "text",
    ["sum_i x^{(i)}", "x^{(k)}", "sum_i x_j^{(i)}", "sum_i (x^{(i + 1)})^2", "2 x^{(k)} y^{(k)}"],
)
def test_what_is_written_is_read_back(text: str) -> None:
    expression = read_text(text).expression
    for writer in (TextWriter(), TextWriter(unicode=False)):
        assert read_text(writer.write(expression)).expression is expression


def test_latex_has_no_double_superscript() -> None:
    expression = read_text("sum_i (x_j^{(i)})^2").expression
    assert LatexWriter().write(expression) == r"\sum_{i} (x^{(i)}_{j})^{2}"
