"""What the answers of an exercise are worth at points: how a page judges without the formulas.

The values are exact to the last digit of a double number.  A point lies where every row of the
exercise is meant to hold: assumptions and conditions are true there.  Where case distinctions
change, there are points, too.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import zip_longest
from random import Random
from time import monotonic
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.equality.balls import evaluate, precision
from derivex.equality.kinks import kink_points
from derivex.equality.rings import UnsupportedError
from derivex.equality.sampling import Point, random_point
from derivex.equality.supports import directions_of
from derivex.equality.survey import Survey, survey
from derivex.errors import DerivexError, ProblemError
from derivex.expression import (
    AtLeast,
    AtMost,
    Greater,
    Less,
    Limit,
    Unequal,
    postorder,
    symbol,
)
from derivex.expression.array_nodes import ArrayName
from derivex.expression.data import COUNT
from derivex.expression.functions import Functions
from derivex.expression.literals import value_of
from derivex.expression.nodes import At
from derivex.rendering.judged_points import (
    Entries,
    HiddenPoint,
    Judged,
    JudgedBlank,
    Values,
    name_of,
)
from derivex.rendering.judged_values import (
    Taken,
    Worth,
    chosen_sizes,
    dimension_in,
    length_of_ones,
    taken_of,
    told_worth,
    worth_of,
)
from derivex.rendering.name_meanings import abbreviations, implicit, sources, with_definitions
from derivex.sheets import Exercise, Sheet

__all__ = ["judged_at_points"]

_BITS = 120
_TRIES = 90
_SECONDS = 5.0  # for one exercise, if its answers take long to evaluate
_WANTED, _LEAST = 7, 3  # points at which an answer has a value
_NEGATIVE = 3  # the point at which all numbers are negative
_LARGEST = 1e9
_SURE, _NEARLY_SURE = 1e-14, 1e-10  # relative errors; of what is a limit of values
_COUNT = 3  # of data, where there are none
_RELATIONS: dict[type[Basic], Callable[[float, float], bool]] = {
    Greater: operator.gt,
    AtLeast: operator.ge,
    Less: operator.lt,
    AtMost: operator.le,
    Unequal: operator.ne,
}

Names = Mapping[Basic, Any]


def judged_at_points(sheet: Sheet, exercise: Exercise, functions: Functions) -> Judged:
    """Points, and the values of the answers there.

    Args:
        sheet: the sheet, with its answers.
        exercise: the exercise.
        functions: what is known of functions.
    """
    return _Judging(sheet, exercise, functions).judged()


class _Judging:
    """Finds the points and the values of one exercise."""

    def __init__(self, sheet: Sheet, exercise: Exercise, functions: Functions):
        self.sheet, self.exercise = sheet, exercise
        blanks = [sheet.blank(number) for number in exercise.blanks]
        answers = {b.number: b.answer for b in blanks if b.answer is not None}
        self.roots = [row.expression for row in exercise.rows]
        self.roots += [*answers.values(), *(old for blank in blanks for old in blank.removed)]
        self.defined = abbreviations(sheet, self.roots)
        self.sizes = chosen_sizes([*self.roots, *self.defined.values()])
        self.functions, self.stand_ins = with_definitions(self.roots, functions)
        self.defined.update(implicit(self.roots, self.stand_ins))
        self.defining = self._defining()
        try:
            self.dimension = dimension_in(self.roots)
        except UnsupportedError:
            self.dimension = 1
        self.worths: dict[int, Worth] = {}
        self.taken: dict[int, list[Taken]] = {}
        for blank in blanks:
            if blank.answer is None:
                continue
            try:
                self.worths[blank.number] = self._worth(blank.answer)
                self.taken[blank.number] = taken_of(
                    blank.removed, self.sizes, self.dimension, self.functions
                )
            except (DerivexError, UnsupportedError, ValueError):
                self.taken.setdefault(blank.number, [])

    def _defining(self) -> dict[Basic, Basic]:
        """What names stand for, as numbers; what is none is no more taken to be defined."""
        found: dict[Basic, Basic] = {}
        for name, body in list(self.defined.items()):
            try:
                (found[name],) = worth_of(body, self.sizes, 1, self.functions).scalars
            except (DerivexError, UnsupportedError, ValueError):
                del self.defined[name]
        return found

    def _worth(self, answer: Basic) -> Worth:
        return told_worth(answer, self.sizes, self.dimension, self.functions)

    def judged(self) -> Judged:
        """Evaluate everything."""
        deadline = monotonic() + _SECONDS
        values: dict[int, list[Values | None]] = {number: [] for number in self.worths}
        taken: dict[int, list[list[Values | None]]] = {
            number: [[] for _ in self.taken[number]] for number in self.worths
        }
        points: list[HiddenPoint] = []
        for point, names in self._points():
            needed = [n for n in values if sum(v is not None for v in values[n]) < self._wanted]
            if not needed or monotonic() > deadline:
                break
            found = {n: self._values(w, names, point.count) for n, w in self.worths.items()}
            if all(found[number] is None for number in needed):
                continue
            points.append(point)
            for number, worth in found.items():
                values[number].append(worth)
                for each, old in zip(taken[number], self.taken[number], strict=True):
                    each.append(self._values(old.worth, names, point.count))
        return Judged(
            tuple(points),
            {
                number: JudgedBlank(
                    self.worths[number],
                    tuple(each),
                    tuple(
                        (old, tuple(kept))
                        for old, kept in zip(self.taken[number], taken[number], strict=True)
                    ),
                )
                for number, each in values.items()
                if sum(value is not None for value in each) >= min(_LEAST, len(points)) and points
            },
            {name: body for name, body in self.defined.items() if isinstance(name, Symbol)},
            self.stand_ins,
            tuple(directions_of(self.dimension)),
            length_of_ones(self.roots, self.sizes),
            tuple(self._symmetric),
        )

    def _nodes(self) -> Iterator[Basic]:
        return (node for root in self.roots for node in postorder(root))

    @property
    def _wanted(self) -> int:
        """How many values an answer needs: more where something happens at single points."""
        return 2 * _WANTED if self.cornered else _WANTED

    # -- points --------------------------------------------------------------------------------

    def _points(self) -> Iterator[tuple[HiddenPoint, Names]]:
        """Points at which everything that is assumed holds, with the same by the names."""
        worths = [*self.worths.values(), *(t.worth for each in self.taken.values() for t in each)]
        scalars = [scalar for worth in worths for scalar in worth.scalars]
        told = [*self.roots, *self.defined, *self.defining.values()]
        found = survey([*told, *scalars])
        self.cornered = found.sets or found.cases
        known = self.sheet.knowledge
        found.names.update({Symbol(name): None for name in known.names})
        # The letter of data may be used as a number, as the parameter of a function is.
        columns = [c for c in known.columns if c[0] in found.bases or found.means]
        data = {name: _numbers(entries) for name, entries in columns}
        shapes = {**{name: (len(column),) for name, column in data.items()}, **self._shapes(found)}
        rows_of = sources(self.roots)
        for name in (*shapes, *self.sizes, *rows_of):
            found.names.pop(name, None)
        conditions = [*known.assumptions]
        conditions += [condition for row in self.exercise.rows for condition in row.conditions]
        count = self._count(data, found, shapes)
        random = Random(f"{self.sheet.seed} {self.exercise.number}")
        kinks = kink_points(scalars, survey(scalars), {}, random) if self.cornered else iter(())
        for number in range(_TRIES):
            drawn = random_point(found, {}, random, count, positive=number % 3 > 0)
            names: dict[Basic, Any] = {name: drawn.values[name] for name in found.names}
            if number == _NEGATIVE:  # |h| must not pass for h
                names = {name: -abs(value) for name, value in names.items()}
            kink: Point | None = next(kinks, None) if number % 2 else None
            if kink is not None:
                names.update({n: v for n, v in kink.values.items() if n in found.names})
            for name, shape in shapes.items():
                symmetric = name.name in self._symmetric
                names[name] = data.get(name) or _table(random, shape, symmetric, self.cornered)
            for name, source in rows_of.items():
                names[name] = names[source]
            names.update({size: Fraction(value_of(v) or 0) for size, v in self.sizes.items()})
            if count is not None:
                names[COUNT] = Fraction(count)
            self._define(names, count)
            if not self._hold(conditions, names):
                continue
            scalars_told = {name_of(n): float(v) for n, v in names.items() if not _has_entries(v)}
            entries = {name_of(n): _floats(v) for n, v in names.items() if _has_entries(v)}
            yield HiddenPoint(scalars_told, entries, count), names

    @property
    def _symmetric(self) -> frozenset[str]:
        return frozenset(n.name for n in self._nodes() if type(n) is ArrayName and n.symmetric)

    def _count(
        self, data: Mapping[Any, Any], found: Survey, shapes: Mapping[Any, Any]
    ) -> int | None:
        if data:
            return len(next(iter(data.values())))
        size = self.sizes.get(COUNT)
        if size is not None:
            return int(value_of(size) or _COUNT)
        return _COUNT if found.counts or shapes else None

    def _shapes(self, found: Survey) -> dict[Symbol, tuple[int, ...]]:
        """The names that have entries, with how many along each index."""
        shapes: dict[Symbol, tuple[int, ...]] = {}
        for node in self._nodes():
            if type(node) is At and node.args[0] in found.bases:
                base, *places = node.args
                wanted = [max(_COUNT, int(value_of(place) or 0)) for place in places]
                # x_i may be a row of the x_ij.
                pairs = zip_longest(shapes.get(base, ()), wanted, fillvalue=_COUNT)
                shapes[base] = tuple(max(pair) for pair in pairs)
        for node in self._nodes():
            if type(node) is ArrayName:
                rows, columns = self._size(node.rows), self._size(node.columns)
                shape = (rows,) if columns == 1 else (rows, columns)
                if node.family:
                    shape = (self._size(COUNT), *shape)
                if node.source:
                    shapes.setdefault(symbol(node.source), shape)
                else:
                    shapes[symbol(node.name)] = shape
        return shapes

    def _size(self, size: Basic) -> int:
        found = self.sizes.get(size, size) if isinstance(size, Symbol) else size
        return int(value_of(found) or _COUNT)

    # -- values --------------------------------------------------------------------------------

    def _values(self, worth: Worth, names: Names, count: int | None) -> Values | None:
        found: list[float] = []
        for scalar in worth.scalars:
            value = self._number(scalar, names, count)
            if value is None:
                return None
            found.append(value)
        return tuple(found)

    def _define(self, names: dict[Basic, Any], count: int | None) -> None:
        """Give abbreviations the values of what they stand for; one without a value gets none."""
        for name, body in self.defining.items():
            value = self._number(body, names, count)
            names.pop(name, None)
            if value is not None:
                names[name] = Fraction(value)

    def _hold(self, conditions: Sequence[Basic], names: Names) -> bool:
        """Whether all conditions that have a value hold, and not just so."""
        for condition in conditions:
            compare = _RELATIONS.get(type(condition))
            if compare is None:
                continue
            left, right = (self._number(side, names, None) for side in condition.args)
            if left is not None and right is not None and not compare(left, right):
                return False
        return True

    def _number(self, node: Basic, names: Names, count: int | None) -> float | None:
        """The value of a scalar expression as a double number; None where it has none."""
        sure = _NEARLY_SURE if any(isinstance(n, Limit) for n in postorder(node)) else _SURE
        try:
            with precision(_BITS):
                ball = evaluate(node, names, self.functions, count, real=True)
                value = float(ball.real.mid())
                known = float(ball.real.rad()) <= sure * (1 + abs(value))
        except (ProblemError, OverflowError, ValueError):
            return None
        return value if known and math.isfinite(value) and abs(value) < _LARGEST else None


def _has_entries(value: Any) -> bool:
    return isinstance(value, list)


def _numbers(entries: Sequence[Basic]) -> list[Fraction]:
    return [Fraction(number) for entry in entries if (number := value_of(entry)) is not None]


def _table(random: Random, shape: Sequence[int], symmetric: bool, cornered: bool) -> Entries:
    """Random entries; some are 0 where something may happen there."""
    first, *rest = shape
    if rest:
        rows = [_table(random, rest, False, cornered) for _ in range(first)]
        if symmetric:
            rows = [[rows[min(i, j)][max(i, j)] for j in range(first)] for i in range(first)]
        return rows
    drawn = [Fraction(random.randint(1, 4096), 1024) for _ in range(first)]
    if cornered:
        drawn = [random.choice((each, each, -each, Fraction(0))) for each in drawn]
    return drawn


def _floats(entries: Entries) -> Entries:
    return [_floats(e) if isinstance(e, list) else float(e) for e in entries]
