"""Problems with answers that were written down before the program was tried on them.

Three things are asked of each: the right solutions and kinds, that the list is complete or is said
not to be, and that every printed line holds at the solutions to which it leads.
"""

from __future__ import annotations

import pytest
import sympy

import derivex
from derivex.equality.balls import evaluate, precision
from derivex.errors import ProblemError
from derivex.expression import Equation, Nearly, Or, free_symbols
from derivex.solving import Outcome, Solution, Verdict
from derivex.solving.case import Case

EQUATIONS = """
    x^2 - 5x + 6 = 0                              | x     | 2; 3
    2x^3 - 3x^2 - 11x + 6 = 0                     | x     | 3; -2; 1/2
    x^4 - 13x^2 + 36 = 0                          | x     | 2; -2; 3; -3
    x^6 - 9x^3 + 8 = 0                            | x     | 1; 2
    x^2 + 2x + 5 = 0                              | x     |
    x^4 + x^2 + 1 = 0                             | x     |
    2^x = 32                                      | x     | 5
    4^x - 6*2^x + 8 = 0                           | x     | 1; 2
    e^(2x) - 3e^x - 4 = 0                         | x     | log(4)
    3^(2x-1) = 27                                 | x     | 2
    log(x) + log(x - 3) = log(10)                 | x     | 5
    log(x^2 - 3) = 0                              | x     | 2; -2
    sqrt(2x + 3) = x                              | x     | 3
    sqrt(x + 7) - sqrt(x) = 1                     | x     | 9
    |2x - 3| = 5                                  | x     | 4; -1
    |x - 1| = -2                                  | x     |
    1/x + 1/(x + 3) = 1/2                         | x     | 3; -2
    (x^2 - 4)/(x - 2) = 0                         | x     | -2
    sin(x) = 1/2                                  | x     | pi/6; 5*pi/6
    cos(2x) = cos(x)                              | x     | 0; 2*pi/3; 4*pi/3
    2 sin(x)^2 + sin(x) - 1 = 0                   | x     | pi/6; 5*pi/6; 3*pi/2
    sin(x) + cos(x) = 1                           | x     | 0; pi/2
    sqrt(3) sin(x) - cos(x) = 1                   | x     | pi/3; pi
    3 sin(x) + 4 cos(x) = 5                       | x     | atan(3/4)
    3 sin(x) + 4 cos(x) = 6                       | x     |
    2 sin(x) + 3 cos(x) = 1                       | x     | atan(2/3) + acos(1/sqrt(13)); atan(2/3) - acos(1/sqrt(13)) + 2*pi
    sin(2x) = sin(x)                              | x     | 0; pi/3; pi; 5*pi/3
    sin(x) = cos(x)                               | x     | pi/4; 5*pi/4
    x e^x - 2 e^x = 0                             | x     | 2
    x^2 log(x) = 0                                | x     | 1
    tanh(x) = 1/2                                 | x     | log(3)/2
    e^x + e^(-x) = 4                              | x     | log(2 + sqrt(3)); log(2 - sqrt(3))
    x^5 - x - 1 = 0                               | x     | CRootOf(x**5 - x - 1, 0)
    2^(x+1) + 2^x = 24                            | x     | 3
    2^(x+2) - 2^(3-x) = 14                        | x     | 2
    3^(2x) - 3^(x+1) = 54                         | x     | 2
    log_2(x) + log_2(x - 2) = 3                   | x     | 4
    log(x) + log(y) = log(6), x + y = 5           | x,y   | 2, 3; 3, 2
    x + y = 5, x y = 6                            | x,y   | 2, 3; 3, 2
    x^2 + y^2 = 25, x - y = 1                     | x,y   | 4, 3; -3, -4
    x^2 + y^2 = 13, x y = 6                       | x,y   | 2, 3; 3, 2; -2, -3; -3, -2
    x + y + z = 6, x y + y z + z x = 11, x y z = 6 | x,y,z | 1, 2, 3; 1, 3, 2; 2, 1, 3; 2, 3, 1; 3, 1, 2; 3, 2, 1
    x^2 = y, y^2 = x                              | x,y   | 0, 0; 1, 1
    x^2 + y = 3, y - 2x = 0, z = x + y            | x,y,z | 1, 2, 3; -3, -6, -9
    x y = 1, x^2 + y^2 = 1                        | x,y   |
    x^2 - y^2 = 0, x + 2y = 3                     | x,y   | 1, 1; -3, 3
    e^x = y, y^2 - 3y + 2 = 0                     | x,y   | 0, 1; log(2), 2
    x^3 + y^3 = 9, x + y = 3                      | x,y   | 1, 2; 2, 1
    x + y + z = 3, x^2 + y^2 + z^2 = 3, x^3 + y^3 + z^3 = 3 | x,y,z | 1, 1, 1
    w + x + y + z = 10, w - x = -1, x - y = -1, y - z = -1 | w,x,y,z | 1, 2, 3, 4
"""

