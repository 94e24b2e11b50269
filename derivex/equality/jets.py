"""Truncated Taylor polynomials in several infinitesimals, for derivatives of values.

A derivative that is nested in m − 1 others gets an infinitesimal ε of its own with ε² = 0, so
that a value is Σ_S c_S Π_{k∈S} ε_k over sets S of infinitesimals, each stored as a bit mask.
The derivative by ε_k is then the part that has ε_k in it.  No derivative rule is involved
beyond the Taylor coefficients of the elementary functions at a point, which flint computes.

Source: nilpotent ("hyper-dual") numbers; J. Fike, J. Alonso, AIAA 2011-886.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

__all__ = ["Jet", "MOST_DERIVATIVES", "compose", "main_part", "perturbed"]

MOST_DERIVATIVES = 8
"""Derivatives inside derivatives that are evaluated: 3⁸ products of parts for one of jets."""


class Jet:
    """A value with infinitesimal parts: ``parts[mask]`` is the coefficient of that product."""

    __slots__ = ("parts",)

    def __init__(self, parts: dict[int, Any]):
        self.parts = parts

    def __add__(self, other: Any) -> Jet:
        parts = dict(self.parts)
        for mask, part in other.parts.items() if isinstance(other, Jet) else ((0, other),):
            parts[mask] = parts[mask] + part if mask in parts else part
        return Jet(parts)

    __radd__ = __add__

    def __neg__(self) -> Jet:
        return Jet({mask: -part for mask, part in self.parts.items()})

    def __sub__(self, other: Any) -> Jet:
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> Jet:
        return (-self).__add__(other)

    def __mul__(self, other: Any) -> Jet:
        if not isinstance(other, Jet):
            return Jet({mask: part * other for mask, part in self.parts.items()})
        parts: dict[int, Any] = {}
        for mask, part in self.parts.items():
            for other_mask, other_part in other.parts.items():
                if not mask & other_mask:
                    both = mask | other_mask
                    product = part * other_part
                    parts[both] = parts[both] + product if both in parts else product
        return Jet(parts)

    __rmul__ = __mul__

    def derivative(self, bit: int) -> Any:
        """The coefficient of one infinitesimal: a plain value where no other is left in it."""
        found = {mask ^ bit: part for mask, part in self.parts.items() if mask & bit}
        if not found:
            return None
        return found[0] if len(found) == 1 and 0 in found else Jet(found)


def perturbed(value: Any, bit: int, one: Any) -> Jet:
    """The value plus the infinitesimal of that bit."""
    parts = dict(value.parts) if isinstance(value, Jet) else {0: value}
    parts[bit] = one
    return Jet(parts)


def main_part(value: Any) -> Any:
    """The value without its infinitesimal parts."""
    return value.parts.get(0) if isinstance(value, Jet) else value


def compose(taylor: Callable[[Any, int], list[Any]], jet: Jet, zero: Any) -> Jet:
    """A function of a jet: Σ c_k N^k, where c_k are its Taylor coefficients at the main part.

    Args:
        taylor: gives the first so many Taylor coefficients at a point.
        jet: the argument; N is what it has beside its main part.
        zero: stands for the main part where there is none.
    """
    nilpotent = {mask: part for mask, part in jet.parts.items() if mask}
    masks = 0
    for mask in nilpotent:
        masks |= mask
    coefficients = taylor(jet.parts.get(0, zero), masks.bit_count() + 1)
    step = power = Jet(nilpotent)
    result = Jet({0: coefficients[0]})
    for order, coefficient in enumerate(coefficients[1:]):
        if order:
            power = power * step
        result = result + power * coefficient
    return result
