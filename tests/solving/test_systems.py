"""Systems of linear equations: every outcome, and random ones against an oracle."""

from fractions import Fraction

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy.core.basic import Basic

from derivex.derivation import Detail
from derivex.errors import ProblemError, RecordError
from derivex.expression import (
    ZERO,
    Equation,
    Plus,
    Times,
    number,
    substitute,
    symbol,
    value_of,
)
from derivex.expression.lower import lower
from derivex.notation import Scope, TextWriter, read_relation
from derivex.rulebook import shipped_book
from derivex.solving import Outcome, Solution, solve
from derivex.solving.record import Move, replay

BOOK = shipped_book()
WRITER = TextWriter()


def solved(text: str, names: str, **options: object) -> Solution:
    scope = Scope(functions=BOOK.functions)
    equations = [read_relation(part, scope).expression for part in text.split(",")]
    solution = solve(equations, [symbol(name) for name in names.split()], BOOK, **options)
    solution.replay()
    return solution


def written(solution: Solution) -> str:
    results = solution.results.items()
    return ", ".join(f"{name} = {WRITER.write(value)}" for name, value in results)


# equations                                          unknowns  results                    conditions
SYSTEMS = """
    x = 3                                          | x     | x = 3                            |
    3 = x                                          | x     | x = 3                            |
    -3x = 4                                        | x     | x = −4/3                         |
    -x/2 = 1                                       | x     | x = −2                           |
    2 (x + 1) = x                                  | x     | x = −2                           |
    a x = b                                        | x     | x = b/a                          | a
    x + y + z = 6, 2x - y + z = 3, x + 2y - z = 2  | x y z | x = 1, y = 2, z = 3              |
    2y = 4, x + y = 3                              | x y   | x = 1, y = 2                     |
    x + y = 3, x = 2                               | x y   | x = 2, y = 1                     |
    x y = 1, x = 2                                 | x y   | x = 2, y = 1/2                   |
    0.5x + y = 1, x - y = 2                        | x y   | x = 2, y = 0                     |
    x/2 + 1 = y, 3y = x                            | x y   | x = −6, y = −2                   |
    k x + y = 1, x - y = 2                         | x y   | x = 3/(1 + k), y = (1 − 2k)/(1 + k) | k + 1
    a x + b y = p, c x + d y = q                   | x y   | x = (p d − b q)/(d a − b c), y = (q a − p c)/(d a − b c) | a; a d − b c
"""
ROWS = [[part.strip() for part in row.split("|")] for row in SYSTEMS.strip().splitlines()]


@pytest.mark.parametrize(("text", "names", "results", "conditions"), ROWS)
def test_systems(text: str, names: str, results: str, conditions: str) -> None:
    solution = solved(text, names)
    assert solution.outcome is Outcome.SOLVED
    # How far letters stand apart is the writer's business.
    assert written(solution).replace(" ", "") == results.replace(" ", "")
    listed = "; ".join(WRITER.write(each) for each in solution.conditions)
    assert listed.replace(" ", "") == conditions.replace(" ", "")
    assert all(check.holds for check in solution.checks)
    assert len(solution.checks) == len(solution.equations)


@pytest.mark.parametrize(
    ("text", "names", "outcome", "status"),
    [
        ("x = 1, x = 2", "x", Outcome.NO_SOLUTION, "no solution: (2) cannot hold: 1 is not 2"),
        ("x - y = 0, 2x - 2y = 1", "x y", Outcome.NO_SOLUTION, None),
        (
            "x + y = a, x + y = b",
            "x y",
            Outcome.NO_SOLUTION,
            "no solution: (2) holds only where 0 = b − a",
        ),
        ("x + y + z = 1, x - y = 0, x + y + z = 2", "x y z", Outcome.NO_SOLUTION, None),
        (
            "x + y = 1",
            "x y",
            Outcome.UNDERDETERMINED,
            "solved up to y, which may be any number",
        ),
        ("x - y = 0, 2y - 2x = 0", "x y", Outcome.UNDERDETERMINED, None),
        ("x = 1, 2x = 2", "x", Outcome.SOLVED, "solved"),
        ("3x^2 - 3 = 0", "x", Outcome.SOLVED, "solved: 2 solutions"),
        ("x^2 + y = 1, y = 3", "x y", Outcome.NO_SOLUTION, None),
        (
            "2x y - y = 0, x + y = 0",
            "x y",
            Outcome.SOLVED,
            "solved: 2 solutions",
        ),
    ],
)
def test_outcomes(text: str, names: str, outcome: Outcome, status: str | None) -> None:
    solution = solved(text, names)
    assert solution.outcome is outcome
    assert status is None or solution.status == status


