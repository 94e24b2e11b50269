"""The values of two sides at a point where they differ, as text."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import inf

from derivex.equality.balls import PRECISIONS, precision
from derivex.equality.pair import Pair
from derivex.equality.sampling import Point
from derivex.equality.values import value_text
from derivex.equality.verdict import Counterexample

__all__ = ["witness_at"]

Joined = Callable[[list[str], int], str]


def witness_at(
    pair: Pair,
    point: Point,
    stand_ins: tuple[tuple[str, str], ...],
    joined: Joined,
    exact: list[Fraction] | None = None,
) -> Counterexample:
    """The counterexample at a point.

    Args:
        pair: what was compared.
        point: where the sides differ.
        stand_ins: what unknown functions were taken to be.
        joined: writes the values of the left (0) or the right (1) side as one text.
        exact: the values there as fractions, where they are known already.
    """
    pair.deadline = inf  # the difference is known; only its values are computed again
    values = exact or pair.exact_values(point)
    if values is not None and _is_short(values):
        decimal = any(literal.denominator != 1 for literal in pair.found.literals)
        texts = [_fraction_text(value, decimal) for value in values]
    else:
        texts = _decimals(pair, point)
        if values is not None and texts[: pair.width] == texts[pair.width :]:
            texts = [str(value) for value in values]
    left, right = texts[: pair.width], texts[pair.width :]
    return Counterexample(stand_ins + point.shown(), joined(left, 0), joined(right, 1))


def _fraction_text(value: Fraction, decimal: bool) -> str:
    """A fraction, as a decimal where decimals are written and it has an end.

    >>> _fraction_text(Fraction(1, 8), True), _fraction_text(Fraction(1, 3), True)
    ('0.125', '1/3')
    """
    places = 0
    rest = value.denominator
    while rest % 10 == 0 or rest % 5 == 0 or rest % 2 == 0:
        rest //= 10 if rest % 10 == 0 else 5 if rest % 5 == 0 else 2
        places += 1
    if not decimal or rest != 1 or places == 0:
        return str(value)
    digits = str(abs(value.numerator) * 10**places // value.denominator).rjust(places + 1, "0")
    sign = "-" if value < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}"


def _is_short(values: list[Fraction]) -> bool:
    return all(max(map(int.bit_length, value.as_integer_ratio())) <= 64 for value in values)


def _decimals(pair: Pair, point: Point) -> list[str]:
    """Values with as many digits as show the difference."""
    for bits in PRECISIONS:
        values = pair.ball_values(point, bits)
        with precision(bits):
            for digits in (6, 10, 15, 25, bits // 4):
                texts = [value_text(value, digits) for value in values]
                if texts[: pair.width] != texts[pair.width :]:
                    return texts
    return texts
