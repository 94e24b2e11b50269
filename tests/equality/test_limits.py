"""The values of limits: extrapolated, compared, never taken for a proof."""

from __future__ import annotations

import pytest

from derivex.equality import judge
from derivex.notation import Scope, read_text
from derivex.rulebook import shipped_book

BOOK = shipped_book()
SCOPE = Scope(functions=BOOK.functions)


def verdict_of(left: str, right: str):  # type: ignore[no-untyped-def]
    sides = [read_text(side, SCOPE).expression for side in (left, right)]
    return judge(*sides, BOOK.functions)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("lim_{h->0} ((x + h)^2 - x^2)/h", "2x"),
        ("lim_{h->0} ((x + h)^2 - x^2)/h", "d/dx x^2"),
        ("lim_{h->0} (f(x + h) - f(x))/h", "d/dx f(x)"),
        ("lim_{h->0} (f(x + h, y) - f(x, y))/h", "d/dx f(x, y)"),
        ("lim_{h->0} sin(h)/h", "1"),
        ("lim_{h->0} (1 - cos h)/h^2", "1/2"),
        ("lim_{h->0} (sqrt(x + h) - sqrt(x))/h", "1/(2 sqrt(x))"),
        ("lim_{h->0} (log(x + h) - log(x))/h", "1/x"),
        ("lim_{h->0} (a^h - 1)/h", "log(a)"),
        ("lim_{h->0+} |h|/h", "1"),
        ("lim_{h->0-} |h|/h", "-1"),
        ("lim_{t->x} (t^3 - x^3)/(t - x)", "3x^2"),
        ("d/dx lim_{h->0} (x + h)^3", "3x^2"),
        ("lim_{h->0} lim_{k->0} (x + h + k)^2", "x^2"),
        ("lim_{h->0} sum_i (a_i + h)^2", "sum_i a_i^2"),
    ],
)
def test_equal_limits_are_tested_not_proven(left: str, right: str) -> None:
    assert verdict_of(left, right).kind == "tested"


@pytest.mark.parametrize(
    ("left", "right", "witness"),
    [
        ("lim_{h->0} sin(h)/h", "0", "left 1, right 0"),
        ("lim_{h->0} ((x + h)^2 - x^2)/h", "2x + 1", "at x = 2: left 4, right 5"),
        ("lim_{h->0} (1 - cos h)/h", "1/1000000", "left 0, right 1/1000000"),
        ("lim_{h->0+} |h|/h", "lim_{h->0-} |h|/h", "left 1, right -1"),
        ("lim_{h->0} log(|h|)", "1", "left -∞, right 1"),
        ("lim_{h->0} 1/h^2", "0", "left ∞, right 0"),
    ],
)
def test_different_limits_have_a_witness(left: str, right: str, witness: str) -> None:
    verdict = verdict_of(left, right)
    assert verdict.kind == "wrong"
    assert str(verdict.witness).replace("1e-6", "1/1000000") == witness


@pytest.mark.parametrize(
    "limit",
    ["|h|/h", "1/h", "sin(1/h)", "1/log(|h|)", "log(h)"],
)
def test_where_there_is_no_limit_nothing_is_said(limit: str) -> None:
    for value in ("0", "1", "-1"):
        assert verdict_of(f"lim_{{h->0}} {limit}", value).kind == "undecided"


def test_a_pole_that_drowns_in_huge_values_is_no_limit() -> None:
    # At x = 77 the values of e^(2x) hide that the quotient grows like 1/h.
    verdict = verdict_of("lim_{h->0} (e^(2x + 2h) + 1 - e^(2x))/h", "2e^(2x)")
    assert verdict.kind == "undecided"
    assert "no limit was found" in verdict.reason


@pytest.mark.parametrize(
    ("left", "right", "basis"),
    [
        ("lim_{h->0} sin(h)/h", "1", "agrees to 77 digits"),
        ("int_0^2 3x^2 dx", "8", "agrees to 19 digits"),
        ("lim_{h->0} ((x + h)^2 - x^2)/h", "2x", "agrees at 4 random points"),
    ],
)
def test_what_an_equality_rests_on_is_said(left: str, right: str, basis: str) -> None:
    assert verdict_of(left, right).basis == basis
