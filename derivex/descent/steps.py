"""Steps of gradient descent, each with its arithmetic written out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation
from derivex.engine import Columns, GradientDerivation, evaluate
from derivex.errors import ProblemError
from derivex.expression import Column, Negative, Plus, Times, has_decimal, number, value_of
from derivex.rulebook import RuleBook

__all__ = ["Descent", "DescentStep", "descend"]

DIGITS = 12
"""Significant digits that are kept from one step to the next."""


@dataclass(frozen=True)
class DescentStep:
    """One step: the gradient at a point, and the new point.

    Args:
        point: where the step begins.
        gradient: the gradient there, as a row, with its arithmetic.
        update: the point minus the rate times the gradient, as columns, with its arithmetic.
        after: the new point.
        rounded: whether the new point was rounded to ``DIGITS`` digits.
    """

    point: Mapping[Symbol, Basic]
    gradient: Derivation
    update: Derivation
    after: Mapping[Symbol, Basic]
    rounded: bool


@dataclass(frozen=True)
class Descent:
    """A run of gradient descent.

    Args:
        gradient: the gradient's derivation.
        rate: the learning rate.
        steps: the steps, in order.
    """

    gradient: GradientDerivation
    rate: Basic
    steps: tuple[DescentStep, ...]

    @property
    def result(self) -> Mapping[Symbol, Basic]:
        """The last point."""
        return self.steps[-1].after

    def replay(self) -> None:
        """Redo the derivations of the gradient and of every step."""
        self.gradient.replay()
        for step in self.steps:
            step.gradient.replay()
            step.update.replay()


def descend(
    gradient: GradientDerivation,
    start: Mapping[Symbol, Basic],
    rate: Basic,
    count: int,
    columns: Columns,
    book: RuleBook,
) -> Descent:
    """Gradient descent: count steps against the gradient, with a constant rate.

    The arithmetic is exact, on decimals as on fractions; a new point of more than ``DIGITS``
    digits is rounded before the next step, and the step says so.

    Raises:
        ProblemError: a variable without a starting value, a gradient whose value at some
            point is not a number, or a count below one.
    """
    missing = [variable.name for variable in gradient.by if variable not in start]
    if missing:
        raise ProblemError(
            f"the start does not say what {' and '.join(missing)} is",
            hint=f"give every variable a value: from {', '.join(f'{v} = 0' for v in missing)}",
        )
    if count < 1:
        raise ProblemError("gradient descent needs at least one step")
    steps: list[DescentStep] = []
    point = dict(start)
    for _ in range(count):
        step = _step(gradient, point, rate, columns, book)
        steps.append(step)
        point = dict(step.after)
    return Descent(gradient, rate, tuple(steps))


def _step(
    gradient: GradientDerivation,
    point: Mapping[Symbol, Basic],
    rate: Basic,
    columns: Columns,
    book: RuleBook,
) -> DescentStep:
    here = evaluate(gradient.row, point, columns, book, conditions=gradient.conditions)
    slopes = here.result.args
    for variable, slope in zip(gradient.by, slopes, strict=True):
        if value_of(slope) is None:
            raise ProblemError(
                f"the derivative by {variable} has no exact number as its value at that point",
                hint="descent calculates exactly: with numbers, +, −, ·, / and whole powers; "
                "data and every other letter need values",
            )
    move = Plus(
        Column(*[point[variable] for variable in gradient.by]),
        Negative(Times(rate, Column(*slopes))),
    )
    update = evaluate(move, {}, {}, book)
    after: dict[Symbol, Basic] = {}
    rounded = False
    for variable, entry in zip(gradient.by, update.result.args, strict=True):
        after[variable], shortened = _round(entry)
        rounded = rounded or shortened
    return DescentStep(dict(point), here, update, after, rounded)


def _round(entry: Basic) -> tuple[Basic, bool]:
    """A number with at most ``DIGITS`` significant digits, and whether that changed it."""
    value = value_of(entry)
    assert value is not None
    digits = len(str(abs(value.numerator))) if value else 1
    if max(digits, len(str(value.denominator))) <= DIGITS:
        return entry, False
    if not has_decimal(entry) and len(str(value.denominator)) <= DIGITS:
        return entry, False
    magnitude = 0
    scaled = abs(value)
    while scaled >= 10:
        scaled /= 10
        magnitude += 1
    while 0 < scaled < 1:
        scaled *= 10
        magnitude -= 1
    places = DIGITS - 1 - magnitude
    shortened = Fraction(round(value * Fraction(10) ** places)) / Fraction(10) ** places
    return number(shortened, decimal=True), shortened != value
