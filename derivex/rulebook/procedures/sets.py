"""Arithmetic of sets: multiples, sums of Minkowski, convex hulls, sets case by case."""

from __future__ import annotations

from itertools import product

from sympy.core.basic import Basic

from derivex.expression import (
    And,
    Branch,
    Cases,
    Hull,
    Interval,
    Negative,
    Over,
    Plus,
    Row,
    Singleton,
    Times,
    is_set,
)
from derivex.expression.literals import quick_value
from derivex.expression.nodes import Node
from derivex.matching.facts import NO_FACTS, NONNEGATIVE, NONPOSITIVE
from derivex.rulebook.procedures.conditions import joined_cases
from derivex.rulebook.procedures.factors import product_of

__all__ = ["add_sets", "convex_hull", "in_each_case", "scale_set"]

_FINISHED = (Singleton, Interval, Hull)
_MOST_POINTS = 16  # that a convex hull is spanned by
_MOST_CASES = 64


def scale_set(node: Node) -> Basic | None:
    """Multiply every element of a set by the other factors, a number or a row.

    >>> from derivex.expression import ONE, TWO
    >>> scale_set(Times(Negative(TWO), Interval(ONE, TWO)))
    Interval(Times(Negative(2), 2), Times(Negative(2), 1))
    """
    if type(node) is Negative:
        found, factor = node._args[0], None
    elif type(node) is Over:
        found, factor = node._args[0], node._args[1]
    else:
        sets = [part for part in node._args if isinstance(part, _FINISHED)]
        if len(sets) != 1 or any(is_set(part) for part in node._args if part is not sets[0]):
            return None
        (found,) = sets
        factor = product_of([part for part in node._args if part is not found])
    if not isinstance(found, _FINISHED):
        return None

    def scaled(element: Basic) -> Basic:
        if factor is None:
            return Negative(element)
        return Over(element, factor) if type(node) is Over else Times(factor, element)

    if type(found) is Singleton:
        return Singleton(scaled(found.args[0]))
    if type(found) is Hull:
        if not all(type(part) is Singleton for part in found.args):
            return None
        return Hull(*[Singleton(scaled(part.args[0])) for part in found.args])
    lowest, greatest = found.args
    sign = NONPOSITIVE if factor is None else NO_FACTS.signs(factor)
    if sign <= NONPOSITIVE:
        return Interval(scaled(greatest), scaled(lowest))
    if sign <= NONNEGATIVE:
        return Interval(scaled(lowest), scaled(greatest))
    return Hull(Singleton(scaled(lowest)), Singleton(scaled(greatest)))


def add_sets(node: Node) -> Basic | None:
    """Add sets: all sums of an element of each.

    >>> from derivex.expression import ONE, TWO
    >>> add_sets(Plus(Singleton(TWO), Interval(ONE, TWO)))
    Interval(Plus(2, 1), Plus(2, 2))
    """
    if not all(isinstance(term, _FINISHED) for term in node._args):
        return None
    if any(type(term) is Hull for term in node._args):
        points = [_points(term) for term in node._args]
        count = 1
        for each in points:
            count *= len(each)
        if not all(points) or count > _MOST_POINTS:
            return None
        return Hull(*[Singleton(Plus(*chosen)) for chosen in product(*points)])
    if all(type(term) is Singleton for term in node._args):
        return Singleton(Plus(*[term.args[0] for term in node._args]))
    return Interval(
        Plus(*[term.args[0] for term in node._args]), Plus(*[term.args[-1] for term in node._args])
    )


def _points(found: Basic) -> tuple[Basic, ...]:
    """Points that span a set; none where it has parts that are not finished."""
    if type(found) is Hull:
        if all(type(part) is Singleton for part in found.args):
            return tuple(part.args[0] for part in found.args)
        return ()
    ends: tuple[Basic, ...] = found.args
    return ends


def convex_hull(node: Node) -> Basic | None:
    """The interval that some numbers and intervals span, or fewer points that span it.

    >>> from derivex.expression import ONE, TWO
    >>> convex_hull(Hull(Singleton(TWO), Interval(ONE, TWO)))
    Interval(1, 2)
    """
    if not all(isinstance(part, _FINISHED) for part in node._args):
        return None
    parts = [_points(part) for part in node._args]
    if not all(parts):
        return None
    points = list(dict.fromkeys(point for part in parts for point in part))
    if len(points) == 1:
        return Singleton(points[0])
    ends = _ends(points)
    if ends is not None:
        return Interval(*ends)
    flat = Hull(*[Singleton(point) for point in points])
    return None if flat is node else flat


def _ends(points: list[Basic]) -> tuple[Basic, Basic] | None:
    """The least and the greatest of some numbers, where it can be told which they are."""
    if any(type(point) is Row for point in points):
        return None
    values = [quick_value(point) for point in points]
    known = [value for value in values if value is not None]
    if len(known) == len(values):
        return points[values.index(min(known))], points[values.index(max(known))]
    if len(points) == 2:
        first, second = points
        sign = NO_FACTS.signs(Plus(second, Negative(first)))
        if sign <= NONNEGATIVE:
            return first, second
        if sign <= NONPOSITIVE:
            return second, first
    return None


def in_each_case(node: Node) -> Basic | None:
    """What is done with a set that is a case distinction is done in each case.

    >>> from derivex.expression import ONE, TWO, ZERO, Greater, AtMost, symbol
    >>> x = symbol("x")
    >>> sign = Cases(Branch(Singleton(ONE), Greater(x, ZERO)), Branch(Singleton(TWO)))
    >>> in_each_case(Times(TWO, sign)).args[0]
    Branch(Times(2, Singleton(1)), Greater(x, 0))
    """
    if not is_set(node):
        return None
    several = [part for part in node._args if type(part) is Cases and is_set(part)]
    if not several:
        return None
    if len(several) > 1:
        joined = joined_cases(node, tuple(several))
        if joined is not None:
            return joined
    count = 1
    for distinction in several:
        count *= len(distinction.args)
    if count > _MOST_CASES:
        return None
    if len(several) > 1 and any(
        len(branch.args) == 1 for distinction in several for branch in distinction.args
    ):
        return None  # "otherwise" has no condition that could be joined with another
    branches: list[Basic] = []
    for chosen in product(*[distinction.args for distinction in several]):
        values = dict(zip(several, [branch.args[0] for branch in chosen], strict=True))
        operands = [values.get(part, part) for part in node._args]
        value = type(node)(*operands)
        conditions = list(dict.fromkeys(part for branch in chosen for part in branch.args[1:]))
        if not conditions:
            branches.append(Branch(value))
        else:
            joined = conditions[0] if len(conditions) == 1 else And(*conditions)
            branches.append(Branch(value, joined))
    return Cases(*branches)
