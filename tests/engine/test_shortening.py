"""How results end: numbers of fractions put together, brackets with like terms opened."""

from __future__ import annotations

import pytest

import derivex

RESULTS = [
    # the function                        by      its derivative, tidied
    ("k/2 w^2",                           "w",    "kw"),
    ("-n/2 log(2π s^2)",                  "s",    "−n/s"),
    ("asinh(x/2)",                        "x",    "1/(2√(x²/4 + 1))"),
    ("asin(2x)",                          "x",    "2/√(1 − 4x²)"),
    ("atan(-x)",                          "x",    "−1/(1 + x²)"),
    ("x^2 log(x)",                        "x,x",  "2 log(x) + 3"),
    ("e^x cos(x)",                        "x,x",  "−2e^x sin(x)"),
    ("sqrt((x + 1)/(x - 1))",             "x",    "−1/((x − 1)² √((x + 1)/(x − 1)))"),
    # A factor that all terms of a numerator have is cancelled.
    ("log(x)/x^2",                        "x",    "(1 − 2 log(x))/x³"),
    ("x/(x + 1)^3",                       "x",    "(−2x + 1)/(x + 1)⁴"),
    ("x/(1 + x^2)^2",                     "x",    "(1 − 3x²)/(1 + x²)³"),
    ("x^2 y/(x + y)^2",                   "x",    "2xy²/(x + y)³"),
    ("sin(x)/(a x)",                      "x",    "(x cos(x) − sin(x))/(x²a)"),
    # Brackets are multiplied out where like terms come of it.
    ("e^x/(1 + e^x)",                     "x",    "e^x/(1 + e^x)²"),
    ("(a x + b)/(c x + d)",               "x",    "(ad − cb)/(cx + d)²"),
    ("-y log(sigma(z)) - (1 - y) log(1 - sigma(z))", "z", "−y + sigmoid(z)"),
    ("1/(x^2 + 1)",                       "x,x,x", "−(24x³ − 24x)/(x² + 1)⁴"),
    ("gelu(2x)",                          "x",    "1 + erf(x √2) + 4x e^(−2x²)/√(2π)"),
    ("(x^2 + 1) e^x",                     "x",    "2x e^x + (x² + 1) e^x"),
    # No fraction stays inside a fraction if one factor clears it.
    ("sqrt(x)/(x + 1)",                   "x",    "(−x + 1)/(2(x + 1)² √x)"),
    ("log(x)/(x + 1)",                    "x",    "(x + 1 − x log(x))/(x (x + 1)²)"),
    ("x/sqrt(x^2 + a^2)",                 "x",    "a²/((x² + a²) √(x² + a²))"),
    ("atan2(x, x^2 + 1)",                 "x",    "(−x² + 1)/((x² + 1)² + x²)"),
    # Roots, absolute values, exponentials, sines beside cosines.
    ("x^sqrt(x)",                         "x",    "x^(√x) (log(x)/(2√x) + 1/√x)"),
    ("x sqrt(x)",                         "x",    "3/2 √x"),
    ("sqrt(x)",                           "x,x,x", "3/(8x² √x)"),
    ("|x|^3",                             "x",    "3x |x|"),
    ("erf(sqrt(x)) e^x",                  "x",    "1/(√π √x) + erf(√x) e^x"),
    ("e^(2x)/(e^x + 1)",                  "x",    "(e^(3x) + 2e^(2x))/(e^x + 1)²"),
    ("sin(x)/cos(x)",                     "x",    "1/cos(x)²"),
    ("(sin x - x cos x)/(cos x + x sin x)", "x",  "x²/(cos(x) + x sin(x))²"),
    ("atan(e^x)",                         "x",    "e^x/(1 + e^(2x))"),
    ("asec(2x)",                          "x",    "1/(|x| √(4x² − 1))"),
    ("asec(1/x)",                         "x",    "−|x|/(x² √(1/x² − 1))"),
    ("atan(x/2)",                         "x",    "2/(4 + x²)"),
    ("atan((1 + x)/2)",                   "x",    "2/(4 + (1 + x)²)"),
    ("sqrt(x^2 + 2x + 5)",                "x",    "(x + 1)/√(x² + 2x + 5)"),
    ("cos(acos(x))",                      "x",    "1"),
    ("sin(asin(x))",                      "x",    "1"),
    ("tan(atan(x))",                      "x",    "1"),
    ("sin(atan(x))",                      "x",    "1/((1 + x²) √(1 + x²))"),
    ("tan(x/2)^2",                        "x",    "tan(x/2)/cos(x/2)²"),
    ("sec(x/2)",                          "x",    "1/2 sec(x/2) tan(x/2)"),
    # Reciprocal powers by the exponent rule, not as reciprocals of powers.
    ("1/(1 - 3x)^4",                      "x",    "12/(1 − 3x)⁵"),
    ("1/x^n",                             "x",    "−n/x^(n + 1)"),
    ("1/x^2",                             "x,x",  "6/x⁴"),
    ("1/cos(x)^2",                        "x",    "2 sin(x)/cos(x)³"),
    # Brackets without like terms beside them stay as the rules left them.
    ("(x + y + z)^2",                     "y",    "2(x + y + z)"),
    ("(x^2 + 1)^3 + x",                   "x",    "6x (x² + 1)² + 1"),
    ("y^2 - (x + 1)^2",                   "x",    "−2(x + 1)"),
]  # fmt: skip


