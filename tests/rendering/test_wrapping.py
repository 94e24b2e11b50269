"""Sentences with formulas in them, wrapped."""

from __future__ import annotations

import pytest

from derivex.rendering.wrapping import wrap_sentence

WRAPPED = [
    # sentence, width, lines
    ("divide both sides by a − b", 22, ["divide both sides by", "a − b"]),
    ("this holds if Σᵢ aᵢ² ≠ 0", 20, ["this holds if", "Σᵢ aᵢ² ≠ 0"]),
    ("put in x = f(a + b), y = 1", 20, ["put in x = f(a + b),", "y = 1"]),
    # what is too long for a line breaks outside of brackets first, then anywhere
    ("by (a + b) + (c + d)", 10, ["by (a + b)", "+ (c + d)"]),
    ("by f(a + b + c + d)", 8, ["by f(a", "+ b + c", "+ d)"]),
    ("by f(aaaaaaaaaaaa)", 8, ["by", "f(aaaaaaaaaaaa)"]),
    ("a) b (c d", 20, ["a) b (c d"]),
    ("", 20, []),
]


@pytest.mark.parametrize(("sentence", "width", "lines"), WRAPPED)
def test_a_formula_goes_to_the_next_line_as_a_whole(
    sentence: str, width: int, lines: list[str]
) -> None:
    assert wrap_sentence(sentence, width) == lines


def test_lines_are_set_in() -> None:
    assert wrap_sentence("using x = 1, y = 2", 12, "* ", "  ") == ["* using", "  x = 1,", "  y = 2"]
