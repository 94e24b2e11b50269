"""Values: what is filled in, and the arithmetic, line by line."""

from __future__ import annotations

import pytest

import derivex
from derivex.errors import DerivexError, ProblemError

DATA = {"a": [0, 2, 4], "h": [30, 40, 50]}


def test_the_loss_with_the_data_filled_in_line_by_line() -> None:
    found = derivex.evaluate(
        "loss(1, 0)",
        let=["f(a) = s a + b", "loss(s, b) = 1/2 sum_i (f(a_i) - h_i)^2"],
        data=DATA,
    )
    assert [line.split("     ")[0].strip() for line in found.to_text().splitlines()] == [
        "loss(1, 0)",
        "= 1/2 Σᵢ (1 · aᵢ + 0 − hᵢ)²",
        "= 1/2 ((1 · 0 + 0 − 30)² + (1 · 2 + 0 − 40)² + (1 · 4 + 0 − 50)²)",
        "= 1/2 (900 + 1444 + 2116)",
        "= 2230",
    ]
    assert [line.says for line in found.lines()] == [
        "",
        "filling in the definitions of loss and f",
        "filling in the data",
        "arithmetic",
        "arithmetic",
    ]


def test_terms_of_a_sum_that_is_written_out_keep_their_brackets() -> None:
    found = derivex.evaluate("sum_i (s a_i + b - h_i)", data=DATA)
    assert [(line.text, line.says) for line in found.lines()][1:5] == [
        ("(s · 0 + b − 30) + (s · 2 + b − 40) + (s · 4 + b − 50)", "filling in the data"),
        ("(b − 30) + (s · 2 + b − 40) + (s · 4 + b − 50)", "arithmetic"),
        ("(b − 30) + (2s + b − 40) + (4s + b − 50)", "coefficients first"),
        ("b − 30 + 2s + b − 40 + 4s + b − 50", "leaving out the brackets"),
    ]
    found.replay()
    again = derivex.load(found.to_json())
    assert again == found
    assert again.to_text("full") == found.to_text("full")


def test_terms_of_a_mean_are_calculated_before_they_are_added() -> None:
    found = derivex.evaluate("mean(2a - h)", data=DATA)
    assert [line.text for line in found.lines()][1:] == [
        "((2 · 0 − 30) + (2 · 2 − 40) + (2 · 4 − 50))/3",
        "(−30 − 36 − 42)/3",
        "−36",
    ]


SEVERAL_SUMS = [
    # formula, what follows the line with the data
    ("s sum_i a_i^2 - sum_i a_i", ["7 · 20 − 6", "134"]),
    ("(sum_i a_i h_i)/(sum_i a_i^2)", ["(0 + 80 + 200)/(0 + 4 + 16)", "280/20", "14"]),
    ("mean(a h)/mean(a^2)", ["((0 + 80 + 200)/3)/((0 + 4 + 16)/3)", "(280/3)/(20/3)", "14"]),
    ("sum_i a_i^2 + sum_i a_i", ["0 + 4 + 16 + 0 + 2 + 4", "26"]),
    ("(x sum_i a_i, sum_i a_i^2)", ["[x · 6; 20]", "[6x; 20]"]),
]


@pytest.mark.parametrize(("formula", "lines"), SEVERAL_SUMS)
def test_the_brackets_of_a_line_are_calculated_together(formula: str, lines: list[str]) -> None:
    found = derivex.evaluate(formula, at={"s": 7}, data=DATA)
    said = [line.says for line in found.lines()]
    assert [line.text for line in found.lines()][said.index("filling in the data") + 1 :] == lines
    found.replay()


VALUES = """
2 + 3 * 4                       | 14
2^10                            | 1024
2^-1                            | 1/2
(1/2)^3                         | 1/8
6/4                             | 3/2
0.1 + 0.2                       | 0.3
0.5 * 2                         | 1
1/3 + 0.5                       | 5/6
-(-3)                           | 3
3 - 5                           | −2
-2^2                            | −4
(-2)^2                          | 4
sqrt(2)^2                       | 2
sum(k^2, k = 1..4)              | 30
mean(a)                         | 2
mean(a h)                       | 280/3
mean(a^2)                       | 20/3
mean((a - mean(a))^2)           | 8/3
sum_i a_i                       | 6
sum_i 1                         | 3
n                               | 3
sum_i sum_j a_i a_j             | 36
sum_i (a_i - mean(a))^2         | 8
a_1 + a_3                       | 4
"""


@pytest.mark.parametrize("row", VALUES.strip().splitlines())
def test_values(row: str) -> None:
    text, expected = (part.strip() for part in row.split("|"))
    found = derivex.evaluate(text, data=DATA)
    last = found.to_text().splitlines()[-1].split("     ")[0].strip().removeprefix("= ")
    assert last == expected


def test_a_derivative_is_worked_out_before_values_are_filled_in() -> None:
    assert derivex.evaluate("d/dx (x y)", at="x=2, y=5").result == 5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1/0", "division by zero"),
        ("1/(2 - 2)", "division by zero"),
        ("0^(1 - 1)", "has no value"),
        ("0^-1", "division by zero"),
        ("a_4", "a has 3 entries, not 4"),
        ("sum_i c_i", "no data for c"),
    ],
)
def test_what_has_no_value_is_refused(text: str, message: str) -> None:
    with pytest.raises(DerivexError, match=message):
        derivex.evaluate(text, data=DATA)


def test_giant_powers_stay_as_they_are() -> None:
    assert (
        derivex.evaluate("9^9^9^9")
        .to_text(unicode=False)
        .endswith("9^(9^387420489)     arithmetic")
    )


def test_definitions_that_use_each_other_are_filled_in_together() -> None:
    found = derivex.diff("g(t)", by="t", let=["f(u) = u^2", "g(t) = f(3t) + 1"])
    assert found.lines()[1].says == "filling in the definitions of g and f"
    assert str(found.result) == "18*t"


def test_a_definition_that_leads_back_to_itself_is_refused() -> None:
    with pytest.raises(ProblemError, match="leads back to itself"):
        derivex.evaluate("f(1)", let=["f(x) = f(x) + 1"])
