"""The comparison of two expressions: points, precision, proof and witness."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import inf
from random import Random
from time import monotonic
from typing import Any

from flint import acb, fmpq
from sympy.core.basic import Basic

from derivex.equality.arrays import Array, entries_of
from derivex.equality.ball_functions import REAL_ONLY
from derivex.equality.balls import Balls, precision
from derivex.equality.exact import RationalFunctions
from derivex.equality.fractional import Fractions
from derivex.equality.program import Program
from derivex.equality.rings import UndefinedError, UnsupportedError
from derivex.equality.sampling import Point, random_point, simple_point
from derivex.equality.surroundings import Surroundings, TimeUpError
from derivex.equality.survey import survey
from derivex.equality.unfolding import unfolded
from derivex.equality.unknown import with_stand_ins
from derivex.equality.values import agreement, value_text
from derivex.equality.verdict import Counterexample, Verdict
from derivex.expression.functions import Functions
from derivex.expression.nodes import Equation

__all__ = ["Comparison"]

_PRECISIONS = (128, 512, 2048)
_TRIES = 60  # points that are tried until enough of them are usable
_BRANCHED_POINTS = 12
_SIMPLE_TRIES = 12
_LARGEST_PROOF = 3000  # subexpressions


class Comparison:
    """One question: are these two expressions equal?"""

    def __init__(
        self,
        left: Basic,
        right: Basic,
        functions: Functions,
        assumptions: Mapping[Basic, str],
        points: int,
        seconds: float,
        seed: int,
    ):
        self.sides = (left, right)
        self.functions = functions
        self.assumptions = assumptions
        self.points = points
        self.deadline = monotonic() + seconds
        self.random = Random(seed)
        self.compared = 0

    def verdict(self) -> Verdict:
        """The answer."""
        try:
            shapes = self._prepare()
            if shapes is not None:
                return Verdict("wrong", 0, shapes)
            return self._answer()
        except TimeUpError:
            return Verdict("undecided", self.compared, None, "the time limit was reached")
        except UnsupportedError as error:
            return Verdict("undecided", self.compared, None, str(error))

    def _prepare(self) -> Counterexample | None:
        """Split into scalar pairs and compile; a witness if the shapes already differ."""
        found = survey(self.sides)
        functions, self.stand_ins = with_stand_ins(self.sides, found.calls, self.functions)
        sides = list(self.sides)
        changed = found.means or any(name in functions for name in found.calls)
        if changed:
            sides = unfolded(sides, functions)
        self.lists = found.arrays
        lefts, rights = [sides[0]], [sides[1]]
        if found.arrays:
            tables = [_table(side) for side in sides]
            if tables[0][0] != tables[1][0]:
                return Counterexample((), tables[0][0], tables[1][0])
            lefts, rights = tables[0][1], tables[1][1]
        roots = [*lefts, *rights]
        if changed or found.arrays:
            found = survey(roots)
        for name in found.vectors:
            raise UnsupportedError(f"{name} is differentiated by as a number, but it has entries")
        self.width = len(lefts)
        self.found = found
        self.branched = found.roots or not REAL_ONLY.isdisjoint(found.calls)
        self.ring = Balls(real=self.branched and not found.imaginary)
        self.program = Program(roots)
        return None

    def _answer(self) -> Verdict:
        schedule = self._schedule()
        point = next(schedule)
        if self._differs(point):
            return self._wrong(point)
        if self._is_proven():
            return Verdict("proven", self.compared)
        wanted = self._wanted()
        for point in schedule:
            if self.compared >= wanted:
                break
            if self._differs(point):
                return self._wrong(point)
        if self.compared >= min(wanted, 3) or self._agree_off_the_line():
            return Verdict("tested", self.compared)
        reason = "no point was found at which both sides have a value"
        if self.compared:
            reason = "too few points were found at which both sides have a value"
        return Verdict("undecided", self.compared, None, reason)

    def _wanted(self) -> int:
        found = self.found
        if not (found.names or found.bases or found.counts):
            return 1
        if self.branched:
            return max(self.points, _BRANCHED_POINTS)
        return self.points + 2 if found.counts else self.points

    def _schedule(self) -> Iterator[Point]:
        """A simple point, then random ones: positive, of any sign, complex where that is fair."""
        found, assumptions = self.found, self.assumptions
        counts = [2, 3, 1, 4] if found.counts else [None]
        yield simple_point(found, assumptions, 0, counts[0])
        if not (found.names or found.bases or found.counts):
            return
        for number in range(1, _TRIES):
            yield random_point(
                found,
                assumptions,
                self.random,
                counts[number % len(counts)],
                wide=self.branched,
                positive=number == 1 or (self.branched and number % 3 == 0),
                imaginary=not self.branched and number % 3 == 0,
            )

    def _agree_off_the_line(self) -> bool:
        """Whether sides that have no real values agree at complex points.

        Where there are branches, a difference there would say nothing about the real line, so
        that this can confirm an equality but not refute one.
        """
        if not (self.branched and self.ring.real and self.found.names):
            return False
        self.ring = Balls(real=False)
        for number in range(_TRIES):
            count = 1 + number % 3 if self.found.counts else None
            point = random_point(
                self.found, self.assumptions, self.random, count, imaginary=True
            )
            if self._differs(point):
                return False
            if self.compared >= _BRANCHED_POINTS:
                return True
        return False

    def _run(self, ring: Any, point: Point) -> list[Any]:
        values: dict[Basic, Any] = {
            name: _element(ring, value) for name, value in point.values.items()
        }
        entries = _PointEntries(self.assumptions, ring, point)
        around = Surroundings(values, entries, point.count, deadline=self.deadline)
        return self.program.run(ring, around)

    def _differs(self, point: Point) -> bool:
        """Whether the sides differ at a point for certain; counts it if they agree there."""
        for bits in _PRECISIONS:
            with precision(bits):
                try:
                    values = self._run(self.ring, point)
                except UndefinedError:
                    return False
                lefts, rights = values[: self.width], values[self.width :]
                found = {agreement(a, b, bits) for a, b in zip(lefts, rights, strict=True)}
            if "differ" in found:
                return True
            if found == {"agree"}:
                self.compared += 1
                return False
            if "undefined" in found and bits > _PRECISIONS[0]:
                return False
        return False

    def _is_proven(self) -> bool:
        if self.found.size > _LARGEST_PROOF:
            return False
        ring = RationalFunctions(self.found.size)
        values: dict[Basic, Any] = {name: ring.leaf(name) for name in self.found.names}
        try:
            sides = self.program.run(
                ring, Surroundings(values, _Leaves(ring), deadline=self.deadline)
            )
            return all((sides[i] - sides[i + self.width]).is_zero() for i in range(self.width))
        except (UnsupportedError, UndefinedError):
            return False

    def _wrong(self, found_at: Point) -> Verdict:
        """The verdict, with a witness as simple as can be found quickly."""
        for number in range(_SIMPLE_TRIES):
            if monotonic() > self.deadline:
                break
            count = 1 + number % 3 if self.found.counts else None
            point = simple_point(self.found, self.assumptions, number, count)
            try:
                if self._differs(point):
                    return Verdict("wrong", self.compared + 1, self._witness(point))
            except TimeUpError:
                break
        return Verdict("wrong", self.compared + 1, self._witness(found_at))

    def _witness(self, point: Point) -> Counterexample:
        self.deadline = inf  # the difference is known; only its values are computed again
        values = self._exact_values(point)
        if values is not None:
            texts = [str(value) for value in values]
        else:
            texts = self._decimal_values(point)
        left, right = texts[: self.width], texts[self.width :]
        return Counterexample(
            self.stand_ins + point.shown(), self._joined(left, 0), self._joined(right, 1)
        )

    def _joined(self, texts: list[str], side: int) -> str:
        if type(self.sides[side]) is Equation:
            return " = ".join(texts)
        return f"({', '.join(texts)})" if self.lists else texts[0]

    def _exact_values(self, point: Point) -> list[Fraction] | None:
        complex_point = any(isinstance(value, tuple) for value in point.values.values())
        if complex_point or self.found.size > _LARGEST_PROOF:
            return None
        try:
            values = self._run(Fractions(), point)
        except (UnsupportedError, UndefinedError):
            return None
        fractions = [value.value for value in values]
        short = all(
            max(value.numerator.bit_length(), value.denominator.bit_length()) <= 64
            for value in fractions
        )
        return fractions if short else None

    def _decimal_values(self, point: Point) -> list[str]:
        """Values with as many digits as show the difference."""
        for bits in _PRECISIONS:
            with precision(bits):
                values = self._run(self.ring, point)
                for digits in (6, 10, 15, 25, bits // 4):
                    texts = [value_text(value, digits) for value in values]
                    if texts[: self.width] != texts[self.width :]:
                        return texts
        return texts


class _PointEntries:
    """The entries of a point as elements of a ring; new ones are drawn when asked for."""

    __slots__ = ("assumptions", "point", "ring")

    def __init__(self, assumptions: Mapping[Basic, str], ring: Any, point: Point):
        self.assumptions = assumptions
        self.ring = ring
        self.point = point

    def get(self, key: tuple[Basic, tuple[int, ...]], /) -> Any:
        base, indices = key
        kind = self.assumptions.get(base, "real")
        return self.ring.number(self.point.draw(base, indices, kind))


class _Leaves:
    """Every entry as a leaf of its own."""

    __slots__ = ("ring",)

    def __init__(self, ring: RationalFunctions):
        self.ring = ring

    def get(self, key: tuple[Basic, tuple[int, ...]], /) -> Any:
        return self.ring.leaf(key)


def _element(ring: Any, value: Fraction | tuple[Fraction, Fraction]) -> Any:
    if isinstance(value, tuple):
        return acb(*[fmpq(part.numerator, part.denominator) for part in value])
    return ring.number(value)


def _table(side: Basic) -> tuple[str, list[Basic]]:
    """The shape of an expression in words, and its entries."""
    if type(side) is Equation:
        return "an equation", list(side.args)
    table = entries_of(side)
    if not isinstance(table, Array):
        return "a number", [table]
    rows, columns = table.shape
    entries = [entry for row in table.rows for entry in row]
    return f"a {rows} × {columns} matrix", entries
