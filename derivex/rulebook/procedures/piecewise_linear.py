"""Functions made of straight pieces, |x − 1| + max(2x, 0), in exact numbers: where they change."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise

from sympy.core.basic import Basic

from derivex.expression import Apply, Negative, Over, Plus, Times, function_name, postorder
from derivex.expression.literals import value_of

__all__ = ["is_straight", "turning_points", "value_at"]

_MOST_POINTS = 48
_ABS, _MAX, _MIN = map(function_name, ("abs", "max", "min"))


def is_straight(expression: Basic, variable: Basic) -> bool:
    """Whether an expression is made of straight pieces, all numbers in it known.

    >>> from derivex.expression import ONE, Power, TWO, symbol
    >>> x = symbol("x")
    >>> is_straight(Plus(Apply(_ABS, x), ONE), x), is_straight(Power(x, TWO), x)
    (True, False)
    """
    moving: set[Basic] = {variable}
    for node in postorder(expression):
        if node is variable or value_of(node) is not None:
            continue
        kind, operands = type(node), node.args
        if kind is Apply:
            fits = operands[0] in (_ABS, _MAX, _MIN)
        elif kind is Times:
            fits = sum(part in moving for part in operands) <= 1
        elif kind is Over:
            fits = bool(value_of(operands[1]))
        else:
            fits = kind in (Plus, Negative) or node in (_ABS, _MAX, _MIN)
        if not fits:
            return False
        if not moving.isdisjoint(operands):
            moving.add(node)
    return True


def value_at(expression: Basic, variable: Basic, place: Fraction) -> Fraction:
    """The value of an expression made of straight pieces.

    >>> from derivex.expression import ONE, symbol
    >>> value_at(Plus(Apply(_ABS, symbol("x")), ONE), symbol("x"), Fraction(-2))
    Fraction(3, 1)
    """
    return _values(expression, variable, place)[expression]


def _values(expression: Basic, variable: Basic, place: Fraction) -> dict[Basic, Fraction]:
    values: dict[Basic, Fraction] = {variable: place}
    for node in postorder(expression):
        if node in values:
            continue
        known = value_of(node)
        if known is None and node.args:
            parts = [values[part] for part in node.args if part in values]
            known = _combined(node, parts)
        if known is not None:
            values[node] = known
    return values


def _combined(node: Basic, parts: list[Fraction]) -> Fraction:
    kind = type(node)
    if kind is Plus:
        return sum(parts, Fraction(0))
    if kind is Negative:
        return -parts[0]
    if kind is Over:
        return parts[0] / parts[1]
    if kind is Apply:
        name = node.args[0]
        return abs(parts[0]) if name is _ABS else max(parts) if name is _MAX else min(parts)
    product = Fraction(1)
    for part in parts:
        product *= part
    return product


def turning_points(differences: list[Basic], variable: Basic) -> list[Fraction]:
    """Between these points, in order, each expression is straight and has the same sign.

    Args:
        differences: expressions made of straight pieces.
        variable: what they are functions of.

    >>> from derivex.expression import ONE, symbol
    >>> x = symbol("x")
    >>> turning_points([Plus(Apply(_ABS, x), Negative(ONE))], x)
    [Fraction(-1, 1), Fraction(0, 1), Fraction(1, 1)]
    """
    points: list[Fraction] = []
    for whole in differences:
        # Corners inside of others come first, so that what is looked at next is straight
        # between the points that are there.
        for node in postorder(whole):
            if type(node) is Apply:
                arguments = node.args[1:]
                pairs = combinations(arguments, 2) if len(arguments) > 1 else [(arguments[0], None)]
                for one, other in pairs:
                    points = _with_zeros(whole, one, other, variable, points)
        points = _with_zeros(whole, whole, None, variable, points)
        if len(points) > _MOST_POINTS:
            break
    return points


def _with_zeros(
    whole: Basic, one: Basic, other: Basic | None, variable: Basic, points: list[Fraction]
) -> list[Fraction]:
    """The points, and where one − other is zero between them, it being straight there."""

    def difference(place: Fraction) -> Fraction:
        values = _values(whole, variable, place)
        return values[one] - (values[other] if other is not None else 0)

    found = list(points)
    ends: list[Fraction | None] = [None, *points, None]
    for left, right in pairwise(ends):
        first, second = _two_between(left, right)
        here, there = difference(first), difference(second)
        if here == there:
            continue
        zero = first - here * (second - first) / (there - here)
        if (left is None or zero > left) and (right is None or zero < right):
            found.append(zero)
    return sorted(found)


def _two_between(left: Fraction | None, right: Fraction | None) -> tuple[Fraction, Fraction]:
    if left is None:
        end = Fraction(0) if right is None else right
        return end - 2, end - 1
    if right is None:
        return left + 1, left + 2
    third = (right - left) / 3
    return left + third, right - third