@pytest.mark.parametrize(("function", "by", "result"), RESULTS)
def test_the_form_of_results(function: str, by: str, result: str) -> None:
    derived = derivex.diff(function, by=by.split(","))
    assert derived.lines()[-1].text == result
    derived.replay()


def test_the_chain_rule_for_a_reciprocal_power() -> None:
    derived = derivex.diff("1/(2x + y)^3", by="x")
    assert str(derived) == (
        "∂(1/(2x + y)³)/∂x\n"
        "  = ∂(1/(2x + y)³)/∂(2x + y) · ∂(2x + y)/∂x     using the chain rule\n"
        "  = (−3/(2x + y)⁴) · ∂(2x + y)/∂x               using the exponent rule\n"
        "  = (−3/(2x + y)⁴) (∂(2x)/∂x + ∂y/∂x)           using the sum rule\n"
        "  = (−3/(2x + y)⁴) (2 · ∂x/∂x + ∂y/∂x)          using the constant factor rule\n"
        "  = (−3/(2x + y)⁴) (2 · 1 + 0)                  using the exponent and constant rules\n"
        "  = −3/(2x + y)⁴ · 2                            arithmetic\n"
        "  = −3 · 2/(2x + y)⁴                            multiplying fractions\n"
        "  = −6/(2x + y)⁴                                arithmetic"
    )


@pytest.mark.parametrize(
    ("function", "result"),
    [
        ("(x^2 - 1)/(x^2 + 1)", "4x/(x² + 1)²"),
        ("(1 - x)/(1 + x)", "−2/(1 + x)²"),
    ],
)
def test_factoring_ends_where_brackets_have_gone(function: str, result: str) -> None:
    assert derivex.diff(function, by="x", form="factored").lines()[-1].text == result


SIMPLIFIED = [
    # the function              by     the shortest of its forms
    ("(x^2 - 1)/(x^2 + 1)",     "x",   "4x/(x² + 1)²"),  # factored
    ("(3x + 1)^2 (2x - 5)^3",   "x",   "6(3x + 1) (2x − 5)² (5x − 4)"),
    ("x^2/(x + 1)",             "x",   "x (x + 2)/(x + 1)²"),
    ("x sqrt(1 - x^2)",         "x",   "(1 − 2x²)/√(1 − x²)"),  # over one denominator
    ("atan(sqrt((1-x)/(1+x)))", "x",   "−1/(2(1 + x) √((1 − x)/(1 + x)))"),
    ("atan(x) + atan(1/x)",     "x",   "0"),
    ("(a x + b)/(c x + d)",     "x",   "(ad − cb)/(cx + d)²"),
    ("(x + y + z)^2",           "y",   "2(x + y + z)"),  # as it is
    ("(2x+1)^5 (x-2)^2",        "x",   "2(2x + 1)⁴ (x − 2) (7x − 9)"),
    ("sin(x)",                  "x",   "cos(x)"),
]  # fmt: skip


@pytest.mark.parametrize(("function", "by", "result"), SIMPLIFIED)
def test_the_shortest_form(function: str, by: str, result: str) -> None:
    derived = derivex.diff(function, by=by, form="simplified")
    assert derived.lines()[-1].text == result
    derived.replay()
