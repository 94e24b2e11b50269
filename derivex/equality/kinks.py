"""Points at which |u|, max or a case distinction changes: where u is exactly zero.

Random points miss them; what is said about sets is decided there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from random import Random

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.equality.fractional import Fractions
from derivex.equality.pair import PointEntries
from derivex.equality.program import Program
from derivex.equality.rings import UndefinedError, UnsupportedError
from derivex.equality.sampling import Point, random_point
from derivex.equality.surroundings import Surroundings
from derivex.equality.survey import Survey
from derivex.expression.nodes import Apply, Negative, Plus, Relation
from derivex.expression.traverse import postorder

__all__ = ["kink_points"]

_MOST = 24  # changes that are looked at
_ROUNDS = 3


def kink_points(
    sides: Sequence[Basic], found: Survey, assumptions: Mapping[Basic, str], random: Random
) -> Iterator[Point]:
    """Exact points at each of which something in the expressions changes.

    Only changes that are affine in a name are found.
    """
    changes = list(dict.fromkeys(_changes(sides)))[:_MOST]
    for _ in range(_ROUNDS):
        for change in changes:
            program = _program(change)
            if program is None:
                continue
            names = [name for name in found.names if name not in found.whole]
            random.shuffle(names)
            for name in names:
                count = random.randint(1, 3) if found.counts else None
                point = random_point(found, assumptions, random, count)
                root = _root(program, point, name, assumptions)
                if root is not None:
                    yield replace(point, values={**point.values, name: root})
                    break


def _changes(sides: Sequence[Basic]) -> Iterator[Basic]:
    """The expressions whose sign decides."""
    for side in sides:
        for node in postorder(side):
            if isinstance(node, Relation):
                left, right = node.args
                yield Plus(left, Negative(right))
            elif type(node) is Apply:
                name, *arguments = node.args
                if str(name) == "abs":
                    yield arguments[0]
                elif str(name) in ("max", "min"):
                    for one, other in combinations(arguments, 2):
                        yield Plus(one, Negative(other))


def _program(change: Basic) -> Program | None:
    try:
        return Program([change])
    except UnsupportedError:
        return None


def _root(
    program: Program, point: Point, name: Symbol, assumptions: Mapping[Basic, str]
) -> Fraction | None:
    """Where the change is zero on the line through the point along one name."""
    if isinstance(point.values[name], tuple):
        return None
    ring = Fractions()

    def value(at: Fraction) -> Fraction:
        values = {
            each: ring.number(at if each is name else known)
            for each, known in point.values.items()
            if isinstance(known, Fraction)
        }
        entries = PointEntries(assumptions, ring, point)
        (found,) = program.run(ring, Surroundings(dict(values), entries, point.count))
        exact: Fraction = found.fraction
        return exact

    try:
        here, there = value(Fraction(0)), value(Fraction(1))
        if here == there:
            return None
        root = here / (here - there)
        kind = assumptions.get(name, "real")
        allowed = kind == "real" or (kind == "positive" and root > 0)
        return root if allowed and value(root) == 0 else None
    except (UndefinedError, UnsupportedError):
        return None
