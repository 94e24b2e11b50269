"""The rules by which equations are solved: their examples, and their soundness."""

import random
from fractions import Fraction

import pytest
from sympy.core.basic import Basic

from derivex.expression import number, substitute, symbol
from derivex.expression.lower import lower
from derivex.matching import Context
from derivex.notation import Scope, read_relation
from derivex.rulebook import Form, Rule, read_rules, shipped_book
from derivex.rulebook.soundness import check_rule

BOOK = shipped_book()
EVERY_MOVE = [rule for rule in BOOK.rules.values() if rule.is_move]
MOVES = [rule for rule in EVERY_MOVE if rule.table == "equations"]
X = symbol("x")


def apply(rule: Rule, equation: Basic) -> Basic | None:
    for form in rule.forms:
        context = Context()
        slots = form.match(equation, context, X)
        if slots is not None:
            return form.build(slots, context)
    return None


@pytest.mark.parametrize("rule", MOVES, ids=lambda rule: rule.name)
def test_examples_come_out_as_written(rule: Rule) -> None:
    assert rule.examples
    for example in rule.examples:
        assert apply(rule, example.before) is example.after


def instance(form: Form, side: Basic, values: dict[str, Fraction]) -> Basic:
    """The side of a rule with 3x + 1 for u, and a number for every other letter."""
    replacements: dict[Basic, Basic] = {}
    for name in form.letters.slots:
        if name == "x":
            replacements[symbol(name)] = number(values[name])
        elif name == "u":
            replacements[symbol(name)] = number(3 * values["x"] + 1)
        else:
            replacements[symbol(name)] = number(values[name])
    return substitute(side, replacements)


@pytest.mark.parametrize("rule", MOVES, ids=lambda rule: rule.name)
def test_moves_keep_the_solutions(rule: Rule) -> None:
    chance = random.Random(7)
    for form in rule.forms:
        met = set()
        for _ in range(200):
            names = [*form.letters.slots, "x"]
            values = {name: Fraction(chance.choice([-2, -1, 1, 2])) for name in names}
            held = [
                lower(instance(form, side.args[0], values))
                == lower(instance(form, side.args[1], values))
                for side in (form.before, form.after)
            ]
            assert held[0] is held[1], (rule, values)
            met.add(held[0])
        assert met == {True, False}, "the samples decide nothing"


@pytest.mark.parametrize("rule", EVERY_MOVE, ids=lambda rule: rule.name)
def test_moves_are_sound_where_they_undo_functions(rule: Rule) -> None:
    finding = check_rule(rule, BOOK.functions)
    assert finding.kind in ("proven", "tested"), finding.errors
    assert not finding.warnings


@pytest.mark.parametrize(
    "source",
    [
        "u^2 = c  <=>  u = sqrt(c)\n    where x is the unknown, u depends on x, c is free of x\n    provided c >= 0",
        "|u| = c  <=>  u = c or u = -c\n    where x is the unknown, u depends on x, c is free of x",
        "u^2 = c  <=>  never\n    where x is the unknown, u depends on x, c is positive",
        "u/v = 0  <=>  u = 0\n    where x is the unknown",
        "sqrt(u) = v  <=>  u = v^2\n    where x is the unknown, u depends on x",
    ],
)
def test_moves_that_lose_or_add_solutions_are_refused(source: str) -> None:
    text = f'move wrong  "wrong"\n    {source}\n'
    (rule,) = read_rules(text, "my.rules", BOOK.functions).rules
    finding = check_rule(rule, BOOK.functions)
    assert finding.kind == "wrong", "the soundness test lets it pass"


@pytest.mark.parametrize(
    ("name", "equation"),
    [
        ("subtract", "x = 5"),
        ("subtract", "2 + y = 5"),
        ("bring-over", "x = 5"),
        ("divide", "0 x = 5"),
        ("divide", "x^2 = 5"),
        ("divide", "x (x + 1) = 5"),
        ("multiply", "1/x = 5"),
        ("change-signs", "x = 5"),
    ],
)
def test_moves_that_do_not_fit(name: str, equation: str) -> None:
    read = read_relation(equation, Scope(functions=BOOK.functions)).expression
    assert apply(BOOK.rules[name], read) is None
