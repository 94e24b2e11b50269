"""Lagrange multipliers, and gradients by whole vectors set to zero."""

import pytest

import derivex
from derivex.errors import DerivexError, ProblemError
from derivex.expression import ZERO
from derivex.notation import TextWriter
from derivex.solving import written

WRITER = TextWriter()

# function            by      subject to              where, with the multiplier             what
CONSTRAINED = """
    x y             | x,y   | x + y = 1             | x = 1/2, y = 1/2, λ = 1/2                 | maximum
    x^2 + y^2       | x,y   | x + 2y = 5            | x = 1, y = 2, λ = 2                       | minimum
    x^2 + y^2 + z^2 | x,y,z | x + y + z = 3         | x = 1, y = 1, z = 1, λ = 2                | minimum
    x^2 - y^2       | x,y,z | x + y + z = 0         | x = 0, y = 0, z = 0, λ = 0                | saddle
"""
ROWS = [[part.strip() for part in row.split("|")] for row in CONSTRAINED.strip().splitlines()]


@pytest.mark.parametrize(("text", "names", "constraint", "where", "kind"), ROWS)
def test_one_point(text: str, names: str, constraint: str, where: str, kind: str) -> None:
    found = derivex.solve(text, names, subject_to=constraint)
    found.record.replay()
    (point,) = found.equations.points
    told = ", ".join(f"{WRITER.write(n)} = {WRITER.write(v)}" for n, v in point.values.items())
    assert told == where
    assert found.verdicts == [kind]
    again = derivex.load(found.to_json())
    assert again.to_text() == found.to_text()


def test_on_a_circle_there_are_a_highest_and_a_lowest_point() -> None:
    found = derivex.solve("x + y", "x,y", subject_to="x^2 + y^2 = 2")
    assert sorted(found.verdicts) == ["maximum", "minimum"]
    assert "The Lagrange function" in found.to_text()


def test_two_constraints() -> None:
    found = derivex.solve("x^2 + y^2 + z^2", "x,y,z", subject_to=["x + y = 2", "y + z = 2"])
    (point,) = found.result
    assert {str(name): value for name, value in point.items()}["y"] == derivex.solve(
        "3y = 4"
    ).result[0].popitem()[1]
    assert found.verdicts == ["minimum"]


@pytest.mark.parametrize(
    ("text", "constraint", "names", "verdict"),
    [
        ("x", "x^3 - y^2 = 0", "x,y", "undecided"),
        ("x", "x^2 + y^2 = 0", "x,y", "minimum"),
        ("x + z", "x^2 + y^2 = z^2", "x,y,z", "undecided"),
    ],
)
def test_where_a_constraint_has_no_tangent_there_is_a_candidate_besides(
    text: str, constraint: str, names: str, verdict: str
) -> None:
    (corner,) = derivex.solve(text, names, subject_to=constraint).record.corners
    assert set(corner.values.values()) == {ZERO}
    assert corner.verdict.value == verdict
    assert "gradient of the constraint is 0 here" in written(corner.reason)


@pytest.mark.parametrize(
    ("text", "constraint", "where", "verdict"),
    [
        ("cbrt(x)^2 + y", "x + y = 1", {"x": 0, "y": 1}, "minimum"),
        ("-|x - 1| + y", "x + 2y = 3", {"x": 1, "y": 1}, "maximum"),
        ("y", "y = |x|", {"x": 0, "y": 0}, "minimum"),
        ("x^2 + y^2", "max(x, y) = 1", {"x": 1, "y": 1}, "undecided"),
        ("|x - y| + z^2 + y^2", "x + y = 2 z", {"x": 0, "y": 0, "z": 0}, "minimum"),
    ],
)
def test_kinks_under_constraints(
    text: str, constraint: str, where: dict[str, int], verdict: str
) -> None:
    found = derivex.solve(text, ",".join(where), subject_to=constraint)
    corners = {
        tuple(int(str(value)) for value in corner.values.values()): corner.verdict.value
        for corner in found.record.corners
        if len(corner.values) == len(where)
    }
    assert corners[tuple(where.values())] == verdict


def test_a_curve_is_judged_by_its_value_where_derivatives_do_not_decide() -> None:
    found = derivex.solve("x^2 y^2 z^2", "x,y,z", subject_to="x^2 + y^2 + z^2 = 4")
    curves = [
        verdict
        for point, verdict in zip(found.equations.points, found.verdicts, strict=True)
        if not point.is_single
    ]
    assert curves == ["minimum"] * 3


def test_kinks_on_the_constraints_that_are_no_points_are_named() -> None:
    found = derivex.solve("|x| + y + z", "x,y,z", subject_to="x^2 + y^2 + z^2 = 1")
    assert "here x = 0 there are kinks, on which this method may miss a point" in found.to_text()


@pytest.mark.parametrize(
    ("text", "constraint", "kinds"),
    [
        ("x + y + z", "x^2 + y^2 + z^2 = 1", ["maximum", "minimum"]),
        ("x + 2y + 3z", "x - y + z = 1, x^2 + y^2 = 1", ["maximum", "minimum"]),
        ("x y z", "x^2 + y^2 + z^2 = 3", ["maximum"] * 4 + ["minimum"] * 4 + ["saddle"] * 6),
        ("-x log(x) - y log(y) - z log(z)", "x + y + z = 1", ["maximum"]),
        ("e^(x y)", "x^3 + y^3 = 16", ["maximum"]),
    ],
)
def test_kinds_with_roots_in_them(text: str, constraint: str, kinds: list[str]) -> None:
    found = derivex.solve(text, "x,y,z" if "z" in text else "x,y", subject_to=constraint)
    assert found.equations.outcome.value == "solved"
    assert sorted(found.verdicts) == kinds


@pytest.mark.parametrize(
    ("constraint", "message"),
    [("x = 1, y = 2", "no freedom"), ("a = 1", "none of the variables"), ("x + y", "equation")],
)
def test_constraints_that_make_no_sense(constraint: str, message: str) -> None:
    with pytest.raises(DerivexError, match=message):
        derivex.solve("x y", "x,y", subject_to=constraint)


def test_the_normal_equations() -> None:
    found = derivex.solve("||X theta - y||^2", "theta")
    found.record.replay()
    (value,) = found.equations.results.values()
    assert WRITER.write(value) == "(XᵀX)⁻¹ Xᵀy"
    assert [WRITER.write(each) for each in found.equations.conditions] == ["det(XᵀX) ≠ 0"]
    assert found.verdict == "minimum"
    assert derivex.load(found.to_json()).to_text() == found.to_text()
    shown = found.to_text()
    assert "XᵀXθ = Xᵀy " in shown and "This holds if det(XᵀX) ≠ 0." in shown


def test_with_a_penalty() -> None:
    found = derivex.solve("||X theta - y||^2 + k ||theta||^2", "theta")
    (value,) = found.equations.results.values()
    assert WRITER.write(value) == "(XᵀX + k I_d)⁻¹ Xᵀy"


def test_a_vector_that_is_not_linear_is_left_to_descent() -> None:
    with pytest.raises(ProblemError, match="not a matrix times"):
        derivex.solve("||theta||^4", "theta", let="theta: d")
