"""Equations that are not linear: what comes out, case by case, and what is said of it."""

from pathlib import Path
from subprocess import TimeoutExpired

import pytest
import sympy

import derivex
from derivex.derivation import Detail
from derivex.errors import RecordError
from derivex.expression import Or, symbol
from derivex.notation import Scope, TextWriter, read_condition, read_relation
from derivex.rulebook import shipped_book
from derivex.solving import Outcome, Solution, solve, sympy_solver, written
from derivex.solving.points import Point

BOOK = shipped_book()
WRITER = TextWriter()

# equations                                     by      solutions, in the order in which they are found
SOLVED = """
    4x^3 - 4x = 0                             | x     | x = 0; x = 1; x = −1
    x^2 = 4                                   | x     | x = 2; x = −2
    (x - 3)^2 = 16                            | x     | x = 7; x = −1
    x^2 + 3x + 1 = 0                          | x     | x = −3/2 + √5/2; x = −3/2 − √5/2
    x^2 = -4                                  | x     |
    x^2 + x + 1 = 0                           | x     |
    x^4 + 1 = 0                               | x     |
    x^3 = -8                                  | x     | x = −2
    x^4 - 5x^2 + 4 = 0                        | x     | x = 2; x = 1; x = −1; x = −2
    x^4 = 16                                  | x     | x = 2; x = −2
    x^5 - x - 1 = 0                           | x     | x ≈ 1.167303978
    x^4 = 4                                   | x     | x = √2; x = −√2
    x^4 = -16                                 | x     |
    x^5 = 3                                   | x     | x = 3^(1/5)
    x^5 = -3                                  | x     | x = −3^(1/5)
    3 (x - 1)^5 + 2 = 98                      | x     | x = 3
    (2x - 1)^6 = 64                           | x     | x = 3/2; x = −1/2
    x^(-2) = 4                                | x     | x = 1/2; x = −1/2
    x^(-3) = 0                                | x     |
    x^(1/3) = 2                               | x     | x = 8
    x^(1/3) = -2                              | x     |
    (x + 1)^(3/2) = 8                         | x     | x = 3
    x^0.5 = 3                                 | x     | x = 9
    x^(-1/3) = 2                              | x     | x = 1/8
    x^(2/3) (x - 5) = 0                       | x     | x = 0; x = 5
    cbrt(x^2 - 1) = 2                         | x     | x = 3; x = −3
    cbrt(x) = x                               | x     | x = 0; x = 1; x = −1
    x^(1/3) = x                               | x     | x = 0; x = 1
    x - 3 x^(1/2) + 2 = 0                     | x     | x = 4; x = 1
    x^(2/3) - x^(1/3) - 6 = 0                 | x     | x = 27
    x^(-1/3) = x^(2/3)/2                      | x     | x = 2
    (x + 6)^(1/3) = x                         | x     | x = 2
    (x^2 - 5x + 5)^(1/3) = 1                  | x     | x = 4; x = 1
    (x^2 + x)^2 = 4                           | x     | x = 1; x = −2
    e^(x^2 - x) = 1                           | x     | x = 0; x = 1
    1/x + x = 5/2                             | x     | x = 2; x = 1/2
    (x^2 - 1)/(x - 1) = 0                     | x     | x = −1
    sqrt(x + 1) = x - 1                       | x     | x = 3
    sqrt(x) = -2                              | x     |
    |2x - 3| = 5                              | x     | x = 4; x = −1
    e^(2x) - 3 e^x + 2 = 0                    | x     | x = log(2); x = 0
    e^(2x + 1) = 5                            | x     | x = log(5)/2 − 1/2
    e^x = -1                                  | x     |
    ln(x^2) = 4                               | x     | x = e²; x = −e²
    x^2 e^(-x) - 2 x e^(-x) = 0               | x     | x = 0; x = 2
    2 sin(x)^2 - sin(x) = 0                   | x     | x = 0; x = π; x = π/6; x = 5π/6
    cos(x)^2 + sin(x) = 1                     | x     | x = 0; x = π; x = π/2
    2 sin(x)^2 + 3 cos(x) - 3 = 0             | x     | x = 0; x = π/3; x = 5π/3
    cbrt(x + 1) = cbrt(2x - 5)                | x     | x = 6
    tan(x) = 1                                | x     | x = π/4; x = 5π/4
    sin(x) = 2                                | x     |
    4x^3 - 4x = 0, 3y^2 - 27 = 0              | x y   | x = 0, y = 3; x = 1, y = 3; x = −1, y = 3; x = 0, y = −3; x = 1, y = −3; x = −1, y = −3
    3x^2 + 3y^2 - 6x = 0, 6x y - 6y = 0       | x y   | x = 0, y = 0; x = 2, y = 0; x = 1, y = 1; x = 1, y = −1
    x^2 = y, y^2 = x                          | x y   | x = 0, y = 0; x = 1, y = 1
    x + y = 5, x y = 6                        | x y   | x = 2, y = 3; x = 3, y = 2
    x^2 + y^2 = 0                             | x y   | x = 0, y = 0
    2x y^3 - 2 = 0, 3x^2 y^2 = 0              | x y   |
    e^x sin(y) = 0, e^x cos(y) = 0            | x y   |
"""
ROWS = [row.rsplit("|", 2) for row in SOLVED.strip().splitlines()]


