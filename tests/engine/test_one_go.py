"""What is worked out in one go is what rewriting one step at a time comes to, step by step."""

from __future__ import annotations

from random import Random

import pytest
from sympy.core.basic import Basic

from derivex.engine import TIDYING, Normaliser
from derivex.engine.one_go import phase_in_one_go
from derivex.expression import (
    TWO,
    Apply,
    D,
    ImplicitName,
    Plus,
    Power,
    Times,
    Total,
    function_name,
    symbol,
)
from derivex.expression.lift import lift
from derivex.matching import NO_FACTS
from derivex.rulebook import shipped_book
from tests.benchmarks.expressions import COMPARED, written_nest
from tests.engine.random_formulas import random_formula

BOOK = shipped_book()
X = symbol("x")


def both_ways(operand: Basic, variable: Basic) -> tuple[list[object], list[object]]:
    """The steps and the result in one go, and one step at a time."""
    start = D(operand, variable)
    found = phase_in_one_go(start, BOOK, TIDYING, NO_FACTS)
    assert found is not None
    phases = found[0], Normaliser(BOOK, TIDYING).run(start)
    made, rewritten = ([*phase.steps.items(), phase.result] for phase in phases)
    return made, rewritten


@pytest.mark.parametrize("name", [name for name in COMPARED if "00" not in name])
def test_the_steps_of_the_benchmarks(name: str) -> None:
    expression, variable = COMPARED[name]()
    made, rewritten = both_ways(lift(expression, BOOK.functions), symbol(variable.name))
    assert made == rewritten


def test_the_steps_of_random_formulas() -> None:
    """The same rules on the same expressions, with the same bindings, in the same order."""
    compared = 0
    for seed in range(400):
        formula = random_formula(Random(seed), 1 + seed % 4)
        if phase_in_one_go(D(formula, X), BOOK, TIDYING, NO_FACTS) is not None:
            compared += 1
            made, rewritten = both_ways(formula, X)
            assert made == rewritten, formula
    assert compared > 100


@pytest.mark.parametrize(
    "operand",
    [
        written_nest(100)[0],
        Apply(function_name("f"), Power(X, TWO)),
        Times(X, Apply(ImplicitName("y(x)"), X)),
        Total(Times(X, symbol("i")), symbol("i")),
        D(Power(X, TWO), X),
    ],
    ids=["deep", "unknown", "implicit", "index", "nested"],
)
def test_what_is_unusual_is_left_to_rewriting(operand: Basic) -> None:
    assert phase_in_one_go(D(operand, X), BOOK, TIDYING, NO_FACTS) is None


def test_whether_the_variable_occurs_is_told() -> None:
    for operand, occurs in ((Plus(X, TWO), True), (symbol("y"), False), (TWO, False)):
        found = phase_in_one_go(D(operand, X), BOOK, TIDYING, NO_FACTS)
        assert found is not None
        assert found[1] is occurs
