"""Derivatives from the limit of the difference quotient, against the rules of differentiation."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import derivex
from derivex.derivation import Status
from derivex.engine import differentiate
from derivex.engine.first_principles import differentiate_by_limit
from derivex.equality import judge
from derivex.errors import ProblemError
from derivex.expression import D, Plus, Power, Times, integer, number, postorder, symbol
from derivex.notation import TextWriter, read_text
from derivex.rulebook import shipped_book

BOOK = shipped_book()
X = symbol("x")

RESULTS = [
    # function             derivative            the last move but the tidying
    ("x",                  "1",                  "limit-of-constant"),
    ("5",                  "0",                  "limit-of-constant"),
    ("x^2",                "2x",                 "continuity"),
    ("x^3",                "3x²",                "continuity"),
    ("x^4",                "4x³",                "continuity"),
    ("3x^2 + 5x - 1",      "6x + 5",             "continuity"),
    ("x^2/2 - x/3",        "x − 1/3",            "continuity"),
    ("0.5x^2",             "x",                  "continuity"),
    ("(x + 1)^2",          "2x + 2",             "continuity"),
    ("1/x",                "−1/x²",              "continuity"),
    ("1/x^2",              "−2/x³",              "continuity"),
    ("x^-2",               "−2/x³",              "continuity"),
    ("(2x + 1)/(x - 3)",   "−7/(x − 3)²",        "continuity"),
    ("sqrt(x)",            "1/(2√x)",            "continuity"),
    ("x^(1/2)",            "1/(2√x)",            "continuity"),
    ("sqrt(2x + 1)",       "1/√(2x + 1)",        "continuity"),
    ("-3 sqrt(x)",         "−3/(2√x)",           "continuity"),
    ("sin(x)",             "cos(x)",             "limit-of-sine"),
    ("cos(x)",             "−sin(x)",            "limit-of-sine"),
    ("-sin(2x + 1)/3",     "−2/3 cos(2x + 1)",   "limit-of-sine"),
    ("e^x",                "e^x",                "limit-of-exponential"),
    ("e^(3x)",             "3e^(3x)",            "limit-of-exponential"),
    ("e^(-x)",             "−e^(−x)",            "limit-of-exponential"),
    ("exp(2x)",            "2 exp(2x)",          "limit-of-exponential"),
    ("2^x",                "2^x log(2)",         "limit-of-power"),
    ("log(x)",             "1/x",                "limit-of-logarithm"),
    ("log(3x)",            "1/x",                "limit-of-logarithm"),
    ("x sin(x)",           "sin(x) + x cos(x)",  "limit-of-sine"),
    ("sin(x^2)",           "2x cos(x²)",         "continuity"),
    ("cos(x^2)",           "−2x sin(x²)",        "continuity"),
    ("e^(x^2)",            "2x e^(x²)",          "continuity"),
    ("2^(x^2)",            "2x · 2^(x²) log(2)", "continuity"),
    ("log(x^2 + 1)",       "2x/(x² + 1)",        "continuity"),
    ("log(2x + 3)",        "2/(2x + 3)",         "limit-of-logarithm"),
    ("x log(x)",           "log(x) + 1",         "limit-of-logarithm"),
    ("x sqrt(x)",          "3/2 √x",             "continuity"),
    ("sin(x) cos(x)",      "cos(x)² − sin(x)²",  "limit-of-sine"),
    ("sin(x)^2",           "2 cos(x) sin(x)",    "limit-of-sine"),
    ("sin(x)/x",           "(x cos(x) − sin(x))/x²", "limit-of-sine"),
    ("e^x/x",              "e^x (x − 1)/x²",     "limit-of-exponential"),
    ("x^n",                "nx^(n − 1)",         "continuity"),
    ("3x^m + 2",           "3mx^(m − 1)",        "limit-of-constant"),
    ("tan(x)",             "1/cos(x)²",         "limit-of-sine"),
    ("x^2 + 3 sin(x) - 2e^x + 7", "2x + 3 cos(x) − 2e^x", "limit-of-exponential"),
]  # fmt: skip


@pytest.mark.parametrize(("function", "derivative", "last"), RESULTS)
def test_result_and_last_move(function: str, derivative: str, last: str) -> None:
    found = derivex.diff(function, by="x", from_limit=True)
    assert found.status is Status.FINISHED
    assert TextWriter().write(found.expression) == derivative
    by_rules = derivex.diff(function, by="x").expression
    assert judge(found.expression, by_rules, BOOK.functions).holds
    names = [step.rule.name for step in found.steps]
    assert names[0] == "derivative-as-limit"
    limits = [step.rule.name for step in found.steps if step.rule.judgement.value == "limit"]
    assert limits[-1] == last
    assert not any(name.startswith("derivative-of-") for name in names)


def test_no_rule_of_differentiation_is_ever_used() -> None:
    """Second derivatives too are taken by the definition, twice."""
    found = derivex.diff("x^3", by=["x", "x"], from_limit=True)
    assert TextWriter().write(found.expression) == "6x"
    derivatives = [step.rule.name for step in found.steps if type(step.redex) is D]
    assert derivatives == ["derivative-as-limit"] * 2


def test_a_power_with_a_letter_line_by_line() -> None:
    says = [line.says for line in derivex.diff("x^n", "x", from_limit=True).lines()]
    assert says == [
        "",
        "using the definition of the derivative",
        "factoring a difference of powers, n being natural",
        "multiplying out",
        "cancelling the increment, which is not 0",
        "by continuity",
        "arithmetic",
        "adding exponents",
        "adding n equal terms",
    ]


def test_the_square_line_by_line() -> None:
    assert derivex.diff("x^2", from_limit=True, step="Δx").to_text().splitlines() == [
        "∂x²/∂x",
        "  = lim_{Δx→0} ((x + Δx)² − x²)/Δx            using the definition of the derivative",
        "  = lim_{Δx→0} (x² + 2x Δx + Δx² − x²)/Δx     multiplying out",
        "  = lim_{Δx→0} (2x Δx + Δx²)/Δx               collecting like terms",
        "  = lim_{Δx→0} Δx · (2x + Δx)/Δx              taking out the common factor",
        "  = lim_{Δx→0} (2x + Δx)                      cancelling the increment, which is not 0",
        "  = 2x + 0                                    by continuity",
        "  = 2x                                        arithmetic",
    ]


def test_the_sine_line_by_line() -> None:
    assert [str(line.says) for line in derivex.diff("sin(x)", from_limit=True).lines()] == [
        "",
        "using the definition of the derivative",
        "using the addition theorem of sin",
        "taking out common factors",
        "splitting the fraction",
        "using the limit of a sum",
        "taking constant factors out of the limit",
        "using the limit of (cos(h) − 1)/h",
        "using the limit of sin(h)/h",
        "arithmetic",
    ]


def test_partial_derivatives() -> None:
    assert TextWriter().write(derivex.diff("x^2 y + y", "x", from_limit=True).expression) == "2xy"
    by_y = derivex.diff("x^2 y + y", "y", from_limit=True).expression
    assert TextWriter().write(by_y) == "x² + 1"


def test_the_increment_is_a_new_letter() -> None:
    found = derivex.diff("h x^2", "x", from_limit=True)
    assert found.lines()[1].text == "lim_{k→0} (h · (x + k)² − hx²)/k"
    with pytest.raises(ProblemError, match="the increment h occurs in the expression"):
        derivex.diff("h x^2", "x", from_limit=True, step="h")


@pytest.mark.parametrize("function", ["x^(2n)", "|x|", "x^x", "e^(sqrt(x))", "f(x)"])
def test_what_these_rules_do_not_reach_is_said(function: str) -> None:
    found = derivex.diff(function, by="x", from_limit=True)
    assert found.status is Status.STUCK
    assert found.derivation.stuck
    assert not any(type(node) is D for node in postorder(found.expression))


def test_a_kink_has_two_one_sided_limits() -> None:
    with pytest.raises(ProblemError, match="from the right it is 1, from the left −1"):
        derivex.diff("|x|", from_limit=True, at="x = 0")


def test_a_point_outside_of_the_domain() -> None:
    with pytest.raises(ProblemError, match="division by zero"):
        derivex.diff("sqrt(x)", from_limit=True, at="x = 0")
    with pytest.raises(ProblemError, match="1/x has no real value at x = 0"):
        derivex.diff("1/x", from_limit=True, at="x = 0")


def test_limits_in_evaluation() -> None:
    assert derivex.evaluate("lim_{h->0} ((2 + h)^2 - 4)/h").result == 4
    with pytest.raises(ProblemError, match="from the right it is 1, from the left −1"):
        derivex.evaluate("lim_{h->0} |h|/h")


def test_stored_and_loaded() -> None:
    found = derivex.diff("sin(2x)", from_limit=True, step="t")
    again = derivex.Derivative.from_json(found.to_json())
    assert again.derivation == found.derivation


COEFFICIENTS = st.fractions(min_value=-9, max_value=9, max_denominator=6)


@settings(max_examples=25, deadline=None)
@given(st.lists(COEFFICIENTS, min_size=1, max_size=5))
def test_random_polynomials(coefficients: list) -> None:  # type: ignore[type-arg]
    terms = [
        Times(number(value), Power(X, integer(degree + 1)))
        for degree, value in enumerate(coefficients)
    ]
    polynomial = terms[0] if len(terms) == 1 else Plus(*terms)
    by_limit = differentiate_by_limit(polynomial, [X], BOOK)
    assert by_limit.status is Status.FINISHED
    by_rules = differentiate(polynomial, [X], BOOK)
    assert judge(by_limit.result, by_rules.result, BOOK.functions).kind == "proven"


def test_a_wrong_rule_for_limits_is_refused() -> None:
    from derivex.rulebook.lint import lint

    report = lint(
        'rule wrong  "a wrong rule"\n    lim_{h->0} sin(k h)/h  =  1\n    where k is free of h\n',
        "my.rules",
        BOOK,
    )
    assert "the left-hand side is 5, the right-hand side 1" in str(report.errors[0])
    right = lint('rule right  "r"\n    lim_{x->a} x^2  =  a^2\n', "my.rules", BOOK)
    assert [finding.kind for finding in right.findings] == ["tested"]


def test_a_limit_read_from_text_is_compared() -> None:
    left = read_text("lim_{h->0} ((x + h)^2 - x^2)/h").expression
    assert judge(left, Times(integer(2), X)).holds


LIMITS = [
    ("lim_{x->2} (x^2 - 4)/(x - 2)",        "4"),
    ("lim_{x->1} (x^3 - 1)/(x^2 - 1)",      "3/2"),
    ("lim_{x->a} (x^2 - a^2)/(x - a)",      "2a"),
    ("lim_{x->0} sin(3x)/(5x)",             "3/5"),
    ("lim_{x->0} (sqrt(1 + x) - 1)/x",      "1/2"),
    ("lim_{x->3} x^2",                      "9"),
    ("lim_{h->0} h",                        "0"),
    ("lim_{h->0+} sqrt(h)",                 "0"),
    ("lim_{h->0+} |h|/h",                   "1"),
    ("lim_{h->0-} |h|/h",                   "−1"),
    ("lim_{h->0+} (|0 + h| - |0|)/h",       "1"),
    ("lim_{h->0-} (|0 + h| - |0|)/h",       "−1"),
    ("lim_{h->0-} ((2 + h)^2 - 4)/h",       "4"),
]  # fmt: skip


@pytest.mark.parametrize(("limit", "value"), LIMITS)
def test_limits_of_other_kinds(limit: str, value: str) -> None:
    found = derivex.evaluate(limit)
    assert found.status is Status.FINISHED
    assert TextWriter().write(found.expression) == value


def test_a_limit_of_which_the_sides_differ_is_none() -> None:
    with pytest.raises(ProblemError, match="from the right it is ∞, from the left −∞"):
        derivex.evaluate("lim_{h->0} 1/h")


@pytest.mark.parametrize("limit", ["lim_{h->0+} 1/h", "lim_{x->0} sin(1/x)"])
def test_a_limit_that_is_not_found_is_no_value(limit: str) -> None:
    found = derivex.evaluate(limit)
    assert found.status is Status.STUCK
    assert len(found.derivation.stuck) == 1