def test_what_may_be_zero_is_not_divided_by() -> None:
    solution = solved("2x y - y = 0", "x y")
    first, second = solution.points
    assert (dict(first.values), first.free) == ({symbol("y"): ZERO}, (symbol("x"),))
    assert (WRITER.write(second.values[symbol("x")]), second.free) == ("1/2", (symbol("y"),))


def test_the_unknown_to_be_replaced_must_be_one() -> None:
    with pytest.raises(ProblemError, match="z is not one of the unknowns"):
        solved("x + y = 1, x = y", "x y", eliminate=symbol("z"))


@pytest.mark.parametrize("name", ["x", "y"])
def test_the_unknown_that_is_replaced(name: str) -> None:
    solution = solved("2x + y = 1, x - 3y = 4", "x y", eliminate=symbol(name))
    assert written(solution) == "x = 1, y = −1"
    assert solution.moves[0].says.startswith(f"substitute {name} from ")


def test_without_equations_or_unknowns() -> None:
    with pytest.raises(ProblemError, match="no equation"):
        solve([], [symbol("x")], BOOK)
    with pytest.raises(ProblemError, match="nothing to solve for"):
        solve([Equation(symbol("x"), ZERO)], [], BOOK)


def test_a_changed_move_does_not_replay() -> None:
    solution = solved("2x + 1 = 5", "x")
    moves = list(solution.all_moves)
    last = moves[-1]
    wrong = Equation(symbol("x"), number(7))
    moves[-1] = Move(
        last.number, wrong, last.words, last.rules, last.sources, last.made, last.origin
    )
    with pytest.raises(RecordError, match="gives"):
        replay(moves)


COEFFICIENTS = st.integers(-4, 4)


@st.composite
def linear_systems(draw: st.DrawFn) -> tuple[list[list[int]], list[int]]:
    size = draw(st.integers(1, 4))
    matrix = [[draw(COEFFICIENTS) for _ in range(size)] for _ in range(size)]
    return matrix, [draw(COEFFICIENTS) for _ in range(size)]


def as_equation(row: list[int], right: int, unknowns: list[sympy.Symbol]) -> Basic:
    terms = [Times(number(each), name) for each, name in zip(row, unknowns, strict=True) if each]
    left = ZERO if not terms else terms[0] if len(terms) == 1 else Plus(*terms)
    return Equation(left, number(right))


@pytest.mark.unchecked
@settings(max_examples=120, deadline=None)
@given(linear_systems())
def test_random_systems_agree_with_an_oracle(system: tuple[list[list[int]], list[int]]) -> None:
    matrix, right = system
    unknowns = [symbol(name) for name in "wxyz"[: len(matrix)]]
    equations = [as_equation(row, each, unknowns) for row, each in zip(matrix, right, strict=True)]
    solution = solve(equations, unknowns, BOOK)
    solution.replay()
    oracle = sympy.linsolve((sympy.Matrix(matrix), sympy.Matrix(right)), *unknowns)
    if not oracle:
        assert solution.outcome is Outcome.NO_SOLUTION
        return
    assert all(check.holds for check in solution.checks)
    (expected,) = oracle
    free = set().union(*[each.free_symbols for each in expected])
    assert len(solution.free) == len(free)
    if not free:
        assert [lower(solution.results[name]) for name in unknowns] == list(expected)
        point = dict(zip(unknowns, expected, strict=True))
        for move in solution.all_moves:
            assert holds_at(move.equation, point), move
        for row in solution.lines(Detail.FULL):
            assert all(holds_at(cell.equation, point) for cell in row.cells if cell is not None)
    if solution.elimination is None:
        rows = list(solution.lines(Detail.BRIEF))
        cells = [cell for row in rows for cell in row.cells if cell is not None]
        assert len(cells) <= len(solution.all_moves)


def holds_at(equation: Basic, point: dict[sympy.Symbol, sympy.Rational]) -> bool:
    filled = {name: number(Fraction(int(each.p), int(each.q))) for name, each in point.items()}
    left, right = (lower(substitute(side, filled)) for side in equation.args)
    return bool(left == right)


def test_holds_at_can_fail() -> None:
    x = symbol("x")
    assert value_of(number(3)) == 3
    assert not holds_at(Equation(x, number(3)), {x: sympy.Rational(2)})
