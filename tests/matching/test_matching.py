"""Patterns, expressions and what comes of them: one step a row."""

from __future__ import annotations

import pytest
from sympy.core.basic import Basic

from derivex.expression import Apply, symbol
from derivex.matching import VOCABULARY, Condition, Context
from derivex.notation import Scope, read_relation, read_text
from derivex.rulebook import Form, read_rules, shipped_book

FUNCTIONS = shipped_book().functions
SCOPE = Scope(functions=FUNCTIONS).with_data("a", "h", "w")
NO = "—"


def form_of(formula: str, where: str) -> Form:
    text = f'rule mine  "mine"\n    {formula}\n' + (f"    where {where}\n" if where else "")
    (rule,) = read_rules(text, "my.rules", FUNCTIONS).rules
    return rule.forms[0]


def applied(formula: str, where: str, expression: str) -> Basic | None:
    """What the rule makes of the expression; None where it does not match."""
    form = form_of(formula, where)
    context = Context()
    slots = form.match(tree(expression), context)
    return None if slots is None else form.build(slots, context)


def tree(text: str) -> Basic:
    return read_text(text, SCOPE).expression


# fmt: off
STEPS = [
    # rule                                where                                     expression                    replacement
    ("d/dx c = 0",                        "c is free of x",                         "d/dx 7",                     "0"),
    ("d/dx c = 0",                        "c is free of x",                         "d/dx y",                     "0"),
    ("d/dx c = 0",                        "c is free of x",                         "d/dx x",                     NO),
    ("d/dx c = 0",                        "c is free of x",                         "d/dy x",                     "0"),
    ("d/dx c = 0",                        "c is free of x",                         "d/d(x^2) x",                 "0"),
    ("d/dx c = 0",                        "c is free of x",                         "d/d(x^2) sin(x^2)",          NO),
    ("d/dx x^n = n x^(n - 1)",            "n is free of x",                         "d/dx x^3",                   "3 x^2"),
    ("d/dx x^n = n x^(n - 1)",            "n is free of x",                         "d/dx x^2",                   "2x"),
    ("d/dx x^n = n x^(n - 1)",            "n is free of x",                         "d/dx x^(-1)",                "(-1) x^(-2)"),
    ("d/dx x^n = n x^(n - 1)",            "n is free of x",                         "d/dx x^(1/2)",               "(1/2) x^(-1/2)"),
    ("d/dx x^n = n x^(n - 1)",            "n is free of x",                         "d/dx x^0.5",                 "0.5 x^(-0.5)"),
    ("d/dx x^n = n x^(n - 1)",            "n is free of x",                         "d/dx x^k",                   "k x^(k - 1)"),
    ("d/dx x^n = n x^(n - 1)",            "n is free of x",                         "d/dx x^x",                   NO),
    ("d/dx x^n = n x^(n - 1)",            "n is free of x",                         "d/dx y^2",                   NO),
    ("d/dx x^n = n x^(n - 1)",            "n is free of x",                         "d/d(x+y) (x+y)^2",           "2(x + y)"),
    ("d/dx (c u) = c d/dx u",             "c is free of x, u depends on x",         "d/dx (5 sin(x))",            "5 d/dx sin(x)"),
    ("d/dx (c u) = c d/dx u",             "c is free of x, u depends on x",         "d/dx (2 x y x^2)",           "2 y d/dx (x x^2)"),
    ("d/dx (c u) = c d/dx u",             "c is free of x, u depends on x",         "d/dx (2 y)",                 NO),
    ("d/dx (c u) = c d/dx u",             "c is free of x, u depends on x",         "d/dx (x sin(x))",            NO),
    ("d/dx (u c) = c d/dx u",             "u depends on x, c is free of x",         "d/dx (2 x y)",               "2 y d/dx x"),
    ("d/dx (u + ...) = d/dx u + ...",     "",                                       "d/dx (x + y + z)",           "d/dx x + d/dx y + d/dx z"),
    ("d/dx (u + ...) = d/dx u + ...",     "",                                       "d/dx (x y)",                 NO),
    ("d/dx (u * ...) = (d/dx u) * ... + ...", "",                                   "d/dx (x sin(x) e^x)",        "(d/dx x) sin(x) e^x + x (d/dx sin(x)) e^x + x sin(x) d/dx e^x"),
    ("(u + ...) v = v u + ...",           "",                                       "(x + y) z",                  "z x + z y"),
    ("(u + ...) v = v u + ...",           "",                                       "z (x + y) w",                "z w x + z w y"),
    ("-(u + ...) = -u + ...",             "",                                       "-(x + y - z)",               "-x - y - (-z)"),
    ("d/dx f(u) = (d/du f(u)) (d/dx u)",  "u depends on x, u is not x",             "d/dx sin(x^2)",              "(d/d(x^2) sin(x^2)) (d/dx x^2)"),
    ("d/dx f(u) = (d/du f(u)) (d/dx u)",  "u depends on x, u is not x",             "d/dx (x^2 + 1)^3",           "(d/d(x^2 + 1) (x^2 + 1)^3) (d/dx (x^2 + 1))"),
    ("d/dx f(u) = (d/du f(u)) (d/dx u)",  "u depends on x, u is not x",             "d/dx sin(x)",                NO),
    ("d/dx f(u) = (d/du f(u)) (d/dx u)",  "u depends on x, u is not x",             "d/dx (x^2)^x",               NO),
    ("d/dx f(u) = (d/du f(u)) (d/dx u)",  "u depends on x, u is not x",             "d/dx sum_i (a_i x)",         NO),
    ("0 u = 0",                           "",                                       "x * 0 * y",                  "0"),
    ("1 u = u",                           "",                                       "x * 1 * y",                  "x y"),
    ("1 u = u",                           "",                                       "x y",                        NO),
    ("u/u = 1",                           "u is nonzero",                           "(x+1)/(x+1)",                "1"),
    ("u/u = 1",                           "u is nonzero",                           "x/y",                        NO),
    ("u^2 = u u",                         "",                                       "x^2",                        "x x"),
    ("u^2 = u u",                         "",                                       "x^3",                        NO),
    ("sqrt(u)^2 = u",                     "",                                       "sqrt(x+1)^2",                "x + 1"),
    ("sum_i (c u) = c sum_i u",           "c is free of i, u depends on i",         "sum_i (s a_i)",              "s sum_i a_i"),
    ("sum_i (c u) = c sum_i u",           "c is free of i, u depends on i",         "sum_j (s a_j)",              "s sum_j a_j"),
    ("sum_i (c u) = c sum_i u",           "c is free of i, u depends on i",         "sum_i (a_i h_i)",            NO),
    ("sum_i c = c n",                     "c is free of i, n is the number of data", "sum_i b",                   "b n"),
    ("sum_i c = c n",                     "c is free of i, n is the number of data", "sum_i a_i",                 NO),
    ("d/dx sum_i u = sum_i d/dx u",       "u depends on x, x is free of i",         "d/dx sum_i (x a_i)",         "sum_i d/dx (x a_i)"),
    ("d/dx sum_i u = sum_i d/dx u",       "u depends on x, x is free of i",         "d/dx sum_i a_i",             NO),
]
# fmt: on


