"""Limits by numbers: values at distances that are halved again and again, extrapolated to 0.

Method: Richardson's extrapolation, that is Neville's scheme at the distances r, r/2, r/4, …  It
converges fast where the value is a smooth function of the distance after all, as a difference
quotient is.  The error is estimated by the last change, so the result is tested, not proven:
nothing is concluded where the changes do not become small.

Source: J. Stoer, R. Bulirsch, Introduction to Numerical Analysis, sections 2.1.2 and 3.4.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import flint
from flint import acb, arb, fmpq

from derivex.equality.jets import Jet
from derivex.equality.rings import UndefinedError, UnsettledError

__all__ = ["limit_by_values"]

_FIRST = 16  # the first distance is 2^−16
_SPARE = 40  # bits more than are asked for


def limit_by_values(near: Callable[[acb], Any], sides: Sequence[int]) -> Any:
    """The limit of a value as its argument goes to 0, as a ball around what the values tell.

    Args:
        near: the value at a distance; it may be a jet.
        sides: 1 for the limit from the right, −1 for the one from the left, or both.

    Raises:
        UnsettledError: the values do not settle, or the two sides differ.
        UndefinedError: there are no values.
    """
    bits = flint.ctx.prec
    first = max(_FIRST, bits // 64)
    count, gained = 0, 0
    while gained < bits // 2 + _SPARE:
        gained += first + count
        count += 1
    flint.ctx.prec = bits + 4 * (first + count) + _SPARE
    try:
        found = [_from_one_side(near, side, first, count + 1, bits) for side in sides]
    finally:
        flint.ctx.prec = bits
    masks = {mask for parts in found for mask in parts}
    joined: dict[int, acb] = {}
    for mask in masks:
        values = [parts.get(mask, acb(0)) for parts in found]
        if any(not values[0].overlaps(value) for value in values[1:]):
            raise UnsettledError("the limits from the two sides differ")
        joined[mask] = values[0]
    return joined[0] if set(joined) == {0} else Jet(joined)


def _from_one_side(
    near: Callable[[acb], Any], side: int, first: int, count: int, bits: int
) -> dict[int, acb]:
    values: list[dict[int, acb]] = []
    for number in range(count):
        distance = Fraction(side, 1 << (first + number))
        value = near(acb(fmpq(distance.numerator, distance.denominator)))
        values.append(dict(value.parts) if isinstance(value, Jet) else {0: value})
    masks = {0, *(mask for parts in values for mask in parts)}
    return {
        mask: _extrapolated([parts.get(mask, acb(0)) for parts in values], bits) for mask in masks
    }


def _extrapolated(values: list[acb], bits: int) -> acb:
    """The value at distance 0, with the error that the last change lets expect."""
    column = values
    before = column[-1]
    for order in range(1, len(values)):
        before = column[-1]
        divisor = (1 << order) - 1
        column = [later + (later - earlier) / divisor for earlier, later in pairwise(column)]
    result = column[-1]
    if not result.is_finite():
        raise UndefinedError("the values near the point are not finite")
    change = (result - before).abs_upper() * 4
    size = result.abs_upper() + 1
    if not change < size * arb(2) ** (-(bits // 2) - 8):
        raise UnsettledError("the values near the point do not settle, so no limit was found")
    error = arb(0, change)
    return result + (acb(error) if result.imag.is_zero() else acb(error, error))
