"""Is a claimed gradient the gradient, by the definition of differentiability?"""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import derivex
from derivex.engine.differentiability import Finding
from derivex.notation import TextWriter

WRITE = TextWriter().write

TRUE = [
    # function                       at               gradient                        finding
    ("x^2 + y^2",                    None,            "2x, 2y",                       "POLYNOMIAL"),
    ("x^2 + y^2",                    "x = 1, y = 2",  "2, 4",                         "POLYNOMIAL"),
    ("x^2 + y^2",                    "x = 0, y = 0",  "0, 0",                         "POLYNOMIAL"),
    ("2x^2 + y^2 + 3 x y + 4",       None,            "4x + 3y, 2y + 3x",             "POLYNOMIAL"),
    ("x y z",                        None,            "y z, x z, x y",                "POLYNOMIAL"),
    ("3x - y/2 + 7",                 None,            "3, -1/2",                      "POLYNOMIAL"),
    ("x^2",                          None,            "2x",                           "POLYNOMIAL"),
    ("1/x",                          "x = 2",         "-1/4",                         "POLYNOMIAL"),
    ("sin(x) y",                     None,            "y cos(x), sin(x)",             "CONTINUOUS"),
    ("e^x + y^2",                    "x = 0, y = 3",  "1, 6",                         "CONTINUOUS"),
]  # fmt: skip


@pytest.mark.parametrize(("function", "at", "gradient", "finding"), TRUE)
def test_true_claims(function: str, at: str | None, gradient: str, finding: str) -> None:
    found = derivex.differentiability(function, gradient=gradient, at=at)
    found.replay()
    assert found.holds is True
    assert found.record.finding is Finding[finding]
    assert found.expression == 0
    assert found.to_text().splitlines()[-1].endswith("is its gradient.") or "," not in gradient


FALSE = [
    # function       at               gradient       along      the limit there
    ("x^2 + y^2",    None,            "2x, 3y",      "(0, 1)",  "−y"),
    ("x^2 + y^2",    "x = 1, y = 2",  "2, 5",        "(0, 1)",  "−1"),
    ("x^2 + y^2",    None,            "2y, 2x",      "(1, 0)",  "2x − 2y"),
    ("x y",          "x = 0, y = 2",  "0, 0",        "(1, 0)",  "2"),
    ("sin(x) y",     "x = 0, y = 1",  "1, 1",        "(0, 1)",  "−1"),
    ("x^2",          None,            "3x",          "(1)",     "−x"),
]  # fmt: skip


@pytest.mark.parametrize(("function", "at", "gradient", "along", "value"), FALSE)
def test_false_claims(function: str, at: str | None, gradient: str, along: str, value: str) -> None:
    found = derivex.differentiability(function, gradient=gradient, at=at)
    found.replay()
    assert found.holds is False
    record = found.record
    assert record.witness is not None and record.along is not None
    assert (WRITE(record.witness), WRITE(record.along.result)) == (along, value)
    assert f"The limit is {value}, which is not 0" in found.to_text()


COEFFICIENTS = st.lists(st.integers(-4, 4), min_size=5, max_size=5)


@settings(max_examples=15, deadline=None)
@given(COEFFICIENTS, st.integers(-3, 3), st.integers(-3, 3), st.integers(-1, 1))
def test_random_polynomials(c: list[int], x: int, y: int, slip: int) -> None:
    function = f"({c[0]}) x^2 + ({c[1]}) x y + ({c[2]}) y^2 + ({c[3]}) x + ({c[4]}) x^2 y"
    gradient = [
        2 * c[0] * x + c[1] * y + c[3] + 2 * c[4] * x * y + slip,
        c[1] * x + 2 * c[2] * y + c[4] * x * x,
    ]
    found = derivex.differentiability(function, "x,y", gradient=gradient, at={"x": x, "y": y})
    assert found.holds is (slip == 0)


def test_a_limit_along_lines_alone_proves_nothing() -> None:
    """Wherever a partial derivative is not seen to be continuous, the claim stays open."""
    found = derivex.differentiability("x sqrt(x) + y", gradient="0, 1", at="x = 0, y = 0")
    assert found.holds is None
    assert "undecided" in found.to_text() or "not decided" in found.to_text()


BAD = [
    (("x^2 + y^2", "2x"), {},                      "has 1 component, but there are 2 variables"),
    (("|x|", "0"), {"at": "x = 0"},                "from the right it is 1, from the left −1"),
    (("sqrt(x^2 + y^2)", "0, 0"), {"at": "x = 0, y = 0"}, "from the right it is 1, from the left"),
    (("1/x", "0"), {"at": "x = 0"},                "division by zero"),
    (("x y", "y,"), {},                            "a component is expected here"),
]  # fmt: skip


@pytest.mark.parametrize(("question", "more", "message"), BAD)
def test_bad_input(question: tuple[str, str], more: dict, message: str) -> None:  # type: ignore[type-arg]
    function, gradient = question
    with pytest.raises(derivex.DerivexError, match=message):
        derivex.differentiability(function, gradient=gradient, **more)


def test_a_proof_to_read() -> None:
    assert derivex.differentiability("x^2 + y^2", gradient="2x, 2y").to_text().splitlines()[
        2:9
    ] == [
        "lim_{h→0} ((x + h u₁)² + (y + h u₂)² − (x² + y²) − (2xh u₁ + 2yh u₂))/h",
        "  = lim_{h→0} (x² + 2xh u₁ + h² u₁² + y² + 2yh u₂ + h² u₂² − x² − y² − 2xh u₁ − 2yh u₂)/h"
        "     multiplying out",
        "  = lim_{h→0} (h² u₁² + h² u₂²)/h                                                        "
        "     collecting like terms",
        "  = lim_{h→0} h² (u₁² + u₂²)/h                                                           "
        "     taking out the common factor",
        "  = lim_{h→0} h · (u₁² + u₂²)                                                            "
        "     cancelling the increment, which is not 0",
        "  = 0 · (u₁² + u₂²)                                                                      "
        "     by continuity",
        "  = 0                                                                                    "
        "     arithmetic",
    ]


def test_stored() -> None:
    found = derivex.differentiability("x^2 + y^2", gradient="2x, 3y")
    stored = json.loads(found.to_json())
    assert (stored["holds"], stored["witness"]["text"]) == (False, "(0, 1)")
    assert derivex.load(found.to_json()).record.limit == found.record.limit
    assert r"\lim_{h \to 0}" in found.to_latex()
