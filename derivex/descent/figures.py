"""Numbers between the written tree, floats and what is printed of them."""

from __future__ import annotations

import math
from decimal import Decimal as Digits
from fractions import Fraction

from sympy.core.basic import Basic

from derivex.expression import Decimal, Negative, Power, Times, integer, number, value_of
from derivex.expression.functions import Functions
from derivex.expression.literals import has_decimal

__all__ = ["SHOWN", "as_float", "nearest", "of_float", "rounded_to", "short"]

SHOWN = 6
"""Significant digits that a table shows of a number that goes on."""

_LONGEST = 28  # bits of a fraction that a table shows whole
_SMALLEST, _LARGEST = -4, 7  # decimal exponents of what is written without a power of ten


def as_float(written: Basic | None) -> float:
    """The number nearest to one that is written; NaN for none."""
    value = None if written is None else value_of(written)
    if value is None:
        return math.nan
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf


def of_float(value: float) -> Basic | None:
    """A float as the shortest decimal that is read as it; None where it is not finite.

    >>> of_float(0.1), of_float(-3.0), of_float(math.nan)
    (0.1, Negative(3), None)
    """
    if not math.isfinite(value):
        return None
    text = repr(abs(value))
    if "e" in text:
        return number(Fraction(repr(value)), decimal=True)
    whole, _, digits = text.partition(".")
    found = integer(int(whole)) if digits == "0" else Decimal(text)
    return Negative(found) if value < 0 else found


def rounded_to(value: Fraction, digits: int) -> Fraction:
    """The nearest number of so many significant digits.

    >>> rounded_to(Fraction(2, 3), 3)
    Fraction(667, 1000)
    """
    if not value:
        return value
    places = digits - 1 - _magnitude(value)
    return Fraction(round(value * Fraction(10) ** places)) / Fraction(10) ** places


def _magnitude(value: Fraction) -> int:
    """The exponent of the power of ten that a number begins with."""
    bits = value.numerator.bit_length() - value.denominator.bit_length()
    guess = math.floor(bits * math.log10(2))  # right, or off by one
    while abs(value) < Fraction(10) ** guess:
        guess -= 1
    while abs(value) >= Fraction(10) ** (guess + 1):
        guess += 1
    return guess


def nearest(written: Basic, digits: int, functions: Functions) -> Basic | None:
    """A number of so many digits near an expression without letters; None if it has no value."""
    from derivex.equality import balls  # flint takes a while to import
    from derivex.errors import ProblemError

    value = value_of(written)
    if value is None:
        try:
            with balls.precision(40 + 4 * digits):
                found = balls.evaluate(written, {}, functions, real=True)
        except ProblemError:
            return None
        text: str = found.real.mid().str(digits + 5, radius=False)
        value = Fraction(Digits(text))
    return number(rounded_to(value, digits), decimal=True)


def short(written: Basic | None, digits: int = SHOWN) -> Basic | str:
    """A number as a table shows it: whole if it is short, else with so many digits.

    >>> short(number(Fraction(1, 3))), short(of_float(1.5e-9)), short(None)
    (Over(1, 3), Times(1.5, Power(10, Negative(9))), '–')
    >>> short(of_float(-1e-9))
    Negative(Power(10, Negative(9)))
    """
    value = None if written is None else value_of(written)
    if written is None or value is None:
        return "–"
    bits = value.numerator.bit_length() + value.denominator.bit_length()
    if not has_decimal(written) and bits <= _LONGEST:
        return written
    value = rounded_to(value, digits)
    magnitude = _magnitude(value) if value else 0
    if _SMALLEST <= magnitude < _LARGEST:
        return number(value, decimal=True)
    mantissa = number(abs(value) / Fraction(10) ** magnitude, decimal=True)
    power = Power(integer(10), number(magnitude))
    found = power if value_of(mantissa) == 1 else Times(mantissa, power)
    return Negative(found) if value < 0 else found
