"""Limits by numbers: values ever nearer to a point, or ever farther out, and what they tell.

By halving: values at the distances r, r/2, r/4, … are extrapolated to 0 by Richardson's method,
that is Neville's scheme.  It converges fast where the value is a smooth function of the distance
after all, as a difference quotient is; far out the distance is 1/x, and few values do, so that
sums and integrals can be taken up to there.

By leaps: the number of digits of the distance is doubled from value to value, so that what goes to
its limit like any power of the distance, also times logarithms, gains digits at that rate, and what
grows like any power of its logarithm keeps growing at one.

The error is estimated from the changes, so the result is tested, not proven: nothing is concluded
where they do not become small at that rate, as those of 1/ln(x) and sin(x) do not.

Source: J. Stoer, R. Bulirsch, Introduction to Numerical Analysis, sections 2.1.2 and 3.4.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from fractions import Fraction
from functools import partial
from itertools import pairwise
from math import inf
from typing import Any

import flint
from flint import acb, arb, fmpq

from derivex.equality.jets import Jet
from derivex.equality.rings import UndefinedError, UnsettledError, UnsupportedError

__all__ = ["limit_by_values", "limit_far_away", "total_far_away"]

_FIRST = 16  # the first distance is 2^−16
_SPARE = 40  # bits more than are asked for
_FAR_FIRST, _FAR_COUNT = 3, 10  # far out: x = 8, 16, …, 4096
_FAR_BITS = 90  # the last two extrapolations must agree to half of them there, and 8 more
_LAST = 5  # values that show whether they settle by themselves
_DOUBT = 64  # how many times their difference a value may be wrong
_LEAPS = ((5, 3, 0), (7, 9, 1), (6, 5, 2), (3, 14, 5), (11, 7, 3))
"""Leading digits of the points of the leaps, sixteenths behind them, and units for integers: no
two alike, so that no function with a period has one value at all of them."""
_RATE = 1.4  # how many times the digits of the one before a change must have
_FEWEST_DIGITS = 12  # binary ones that the last change must have
_GROWTH = 1.3  # what goes to ∞ grows at least so many times from leap to leap

Near = Callable[[acb], Any]
Parts = dict[int, acb]


def limit_by_values(near: Near, sides: Sequence[int]) -> Any:
    """The limit of a value as its argument goes to 0, as a ball around what the values tell.

    Args:
        near: the value at a distance; it may be a jet.
        sides: 1 for the limit from the right, −1 for the one from the left, or both.

    Returns:
        the ball; one of ±∞ where the values grow beyond all bounds.

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
    try:
        with _precision(bits + 4 * (first + count) + _SPARE):
            found = [
                _extrapolated(
                    [near(_exact(Fraction(side, 1 << first + k))) for k in range(count + 1)], bits
                )
                for side in sides
            ]
    except UnsettledError:
        found = [_by_leaps(partial(_at_distance, near, side), bits, False) for side in sides]
    return _joined(found)


def limit_far_away(at: Near, side: int, whole: bool) -> Any:
    """The limit of a value as its argument goes to ∞ or −∞.

    Args:
        at: the value at a place.
        side: 1 for ∞, −1 for −∞.
        whole: whether only integers count.

    Returns, raises: as :func:`limit_by_values`.
    """
    bits = flint.ctx.prec
    with suppress(UnsettledError, UndefinedError, UnsupportedError):
        return _joined([_by_leaps(lambda far: at(side * far), bits, whole)])
    # Farther out there may be no value: a sum of so many terms, say.
    with _precision(bits + 4 * (_FAR_FIRST + _FAR_COUNT) + _SPARE):
        values = [at(acb(side << (_FAR_FIRST + k))) for k in range(_FAR_COUNT)]
        return _far_away(values, at(_exact(side * _between(_FAR_COUNT, whole))))


def total_far_away(
    piece: Callable[[Any, Any], Any], start: Any, side: int, whole: bool, multiplies: bool
) -> Any:
    """An integral, a sum or a product that goes on to ∞ or −∞: what those up to there go to.

    Args:
        piece: the same from a bound up to one that is farther out.
        start: where it begins.
        side: 1 for ∞, −1 for −∞.
        whole: whether it runs over integers, so that the pieces must not share their bounds.
        multiplies: whether it is a product.

    Returns, raises: as :func:`limit_by_values`.
    """
    count = _FAR_COUNT if whole else 2 * _FAR_COUNT
    with _precision(flint.ctx.prec + 4 * (_FAR_FIRST + count) + _SPARE):

        def longer(value: Any, reached: Any, end: Any) -> Any:
            more = piece(reached + side if whole else reached, end)
            return value * more if multiplies else value + more

        ends = [start + side * acb(1 << (_FAR_FIRST + k)) for k in range(count)]
        values = [piece(start, ends[0])]
        for reached, end in pairwise(ends):
            values.append(longer(values[-1], reached, end))
            if _stands(values[-_LAST:]):
                return values[-1]
        further = start + side * _exact(_between(count, whole))
        return _far_away(values, longer(values[-2], ends[-2], further))


