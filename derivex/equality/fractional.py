"""Exact evaluation in fractions of moderate length: values that people can check by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from flint import fmpq
from sympy.core.basic import Basic

from derivex.equality.jets import Jet
from derivex.equality.one_sided import CORNERS, corner, side_of
from derivex.equality.rings import UndefinedError, UnsupportedError, integer_power

__all__ = ["RATIONAL", "Exact", "Fractions"]

RATIONAL = frozenset(("abs", "sign", "max", "min"))
"""The functions whose values are fractions wherever those of their arguments are."""

_MOST_BITS = 4096


class Exact:
    """A fraction that refuses to grow without end."""

    __slots__ = ("value",)

    def __init__(self, value: fmpq):
        if value.height_bits() > _MOST_BITS:
            raise UnsupportedError("a number with too many digits")
        self.value = value

    @property
    def fraction(self) -> Fraction:
        """The same as a number of Python's."""
        return Fraction(int(self.value.p), int(self.value.q))

    def __add__(self, other: Any) -> Exact:
        return Exact(self.value + other.value) if isinstance(other, Exact) else NotImplemented

    def __sub__(self, other: Any) -> Exact:
        return Exact(self.value - other.value) if isinstance(other, Exact) else NotImplemented

    def __mul__(self, other: Any) -> Exact:
        return Exact(self.value * other.value) if isinstance(other, Exact) else NotImplemented

    def __neg__(self) -> Exact:
        return Exact(-self.value)


class Fractions:
    """The ring of exact fractions.

    Args:
        beside: whether a positive infinitesimal tells the side of a corner.
    """

    zero = Exact(fmpq(0))
    one = Exact(fmpq(1))

    def __init__(self, beside: bool = False):
        self._beside = beside

    def beside_corners(self) -> Fractions:
        return Fractions(beside=True)

    def number(self, value: int | Fraction) -> Exact:
        return Exact(fmpq(value.numerator, value.denominator))

    def constant(self, name: str) -> Exact:
        raise UnsupportedError(f"{name} is not rational")

    def reciprocal(self, value: Exact) -> Exact:
        if value.value == 0:
            raise UndefinedError("a division by zero")
        return Exact(1 / value.value)

    def integer_power(self, base: Exact, exponent: int) -> Exact:
        value = base.value
        if value == 0 and exponent < 0:
            raise UndefinedError("a division by zero")
        bits = value.height_bits()
        if bits > 1 and bits * abs(exponent) > 2 * _MOST_BITS:
            raise UnsupportedError("a number with too many digits")
        return Exact(value**exponent)

    def power(self, base: Any, exponent: Any) -> Any:
        whole = self.as_integer(exponent)
        if whole is None:
            raise UnsupportedError("a power that is not rational")
        if whole == 0 and isinstance(base, Exact) and base.value == 0:
            raise UndefinedError("0^0 where the exponent is not written as 0")
        return integer_power(self, base, whole)

    def apply(self, name: str, arguments: Sequence[Any], node: Any) -> Any:
        if self._beside and name in CORNERS:
            return corner(name, arguments)
        if any(isinstance(argument, Jet) for argument in arguments):
            raise UnsupportedError("the derivative of a function that is not rational")
        values = [argument.value for argument in arguments]
        if name == "abs":
            return Exact(abs(values[0]))
        if name == "sign":
            return Exact(fmpq((values[0] > 0) - (values[0] < 0)))
        if name == "max":
            return Exact(max(values))
        if name == "min":
            return Exact(min(values))
        raise UnsupportedError(f"{name} is not rational")

    def entry(self, base: Basic, indices: Sequence[Any]) -> Any:
        raise UndefinedError("an index is not an integer")

    def delta(self, first: Any, second: Any) -> Any:
        raise UndefinedError("an index is not an integer")

    def moves_entry(self, base: Basic) -> None:
        """Nothing to note: every index is a number here."""

    def over_letters(
        self,
        body: Callable[[Any], Any],
        bounds: Sequence[Any],
        multiplies: bool,
        whole: Basic | None,
    ) -> Any:
        raise UndefinedError("a sum without bounds needs the number of data")

    def sign(self, value: Any) -> int:
        if self._beside:
            return side_of(value)
        if isinstance(value, Jet):
            main = value.parts.get(0, self.zero).value
            if main == 0:
                raise UndefinedError("this is between two cases")
        else:
            main = value.value
        return int(main > 0) - int(main < 0)

    def limit(self, near: Callable[[Any], Any], sides: Sequence[int]) -> Any:
        raise UnsupportedError("a limit is found from values, so it is not exact")

    def limit_far_away(self, at: Callable[[Any], Any], side: int, whole: bool) -> Any:
        raise UnsupportedError("a limit is found from values, so it is not exact")

    def total_far_away(
        self, piece: Callable[[Any, Any], Any], start: Any, side: int, whole: bool, multiplies: bool
    ) -> Any:
        raise UnsupportedError("what has no end is found from values, so it is not exact")

    def integral(self, integrand: Callable[[Any, Any], Any]) -> Any:
        raise UnsupportedError("an integral is not worked out exactly")

    def as_integer(self, value: Any) -> int | None:
        if isinstance(value, Exact) and value.value.q == 1:
            return int(value.value.p)
        return None
