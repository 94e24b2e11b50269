"""Sums and products with dots: read as what they mean, written as they were typed."""

from __future__ import annotations

import pytest
import sympy

from derivex.equality import judge
from derivex.errors import ReadError
from derivex.expression.lower import lower
from derivex.notation import LatexWriter, SympyWriter, TextWriter, read_text
from derivex.rendering import stacked


@pytest.mark.parametrize(
    ("text", "meaning", "written"),
    [
        ("w_1^2 + w_2^2 + ... + w_n^2", "sum(w_i^2, i = 1..n)",           "w₁² + w₂² + … + wₙ²"),
        ("w_1^2 + … + w_n^2",           "sum(w_i^2, i = 1..n)",           "w₁² + … + wₙ²"),
        ("b + a_1 + a_2 + ⋯ + a_d",     "b + sum(a_i, i = 1..d)",         "b + a₁ + a₂ + … + a_d"),
        ("a_0 + a_1 x^1 + ... + a_n x^n + c", "a_0 + sum(a_i (x)^i, i = 1..n) + c",
         "a₀ + a₁ x^1 + … + aₙ x^n + c"),
        ("1 + 2 + ... + n",             "sum(i, i = 1..n)",               "1 + 2 + … + n"),
        ("1 + 1/2 + 1/3 + ... + 1/n",   "1 + sum(1/i, i = 2..n)",         "1 + 1/2 + 1/3 + … + 1/n"),
        ("a_3 + a_4 + ... + a_{n+1}",   "sum(a_i, i = 3..n+1)",           "a₃ + a₄ + … + a[n + 1]"),
        ("i + a_1 + ... + a_n",         "i + sum(a_j, j = 1..n)",         "i + a₁ + … + aₙ"),
        ("(x + 1) (x + 2) ... (x + n)", "prod(x + i, i = 1..n)",          "(x + 1) (x + 2) … (x + n)"),
    ],
)  # fmt: skip
def test_what_dots_mean(text: str, meaning: str, written: str) -> None:
    found = read_text(text).expression
    assert TextWriter().write(found).replace("x¹", "x^1") == written
    assert judge(found, read_text(meaning).expression).holds
    assert read_text(TextWriter().write(found)).expression is found


@pytest.mark.parametrize(
    "text",
    [
        "x + ... + y",
        "... + x",
        "x + ...",
        "1 + 3 + ... + n + ... + m",
        "a_1 + b_2 + ... + a_n + b_n + ...",
        "a_1 - ... - a_n",
        "...",
        "abs(...)",
        "2^...",
    ],
)
def test_what_does_not_show_how_it_goes_on_is_refused(text: str) -> None:
    with pytest.raises(ReadError, match=r"do not show how they go on|is expected"):
        read_text(text)


def test_terms_that_do_not_fit_stand_by_themselves() -> None:
    # 1 + 3 + 4 + … + n begins to count at 3.
    found = read_text("1 + 3 + 4 + ... + n").expression
    assert judge(found, read_text("1 + sum(i, i = 3..n)").expression).holds


def test_all_outputs() -> None:
    found = read_text("w_1^2 + w_2^2 + ... + w_n^2").expression
    assert LatexWriter().write(found) == r"w_{1}^{2} + w_{2}^{2} + \dots + w_{n}^{2}"
    assert TextWriter(unicode=False).write(found) == "w_1^2 + w_2^2 + ... + w_n^2"
    assert SympyWriter({}).write(found) == "Sum(w[i]**2, (i, 1, n))"
    assert str(stacked(found)) == "w₁² + w₂² + … + wₙ²"
    i, n = sympy.symbols("i n")
    assert lower(found) == sympy.Sum(sympy.IndexedBase("w")[i] ** 2, (i, 1, n))


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("[2w_1, 2w_2, ..., 2w_n]", "sum(2wᵢ eᵢ, i = 1..n)"),
        ("(x_1, ..., x_m)", "sum(xᵢ eᵢ, i = 1..m)"),
        ("w_1^2 + w_2^2 + ... + w_k^2 + ... + w_n^2", "sum(wᵢ², i = 1..n)"),
    ],
)
def test_vectors_with_dots_and_a_term_between_dots(text: str, meaning: str) -> None:
    read = read_text(text).expression
    assert TextWriter().write(read.args[0]) == meaning
    assert read_text(TextWriter().write(read)).expression is read


@pytest.mark.parametrize("text", ["[w_2, ..., w_n]", "[w_1, ..., w_n, 3]", "[1, w_1, ..., w_n]"])
def test_vectors_whose_dots_do_not_show_how_they_go_on(text: str) -> None:
    with pytest.raises(ReadError, match="do not show how they go on"):
        read_text(text)