@pytest.mark.parametrize(("formula", "where", "expression", "replacement"), STEPS)
def test_steps(formula: str, where: str, expression: str, replacement: str) -> None:
    expected = None if replacement == NO else tree(replacement)
    assert applied(formula, where, expression) is expected


def test_the_raw_form_keeps_the_literals_of_the_rule() -> None:
    form = form_of("d/dx x^n = n x^(n - 1)", "n is free of x")
    context = Context()
    slots = form.match(tree("d/dx x^2"), context)
    assert slots is not None
    assert form.build_raw(slots, context) is tree("2 x^(2 - 1)")


# fmt: off
CONDITIONS = [
    # words                   node            other   holds
    ("is free of",            "y",            "x",    True),
    ("is free of",            "sum_i w_i^2",  "w_j",  False),
    ("is free of",            "sum_i i",      "i",    True),
    ("depends on",            "sin(x)",       "x",    True),
    ("is not",                "x",            "x",    False),
    ("is not",                "x^2",          "x",    True),
    ("is a number",           "-2/3",         None,   True),
    ("is a number",           "2*3",          None,   False),
    ("is a number",           "pi",           None,   False),
    ("is not a number",       "x",            None,   True),
    ("is a nonzero number",   "0",            None,   False),
    ("is a nonzero number",   "0.5",          None,   True),
    ("is a whole number",     "-2",           None,   True),
    ("is a whole number",     "1/2",          None,   False),
    ("is a whole number",     "2.0",          None,   True),
    ("is an odd number",      "-3",           None,   True),
    ("is an odd number",      "4",            None,   False),
    ("is an even number",     "0",            None,   True),
    ("is an even number",     "1/2",          None,   False),
    ("is no whole number",    "2/3",          None,   True),
    ("is no whole number",    "2.0",          None,   False),
    ("is no whole number",    "x",            None,   False),
    ("is not one",            "1",            None,   False),
    ("is positive",           "exp(x)",       None,   True),
    ("is positive",           "2^x",          None,   True),
    ("is positive",           "pi",           None,   True),
    ("is positive",           "x^2",          None,   False),
    ("is positive",           "-1",           None,   False),
    ("is nonzero",            "x",            None,   True),
    ("is nonzero",            "0.0",          None,   False),
]
# fmt: on


