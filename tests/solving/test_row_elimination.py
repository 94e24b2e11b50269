"""Linear systems by row operations: of numbers and of letters, small and large."""

from __future__ import annotations

import dataclasses
import random

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy.core.basic import Basic

import derivex
from derivex.derivation import Detail
from derivex.errors import RecordError
from derivex.expression import ONE, Equation, Negative, Plus, Times, number, symbol, value_of
from derivex.expression.lower import lower
from derivex.rulebook import shipped_book
from derivex.solving import Outcome, Solution, solve
from derivex.solving.row_elimination import eliminate_rows

BOOK = shipped_book()


def of_numbers(
    size: int, seed: int, density: float = 1.0
) -> tuple[list[Basic], list[sympy.Symbol]]:
    chosen = random.Random(seed)
    names = [symbol(f"x_{place}") for place in range(1, size + 1)]
    equations = []
    for row in range(size):
        terms: list[Basic] = [Times(number(chosen.randint(2, 9)), names[row])]
        for place, name in enumerate(names):
            if place != row and chosen.random() < density:
                term = Times(number(chosen.randint(1, 9)), name)
                terms.append(Negative(term) if chosen.random() < 0.5 else term)
        left = terms[0] if len(terms) == 1 else Plus(*terms)
        equations.append(Equation(left, number(chosen.randint(-9, 9))))
    return equations, names


def of_letters(size: int) -> tuple[list[Basic], list[sympy.Symbol]]:
    names = [symbol(f"x_{place}") for place in range(1, size + 1)]
    rows = [
        [Times(symbol(f"a_{row}_{place}"), name) for place, name in enumerate(names)]
        for row in range(size)
    ]
    return [Equation(Plus(*row), symbol(f"b_{place}")) for place, row in enumerate(rows)], names


def oracle(equations: list[Basic], names: list[sympy.Symbol]) -> list[sympy.Expr]:
    lowered = [lower(each.args[0]) - lower(each.args[1]) for each in equations]
    (found,) = sympy.linsolve(lowered, *names)
    return list(found)


@pytest.mark.unchecked
@pytest.mark.parametrize(("size", "density"), [(4, 1), (7, 0.4), (12, 1), (25, 0.1), (40, 1)])
def test_numbers_agree_with_an_oracle(size: int, density: float) -> None:
    equations, names = of_numbers(size, seed=size, density=density)
    solution = solve(equations, names, BOOK)
    solution.replay()
    assert [lower(solution.results[name]) for name in names] == oracle(equations, names)


@pytest.mark.unchecked
@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(4, 6), st.integers(2, 6))
def test_every_line_holds(seed: int, unknowns: int, equations: int) -> None:
    """Of singular systems, too, of more equations than unknowns, and of fewer."""
    chosen = random.Random(seed)
    names = [symbol(f"x_{place}") for place in range(1, unknowns + 1)]
    rows = [[chosen.randint(-2, 2) for _ in names] for _ in range(max(4, equations))]
    rows[-1] = [a + b for a, b in zip(rows[0], rows[1], strict=True)]
    right = [chosen.randint(-2, 2) for _ in rows]
    if seed % 2:
        right[-1] = right[0] + right[1]
    given_ = [
        Equation(
            Plus(number(0), *[Times(number(a), x) for a, x in zip(row, names, strict=True)]),
            number(b),
        )
        for row, b in zip(rows, right, strict=True)
    ]
    solution = solve(given_, names, BOOK)
    solution.replay()
    expected = sympy.linsolve((sympy.Matrix(rows), sympy.Matrix(right)), *names)
    if not expected:
        assert solution.outcome is Outcome.NO_SOLUTION
        return
    (point,) = expected
    assert len(solution.free) == len(set().union(*[each.free_symbols for each in point]))
    values = {name: lower(value) for name, value in solution.closed.items()}
    for row in solution.lines(Detail.FULL):
        (cell,) = row.cells
        left, other = (sympy.expand(lower(side).subs(values)) for side in cell.equation.args)
        assert sympy.expand(left - other) == 0, cell.equation


