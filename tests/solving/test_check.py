"""Solutions put back into their equations."""

from __future__ import annotations

import pytest

import derivex

SUBSTITUTED = [
    # equations, unknowns, what the first check says
    ("2x + y = 3, x - y = 0", "x,y", "substituting x = 1, y = 1"),
    # a long value stands above, and its name says enough
    ("(a + b) x + (p - q) y = p + q, x - 2y = c + d", "x,y", "substituting x and y"),
    ("x/(a + b + c + d) = p + q + r", "x", "substituting x"),
]


@pytest.mark.parametrize(("equations", "unknowns", "says"), SUBSTITUTED)
def test_a_check_says_what_is_put_in(equations: str, unknowns: str, says: str) -> None:
    text = derivex.solve(equations, by=unknowns.split(",")).to_text()
    assert says in (line.split("     ")[-1].strip() for line in text.splitlines())
