"""Random sums over an index, term by term, against differences of their values.

The values come from a small evaluator of its own, so that nothing is shared with the engine.
"""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy import Integer, Symbol
from sympy.core.basic import Basic

import derivex
from derivex.expression import (
    Apply,
    At,
    Delta,
    Dotted,
    E,
    Negative,
    Over,
    Plus,
    Power,
    Product,
    Times,
    Total,
)
from derivex.notation import Scope, read_text
from derivex.rulebook import shipped_book

FUNCTIONS = shipped_book().functions
STEP = 1e-5
Names = dict[str, float]


def entry(base: str, *indices: int) -> str:
    return f"{base}{list(indices)}"


def value(node: Basic, names: Names, count: int) -> float:
    """The value of a written tree, where names hold letters, entries and bound indices."""

    def of(part: Basic) -> float:
        return value(part, names, count)

    if isinstance(node, Dotted):
        return of(node.args[0])
    if node is E:
        return math.e
    if isinstance(node, Symbol):
        return names[node.name]
    if isinstance(node, Integer):
        return float(node.p)
    if isinstance(node, Plus):
        return math.fsum(map(of, node.args))
    if isinstance(node, Times):
        return math.prod(map(of, node.args))
    if isinstance(node, Negative):
        return -of(node.args[0])
    if isinstance(node, Over):
        return of(node.args[0]) / of(node.args[1])
    if isinstance(node, Power):
        return float(of(node.args[0]) ** of(node.args[1]))
    if isinstance(node, Apply):
        return getattr(math, node.args[0].name)(of(node.args[1]))
    if isinstance(node, At):
        return names[entry(node.args[0].name, *(round(of(index)) for index in node.args[1:]))]
    if isinstance(node, Delta):
        return float(of(node.args[0]) == of(node.args[1]))
    if isinstance(node, (Total, Product)):
        body, index, *bounds = node.args
        lower, upper = map(of, bounds) if bounds else (1, count)
        terms = [
            value(body, {**names, index.name: number}, count)
            for number in range(round(lower), round(upper) + 1)
        ]
        return math.fsum(terms) if isinstance(node, Total) else math.prod(terms)
    raise AssertionError(f"no value for {node!r}")


def point(count: int, seed: int) -> Names:
    """Some numbers between 1/2 and 3/2 for all names, from a recurrence."""
    state = seed + 17

    def number() -> float:
        nonlocal state
        state = state * 1103515245 + 12345 & 0x7FFFFFFF
        return float(Fraction(state, 0x7FFFFFFF)) + 0.5

    names = {name: number() for name in ("s", "b", "x", "t")}
    for base in "xach":
        names |= {entry(base, i): number() for i in range(count + 3)}
    names |= {entry("A", i, j): number() for i in range(count + 3) for j in range(count + 3)}
    return {**names, "n": float(count)}


class Slope:
    """A formula and its derivative, to be compared at points."""

    def __init__(self, text: str, by: str):
        self.found = derivex.diff(text, by=by)
        assert self.found.derivation.stuck == ()
        self.tree = read_text(text, Scope(functions=FUNCTIONS).declare("x")).expression

    def check(self, moved: str, count: int, seed: int, free: dict[str, int]) -> None:
        names = {**point(count, seed), **free}
        up = value(self.tree, {**names, moved: names[moved] + STEP}, count)
        down = value(self.tree, {**names, moved: names[moved] - STEP}, count)
        slope = value(self.found.expression, names, count)
        wanted = pytest.approx((up - down) / (2 * STEP), rel=1e-5, abs=1e-6)
        assert slope == wanted, self.found.to_text()


FACTORS = (
    *("x_i", "x_i^2", "c_i", "(x_i - b)", "sin(x_i)", "e^(x_i/2)", "1/(1 + x_i^2)", "2", "i"),
    *(
        "sum_j A_ij x_j",
        "(1 + sum_j x_j)",
        "log(2 + sum_j x_j^2)",
        "sum_i x_i",
        "x_k",
        "prod_j x_j",
    ),
    *("sum(x_j, j = 1..i)", "sum(x_j c_i, j = i..n)"),
)


@st.composite
def bodies(draw: st.DrawFn) -> str:
    """A summand with the index i, a sum of products."""
    factors = st.lists(st.sampled_from(FACTORS), min_size=1, max_size=3)
    terms = draw(st.lists(factors, min_size=1, max_size=2))
    return " + ".join(" * ".join(f"({factor})" for factor in factors) for factors in terms)


@settings(max_examples=20, deadline=None)
@given(body=bodies(), bounded=st.booleans(), index=st.sampled_from("kim"), seed=st.integers(0, 99))
@pytest.mark.unchecked
def test_random_sums_by_an_entry(body: str, bounded: bool, index: str, seed: int) -> None:
    text = f"sum({body}, i = 1..n)" if bounded else f"sum_i ({body})"
    slope = Slope(text, f"x_{index}")
    for count in (1, 2, 3):
        for number in range(1, count + 1):
            slope.check(entry("x", number), count, seed, {"k": 1, index: number})


@settings(max_examples=12, deadline=None)
@given(
    body=st.lists(
        st.sampled_from(("(x + i)", "x^2", "(2 + sin(x))", "c_i", "(s + x)^2")), min_size=1
    ),
    sign=st.sampled_from(("sum", "prod")),
    seed=st.integers(0, 99),
)
@pytest.mark.unchecked
def test_random_sums_and_products_by_a_letter(body: list[str], sign: str, seed: int) -> None:
    text = f"{sign}({' * '.join(body[:3])}, i = 1..n)"
    slope = Slope(text, "x")
    for count in (1, 2, 3):
        slope.check("x", count, seed, {})


@pytest.mark.parametrize(
    ("text", "by", "moved"),
    [
        ("sum_i a_i^2",                            "a_k",  "a[2]"),
        ("sum_i c_i x_i",                          "x_i",  "x[1]"),
        ("sum_i sum_j x_i A_ij x_j",               "x_k",  "x[2]"),
        ("sum_i (sum_j A_ij x_j - h_i)^2",         "x_k",  "x[2]"),  # (Ax − h)ᵀ(Ax − h)
        ("log sum_j e^(x_j)",                      "x_k",  "x[2]"),
        ("e^(x_i)/sum_j e^(x_j)",                  "x_k",  "x[2]"),
        ("e^(x_k)/sum_j e^(x_j)",                  "x_k",  "x[2]"),
        ("-log(e^(x_i)/sum_j e^(x_j))",            "x_k",  "x[2]"),
        ("-sum_i c_i log(e^(x_i)/sum_j e^(x_j))",  "x_k",  "x[2]"),
        ("sum((x_{i+1} - x_i)^2, i = 1..n)",       "x_k",  "x[2]"),
        ("sum(sum(c_i x_j^2, j = i..n), i = 1..n)", "x_k", "x[2]"),
        ("1/2 sum_i (s a_i + b - h_i)^2",          "s",    "s"),
        ("prod_i (1 + x_i)",                       "x_k",  "x[2]"),
        ("sum_i sum_j (A_ij - a_i c_j)^2",         "A_kl", "A[2, 3]"),
        ("sum_i sum_j (A_ij - a_i c_j)^2",         "a_k",  "a[2]"),
        ("sqrt(x_1^2 + x_2^2 + ... + x_n^2)",      "x_k",  "x[2]"),
    ],
)  # fmt: skip
def test_known_sums(text: str, by: str, moved: str) -> None:
    Slope(text, by).check(moved, 3, 5, {"k": 2, "l": 3, "i": 1})
