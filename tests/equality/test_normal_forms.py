"""Equalities of elementary functions that are proven, and some that must not be."""

from __future__ import annotations

from itertools import product

import pytest

from derivex.equality import judge
from derivex.notation import Scope, read_relation
from derivex.rulebook import shipped_book

PROVEN = """\
sin(x)^2 + cos(x)^2 = 1
sin(x + y) = sin x cos y + cos x sin y
cos(3x) = 4 cos(x)^3 - 3 cos(x)
sin x = 2 sin(x/2) cos(x/2)
sin(pi/2 - x) = cos x
tan(x)^2 + 1 = sec(x)^2
d/dx tan x = sec(x)^2
d/dx log(x) = 1/x
d/dx log(cos x) = -tan x
d/dx x^x = x^x (log x + 1)
d/dx 2^x = 2^x log 2
d/dx x^n = n x^(n - 1)
d/dx x^(1/5) = 1/5 x^(-4/5)
d/dx sqrt(4x - 3) = 2/sqrt(4x - 3)
d/dx arcsin(x/2) = 1/sqrt(4 - x^2)
d/dx arctan(1/x) = -1/(1 + x^2)
d/dx |x| = x/|x|
d/dx d/dx sin(x^2) = 2 cos(x^2) - 4x^2 sin(x^2)
d/dz 1/(1 + exp(-z)) = exp(z)/(1 + exp(z))^2
exp(z)/(1 + exp(z))^2 = 1/(exp(z/2) + exp(-z/2))^2
tanh(x) = (e^(2x) - 1)/(e^(2x) + 1)
exp(x + y) = exp(x) exp(y)
e^(2 log x) = x^2
exp(log(x)/2) = sqrt(x)
log(e^x) = x
log(8) = 3 log 2
log(2x) = log 2 + log x
sqrt(8) = 2 sqrt(2)
sqrt(x)^2 = x
1/(sqrt(x) - 1) = (sqrt(x) + 1)/(x - 1)
max(x, y) = (x + y + |x - y|)/2
sum(b, i = 1..n) = n b
sum(2 (y[i] - w x[i]) x[i], i = 1..m) = 2 sum(x[i] y[i], i = 1..m) - 2w sum(x[i]^2, i = 1..m)
sum(x[i]/s^2, i = 1..n) = sum(x[k], k = 1..n)/s^2
d/dw sum((y[i] - w x[i])^2, i = 1..m) = -2 sum((y[i] - w x[i]) x[i], i = 1..m)
sum_i (a_i - m)^2 = sum_i a_i^2 - 2m sum_i a_i + n m^2
d/dt sum(exp(t x[i]), i = 1..n) = sum(x[i] exp(t x[i]), i = 1..n)
"""

# Equal only for some values, or not at all.
NOT_PROVEN = """\
sqrt(x^2) = x
sqrt(x^2) = |x|
log(x^2) = 2 log x
log(x y) = log x + log y
sqrt(x) sqrt(y) = sqrt(x y)
|x^n| = x^n
sqrt(x^n) = x^(n/2)
(x^2)^n = (-x)^(2n)
arcsin(sin x) = x
arctan(tan x) = x
sin(2x) = 2 sin x
exp(x y) = exp(x) exp(y)
sum(x[i]^2, i = 1..n) = sum(x[i], i = 1..n)^2
sum(x[i] y[i], i = 1..n) = sum(x[i], i = 1..n) sum(y[i], i = 1..n)
sum(b, i = 1..n) = b
sum(x[i], i = 1..n) = sum(x[i], i = 0..n)
sum(i, i = 1..n) = n^2
"""


def kind(text: str) -> str:
    book = shipped_book()
    left, right = read_relation(text, Scope(functions=book.functions)).expression.args
    return judge(left, right, book.functions).kind


@pytest.mark.parametrize("text", PROVEN.splitlines())
def test_proven(text: str) -> None:
    assert kind(text) == "proven"


@pytest.mark.parametrize("text", NOT_PROVEN.splitlines())
def test_not_proven(text: str) -> None:
    assert kind(text) != "proven"


def test_only_equal_functions_of_a_family_are_proven_equal() -> None:
    """All pairs of a family in which every function is written twice."""
    family = [
        ("sin(x) cos(x)", "sin(2x)/2"),
        ("sin(x)^2", "(1 - cos(2x))/2"),
        ("cos(x)^2", "(1 + cos(2x))/2"),
        ("e^x + e^(-x)", "2 cosh(x)"),
        ("e^x - e^(-x)", "2 sinh x"),
        ("sqrt(x) x", "x^(3/2)"),
        ("x^(1/3)", "(x^(1/6))^2"),
        ("log(x/2)", "log x - log 2"),
        ("|2x|", "2|x|"),
        ("x^(2n)", "(x^n)^2"),
    ]
    for (row, left), (column, right) in product(
        enumerate(each for pair in family for each in pair), repeat=2
    ):
        same = row // 2 == column // 2
        assert (kind(f"{left} = {right}") == "proven") == same, (left, right)
