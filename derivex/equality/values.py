"""Comparing balls, and writing their values."""

from __future__ import annotations

from typing import Literal

from flint import acb, arb

from derivex.equality.jets import Jet

__all__ = ["agreement", "infinite_sign", "is_finite", "value_text"]


def agreement(
    left: acb | Jet, right: acb | Jet, bits: int
) -> Literal["agree", "differ", "undefined", "unclear"]:
    """What two balls, computed with so many bits, say about the values inside.

    They differ if they do not meet, which is proof.  They agree if they meet and their
    difference is known to half of the bits, relative to the larger one (or to 1).
    """
    if isinstance(left, Jet) or isinstance(right, Jet):
        return "undefined"
    if not is_finite(left, right):
        first, second = infinite_sign(left), infinite_sign(right)
        if not ((first or left.is_finite()) and (second or right.is_finite())):
            return "undefined"
        return "agree" if first == second else "differ"
    if not left.overlaps(right):
        return "differ"
    difference = left - right
    size = left.abs_upper() + right.abs_upper() + 1
    if difference.abs_upper() < size * arb(2) ** (-bits // 2):
        return "agree"
    return "unclear"


def is_finite(*values: acb | Jet) -> bool:
    """Whether balls are finite; a jet counts as one."""
    return all(isinstance(value, Jet) or value.is_finite() for value in values)


def infinite_sign(value: acb) -> int:
    """1 for the value ∞ of a limit, −1 for −∞, 0 for all others, known or not."""
    if value.is_finite() or not value.imag.is_zero():
        return 0
    return (value.real > 0) - (value.real < 0)


def value_text(value: acb, digits: int) -> str:
    """A value as a decimal with so many significant digits.

    >>> value_text(acb(2), 6), value_text(acb(1, -1) / 4, 6), value_text(acb(2).sqrt(), 6)
    ('2', '0.25 - 0.25i', '1.41421')
    """
    real, imaginary = value.real, value.imag
    if infinite := infinite_sign(value):
        return "∞" if infinite > 0 else "-∞"
    if imaginary.contains(0):
        return _decimal(real, digits)
    sign = "-" if imaginary < 0 else "+"
    return f"{_decimal(real, digits)} {sign} {_decimal(abs(imaginary), digits)}i"


def _decimal(value: arb, digits: int) -> str:
    if value.contains(0):
        return "0"
    text: str = value.mid().str(digits, radius=False)
    mantissa, exponent_sign, exponent = text.partition("e")
    if "." in mantissa:
        mantissa = mantissa.rstrip("0").rstrip(".")
    return mantissa + exponent_sign + exponent
