"""Schedules of the learning rate, as objects of data.

In the formulas r is the first rate, e the rate at the end, t the number of the step, from 1, and
N the number of steps in all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from derivex.descent.naming import named

__all__ = ["CONSTANT", "COSINE", "LINEAR", "SCHEDULES", "Schedule", "schedule_named"]


@dataclass(frozen=True)
class Schedule:
    """How the rate goes from step to step.

    Args:
        name: as it is chosen: ``cosine``.
        rate: the rate of a step.
        constant: whether it is the same for all steps.
    """

    name: str
    rate: str
    constant: bool = False

    letters = ("r", "e", "t", "N")


CONSTANT = Schedule("constant", "r", constant=True)
"""The same rate for all steps."""

LINEAR = Schedule("linear", "r + (e - r) (t - 1)/N")
"""In equal parts from r towards e, which it would reach in the step after the last."""

COSINE = Schedule("cosine", "e + (r - e) (1 + cos(pi (t - 1)/N))/2")
"""Half a wave from r towards e: slow at first, then fast, and slow again.

(I. Loshchilov and F. Hutter, SGDR: stochastic gradient descent with warm restarts, 2017, eq. 5.)
"""

SCHEDULES: Mapping[str, Schedule] = MappingProxyType(
    {each.name: each for each in (CONSTANT, LINEAR, COSINE)}
)

schedule_named = partial(named, SCHEDULES, what="schedule")
"""The schedule of that name; a ProblemError where there is none."""
