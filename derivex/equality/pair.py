"""Two lists of scalar expressions, compiled together, and their values in several rings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Literal

from flint import acb, fmpq
from sympy.core.basic import Basic

from derivex.equality.ball_functions import REAL_ONLY
from derivex.equality.balls import Balls, precision
from derivex.equality.exact import RationalFunctions, TooManyLeavesError
from derivex.equality.fractional import RATIONAL, Fractions
from derivex.equality.program import Program
from derivex.equality.rings import UndefinedError, UnsupportedError
from derivex.equality.sampling import Point
from derivex.equality.surroundings import Surroundings
from derivex.equality.survey import Survey
from derivex.expression.data import COUNT
from derivex.expression.nodes import At, AtLeast, AtMost, Less, Unequal
from derivex.expression.traverse import free_symbols, postorder

__all__ = ["Leaves", "Pair", "PointEntries"]

_LARGEST_PROOF = 3000  # subexpressions
_LARGEST_NORMAL_FORM = 150
_MOST_CUTS = 12  # of exponentials and angles into halves, thirds, …
_FEW = 8  # letters of polynomials; with many, each operation takes longer
_SPARE = 24  # letters of normal forms beyond the number of subexpressions


class Pair:
    """What is compared: every left expression with the right one at the same position.

    Args:
        lefts: scalar expressions, with definitions and means written out.
        rights: as many of them.
        found: what occurs in them.
        assumptions: what is known of some names.
        deadline: the moment after which evaluation raises TimeUpError.
        conditions: relations; a point at which one does not hold is none at which to compare.

    Raises:
        UnsupportedError: if they are of a kind that has no values.
    """

    def __init__(
        self,
        lefts: Sequence[Basic],
        rights: Sequence[Basic],
        found: Survey,
        assumptions: Mapping[Basic, str],
        deadline: float,
        conditions: Sequence[Basic] = (),
    ):
        for name in found.vectors:
            raise UnsupportedError(f"{name} is differentiated by as a number, but it has entries")
        self.width = len(lefts)
        self.found = found
        self.assumptions = assumptions
        self.deadline = deadline
        self.branched = (
            found.roots or found.cases or found.sets or not REAL_ONLY.isdisjoint(found.calls)
        )
        self.balls = Balls(real=self.branched and not found.imaginary)
        self._program = Program([*lefts, *rights])
        self._has_fractions = self._program.guarded or RATIONAL.issuperset(found.calls)
        self._told: tuple[Point, int, Balls, list[Any]] | None = None
        known = {*found.names, *found.bases, *([COUNT] if found.counts else [])}
        lists = found.bases.keys() - found.names.keys()
        self._conditions = [
            each
            for each in conditions
            if known.issuperset(free_symbols(each)) and lists.isdisjoint(_alone(each))
        ]
        self._sides = Program([side for each in self._conditions for side in each.args])

    def values(self, ring: Any, point: Point) -> list[Any]:
        """The values of all the left and then all the right expressions."""
        names: dict[Basic, Any] = {
            name: _element(ring, value) for name, value in point.values.items()
        }
        entries = PointEntries(self.assumptions, ring, point)
        around = Surroundings(names, entries, point.count, deadline=self.deadline)
        if self._conditions:
            sides = iter(self._sides.run(ring, around))
            for condition in self._conditions:
                if not _holds(type(condition), ring, next(sides), next(sides)):
                    raise UndefinedError("a condition does not hold here")
        return self._program.run(ring, around)

    def ball_values(self, point: Point, bits: int) -> list[Any]:
        """The same as balls with so many bits; what was asked for last is remembered."""
        if self._told is not None:
            known, precise, balls, values = self._told
            if known is point and precise == bits and balls is self.balls:
                return values
        with precision(bits):
            values = self.values(self.balls, point)
        self._told = point, bits, self.balls, values
        return values

    def exact_values(self, point: Point) -> list[Fraction] | None:
        """The same as fractions; None where they are not rational, or too long."""
        if not self._has_fractions:
            return None
        complex_point = any(isinstance(value, tuple) for value in point.values.values())
        if complex_point or self.found.size > _LARGEST_PROOF:
            return None
        try:
            values = self.values(Fractions(), point)
        except (UnsupportedError, UndefinedError):
            return None
        return [value.fraction for value in values]

    def proof(self) -> Literal["equal", "different", "unknown", "too long"]:
        """What comparing the sides as rational functions says."""
        if self.found.size > _LARGEST_PROOF:
            return "too long"
        for letters in self._numbers_of_letters():
            try:
                return self._proof(RationalFunctions(letters))
            except TooManyLeavesError:
                continue
        return "too long"

    def _numbers_of_letters(self, spare: int = 0) -> list[int]:
        most = self.found.size + spare
        return [_FEW, most] if most > _FEW else [most]

    def _proof(
        self, ring: RationalFunctions
    ) -> Literal["equal", "different", "unknown", "too long"]:
        values: dict[Basic, Any] = {name: ring.leaf(name) for name in self.found.names}
        around = Surroundings(values, Leaves(ring), deadline=self.deadline)
        try:
            sides = self._program.run(ring, around)
            differences = [sides[k] - sides[k + self.width] for k in range(self.width)]
        except TooManyLeavesError:
            raise
        except UnsupportedError:
            return "too long"
        except UndefinedError:
            return "unknown"
        if all(difference.is_zero() for difference in differences):
            return "equal"
        return "different" if ring.is_complete else "unknown"

    def modulo_primes(self) -> float | Literal["different", "unknown"]:
        """What comparing the sides modulo two random primes says.

        Returns:
            where they are the same modulo both, a bound on the probability that they are not equal
            all the same; "different" where that is certain.
        """
        # Imported here, because few expressions are too long for exact comparison.
        from derivex.equality.residues import Residues, chance_of_error, two_primes

        chance = 1.0
        for prime in two_primes():
            ring = Residues(prime)
            values: dict[Basic, Any] = {name: ring.leaf(name) for name in self.found.names}
            around = Surroundings(values, Leaves(ring), deadline=self.deadline)
            try:
                sides = self._program.run(ring, around)
                differences = [sides[k] - sides[k + self.width] for k in range(self.width)]
            except (UnsupportedError, UndefinedError, OverflowError):
                return "unknown"
            if not all(difference.is_zero() for difference in differences):
                return "different" if ring.is_complete else "unknown"
            chance *= min(1.0, chance_of_error(ring, differences))
        return chance

    def proof_by_normal_forms(self) -> bool:
        """Whether the sides have the same normal form as elementary functions."""
        if self.found.size > _LARGEST_NORMAL_FORM:
            return False
        for letters in self._numbers_of_letters(_SPARE):
            try:
                return self._same_normal_forms(letters)
            except TooManyLeavesError:
                continue
        return False

    def _same_normal_forms(self, letters: int) -> bool:
        # Imported here, because rational functions are enough for most questions.
        from derivex.equality.normal_forms import FinerAtomsError, NormalForms

        parts: dict[Any, int] = {}
        for _ in range(_MOST_CUTS):
            ring = NormalForms(letters, parts)
            values: dict[Basic, Any] = {name: ring.leaf(name) for name in self.found.names}
            if self.found.counts:
                values[COUNT] = ring.leaf(COUNT)
            around = Surroundings(values, Leaves(ring), deadline=self.deadline)
            try:
                sides = self._program.run(ring, around)
                return all(
                    ring.vanishes(sides[k] - sides[k + self.width]) for k in range(self.width)
                )
            except FinerAtomsError as error:
                parts[error.atom] = error.parts
            except TooManyLeavesError:
                raise
            except (UnsupportedError, UndefinedError):
                return False
        return False


def _alone(condition: Basic) -> Iterator[Basic]:
    """The operands of a condition that are no lists of entries: x > 0 is a kind of each x_i."""
    for node in postorder(condition):
        yield from node.args[1:] if type(node) is At else node.args


def _holds(kind: type[Basic], ring: Any, left: Any, right: Any) -> bool:
    """Whether a relation holds between two values for certain."""
    difference = left - right
    if isinstance(ring, Balls):
        if not difference.imag.is_zero():
            return False
        difference = difference.real
        zero = difference.is_zero()
    else:
        difference = difference.value
        zero = difference == 0
    if kind is Unequal:
        return bool(difference != 0)
    if kind in (AtMost, AtLeast) and zero:
        return True
    return bool(difference < 0 if kind in (Less, AtMost) else difference > 0)


class PointEntries:
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


class Leaves:
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
