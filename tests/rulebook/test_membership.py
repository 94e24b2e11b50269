"""Wrong rules about subdifferentials are refused, with the point at which they fail."""

from __future__ import annotations

import pytest

from derivex.errors import RuleError
from derivex.rulebook import shipped_book
from derivex.rulebook.lint import lint

BOOK = shipped_book()


def errors_of(formula: str, *more: str) -> str:
    source = 'membership mine  "mine"\n' + "".join(f"    {line}\n" for line in (formula, *more))
    return "\n".join(str(error) for error in lint(source, "my.rules", BOOK).errors)


@pytest.mark.parametrize(
    ("formula", "conditions", "says"),
    [
        (
            "subdifferential(|x|, x) = (if x < 0 then set(-1) else if x = 0 then interval(-2, 1) else set(1))",
            "",
            "no subgradient",
        ),
        (
            "subdifferential(|x|, x) = (if x < 0 then set(-1) else if x = 0 then interval(-1/2, 1) else set(1))",
            "",
            "the subgradients are [−1, 1], the right-hand side is [−1/2, 1]",
        ),
        ("subdifferential(|x|, x) = set(1)", "", "at x = "),
        ("subdifferential(c u, x) = c subdifferential(u, x)", "where c is free of x, c is a number, u is convex in x", "at "),
        ("subdifferential(-u, x) = -subdifferential(u, x)", "where u is convex in x", "no subgradient"),
        ("subdifferential(min(u, v), x) = subdifferential(u, x)", "where u is convex in x, v is convex in x", "not sound"),
    ],
)  # fmt: skip
def test_wrong_rules_are_refused(formula: str, conditions: str, says: str) -> None:
    found = errors_of(formula, *([conditions] if conditions else []))
    assert "the rule mine is not sound" in found
    assert says in found


def test_a_right_rule_is_accepted() -> None:
    assert errors_of("subdifferential(2 |x|, x) = 2 subdifferential(|x|, x)") == ""


def test_a_membership_rule_is_about_a_subdifferential() -> None:
    with pytest.raises(RuleError, match="the left-hand side of a membership rule"):
        errors_of("d/dx x^2 = 2 x")


@pytest.mark.parametrize(
    ("name", "definition", "shape", "says"),
    [
        ("cube",  "x^3",   "convex",            "cube is not convex"),
        ("root",  "√x",    "concave",           "root is not concave on the whole line"),
        ("fall",  "-x",    "increasing",        "fall is not increasing"),
        ("vee",   "|x|",   "convex, smooth",    "vee is not smooth: it has no derivative at 0"),
    ],
)  # fmt: skip
def test_wrong_shapes_are_refused(name: str, definition: str, shape: str, says: str) -> None:
    source = f"function {name}(x)\n    defined as {definition}\n    shape {shape}\n"
    (error,) = lint(source, "my.rules", BOOK).errors
    assert says in error.message
    assert error.place is not None and error.place.line == 1


def test_the_shapes_of_the_shipped_functions_hold() -> None:
    from derivex.rulebook.shape_soundness import wrong_shape

    for function in BOOK.functions.values():
        assert wrong_shape(function, BOOK.functions) is None
