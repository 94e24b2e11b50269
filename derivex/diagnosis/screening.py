"""Which of many expressions have the value of a given one?  A quick look at two points.

All candidates are evaluated together, so that what they share is evaluated once: a hundred small
changes of a line cost little more than the line.  What agrees here may be equal; whoever says so
to a reader asks :func:`derivex.equality.judge` first.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from random import Random
from typing import Any

from sympy.core.basic import Basic

from derivex.equality import judge
from derivex.equality.arrays import Array, entries_of
from derivex.equality.ball_functions import REAL_ONLY
from derivex.equality.balls import PRECISIONS, Balls, precision
from derivex.equality.clock import worked
from derivex.equality.pair import PointEntries
from derivex.equality.program import Program
from derivex.equality.rings import UndefinedError, UnsupportedError
from derivex.equality.sampling import Point, random_point
from derivex.equality.sizes import sizes_of, with_sizes
from derivex.equality.surroundings import Surroundings, TimeUpError
from derivex.equality.survey import survey
from derivex.equality.unfolding import Unfolding
from derivex.equality.unknown import with_stand_ins
from derivex.equality.values import agreement
from derivex.errors import DerivexError
from derivex.expression import At, Mean, Node, free_symbols, transform
from derivex.expression.array_nodes import ArrayName
from derivex.expression.data import data_names, mean_as_total
from derivex.expression.functions import Functions
from derivex.expression.nodes import Relation
from derivex.matching import Facts

__all__ = ["Screen"]

_POINTS = 2
_TRIES = 24
_CHUNK = 192
_BITS = PRECISIONS[0]
# What evaluation says of an expression that makes no sense, as a changed one may not.
_WITHOUT_VALUE = (
    *(UndefinedError, UnsupportedError, DerivexError),
    *(AttributeError, KeyError, TypeError, ValueError),
)


class Screen:
    """Finds expressions that have the value of a given one.

    Args:
        target: the value that is looked for.
        around: other expressions whose names the candidates may have.
        functions: the known functions.
        assumptions: relations that hold at every point.
        deadline: the moment, by ``equality.clock.worked``, after which nothing is found any more.
    """

    def __init__(
        self,
        target: Basic,
        around: Sequence[Basic],
        functions: Functions,
        assumptions: tuple[Basic, ...] = (),
        deadline: float | None = None,
    ):
        self.target = target
        self.deadline = worked() + 5.0 if deadline is None else deadline
        self.assumptions = assumptions
        self.kinds = Facts(assumptions).kinds if assumptions else {}
        roots = [target, *around]
        found = survey(roots)
        self._functions, _ = with_stand_ins(roots, found.calls, functions)
        self._known = functions
        self._sizes = sizes_of(roots) if found.sized else {}
        self._arrays = found.arrays
        self._data = data_names(*roots) if found.means else {}
        self._unfolding = Unfolding(self._functions, data_names(*roots))
        self._points: list[tuple[Point, list[Any]]] = []
        self._find_points(roots)

    @property
    def usable(self) -> bool:
        """Whether the given expression has a value somewhere."""
        return bool(self._points)

    @property
    def time_is_up(self) -> bool:
        """Whether the deadline has passed."""
        return worked() > self.deadline

    def agreeing(self, candidates: Iterable[Basic]) -> list[Basic]:
        """Those of the candidates that have the value, in their order, as far as can be seen."""
        rest = list(candidates)
        found: list[Basic] = []
        for begin in range(0, len(rest), _CHUNK):
            if self.time_is_up:
                break
            some = rest[begin : begin + _CHUNK]
            for point, wanted in self._points:
                some = self._agreeing_at(some, point, wanted)
            found += some if self._points else []
        return found

    @property
    def wanted(self) -> list[complex]:
        """The value of the given expression at each point, its entries one after the other."""
        return [_complex(value) for _, values in self._points for value in values]

    def values(self, candidates: Sequence[Basic]) -> list[list[complex] | None]:
        """The same of other expressions; None for one that somewhere has no value."""
        rows: list[list[complex] | None] = [[] for _ in candidates]
        for point, wanted in self._points:
            for number, values in enumerate(self._values(candidates, point)):
                row = rows[number]
                if values is None or row is None or len(values) != len(wanted):
                    rows[number] = None
                else:
                    row.extend(map(_complex, values))
        return rows

    def confirms(self, candidate: Basic, positive: bool = False) -> bool:
        """Whether a candidate is equal to the given expression by the judge's verdict.

        Args:
            candidate: the candidate.
            positive: whether positive values of all names are enough.
        """
        left = max(0.05, min(1.0, self.deadline - worked()))
        kinds = dict(self.kinds)
        if positive:
            kinds = {**dict.fromkeys(free_symbols(self.target), "positive"), **kinds}
        return judge(
            self.target,
            candidate,
            self._known,
            kinds,
            seconds=left,
            conditions=self.assumptions,
        ).holds

    # -- values ----------------------------------------------------------------------------

    def _find_points(self, roots: Sequence[Basic]) -> None:
        scalars = [entry for root in roots for entry in self._scalars(root) or ()]
        if self._scalars(self.target) is None:
            return
        found = survey(scalars)
        real_only = not REAL_ONLY.isdisjoint(found.calls)
        self._real = (found.roots or found.cases or real_only) and not found.imaginary
        random = Random(1)
        counts = (2, 3) if found.counts else (None, None)
        for number in range(_TRIES):
            if self.time_is_up or len(self._points) == _POINTS:
                return
            count = counts[len(self._points)]
            point = random_point(found, self.kinds, random, count, positive=number % 3 != 2)
            values, *others = self._values(roots, point)
            # Best is a point at which the other expressions have a value as well.
            fits = None not in others or number > _TRIES // 2
            if values is not None and fits and self._holds(point):
                self._points.append((point, values))

    def _holds(self, point: Point) -> bool:
        """Whether the assumptions hold at a point, as far as that can be seen quickly."""
        for relation in self.assumptions:
            if isinstance(relation, Relation) and len(relation.args) == 2:
                sides = self._values(list(relation.args), point)
                if None in sides:
                    continue
                left, right = sides[0][0].real, sides[1][0].real  # type: ignore[index]
                kind = type(relation).__name__
                if kind in ("Greater", "AtLeast") and not left > right:
                    return False
                if kind in ("Less", "AtMost") and not left < right:
                    return False
        return True

    def _scalars(self, root: Basic) -> tuple[Basic, ...] | None:
        """The entries of an expression, or the expression itself; None where it has none."""
        try:
            if self._arrays or isinstance(root, ArrayName):
                root = with_sizes([root], self._sizes)[0] if self._sizes else root
                table = entries_of(root)
                entries = table.entries if isinstance(table, Array) else [table]
            else:
                entries = [root]
            if self._data:
                entries = [transform(entry, self._mean_written_out) for entry in entries]
                if any(_occurs(self._data, entry) for entry in entries):
                    return None  # data outside of a mean
            return tuple(self._unfolding.of(entries))
        except (*_WITHOUT_VALUE, AssertionError):
            return None

    def _mean_written_out(self, node: Basic) -> Basic:
        """A mean as a sum: what is data is decided by the given expressions for all candidates."""
        return mean_as_total(node, self._data) if type(node) is Mean else node

    def _agreeing_at(
        self, candidates: Sequence[Basic], point: Point, wanted: list[Any]
    ) -> list[Basic]:
        found: list[Basic] = []
        for candidate, values in zip(candidates, self._values(candidates, point), strict=True):
            if values is None or len(values) != len(wanted):
                continue
            pairs = zip(values, wanted, strict=True)
            if all(agreement(left, right, _BITS) == "agree" for left, right in pairs):
                found.append(candidate)
        return found

    def _values(self, roots: Sequence[Basic], point: Point) -> list[list[Any] | None]:
        """The values of each, entry by entry; None where one has no value."""
        tables = [self._scalars(root) for root in roots]
        scalars = [entry for table in tables for entry in table or ()]
        with precision(_BITS):
            values = iter(self._evaluate(scalars, point))
            found: list[list[Any] | None] = []
            for table in tables:
                row = [next(values) for _ in table or ()]
                found.append(None if table is None or None in row else row)
        return found

    def _evaluate(self, scalars: Sequence[Basic], point: Point) -> list[Any]:
        if not scalars:
            return []
        try:
            return self._evaluate_together(scalars, point)
        except TimeUpError:
            return [None] * len(scalars)
        except _WITHOUT_VALUE:
            # One of them has no value, and must not take those of the others with it.
            if len(scalars) == 1:
                return [None]
            middle = len(scalars) // 2
            first, second = scalars[:middle], scalars[middle:]
            return self._evaluate(first, point) + self._evaluate(second, point)

    def _evaluate_together(self, scalars: Sequence[Basic], point: Point) -> list[Any]:
        program = Program(scalars, guarded=True)
        ring = Balls(real=self._real)
        names = {name: ring.number(value) for name, value in point.values.items()}  # type: ignore[arg-type]
        around = Surroundings(
            dict(names), PointEntries(self.kinds, ring, point), point.count, deadline=self.deadline
        )
        values = program.run_each(ring, around)
        return [value if _is_value(value) else None for value in values]


def _occurs(names: Container[Basic], root: Basic) -> bool:
    """Whether one of the names stands there without an index."""
    seen: set[Basic] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if node in names:
            return True
        if node not in seen and isinstance(node, Node):
            seen.add(node)
            stack.extend(node._args[type(node) is At :])
    return False


def _complex(value: Any) -> complex:
    middle = value.mid()
    return complex(float(middle.real), float(middle.imag))


def _is_value(value: Any) -> bool:
    return not isinstance(value, Exception) and hasattr(value, "is_finite") and value.is_finite()
