"""Large and deep expressions: cost follows the graph, and nothing recurses on depth."""

from __future__ import annotations

import sys

import pytest
from sympy.core.basic import Basic

import derivex
from derivex.api.documents import read_document, stored_form
from derivex.derivation import Detail, Status
from derivex.engine import differentiate
from derivex.expression import (
    ONE,
    Apply,
    Plus,
    Power,
    Times,
    function_name,
    integer,
    symbol,
)
from derivex.expression.node import forget_unused
from derivex.notation import TextWriter
from derivex.rulebook import shipped_book

X = symbol("x")

pytestmark = pytest.mark.unchecked  # these are replayed below; their lines are far too long


def polynomial(terms: int, offset: int) -> Plus:
    return Plus(*[Times(integer(k + 2), Power(X, integer(k + offset))) for k in range(terms)])


def nested(depth: int) -> Apply:
    expression = X
    for _ in range(depth):
        expression = Apply(function_name("sin"), expression)
    return expression


def test_depth_one_hundred_thousand() -> None:
    limit = sys.getrecursionlimit()
    derivation = differentiate(nested(100_000), [X], shipped_book())
    assert derivation.status is Status.FINISHED
    derivation.replay()
    assert sys.getrecursionlimit() == limit
    assert len(derivation.result.args) == 100_000  # cos(…) cos(…) … cos(x)


def test_depth_in_the_library_is_lifted_written_and_stored_without_recursion() -> None:

    book = shipped_book()
    derivation = differentiate(nested(2_000), [X], book)
    assert TextWriter().write(derivation.start).startswith("∂sin(sin(")
    found = derivex.Derivative(derivation)
    assert read_document(stored_form(found), book) == found


def calls(expression: Basic) -> int:
    """How many calls a derivation makes: a cost that no other process disturbs."""
    counted = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    forget_unused()  # building a node that is there costs no call
    sys.setprofile(count)
    try:
        differentiate(expression, [X], shipped_book())
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize(
    ("make", "small"),
    [(lambda size: polynomial(size, 3), 100), (nested, 100)],
    ids=["terms", "depth"],
)
def test_ten_times_the_size_costs_ten_times_the_calls(make, small: int) -> None:  # type: ignore[no-untyped-def]
    calls(make(10 * small))  # what is set up once is not counted
    assert calls(make(10 * small)) < 11 * calls(make(small))


def test_a_shared_subexpression_is_derived_once() -> None:
    # x → x² + 1 nested: printed its size doubles with every level, as a graph it does not.
    expression = X
    for _ in range(60):
        square = Times(expression, expression)
        expression = Plus(square, ONE)
    derivation = differentiate(expression, [X], shipped_book())
    assert len(derivation.steps) < 2_000


def test_full_lines_of_a_long_sum_cost_their_print() -> None:
    derivation = differentiate(polynomial(150, 2), [X], shipped_book())
    writer = TextWriter()
    lines = list(derivation.lines(Detail.FULL))
    assert len(lines) > 450
    assert lines[-1].expression is derivation.result
    assert all(writer.write(line.expression) for line in lines)