def _stands(values: list[Any]) -> bool:
    """Whether the last values are the same as far as they are known."""
    parts = [value.parts if isinstance(value, Jet) else {0: value} for value in values]
    tiny = arb(2) ** -(flint.ctx.prec // 2)
    return len(values) == _LAST and all(
        (each[mask] - parts[-1][mask]).abs_upper() < tiny * (parts[-1][mask].abs_upper() + 1)
        for each in parts
        for mask in parts[-1]
        if mask in each
    )


def _between(count: int, whole: bool) -> Fraction:
    """A place between the last two of those at which values are taken; an odd number or none."""
    last = 1 << (_FAR_FIRST + count - 1)
    return Fraction(last - last // 8 + 5) + (0 if whole else Fraction(5, 16))


def _far_away(values: list[Any], between: Any) -> Any:
    """What the values at some x, 2x, 4x, … go to, where the one between the last two agrees."""
    grows = _infinite(list(map(_main, values)))
    if grows is not None:
        return grows
    before, last = map(_main, values[-2:])
    change = (last - before).abs_upper() + (last.abs_upper() + 1) * arb(2) ** -(2 * _FAR_BITS)
    if not (_main(between) - last).abs_upper() < 4 * change:
        raise _unsettled()
    with suppress(UnsettledError):
        return _joined(
            [_by_mask(values[-_LAST:], lambda parts: _settled(parts, flint.ctx.prec // 2))]
        )
    return _joined([_extrapolated(values, _FAR_BITS)])


class _precision:  # noqa: N801  # a context manager, used like a function
    def __init__(self, bits: int):
        self._bits = bits

    def __enter__(self) -> None:
        self._before, flint.ctx.prec = flint.ctx.prec, self._bits

    def __exit__(self, *error: object) -> None:
        flint.ctx.prec = self._before


def _exact(value: Fraction) -> acb:
    return acb(fmpq(value.numerator, value.denominator))


def _at_distance(near: Near, side: int, far: acb) -> Any:
    return near(side / far)


def _main(value: Any) -> acb:
    found: acb = value.parts.get(0, acb(0)) if isinstance(value, Jet) else value
    return found


def _joined(found: list[Parts]) -> Any:
    """What the two sides have in common."""
    joined: Parts = {}
    for mask in {mask for parts in found for mask in parts}:
        values = [parts.get(mask, acb(0)) for parts in found]
        if any(not values[0].overlaps(value) for value in values[1:]):
            raise UnsettledError("the limits from the two sides differ")
        joined[mask] = values[0]
    return joined[0] if set(joined) == {0} else Jet(joined)


def _by_mask(values: list[Any], tell: Callable[[list[acb]], acb]) -> Parts:
    """What is told by the values, or by those of each part where they are jets."""
    parts = [value.parts if isinstance(value, Jet) else {0: value} for value in values]
    masks = {0, *(mask for each in parts for mask in each)}
    return {mask: tell([each.get(mask, acb(0)) for each in parts]) for mask in masks}


def _extrapolated(values: list[Any], bits: int) -> Parts:
    """The value at distance 0, with the error that the last change lets expect."""
    return _by_mask(values, lambda parts: _richardson(parts, bits))


def _richardson(values: list[acb], bits: int) -> acb:
    column = values
    before = column[-1]
    for order in range(1, len(values)):
        before = column[-1]
        divisor = (1 << order) - 1
        column = [later + (later - earlier) / divisor for earlier, later in pairwise(column)]
    result = column[-1]
    if not result.is_finite():
        raise UndefinedError("the values near the point are not finite")
    change = (result - before).abs_upper() * _DOUBT
    size = result.abs_upper() + 1
    if not change < size * arb(2) ** (-(bits // 2) - 8):
        raise _unsettled()
    return _within(result, change)


def _by_leaps(at: Near, bits: int, whole: bool) -> Parts:
    """The limit at ∞ of a value, by points with more and more digits."""
    values: list[Any] = []
    lengths = [bits >> 3, bits >> 2, bits >> 1, bits, bits << 1]
    with _precision(bits + 4 * lengths[-1] + _SPARE):
        for length, (leading, sixteenths, units) in zip(lengths, _LEAPS, strict=True):
            place = Fraction(leading << length) + (units if whole else Fraction(sixteenths, 16))
            try:
                values.append(at(_exact(place)))
            except UndefinedError:
                if len(values) < 3:
                    raise
                break
        grows = _infinite(list(map(_main, values)))
        if grows is not None:
            return {0: grows}
        if len(values) < len(lengths):
            raise UndefinedError("there are no values far enough")
        return _by_mask(values, lambda parts: _settled(parts, bits))


def _infinite(values: list[acb]) -> acb | None:
    """∞ or −∞, where the values grow beyond all bounds."""
    if not all(value.imag.is_zero() and value.is_finite() for value in values):
        return None
    sizes = [value.real if values[-1].real > 0 else -value.real for value in values[-4:]]
    if sizes[-1] > 8 and all(b > a * _GROWTH and a > 0 for a, b in pairwise(sizes)):
        return acb(arb.pos_inf() if values[-1].real > 0 else arb.neg_inf())
    return None


def _settled(values: list[acb], bits: int) -> acb:
    """The last value, with the error that the changes let expect."""
    size = values[-1].abs_upper() + 1
    digits = [_digits((later - earlier).abs_upper() / size) for earlier, later in pairwise(values)]
    rates = (b >= min(_RATE * a, bits) for a, b in pairwise(digits))
    if digits[-1] < _FEWEST_DIGITS or not all(rates):
        raise _unsettled()
    error = size * arb(2) ** -arb(min(_RATE * digits[-1], 4 * bits)) + size * arb(2) ** -bits
    return _within(values[-1], error)


def _digits(ratio: arb) -> float:
    """How many binary digits a change leaves as they are."""
    if ratio.is_zero():
        return inf
    if not ratio.is_finite():
        return -inf
    return -float(ratio.log()) / float(arb.const_log2())


def _within(value: acb, error: arb) -> acb:
    ball = arb(0, error)
    return value + (acb(ball) if value.imag.is_zero() else acb(ball, ball))


def _unsettled() -> UnsettledError:
    return UnsettledError("the values near the point do not settle, so no limit was found")
