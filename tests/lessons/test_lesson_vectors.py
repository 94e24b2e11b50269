"""Names that stand for vectors in a lesson have the shapes of what they stand for."""

from __future__ import annotations

import pytest

from derivex.lessons import read_lesson, run_lesson
from derivex.rulebook import shipped_book


def expectations(*statements: str) -> list[bool]:
    text = "\n".join(("```derivex", *statements, "```", ""))
    finished = run_lesson(read_lesson(text, "vectors.md"), shipped_book())
    return [expectation.holds for expectation in finished.expectations]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("x·y", "3"),
        ("||y||^2", "5"),
        ("2 x + y", "[7, 2]"),
        ("x^T y / ||x||", "1"),
        ("acos((x·x)/(||x|| ||x||))", "0"),
    ],
)
def test_names_for_vectors(formula: str, value: str) -> None:
    defined = ("let x = [3, 0]", "let y = [1, 2]", f"evaluate {formula}")
    assert expectations(*defined, f"expect result = {value}") == [True]
    assert expectations(*defined, f"expect result = {value} + {value}") == [
        formula.startswith("acos")
    ]


def test_a_name_can_stand_for_a_formula_with_vectors() -> None:
    declared = ("let X: n by d, theta: d, y: n", "let r = X theta - y")
    asked = ("gradient of ||r||^2 by theta", "expect result = 2 X^T r")
    assert expectations(*declared, *asked) == [True]


def test_a_later_definition_goes_before_an_older_one() -> None:
    statements = ("let x = [3, 0]", "let x = 2", "evaluate x^2", "expect result = 4")
    assert expectations(*statements) == [True]
