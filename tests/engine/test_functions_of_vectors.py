"""Functions that are defined for whole vectors: their calls, and what is filled in for them."""

from __future__ import annotations

import pytest

import derivex

LET = ["w: n, x: n, A: m by n, C: n by n, b: m, y: m", "R(w) = ||w||^2", "f(x) = A x + b"]

GRADIENTS = [
    ("R(w)",                         "2w"),
    ("R(C w + x)",                   "2Cᵀ(Cw + x)"),
    ("||A w - y||^2 + lambda R(w)",  "2Aᵀ(Aw − y) + 2λ w"),
    ("R(w)/2",                       "w"),
    ("w·x R(x)",                     "‖x‖² x"),
]  # fmt: skip


@pytest.mark.parametrize(("function", "result"), GRADIENTS)
def test_a_number_of_a_vector(function: str, result: str) -> None:
    found = derivex.gradient(function, by="w", let=LET)
    assert found.partials[0].lines()[-1].text == result
    found.replay()


def test_the_argument_takes_the_place_of_the_parameter() -> None:
    assert derivex.jacobian("f(2x)", by="x", let=LET).lines()[-1].text == "2A"


def test_a_lesson_knows_them_by_their_name_alone() -> None:
    lesson = derivex.Lesson()
    lesson("let w: n")
    lesson("let R(w) = ||w||^2")
    lesson("gradient of R by w")
    assert lesson("expect result = 2w").holds


@pytest.mark.parametrize(
    ("function", "by", "result"),
    [
        ("crossentropy(t, softmax(z))", "z", "−(t − (t·𝟏) softmax(z))"),
        ("crossentropy(t, softmax(W v + c))", "c", "−(t − (t·𝟏) softmax(Wv + c))"),
        ("crossentropy(t, softmax(W v))", "W", "−(t − (t·𝟏) softmax(Wv)) vᵀ"),
    ],
)
def test_the_cross_entropy_of_vectors(function: str, by: str, result: str) -> None:
    found = derivex.gradient(function, by=by, let="t: k, z: k, c: k, W: k by n, v: n")
    assert found.partials[0].lines()[-1].text == result
    assert "−Σ t_k log(p_k)" in found.notes[0]
