"""What is tried on a node: only what its head and the kinds of its operands allow."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression import Apply, Negative, function_name, symbol
from derivex.rulebook import shipped_book

TIDYING = shipped_book().table("arithmetic", "facts", "tidying")
x = symbol("x")


def tried(node: Basic) -> list[str]:
    return [entry.rule.name for entry in TIDYING.candidates(node)]


def test_rules_about_one_function_are_not_tried_on_another() -> None:
    of_negative = "absolute-value-of-negative"
    assert of_negative in tried(Apply(function_name("abs"), Negative(x)))
    assert tried(Apply(function_name("cos"), Negative(x))) == ["function-of-numbers"]