@pytest.mark.parametrize(("words", "node", "other", "holds"), CONDITIONS)
def test_conditions(words: str, node: str, other: str | None, holds: bool) -> None:
    kind = VOCABULARY[words]
    assert kind.holds is not None
    second = None if other is None else tree(other)
    assert kind.holds(tree(node), second, Context()) is holds


def test_a_condition_reads_like_a_sentence() -> None:
    assert str(Condition(VOCABULARY["is free of"], "c", "x")) == "c is free of x"
    assert str(Condition(VOCABULARY["is positive"], "u")) == "u is positive"


def test_every_condition_has_a_phrase_in_latex() -> None:
    for kind in VOCABULARY.values():
        letters = ("u", "x") if kind.binary else ("u",)
        written = kind.latex.format(*letters)
        assert all(letter in written for letter in letters)
        assert "{}" not in written


def test_a_repeated_letter_stands_for_the_same_node() -> None:
    form = form_of("u/(u + 1) = 1 - 1/(u + 1)", "")
    match, other = (form.match(tree(text), Context()) for text in ("x^2/(x^2 + 1)", "x/(y + 1)"))
    assert match is not None
    assert other is None


def test_an_unknown_is_given_before_the_match() -> None:
    text = 'move m  "m"\n    u + c = v <=> u = v - c\n    where x is the unknown, u depends on x, c is free of x\n'
    (rule,) = read_rules(text, "my.rules", FUNCTIONS).rules
    (form,) = rule.forms
    equation = read_relation("a + b + 1 = 2", Scope()).expression
    context = Context()
    slots = form.match(equation, context, symbol("b"))
    assert slots is not None
    assert form.build(slots, context) is read_relation("b = 2 - (a + 1)", Scope()).expression
    assert form.match(equation, context, symbol("q")) is None


def test_a_known_function_is_no_context() -> None:
    form = form_of("d/dx sin(u) = cos(u) d/dx u", "")
    sine, cosine = (tree(f"d/dx {name}(x^2)") for name in ("sin", "cos"))
    assert type(sine.args[0]) is Apply
    assert form.match(sine, Context()) is not None
    assert form.match(cosine, Context()) is None
