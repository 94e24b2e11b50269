"""What a written tree can be evaluated in: balls, exact fractions, rational functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any, Protocol

from sympy.core.basic import Basic

from derivex.equality.jets import Jet, compose

__all__ = [
    "Ring",
    "UndefinedError",
    "UnsettledError",
    "UnsupportedError",
    "integer_power",
    "quotient",
]


class UndefinedError(Exception):
    """The expression has no value at this point (or none that can be told at this precision)."""


class UnsettledError(UndefinedError):
    """The values near the point of a limit do not come nearer and nearer to one value."""


class UnsupportedError(Exception):
    """The expression is of a kind that this way of evaluating does not cover."""


class Ring(Protocol):
    """The operations that evaluation needs beside +, − and · of the elements themselves."""

    zero: Any
    one: Any

    def number(self, value: int | Fraction) -> Any:
        """The element for an exact number."""

    def constant(self, name: str) -> Any:
        """The element for π, e or i, by SymPy's name of it."""

    def reciprocal(self, value: Any) -> Any:
        """1 over an element.  Raises UndefinedError for zero."""

    def integer_power(self, base: Any, exponent: int) -> Any:
        """An element to an integer power; a negative one only of a nonzero element."""

    def power(self, base: Any, exponent: Any) -> Any:
        """The general power, jets included."""

    def apply(self, name: str, arguments: Sequence[Any], node: Any) -> Any:
        """An elementary function, jets included; ``node`` is the call itself."""

    def entry(self, base: Basic, indices: Sequence[Any]) -> Any:
        """An indexed quantity whose index is no known integer; UndefinedError if none."""

    def delta(self, first: Any, second: Any) -> Any:
        """Kronecker's δ of indices not both of which are known integers; UndefinedError if none."""

    def moves_entry(self, base: Basic) -> None:
        """Note that a derivative by an entry of this base is taken."""

    def over_letters(
        self,
        body: Callable[[Any], Any],
        bounds: Sequence[Any],
        multiplies: bool,
        whole: Basic | None,
    ) -> Any:
        """A sum or product over an index whose bounds are not known integers.

        Args:
            body: the value for a value of the index.
            bounds: the two bounds; none for one over data of unknown number.
            multiplies: whether it is a product.
            whole: the node, where it may be taken as a whole: where nothing around it gives its
                letters other values.

        Raises UnsupportedError or UndefinedError if there is no such.
        """

    def sign(self, value: Any) -> int:
        """−1, 0 or 1 for a real element.  Raises UndefinedError where that cannot be told."""

    def limit(self, near: Callable[[Any], Any], sides: Sequence[int]) -> Any:
        """The limit of a value as its argument, the distance from a point, goes to 0.

        Raises UndefinedError where there is none, UnsupportedError where it cannot be found.
        """

    def limit_far_away(self, at: Callable[[Any], Any], side: int, whole: bool) -> Any:
        """The limit of a value as its argument goes to ∞ or −∞.

        Args:
            at: the value at a place.
            side: 1 for ∞, −1 for −∞.
            whole: whether only integers count.

        Raises: as :meth:`limit`.
        """

    def total_far_away(
        self, piece: Callable[[Any, Any], Any], start: Any, side: int, whole: bool, multiplies: bool
    ) -> Any:
        """An integral, a sum or a product without end.

        Args:
            piece: the same from a bound up to one that is farther out.
            start: the bound that it has.
            side: 1 where it goes up to ∞, −1 where it goes down to −∞.
            whole: whether it runs over integers, so that the pieces must not share their bounds.
            multiplies: whether it is a product.

        Raises: as :meth:`limit`.
        """

    def integral(self, integrand: Callable[[Any, Any], Any]) -> Any:
        """The integral over s from 0 to 1 of a function of a ring and of s, perhaps a jet.

        Raises UnsupportedError where there is no such.
        """

    def beside_corners(self) -> Ring:
        """The ring in which a positive infinitesimal tells the side of a corner.

        Raises UnsupportedError if there is no such.
        """

    def as_integer(self, value: Any) -> int | None:
        """The integer that an element is, or None."""


def quotient(ring: Ring, numerator: Any, denominator: Any) -> Any:
    """Numerator over denominator, either of which may be a jet."""
    if not isinstance(denominator, Jet):
        return numerator * ring.reciprocal(denominator)
    return numerator * integer_power(ring, denominator, -1)


def integer_power(ring: Ring, base: Any, exponent: int) -> Any:
    """An integer power of an element or a jet, by the binomial series."""
    if not isinstance(base, Jet):
        return ring.integer_power(base, exponent)

    def taylor(point: Any, count: int) -> list[Any]:
        coefficients = []
        binomial = 1
        for order in range(count):
            if binomial == 0:
                coefficients.append(ring.zero)
            else:
                power = ring.integer_power(point, exponent - order)
                coefficients.append(power * ring.number(binomial))
            binomial = binomial * (exponent - order) // (order + 1)
        return coefficients

    return compose(taylor, base, ring.zero)
