"""The straight-line functions of the rules do what their patterns and templates do."""

from __future__ import annotations

import re

import pytest
from sympy.core.basic import Basic

from derivex.expression import Apply, D
from derivex.matching import Context
from derivex.rulebook import Form, Rule, shipped_book

BOOK = shipped_book()
RULES = [
    rule
    for rule in BOOK.rules.values()
    if rule.procedure is None and not rule.is_move and rule.examples
]
NAMES = re.compile(
    r"c\d+|_args|p|append|type|len|map|tuple|enumerate"
    r"|depends|derive|settle|settled|others|add"
)


def both_ways(form: Form, node: Basic) -> tuple[object, object]:
    """What the form gives by its pattern and template, and by its straight-line function."""
    context = Context(node, functions=BOOK.functions)
    slots = form.match(node, context)
    apart = None if slots is None else (form, form.build(slots, context), *slots)
    if type(form.before) is not D:
        return apart, form.attempt(node, None, context)
    return apart, form.attempt(*node._args, context)


def may_be_asked(form: Form, node: Basic) -> bool:
    """Whether a straight-line function would be asked: what is at the head has been looked up."""
    if type(node) is not type(form.before):
        return False
    if type(node) is D:
        node = node._args[0]
    head = node._args[0] if type(node) is Apply else type(node)
    return form.head() in (None, head)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_form_gives_the_same_both_ways(rule: Rule) -> None:
    for form in rule.forms:
        for example in rule.examples:
            if may_be_asked(form, example.before):
                apart, straight = both_ways(form, example.before)
                assert apart == straight


def test_the_rules_of_differentiation_are_straight() -> None:
    for name in ("constant", "exponent", "sum", "product", "quotient", "chain", "general-power"):
        for form in BOOK.rules[name].forms:
            assert form.attempt.__code__.co_filename == "<rule>", name


def test_nothing_of_a_rule_file_gets_into_the_code() -> None:
    for rule in RULES:
        for form in rule.forms:
            code = form.attempt.__code__
            if code.co_filename == "<rule>":
                assert all(map(NAMES.fullmatch, code.co_names)), code.co_names
                kinds = {type(constant) for constant in code.co_consts}
                assert kinds <= {type(None), int}, code.co_consts
