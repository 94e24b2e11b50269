"""The search itself, in floating point: as many steps as it takes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from derivex.descent.compiling import compiled
from derivex.descent.figures import as_float
from derivex.descent.formula import formula
from derivex.descent.history import Iterate, Keeper
from derivex.descent.method import Method
from derivex.descent.record import Ending, Progress
from derivex.descent.schedule import Schedule
from derivex.descent.tape import Tape
from derivex.expression import symbol
from derivex.rulebook import shipped_book

__all__ = ["Plan", "Search", "leads_to", "search"]

_GROWN = 1e8  # times as high as at the start
_ROUNDING = 1e-9
_RISES = 25  # steps, each of them up


@dataclass(frozen=True)
class Plan:
    """How to descend.

    Args:
        method: the method.
        schedule: how the rate goes.
        rate: the first rate.
        end_rate: the rate that a schedule goes to.
        steps: how many steps at most.
        tolerance: the change of the variables at which it ends; None to take all steps.
    """

    method: Method
    schedule: Schedule
    rate: float
    end_rate: float
    steps: int
    tolerance: float | None


@dataclass(frozen=True)
class Search:
    """A search that is over.

    Args:
        history: the iterates that were kept.
        taken: how many steps were taken.
        ending: why it ended.
    """

    history: tuple[Iterate, ...]
    taken: int
    ending: Ending


def search(
    function: Callable[[Sequence[float]], Sequence[Any]],
    start: Sequence[float],
    plan: Plan,
    progress: Progress | None = None,
) -> Search:
    """Descend from a start.

    Args:
        function: the value and the partial derivatives at a point, as floats; NaN or infinite
            where there are none.
        start: where to begin.
        plan: how.
        progress: told of every step.  A KeyboardInterrupt at any time ends the search with what
            was found.
    """
    keeper = Keeper()
    try:
        ending = _walk(function, np.array(start, dtype=float), plan, keeper, progress)
    except KeyboardInterrupt:
        if keeper.taken is None:
            raise
        ending = Ending.INTERRUPTED
    history = keeper.history()
    return Search(history, history[-1].number, ending)


def _walk(
    function: Callable[[Sequence[float]], Sequence[Any]],
    point: Any,
    plan: Plan,
    keeper: Keeper,
    progress: Progress | None,
) -> Ending:
    method = plan.method
    move = _Move(method)
    rate_of = _Formulas([plan.schedule.rate], plan.schedule.letters)
    rate, state = plan.rate, move.start(point)
    first = before = math.inf
    rises = taken = 0
    while True:
        value, *slopes = function(point.tolist())
        gradient = np.array(slopes, dtype=float)
        found = math.isfinite(value) and bool(np.isfinite(gradient).all())
        over = not found or taken == plan.steps
        if not plan.schedule.constant and not over:
            letters = {"r": plan.rate, "e": plan.end_rate, "t": taken + 1.0, "N": plan.steps}
            rate = float(rate_of(letters)[0])
        first = min(first, abs(value)) if taken == 0 else first
        rises = rises + 1 if value > before else 0
        before = value
        still = found and not gradient.any() and not move.goes_on(state)
        grown = rises >= _RISES and value > _GROWN * (1 + first)
        stops = over or still or grown
        keeper.keep(taken, point, value, gradient, None if stops else rate, state)
        if not found:
            return Ending.DIVERGED if rises > 1 or _huge(point) else Ending.NO_VALUE
        if still:
            return Ending.STATIONARY
        if grown:
            return Ending.DIVERGED
        if taken == plan.steps:
            return Ending.STEPS if plan.tolerance is None else Ending.SLOW
        after, state = move(point, gradient, rate, taken + 1, state)
        if not np.isfinite(after).all():
            return Ending.DIVERGED
        change = float(np.abs(after - point).max())
        point, taken = after, taken + 1
        if progress is not None:
            progress(taken, change)
        if plan.tolerance is not None and change <= plan.tolerance:
            value, *slopes = function(point.tolist())
            keeper.keep(taken, point, value, np.array(slopes, dtype=float), None, state)
            return Ending.TOLERANCE


def leads_to(method: Method, here: Iterate, there: Iterate) -> bool:
    """Whether the step that begins at an iterate ends at another one, up to rounding."""
    if here.rate is None or not here.gradient:
        return False
    move = _Move(method)
    point = np.array(here.coordinates)
    state = move.start(point) | {
        letter: np.array([as_float(value) for value in values])
        for letter, values in here.state.items()
    }
    after, _ = move(point, np.array(here.slopes), as_float(here.rate), there.number, state)
    reached = np.array(there.coordinates)
    size = np.abs(point) + np.abs(reached) + np.abs(after - point)
    return bool((np.abs(after - reached) <= _ROUNDING * size).all())


def _huge(point: Any) -> bool:
    return bool(np.abs(point).max() > 1e100)


class _Move:
    """A step of a method."""

    def __init__(self, method: Method):
        self._method = method
        self._formulas = [_Formulas([text], method.letters) for text in method.state.values()]
        self._update = _Formulas([method.update], method.letters)
        self._parameters = {name: float(value) for name, value in method.parameters.items()}

    def start(self, point: Any) -> dict[str, Any]:
        """What is in mind at first: zeros."""
        return {letter: np.zeros_like(point) for letter in self._method.state}

    def goes_on(self, state: Mapping[str, Any]) -> bool:
        """Whether the next step may move although the gradient is zero."""
        return any(state[letter].any() for letter in self._method.remembered)

    def __call__(
        self, point: Any, gradient: Any, rate: float, number: int, state: Mapping[str, Any]
    ) -> tuple[Any, dict[str, Any]]:
        """The new point, and what is in mind then."""
        letters = {"x": point, "g": gradient, "r": rate, "t": float(number)}
        letters |= self._parameters | dict(state)
        for letter, value_of in zip(self._method.state, self._formulas, strict=True):
            (letters[letter],) = value_of(letters)
        (after,) = self._update(letters)
        return after, {letter: letters[letter] for letter in self._method.state}


class _Formulas:
    """Some formulas as one function of their letters, on floats or arrays of them.

    Args:
        texts: the formulas.
        letters: every letter that occurs in one of them.
    """

    def __init__(self, texts: Sequence[str], letters: Sequence[str]):
        self._letters = tuple(letters)
        self._tape = _tape(tuple(texts), self._letters)

    def __call__(self, values: Mapping[str, Any]) -> list[Any]:
        return self._tape([values[letter] for letter in self._letters])


@lru_cache(maxsize=64)
def _tape(texts: tuple[str, ...], letters: tuple[str, ...]) -> Tape:
    """The formulas of a method, which are the same in each search."""
    trees = [formula(text, letters) for text in texts]
    return compiled(trees, [symbol(each) for each in letters], {}, shipped_book().functions)
