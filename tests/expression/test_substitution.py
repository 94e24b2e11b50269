"""What is put in under a Σ never gets caught by its index."""

from __future__ import annotations

import pytest

from derivex.expression import substitute
from derivex.notation import TextWriter, read_names, read_text


@pytest.mark.parametrize(
    ("text", "old", "new", "expected"),
    [
        ("sum_i a_i x",        "x", "y",   "Σᵢ aᵢ y"),
        ("sum_i a_i x",        "x", "i",   "Σⱼ aⱼ i"),
        ("sum_i a_i x",        "i", "y",   "Σᵢ aᵢ x"),
        ("i sum_i a_i",        "i", "y",   "y Σᵢ aᵢ"),
        ("sum_i a_i",          "x", "i",   "Σᵢ aᵢ"),
        ("sum(a_i, i = 1..i)", "i", "k",   "sum(aᵢ, i = 1..k)"),
        # The new index must not be one that is replaced itself.
        ("sum_i a_i a_j",      "j", "i",   "Σₖ aₖ aᵢ"),
        ("sum_i sum_k a_i b_k c_j", "j", "i", "Σₖ Σₗ aₖ bₗ cᵢ"),
        ("prod_i (a_j + a_i)", "j", "i",   "Πₖ (aᵢ + aₖ)"),
    ],
)  # fmt: skip
def test_substitution_under_an_index(text: str, old: str, new: str, expected: str) -> None:
    ((before,), (after,)) = read_names(old), read_names(new)
    assert TextWriter().write(substitute(read_text(text).expression, {before: after})) == expected
