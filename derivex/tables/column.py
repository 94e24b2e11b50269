"""A long column of data, kept as floats."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, overload
from zlib import crc32

from sympy.core.basic import Basic

from derivex.expression import number

__all__ = ["FloatColumn", "Texts"]


class FloatColumn(Sequence[Basic]):
    """Many numbers in a NumPy array, each a written decimal when it is asked for.

    Args:
        floats: the numbers, all finite.
    """

    def __init__(self, floats: Any):
        self.floats = floats

    def __len__(self) -> int:
        return len(self.floats)

    @overload
    def __getitem__(self, place: int) -> Basic: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Basic]: ...
    def __getitem__(self, place: int | slice) -> Basic | Sequence[Basic]:
        if isinstance(place, slice):
            return FloatColumn(self.floats[place])
        return number(Fraction(repr(float(self.floats[place]))), decimal=True)

    def __iter__(self) -> Iterator[Basic]:
        return (self[place] for place in range(len(self)))

    def __repr__(self) -> str:
        return f"FloatColumn of {len(self)} numbers, {crc32(self.floats.tobytes()):08x}"

    @property
    def texts(self) -> Texts:
        """The numbers as they are written."""
        return Texts(self.floats)


class Texts(Sequence[str]):
    """The numbers of an array as texts, which are made when they are asked for."""

    def __init__(self, floats: Any):
        self._floats = floats

    def __len__(self) -> int:
        return len(self._floats)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...
    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        if isinstance(place, slice):
            return Texts(self._floats[place])
        return format_float(float(self._floats[place]))


def format_float(value: float) -> str:
    """A float without an exponent.

    >>> format_float(1e-7), format_float(2.0)
    ('0.0000001', '2')
    """
    text = repr(value)
    if "e" in text:
        from decimal import Decimal

        text = format(Decimal(text), "f")
    return text.removesuffix(".0")
