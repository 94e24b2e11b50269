"""Descent on a million rows: the compiled gradient beside a loop written by hand in NumPy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np

from derivex.descent.compiling import compiled
from derivex.descent.method import PLAIN
from derivex.descent.schedule import CONSTANT
from derivex.descent.search import Plan, search
from derivex.engine import gradient
from derivex.expression import symbol
from derivex.notation import Scope, read_text
from derivex.rulebook import RuleBook
from derivex.tables import FloatColumn

__all__ = ["LOSSES", "DescentTimes", "Loss", "compare_descent"]

ROUNDS = 5


@dataclass(frozen=True)
class Loss:
    """A loss, and the loop that one would write for it.

    Args:
        text: the loss, with the weights w and c.
        slopes: its partial derivatives by hand, from w, c, x and y.
    """

    text: str
    slopes: Callable[[float, float, Any, Any], tuple[float, float]]


def _least_squares(w: float, c: float, x: Any, y: Any) -> tuple[float, float]:
    rest = w * x + c - y
    return (rest * x).mean(), rest.mean()


def _logistic(w: float, c: float, x: Any, y: Any) -> tuple[float, float]:
    rest = 1 / (1 + np.exp(-(w * x + c))) - y
    return (rest * x).mean(), rest.mean()


def _tanh(w: float, c: float, x: Any, y: Any) -> tuple[float, float]:
    out = np.tanh(w * x + c)
    rest = 2 * (out - y) * (1 - out**2)
    return (rest * x).mean(), rest.mean()


LOSSES = {
    "least squares": Loss("1/(2n) sum_i (w x_i + c - y_i)^2", _least_squares),
    "logistic": Loss("1/n sum_i (log(1 + exp(w x_i + c)) - y_i (w x_i + c))", _logistic),
    "one neuron": Loss("1/n sum_i (tanh(w x_i + c) - y_i)^2", _tanh),
}


@dataclass(frozen=True)
class DescentTimes:
    """Seconds for a step, and how far the two ends are apart."""

    derivex: float
    by_hand: float
    apart: float

    @property
    def ratio(self) -> float:
        """How many times as long as the loop by hand."""
        return self.derivex / self.by_hand


def compare_descent(name: str, book: RuleBook, rows: int = 10**6, steps: int = 20) -> DescentTimes:
    """Both sides by turns, the fastest of a few rounds of each; with the values in the history."""
    loss = LOSSES[name]
    random = np.random.default_rng(7)
    x = random.uniform(-1, 1, rows)
    y = (random.uniform(size=rows) < 1 / (1 + np.exp(-(2 * x + 0.5)))).astype(float)
    w, c = symbol("w"), symbol("c")
    columns = {symbol("x"): FloatColumn(x), symbol("y"): FloatColumn(y)}
    scope = Scope(functions=book.functions).declare("w", "c", "x", "y").with_data("x", "y")
    expression = read_text(loss.text, scope).expression
    partials = [partial.result for partial in gradient(expression, [w, c], book).partials]
    tape = compiled([expression, *partials], [w, c], columns, book.functions)
    plan = Plan(PLAIN, CONSTANT, 0.1, 0.0, steps, None)
    ours, theirs = [], []
    apart = 0.0
    for _ in range(ROUNDS):
        begun = perf_counter()
        found = search(tape, [0.1, 0.2], plan).history[-1].coordinates
        ours.append(perf_counter() - begun)
        begun = perf_counter()
        point = (0.1, 0.2)
        for _ in range(steps):
            slopes = loss.slopes(*point, x, y)
            point = (point[0] - 0.1 * slopes[0], point[1] - 0.1 * slopes[1])
        theirs.append(perf_counter() - begun)
        apart = max(abs(found[0] - point[0]), abs(found[1] - point[1]))
    return DescentTimes(min(ours) / steps, min(theirs) / steps, float(apart))
