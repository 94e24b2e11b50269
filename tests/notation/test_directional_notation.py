"""∂_x u, ∂_{x_1} u and f′(x; v)."""

from __future__ import annotations

import pytest

import derivex
from derivex.errors import ReadError
from derivex.notation import TextWriter, read_text

READINGS = [
    ("∂_x x^2",                "∂x²/∂x"),
    ("∂_x (x y)",              "∂(xy)/∂x"),
    ("∂_{x_1} (x_1^2 x_2)",    "∂(x₁² x₂)/∂x₁"),
    ("∂_θ θ^2 + 1",            "∂θ²/∂θ + 1"),
    ("∂_{w_j} w_i",            "∂wᵢ/∂wⱼ"),
    ("∂_x ∂_y (x y)",          "∂²(xy)/∂x∂y"),
    ("∂_1 f(x, y)",            "∂₁f(x, y)"),
    ("f'(x; u)",               "lim_{h→0} (f(x + hu) − f(x))/h"),
    ("f'(x, y; 3, -4)",        "lim_{h→0} (f(x + 3h, y − 4h) − f(x, y))/h"),
    ("f'(x, y; 1, 0)",         "lim_{h→0} (f(x + h, y) − f(x, y))/h"),
    ("f'(h; u)",               "lim_{k→0} (f(h + ku) − f(h))/k"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "written"), READINGS)
def test_readings(text: str, written: str) -> None:
    assert TextWriter().write(read_text(text).expression) == written


ERRORS = [
    ("∂_i x^2",      "^^^",          "∂_i does not say which variable has the index i"),
    ("∂_",           "^",            "∂ without what it is differentiated by"),
    ("f(x; 3)",      "   ^",         "a semicolon cannot be part of an expression"),
    ("f'(x; 3; 4)",  "       ^",     "a semicolon cannot be part of an expression"),
    ("f'(x; 3, 4)",  "^^^^^^^^^^^",  "as many components of a direction after it"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "caret", "message"), ERRORS)
def test_errors(text: str, caret: str, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_text(text)
    assert message in str(caught.value)
    assert str(caught.value).splitlines()[2] == f"    {caret}"


def test_the_letter_of_the_increment_is_not_in_the_definition() -> None:
    found = derivex.evaluate("f'(x; u)", let="f(x) = h x^2")
    assert TextWriter().write(found.expression) == "2hxu"


def test_a_partial_derivative_is_the_derivative_along_an_axis() -> None:
    along = derivex.evaluate("f'(x, y; 0, 1)", let="f(x, y) = x^2 y + y^2")
    partial = derivex.evaluate("∂_y f(x, y)", let="f(x, y) = x^2 y + y^2")
    numbered = derivex.evaluate("∂_2 f(x, y)", let="f(x, y) = x^2 y + y^2")
    assert along.result == partial.result == numbered.result
