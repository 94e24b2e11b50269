"""Exact evaluation: in rational functions, which proves equalities, and in fractions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from math import comb
from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly, fmpq_mpoly_ctx
from sympy.core.basic import Basic

from derivex.equality.jets import Jet
from derivex.equality.rings import UndefinedError, UnsupportedError, integer_power
from derivex.limits import MAX_BITS

__all__ = ["Quotient", "RationalFunctions", "TooManyLeavesError"]

_MOST_TERMS = 20_000
_MOST_PRODUCTS = 400_000


class Quotient:
    """A quotient of two polynomials, not necessarily in lowest terms; ``below`` None is 1."""

    __slots__ = ("above", "below")

    def __init__(self, above: fmpq_mpoly, below: fmpq_mpoly | None = None):
        self.above = above
        self.below = below

    def __add__(self, other: Any) -> Quotient:
        if not isinstance(other, Quotient):
            return NotImplemented
        if self.below is None and other.below is None:
            return Quotient(self.above + other.above)
        if self.below is not None and other.below is not None and self.below == other.below:
            return Quotient(self.above + other.above, self.below)
        above = _times(self.above, other.below) + _times(other.above, self.below)
        return Quotient(above, _both(self.below, other.below))

    def __neg__(self) -> Quotient:
        return Quotient(-self.above, self.below)

    def __sub__(self, other: Any) -> Quotient:
        if not isinstance(other, Quotient):
            return NotImplemented
        return self + (-other)

    def __mul__(self, other: Any) -> Quotient:
        if not isinstance(other, Quotient):
            return NotImplemented
        return Quotient(_times(self.above, other.above), _both(self.below, other.below))

    def is_zero(self) -> bool:
        """Whether the value is zero wherever it is defined."""
        return len(self.above) == 0

    def key(self) -> tuple[Any, ...]:
        """Equal for equal rational functions, as something to look up."""
        above, below = self.above, self.below
        if below is None:
            return tuple(above.to_dict().items())
        common = above.gcd(below)
        above, below = above / common, below / common
        scale = below.leading_coefficient()
        return (
            tuple((above / scale).to_dict().items()),
            "/",
            tuple((below / scale).to_dict().items()),
        )


def _times(left: fmpq_mpoly, right: fmpq_mpoly | None) -> fmpq_mpoly:
    if right is None:
        return left
    if len(left) * len(right) > _MOST_PRODUCTS:
        raise UnsupportedError("the polynomials are too long to multiply out")
    product = left * right
    if len(product) == 1:  # the only ones whose coefficients can grow while they do not
        coefficient = product.leading_coefficient()
        if max(coefficient.p.bit_length(), coefficient.q.bit_length()) > MAX_BITS:
            raise UnsupportedError("a number with too many digits")
    return product


def _both(left: fmpq_mpoly | None, right: fmpq_mpoly | None) -> fmpq_mpoly | None:
    if left is None:
        return right
    return _times(left, right)


class TooManyLeavesError(UnsupportedError):
    """There are more leaves than the field was made for."""


@lru_cache(maxsize=64)
def _polynomials(size: int) -> tuple[fmpq_mpoly_ctx, tuple[fmpq_mpoly, ...]]:
    """Polynomials in so many letters, and the letters from the last to the first."""
    names = tuple(f"x{number}" for number in range(max(1, size)))
    context = fmpq_mpoly_ctx.get(names, Ordering.lex)
    return context, tuple(reversed(context.gens()))


class RationalFunctions:
    """The field of rational functions with rational coefficients over the leaves.

    What is not rational (sin x, √u, a sum over all data) counts as a leaf, the same one for
    equal arguments.  An equality that holds here therefore holds wherever both sides have a
    value; one that fails here may still hold.

    Args:
        size: the largest number of leaves that may be asked for.
    """

    def __init__(self, size: int):
        self._context, generators = _polynomials(size)
        self._generators = list(generators)
        self._leaves: dict[Any, Quotient] = {}
        self.is_complete = True
        """Whether only names were leaves, so that what differs here differs somewhere."""
        self._moved: set[Basic] = set()
        self._symbolic: set[Basic] = set()
        self.zero = self.number(0)
        self.one = self.number(1)

    def leaf(self, key: Any) -> Quotient:
        """The generator that stands for something."""
        found = self._leaves.get(key)
        if found is None:
            if not self._generators:
                raise TooManyLeavesError("too many parts that are not rational")
            found = self._leaves[key] = Quotient(self._generators.pop())
        return found

    def number(self, value: int | Fraction) -> Quotient:
        if isinstance(value, Fraction):
            return Quotient(self._context.constant(fmpq(value.numerator, value.denominator)))
        return Quotient(self._context.constant(value))

    def constant(self, name: str) -> Quotient:
        self.is_complete = False
        return self.leaf(name)

    def reciprocal(self, value: Quotient) -> Quotient:
        if value.is_zero():
            raise UndefinedError("a division by zero")
        below = self._context.constant(1) if value.below is None else value.below
        return Quotient(below, value.above)

    def integer_power(self, base: Quotient, exponent: int) -> Quotient:
        if exponent < 0:
            base, exponent = self.reciprocal(base), -exponent
        below = None if base.below is None else _power(base.below, exponent)
        return Quotient(_power(base.above, exponent), below)

    def power(self, base: Any, exponent: Any) -> Any:
        whole = self.as_integer(exponent)
        if whole is not None:
            return integer_power(self, base, whole)
        return self.apply("power", [base, exponent], None)

    def apply(self, name: str, arguments: Sequence[Any], node: Any) -> Any:
        if any(isinstance(argument, Jet) for argument in arguments):
            raise UnsupportedError("the derivative of a function that is not rational")
        self.is_complete = False
        return self.leaf((name, *[argument.key() for argument in arguments]))

    def entry(self, base: Basic, indices: Sequence[Any]) -> Any:
        """An indexed quantity whose indices are not known numbers."""
        if base in self._moved or any(isinstance(index, Jet) for index in indices):
            raise UnsupportedError("a derivative by an entry, beside entries with unknown indices")
        self._symbolic.add(base)
        self.is_complete = False
        return self.leaf((base, *[index.key() for index in indices]))

    def delta(self, first: Any, second: Any) -> Any:
        """Kronecker's δ: 1 for the same index, else a leaf, the same in either order."""
        if any(isinstance(index, Jet) for index in (first, second)):
            raise UnsupportedError("a derivative by an index")
        if (first - second).is_zero():
            return self.one
        self.is_complete = False
        return self.leaf(("δ", frozenset((first.key(), second.key()))))

    def moves_entry(self, base: Basic) -> None:
        """A derivative by one entry may concern every entry whose index is a letter."""
        self._moved.add(base)
        if base in self._symbolic:
            raise UnsupportedError("a derivative by an entry, beside entries with unknown indices")

    def over_letters(
        self,
        body: Callable[[Any], Any],
        bounds: Sequence[Any],
        multiplies: bool,
        whole: Basic | None,
    ) -> Any:
        """A sum or product over an index of unknown range, as one leaf."""
        if whole is None:
            raise UnsupportedError("a sum over all data inside of a derivative or of another sum")
        self.is_complete = False
        return self.leaf(whole)

    def sign(self, value: Any) -> int:
        if isinstance(value, Jet) or value.below is not None or not value.above.is_constant():
            raise UnsupportedError("a condition on something that is no number")
        number = value.above.leading_coefficient() if len(value.above) else fmpq(0)
        return (number > 0) - (number < 0)

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

    def beside_corners(self) -> RationalFunctions:
        raise UnsupportedError("a corner in an expression with letters")

    def as_integer(self, value: Any) -> int | None:
        if isinstance(value, Jet) or value.below is not None or not value.above.is_constant():
            return None
        if len(value.above) == 0:
            return 0
        number = value.above.leading_coefficient()
        return int(number.p) if number.q == 1 else None


def _power(base: fmpq_mpoly, exponent: int) -> fmpq_mpoly:
    terms = len(base)
    if terms == 1:
        coefficient = base.leading_coefficient()
        bits = max(int(coefficient.p).bit_length(), int(coefficient.q).bit_length())
        small = exponent < 1 << 30 and (bits <= 1 or bits * exponent <= MAX_BITS)
    else:
        small = exponent <= _MOST_TERMS and (
            terms == 0 or comb(exponent + terms - 1, terms - 1) <= _MOST_TERMS
        )
    if not small:
        raise UnsupportedError("a power is too large to multiply out")
    return base**exponent