def solved(text: str, names: str, *within: str) -> Solution:
    scope = Scope(functions=BOOK.functions).declare(*names.split())
    equations = [read_relation(part, scope).expression for part in text.split(",")]
    relations = [part for each in within for part in read_condition(each, scope).expression.args]
    found = solve(equations, [symbol(name) for name in names.split()], BOOK, within=relations)
    found.replay()
    return found


def told(point: Point) -> str:
    sign = "=" if point.exact else "≈"
    return ", ".join(
        f"{name.name} {sign} {WRITER.write(value)}" for name, value in point.values.items()
    )


def test_an_odd_root_of_a_letter_has_its_sign() -> None:
    found = solved("x^5 = d", "x")
    assert told(found.points[0]) == "x = sign(d) |d|^(1/5)"
    assert [check.holds for check in found.points[0].checks] == [True]


@pytest.mark.parametrize(("text", "names", "wanted"), ROWS)
def test_solutions(text: str, names: str, wanted: str) -> None:
    found = solved(text.strip(), names.strip())
    assert "; ".join(map(told, found.points)) == wanted.strip()
    assert found.outcome is (Outcome.SOLVED if wanted.strip() else Outcome.NO_SOLUTION)
    assert all(check.holds for point in found.points for check in point.checks)
    if found.points:
        assert written(found.completeness).startswith("these are all real solutions")


def test_an_interval_is_respected() -> None:
    found = solved("sin(x) = 0", "x", "0 <= x <= 2pi")
    assert [told(point) for point in found.points] == ["x = 0", "x = π", "x = 2π"]
    found = solved("sin(x) = 1/2", "x", "-pi <= x < 0")
    assert not found.points and found.outcome is Outcome.NO_SOLUTION


def test_what_squaring_has_added_is_left_out_and_said() -> None:
    found = solved("sqrt(x + 1) = x - 1", "x")
    assert [written(note) for note in found.notes] == ["x = 0 does not solve (1)"]


def test_where_a_denominator_vanishes_there_is_no_solution() -> None:
    found = solved("(x^2 - x)/x = 0", "x")
    assert {name.name: WRITER.write(value) for name, value in found.results.items()} == {"x": "1"}
    for text in ("(x^2 - 1)/(x - 1) = 2", "(x - 1)/(x^2 - x) = 1"):
        found = solved(text, "x")
        assert found.outcome is Outcome.NO_SOLUTION, found.results


def test_a_whole_curve_is_shown_as_such() -> None:
    found = solved("4x (x^2 + y^2 - 1) = 0, 4y (x^2 + y^2 - 1) = 0", "x y")
    (curve,) = [point for point in found.points if point.relations]
    assert WRITER.write(curve.relations[0]) == "x² + y² − 1 = 0"
    assert not curve.is_single


def test_three_lines_of_solutions() -> None:
    found = solved("y z = 0, x z = 0, x y = 0", "x y z")
    assert [point.free[0].name for point in found.points] == ["z", "x", "y"]


def test_himmelblau_is_complete() -> None:
    found = solved("4x^3 + 4x y - 42x + 2y^2 - 14 = 0, 4y^3 + 2x^2 + 4x y - 26y - 22 = 0", "x y")
    assert len(found.points) == 9 and found.outcome is Outcome.SOLVED
    assert [told(point) for point in found.points if point.exact] == ["x = 3, y = 2"]
    assert "Gröbner basis of the equations leaves" in written(found.completeness)


def test_the_six_hump_camel_is_complete() -> None:
    found = solved("8x - 8.4x^3 + 2x^5 + y = 0, x - 8y + 16y^3 = 0", "x y")
    assert len(found.points) == 15 and found.outcome is Outcome.SOLVED


def test_two_columns_of_moves_are_gone_through_in_every_detail() -> None:
    text = "3x^2 + 3y^2 - 6x = 0, 6x y - 6y = 0"
    result = derivex.solve(text)
    for detail in Detail:
        shown = result.to_text(detail=detail.value)
        assert "Case A" in shown and "P4" in shown


def test_a_stored_solution_is_the_same_again() -> None:
    for text in ("x^4 - 5x^2 + 5 = 0", "x^2 = y, y^2 = x", "sin(2x) = 1", "x^2 + 1 = 0"):
        result = derivex.solve(text)
        again = derivex.load(result.to_json())
        again.record.replay()
        assert again.to_text() == result.to_text()
        assert again.result == result.result


