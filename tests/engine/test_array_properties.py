"""Random numbers made of vectors and matrices: their gradients and Hessians, judged by entries."""

from __future__ import annotations

from random import Random

import pytest

import derivex
from derivex.equality import judge
from derivex.rulebook import shipped_book

BOOK = shipped_book()
LET = "X: n by d, w: d, a: d, y: n, A: d by d, S: d by d symmetric"
VECTORS = ("w", "a", "A w", "X^T y", "w ⊙ a", "exp(w)", "2w", "softmax(w)", "(w + a)", "A^-1 w",
           "X^T (X w - y)", "S w", "(a·w) w", "sin(A w)", "w/c", "diag(a) w")  # fmt: skip
NUMBERS = ("({0})·({1})", "‖{0}‖^2", "‖{0} - {1}‖^2", "({0})_1", "({0})^T A ({1})", "logsumexp({0})",
           "log(1 + e^(-({0})·({1})))", "tr(({0}) ({1})^T)", "1/(1 + ‖{0}‖^2)", "sqrt(1 + ‖{0}‖^2)",
           "c (({0})·({1}))")  # fmt: skip
WHOLE = ("{0}", "{0} + {1}", "({0}) ({1})", "({0})/(2 + ({1})^2)", "sin({0}) - {1}", "({0})^2")


def random_number(random: Random) -> str:
    def number() -> str:
        return random.choice(NUMBERS).format(random.choice(VECTORS), random.choice(VECTORS))

    return random.choice(WHOLE).format(number(), number())


@pytest.mark.parametrize("seed", range(24))
def test_the_gradient_is_that_of_the_entries(seed: int) -> None:
    random = Random(seed)
    text = random_number(random)
    by = random.choice(("w", "w", "A"))
    found = derivex.gradient(text, by=by, let=LET)
    (partial,) = found.partials
    verdict = judge(partial.derivation.start, partial.expression, BOOK.functions, seconds=1)
    assert verdict.kind != "wrong", f"{text} by {by}: {verdict}"
    assert found.status.value == "finished", text
    found.to_latex()
