"""Rational functions over generators that stand for more than letters, with relations among them.

A generator is told by a key that says what it stands for, also when a computation begins again.
Some have relations, r^q = u or |u|² = u², and each depends on the indices of the sums around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpq_mpoly

from derivex.equality.exact import Quotient, RationalFunctions
from derivex.equality.rings import UnsupportedError

__all__ = ["Generators", "Key", "constant_of"]

_MOST_PRODUCTS = 20_000
_LARGEST_CONSTANT = 10**9  # that is factored

Key = tuple[Any, ...]


class Generators(RationalFunctions):
    """The field of rational functions over generators with relations.

    Args:
        size: the largest number of generators that may be asked for.
    """

    def __init__(self, size: int):
        super().__init__(size)
        self._keys: list[Any] = []  # of the generators, in order
        self._texts: list[str] = []  # the same as text, which can be put in order
        self._relations: list[tuple[int, int, Quotient]] = []  # generator^power = value
        self._free_of: dict[int, frozenset[int]] = {}  # the indices that a generator depends on

    def leaf(self, key: Any) -> Quotient:
        new = key not in self._leaves
        found = super().leaf(key)
        if new:
            self._keys.append(key)
            self._texts.append(str(key))
        return found

    # -- zero and sameness ---------------------------------------------------------------------

    def vanishes(self, value: Quotient) -> bool:
        """Whether a value is zero, by the relations between the generators."""
        return len(self._reduced(value).above) == 0

    def _reduced(self, value: Quotient) -> Quotient:
        """The value with no root or absolute value to a power that is known."""
        above, below = value.above, value.below
        for number, power, known in reversed(self._relations):
            above, extra = _lowered(above, number, power, known)
            if below is not None:
                below, other = _lowered(below, number, power, known)
                above = above if other is None else above * other
            if extra is not None:
                below = extra if below is None else below * extra
        return Quotient(above, below)

    def _simple(self, value: Quotient) -> Quotient:
        """The value in lowest terms."""
        value = self._reduced(value)
        if value.below is None:
            return value
        if len(value.above) * len(value.below) > _MOST_PRODUCTS:
            raise UnsupportedError("a fraction too long to be reduced")
        common = value.above.gcd(value.below)
        above, below = value.above / common, value.below / common
        if below.is_constant():
            return Quotient(above / below.leading_coefficient())
        scale = below.leading_coefficient()
        return Quotient(above / scale, below / scale)

    def _key(self, value: Quotient) -> Key:
        """What tells a value, also when the computation begins again."""

        def told(polynomial: fmpq_mpoly) -> Key:
            return tuple(sorted(
                (self._monomial_key(powers), str(coefficient))
                for powers, coefficient in polynomial.to_dict().items()
            ))  # fmt: skip

        value = self._simple(value)
        below = () if value.below is None else told(value.below)
        return (told(value.above), below)

    def _monomial_key(self, powers: Sequence[int]) -> Key:
        return tuple(
            (self._texts[number], int(power)) for number, power in enumerate(powers) if power
        )

    # -- indices -------------------------------------------------------------------------------

    def _depends(self, generator: Quotient, *arguments: Quotient) -> None:
        """Note which indices a generator depends on."""
        number = self._only_generator(generator)
        held: frozenset[int] = frozenset()
        for argument in arguments:
            held |= self._indices_of_value(argument)
        if number is not None and held:
            self._free_of[number] = held

    def _indices_of_value(self, value: Quotient) -> frozenset[int]:
        held = self._indices_of(value.above)
        return held if value.below is None else held | self._indices_of(value.below)

    def _indices_of(self, polynomial: fmpq_mpoly) -> frozenset[int]:
        held: frozenset[int] = frozenset()
        for powers in polynomial.to_dict():
            for number, power in enumerate(powers):
                if power:
                    held |= self._free_of.get(number, frozenset())
        return held

    # -- pieces --------------------------------------------------------------------------------

    def _relate(self, generator: Quotient, power: int, value: Quotient) -> None:
        number = self._only_generator(generator)
        assert number is not None
        if all(known != number for known, _, _ in self._relations):
            self._relations.append((number, power, value))

    def _is_exponential(self, number: int | None) -> bool:
        """Whether a generator is positive, as e^u is; x^n need not be."""
        return number is not None and self._kind(number) == "exp"

    def _kind(self, number: int) -> Any:
        key = self._keys[number]
        return key[0] if isinstance(key, tuple) else None

    def _generator(self, number: int) -> Quotient:
        return self._leaves[self._keys[number]]

    def _only_generator(self, value: Quotient) -> int | None:
        """The number of the generator that a value is, if it is one."""
        if value.below is not None or len(value.above) != 1:
            return None
        ((powers, coefficient),) = value.above.to_dict().items()
        found = [number for number, power in enumerate(powers) if power]
        alone = len(found) == 1 and powers[found[0]] == 1 and coefficient == 1
        return found[0] if alone else None

    def _terms(self, argument: Quotient) -> list[tuple[Fraction, Quotient, Sequence[int]]]:
        """The terms of an argument: coefficient, the rest, and the powers of its generators."""
        argument = self._simple(argument)
        if argument.is_zero():
            return []
        if argument.below is not None:
            return [self._whole_term(argument)]
        found: list[tuple[Fraction, Quotient, Sequence[int]]] = []
        for powers, coefficient in argument.above.to_dict().items():
            part = self.one
            for number, power in enumerate(powers):
                if power:
                    part = part * super().integer_power(self._generator(number), int(power))
            found.append((Fraction(int(coefficient.p), int(coefficient.q)), part, powers))
        return found

    def _whole_term(self, argument: Quotient) -> tuple[Fraction, Quotient, Sequence[int]]:
        argument = self._simple(argument)
        leading = argument.above.leading_coefficient()
        scale = Fraction(int(leading.p), int(leading.q))
        return scale, argument * self.number(1 / scale), ()

    def _without(self, part: Quotient, number: int) -> Quotient:
        return self._simple(part * self.reciprocal(self._generator(number)))

    def _positive(self, value: Quotient) -> tuple[Fraction, Quotient]:
        """A positive number, and the rest."""
        leading = value.above.leading_coefficient()
        scale = abs(Fraction(int(leading.p), int(leading.q)))
        if max(scale.numerator, scale.denominator) > _LARGEST_CONSTANT:
            raise UnsupportedError("a number too large to be factored here")
        return scale, self._simple(value * self.number(1 / scale))


def constant_of(value: Quotient) -> Fraction | None:
    """The number that a value is, if it is one."""
    if value.below is not None or not value.above.is_constant():
        return None
    if len(value.above) == 0:
        return Fraction(0)
    number: fmpq = value.above.leading_coefficient()
    return Fraction(int(number.p), int(number.q))


def _lowered(
    polynomial: fmpq_mpoly, number: int, power: int, known: Quotient
) -> tuple[fmpq_mpoly, fmpq_mpoly | None]:
    """A polynomial with generator^power replaced, and what it was multiplied by for that."""
    groups: dict[int, dict[tuple[int, ...], Any]] = {}
    for exponents, coefficient in polynomial.to_dict().items():
        whole, rest = divmod(int(exponents[number]), power)
        lowered = (*exponents[:number], rest, *exponents[number + 1 :])
        groups.setdefault(whole, {})[lowered] = coefficient
    most = max(groups, default=0)
    if most == 0:
        return polynomial, None
    context = polynomial.context()
    below = known.below
    result = context.constant(0)
    for whole, terms in groups.items():
        part = context.from_dict(terms) * known.above**whole
        result += part if below is None else part * below ** (most - whole)
    return result, None if below is None else below**most
