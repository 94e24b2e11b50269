"""Exponentials, logarithms, roots and absolute values in a normal form."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from flint import fmpq_mpoly
from sympy import factorint

from derivex.equality.exact import Quotient
from derivex.equality.generators import Key, constant_of
from derivex.equality.index_sums import IndexSums
from derivex.equality.rings import UndefinedError

__all__ = ["Exponentials", "FinerAtomsError"]


class FinerAtomsError(Exception):
    """An atom was met in a fraction: the computation must begin again with e^(m/2), say.

    Args:
        atom: which one.
        parts: into how many equal parts it must be cut.
    """

    def __init__(self, atom: Key, parts: int):
        super().__init__(atom, parts)
        self.atom = atom
        self.parts = parts


class Exponentials(IndexSums):
    """Powers of atoms e^m, roots r with r^q = u, and absolute values with |u|² = u².

    Args:
        size: the largest number of generators that may be asked for.
        parts: into how many equal parts some atoms are cut; see :class:`FinerAtomsError`.
    """

    def __init__(self, size: int, parts: dict[Key, int]):
        super().__init__(size)
        self._parts = parts
        self._logs: dict[int, Quotient] = {}  # what log is taken of
        self._atoms: dict[int, tuple[Quotient, int]] = {}  # e^(m/parts): m and the parts

    def _exp(self, argument: Quotient) -> Quotient:
        result = self.one
        for coefficient, part, powers in self._terms(argument):
            logs = [number for number, power in enumerate(powers) if power and number in self._logs]
            if len(logs) == 1 and powers[logs[0]] == 1:
                # e^(m log u) is u^m.
                rest = self._without(part, logs[0])
                result = result * self._power_of(self._logs[logs[0]], rest, coefficient)
            else:
                result = result * self._atom(("exp", self._key(part)), part, coefficient)
        return result

    def _power_of(self, base: Quotient, exponent: Quotient, coefficient: Fraction) -> Quotient:
        """base^(coefficient · exponent), where the exponent is 1 or a product of letters."""
        if constant_of(self._simple(exponent)) == 1:
            return self._root(base, coefficient)
        key = ("power", self._key(base), self._key(exponent))
        return self._atom(key, exponent * self._log(base), coefficient)

    def _atom(self, key: Key, meaning: Quotient, coefficient: Fraction) -> Quotient:
        """e^(coefficient · meaning) as a power of the atom with that key."""
        parts = self._parts.get(key, 1)
        power = coefficient * parts
        if power.denominator != 1:
            raise FinerAtomsError(key, lcm(parts, coefficient.denominator))
        new = (*key, parts) not in self._leaves
        atom = self.leaf((*key, parts))
        if new:
            self._atoms[len(self._keys) - 1] = (meaning, parts)
            self._depends(atom, meaning)
        return super().integer_power(atom, power.numerator)

    def _log(self, argument: Quotient) -> Quotient:
        """What is positive is taken out: constants, exponentials and roots."""
        self.is_complete = False
        argument = self._simple(argument)
        if argument.is_zero():
            raise UndefinedError("the logarithm of zero")
        factor, rest = self._positive(argument)
        result = self.zero
        for prime, power in _primes(factor):
            result = result + self.leaf(("log", prime)) * self.number(power)
        above, below = rest.above, rest.below
        for sign, polynomial in ((1, above), (-1, below)):
            if polynomial is None:
                continue
            powers = _content(polynomial)
            for number, power in enumerate(powers):
                if power and number in self._atoms:
                    meaning, parts = self._atoms[number]
                    result = result + meaning * self.number(Fraction(sign * power, parts))
                    rest = rest * super().integer_power(self._generator(number), -sign * power)
        rest = self._simple(rest)
        if constant_of(rest) != 1:
            new = ("log", self._key(rest)) not in self._leaves
            logarithm = self.leaf(("log", self._key(rest)))
            if new:
                self._logs[len(self._keys) - 1] = rest
                self._depends(logarithm, rest)
            result = result + logarithm
        return result

    def _root(self, base: Quotient, exponent: Fraction) -> Quotient:
        """A power with a rational exponent."""
        if exponent.denominator == 1:
            return super().integer_power(base, exponent.numerator)
        base = self._simple(base)
        if base.is_zero():
            raise UndefinedError("a root of zero")
        factor, rest = self._positive(base)
        result = self.one
        for prime, power in _primes(factor):
            result = result * self._radical(self.number(prime), power * exponent)
        if constant_of(rest) != 1:
            number = self._only_generator(rest)
            if number is not None and self._is_exponential(number):
                meaning, parts = self._atoms[number]
                return result * self._exp(meaning * self.number(exponent / parts))
            result = result * self._radical(rest, exponent)
        return result

    def _radical(self, base: Quotient, exponent: Fraction) -> Quotient:
        if exponent.denominator == 1:
            return super().integer_power(base, exponent.numerator)
        key = ("root", self._key(base))
        parts = self._parts.get(key, 1)
        power = exponent * parts
        if power.denominator != 1:
            raise FinerAtomsError(key, lcm(parts, exponent.denominator))
        new = (*key, parts) not in self._leaves
        radical = self.leaf((*key, parts))
        if new:
            self._relate(radical, parts, base)
            self._depends(radical, base)
        return super().integer_power(radical, power.numerator)

    def _abs(self, argument: Quotient) -> Quotient:
        argument = self._simple(argument)
        if argument.is_zero():
            return self.zero
        constant = constant_of(argument)
        if constant is not None:
            return self.number(abs(constant))
        factor, rest = self._positive(argument)
        if self._is_exponential(self._only_generator(rest)):
            return argument
        opposite = -rest
        rest = min(rest, opposite, key=self._key)  # |−u| is |u|
        new = ("abs", self._key(rest)) not in self._leaves
        found = self.leaf(("abs", self._key(rest)))
        if new:
            self._relate(found, 2, rest * rest)
            self._depends(found, rest)
        return found * self.number(factor)


def _primes(number: Fraction) -> list[tuple[int, int]]:
    above = factorint(number.numerator)
    below = factorint(number.denominator)
    return [*above.items(), *((prime, -power) for prime, power in below.items())]


def _content(polynomial: fmpq_mpoly) -> list[int]:
    """For each generator the power with which it divides the polynomial."""
    powers = [list(map(int, each)) for each in polynomial.to_dict()]
    return [min(column) for column in zip(*powers, strict=True)]
