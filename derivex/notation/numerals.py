"""Numbers as they are written: whole numbers, decimals, and decimals with an exponent."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression import Decimal, integer
from derivex.limits import MAX_DIGITS
from derivex.notation.lexer import Source, Word

__all__ = ["number_of"]


def number_of(source: Source, word: Word) -> Basic:
    """The leaf for a numeral; an exponent is worked into the digits, exactly.

    Raises:
        ReadError: more digits than are read.

    >>> text = Source("0.50 12 2.5e-3 1e3")
    >>> from derivex.notation.lexer import words_of
    >>> [number_of(text, word) for word in words_of(text)]
    [0.50, 12, 0.0025, 1000]
    """
    text = word.text
    if text.isdigit() and len(text) <= MAX_DIGITS:
        return integer(int(text))
    mantissa, _, exponent = text.lower().partition("e")
    whole, _, fraction = mantissa.partition(".")
    # An exponent of six digits is beyond the cap whatever the mantissa is.
    shift = int(exponent or "0") if len(exponent) <= 6 else MAX_DIGITS + 1
    if len(whole) + len(fraction) + abs(shift) > MAX_DIGITS:
        raise source.error(
            f"this number has more than {MAX_DIGITS} digits",
            word.start,
            word.end,
            "numbers of that size are not read; write it as a power, such as 10^2000",
        )
    if exponent:
        return _shifted(whole, fraction, shift)
    return Decimal(f"{whole or '0'}.{fraction}")


def _shifted(whole: str, fraction: str, shift: int) -> Basic:
    """The number with its decimal point moved to the right by ``shift`` places."""
    digits = whole + fraction
    point = len(whole) + shift
    if point >= len(digits):
        return integer(int(digits + "0" * (point - len(digits))))
    if point <= 0:
        digits = "0" * (1 - point) + digits
        point = 1
    return Decimal(f"{digits[:point].lstrip('0') or '0'}.{digits[point:]}")
