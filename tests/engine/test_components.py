"""Gradients by components: written out, differentiated with δ, and put together again."""

from __future__ import annotations

import pytest

import derivex
from derivex.equality import judge
from derivex.errors import ProblemError
from derivex.expression.array_nodes import Nabla
from derivex.notation import TextWriter
from derivex.rulebook import shipped_book

BOOK = shipped_book()
LET = (
    "X: n by d, w: d, y: n, x: d, z_i: d, A: d by d, B: m by n, b: d",
    "J = 1/2 ‖X w - y‖^2",
)

# What is differentiated by w, the entry that comes out, and the vector that it is the entry of.
TABLE = [
    ("‖w‖^2",                     "2wₖ",                                     "2w"),
    ("w·x",                       "xₖ",                                      "x"),
    ("w^T x",                     "xₖ",                                      "x"),
    ("b^T A w",                   "sum(bᵢ Aᵢₖ, i = 1..d)",                   "Aᵀb"),
    ("w^T A w",                   "sum(Aₖⱼ wⱼ, j = 1..d) + sum(wᵢ Aᵢₖ, i = 1..d)", "Aw + Aᵀw"),
    ("‖X w - y‖^2",               "2 sum((sum(Xᵢⱼ wⱼ, j = 1..d) − yᵢ) Xᵢₖ, i = 1..n)", "2Xᵀ(Xw − y)"),
    ("J",                         "sum((sum(Xᵢⱼ wⱼ, j = 1..d) − yᵢ) Xᵢₖ, i = 1..n)", "Xᵀ(Xw − y)"),
    ("‖X w - y‖^2 + c ‖w‖^2",     None,                                      "2Xᵀ(Xw − y) + 2c w"),
    ("‖B (X w - y)‖^2",           None,                                      None),
    ("(w·x)^2",                   "2 sum(wᵢ xᵢ, i = 1..d) xₖ",               "2(w·x) x"),
    ("log(1 + e^(-t (w·x)))",     None,                                      "−t e^(−t (w·x)) x/(1 + e^(−t (w·x)))"),
    ("1/n sum_i (w·z_i + c - y_i)^2", None,                                  "(2 Σᵢ (w·zᵢ + c − yᵢ) zᵢ)/n"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "entry", "vector"), TABLE)
def test_table(text: str, entry: str | None, vector: str | None) -> None:
    found = derivex.gradient(text, by="w", let=LET, components=True)
    write = TextWriter().write
    lines = [line.text for line in found.partials[0].lines()]
    if entry is not None:
        assert entry in lines[-2:]
    if vector is not None:
        assert write(found.record.row) == vector
        plain = derivex.gradient(text, by="w", let=LET)
        assert judge(found.record.row, plain.record.row, BOOK.functions).holds
    (variable,) = found.record.by
    if found.record.vector is not None and text != "J":
        start = Nabla(found.record.expression, variable)
        assert judge(start, found.record.row, BOOK.functions).holds
    partial = found.partials[0]
    assert derivex.Derivative.from_json(partial.to_json()).derivation == partial.derivation


@pytest.mark.parametrize(
    ("text", "by", "said"),
    [
        ("log det A", "A", "a gradient by components is taken by one vector"),
        ("logsumexp(w)", "w", "logsumexp"),
        ("‖w‖", "w", "‖w‖"),
        ("x^T A^-1 w", "w", "A⁻¹"),
        ("c w^T w", "c", "a gradient by components is taken by one vector"),
    ],
)
def test_what_has_no_components_here(text: str, by: str, said: str) -> None:
    with pytest.raises(ProblemError) as caught:
        derivex.gradient(text, by=by, let=LET, components=True)
    assert said in str(caught.value)
