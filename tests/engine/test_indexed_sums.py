"""Derivatives by entries: δ, renamed indices, what δ picks out, and under which conditions."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy.core.basic import Basic

import derivex
from derivex.equality import judge
from derivex.errors import ProblemError
from derivex.expression import AtMost, integer, substitute, symbol
from derivex.expression.data import COUNT
from derivex.notation import Scope, TextWriter, read_text
from derivex.notation.relations import relations_as_text
from derivex.rulebook import shipped_book

WRITER = TextWriter()
FUNCTIONS = shipped_book().functions


def steps_of(text: str, by: str) -> list[tuple[str, str]]:
    return [(line.text, line.says) for line in derivex.diff(text, by=by).lines()][1:]


@pytest.mark.parametrize(
    ("text", "by", "expected"),
    [
        # Computer algebra gets the first three wrong: 0, a single term, a captured index.
        ("sum_i a_i^2",                        "a_k",  "2aₖ"),
        ("sum_i c_i x_i",                      "x_i",  "cᵢ"),
        ("sum_i sum_j x_i A_ij x_j",           "x_k",  "Σⱼ Aₖⱼ xⱼ + Σᵢ Aᵢₖ xᵢ"),
        ("sum_i a_i^2",                        "a_i",  "2aᵢ"),
        ("sum_j w_j^2",                        "w_i",  "2wᵢ"),
        ("sum_i w_i x_i",                      "w_k",  "xₖ"),
        ("sum_i a_i",                          "a_k",  "1"),
        ("sum_i sum_j x_i A_ij y_j",           "A_kl", "xₖ yₗ"),
        ("sum_i sum_j A_ij^2",                 "A_kl", "2Aₖₗ"),
        ("sum_i A_ii",                         "A_kl", "δₖₗ"),
        ("sum_i x_i delta_ij",                 "x_k",  "δⱼₖ"),
        ("sum_i (a_i - b)^2/2",                "a_k",  "aₖ − b"),
        ("sum_i a_i/(1 + a_i^2)",              "a_k",  "(1 − aₖ²)/(1 + aₖ²)²"),
        ("sum_i log(1 + a_i^2)",               "a_k",  "2aₖ/(1 + aₖ²)"),
        ("(sum_i a_i h_i)^2",                  "a_k",  "2(Σᵢ aᵢ hᵢ) hₖ"),
        ("x_i",                                "x_k",  "δᵢₖ"),
        ("x_i^2",                              "x_k",  "2xᵢ δᵢₖ"),
        ("x_k",                                "x_k",  "1"),
        ("h_i",                                "x_k",  "0"),
        ("1/N sum_i (sum_j w_j x_ij + b - y_i)^2", "w_k", "(2 Σᵢ (Σⱼ wⱼ xᵢⱼ + b − yᵢ) xᵢₖ)/N"),
        ("1/N sum_i (sum_j w_j x_ij + b - y_i)^2", "b",   "(2 Σᵢ (Σⱼ wⱼ xᵢⱼ + b − yᵢ))/N"),
        ("sum(a_i^2, i = 1..n)",               "a_k",  "2aₖ"),
        ("sum(sum(x_i x_j, j = 1..i), i = 1..n)", "x_k", "sum(xⱼ, j = 1..k) + sum(xᵢ, i = k..n)"),
        ("log sum_j e^(z_j)",                  "z_k",  "e^(zₖ)/(Σⱼ e^(zⱼ))"),
        ("1/2 sum_i (s a_i + b - h_i)^2",      "s",    "Σᵢ (s aᵢ + b − hᵢ) aᵢ"),
        ("prod(x + i, i = 1..n)",              "x",    "prod(x + i, i = 1..n) sum(1/(x + i), i = 1..n)"),
        ("prod_i a_i",                         "a_k",  "(Πᵢ aᵢ)/aₖ"),
        ("prod_k (1 + a_k)",                   "a_k",  "(Πᵢ (1 + aᵢ))/(1 + aₖ)"),
        ("mean((s a + b - h)^2)",              "s",    "2 mean((sa + b − h) a)"),
        ("-mean(y log(p))",                    "p",    "−mean(y/p)"),
        ("mean(s) + mean(2 a)",                "s",    "1"),
        # Letters are indices where what they stand at has one elsewhere.
        ("sum_p a_p^2",                        "a_q",  "2a_q"),
        ("sum_i sum_j A_ij^2",                 "A_pq", "2A[p, q]"),
        ("sum_i a_i^2",                        "a_1",  "2a[1]"),
        ("sum_i a_i^2 + a_1",                  "a_1",  "2a[1] + 1"),
        ("a_1^2 + a_2",                        "a_1",  "2a₁"),
        ("-sum_i y_i log(e^(z_i)/sum_j e^(z_j))", "z_k", "−(yₖ − Σᵢ yᵢ e^(zₖ)/(Σⱼ e^(zⱼ)))"),
        # Neighbours, and sums that begin or end where the one around is.
        ("sum((x_{i+1} - x_i)^2, i = 1..n-1)", "x_k",  "4xₖ − 2x[k − 1] − 2x[k + 1]"),
        ("sum((x_i - x_{i-1})^2, i = 2..n)",   "x_k",  "4xₖ − 2x[k − 1] − 2x[k + 1]"),
        ("sum(sum(x_i y_j, j = i..n), i = 1..n)", "y_k", "sum(xᵢ, i = 1..k)"),
        # Sums and products with dots.
        ("w_1^2 + w_2^2 + ... + w_n^2",        "w_i",  "2wᵢ"),
        ("w_1^2 + w_2^2 + … + w_n^2",          "w_1",  "2w[1]"),
        ("b + w_1 x_1 + ... + w_d x_d",        "w_j",  "xⱼ"),
        ("b + w_1 x_1 + ... + w_d x_d",        "b",    "1"),
        ("(w_1 x_1 + ... + w_N x_N - y)^2",    "w_j",  "2(sum(wᵢ xᵢ, i = 1..N) − y) xⱼ"),
        ("1 + x + x^2 + ... + x^n",            "x",    "1 + sum(ix^(i − 1), i = 2..n)"),
        ("(x + 1) (x + 2) ... (x + n)",        "x",    "prod(x + i, i = 1..n) sum(1/(x + i), i = 1..n)"),
        ("sum(a_i^2, i = 1..n)",               "a_i",  "2aᵢ"),
        # The index above: the i-th of the examples.
        ("1/(2m) sum_{i=1}^m (θ_0 + θ_1 x^{(i)} - y^{(i)})^2", "θ_0",
         "sum(θ₀ + θ₁ x⁽ⁱ⁾ − y⁽ⁱ⁾, i = 1..m)/m"),
        ("1/(2m) sum_{i=1}^m (θ_0 + θ_1 x^{(i)} - y^{(i)})^2", "θ_1",
         "sum((θ₀ + θ₁ x⁽ⁱ⁾ − y⁽ⁱ⁾) x⁽ⁱ⁾, i = 1..m)/m"),
        ("sum_i (x^{(i)})^2",                  "x^{(k)}", "2x⁽ᵏ⁾"),
        ("sum_i sum_j x_j^{(i)} w_j",          "w_k",  "Σᵢ x⁽ⁱ⁾ₖ"),
        ("sum_i sum_j x_j^{(i)} w_j",          "x_2^{(1)}", "w[2]"),
    ],
)  # fmt: skip
def test_derivatives_by_entries(text: str, by: str, expected: str) -> None:
    assert steps_of(text, by)[-1][0] == expected


def test_every_step_is_said() -> None:
    assert steps_of("sum_i c_i x_i", "x_i") == [
        ("∂(Σⱼ cⱼ xⱼ)/∂xᵢ", "renaming the index i to j"),
        ("Σⱼ ∂(cⱼ xⱼ)/∂xᵢ", "using the sum rule"),
        ("Σⱼ cⱼ · ∂xⱼ/∂xᵢ", "using the constant factor rule"),
        ("Σⱼ cⱼ δⱼᵢ", "using the derivative of an entry by an entry"),
        ("cᵢ", "δ picks out j = i"),
    ]


@pytest.mark.parametrize(
    ("text", "by", "condition"),
    [
        ("sum(a_i^2, i = 1..n)",     "a_k",   ["1 ≤ k ≤ n"]),
        ("sum(a_i^2, i = 0..n - 1)", "a_k",   ["0 ≤ k ≤ n − 1"]),
        ("sum(a_i^2, i = 1..5)",     "a[3]",  []),
        ("sum(a_i^2, i = 1..n)",     "a[1]",  ["1 ≤ n"]),
        ("sum_i a_i^2",              "a[2]",  ["2 ≤ n"]),
        ("sum_i a_i^2",              "a_k",   []),
    ],
)  # fmt: skip
def test_what_an_index_must_be_is_said(text: str, by: str, condition: list[str]) -> None:
    found = derivex.diff(text, by=by).derivation
    assert relations_as_text(found.conditions, WRITER) == condition
    last = list(found.lines())[-1].says
    assert last == "δ picks out i = " + by.strip("a_[]") + "".join(
        f", where {c}" for c in condition
    )


def test_an_entry_beyond_the_bounds_is_not_there() -> None:
    *_, (text, says) = steps_of("sum(a_i^2, i = 1..3)", "a[7]")
    assert (text, says) == ("0", "no term has i = 7")


def test_a_running_bound_is_no_condition() -> None:
    # Σ_{j≤i} is picked out of only where k ≤ i, which is not so for every i.
    found = derivex.diff("sum(sum(x_j y_i, j = 1..i), i = 2..n)", by="x_k")
    assert (
        found.to_text().splitlines()[-1].split("     ")[0]
        == "  = sum(sum(yᵢ δⱼₖ, j = 1..i), i = 2..n)"
    )


def test_no_derivative_by_a_column() -> None:
    with pytest.raises(ProblemError, match=r"^x is a column of data"):
        derivex.diff("mean(s x)", by="x", data={"x": [1, 2]})
    found = derivex.diff("sum_i x_i^2", by="x_2", data={"x": [1, 2]}, at="t = 1")
    assert str(found.result) == "4"


@pytest.mark.parametrize(("text", "by"), [("sum_i a_i^2", "a"), ("x^{(i)} + 1", "x")])
def test_no_derivative_by_what_has_entries(text: str, by: str) -> None:
    with pytest.raises(ProblemError, match=f"^{by} is not one number: it has entries"):
        derivex.diff(text, by=by)


def test_a_product_is_derived_where_no_factor_is_zero() -> None:
    _, (_, says), *_ = [
        (line.text, line.says) for line in derivex.diff("prod(x + i, i = 1..n)", by="x").lines()
    ]
    assert says == "using the product rule, where x + i ≠ 0"


def test_dots_are_written_with_an_index_in_a_step() -> None:
    first, second, third, *_ = derivex.diff("w_1^2 + w_2^2 + ... + w_n^2", by="w_i").lines()
    assert first.text == "∂(w₁² + w₂² + … + wₙ²)/∂wᵢ"
    assert (second.text, second.says) == (
        "∂sum(wᵢ², i = 1..n)/∂wᵢ",
        "writing the dots with an index",
    )
    assert (third.text, third.says) == ("∂sum(wⱼ², j = 1..n)/∂wᵢ", "renaming the index i to j")


def test_an_entry_by_the_index_of_a_sum_around_is_not_picked_out() -> None:
    # Σ_{i=1}^m of ∂/∂a_i Σ_{i=1}^n a_i² is 2 Σ a_i only where m is at most n.
    found = derivex.diff("x sum(d/da_i sum(a_i^2, i = 1..n), i = 1..m)", by="x")
    assert "δ" in found.to_text().splitlines()[-1]


@pytest.mark.parametrize(
    ("text", "at", "value"),
    [
        ("sum_i (x^{(i)})^2 t",            {"t": 1},         "14"),
        ("sum(x_i t, i = 1..3)",           {"t": 1},         "6"),
        ("sum(x_i t, i = 2..n)",           {"t": 1},         "5"),
        ("sum(x_i t, i = 1..m)",           {"t": 1, "m": 2}, "3"),
        ("prod_i (t + x_i)",               {"t": 0},         "11"),
        ("mean(t^2 x)",                    {"t": 1},         "4"),
        ("sum(t x_i, i = 3..2)",           {"t": 1},         "0"),
        ("sum((t)^i, i = 0..n)",           {"t": 2},         "17"),
    ],
)  # fmt: skip
def test_sums_over_data(text: str, at: dict[str, int], value: str) -> None:
    found = derivex.diff(text, by="t", at=at, data={"x": [1, 2, 3]})
    assert str(found.result) == value


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("sum_i c_i x_i", "x_i"),
        ("sum_i sum_j x_i A_ij x_j", "x_k"),
        ("prod(x + i, i = 1..n)", "x"),
        ("sum_i (x^{(i)})^2", "x^{(k)}"),
        ("sum(a_i^2, i = 1..n)", "a_k"),
        ("mean((s a + b)^2)", "s"),
        ("w_1^2 + w_2^2 + ... + w_n^2", "w_i"),
    ],
)
def test_records_come_back(text: str, by: str) -> None:
    found = derivex.diff(text, by=by)
    again = derivex.Derivative.from_json(found.to_json())
    assert again == found
    assert [line.says for line in again.lines()] == [line.says for line in found.lines()]
    again.replay()


@pytest.mark.parametrize("text", ["sum_i i x", "sum_i a_i^2", "a_i + 1", "delta_ik"])
def test_no_derivative_by_an_index(text: str) -> None:
    with pytest.raises(ProblemError, match=r"^i is (an|the) index"):
        derivex.diff(text, by="i")


def test_a_free_letter_of_the_same_name_as_an_index_is_a_variable() -> None:
    assert steps_of("i sum_i a_i", "i")[-1][0] == "Σᵢ aᵢ"


# -- random indexed sums, entry by entry against values ------------------------------------------

FACTORS = ("x_i", "x_i^2", "c_i", "(x_i - b)", "sin(x_i)", "sum_j A_ij x_j", "(1 + sum_j x_j)", "2")


@settings(max_examples=40, deadline=None)
@given(
    terms=st.lists(
        st.lists(st.sampled_from(FACTORS), min_size=1, max_size=3), min_size=1, max_size=2
    ),
    k=st.integers(1, 3),
    bounded=st.booleans(),
)
@pytest.mark.unchecked
def test_random_sums_entry_by_entry(terms: list[list[str]], k: int, bounded: bool) -> None:
    body = " + ".join(" * ".join(factors) for factors in terms)
    text = f"sum({body}, i = 1..3)" if bounded else f"sum_i ({body})"
    found = derivex.diff(text, by="x_k")
    assert found.derivation.stuck == ()
    wanted = read_text(f"d/dx_k {text}", Scope(functions=FUNCTIONS)).expression
    # At each k by itself: what the rules say of x_k must hold for every entry.
    at: dict[Basic, Basic] = {symbol("k"): integer(k)}
    left, right = (substitute(side, at) for side in (wanted, found.expression))
    enough = [AtMost(integer(k), COUNT)]
    verdict = judge(left, right, FUNCTIONS, conditions=enough, seconds=5)
    assert verdict.holds, f"{text} by x_{k}: {WRITER.write(right)}: {verdict}"


def test_a_sum_between_numbers_is_written_out_at_a_point() -> None:
    found = derivex.diff("sum(i t^2 a_i, i = 1..2)", by="t", at="t = 1")
    assert found.to_text().splitlines()[-1].split("     ")[0] == "  = 2(a[1] + 2a[2])"
    assert any("writing the terms out" in line.says for line in found.lines())