STATIONARY = """
    x^4 - 4x^3                       | x     | 0 inflection point; 3 minimum
    (x - 1)^5                        | x     | 1 inflection point
    x^3 - 12 x y + 8 y^3             | x,y   | 0, 0 saddle; 2, 1 minimum
    x^4 + y^4 - 4 x y + 1            | x,y   | 0, 0 saddle; 1, 1 minimum; -1, -1 minimum
    x y (3 - x - y)                  | x,y   | 0, 0 saddle; 3, 0 saddle; 0, 3 saddle; 1, 1 maximum
    (x^2 + y^2) e^(-x)               | x,y   | 0, 0 minimum; 2, 0 saddle
    x^2 + y^4                        | x,y   | 0, 0 minimum
    x^2 + y^3                        | x,y   | 0, 0 saddle
    x^4 + y^4                        | x,y   | 0, 0 minimum
    x^2 - y^4                        | x,y   | 0, 0 saddle
    (y - x^2) (y - 3x^2)             | x,y   | 0, 0 saddle
    x/(1 + x^2 + y^2)                | x,y   | 1, 0 maximum; -1, 0 minimum
    log(1 + x^2 + y^2)               | x,y   | 0, 0 minimum
    x e^(-x^2 - y^2)                 | x,y   | 1/sqrt(2), 0 maximum; -1/sqrt(2), 0 minimum
    x^2 + y^2 + z^2 + x y - 3z       | x,y,z | 0, 0, 3/2 minimum
    x y z - x - y - z                | x,y,z | 1, 1, 1 saddle; -1, -1, -1 saddle
    sin(x) + sin(y)                  | x,y   | pi/2, pi/2 maximum; pi/2, 3*pi/2 saddle; 3*pi/2, pi/2 saddle; 3*pi/2, 3*pi/2 minimum
    log(x) - x                       | x     | 1 maximum
    x log(x)                         | x     | exp(-1) minimum
    x^3 + x                          | x     |
    e^(x + y)                        | x,y   |
    x^4 + 2 x^2 y^2 + y^4 - 2x^2 + 2y^2 | x,y | 0, 0 saddle; 1, 0 minimum; -1, 0 minimum
    3 x^2 y + y^3 - 3x^2 - 3y^2 + 2  | x,y   | 0, 0 maximum; 0, 2 minimum; 1, 1 saddle; -1, 1 saddle
    x^3 + y^2 + z^2 + 12 x y + 2z    | x,y,z | 0, 0, -1 saddle; 24, -144, -1 minimum
    (x^2 + y - 11)^2 + (x + y^2 - 7)^2 + 0 x | x,y | 9 points
    x^6 - y^2                        | x,y   | 0, 0 saddle
    x^2 + x y^2 + y^4                | x,y   | 0, 0 minimum
    x^2 + 2 x y^2 + y^4 + y^6        | x,y   | 0, 0 minimum
    x^2 - 3 x y^2 + y^4              | x,y   | 0, 0 saddle
    cos(x)                           | x     | 0 maximum; pi minimum
    x^2 e^(-x)                       | x     | 0 minimum; 2 maximum
    x + 4/x                          | x     | 2 minimum; -2 maximum
    x/y + 8/x - y                    | x,y   | -4, 2 maximum
"""

CONSTRAINED = """
    x y             | x + y = 10          | x,y   | 5, 5
    x + 2y          | x^2 + y^2 = 5       | x,y   | 1, 2; -1, -2
    x^2 + y^2 + z^2 | x + y + z = 3       | x,y,z | 1, 1, 1
    x y z           | x + y + z = 6       | x,y,z | 2, 2, 2; 6, 0, 0; 0, 6, 0; 0, 0, 6
    x^2 y           | x^2 + y^2 = 3       | x,y   | sqrt(2), 1; -sqrt(2), 1; sqrt(2), -1; -sqrt(2), -1; 0, sqrt(3); 0, -sqrt(3)
"""

CURVES = """
    (y - x^2)^2           | x,y | minimum
    (x + y - 1)^2         | x,y | minimum
    x^2 y^2               | x,y | minimum
    (x^2 + y^2 - 1)^2     | x,y | minimum
    -(x - 2y)^4           | x,y | maximum
    (x y - 1)^2           | x,y | minimum
"""


def rows(table: str) -> list[list[str]]:
    return [[part.strip() for part in row.split(" | ")] for row in table.strip().splitlines()]


def split_rows(table: str) -> list[list[str]]:
    found = []
    for row in table.strip().splitlines():
        *front, last = row.rsplit("|", 1)
        found.append([*[part.strip() for part in "|".join(front).rsplit("|", 1)], last.strip()])
    return found


def places_and_kinds(text: str) -> list[tuple[str, str]]:
    """``0, 0 saddle; 1, 1 minimum`` as pairs."""
    found = []
    for part in text.split(";"):
        kind = next((each.value for each in Verdict if part.strip().endswith(each.value)), "")
        if part.strip():
            found.append((part.strip().removesuffix(kind).strip(), kind))
    return found


def numbers(text: str) -> tuple[float, ...]:
    return tuple(
        float(sympy.sympify(part, locals={"x": sympy.Symbol("x")})) for part in _commas(text)
    )


