"""Round numbers along an axis, and how they are written."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import ceil, floor, isfinite, log10

__all__ = ["rounded_levels", "short", "tick_labels", "ticks"]

_USUAL = 4  # digits of a number
_STEPS = (1.0, 2.0, 5.0, 10.0)
_DIGITS = 12  # of a tick: its last ones are rounding


def ticks(low: float, high: float, most: int = 6) -> tuple[float, ...]:
    """Round numbers from ``low`` to ``high``, evenly spaced, in at most so many steps.

    >>> ticks(0.0, 10.0)
    (0.0, 2.0, 4.0, 6.0, 8.0, 10.0)
    >>> ticks(-0.13, 0.21)
    (-0.1, -0.05, 0.0, 0.05, 0.1, 0.15, 0.2)
    """
    if not (isfinite(low) and isfinite(high)) or high <= low:
        return (low,)
    power = 10.0 ** floor(log10((high - low) / max(most, 1)))
    for factor in _STEPS:
        step = factor * power
        first, last = ceil(low / step - 1e-9), floor(high / step + 1e-9)
        if last - first <= most:
            break
    return tuple(float(f"{each * step:.{_DIGITS}g}") for each in range(first, last + 1))


def tick_labels(places: Sequence[float]) -> list[str]:
    """The numbers at an axis, with as many digits as it takes to tell them apart.

    >>> tick_labels((0.0, 0.5, 1.0)), tick_labels((1.00002, 1.00004))
    (['0', '0.5', '1'], ['1.00002', '1.00004'])
    """
    steps = [after - before for before, after in pairwise(places)]
    size = max(map(abs, places), default=0.0)
    digits = _USUAL
    if steps and min(steps) > 0:
        digits = max(digits, min(ceil(log10(size / min(steps))) + 2, _DIGITS))
    return [short(each, digits) for each in places]


def short(value: float, digits: int = _USUAL) -> str:
    """A number in few characters, with a real minus sign.

    >>> short(-0.25), short(1500000.0), short(2.0)
    ('−0.25', '1.5e6', '2')
    """
    written = f"{value:.{digits}g}"
    if "e" in written:
        mantissa, power = written.split("e")
        written = f"{mantissa}e{int(power)}"
    return ("0" if written == "-0" else written).replace("-", "−")


def rounded_levels(levels: list[float], digits: int = 2) -> tuple[float, ...]:
    """The levels rounded as far as they stay different, ascending.

    Args:
        levels: the values of contour lines.
        digits: how many digits are kept of the distance between neighbours.

    >>> rounded_levels([0.1234, 1.0432, 10.77])
    (0.12, 1.04, 10.77)
    """
    ordered = sorted({each for each in levels if isfinite(each)})
    if len(ordered) < 2:
        return tuple(ordered)
    gap = min(b - a for a, b in pairwise(ordered))
    places = digits - 1 - floor(log10(gap)) if gap > 0 else _DIGITS
    return tuple(sorted({round(each, min(max(places, -12), 12)) for each in ordered}))