def test_a_damaged_point_is_found_out() -> None:
    found = solved("x^2 = 4", "x")
    point = found.points[0]
    damaged = Point({symbol("x"): symbol("y")}, checks=point.checks)
    object.__setattr__(found, "points", (damaged,))
    with pytest.raises(RecordError, match="do not end with x = y"):
        found.replay()


def test_what_no_move_solves_is_asked_of_sympy_and_said() -> None:
    found = solved("x e^x = 1", "x")
    assert found.outcome is Outcome.NOT_SOLVED
    assert any("SymPy's solver" in written(note) for note in found.notes)
    assert "not known to be all" in written(found.completeness) or not found.points


def test_sympy_has_a_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*arguments: object, **named: object) -> None:
        raise TimeoutExpired("solver", 8)

    monkeypatch.setattr(sympy_solver.subprocess, "run", endless)
    found = solved("x e^x = 1", "x")
    assert any("in 8 seconds" in written(note) for note in found.notes)


def test_what_is_not_solved_is_not_said_to_have_no_points(monkeypatch: pytest.MonkeyPatch) -> None:
    def endless(*arguments: object, **named: object) -> None:
        raise TimeoutExpired("solver", 8)

    monkeypatch.setattr(sympy_solver.subprocess, "run", endless)
    found = derivex.solve("x^(1/3) y^(2/3)", "x,y", subject_to="2x + 3y = 18")
    assert found.equations.outcome is Outcome.NOT_SOLVED
    assert "no stationary point" not in found.to_text() + found.status


def test_an_equation_left_without_unknowns_is_no_accident() -> None:
    found = derivex.solve("log(x) log(y) log(z) + x")
    (point,) = found.equations.points
    assert list(map(str, point.relations)) and found.verdicts == ["undecided"]


def test_every_move_of_an_alternative_can_be_redone() -> None:
    found = solved("x (x - 2) (x^2 - 3) = 0", "x")
    several = [move for move in found.all_moves if move.place is not None]
    assert several and all(type(move.equation) is Or for move in several)


def test_pages_of_cases_are_written(tmp_path: Path) -> None:
    result = derivex.solve("x^3 - 3x + y^2")
    assert "begin{align" in result.to_latex()
    assert "<math" in result.to_html()
    assert "$$" in result.to_markdown()


@pytest.mark.parametrize(
    ("equation", "needed"),
    [
        ("a x^2 + b x + c = 0", "a ≠ 0 and b² − 4ac ≥ 0"),
        ("x^2 + p x + 3 = 0", "p² − 12 ≥ 0"),
        ("k x^2 + x = 0", None),
        ("x^2 + x - 1 = 0", None),
    ],
)
def test_the_quadratic_formula_says_what_it_needs(equation: str, needed: str | None) -> None:
    told = derivex.solve(equation, by="x").to_text()
    if needed is None:
        assert "≥" not in told
    else:
        assert f"This holds if {needed}." in told
        assert f"the quadratic formula, splitting the fraction, if {needed}" in told


MORE_KINDS = """
    2^x = 3^x             | 0
    4^x = 8^(x - 1)       | 3
    5*2^x = 10^x          | log(5)/log(5)
    e^(2x) = e^(x + 3)    | 3
    x^x = 1               | 1
    2^x + 3^x = 0         |
    4^x - 2^x = 2         | 1
    |x - 1| = 2x + 3      | -2/3
    |x + 1| + |x - 2| = 5 | 3; -2
    |x| = |2x - 3|        | 3; 1
    abs(abs(x) - 2) = 1   | 3; -3; 1; -1
    |x^2 - 4| = 3x        | 1; 4
    tan(x) = 2 sin(x)     | 0; pi; pi/3; 5*pi/3
    sin(x) = sin(3x)      | 0; pi; pi/4; 3*pi/4; 5*pi/4; 7*pi/4
"""


@pytest.mark.parametrize("row", MORE_KINDS.strip().splitlines())
def test_powers_on_both_sides_absolute_values_and_sums_of_angles(row: str) -> None:
    text, wanted = (part.strip() for part in row.split(" | ")) if " | " in row else (row[:-1], "")
    found = derivex.solve(text)
    assert found.equations.outcome is Outcome.SOLVED or not wanted
    values = sorted(float(value) for each in found.result for value in each.values())
    expected = sorted(float(sympy.sympify(each)) for each in wanted.split(";") if each)
    assert values == pytest.approx(expected)
    found.replay()


def test_an_equation_that_holds_on_a_whole_interval() -> None:
    found = derivex.solve("|x - 1| = x - 1")
    assert "P1  x − 1 ≥ 0" in found.to_text()
    assert found.status == "solved: 1 solution"


def test_an_angle_with_letters_is_told_up_to_turns() -> None:
    text = derivex.solve("a sin(x) = b", "x").to_text()
    assert "x = asin(b/a) or x = π − asin(b/a)" in text
    assert "if |b/a| ≤ 1" in text
    assert "up to multiples of 2π" in text and "open" not in text
