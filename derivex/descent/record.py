"""What is recorded of a run of gradient descent, and what may be asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import pairwise

from sympy.core.basic import Basic

from derivex.descent.convergence import Curvature
from derivex.descent.coordinates import Coordinates, coordinates_of
from derivex.descent.history import Iterate
from derivex.descent.method import PLAIN, Method
from derivex.descent.schedule import CONSTANT, Schedule
from derivex.descent.steps import DescentStep
from derivex.engine import GradientDerivation, evaluate
from derivex.errors import ProblemError, RecordError
from derivex.expression import ZERO, value_of
from derivex.notation import TextWriter

__all__ = ["MOST_STEPS", "Descent", "Ending", "Options", "Progress", "exact_value"]

MOST_STEPS = 1_000_000
"""Steps of one descent."""

_MOST_EXACT = 1_000
_UNTIL = 10_000  # steps after which a tolerance is given up, unless it is said

Progress = Callable[[int, float], None]
"""Told after each step: how many were taken, and how far the last one went."""


class Ending(Enum):
    """Why a descent ended."""

    STEPS = "the steps that were asked for were taken"
    TOLERANCE = "the change was at most the tolerance"
    STATIONARY = "the gradient is zero"
    DIVERGED = "it diverged"
    SLOW = "the most steps were taken before the change was at most the tolerance"
    NO_VALUE = "the function has no value there"
    INTERRUPTED = "it was interrupted"


@dataclass(frozen=True)
class Options:
    """How to descend.

    Args:
        rate: the learning rate, that of the first step.
        steps: how many steps are taken; at most so many if there is a tolerance.
        tolerance: it ends when no variable changes by more than that in a step.
        method: plain, momentum or Adam.
        schedule: how the rate goes from step to step.
        end_rate: the rate that a schedule goes to.
        exact: whether all numbers are fractions.
    """

    rate: Basic
    steps: int | None = None
    tolerance: Basic | None = None
    method: Method = PLAIN
    schedule: Schedule = CONSTANT
    end_rate: Basic = ZERO
    exact: bool = False

    @property
    def count(self) -> int:
        """How many steps are taken at most."""
        return self.steps or (1 if self.tolerance is None else _UNTIL)

    def check(self) -> None:
        """Refuse what makes no sense.

        Raises:
            ProblemError: saying what.
        """
        write = TextWriter().write
        if exact_value(self.rate) <= 0:
            raise ProblemError(
                f"the rate is {write(self.rate)}; it has to be greater than 0",
                hint="a rate of 0 would stay where it is, and a negative one go uphill",
            )
        if self.steps is not None and self.steps < 1:
            raise ProblemError("gradient descent needs at least one step")
        most = _MOST_EXACT if self.exact else MOST_STEPS
        if self.steps is not None and self.steps > most:
            kind = "exact steps" if self.exact else "steps"
            raise ProblemError(f"at most {most} {kind} are taken", hint="take a larger rate")
        if self.tolerance is not None and exact_value(self.tolerance) <= 0:
            raise ProblemError(
                f"the tolerance is {write(self.tolerance)}; it has to be greater than 0",
                hint="for example 0.0001",
            )
        if exact_value(self.end_rate) < 0:
            raise ProblemError(f"the rate at the end is {write(self.end_rate)}, which is below 0")
        if self.schedule is not CONSTANT and self.steps is None:
            raise ProblemError(
                f"a {self.schedule.name} schedule needs to know the number of steps",
                hint="for example --steps 100",
            )


@dataclass(frozen=True)
class Descent:
    """A run of gradient descent.

    Args:
        gradient: the gradient's derivation.
        options: how it was done.
        steps: the first steps, with their arithmetic; all of them, if they are few.
        history: the iterates, from the start to the end; of a long run not all.
        taken: how many steps were taken.
        ending: why it ended.
        trouble: what is in the way there, in words, where the function has no value.
        curvature: the Hessian's extreme eigenvalues, where they explain how it went.
    """

    gradient: GradientDerivation
    options: Options
    steps: tuple[DescentStep, ...]
    history: tuple[Iterate, ...]
    taken: int
    ending: Ending
    trouble: str = ""
    curvature: Curvature | None = None

    @property
    def rate(self) -> Basic:
        """The first learning rate."""
        return self.options.rate

    @property
    def method(self) -> Method:
        """The method."""
        return self.options.method

    @property
    def schedule(self) -> Schedule:
        """How the rate went."""
        return self.options.schedule

    @property
    def last(self) -> Iterate:
        """Where it ended."""
        return self.history[-1]

    @property
    def best(self) -> Iterate:
        """The lowest point that it came to."""
        valued = [each for each in self.history if each.value is not None]
        return min(valued, key=lambda each: exact_value(each.value), default=self.history[-1])

    @property
    def found(self) -> Iterate:
        """What it found: where it ended; the best point, where it did not end well."""
        return self.last if self.ending in _GOOD else self.best

    @property
    def result(self) -> Mapping[Basic, Basic]:
        """The point that was found."""
        return self.coordinates.point(self.found.point)

    @property
    def coordinates(self) -> Coordinates:
        """What was moved."""
        return coordinates_of(self.gradient.by, len(self.history[0].point))

    def by_coordinates(self, expression: Basic) -> Basic:
        """An expression in the letters of the coordinates: that of a vector by its entries."""
        coordinates = self.coordinates
        if coordinates.vector is None:
            return expression
        book = self.gradient.partials[0].book
        return evaluate(expression, coordinates.point(coordinates.names), {}, book).result

    @property
    def all_written(self) -> bool:
        """Whether the arithmetic of all steps is there."""
        return len(self.steps) >= self.taken

    def replay(self) -> None:
        """Redo the gradient, the steps that are written out, and those between the iterates.

        What the function and its gradient are at an iterate is not calculated again, since the
        data are not part of the record.

        Raises:
            RecordError: something does not come out as recorded.
        """
        self.gradient.replay()
        for step in self.steps:
            step.replay()
        for before, after in pairwise(self.steps):
            if tuple(before.after.values()) != tuple(after.point.values()):
                raise RecordError("a step does not begin where the one before it ended")
        if self.all_written:
            return
        from derivex.descent.search import leads_to  # NumPy takes a while to import

        for here, there in pairwise(self.history):
            if there.number == here.number + 1 and not leads_to(self.method, here, there):
                raise RecordError(f"step {there.number} does not lead to where it is recorded")


_GOOD = (Ending.STEPS, Ending.TOLERANCE, Ending.STATIONARY, Ending.SLOW)


def exact_value(written: Basic | None) -> Fraction:
    """The value of what is known to be a number."""
    value = None if written is None else value_of(written)
    assert value is not None, written
    return value
