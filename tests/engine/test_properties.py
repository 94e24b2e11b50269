"""Random expressions: every derivation holds line by line and agrees with an oracle."""

from __future__ import annotations

from random import Random

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from derivex.derivation import Detail, Status
from derivex.engine import Form, FormKind, bring_into_form, differentiate
from derivex.equality import judge
from derivex.equality.sampling import random_expression
from derivex.expression import symbol
from derivex.expression.lift import lift
from derivex.expression.lower import lower
from derivex.rulebook import shipped_book

X, A = symbol("x"), symbol("a")

pytestmark = pytest.mark.unchecked  # each derivation is looked into here

SEEDS = st.integers(min_value=0, max_value=10**9)


@given(SEEDS, st.sampled_from([2, 3]))
@settings(max_examples=60, deadline=None)
def test_a_derivation_holds_line_by_line(seed: int, depth: int) -> None:
    book = shipped_book()
    expression = random_expression(Random(seed), [X, A], depth)
    derivation = differentiate(expression, [X], book)
    assert derivation.status is Status.FINISHED
    derivation.replay()
    for detail in Detail:
        lines = list(derivation.lines(detail))
        assert lines[-1].expression is derivation.result
        assert len({line.expression for line in lines}) == len(lines)
        for line in lines[1:]:
            assert line.says
            verdict = judge(lines[0].expression, line.expression, book.functions, seconds=0.5)
            assert verdict.kind != "wrong", f"{line}: {verdict}"


@given(SEEDS)
@settings(max_examples=40, deadline=None)
def test_the_result_agrees_with_sympys(seed: int) -> None:
    book = shipped_book()
    expression = random_expression(Random(seed), [X, A], 3)
    ours = differentiate(expression, [X], book).result
    theirs = lift(lower(expression, book.functions).diff(sympy.Symbol("x")), book.functions)
    verdict = judge(ours, theirs, book.functions, seconds=0.5)
    assert verdict.kind != "wrong", str(verdict)


@given(SEEDS, st.sampled_from([FormKind.EXPANDED, FormKind.FACTORED]))
@settings(max_examples=40, deadline=None)
def test_other_forms_have_the_same_value(seed: int, kind: FormKind) -> None:
    book = shipped_book()
    tidied = differentiate(random_expression(Random(seed), [X, A], 2), [X], book)
    other = bring_into_form(tidied, Form(kind))
    other.replay()
    verdict = judge(tidied.result, other.result, book.functions, seconds=0.5)
    assert verdict.kind != "wrong", str(verdict)
