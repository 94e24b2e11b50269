"""What stationary points there are, and of what kind."""

import pytest
import sympy

import derivex
from derivex.errors import ProblemError
from derivex.expression import symbol
from derivex.notation import Scope, TextWriter, read_text
from derivex.rulebook import shipped_book
from derivex.solving import Outcome, StationarySolution, Verdict, stationary_points

BOOK = shipped_book()

# function                            by      where                          what
KINDS = """
    x^2 - y^2                       | x y   | x = 0, y = 0                 | saddle
    x y                             | x y   | x = 0, y = 0                 | saddle
    -x^2 - 2y^2 + x y               | x y   | x = 0, y = 0                 | maximum
    (x - 1)^2 + (y - 2)^2           | x y   | x = 1, y = 2                 | minimum
    x^2 + y^2 + z^2 - x y - x       | x y z | x = 2/3, y = 1/3, z = 0      | minimum
    x^2 + y^2 - z^2 + 4z            | x y z | x = 0, y = 0, z = 2          | saddle
    -x^2 - y^2 - z^2 + y            | x y z | x = 0, y = 1/2, z = 0        | maximum
    x^2 + 2x y + y^2                | x y   | x = −y                       | minimum
    (x + y + z)^2                   | x y z | x = −y − z                   | minimum
    x^2                             | x y   | x = 0                        | minimum
    7                               | x     |                              | plateau
    p x^2 - x                       | x     | x = 1/(2p)                   | undecided
    sum_i (w a_i - h_i)^2           | w     | w = (Σᵢ aᵢ hᵢ)/(Σᵢ aᵢ²)      | minimum
    e^k x^2                         | x     | x = 0                        | minimum
"""
ROWS = [[part.strip() for part in row.split("|")] for row in KINDS.strip().splitlines()]


def stationary(text: str, names: str) -> StationarySolution:
    expression = read_text(text, Scope(functions=BOOK.functions)).expression
    found = stationary_points(expression, [symbol(name) for name in names.split()], BOOK)
    found.replay()
    return found


@pytest.mark.parametrize(("text", "names", "where", "kind"), ROWS)
def test_kinds_of_stationary_points(text: str, names: str, where: str, kind: str) -> None:
    found = stationary(text, names)
    writer = TextWriter()
    results = found.solution.results.items()
    assert ", ".join(f"{name} = {writer.write(value)}" for name, value in results) == where
    assert found.classification is not None
    assert found.classification.verdict is Verdict(kind), found.classification.says
    assert all(check.holds for check in found.solution.checks)


def test_a_whole_line_of_minima() -> None:
    found = stationary("x^2 + 2x y + y^2", "x y")
    assert found.status == "many stationary points: y may be any number"
    assert found.solution.free == (symbol("y"),)
    assert found.classification is not None and found.classification.is_strict is False


@pytest.mark.parametrize(
    ("text", "names", "status"),
    [
        ("x + y", "x y", "no stationary point: (1) cannot hold: 1 is not 0"),
        ("x^3 - 3x", "x", "1 minimum and 1 maximum"),
        ("x e^x", "x", "minimum"),
        ("x^3 + x", "x", "no stationary point: no real solution"),
    ],
)
def test_where_there_are_several_or_none(text: str, names: str, status: str) -> None:
    found = stationary(text, names)
    assert found.status == status
    assert found.classification is None


def test_no_variable_is_an_error() -> None:
    with pytest.raises(ProblemError, match="there is no variable"):
        stationary("x^2", "")


def test_each_second_derivative_is_derived() -> None:
    kind = stationary("x^2 y + y^2 - 2y", "y").classification
    assert kind is not None
    ((entry,),) = kind.entries
    assert TextWriter().write(entry.result) == "2"
    assert kind.is_global


# Numbers of real stationary points, seen by Newton's method from 1500 random starts each.
LARGE = [
    ("x^4 + y^4 + z^4 - 4x y z + x", 7),
    ("(x^2 + y^2 + z^2 - 3)^2 + (x y - z)^2 + x", 5),
    ("x^4 + y^4 + z^4 + x y + y z^2 + x^2 z - 3x", 1),
    ("x^4 y + y^4 z + z^4 x - x y z - x", 4),
]


@pytest.mark.parametrize(("text", "count"), LARGE)
def test_of_polynomials_in_three_unknowns_all_are_found(text: str, count: int) -> None:
    scope = Scope(functions=BOOK.functions)
    names = [symbol(name) for name in "xyz"]
    found = stationary_points(read_text(text, scope).expression, names, BOOK)
    assert found.solution.outcome is Outcome.SOLVED
    assert len(found.solution.points) == count


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("log(x) + x", []),
        ("x^2/2 - log(x) + y^2 - y", [(1, "1/2")]),
        ("sqrt(x) - x", [("1/4",)]),
        ("log(x y) - x - y + 0 x", [(1, 1)]),
    ],
)
def test_a_point_is_none_where_the_function_has_no_value(text: str, points: list) -> None:
    found = derivex.solve(text)
    wanted = [tuple(sympy.Rational(each) for each in point) for point in points]
    assert [tuple(each.values()) for each in found.result] == wanted


def test_the_likelihood_of_data_is_solved_and_calculated() -> None:
    counts = derivex.solve("sum_i (l - k_i log(l))", "l", data={"k": [2, 3, 4]})
    assert [str(each) for each in counts.result[0].values()] == ["3"]
    assert counts.verdicts == ["minimum"]
    assert "l = (Σᵢ kᵢ)/n" in counts.to_text()
    waiting = derivex.solve("-n log(r) + r sum_i t_i", "r", data={"t": [1, 2, 3]})
    assert [str(each) for each in waiting.result[0].values()] == ["1/2"]
    normal = "sum_i ((y_i - m)^2/(2 v) + log(v)/2)"
    found = derivex.solve(normal, "m,v", data={"y": [1, 3, 5]})
    assert [str(each) for each in found.result[0].values()] == ["3", "8/3"]
    assert derivex.load(found.to_json()).to_text() == found.to_text()


def test_a_curve_of_points_is_a_minimum_here_and_a_maximum_there() -> None:
    found = derivex.solve("x^3 + y^3 + z^3 - 3 x y z")
    assert [str(each) for each in found.result] == ["{x: z, y: z}"]  # and not y² + yz + z² = 0
    assert found.verdicts == ["varying"]
    assert "the trace is 18z, the sum of its principal minors of size 2 is 81z²" in found.to_text()


def test_four_unknowns_with_a_letter_go_by_rows_and_every_case_is_followed() -> None:
    system = "a x + y = 1, x + z = 2, y + z = 2, w + x = 3"
    found = derivex.solve(system, by="w,x,y,z")
    assert "Eliminate" in found.to_text() and "Without the new names" in found.to_text()
    assert all(check.is_proven for check in found.equations.checks)
    assert [str(each) for each in found.equations.special[0].assumed] == [
        "Equation(a, Negative(1))"
    ]