def _commas(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for place, character in enumerate(text):
        depth += (character == "(") - (character == ")")
        if character == "," and not depth:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def close(first: tuple[float, ...], second: tuple[float, ...]) -> bool:
    return len(first) == len(second) and all(
        abs(a - b) < 1e-6 * (1 + abs(a)) for a, b in zip(first, second, strict=True)
    )


def found_points(solution: Solution) -> list[tuple[float, ...]]:
    if solution.case is None:
        return [_value(solution.results, solution)] if solution.results else []
    return [_value(point.values, solution) for point in solution.points]


def _value(values, solution: Solution) -> tuple[float, ...]:
    with precision(80):
        return tuple(
            float(evaluate(values[name], {}, solution.book.functions, real=True).real.mid())
            for name in solution.unknowns
        )


def assert_same(found: list[tuple[float, ...]], expected: list[tuple[float, ...]]) -> None:
    missing = [each for each in expected if not any(close(each, other) for other in found)]
    extra = [each for each in found if not any(close(each, other) for other in expected)]
    assert not missing, f"missing: {missing} in {found}"
    assert not extra, f"extra: {extra}"
    assert len(found) == len(expected)


def assert_every_line_holds(solution: Solution) -> None:
    """Each equation of a case holds at the points of the case, as far as they give it a value."""
    if solution.case is None:
        return
    stack: list[tuple[Case, list]] = [(solution.case, [])]
    while stack:
        case, before = stack.pop()
        lines = [*before, *[move.equation for move in case.moves]]
        stack += [(inner, lines) for inner in case.cases]
        for number in case.points:
            point = solution.points[number]
            if point.is_single and point.exact:
                for line in lines:
                    assert _holds(line, point.values, solution), (line, point.values)


def _holds(line, values, solution: Solution) -> bool:
    relations = line.args if type(line) is Or else (line,)
    outcomes = []
    with precision(200):
        inside = {
            name: evaluate(value, {}, solution.book.functions, real=True)
            for name, value in values.items()
            if not free_symbols(value)
        }
        for relation in relations:
            if type(relation) not in (Equation, Nearly):
                return True
            if not set(free_symbols(relation)) <= inside.keys():
                return True  # a letter that stands for a part, or one that is not known
            try:
                left, right = (
                    evaluate(side, inside, solution.book.functions, real=True)
                    for side in relation.args
                )
            except ProblemError:
                outcomes.append(False)
                continue
            outcomes.append(bool((left - right).abs_lower() < 1e-9))
    return any(outcomes)


def checked(record) -> Solution:
    record.replay()
    solution = getattr(record, "solution", record)
    assert_every_line_holds(solution)
    return solution


@pytest.mark.parametrize(("text", "unknowns", "expected"), split_rows(EQUATIONS))
def test_equations(text: str, unknowns: str, expected: str) -> None:
    solution = checked(derivex.solve(text, by=unknowns).record)
    wanted = [numbers(part) for part in expected.split(";") if part.strip()]
    assert_same(found_points(solution), wanted)
    assert solution.outcome is (Outcome.SOLVED if wanted else Outcome.NO_SOLUTION)


@pytest.mark.parametrize(("text", "unknowns", "expected"), split_rows(STATIONARY))
def test_stationary_points(text: str, unknowns: str, expected: str) -> None:
    record = derivex.solve(text, by=unknowns).record
    solution = checked(record)
    assert solution.outcome in (Outcome.SOLVED, Outcome.NO_SOLUTION)
    points = found_points(solution)
    if expected.endswith("points"):
        assert len(points) == int(expected.split()[0])
        return
    wanted = places_and_kinds(expected)
    assert_same(points, [numbers(where) for where, _ in wanted])
    kinds = [record.classification] if record.classification else record.kinds
    for point, kind in zip(points, kinds, strict=True):
        (name,) = [name for where, name in wanted if close(numbers(where), point)]
        assert kind.verdict.value == name, (point, kind.says)


@pytest.mark.parametrize(("text", "constraint", "unknowns", "expected"), rows(CONSTRAINED))
def test_with_a_constraint(text: str, constraint: str, unknowns: str, expected: str) -> None:
    record = derivex.solve(text, by=unknowns, subject_to=constraint).record
    solution = checked(record)
    assert solution.outcome is Outcome.SOLVED
    names = unknowns.split(",")
    places = [place for place, name in enumerate(solution.unknowns) if name.name in names]
    points = [tuple(point[place] for place in places) for point in found_points(solution)]
    assert_same(points, [numbers(part) for part in expected.split(";")])


@pytest.mark.parametrize(("text", "unknowns", "verdict"), rows(CURVES))
def test_whole_curves(text: str, unknowns: str, verdict: str) -> None:
    """On a whole curve of stationary points it is said what they are."""
    record = derivex.solve(text, by=unknowns).record
    solution = checked(record)
    assert solution.outcome in (Outcome.SOLVED, Outcome.UNDERDETERMINED)
    if record.classification is not None:
        assert solution.free
        assert record.classification.verdict.value == verdict
        return
    curves = [
        kind
        for point, kind in zip(solution.points, record.kinds, strict=True)
        if not point.is_single
    ]
    assert curves
    assert {kind.verdict.value for kind in curves} == {verdict}
