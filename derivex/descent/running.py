"""Running a descent: step by step on paper, or as a search in floating point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from sympy.core.basic import Basic

from derivex.descent.adding import Adding
from derivex.descent.convergence import curvature_at
from derivex.descent.coordinates import Coordinates, coordinates_of, entries_of
from derivex.descent.figures import as_float, nearest
from derivex.descent.history import Iterate
from derivex.descent.record import Descent, Ending, Options, Progress, exact_value
from derivex.descent.steps import DIGITS, DescentStep, Walk, write_step
from derivex.engine import (
    NO_DEFINITIONS,
    Columns,
    Definitions,
    GradientDerivation,
    evaluate,
    filled_in,
)
from derivex.engine.evaluate import check_conditions, length_of
from derivex.errors import ProblemError
from derivex.expression import has_decimal, number, value_of
from derivex.notation import TextWriter
from derivex.rulebook import RuleBook

__all__ = ["descend"]

_WRITTEN = 10  # steps that are all written out
_GROWN = 1e15  # times as high as at the start
_VALUELESS = "there the function has no real value"
_WRITTEN_ITEMS = 50  # items of data with which arithmetic is written out


def descend(
    gradient: GradientDerivation,
    start: Mapping[Basic, Basic],
    options: Options,
    columns: Columns,
    book: RuleBook,
    definitions: Definitions = NO_DEFINITIONS,
    progress: Progress | None = None,
) -> Descent:
    """Gradient descent.

    Few steps are calculated with decimals of ``DIGITS`` digits, and written out.  More of them,
    or those until a tolerance is met, are searched in floating point, and the first is written
    out; with ``exact`` all numbers are fractions.

    Args:
        gradient: the gradient's derivation.
        start: the value of each variable.
        options: how to descend.
        columns: the data.
        book: the rules.
        definitions: what the expression uses.
        progress: told of each step of a search.

    Raises:
        ProblemError: options that make no sense, a variable without a starting value, or a
            start at which the function has no value.
    """
    options.check()
    missing = [str(name) for name in gradient.by if name not in start]
    if missing:
        raise ProblemError(
            f"the start does not say what {' and '.join(missing)} is",
            hint=f"give every variable a value: from {', '.join(f'{v} = 0' for v in missing)}",
        )
    run = _Run(gradient, dict(start), options, columns, book, definitions)
    few = options.tolerance is None and options.count <= _WRITTEN
    if options.exact or (few and length_of(columns) <= _WRITTEN_ITEMS):
        made = run.written()
    else:
        made = run.searched(progress)
    return run.explained(made)


@dataclass(frozen=True)
class _Run:
    gradient: GradientDerivation
    start: Mapping[Basic, Basic]
    options: Options
    columns: Columns
    book: RuleBook
    definitions: Definitions

    @property
    def coordinates(self) -> Coordinates:
        """What is moved."""
        by = self.gradient.by
        return coordinates_of(by, sum(len(entries_of(self.start[name])) for name in by))

    @property
    def components(self) -> tuple[Basic, tuple[Basic, ...]]:
        """The function, and its partial derivatives, by the coordinates."""
        whole = filled_in(self.gradient.expression, self.definitions)
        if self.coordinates.vector is None:
            return whole, tuple(partial.result for partial in self.gradient.partials)
        point = self.coordinates.point(self.coordinates.names)
        partials = entries_of(evaluate(self.gradient.row, point, {}, self.book).result)
        if len(partials) != len(self.coordinates.names):
            raise ProblemError(
                "the gradient does not come to numbers where the vector's entries are filled in",
                hint="every matrix and vector needs a value: let X = [[1, 0], [1, 2]]",
            )
        return evaluate(whole, point, {}, self.book).result, partials

    def _walk(self) -> Walk:
        options = self.options
        rate, end = options.rate, options.end_rate
        return Walk(
            self.gradient,
            self.coordinates,
            self.columns,
            self.book,
            options.method,
            options.schedule,
            _fraction(rate) if options.exact else rate,
            _fraction(end) if options.exact else end,
            options.count,
            options.exact,
            Adding(self.columns, self.book, options.exact) if self._many else None,
        )

    @property
    def _many(self) -> bool:
        """Whether sums over the data have too many terms to be written out."""
        return length_of(self.columns) > _WRITTEN_ITEMS

    def written(self) -> Descent:
        """All steps with their arithmetic."""
        options, walk = self.options, self._walk()
        coordinates = self.coordinates
        entries = coordinates.entries(self.start)
        point = coordinates.point(list(map(_fraction, entries)) if options.exact else entries)
        steps: list[DescentStep] = []
        history: list[Iterate] = []
        state: dict[str, tuple[Basic, ...]] = {}
        ending, trouble = Ending.STEPS if options.tolerance is None else Ending.SLOW, ""
        for number_ in range(1, options.count + 1):
            try:
                step, after = write_step(walk, point, number_, state)
                here = self._iterate(number_ - 1, point, step.slopes, step.rate, state)
                if here.value is None:
                    raise ProblemError(_VALUELESS)
            except ProblemError as error:
                if number_ == 1:
                    raise
                ending, trouble = Ending.NO_VALUE, error.message
                history.append(Iterate(number_ - 1, coordinates.entries(point), None))
                break
            steps.append(step)
            still = not any(map(exact_value, step.slopes))
            remembered = [each for letter in options.method.remembered for each in after[letter]]
            if still and not any(map(exact_value, remembered)):
                history.append(replace(here, rate=None))
                return Descent(
                    self.gradient, options, tuple(steps), tuple(history), number_ - 1,
                    Ending.STATIONARY,
                )  # fmt: skip
            history.append(here)
            if not options.exact and _has_grown(history):
                steps.pop()
                history[-1] = replace(here, rate=None)
                return Descent(
                    self.gradient, options, tuple(steps), tuple(history), number_ - 1,
                    Ending.DIVERGED,
                )  # fmt: skip
            both = zip(coordinates.entries(step.after), coordinates.entries(point), strict=True)
            change = max(abs(exact_value(after) - exact_value(here)) for after, here in both)
            point, state = dict(step.after), after
            if options.tolerance is not None and change <= exact_value(options.tolerance):
                ending = Ending.TOLERANCE
                break
        if ending is not Ending.NO_VALUE:
            last = self._last(len(steps), point, state)
            history.append(last)
            if last.value is None:
                ending, trouble = Ending.NO_VALUE, _VALUELESS
        return Descent(
            self.gradient, options, tuple(steps), tuple(history), len(steps), ending, trouble
        )

    def _iterate(
        self,
        number_: int,
        point: Mapping[Basic, Basic],
        slopes: Sequence[Basic],
        rate: Basic | None,
        state: Mapping[str, tuple[Basic, ...]],
    ) -> Iterate:
        expression = self.gradient.expression
        found = evaluate(expression, point, self.columns, self.book, self.definitions).result
        value: Basic | None = found
        if value_of(found) is None or not self.options.exact:
            value = nearest(found, DIGITS, self.book.functions)
            if value is not None and value_of(value) == value_of(found):
                value = found
        entries = self.coordinates.entries(point)
        return Iterate(number_, entries, value, tuple(slopes), rate, dict(state))

    def _last(
        self, number_: int, point: Mapping[Basic, Basic], state: Mapping[str, tuple[Basic, ...]]
    ) -> Iterate:
        try:
            here = self._iterate(number_, point, (), None, state)
            row = self.gradient.row
            conditions = self.gradient.conditions
            slopes = evaluate(row, point, self.columns, self.book, conditions=conditions).result
        except ProblemError:
            return Iterate(number_, self.coordinates.entries(point), None, state=dict(state))
        near = [nearest(slope, DIGITS, self.book.functions) for slope in entries_of(slopes)]
        known = tuple(each for each in near if each is not None)
        return replace(here, gradient=known if len(known) == len(near) else ())

    def searched(self, progress: Progress | None) -> Descent:
        """A search in floating point, of which the first step is written out if it is short."""
        # Imported here, because NumPy takes a while, and most descents are short.
        from derivex.descent.compiling import compiled
        from derivex.descent.search import Plan, search

        options, book, variables = self.options, self.book, self.coordinates.names
        whole, partials = self.components
        tape = compiled([whole, *partials], variables, self.columns, book.functions)
        entries = self.coordinates.entries(self.start)
        start = list(map(as_float, entries))
        plan = Plan(
            options.method,
            options.schedule,
            as_float(options.rate),
            as_float(options.end_rate),
            options.count,
            None if options.tolerance is None else as_float(options.tolerance),
        )
        done = search(tape, start, plan, progress)
        if done.ending is Ending.NO_VALUE and not done.taken:
            check_conditions(self.gradient.conditions, self.coordinates.point(entries))
            write = TextWriter().write
            both = zip(variables, entries, strict=True)
            told = ", ".join(f"{write(name)} = {write(value)}" for name, value in both)
            raise ProblemError(
                f"the function or its gradient has no finite value at the start, {told}",
                hint="start inside of its domain; data that are not finite have the same effect",
            )
        steps: tuple[DescentStep, ...] = ()
        if done.taken:
            first, _ = write_step(self._walk(), self.coordinates.point(entries), 1, {})
            steps = (first,)
        return Descent(self.gradient, options, steps, done.history, done.taken, done.ending)

    def explained(self, made: Descent) -> Descent:
        """With the curvature, where a reader will ask why it went as it did."""
        values = [exact_value(each.value) for each in made.history if each.value is not None]
        rises = any(after >= before for before, after in pairwise(values))
        if made.ending is Ending.STATIONARY or (made.all_written and not rises):
            return made
        names = self.coordinates.names
        _, partials = self.components
        best = dict(zip(names, made.best.point, strict=True))
        return replace(made, curvature=curvature_at(partials, names, best, self.columns, self.book))


def _has_grown(history: Sequence[Iterate]) -> bool:
    """Whether every step went up, and they did so far that nobody wants to read the numbers."""
    heights = [each.height for each in history]
    rising = all(after > before for before, after in pairwise(heights))
    return rising and heights[-1] > _GROWN * (1 + abs(heights[0]))


def _fraction(written: Basic) -> Basic:
    """A decimal as a fraction."""
    return number(exact_value(written)) if has_decimal(written) else written
