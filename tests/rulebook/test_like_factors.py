"""Powers of a number beside the number itself, which is no power."""

from __future__ import annotations

import pytest

import derivex
from derivex.equality import judge
from derivex.expression import Node
from derivex.notation import Scope, read_text
from derivex.rulebook import shipped_book
from derivex.rulebook.procedures.collecting import like_factors


@pytest.mark.parametrize(
    "text",
    ["2^(-1) x * 2 * 2^(-1)", "2^(-1) (x/2) * 2 * 2^(-1)", "3^x * 3 * 3^x", "x^2 * 2 * x * 2^3"],
)
def test_the_value_stays(text: str) -> None:
    node = read_text(text, Scope()).expression
    assert isinstance(node, Node)
    made = like_factors(node)
    if made is not None:
        assert judge(node, made, shipped_book().functions).holds


def test_in_a_derivative() -> None:
    found = derivex.diff("hypot(x, 2^(-1) (x/2 * 2))", by="x")
    assert judge(found.expression, found.derivation.result, shipped_book().functions).holds
