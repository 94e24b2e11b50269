"""Evaluation modulo a random prime: whether an expression is zero, with a bound on the error.

A polynomial that is not zero vanishes at a random point modulo a random prime p only if p divides
all its coefficients, or the point is one of its roots modulo p.  The second happens with a
probability of at most its degree over p (J. T. Schwartz, "Fast probabilistic algorithms for
verification of polynomial identities", Journal of the ACM 27, 1980); for the first, p must be
one of the few 61-bit primes that a number of bounded size can have.  Nothing is multiplied out, so
that degrees of many millions cost nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import cache
from math import log2
from operator import add, mul
from random import SystemRandom
from typing import Any

from flint import fmpz

from derivex.equality.exact import RationalFunctions
from derivex.equality.jets import Jet
from derivex.equality.rings import UndefinedError, UnsupportedError
from derivex.equality.verdict import BITS

__all__ = ["Residue", "Residues", "chance_of_error", "random_prime", "two_primes"]

_LOG_OF_PRIMES = 54  # there are more than 2^54 primes of 61 bits
_MOST_BITS = 4096  # of a constant that is known exactly
_MOST_DEGREES = 2**BITS  # with more nothing is known any more
_RANDOM = SystemRandom()  # so that the bound holds for every expression, whoever chose it


def random_prime() -> int:
    """A random prime of 61 bits.

    >>> random_prime().bit_length()
    61
    """
    while True:
        candidate = _RANDOM.randrange(2 ** (BITS - 1) + 1, 2**BITS, 2)
        if fmpz(candidate).is_prime():
            return candidate


@cache
def two_primes() -> tuple[int, int]:
    """Two different random primes, the same ones as long as the process runs."""
    first = second = random_prime()
    while second == first:
        second = random_prime()
    return first, second


class Residue:
    """The value of a rational function at a random point modulo a prime.

    Args:
        value: the residue.
        prime: the prime.
        above: the degree that the numerator has at most.
        below: the degree that the denominator has at most.
        size: the sum of the sizes of the coefficients, of numerator and denominator each, has at
            most so many binary digits.
        exact: the value, where it is a constant of moderate length.
    """

    __slots__ = ("above", "below", "exact", "prime", "size", "value")

    def __init__(
        self,
        value: int,
        prime: int,
        above: int = 0,
        below: int = 0,
        size: float = 0.0,
        exact: Fraction | None = None,
    ):
        self.value = value % prime
        self.prime = prime
        self.above = above
        self.below = below
        self.size = size
        self.exact = exact

    def __add__(self, other: Any) -> Residue:
        if not isinstance(other, Residue):
            return NotImplemented
        return Residue(
            self.value + other.value,
            self.prime,
            max(self.above + other.below, other.above + self.below),
            self.below + other.below,
            self.size + other.size + 1,
            _exactly(add, self.exact, other.exact),
        )

    def __neg__(self) -> Residue:
        exact = None if self.exact is None else -self.exact
        return Residue(-self.value, self.prime, self.above, self.below, self.size, exact)

    def __sub__(self, other: Any) -> Residue:
        if not isinstance(other, Residue):
            return NotImplemented
        return self + (-other)

    def __mul__(self, other: Any) -> Residue:
        if not isinstance(other, Residue):
            return NotImplemented
        return Residue(
            self.value * other.value,
            self.prime,
            self.above + other.above,
            self.below + other.below,
            self.size + other.size,
            _exactly(mul, self.exact, other.exact),
        )

    def is_zero(self) -> bool:
        """Whether it is zero here, which the expression then is most probably, too."""
        return self.value == 0

    def key(self) -> tuple[Any, ...]:
        """The same for equal expressions."""
        return ("mod", self.value)


def _exactly(
    operation: Callable[[Fraction, Fraction], Fraction],
    left: Fraction | None,
    right: Fraction | None,
) -> Fraction | None:
    return None if left is None or right is None else _kept(operation(left, right))


def _kept(value: Fraction) -> Fraction | None:
    bits = max(value.numerator.bit_length(), value.denominator.bit_length())
    return value if bits <= _MOST_BITS else None


class Residues(RationalFunctions):
    """The field of the residues modulo a prime, over random values for the leaves.

    As with rational functions, what is not rational counts as a leaf, the same one for arguments
    with the same value: so what is zero is so with the error that :func:`chance_of_error` bounds,
    and what is not zero may be equal to it all the same.

    Args:
        prime: the prime.
    """

    def __init__(self, prime: int):
        self._prime = prime
        self._values: dict[Any, Residue] = {}
        self._moved = set()
        self._symbolic = set()
        self.is_complete = True
        self.zero = self.number(0)
        self.one = self.number(1)
        self.degree = 1
        """The largest degree of what a leaf was made for."""

    @property
    def leaves(self) -> int:
        """How many leaves there are."""
        return len(self._values)

    def leaf(self, key: Any) -> Any:
        found = self._values.get(key)
        if found is None:
            found = Residue(_RANDOM.randrange(self._prime), self._prime, above=1)
            self._values[key] = found
        return found

    def number(self, value: int | Fraction) -> Any:
        exact = Fraction(value)
        if exact.denominator % self._prime == 0:
            raise UndefinedError("a division by zero")
        below = pow(exact.denominator, -1, self._prime)
        size = log2(max(abs(exact.numerator), exact.denominator, 1)) if exact else 0.0
        return Residue(exact.numerator * below, self._prime, 0, 0, size, _kept(exact))

    def apply(self, name: str, arguments: Sequence[Any], node: Any) -> Any:
        for argument in arguments:
            if isinstance(argument, Residue):
                self.degree = max(self.degree, argument.above + argument.below)
        return super().apply(name, arguments, node)

    def reciprocal(self, value: Any) -> Any:
        if value.value == 0:
            raise UndefinedError("a division by zero")
        exact = 1 / value.exact if value.exact else None
        inverse = pow(value.value, -1, self._prime)
        return Residue(inverse, self._prime, value.below, value.above, value.size, exact)

    def integer_power(self, base: Any, exponent: int) -> Any:
        if exponent < 0:
            base, exponent = self.reciprocal(base), -exponent
        exact: Fraction | None = None
        if base.exact is not None:
            bits = max(base.exact.numerator.bit_length(), base.exact.denominator.bit_length())
            exact = base.exact**exponent if bits <= 1 or bits * exponent <= _MOST_BITS else None
        return Residue(
            pow(base.value, exponent, self._prime),
            self._prime,
            base.above * exponent,
            base.below * exponent,
            base.size * exponent,
            exact,
        )

    def sign(self, value: Any) -> int:
        if isinstance(value, Jet) or value.exact is None:
            raise UnsupportedError("a condition on something that is no number")
        return int(value.exact > 0) - int(value.exact < 0)

    def as_integer(self, value: Any) -> int | None:
        if isinstance(value, Jet) or value.exact is None or value.exact.denominator != 1:
            return None
        return int(value.exact)


def chance_of_error(ring: Residues, differences: Iterable[Residue]) -> float:
    """A bound on the probability that something is zero modulo the prime, and not zero.

    Args:
        ring: the ring, whose leaves may have been taken for one another.
        differences: what is zero.
    """
    bound = 0.0
    for each in differences:
        bound += min(each.above, _MOST_DEGREES) / 2.0 ** (BITS - 1)
        bound += each.size / (BITS - 1) / 2.0**_LOG_OF_PRIMES
    pairs = ring.leaves * (ring.leaves - 1) // 2
    mistaken: float = pairs * 2 * min(ring.degree, _MOST_DEGREES) / 2.0 ** (BITS - 1)
    return bound + mistaken
