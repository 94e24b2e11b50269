"""What is tried on a node: only what its head and the kinds of its operands allow."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression import (
    Apply,
    D,
    FunctionName,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    function_name,
    symbol,
)
from derivex.rulebook import shipped_book
from derivex.rulebook.outermost import SIGNS

TIDYING = shipped_book().table("arithmetic", "facts", "tidying")
x = symbol("x")


def tried(node: Basic) -> list[str]:
    return [entry.rule.name for entry in TIDYING.candidates(node)]


def test_rules_about_one_function_are_not_tried_on_another() -> None:
    of_negative = "absolute-value-of-negative"
    assert of_negative in tried(Apply(function_name("abs"), Negative(x)))
    assert tried(Apply(function_name("cos"), Negative(x))) == ["function-of-numbers"]


def test_what_a_text_calls_is_what_its_formula_has_at_its_head() -> None:
    """Formulas are passed over by their texts: no text may promise what its formula does not keep."""
    promised = 0
    for rule in shipped_book.__wrapped__().rules.values():
        names = rule.calls
        for form in rule.forms if names else ():
            node = form.before.args[0] if isinstance(form.before, D) else form.before
            head = node.args[0] if isinstance(node, Apply) else type(node)
            promised += 1
            if names <= SIGNS:
                assert isinstance(head, type)
                assert head not in (Negative, Over, Plus, Power, Times)
            elif names <= shipped_book().functions.keys():
                assert isinstance(head, FunctionName)
                assert head.name in names
    assert promised
