"""Backpropagation: the quantities, the adjoints, what they cost, and what they are worth."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy.core.basic import Basic

from derivex.api import make_problem
from derivex.derivation import Detail, Status
from derivex.engine.backward import BackwardDerivation, backward
from derivex.equality import judge
from derivex.errors import ProblemError, RecordError
from derivex.expression import (
    Apply,
    D,
    Equation,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    function_name,
    integer,
    substitute,
    symbol,
)
from derivex.notation import TextWriter
from derivex.rulebook import shipped_book
from tests.benchmarks.backward import operations, operations_of
from tests.benchmarks.expressions import written_network

WRITE = TextWriter().write
NETWORK = (
    "1/2 (y - t)^2",
    "w_11, w_12, w_21, w_22, b_1, b_2, c_1, c_2",
    "y = c_1 a_1 + c_2 a_2",
    "a_1 = tanh(z_1)",
    "a_2 = tanh(z_2)",
    "z_1 = w_11 x_1 + w_12 x_2 + b_1",
    "z_2 = w_21 x_1 + w_22 x_2 + b_2",
)


def walk(text: str, by: str | None = None, *let: str) -> BackwardDerivation:
    problem = make_problem(text, by, None, let)
    variables = problem.by or problem.variables()
    return backward(problem.expression, variables, problem.book, problem.definitions)


def check(found: BackwardDerivation) -> None:
    """Every line of every adjoint has the value of the one before it, and it is ∂L/∂v.

    L is written as a function of v, all other quantities filled in, and differentiated by v
    numerically; the adjoint is compared with that.
    """
    found.replay()
    functions = found.book.functions
    for each in (*found.adjoints, *found.partials):
        filled: dict[Basic, Basic] = {}
        for quantity in found.quantities:
            if quantity.name is not each.of:
                filled[quantity.name] = substitute(quantity.body, filled)
        whole = D(filled[found.root.name], each.of)
        for other in found.adjoints:
            filled[other.name] = substitute(other.result, filled)
        verdict = judge(whole, substitute(each.result, filled), functions)
        assert verdict.holds, f"{each.name}: {verdict}"
        for detail in Detail:
            lines = list(each.lines(detail))
            head = Equation(each.name, each.meaning) if each.is_quantity else each.meaning
            assert lines[0].expression is head
            assert all(line.says for line in lines[1:])
            assert lines[-1].expression is each.result
            for before, after in pairwise(lines[1:]):
                left, right = before.expression, after.expression
                if after.says.startswith("with "):
                    left, right = substitute(left, filled), substitute(right, filled)
                verdict = judge(left, right, functions)
                assert verdict.kind != "wrong", f"{before} is not {after}: {verdict}"


CASES = [
    ("tanh(w_2 tanh(w_1 x + b_1) + b_2)", "w_1, b_1, w_2, b_2"),
    NETWORK,
    ("sin(x y) e^(x y) + x^2 y", "x, y"),
    ("(x + y)^2 (x + y)^3 sin(x + y)", "x, y"),
    ("x", "x"),
    ("x + y", "x, y"),
    ("x^x", "x"),
    ("log(1 + e^(-y w))", "w"),
    ("a x^2/(b + x)^3", "x, b"),
    ("e^(e^(e^x))", "x"),
    ("sin(cos(x)) + cos(cos(x))", "x"),
    ("x y z u v w a b c d", "x, a, d"),
    ("(x + 1)(x + 2)(x + 3)(x + 4)(x + 5)(x + 6)(x + 7)(x + 8)(x + 9)(x + 10)", "x"),
    ("sum(k x^k, k = 1..3) sin(x)", "x"),
    ("((((((x^2 + y) x + y) x + y) x + y) x + y) x + y) x", "x, y"),
    ("if x > 0 then x^2 y else y", "x, y"),
    ("f(g(x) + y)", "x, y"),
    ("|x y| + max(x, 1)", "x, y"),
    ("relu(x y)^2 + relu(x y)", "x, y"),
    ("log(sigmoid(x y) + 1)", "x, y"),
    ("d/dx x^3 + sin(d/dx x^2)", "x"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_every_line_of_every_adjoint(case: tuple[str, ...]) -> None:
    check(walk(*case))


QUANTITIES = [
    (("tanh(w x + b)", "w"), "z₁ = wx + b", "L = tanh(z₁)"),
    (NETWORK, "z₁ = w₁₁ x₁ + w₁₂ x₂ + b₁", "a₁ = tanh(z₁)", "z₂ = w₂₁ x₁ + w₂₂ x₂ + b₂",
     "a₂ = tanh(z₂)", "y = c₁ a₁ + c₂ a₂", "L = 1/2 (y − t)²"),
    # letters in use are not taken
    (("tanh(a x + b) z", "a"), "v₁ = ax + b", "v₂ = tanh(v₁)", "L = v₂ z"),
    (("tanh(L v + z) u", "L"), "q₁ = Lv + z", "q₂ = tanh(q₁)", "y = q₂ u"),
    # two functions of one quantity
    (("sin(x y) cos(x y)", "x"), "v₁ = xy", "v₂ = sin(v₁)", "v₃ = cos(v₁)", "L = v₂ v₃"),
    # what does not vary needs no name, and what is there once is named once
    (("sin(b^2 + 1) (x + y)^2 + e^(x + y)", "x"),
     "z₁ = x + y", "L = sin(b² + 1) z₁² + e^z₁"),
    (("x", "x"), "L = x"),
    (("loss", "w", "loss = (w x - t)^2"), "v₁ = wx − t", "loss = v₁²"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "expected"), [(row[0], row[1:]) for row in QUANTITIES])
def test_the_names(case: tuple[str, ...], expected: tuple[str, ...]) -> None:
    found = walk(*case)
    lines = [f"{WRITE(each.name)} = {WRITE(each.body)}" for each in found.quantities]
    assert lines == list(expected)


def test_the_lines_of_an_adjoint() -> None:
    found = walk("sin(x y) e^(x y) + x^2 y")
    (first, second) = found.adjoints
    assert [WRITE(first.name), WRITE(second.name)] == ["ā₁", "z̄₁"]
    assert [str(line) for line in second.lines()] == [
        "z̄₁ = ∂L/∂z₁",
        "ā₁ · ∂a₁/∂z₁ + ∂(a₁ e^z₁ + x²y)/∂z₁     using the chain rule of several variables",
        "ā₁ · ∂sin(z₁)/∂z₁ + ∂(a₁ e^z₁ + x²y)/∂z₁     filling in a₁",
        "ā₁ · ∂sin(z₁)/∂z₁ + ∂(a₁ e^z₁)/∂z₁     using the sum and constant rules",
        "ā₁ cos(z₁) + ∂(a₁ e^z₁)/∂z₁     using the derivative of sin",
        "ā₁ cos(z₁) + a₁ · ∂e^z₁/∂z₁     using the constant factor rule",
        "ā₁ cos(z₁) + a₁ e^z₁     using the rule for exponentials",
    ]


def test_what_is_known_is_not_written_anew() -> None:
    found = walk(*NETWORK)
    assert [WRITE(each.result) for each in found.adjoints] == [
        "y − t", "ȳ c₂", "ā₂ (1 − a₂²)", "ȳ c₁", "ā₁ (1 − a₁²)",
    ]  # fmt: skip
    assert [WRITE(each.result) for each in found.partials] == [
        "z̄₁ x₁", "z̄₁ x₂", "z̄₂ x₁", "z̄₂ x₂", "z̄₁", "z̄₂", "ȳ a₁", "ȳ a₂",
    ]  # fmt: skip
    assert "with a₁ = tanh(z₁)" in [line.says for line in found.adjoints[-1].lines()]


def test_a_variable_that_does_not_occur() -> None:
    found = walk("sin(x)^2", "x, y")
    assert [str(line) for line in found.partials[1].lines()] == [
        "∂L/∂y",
        "∂v₁²/∂y     filling in L",
        "0     using the constant rule",
    ]


def test_definitions_in_a_circle() -> None:
    with pytest.raises(ProblemError, match="leads back to itself"):
        walk("u + x", "x", "u = v + x", "v = 2u")


def test_replay_finds_what_was_changed() -> None:
    from dataclasses import replace

    found = walk("sin(x y)^2", "x, y")
    shorter = replace(found, quantities=found.quantities[1:])
    with pytest.raises(RecordError):
        shorter.replay()
    other = replace(found, expression=symbol("x"))
    with pytest.raises(RecordError, match="not parts"):
        other.replay()
    exchanged = dict(reversed(found.contributions.items()))
    with pytest.raises(RecordError):
        replace(found, contributions=exchanged).replay()


# -- values ---------------------------------------------------------------------------------


def test_values_at_a_point() -> None:
    found = walk("1/2 (c tanh(w x + b) - t)^2", "w, b, c")
    numbers = {"w": (1, 2), "x": (1, 1), "b": (1, 10), "c": (2, 1), "t": (1, 1)}
    point = {symbol(name): Over(integer(p), integer(q)) for name, (p, q) in numbers.items()}
    values = found.evaluated(point, {}).values
    exact, rounded = (WRITE(each.name) for each in found.quantities[:2])
    assert str(values[symbol("z_1")]) == "= 3/5" and exact == "z₁"
    assert str(values[symbol("a_1")]) == "≈ 0.53705" and rounded == "a₁"
    w, x, b, c, t = sympy.symbols("w x b c t")
    loss = (c * sympy.tanh(w * x + b) - t) ** 2 / 2
    at = {symbol_: sympy.Rational(*numbers[symbol_.name]) for symbol_ in (w, x, b, c, t)}
    for each, variable in zip(found.partials, (w, b, c), strict=True):
        expected = sympy.diff(loss, variable).subs(at).evalf(20)
        assert abs(values[each.name].number - expected) < 1e-14
        assert values[each.name].decimal == f"{float(expected):.6g}".replace("-", "−")


def test_values_where_some_letters_have_none() -> None:
    found = walk("sin(x y) + z", "x, z").evaluated({symbol("x"): integer(2)}, {})
    passed = found.adjoints[0].name  # ∂L/∂z and that of sin(x y) are 1, whatever y and z are
    assert list(found.values) == [passed, found.partials[1].name]
    assert str(found.values[passed]) == "= 1"


def test_no_value_at_a_pole() -> None:
    with pytest.raises(ProblemError, match="no value"):
        walk("tanh(1/x)", "x").evaluated({symbol("x"): integer(0)}, {})


@pytest.mark.parametrize(
    ("text", "told"),
    [("relu(w x)^2 + relu(w x)", "z₁ = 0"), ("|tanh(w x)|", "a₁ = 0"), ("max(w x, sin(w))", "")],
)
def test_no_derivative_at_a_kink(text: str, told: str) -> None:
    found = walk(text, "w")
    point: dict[Basic, Basic] = {symbol("w"): integer(0), symbol("x"): integer(2)}
    with pytest.raises(ProblemError, match=f"no derivative at .*{told}"):
        found.evaluated(point, {})
    point[symbol("w")] = integer(1)
    assert found.evaluated(point, {}).values


def test_assumptions_are_relied_on() -> None:
    problem = make_problem("|x| y", "x", None, (), None, None, assume="x > 0")
    found = backward(problem.expression, problem.by, problem.book, assumptions=problem.assumptions)
    assert not any("where" in line.says for each in found.partials for line in each.lines())
    found.replay()


def test_large_exact_numbers_are_rounded() -> None:
    expression = x = symbol("x")
    for _ in range(12):
        expression = Power(Plus(expression, Over(integer(1), integer(3))), integer(2))
    found = backward(expression, [x], shipped_book()).evaluated(
        {x: Over(integer(1), integer(7))}, {}
    )
    y = sympy.Rational(1, 7)
    for _ in range(12):
        y = (y + sympy.Rational(1, 3)) ** 2
    assert found.values[found.root.name].decimal == f"{float(y):.6g}"


# -- cost -----------------------------------------------------------------------------------


@pytest.mark.unchecked
def test_the_gradient_costs_a_small_multiple_of_the_loss() -> None:
    loss, weights = written_network(10, 20)
    found = backward(loss, weights, shipped_book())
    assert operations(*(each.body for each in found.quantities)) == operations(loss)
    assert operations_of(found) <= 2 * operations(loss)


@pytest.mark.unchecked
def test_deep_networks_cost_a_small_multiple_of_the_loss() -> None:
    layer: list[Basic] = [symbol(f"x_{j}") for j in range(6)]
    weights: list[Basic] = []
    for number in range(12):
        before, layer = layer, []
        for unit in range(6):
            row = [symbol(f"w_{number}_{unit}_{j}") for j in range(6)]
            weights += row
            products = [Times(weight, each) for weight, each in zip(row, before, strict=True)]
            layer.append(Apply(function_name("tanh"), Plus(*products)))
    loss = Power(Plus(*layer), integer(2))
    found = backward(loss, weights, shipped_book())
    assert operations_of(found) <= 4 * operations(loss)


@pytest.mark.unchecked
def test_steps_grow_with_the_graph() -> None:
    def steps(hidden: int, inputs: int) -> float:
        loss, weights = written_network(hidden, inputs)
        found = backward(loss, weights, shipped_book())
        return len(found.phase.steps) / len(weights)

    small, large = steps(5, 5), steps(20, 30)
    assert large <= 1.2 * small


@pytest.mark.unchecked
def test_a_shared_tower_is_linear() -> None:
    """sin(u) cos(u) of itself, 100 deep, has 2¹⁰⁰ paths and 100 adjoints of two terms."""
    expression = x = symbol("x")
    for _ in range(100):
        sine = Apply(function_name("sin"), expression)
        expression = Times(sine, Apply(function_name("cos"), expression))
    found = backward(expression, [x], shipped_book())
    assert len(found.quantities) == 3 * 100
    assert len(found.phase.steps) < 20 * 100
    found.replay()
    value = found.evaluated({x: integer(1)}, {})
    assert all(each.name in value.values for each in found.partials)


@pytest.mark.unchecked
def test_depth_costs_no_recursion() -> None:
    expression = x = symbol("x")
    for _ in range(5000):
        expression = Apply(function_name("sin"), expression)
    found = backward(expression, [x], shipped_book())
    assert found.status is Status.FINISHED
    assert len(found.adjoints) == 4999


# -- anything -------------------------------------------------------------------------------

LETTERS = [symbol(name) for name in "xyz"]


def expressions(source: random.Random) -> Basic:
    """An expression of some shared parts."""
    pool: list[Basic] = [*LETTERS, integer(2), integer(3)]
    for _ in range(source.randint(2, 9)):
        first, second = source.choice(pool), source.choice(pool)
        pool.append(
            source.choice(
                [
                    lambda a, b: Plus(a, b),
                    lambda a, b: Times(a, b),
                    lambda a, b: Plus(a, Negative(b)),
                    lambda a, b: Power(a, integer(2)),
                    lambda a, b: Apply(function_name("sin"), a),
                    lambda a, b: Apply(function_name("tanh"), a),
                    lambda a, b: Over(a, Plus(Power(b, integer(2)), integer(1))),
                ]
            )(first, second)
        )
    return Plus(*pool[-3:])


@pytest.mark.unchecked
@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6))
def test_the_gradient_is_the_gradient(seed: int) -> None:
    expression = expressions(random.Random(seed))
    found = backward(expression, LETTERS, shipped_book())
    found.replay()
    for variable, partial in zip(LETTERS, found.gradient.args, strict=True):
        verdict = judge(D(expression, variable), partial, found.book.functions)
        assert verdict.kind != "wrong", f"{WRITE(expression)} by {variable}: {verdict}"
    once = [each.body for each in found.quantities]
    assert len(set(once)) == len(once), "a part has two names"
