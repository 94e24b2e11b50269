"""Rounded decimals: whether a value is consistent with the decimal that is written for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING

from sympy import Integer, Symbol
from sympy.core.basic import Basic

from derivex.checking.knowledge import Knowledge
from derivex.equality.sampling import random_value
from derivex.errors import DerivexError
from derivex.expression import (
    Apply,
    Decimal,
    Negative,
    free_symbols,
    function_of,
    postorder,
    substitute,
)
from derivex.expression.elementary import ELEMENTARY
from derivex.expression.nodes import symbol

if TYPE_CHECKING:
    from flint import acb

__all__ = ["approximates", "consistent_with_rounding", "places_of"]

_BITS = 192
_POINTS = 4
_MOST_PARTS = 60
_WIDEST = 0.2  # of its value, to both sides
_NEAR = 0.02  # of its value: how far off an approximation may be


def consistent_with_rounding(
    before: Basic, after: Basic, knowledge: Knowledge, *, whole: bool
) -> int | None:
    """The number of places that a rounded expression has, if the other one rounds to it.

    Every decimal of the rounded one stands for all numbers that round to it: 0.33 for those from
    0.325 to 0.335.  Those are exact that a function is applied to, and those that are the value
    of a part of what was rounded: 0.001 after 2.001 - 2.  The other expression is taken to be
    exact.  Where the roundings leave the value all but open, nothing is consistent with it.

    Args:
        before: what was rounded, written out.
        after: what holds the rounded decimals, written out.
        knowledge: the functions and assumptions.
        whole: whether a lone integer may be rounded as well, as after ≈; there people also leave
            digits out, 1.1835 for 1.18356.
    """
    rounded = _rounded_numbers(after, whole)
    exact = _exact_numbers(before, after, knowledge) if len(rounded) > 1 or after.args else ()
    rounded = {node: places for node, places in rounded.items() if node not in exact}
    if not rounded:
        return None
    stand_ins = {node: symbol(f"·{number}") for number, node in enumerate(rounded)}
    balls = {stand_ins[node]: _ball(node, places, whole) for node, places in rounded.items()}
    right = substitute(after, stand_ins)
    names = dict.fromkeys((*free_symbols(before), *free_symbols(after)))
    agreed = 0
    for point in _points(names, knowledge.kinds):
        values = [_value(side, {**point, **balls}, knowledge) for side in (before, right)]
        if values[0] is None or values[1] is None:
            continue
        if not values[0].overlaps(values[1]) or (after.args and _is_open(values[1])):
            return None
        agreed += 1
        if agreed == (_POINTS if names else 1):
            return min(rounded.values())
    return None


def approximates(before: Basic, after: Basic, knowledge: Knowledge) -> bool:
    """Whether a number is nearly that of a sum or product, as after ln 1.1 ≈ 0.1 − 0.005.

    A lone decimal says itself how exact it is.

    Args:
        before: a number, written out.
        after: what is said to be near to it, written out.
        knowledge: the functions and assumptions.
    """
    alone = after.args[0] if type(after) is Negative else after
    if not alone.args or free_symbols(before) or free_symbols(after):
        return False
    left, right = (_value(side, {}, knowledge) for side in (before, after))
    if left is None or right is None:
        return False
    return bool(abs(left.real - right.real) < abs(left.real) * _NEAR)


def places_of(root: Basic) -> int:
    """How many places after the point the coarsest decimal of an expression has.

    >>> places_of(Decimal("0.125"))
    3
    """
    return min(_rounded_numbers(root, True).values(), default=0)


def _rounded_numbers(root: Basic, whole: bool) -> dict[Basic, int]:
    """The decimals with their numbers of places; a lone integer too, where that may be rounded."""
    found: dict[Basic, int] = {}
    for node in postorder(root):
        if isinstance(node, Decimal):
            found[node] = len(node.text.partition(".")[2])
    alone = root.args[0] if type(root) is Negative else root
    if not found and whole and isinstance(alone, Integer):
        found[alone] = 0
    return found


def _exact_numbers(before: Basic, after: Basic, knowledge: Knowledge) -> set[Basic]:
    """The decimals that are not rounded: arguments, and values of parts of what was rounded."""
    found: set[Basic] = set()
    for side in (before, after):
        for node in postorder(side):
            if type(node) is Apply and function_of(node.args[0])[0].name not in ELEMENTARY:
                found.update(part for each in node.args[1:] for part in postorder(each))
    found.update(node for node in postorder(before) if isinstance(node, Decimal))
    left = [node for node in _rounded_numbers(after, False) if node not in found]
    parts = [node for node in postorder(before) if node.args and not free_symbols(node)]
    for part in parts[:_MOST_PARTS] if left else ():
        value = _value(part, {}, knowledge)
        if value is not None:
            found.update(node for node in left if value.overlaps(_exactly(node)))
    return found


def _exactly(node: Decimal) -> acb:
    from flint import acb, arb, fmpq

    return acb(arb(fmpq(node.value.numerator, node.value.denominator)))


def _is_open(value: acb) -> bool:
    """Whether a ball is so wide that next to everything would be consistent with it."""
    size = float(abs(value.real.mid()))
    return float(value.real.rad()) > _WIDEST * size


def _ball(node: Basic, places: int, cut: bool = False) -> acb:
    from flint import acb, arb, fmpq

    value = node.value if isinstance(node, Decimal) else Fraction(int(node))
    half = Fraction(1, 2 * 10**places)
    middle = value
    if cut and isinstance(node, Decimal):  # from half a unit below it to a whole unit above it
        middle, half = value + half / 2, half * Fraction(3, 2)
    return acb(arb(*(arb(fmpq(each.numerator, each.denominator)) for each in (middle, half))))


def _points(
    names: Mapping[Symbol, None], kinds: Mapping[Basic, str]
) -> Iterator[dict[Basic, Fraction]]:
    random = Random(0)
    for number in range(20):
        point = {}
        for name in names:
            value = random_value(random, kinds.get(name, "real"), wide=True)
            point[name] = abs(value) if number % 2 == 0 and value > 0 else value
        yield point


def _value(side: Basic, point: Mapping[Basic, object], knowledge: Knowledge) -> acb | None:
    from derivex.equality.balls import evaluate, precision

    with precision(_BITS):
        try:
            return evaluate(side, point, knowledge.functions, real=True)
        except DerivexError:
            return None
