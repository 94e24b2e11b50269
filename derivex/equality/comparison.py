"""The comparison of two expressions: points, precision, proof and witness."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, islice
from math import log10
from random import Random
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.equality.arrays import Array, entries_of
from derivex.equality.balls import PRECISIONS, Balls, precision
from derivex.equality.clock import worked
from derivex.equality.kinks import kink_points
from derivex.equality.pair import Pair
from derivex.equality.rings import UndefinedError, UnsettledError, UnsupportedError
from derivex.equality.sampling import Point, random_point, simple_point
from derivex.equality.sizes import free_indices, sizes_of, with_sizes
from derivex.equality.supports import dimension_of, supports
from derivex.equality.surroundings import TimeUpError
from derivex.equality.survey import survey
from derivex.equality.unfolding import is_written_out, unfolded
from derivex.equality.unknown import with_stand_ins
from derivex.equality.values import agreement, is_finite
from derivex.equality.verdict import Counterexample, Verdict
from derivex.equality.witness import witness_at
from derivex.expression.functions import Functions
from derivex.expression.literals import value_of
from derivex.expression.nodes import (
    ZERO,
    AtLeast,
    AtMost,
    Dotted,
    Equation,
    Greater,
    Less,
    Unequal,
)
from derivex.expression.sets import is_set
from derivex.expression.traverse import substitute, transform

__all__ = ["Comparison"]

_TRIES = 60  # points that are tried until enough of them are usable
_BRANCHED_POINTS = 12
_INTEGRATED_POINTS = 5  # an integral takes long to evaluate, and one precision must do
_SIMPLE_TRIES = 12
_LARGEST_CHANCE = 1e-12  # of an error; else points are looked at as well
_FAR_BITS = 80  # that a limit at ∞ is known to; values are to agree to half of them
_SHORT = 6  # digits of two values that nobody minds to read
_HOLDS: Mapping[type, Callable[..., bool]] = {
    Unequal: operator.ne,
    Less: operator.lt,
    AtMost: operator.le,
    Greater: operator.gt,
    AtLeast: operator.ge,
}
_TOLD_FIRST = (0, 4, 1, 3, 2)  # of the simple points: that with 2 first, and that with 0
_MOST_WITNESSES = 3  # of which the simplest is told


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
        conditions: Sequence[Basic] = (),
    ):
        self.conditions = conditions
        self.sides = (left, right)
        self.functions = functions
        self.assumptions = assumptions
        self.points = points
        self.deadline = worked() + seconds
        self.random = Random(seed)
        self.compared = 0
        self.unsettled = 0  # points at which a limit was not found
        self.set_aside = 0  # points at which limits at ∞ differ for letters that are not positive
        self.bits = 0  # to which the values were compared that agreed last
        self.stand_ins: tuple[tuple[str, str], ...] = ()
        self.indices: tuple[tuple[str, str], ...] = ()  # the free ones, where sizes were chosen
        self.sized = False  # whether sizes were chosen for arrays
        self.lefts: list[Basic] = []
        self.rights: list[Basic] = []

    def verdict(self) -> Verdict:
        """The answer."""
        try:
            sizes = (0, 2, 4) if len(free_indices(self.sides)) > 1 else (0, 2)
            verdict = self._at_sizes(sizes)
            for first in sizes:
                if self.sized and verdict.kind in ("undecided", "wrong"):
                    # At one of the sizes there may be no value: a singular matrix, say.  And a
                    # counterexample is of one size, or nobody can compute it again.
                    self.lefts, self.rights, self.compared = [], [], 0
                    try:
                        at_one = self._at_sizes((first,))
                    except UnsupportedError:
                        continue
                    if at_one.kind == verdict.kind == "wrong":
                        return at_one
                    verdict = verdict if verdict.kind == "wrong" else at_one
            return verdict
        except TimeUpError:
            return Verdict("undecided", self.compared, None, "the time limit was reached")
        except UnsupportedError as error:
            return Verdict("undecided", self.compared, None, str(error))

    def _at_sizes(self, firsts: tuple[int, ...]) -> Verdict:
        """The answer for some of the small sizes that arrays of declared shape get."""
        shapes = self._prepare(firsts)
        return self._answer() if shapes is None else Verdict("wrong", 0, shapes)

    def _prepare(self, firsts: tuple[int, ...]) -> Counterexample | None:
        """Split into scalar pairs and compile; a witness if the shapes already differ."""
        found = survey(self.sides)
        if found.dots and found.arrays:
            self.sides = (_without_dots(self.sides[0]), _without_dots(self.sides[1]))
            found = survey(self.sides)
        sets = found.sets
        self.lists = found.arrays or sets
        written: list[Sequence[Basic]] = [self.sides]
        if found.sized:
            # Arrays of declared shape are compared at two small sizes.
            chosen = [sizes_of(self.sides, first) for first in firsts]
            self.sized = any(chosen)
            chosen = [sizes for sizes in chosen if _may_be(self.conditions, sizes)]
            if self.sized and not chosen:
                raise UnsupportedError("the small sizes that are tried do not meet the conditions")
            self.indices = tuple(
                (index.name, str(chosen[0][index]))
                for index in free_indices(self.sides)
                if chosen and index in chosen[0]
            )
            written = [with_sizes(self.sides, sizes) for sizes in chosen]
        for left, right in written:
            first = len(self.lefts)
            different = self._split(left, right, sets) if self.lists else None
            if different is not None:
                return different
            if found.spread:
                self._stand_in_for_this_size(first)
            if not self.lists:
                self.lefts, self.rights = [left], [right]
        roots = [*self.lefts, *self.rights]
        if self.lists:
            found = survey(roots)
        functions, stand_ins = with_stand_ins(roots, found.calls, self.functions)
        self.stand_ins += stand_ins
        special = found.means or found.primes or found.integrals or found.dots
        if special or any(is_written_out(name, functions) for name in found.calls):
            roots = unfolded(roots, functions)
            found = survey(roots)
            self.lefts, self.rights = roots[: len(self.lefts)], roots[len(self.lefts) :]
        found.sets = sets
        self.found = found
        self.roots = roots
        conditions = unfolded(self.conditions, functions)
        self.pair = Pair(
            self.lefts, self.rights, found, self.assumptions, self.deadline, conditions
        )
        return None

    def _stand_in_for_this_size(self, first: int) -> None:
        """Fill in what stands for unknown functions, which have other arguments at each size."""
        roots = [*self.lefts[first:], *self.rights[first:]]
        functions, stand_ins = with_stand_ins(roots, survey(roots).calls, self.functions)
        roots = unfolded(roots, functions)
        self.stand_ins += stand_ins
        middle = len(roots) // 2
        self.lefts[first:], self.rights[first:] = roots[:middle], roots[middle:]

    def _split(self, left: Basic, right: Basic, sets: bool) -> Counterexample | None:
        """Add the entries of both sides to what is compared; a witness if the shapes differ."""
        dimension = dimension_of([left, right]) if sets else 1
        left_shape, lefts = _table(left, dimension)
        right_shape, rights = _table(right, dimension)
        if left_shape != right_shape:
            # 0 is the zero of every shape.
            if rights == [ZERO]:
                rights = [ZERO] * len(lefts)
            elif lefts == [ZERO]:
                lefts = [ZERO] * len(rights)
            else:
                return Counterexample((), left_shape, right_shape)
        self.lefts += lefts
        self.rights += rights
        return None

    def _answer(self) -> Verdict:
        schedule = self._schedule()
        point = next(schedule)
        if self._differs(point, PRECISIONS[1:]):
            return self._wrong(point)
        # Where something is not rational, only normal forms can say more than rational functions.
        if self.found.calls and self._proven_by_normal_forms():
            return Verdict("proven", self.compared)
        proof = self.pair.proof()
        if proof == "equal":
            if self.sized:  # other sizes were not looked at
                return Verdict("tested", self.compared, how="equal at small sizes")
            return Verdict("proven", self.compared)
        unsettled = proof in ("unknown", "too long") and not self.found.calls
        if unsettled and self._proven_by_normal_forms():
            return Verdict("proven", self.compared)
        if proof == "too long" and not (self.found.sets or self.found.cases or self.conditions):
            modular = self.pair.modulo_primes()
            if modular == "different":
                return self._different(schedule)
            if modular != "unknown" and modular <= _LARGEST_CHANCE and not self.sized:
                return Verdict("tested", self.compared, chance=modular)
        wanted = self._wanted()
        for point in schedule:
            if self.compared >= wanted:
                break
            if self._differs(point) or (proof == "different" and self._differs_exactly(point)):
                return self._wrong(point)
        if self.unsettled > self.compared:
            # Where the values are huge, a pole drowns in them, and a limit seems to be there.
            reason = "no limit was found: the values near its point do not settle"
            return Verdict("undecided", self.compared, None, reason)
        if self.compared >= min(wanted, 3) or self._agree_off_the_line():
            bits = _FAR_BITS if self.found.infinite else self.bits
            how = f"agrees to {int(bits / 2 * log10(2))} digits" if wanted == 1 else ""
            if self.set_aside:
                how = f"agrees at {self.compared} random points where all letters are positive"
            return Verdict("tested", self.compared, how=how)
        reason = "no point was found at which both sides have a value"
        if self.compared:
            reason = "too few points were found at which both sides have a value"
        return Verdict("undecided", self.compared, None, reason)

    def _different(self, schedule: Iterator[Point]) -> Verdict:
        """The verdict on rational functions that are not equal, with a point that shows it."""
        counts = [1, 2, 3] if self.found.counts else [None]
        simple = (
            simple_point(self.found, self.assumptions, number, counts[number % len(counts)])
            for number in range(_SIMPLE_TRIES)
        )
        for point in chain(simple, islice(schedule, _SIMPLE_TRIES)):
            if self._differs(point) or self._differs_exactly(point):
                return self._wrong(point)
        reason = "they differ, but at no point with values that are short enough to be told"
        return Verdict("undecided", self.compared, None, reason)

    def _proven_by_normal_forms(self) -> bool:
        """Whether algebra with elementary functions proves it, for every size and number."""
        found = self.found
        special = found.sets or found.cases or found.integrals or self.sized
        return not special and not self.stand_ins and self.pair.proof_by_normal_forms()

    def _wanted(self) -> int:
        found = self.found
        if not (found.names or found.bases or found.counts):
            return 1
        if found.sets:
            return max(self.points, 2 * _BRANCHED_POINTS)
        if found.integrals and found.infinite:
            return min(self.points, _INTEGRATED_POINTS)
        if self.pair.branched:
            return max(self.points, _BRANCHED_POINTS)
        if found.integrals:
            return min(self.points, _INTEGRATED_POINTS)
        return self.points + 2 if found.counts else self.points

    def _schedule(self) -> Iterator[Point]:
        """A simple point, then random ones: positive, of any sign, complex where that is fair."""
        found, assumptions = self.found, self.assumptions
        counts = [2, 3, 1, 4] if found.counts else [None]
        yield simple_point(found, assumptions, 0, counts[0])
        if not (found.names or found.bases or found.counts):
            return
        if found.sets:
            yield from kink_points(self.roots, found, assumptions, self.random)
        for number in range(1, _TRIES):
            yield random_point(
                found,
                assumptions,
                self.random,
                counts[number % len(counts)],
                wide=self.pair.branched,
                positive=number == 1 or (self.pair.branched and number % 3 == 0),
                imaginary=not self.pair.branched and number % 3 == 0,
            )

    def _agree_off_the_line(self) -> bool:
        """Whether sides that have no real values agree at complex points.

        Where there are branches, a difference there would say nothing about the real line, so
        that this can confirm an equality but not refute one.
        """
        if not (self.pair.branched and self.pair.balls.real and self.found.names):
            return False
        self.pair.balls = Balls(real=False)
        for number in range(_TRIES):
            count = 1 + number % 3 if self.found.counts else None
            point = random_point(self.found, self.assumptions, self.random, count, imaginary=True)
            if self._differs(point):
                return False
            if self.compared >= _BRANCHED_POINTS:
                return True
        return False

    def _differs(self, point: Point, precisions: Sequence[int] = PRECISIONS) -> bool:
        """Whether the sides differ at a point for certain; counts it if they agree there."""
        if self.found.sets:
            exact = self.pair.exact_values(point)  # at a corner nothing less will do
            if exact is not None:
                differ = exact[: self.pair.width] != exact[self.pair.width :]
                self.compared += not differ
                return differ
        few = self.found.integrals or self.found.infinite
        for bits in PRECISIONS[:1] if few else precisions:
            try:
                values = self.pair.ball_values(point, bits)
            except UnsettledError:
                self.unsettled += not self.found.endless
                return False
            except UndefinedError:
                return False
            lefts, rights = values[: self.pair.width], values[self.pair.width :]
            with precision(bits):
                found = {
                    self._agreement(a, b, point, bits) for a, b in zip(lefts, rights, strict=True)
                }
            if "differ" in found:
                return True
            if found == {"agree"}:
                self.compared += 1
                self.bits = bits
                return False
            if "undefined" in found and bits > PRECISIONS[0]:
                return False
        return False

    def _agreement(self, left: Any, right: Any, point: Point, bits: int) -> str:
        """What two values say; a limit at ∞ is about letters greater than 0 where it has some.

        So e^(−a x) goes to 0 for those a that whoever writes it has in mind.
        """
        if not self.found.infinite:
            return agreement(left, right, bits)
        known = agreement(left, right, _FAR_BITS)
        if self.found.endless and self.found.names and not is_finite(left, right):
            return "undefined"  # a series is equal to its sum where it has one
        values = point.values.values()
        if known == "differ" and not all(
            isinstance(each, Fraction) and each > 0 for each in values
        ):
            self.set_aside += 1
            return "undefined"
        return known

    def _differs_exactly(self, point: Point) -> bool:
        """The same for rational expressions, however small the difference."""
        values = self.pair.exact_values(point)
        return values is not None and values[: self.pair.width] != values[self.pair.width :]

    def _wrong(self, found_at: Point) -> Verdict:
        left = self.deadline - worked()
        return Verdict("wrong", self.compared + 1, lambda: self._best_witness(found_at, left))

    def _best_witness(self, found_at: Point, seconds: float) -> Counterexample:
        """A witness as simple as can be found in the time that is left: the shortest one."""
        self.deadline = worked() + seconds
        best: Counterexample | None = None
        made = 0
        for number in (*_TOLD_FIRST, *range(len(_TOLD_FIRST), _SIMPLE_TRIES)):
            if worked() > self.deadline:
                break
            count = 1 + number % 3 if self.found.counts else None
            point = simple_point(self.found, self.assumptions, number, count)
            self.pair.deadline = self.deadline
            exact = self.pair.exact_values(point)
            try:
                if exact is None and not self._differs(point):
                    continue
            except TimeUpError:
                break
            if exact is not None and exact[: self.pair.width] == exact[self.pair.width :]:
                continue
            witness = self._witness(point, exact)
            if best is None or _length(witness) < _length(best):
                best = witness
            made += 1
            if _length(best) <= _SHORT or made == _MOST_WITNESSES:
                break
        return best or self._witness(found_at)

    def _witness(self, point: Point, exact: list[Fraction] | None = None) -> Counterexample:
        told = (*self.stand_ins, *self.indices)
        return witness_at(self.pair, point, told, self._joined, exact)

    def _joined(self, texts: list[str], side: int) -> str:
        """The values of one side's entries as one text."""
        if type(self.sides[side]) is Equation:
            return " = ".join(texts)
        return f"({', '.join(texts)})" if len(texts) > 1 else texts[0]


def _may_be(conditions: Sequence[Basic], sizes: Mapping[Symbol, Basic]) -> bool:
    """Whether sizes and indices meet the conditions that are about nothing else: i ≠ j."""
    for each in conditions:
        values = [value_of(substitute(side, sizes)) for side in each.args]
        holds = _HOLDS.get(type(each))
        if holds is not None and len(values) == 2 and None not in values and not holds(*values):
            return False
    return True


def _length(witness: Counterexample) -> int:
    """How long the values are that somebody will compute again."""
    return len(witness.left) + len(witness.right)


def _without_dots(side: Basic) -> Basic:
    """What is written with dots as the sum that it means, also inside of vectors."""
    return transform(side, lambda node: node.args[0] if type(node) is Dotted else node)


def _table(side: Basic, dimension: int) -> tuple[str, list[Basic]]:
    """The shape of an expression in words, and its entries; of a set, its support function."""
    if is_set(side):
        return "a set", supports(side, dimension)
    if type(side) is Equation:
        return "an equation", list(side.args)
    table = entries_of(side)
    if not isinstance(table, Array):
        return "a number", [table]
    rows, columns = table.shape
    entries = [entry for row in table.rows for entry in row]
    return f"a {rows} × {columns} matrix", entries
