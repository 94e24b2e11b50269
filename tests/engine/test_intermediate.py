"""The chain rule through intermediate variables: given and found ones, and what is refused."""

from __future__ import annotations

from random import Random

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

import derivex
from derivex.derivation import Detail, Phase, Step
from derivex.engine import Intermediates, differentiate, differentiate_through
from derivex.equality import judge
from derivex.equality.sampling import random_expression
from derivex.errors import ProblemError, RecordError
from derivex.expression import TWO, D, Named, Plus, Power, Times, function_name, symbol
from derivex.expression.lower import lower
from derivex.rulebook import shipped_book
from derivex.rulebook.procedures.intermediate import chain_of_several_variables

A, X, Y = symbol("a"), symbol("x"), symbol("y")
BOOK = shipped_book()

# The expression, the variable, the intermediate variables, how the expression is written with
# them, and the result.
TABLE = [
    ("(3x + 2)^5",                "x", "u = 3x + 2",                      "u⁵",              "15(3x + 2)⁴"),
    ("(3x + 2)^5",                "x", "auto",                            "u⁵",              "15(3x + 2)⁴"),
    ("sin(x^2) e^(3x)",           "x", "auto",                            "sin(u₁) e^u₂",    "2x e^(3x) cos(x²) + 3 sin(x²) e^(3x)"),
    ("x^2 y (x + y)",             "x", "u = x^2 y, v = x + y",            "u v",             "3x²y + 2xy²"),
    ("(x + y + z)^2",             "y", "u = z + y + x",                   "u²",              "2(z + y + x)"),
    ("(a + b + x + y)^2",         "x", "u = x + a",                       "(u + b + y)²",    "2(x + a + b + y)"),
    ("a x b sin(a b)",            "x", "u = x, v = a b",                  "v u sin(v)",      "ab sin(ab)"),
    ("x sin(x^2)",                "x", "u = x^2",                         "v sin(u)",        "sin(x²) + 2x² cos(x²)"),
    ("x sin(x^2)",                "x", "u_1 = x^2",                       "u₂ sin(u₁)",      "sin(x²) + 2x² cos(x²)"),
    ("u^3",                       "x", "u = 2x",                          "u³",              "24x²"),
    ("log(1 + e^(-y w))",         "w", "auto",                            "log(u)",          "−y e^(−yw)/(1 + e^(−yw))"),
    ("tanh(w_2 tanh(w_1 x + b_1) + b_2)", "w_1", "v = tanh(u), u = w_1 x + b_1",
     "tanh(w₂ v + b₂)", "(1 − tanh(w₂ tanh(w₁ x + b₁) + b₂)²) w₂ (1 − tanh(w₁ x + b₁)²) x"),
    ("x/(x + y)",                 "y", "auto",                            "x/u",             "−x/(x + y)²"),
    ("(x_i + 1)^2",               "x_i", "u = x_i + 1",                   "u²",              "2(xᵢ + 1)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "by", "through", "named", "expected"), TABLE)
def test_table(text: str, by: str, through: str, named: str, expected: str) -> None:
    found = derivex.diff(text, by, through=through)
    lines = [line.text for line in found.lines()]
    variable = derivex.notation.TextWriter().write(found.derivation.by[0])
    assert any(f"∂{operand}/∂{variable}" in lines[:2] for operand in (named, f"({named})"))
    assert lines[-1] == expected
    plain = derivex.diff(text.replace("u^3", "(2x)^3"), by)
    assert judge(found.expression, plain.expression, BOOK.functions).holds


ROW = """\
∂((a x₁ + b x₂)² x₁ x₂)/∂x₂
  = ∂(u₁² u₂)/∂x₂                                                         with u₁ = a x₁ + b x₂, u₂ = x₁ x₂
  = ∂(u₁² u₂)/∂u₁ · ∂u₁/∂x₂ + ∂(u₁² u₂)/∂u₂ · ∂u₂/∂x₂                     using the chain rule of several variables
  = ∂(u₁² u₂)/∂u₁ · ∂(a x₁ + b x₂)/∂x₂ + ∂(u₁² u₂)/∂u₂ · ∂(x₁ x₂)/∂x₂     filling in u₁ and u₂
  = u₂ · ∂u₁²/∂u₁ · ∂(a x₁ + b x₂)/∂x₂ + u₁² · ∂u₂/∂u₂ · x₁ · ∂x₂/∂x₂     using the constant factor rule
  = u₂ · 2u₁ · ∂(a x₁ + b x₂)/∂x₂ + u₁² · 1 · x₁ · 1                      using the exponent rule
  = u₂ · 2u₁ (∂(a x₁)/∂x₂ + ∂(b x₂)/∂x₂) + u₁² · 1 · x₁ · 1               using the sum rule
  = u₂ · 2u₁ (0 + ∂(b x₂)/∂x₂) + u₁² · 1 · x₁ · 1                         using the constant rule
  = u₂ · 2u₁ (0 + b · ∂x₂/∂x₂) + u₁² · 1 · x₁ · 1                         using the constant factor rule
  = u₂ · 2u₁ (0 + b · 1) + u₁² · 1 · x₁ · 1                               using the exponent rule
  = u₂ · 2u₁ b + u₁² x₁                                                   arithmetic
  = 2u₂ u₁ b + u₁² x₁                                                     coefficients first
  = 2x₁ x₂ (a x₁ + b x₂) b + (a x₁ + b x₂)² x₁                            substituting u₁ and u₂ back
  = 2x₁ x₂ (a x₁ + b x₂) b + x₁ (a x₁ + b x₂)²                            coefficients first
  = 2b (a x₁ + b x₂) x₁ x₂ + x₁ (a x₁ + b x₂)²                            factors in the order given
  = (a x₁ + b x₂) x₁ (2b x₂ + a x₁ + b x₂)                                taking out the common factor
  = (a x₁ + b x₂) x₁ (3b x₂ + a x₁)                                       collecting like terms"""


def test_the_row_of_the_lecture() -> None:
    whole = "(a x_1 + b x_2)^2 x_1 x_2"
    parts = "u_1 = a x_1 + b x_2, u_2 = x_1 x_2"
    second = derivex.diff(whole, "x_2", through=parts, form="factored")
    assert second.to_text() == ROW
    first = derivex.diff(whole, "x_1", through=parts, form="factored")
    assert first.lines()[-1].text == "(a x₁ + b x₂) x₂ (3a x₁ + b x₂)"
    found = derivex.diff(whole, "x_2", through="auto", form="factored")
    assert found.to_text() == ROW
    a, b, x_1, x_2 = sympy.symbols("a b x_1 x_2")
    oracle = sympy.diff((a * x_1 + b * x_2) ** 2 * x_1 * x_2, x_2)
    assert sympy.expand(second.result - oracle) == 0


def test_names_that_are_defined_elsewhere() -> None:
    let = ["u_1 = a x_1 + b x_2", "u_2 = x_1 x_2"]
    found = derivex.diff("u_1^2 u_2", "x_1", let=let, through="u_1, u_2", form="factored")
    assert found.lines()[0].text == "∂(u₁² u₂)/∂x₁"
    assert found.lines()[-1].text == "(a x₁ + b x₂) x₂ (3a x₁ + b x₂)"
    assert "u_1 in the expression stands for" not in "".join(found.notes)


def test_a_definition_is_filled_in_before_parts_get_names() -> None:
    found = derivex.diff("f(x)^3", "x", let="f(t) = t^2 + 1", through="u = f(x)")
    assert [line.text for line in found.lines()][:3] == ["∂f(x)³/∂x", "∂(x² + 1)³/∂x", "∂u³/∂x"]
    assert found.lines()[-1].text == "6x (x² + 1)²"


REFUSED = [
    ("",                       "there are no intermediate variables"),
    (",",                      "a name and its value are expected here"),
    ("u = u + 1",              "the definition of u leads back to itself"),
    ("u = v x, v = u + 1",     "leads back to itself"),
    ("x = 3",                  "x is what is differentiated by"),
    ("u = x^7",                "u = x⁷ does not occur in"),
    ("y = a",                  "y stands in the expression already, beside a"),
    ("u",                      "it is not said what u stands for"),
    ("u = a x + y, u = x",     "u has a value already"),
    ("u = ",                   "a value is expected after ="),
    ("2 = x",                  "name"),
    ("sin = x",                "sin is a function"),
    ("u_i = a x + y",          "is an entry of a list"),
]  # fmt: skip


@pytest.mark.parametrize(("through", "message"), REFUSED)
def test_refused(through: str, message: str) -> None:
    with pytest.raises(derivex.DerivexError, match=r".") as caught:
        derivex.diff("(a x + y)^2 x y", "x", through=through)
    assert message in caught.value.message


def test_refused_for_other_reasons() -> None:
    with pytest.raises(ProblemError, match="worth a name"):
        derivex.diff("x^2", "x", through="auto")
    with pytest.raises(ProblemError, match="first derivative"):
        derivex.diff("sin(x^2)", ["x", "x"], through="u = x^2")
    with pytest.raises(ProblemError, match="changes with the index i"):
        derivex.diff("sum_i (s a_i + b)^2", "s", through="u = s a_i + b")


def test_no_chain_rule_where_it_would_be_wrong() -> None:
    """x beside u, or u inside of v: the sum over u and v would miss a part or count one twice."""
    u = Named(function_name("u"), Power(X, TWO))
    v = Named(function_name("v"), Times(u, A))
    assert chain_of_several_variables(D(Plus(u, X), X)) is None
    assert chain_of_several_variables(D(Times(u, v), X)) is None


def test_a_forged_naming_does_not_replay() -> None:
    """The names' definitions are part of the record, and looked for again."""
    found = differentiate_through(
        Power(Plus(X, Y), TWO), X, Intermediates({symbol("u"): Plus(X, Y)}), BOOK
    )
    phase = found.phases[0]
    (step,) = phase.steps.values()
    wrong = Named(function_name("u"), Plus(X, A))
    forged = Step(step.applied.with_parameters((wrong,)), step.redex, Power(wrong, TWO))
    with pytest.raises(RecordError, match="name-intermediates"):
        Phase(phase.start, {step.redex: forged}, D(Power(wrong, TWO), X)).replay()


def test_stored_and_loaded() -> None:
    found = derivex.diff("sin(x^2) x", "x", through="u = x^2", form="factored")
    again = derivex.Derivative.from_json(found.to_json())
    assert again.derivation == found.derivation
    assert again.to_text() == found.to_text()


def test_latex_has_the_names() -> None:
    shown = derivex.diff("(x + y)^2", "x", through="u_1 = x + y").to_latex()
    assert r"\frac{\partial u_{1}^{2}}{\partial u_{1}}" in shown
    assert r"\text{with $u_{1} = x + y$}" in shown


def test_a_quantity_has_the_value_of_its_definition() -> None:
    u = Named(function_name("u"), Power(X, TWO))
    assert judge(Power(u, TWO), Power(X, Plus(TWO, TWO))).kind == "proven"
    assert judge(D(Power(u, TWO), u), Times(TWO, Power(X, TWO))).kind == "proven"
    assert judge(D(u, X), Times(TWO, X)).kind == "proven"
    assert judge(D(u, X), Times(TWO, u)).kind == "wrong"
    assert lower(D(Power(u, TWO), X)).doit() == 4 * sympy.Symbol("x") ** 3


@given(st.integers(0, 10**9))
@settings(max_examples=60, deadline=None)
@pytest.mark.unchecked
def test_through_names_or_without_it_is_the_same(seed: int) -> None:
    """Random parts get names; every line has the value of the derivative."""
    random = Random(seed)
    parts = [random_expression(random, [X, Y], 2) for _ in range(2)]
    whole = Times(Plus(A, parts[0]), random_expression(random, [parts[0], parts[1], X, A], 2))
    given_names = {symbol("u"): parts[0], symbol("v"): parts[1]}
    try:
        found = differentiate_through(whole, X, Intermediates(given_names), BOOK)
    except ProblemError as error:
        assert "does not occur" in error.message
        return
    found.replay()
    expected = differentiate(whole, [X], BOOK).result
    for detail in Detail:
        for line in found.lines(detail):
            verdict = judge(line.expression, expected, BOOK.functions, seconds=0.5)
            assert verdict.kind != "wrong", f"{line}: {verdict}"
