"""Expressions compiled to NumPy have the values that the judge's balls have."""

from __future__ import annotations

import numpy as np
import pytest

from derivex.descent.compiling import compiled
from derivex.equality import balls
from derivex.errors import ProblemError
from derivex.expression import symbol
from derivex.notation import Scope, read_text
from derivex.rulebook import shipped_book

FUNCTIONS = shipped_book().functions
ITEMS = {"a": [0.5, 2.0, 4.25, 1.0], "h": [30.0, 41.0, -2.0, 7.5]}
POINT = {"x": 0.7, "y": -1.3}


class Column(tuple):
    """A column of floats."""

    @property
    def floats(self):
        return np.array(self, dtype=float)


def tape_of(*texts, items=ITEMS):
    scope = Scope(functions=FUNCTIONS).declare("x", "y", *items).with_data(*items)
    trees = [read_text(text, scope).expression for text in texts]
    columns = {symbol(name): Column(values) for name, values in items.items()}
    inputs = [symbol(name) for name in POINT]
    return trees, compiled(trees, inputs, columns, FUNCTIONS)


@pytest.mark.parametrize(
    "text",
    [
        "3x^2 - 2x y + 1/y", "-(x - y - 3)", "x y (2 - x)/(y^3)", "x^(-2) + 2^x", "(x^2)^(1/3)",
        "sqrt(x) + exp(y) - log(x)", "sin x cos y tan(x)", "|y| + max(x, y, 0) + min(x, 2)",
        "if x > 0 then x^2 else y", "if y > 0 then 1 else if x < 0 then 2 else 3", "pi x + e^y",
        "sinc(x) + hypot(x, y) + cbrt(y)", "erf(x) + sec(x)", "sigmoid(x)", "relu(y) + softplus(x)",
        "sum(k x^k, k = 1..4)", "prod(x + k, k = 1..3)",
        "sum_i (x a_i + y - h_i)^2", "1/n sum_i (x a_i + y - h_i) a_i", "mean(a h) x + mean(h)",
        "sum_i sum_j (a_i - a_j)^2 x", "sum_i (a_i - 1/n sum_j a_j)^2 y", "sum_i i a_i x", "a_2 x",
        "sum_i 1", "sum_i x", "log(sum_i exp(x a_i))", "sum_i exp(x a_i)/(sum_k exp(x a_k))",
        "sum_i |x a_i + y|", "sum_i (if a_i > 1 then x else y a_i)", "sum_i -(x a_i) (-2)", "sum_i (y - x a_i)",
    ],
)  # fmt: skip
def test_values_agree_with_those_of_balls(text):
    (tree,), tape = tape_of(text)
    found = float(tape(list(POINT.values()))[0])
    again = float(tape(list(POINT.values()))[0])
    around = {symbol(name): value for name, value in POINT.items()}
    around |= {symbol(name): values for name, values in ITEMS.items()}
    expected = balls.evaluate(tree, around, FUNCTIONS, 4, real=True).real
    assert found == again == pytest.approx(float(expected.mid()), rel=1e-12)


@pytest.mark.parametrize("count", [1, 3, (1 << 13) - 1, 1 << 13, (1 << 13) + 1, 50_000])
def test_blocks_do_not_change_a_sum(count):
    random = np.random.default_rng(count)
    a, h = random.normal(size=count), random.normal(size=count)
    texts = "sum_i (x a_i + y - h_i)^2", "sum_i (x a_i + y - h_i) a_i", "sum_i tanh(x a_i) h_i"
    _, tape = tape_of(*texts, items={"a": a, "h": h})
    for x, y in [(0.7, -1.3), (2.0, 0.0), (0.7, -1.3)]:
        rest = x * a + y - h
        expected = [rest @ rest, rest @ a, np.tanh(x * a) @ h]
        assert tape([x, y]) == pytest.approx(expected, rel=1e-9, abs=1e-9)


LOGISTIC = "sum_i (log(1 + exp(x a_i + y)) - h_i (x a_i + y))"


