"""Steps of gradient descent, each with its arithmetic written out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation
from derivex.descent.adding import Adding
from derivex.descent.coordinates import Coordinates, entries_of
from derivex.descent.figures import as_float, nearest, rounded_to
from derivex.descent.formula import formula
from derivex.descent.method import Method
from derivex.descent.schedule import Schedule
from derivex.engine import Columns, GradientDerivation, evaluate
from derivex.errors import ProblemError
from derivex.expression import (
    ZERO,
    Column,
    Gradient,
    free_symbols,
    has_decimal,
    integer,
    number,
    substitute,
    symbol,
    value_of,
)
from derivex.notation import TextWriter
from derivex.rulebook import RuleBook

__all__ = ["DIGITS", "DescentStep", "Move", "Walk", "write_step"]

DIGITS = 12
"""Significant digits that are kept from one line of arithmetic to the next."""

_SHORT = 3
"""Digits of a denominator that stays among decimals."""

_MOST_BITS = 5_000
"""Bits of an exact number, after which no more steps are taken."""


@dataclass(frozen=True)
class Move:
    """One calculation of a step.

    Args:
        name: what is calculated; None for the new point.
        of: the variable that it is calculated for; None where it is for all at once.
        formula: how, in letters.
        derivation: that with its letters filled in, and the arithmetic.
        value: what comes out, as it is used from here on.
    """

    name: Basic | None
    of: Symbol | None
    formula: Basic
    derivation: Derivation
    value: Basic

    @property
    def rounded(self) -> bool:
        """Whether the value is not quite what came out."""
        return self.value is not self.derivation.result


@dataclass(frozen=True)
class DescentStep:
    """One step: the gradient at a point, and the new point.

    Args:
        point: where the step begins.
        gradient: the gradient there, with its arithmetic: a row, or of one variable a number.
        slopes: the partial derivatives, as they are used from here on.
        rate: the rate of the step.
        moves: what is calculated then, in order.  The last is the new point, or the last of
            them are its entries.
        after: the new point.
    """

    point: Mapping[Basic, Basic]
    gradient: Derivation
    slopes: tuple[Basic, ...]
    rate: Basic
    moves: tuple[Move, ...]
    after: Mapping[Basic, Basic]

    @property
    def update(self) -> Derivation:
        """The arithmetic of the new point, or of its last entry."""
        return self.moves[-1].derivation

    @property
    def rounded(self) -> bool:
        """Whether a number was rounded on the way."""
        moves = any(move.rounded for move in self.moves)
        return moves or entries_of(self.gradient.result) != self.slopes

    @property
    def derivations(self) -> Iterator[Derivation]:
        """Everything that was calculated, in order."""
        yield self.gradient
        yield from (move.derivation for move in self.moves)

    def replay(self) -> None:
        """Redo the arithmetic."""
        for derivation in self.derivations:
            derivation.replay()


@dataclass(frozen=True)
class Walk:
    """What is the same for all steps that are written out.

    Args:
        gradient: the gradient's derivation.
        coordinates: what is moved.
        columns: the data.
        book: the rules of arithmetic.
        method: the method of descent.
        schedule: how the rate goes.
        rate: the first rate.
        end_rate: the rate that a schedule goes to.
        count: how many steps there will be.
        exact: whether no number may be rounded.
        add_up: what sums over many data come to; None where their terms are written out.
    """

    gradient: GradientDerivation
    coordinates: Coordinates
    columns: Columns
    book: RuleBook
    method: Method
    schedule: Schedule
    rate: Basic
    end_rate: Basic
    count: int
    exact: bool = False
    add_up: Adding | None = None

    def evaluate(self, expression: Basic, point: Mapping[Basic, Basic]) -> Derivation:
        """What an expression comes to at a point."""
        conditions = self.gradient.conditions
        return evaluate(
            expression, point, self.columns, self.book, conditions=conditions, add_up=self.add_up
        )

    @property
    def in_decimals(self) -> bool:
        """Whether numbers are decimals: fractions are kept where only fractions were given."""
        rounded = self.add_up is not None and not self.exact
        return has_decimal(self.rate) or bool(self.method.parameters) or rounded

    @property
    def variables(self) -> tuple[Symbol, ...]:
        """A letter for each coordinate."""
        return self.coordinates.names


def write_step(
    walk: Walk,
    point: Mapping[Basic, Basic],
    number_: int,
    state: Mapping[str, Sequence[Basic]],
) -> tuple[DescentStep, dict[str, tuple[Basic, ...]]]:
    """One step with its arithmetic, and what the method has in mind after it.

    Args:
        walk: what is the same for all steps.
        point: where the step begins.
        number_: its number, from 1.
        state: what the method has in mind; empty before the first step.

    Raises:
        ProblemError: the gradient has no value there, or none without rounding if that is not
            allowed.
    """
    return _Writer(walk, point, number_, state).step()


@dataclass
class _Writer:
    """The writing of one step."""

    walk: Walk
    point: Mapping[Basic, Basic]
    number_: int
    state: Mapping[str, Sequence[Basic]]
    moves: list[Move] = field(default_factory=list)

    def step(self) -> tuple[DescentStep, dict[str, tuple[Basic, ...]]]:
        walk, variables = self.walk, self.walk.variables
        alone = len(variables) == 1 and walk.coordinates.vector is None
        row = walk.gradient.partials[0].result if alone else walk.gradient.row
        here = walk.evaluate(row, self.point)
        told = entries_of(here.result)
        if len(told) != len(variables):
            raise ProblemError(
                f"the gradient has no numbers as its entries at that point: it is "
                f"{TextWriter().write(here.result)}",
                hint="data and every other letter need values",
            )
        slopes = tuple(
            self._usable(slope, f"the derivative by {name}")
            for name, slope in zip(variables, told, strict=True)
        )
        rate = self._rate()
        if walk.method.entrywise:
            state, after = self._entry_by_entry(slopes, rate)
        else:
            state, after = self._all_at_once(slopes, rate)
        moved = walk.coordinates.point(after)
        step = DescentStep(dict(self.point), here, slopes, rate, tuple(self.moves), moved)
        return step, state

    def _rate(self) -> Basic:
        schedule = self.walk.schedule
        if schedule.constant:
            return self.walk.rate
        letters = {
            "r": self.walk.rate,
            "e": self.walk.end_rate,
            "t": integer(self.number_),
            "N": integer(self.walk.count),
        }
        tree = formula(schedule.rate, schedule.letters)
        filled = substitute(tree, {symbol(name): value for name, value in letters.items()})
        return self._move(self._name("r"), None, tree, filled)

    def _all_at_once(
        self, slopes: Sequence[Basic], rate: Basic
    ) -> tuple[dict[str, tuple[Basic, ...]], Sequence[Basic]]:
        method, variables = self.walk.method, self.walk.variables
        shown: dict[str, Basic] = self._parameters(rate)
        vector = self.walk.coordinates.vector
        shown["x"] = self._column(variables) if vector is None else vector
        shown["g"] = (
            Gradient(self.walk.gradient.expression, *variables)
            if vector is None
            else self.walk.gradient.start
        )
        here = self.walk.coordinates.entries(self.point)
        filled = {**shown, "x": self._column(here), "g": self._column(slopes)}
        state: dict[str, tuple[Basic, ...]] = {}
        for letter in method.state:
            before = self.state.get(letter, [ZERO] * len(variables))
            shown[letter] = self._name(letter, self.number_ - 1)
            filled[letter] = self._column(before)
        for letter, text in method.state.items():
            name = self._name(letter)
            value = self._move(name, None, *self._both(text, shown, filled))
            shown[letter], filled[letter] = name, value
            state[letter] = entries_of(value)
        after = self._move(None, None, *self._both(method.update, shown, filled))
        return state, entries_of(after)

    def _entry_by_entry(
        self, slopes: Sequence[Basic], rate: Basic
    ) -> tuple[dict[str, tuple[Basic, ...]], Sequence[Basic]]:
        method, variables = self.walk.method, self.walk.variables
        state: dict[str, list[Basic]] = {letter: [] for letter in method.state}
        after = []
        here = self.walk.coordinates.entries(self.point)
        for place, variable in enumerate(variables):
            filled = self._parameters(rate)
            filled |= {"x": here[place], "g": slopes[place]}
            for letter in method.state:
                filled[letter] = self.state[letter][place] if self.state else ZERO
            shown = {**filled, "x": variable, "g": self._name("g")}
            shown |= {letter: self._name(letter, self.number_ - 1) for letter in method.state}
            for letter, text in method.state.items():
                name = self._name(letter)
                filled[letter] = self._move(name, variable, *self._both(text, shown, filled))
                shown[letter] = name
                state[letter].append(filled[letter])
            after.append(self._move(None, variable, *self._both(method.update, shown, filled)))
        return {letter: tuple(values) for letter, values in state.items()}, after

    def _column(self, entries: Sequence[Basic]) -> Basic:
        """A column, or of one letter its only entry."""
        if len(entries) == 1 and self.walk.coordinates.vector is None:
            return entries[0]
        return Column(*entries)

    def _parameters(self, rate: Basic) -> dict[str, Basic]:
        decimal = not self.walk.exact
        values = self.walk.method.parameters.items()
        told = {name: number(value, decimal=decimal) for name, value in values}
        return {**told, "r": rate, "t": integer(self.number_)}

    def _both(
        self, text: str, shown: Mapping[str, Basic], filled: Mapping[str, Basic]
    ) -> tuple[Basic, Basic]:
        tree = formula(text, self.walk.method.letters)
        in_letters = {symbol(name): value for name, value in shown.items()}
        return (
            substitute(tree, in_letters),
            substitute(tree, {symbol(name): value for name, value in filled.items()}),
        )

    def _name(self, letter: str, after: int | None = None) -> Basic:
        """``v_2`` for what v is after the second step, or for another letter if v_2 is taken."""
        taken = {name.name for name in free_symbols(self.walk.gradient.expression)}
        tail = f"_{self.number_ if after is None else after}"
        while letter + tail in taken:
            letter += letter
        return symbol(letter + tail)

    def _move(
        self, name: Basic | None, of: Symbol | None, in_letters: Basic, filled: Basic
    ) -> Basic:
        derivation = evaluate(filled, {}, {}, self.walk.book)
        what = "the new point" if name is None else TextWriter().write(name)
        values = [self._usable(entry, what) for entry in entries_of(derivation.result)]
        value = Column(*values) if type(derivation.result) is Column else values[0]
        self.moves.append(Move(name, of, in_letters, derivation, value))
        return value

    def _usable(self, found: Basic, what: str) -> Basic:
        """A number to go on with: what was found, or a decimal near it."""
        exact = value_of(found) is not None
        if self.walk.exact:
            if not exact:
                raise ProblemError(
                    f"{what} is {TextWriter().write(found)}, which is not a fraction",
                    hint="without --exact it is calculated in floating point",
                )
            value = value_of(found)
            assert value is not None
            if max(value.numerator.bit_length(), value.denominator.bit_length()) > _MOST_BITS:
                raise ProblemError(
                    f"{what} has more than {_MOST_BITS * 3 // 10} digits in step {self.number_}",
                    hint="take fewer exact steps, or calculate in floating point",
                )
            return found
        near = (
            _rounded(found, self.walk.in_decimals)
            if exact
            else nearest(found, DIGITS, self.walk.book.functions)
        )
        if math.isinf(as_float(near)):
            raise ProblemError(
                f"{what} is beyond all floating-point numbers",
                hint="start somewhere else, or with a smaller rate",
            )
        if near is None:
            raise ProblemError(
                f"{what} has no number as its value at that point: it is "
                f"{TextWriter().write(found)}",
                hint="data and every other letter need values",
            )
        return near


def _rounded(entry: Basic, in_decimals: bool) -> Basic:
    """A number with at most ``DIGITS`` significant digits; a short fraction stays as it is."""
    value = value_of(entry)
    assert value is not None
    if not has_decimal(entry):
        longest = _SHORT if in_decimals else DIGITS
        if value.denominator == 1 or len(str(value.denominator)) <= longest:
            return entry
    elif max(len(str(abs(value.numerator))), len(str(value.denominator))) <= DIGITS:
        return entry
    shortened = rounded_to(value, DIGITS)
    return entry if shortened == value else number(shortened, decimal=True)
