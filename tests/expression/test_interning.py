"""One node for each kind and operands, for as long as it is used."""

from __future__ import annotations

import weakref

from derivex.expression import ONE, TWO, Apply, Decimal, Plus, Power, function_name, symbol
from derivex.expression.node import forget_unused

X = symbol("x")


def test_the_same_node_is_one_object() -> None:
    assert Power(X, TWO) is Power(X, TWO) is Power.interned[X, TWO]
    assert Decimal("0.50") is Decimal("0.50") is not Decimal("0.5")


def test_nodes_in_use_are_kept_and_stay_the_only_ones() -> None:
    kept = Plus(Power(X, TWO), ONE)
    forget_unused()
    assert Plus(Power(X, TWO), ONE) is kept
    assert Power(X, TWO) is kept.args[0]


def test_unused_nodes_are_let_go_with_all_that_only_they_use() -> None:
    inner = Power(symbol("unused"), TWO)
    gone = weakref.ref(inner), weakref.ref(Plus(inner, ONE))
    del inner
    forget_unused()
    assert [reference() for reference in gone] == [None, None]


def test_deep_nodes_are_let_go_without_recursion() -> None:
    expression = X
    for _ in range(50_000):
        expression = Apply(function_name("sin"), expression)
    gone = weakref.ref(expression)
    del expression
    forget_unused(everything=True)  # while it was made, it may have been found in use
    assert gone() is None
