"""Descent on a million rows: the compiled gradient beside a loop written by hand in NumPy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np

from derivex.descent.compiling import compiled
from derivex.descent.method import ADAM, MOMENTUM, PLAIN, Method
from derivex.descent.schedule import CONSTANT
from derivex.descent.search import Plan, search
from derivex.engine import gradient
from derivex.expression import symbol
from derivex.notation import Scope, read_text
from derivex.rulebook import RuleBook
from derivex.tables import FloatColumn

__all__ = ["LOSSES", "DescentTimes", "Loss", "compare_descent"]

ROUNDS = 12


@dataclass(frozen=True)
class Loss:
    """A loss, and the loop that one would write for it.

    Args:
        text: the loss, with a weight for each feature, and c.
        slopes: its partial derivatives by hand: from the weights, of which the last is c, the
            features (a row for each item, a column for each feature) and y.
        features: how many there are.
        method: what is made of the gradient.
    """

    text: str
    slopes: Callable[[Any, Any, Any], Any]
    features: int = 1
    method: Method = PLAIN


def _backward(rest: Any, x: Any) -> Any:
    """The slopes, from those by the output of each item."""
    return np.append(rest @ x / len(rest), rest.mean())


def _line_of(weights: Any, x: Any) -> Any:
    *slopes, start = weights
    return (slopes[0] * x if x.ndim == 1 else x @ np.array(slopes)) + start


def _least_squares(weights: Any, x: Any, y: Any) -> Any:
    return _backward(_line_of(weights, x) - y, x)


def _logistic(weights: Any, x: Any, y: Any) -> Any:
    return _backward(1 / (1 + np.exp(-_line_of(weights, x))) - y, x)


def _tanh(weights: Any, x: Any, y: Any) -> Any:
    out = np.tanh(_line_of(weights, x))
    return _backward(2 * (out - y) * (1 - out**2), x)


def _line(features: int) -> str:
    """``w_1 x_i + w_2 z_i + c``."""
    return " + ".join(f"w_{k} {FEATURES[k - 1]}_i" for k in range(1, features + 1)) + " + c"


def _entropy(features: int) -> str:
    line = _line(features)
    return f"-1/n sum_i (y_i log(sigmoid({line})) + (1 - y_i) log(1 - sigmoid({line})))"


FEATURES = "abdfghkpqu"
SQUARES = "1/(2n) sum_i ({} - y_i)^2"
SOFTPLUS = "1/n sum_i (log(1 + exp({0})) - y_i ({0}))"

LOSSES = {
    "least squares": Loss(SQUARES.format(_line(1)), _least_squares),
    "logistic": Loss(SOFTPLUS.format(_line(1)), _logistic),
    "cross entropy": Loss(_entropy(1), _logistic),
    "one neuron": Loss(f"1/n sum_i (tanh({_line(1)}) - y_i)^2", _tanh),
    "least squares, 5 features": Loss(SQUARES.format(_line(5)), _least_squares, 5),
    "least squares, 10 features": Loss(SQUARES.format(_line(10)), _least_squares, 10),
    "logistic, 5 features": Loss(SOFTPLUS.format(_line(5)), _logistic, 5),
    "least squares, momentum": Loss(SQUARES.format(_line(1)), _least_squares, 1, MOMENTUM),
    "logistic, Adam": Loss(SOFTPLUS.format(_line(1)), _logistic, 1, ADAM),
}


class _ByHand:
    """The methods of descent, as one writes them in NumPy."""

    def __init__(self, loss: Loss, rate: float):
        self._loss, self._rate = loss, rate
        self._v = self._m = np.zeros(loss.features + 1)
        self._taken = 0

    def step(self, weights: Any, x: Any, y: Any) -> Any:
        g = self._loss.slopes(weights, x, y)
        self._taken += 1
        if self._loss.method is PLAIN:
            return weights - self._rate * g
        if self._loss.method is MOMENTUM:
            self._v = 0.9 * self._v + g
            return weights - self._rate * self._v
        self._m, self._v = 0.9 * self._m + 0.1 * g, 0.999 * self._v + 0.001 * g * g
        mean, square = self._m / (1 - 0.9**self._taken), self._v / (1 - 0.999**self._taken)
        return weights - self._rate * mean / (np.sqrt(square) + 1e-8)


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
    loss, rate = LOSSES[name], 0.1
    random = np.random.default_rng(7)
    x = random.uniform(-1, 1, (rows, loss.features))
    y = (random.uniform(size=rows) < 1 / (1 + np.exp(-(2 * x[:, 0] + 0.5)))).astype(float)
    letters = FEATURES[: loss.features]
    weights = [*(f"w_{k}" for k in range(1, loss.features + 1)), "c"]
    by = list(map(symbol, weights))
    columns = {
        symbol(letter): FloatColumn(np.ascontiguousarray(x[:, place]))
        for place, letter in enumerate(letters)
    } | {symbol("y"): FloatColumn(y)}
    scope = Scope(functions=book.functions).declare(*weights, *letters, "y")
    expression = read_text(loss.text, scope.with_data(*letters, "y")).expression
    partials = [partial.result for partial in gradient(expression, by, book).partials]
    tape = compiled([expression, *partials], by, columns, book.functions)
    plan = Plan(loss.method, CONSTANT, rate, 0.0, steps, None)
    features = x if loss.features > 1 else columns[symbol(letters)].floats
    start = np.linspace(0.1, 0.2, len(by))
    ours, theirs = [], []
    apart = 0.0
    for _ in range(ROUNDS):
        begun = perf_counter()
        found = search(tape, start.tolist(), plan).history[-1].coordinates
        ours.append(perf_counter() - begun)
        begun = perf_counter()
        by_hand, point = _ByHand(loss, rate), start
        for _ in range(steps):
            point = by_hand.step(point, features, y)
        theirs.append(perf_counter() - begun)
        apart = float(np.abs(point - found).max())
    return DescentTimes(min(ours) / steps, min(theirs) / steps, apart)
