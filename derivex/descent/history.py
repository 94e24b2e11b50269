"""The history of a descent: where it was, and what was found there."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sympy.core.basic import Basic

from derivex.descent.figures import as_float, of_float

__all__ = ["Iterate", "Keeper"]

_MOST = 1_000  # iterates that are kept of a long descent


@dataclass(frozen=True)
class Iterate:
    """A point that a descent came to.

    Args:
        number: how many steps had been taken; 0 at the start.
        point: the values of the variables, in order.
        value: the function there; None where it has no value.
        gradient: the partial derivatives there; empty where there are none.
        rate: the rate of the step that begins here; None where none does.
        state: what the method kept in mind on the way here, a number for each variable.
    """

    number: int
    point: tuple[Basic, ...]
    value: Basic | None
    gradient: tuple[Basic, ...] = ()
    rate: Basic | None = None
    state: Mapping[str, tuple[Basic, ...]] = field(default_factory=dict)

    @property
    def coordinates(self) -> tuple[float, ...]:
        """The point as floats."""
        return tuple(map(as_float, self.point))

    @property
    def height(self) -> float:
        """The value as a float; NaN where there is none."""
        return as_float(self.value)

    @property
    def slopes(self) -> tuple[float, ...]:
        """The partial derivatives as floats."""
        return tuple(map(as_float, self.gradient))

    @property
    def steepness(self) -> float:
        """The length of the gradient."""
        return math.hypot(*self.slopes) if self.gradient else math.nan


class Keeper:
    """Keeps iterates while a search goes on; of a long one every second, fourth, … only.

    The first, the last and the one with the lowest value are kept in any case.
    """

    def __init__(self) -> None:
        self._kept: list[tuple[Any, ...]] = []
        self._every = 1
        self._last: tuple[Any, ...] | None = None
        self._best: tuple[Any, ...] | None = None

    def keep(
        self,
        number: int,
        point: Any,
        value: float,
        gradient: Any,
        rate: float | None,
        state: Mapping[str, Any],
    ) -> None:
        """Take up an iterate; the arrays must not be changed afterwards."""
        self._last = (number, point, value, gradient, rate, dict(state))
        if self._best is None or value < self._best[2] or math.isnan(self._best[2]):
            self._best = self._last
        if number % self._every:
            return
        self._kept.append(self._last)
        if len(self._kept) > _MOST:
            self._every *= 2
            self._kept = [each for each in self._kept if each[0] % self._every == 0]

    @property
    def taken(self) -> int | None:
        """The number of the last iterate; None before the first."""
        return None if self._last is None else self._last[0]

    def history(self) -> tuple[Iterate, ...]:
        """What was kept, in order."""
        assert self._last is not None and self._best is not None
        told = {each[0]: each for each in (*self._kept, self._best, self._last)}
        return tuple(_iterate(*told[number]) for number in sorted(told))


def _iterate(
    number: int,
    point: Sequence[float],
    value: float,
    gradient: Sequence[float],
    rate: float | None,
    state: Mapping[str, Sequence[float]],
) -> Iterate:
    slopes = _written(gradient)
    return Iterate(
        number,
        _written(point),
        of_float(float(value)),
        slopes,
        None if rate is None else of_float(float(rate)),
        {letter: _written(values) for letter, values in state.items()},
    )


def _written(values: Sequence[float]) -> tuple[Basic, ...]:
    """The numbers as they are written; none where one of them is not finite."""
    found = [of_float(float(value)) for value in values]
    return tuple(each for each in found if each is not None) if None not in found else ()