def test_logistic_losses_are_those_of_numpy():
    random = np.random.default_rng(5)
    a, h = random.normal(size=40_000), random.uniform(size=40_000)
    slope = "sum_i (a_i exp(x a_i + y)/(1 + exp(x a_i + y)) - h_i a_i)"
    entropy = "sum_i (h_i log(sigmoid(x a_i + y)) + (1 - h_i) log(1 - sigmoid(x a_i + y)))"
    _, tape = tape_of(LOGISTIC, slope, entropy, items={"a": a, "h": h})
    for x, y in [(0.7, -1.3), (-3.0, 2.0)]:
        z = x * a + y
        loss = np.sum(np.log(1 + np.exp(z)) - h * z)
        assert tape([x, y]) == pytest.approx([loss, (1 / (1 + np.exp(-z)) - h) @ a, -loss])


@pytest.mark.parametrize("scale", [1e-300, 1e-40, 1.0, 1e40, 1e300])
@pytest.mark.parametrize("count", [1, 7, 8, 20_001])
def test_logarithms_are_added_up_without_overflow(scale, count):
    a = scale * np.random.default_rng(count).uniform(0.5, 2, count)
    _, tape = tape_of("sum_i log(x a_i)", items={"a": a})
    assert tape([0.7, 0.0])[0] == pytest.approx(np.sum(np.log(0.7 * a)), rel=1e-13)


def test_two_negative_numbers_have_no_logarithm_either():
    _, tape = tape_of("sum_i log(x a_i)", items={"a": -np.ones(16)})
    assert np.isnan(tape([1.0, 0.0])[0])
    _, tape = tape_of("sum_i log(x a_i)", items={"a": np.zeros(16)})
    assert tape([1.0, 0.0])[0] == -np.inf


def test_residuals_that_are_zero_add_up_to_zero_exactly():
    """A start on the line through the data is a stationary point, and stays one."""
    a = np.arange(1, 20_000) / 8
    _, tape = tape_of("sum_i (x a_i + y - h_i)", items={"a": a, "h": 3 * a + 0.5})
    assert tape([3.0, 0.5]) == [0.0]


def test_what_does_not_depend_on_the_variables_is_calculated_once():
    _, tape = tape_of("x sum_i a_i h_i + y sum_i sin(a_i)")
    assert all(not each.rows and not each.sums for each in tape._passes)


def test_a_common_part_is_calculated_once():
    _, tape = tape_of("sum_i (x a_i + y - h_i)^2", "sum_i (x a_i + y - h_i) a_i")
    assert sum(len(each.rows) for each in tape._passes) == 3


def test_arrays_of_points_go_in_and_values_come_out():
    _, tape = tape_of("x^2 + y", items={})
    grid = np.linspace(-1, 1, 5)
    (values,) = tape([grid, 2 * grid])
    assert values == pytest.approx(grid**2 + 2 * grid)


def test_deep_expressions_need_no_recursion():
    (_,), tape = tape_of("sin(" * 400 + "x" + ")" * 400)
    expected = 0.5
    for _ in range(400):
        expected = np.sin(expected)
    assert float(tape([0.5, 0.0])[0]) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "items", "message"),
    [
        ("x z",              ITEMS, "z has no value"),
        ("sum_i c_i x",      ITEMS, "no data for c"),
        ("f(x)",             ITEMS, "has no value in floating point"),
        ("sum_i a_i x",      {},    "no value"),
        ("a_9 x",            ITEMS, "none of the 4 entries"),
    ],
)  # fmt: skip
def test_what_has_no_value_is_named(text, items, message):
    with pytest.raises(ProblemError, match=message):
        tape_of(text, items=items)


def test_outside_of_the_domain_there_is_nan_and_no_warning():
    _, tape = tape_of("sqrt(x)", "1/(y + 1.3)", "log(x)")
    found = tape([-1.0, -1.3])
    assert [bool(np.isfinite(value)) for value in found] == [False, False, False]
