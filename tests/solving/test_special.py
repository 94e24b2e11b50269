"""Where a condition on letters fails, the equations are solved anew."""

from __future__ import annotations

import itertools
import random
from fractions import Fraction

import pytest
import sympy

import derivex
from derivex.expression import Equation, Unequal
from derivex.expression.lower import lower
from derivex.solving import Outcome, Solution

# equations                             unknowns  the special cases, with what they end with
CASES = """
    a x = b                            | x   | a = 0: no solution; a = 0, b = 0: x is free
    (k - 1) x = k^2 - 1                | x   | k = 1: x is free
    a x + y = 1, x + a y = 1           | x,y | a = 1: y is free; a = −1: no solution
    a x^2 + b x + c = 0                | x   | a = 0: solved; a = 0, b = 0: no solution; a = 0, b = 0, c = 0: x is free
    x + y = a, x + y = b               | x,y | b = a: y is free
    m x^2 = 4                          | x   | m = 0: no solution
    x y = 1, x = t                     | x,y | t = 0: no solution
    (p^2 + 1) x = p                    | x   |
    x + y + z = 1, x + a y = 2, z = y  | x,y,z | a = 2: no solution
"""
ROWS = [[part.strip() for part in row.split("|")] for row in CASES.strip().splitlines()]


def told(solution: Solution) -> list[str]:
    found = []
    for special in solution.special:
        inner = special.solution
        assumed = ", ".join(
            derivex.notation.TextWriter().write(each)
            for each in special.assumed
            if type(each) is Equation
        )
        ending = inner.outcome.value if inner.outcome is not Outcome.UNDERDETERMINED else ""
        if inner.free:
            ending = f"{' and '.join(name.name for name in inner.free)} is free"
        found += [f"{assumed}: {ending}", *told(inner)]
    return found


@pytest.mark.parametrize(("text", "names", "expected"), ROWS)
def test_special_cases(text: str, names: str, expected: str) -> None:
    record = derivex.solve(text, by=names).record
    record.replay()
    assert told(record) == [part.strip() for part in expected.split(";") if part.strip()]


@pytest.mark.unchecked
@pytest.mark.parametrize("seed", range(6))
def test_numbers_for_the_letters(seed: int) -> None:
    """Whatever a letter is, the case that applies has the solutions that SymPy finds then."""
    chosen = random.Random(seed)
    text, names = chosen.choice(
        [
            ("a x + y = b, x + a y = 1", "x,y"),
            ("a x + b y = 1, x - y = a", "x,y"),
            ("(a - 1) x + b y = 0, b x + y = a", "x,y"),
        ]
    )
    record = derivex.solve(text, by=names).record
    unknowns = sympy.symbols(names)
    for _ in range(40):
        values = {sympy.Symbol(name): Fraction(chosen.randint(-2, 2)) for name in "ab"}
        values = {name: sympy.Rational(value) for name, value in values.items()}
        solution = applying(record, values)
        if solution is None:
            continue
        filled = [
            (lower(each.args[0]) - lower(each.args[1])).subs(values) for each in record.equations
        ]
        expected = sympy.linsolve(filled, *unknowns)
        if solution.outcome is Outcome.NO_SOLUTION:
            assert not expected, (text, values)
            continue
        (point,) = expected
        assert len(solution.free) == len(set().union(*[each.free_symbols for each in point]))
        if not solution.free:
            found = [lower(solution.results[name]).subs(values) for name in solution.unknowns]
            assert found == list(point), (text, values)


def applying(solution: Solution, values: dict[sympy.Symbol, sympy.Rational]) -> Solution | None:
    """The solution whose conditions hold; None where a case was not followed."""
    for special in solution.special:
        if all(_holds(each, values) for each in special.assumed):
            return applying(special.solution, values)
    if any(lower(each).subs(values) == 0 for each in solution.conditions):
        return None
    for word in solution.reason:
        if type(word) is Equation and _holds(word, values):
            return None
    return solution


def _holds(relation, values: dict[sympy.Symbol, sympy.Rational]) -> bool:
    difference = sympy.simplify((lower(relation.args[0]) - lower(relation.args[1])).subs(values))
    return (difference != 0) if type(relation) is Unequal else (difference == 0)


def test_where_there_is_no_real_solution() -> None:
    shown = derivex.solve("x^2 = c", by="x").to_text()
    assert "There is no real solution where c < 0." in shown
    assert "open" not in shown


def test_they_are_stored_and_shown() -> None:
    found = derivex.solve("a x = b", by="x")
    shown = found.to_text()
    assert "If a = 0 and b = 0:" in shown
    assert derivex.load(found.to_json()).to_text() == shown


def test_of_many_letters_every_case_is_followed() -> None:
    found = derivex.solve("a x + b y = p, c x + d y = q", by="x,y")
    assert "not followed" not in found.to_text()
    letters = sympy.symbols("a b p c d q")
    a, b, p, c, d, q = letters
    x, y = sympy.symbols("x y")
    for numbers in itertools.product((0, 1, 2), repeat=6):
        if sum(numbers) % 5:
            continue  # a fifth of them is enough
        values = {name: sympy.Rational(each) for name, each in zip(letters, numbers, strict=True)}
        system = [each.subs(values) for each in (a * x + b * y - p, c * x + d * y - q)]
        wanted = sympy.linsolve(system, x, y)
        solution = applying(found.record, values)
        exists = solution is not None and solution.outcome is not Outcome.NO_SOLUTION
        assert exists is (wanted is not sympy.S.EmptySet), (values, wanted)


def test_the_points_of_a_special_case_are_classified() -> None:
    text = derivex.solve("a x^2 + y^2 + b x^4", by="x,y").to_text()
    assert "If b = 0:" in text
    record = derivex.solve("a x^2 + y^2", by="x,y").record
    (special,) = record.solution.special
    assert [kind.verdict.value for kind in special.kinds] == ["minimum"]
