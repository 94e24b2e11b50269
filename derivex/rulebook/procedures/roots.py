"""Roots: whole ones of numbers worked out, squares taken out of the others."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isqrt

from sympy.core.basic import Basic

from derivex.expression import Apply, Over, Power, Times, function_name, integer
from derivex.expression.literals import Value, number_like, quick_value
from derivex.expression.nodes import Node
from derivex.limits import MAX_BITS
from derivex.rulebook.procedures.factors import (
    factors_of,
    power_of,
    product_of,
)

__all__ = [
    "cancel_root",
    "number_root",
    "radical_of",
    "square_over_absolute_value",
    "squares_out_of_root",
]

_LARGEST_FACTOR = 1000  # squares of larger numbers are not looked for
_ROOT = function_name("sqrt")
_ABSOLUTE = function_name("abs")


_DEGREES = {"sqrt": 2, "cbrt": 3}


def radical_of(node: Basic) -> tuple[Basic, Fraction]:
    """What stands under a root, and the power that it is; of anything else itself, and 1.

    >>> from derivex.expression import symbol
    >>> radical_of(Apply(_ROOT, symbol("x")))
    (x, Fraction(1, 2))
    >>> radical_of(Power(symbol("x"), Over(integer(2), integer(3))))
    (x, Fraction(2, 3))
    """
    if type(node) is Power:
        exponent = quick_value(node._args[1])
        if exponent is not None and exponent.denominator != 1:
            return node._args[0], Fraction(exponent)
    elif type(node) is Apply and len(node._args) == 2 and str(node._args[0]) in _DEGREES:
        return node._args[1], Fraction(1, _DEGREES[str(node._args[0])])
    return node, Fraction(1)


def number_root(node: Node) -> Basic | None:
    """The root of a number that is a square; the numbers 0 and 1 are for the known values.

    >>> from derivex.expression import integer
    >>> number_root(Apply(function_name("sqrt"), integer(25)))
    5
    """
    value = _under_root(node)
    if value is None or (value <= 1 and value.denominator == 1):
        return None
    above, below = isqrt(value.numerator), isqrt(value.denominator)
    if above * above != value.numerator or below * below != value.denominator:
        return None
    return number_like(Fraction(above, below), node._args[1:])


def squares_out_of_root(node: Node) -> Basic | None:
    """The root of a whole number that has a square as a factor.

    >>> from derivex.expression import integer
    >>> squares_out_of_root(Apply(function_name("sqrt"), integer(20)))
    Times(2, Apply(sqrt, 5))
    """
    value = _under_root(node)
    if value is None or value.denominator != 1 or value <= 1:
        return None
    outside, inside = 1, value.numerator
    for factor in range(2, min(_LARGEST_FACTOR, isqrt(inside)) + 1):
        square = factor * factor
        if square > inside:
            break
        while inside % square == 0:
            inside //= square
            outside *= factor
    if outside == 1 or inside == 1:
        return None
    return Times(integer(outside), Apply(_ROOT, integer(inside)))


def cancel_root(node: Node) -> Basic | None:
    """Divide a numerator and a denominator by the root of something that the other has whole.

    >>> from derivex.expression import TWO, symbol
    >>> x = symbol("x")
    >>> root = Apply(function_name("sqrt"), x)
    >>> cancel_root(Over(root, Times(TWO, x)))
    Over(1, Times(2, Apply(sqrt, x)))
    >>> cancel_root(Over(x, root))
    Apply(sqrt, x)
    """
    top, bottom = node._args
    above, below = factors_of(top), factors_of(bottom)
    for roots, others in ((above, below), (below, above)):
        for root in roots:
            if type(root) is Apply and root._args[0] is _ROOT:
                left = _divided(others, root, root._args[1], 1)
                if left is not None:
                    place = roots.index(root)
                    rest = [*roots[:place], *roots[place + 1 :]]
                    return _over(rest, left) if roots is above else _over(left, rest)
    return None


def square_over_absolute_value(node: Node) -> Basic | None:
    """Write u²/|u| as |u|, with the other factors that there are.

    >>> from derivex.expression import Power, symbol
    >>> x = symbol("x")
    >>> size = Apply(function_name("abs"), x)
    >>> square_over_absolute_value(Over(Power(x, integer(3)), size))
    Times(x, Apply(abs, x))
    """
    above, below = map(factors_of, node._args)
    for place, size in enumerate(below):
        if type(size) is Apply and size._args[0] is _ABSOLUTE:
            left = _divided(above, size, size._args[1], 2)
            if left is not None:
                return _over(left, [*below[:place], *below[place + 1 :]])
    return None


def _divided(factors: Sequence[Basic], by: Basic, base: Basic, least: int) -> list[Basic] | None:
    """Factors with ``by`` in the place of that power of a base; None if they do not have it."""
    for factor in factors:
        if factor is base:
            exponent: Value | None = 1
        elif type(factor) is Power and factor._args[0] is base:
            exponent = quick_value(factor._args[1])
        else:
            continue
        if exponent and exponent >= least and exponent.denominator == 1:
            place = factors.index(factor)
            left = [power_of(base, exponent - least)] if exponent != least else []
            return [*factors[:place], *left, by, *factors[place + 1 :]]
    return None


def _over(above: Sequence[Basic], below: Sequence[Basic]) -> Basic:
    top = product_of(above)
    return Over(top, product_of(below)) if below else top


def _under_root(node: Node) -> Fraction | None:
    """The number that a square root is taken of; None where it is none, or an enormous one."""
    if node._args[0] is not _ROOT or len(node._args) != 2:
        return None
    value = quick_value(node._args[1])
    if value is None or value < 0:
        return None
    fraction = Fraction(value)
    size = max(fraction.numerator, fraction.denominator).bit_length()
    return None if size > MAX_BITS else fraction