@pytest.mark.unchecked
def test_letters_agree_with_an_oracle() -> None:
    equations, names = of_letters(4)
    solution = solve(equations, names, BOOK)
    solution.replay()
    assert len(solution.conditions) == 4
    letters = sorted(
        set().union(*[lower(each.args[0]).free_symbols for each in equations]) - set(names), key=str
    )
    letters += [symbol(f"b_{place}") for place in range(4)]
    values = {
        letter: sympy.Integer(place**2 % 17 + place) for place, letter in enumerate(letters, 1)
    }
    filled = [
        lower(each.args[0]).subs(values) - lower(each.args[1]).subs(values) for each in equations
    ]
    (expected,) = sympy.linsolve(filled, *names)
    assert [lower(solution.closed[name]).subs(values) for name in names] == list(expected)


def test_entries_get_names() -> None:
    """The record grows with the number of operations, not with what they would come to."""
    equations, names = of_letters(12)
    found = eliminate_rows(equations, names)
    assert found is not None
    multiplications = sum((12 - k) * (12 - k + 1) for k in range(1, 12))
    assert len(found.definitions) == multiplications + len(found.operations)
    assert found.holds()
    assert value_of(found.stages(False).__next__().pivot) is None


def test_what_vanishes_is_not_divided_by() -> None:
    """a b − b a is no pivot: the third unknown is free."""
    text = "a w + b x + c y = d, w + x + y + z = e, 2a w + 2b x + 2c y = 2d, x - y + g z = h"
    found = derivex.solve(text, by="w,x,y,z")
    assert found.record.free == (symbol("z"),)
    assert len(found.record.conditions) == 1
    found.record.replay()


def test_a_changed_operation_does_not_replay() -> None:
    equations, names = of_numbers(4, seed=1)
    found = eliminate_rows(equations, names)
    assert found is not None
    first = dataclasses.replace(found.operations[0], other=ONE)
    with pytest.raises(RecordError, match="operations"):
        dataclasses.replace(found, operations=(first, *found.operations[1:])).replay()
    with pytest.raises(RecordError, match="values"):
        dataclasses.replace(found, values={**found.values, names[0]: ONE}).replay()


SYSTEM = "w + 2x + y + z = 10, w - x = -1, 2x - y - z = -1, w + y - z = 5"
SHOWN = """\
(1)  w + 2x + y + z = 10
(2)           w − x = −1
(3)      2x − y − z = −1
(4)       w + y − z = 5

Eliminate w with (1):

(2)  −3x − y − z = −11     (2) − (1)
(4)     −2x − 2z = −5      (4) − (1)

Eliminate x with (3):

(2)   −y − z = −5     (2·(2) + 3·(3))/5
(4)  −y − 3z = −6     (4) + (3)

Eliminate y with (2):

(4)  −2z = −1     (4) − (2)

From the last equation to the first:

z = (−1)/(−2)                  solve (4) for z
z = 1/2                        arithmetic
y = (−5 + 1/2)/(−1)            solve (2) for y
y = 9/2                        arithmetic
x = (−1 + 9/2 + 1/2)/2         solve (3) for x
x = 2                          arithmetic
w = 10 − 2 · 2 − 9/2 − 1/2     solve (1) for w
w = 1                          arithmetic
"""


def test_what_is_shown() -> None:
    found = derivex.solve(SYSTEM, by="w,x,y,z")
    assert found.to_text().startswith(SHOWN)
    assert derivex.load(found.to_json()).to_text() == found.to_text()


def test_letters_are_shown_and_stored() -> None:
    text = "a w + b x + c y + d z = p, e w + f x + g y + h z = q, k w + l x = r, w + x + y + z = s"
    found = derivex.solve(text, by="w,x,y,z")
    shown = found.to_text()
    assert "t₁ = b − a" in shown
    assert "if t₁ ≠ 0" in shown
    assert derivex.load(found.to_json()).to_text() == shown


def as_solution(size: int) -> Solution:
    return solve(*of_numbers(size, seed=5), BOOK)


@pytest.mark.unchecked
def test_of_many_operations_there_is_a_summary() -> None:
    short = derivex.api.solution.Solution(as_solution(30), BOOK, (), ())
    text = short.to_text()
    assert "row operations eliminate one unknown after the other" in text
    given_lines = 30
    values = 30
    assert (
        len([line for line in text.splitlines() if " = " in line]) <= given_lines * 8 + values * 2
    )
    assert len(short.to_text("full")) > 3 * len(text)


def test_brackets_are_multiplied_out_first() -> None:
    found = derivex.solve("2(w + x) = 6, x + y = 5, y + z = 7, (w - z)/3 = -1", by="w,x,y,z")
    assert found.result == [{symbol(name): place for place, name in enumerate("wxyz", 1)}]
