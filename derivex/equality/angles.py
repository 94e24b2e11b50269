"""Sines and cosines in a normal form: of sums by those of the terms, and these by tan(u/2)."""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from derivex.equality.exact import Quotient
from derivex.equality.exponentials import Exponentials, FinerAtomsError
from derivex.equality.rings import UnsupportedError

__all__ = ["Angles"]

_LARGEST_MULTIPLE = 16  # of an angle that is split up
_MOST_TERMS_SPLIT = 6  # of an angle


class Angles(Exponentials):
    """Sine and cosine as rational functions of t = tan(u/2), which is free."""

    def _angle(self, argument: Quotient) -> tuple[Quotient, Quotient]:
        """The sine and the cosine."""
        sine, cosine = self.zero, self.one
        terms = self._terms(argument)
        if len(terms) > _MOST_TERMS_SPLIT:
            terms = [self._whole_term(argument)]
        for coefficient, part, _ in terms:
            turns = coefficient * 2
            number = self._only_generator(part)
            is_pi = number is not None and self._keys[number] == "Pi"
            if is_pi and turns.denominator == 1:
                quarter = turns.numerator % 4
                turn = ((0, 1), (1, 0), (0, -1), (-1, 0))[quarter]
                new = (self.number(turn[0]), self.number(turn[1]))
            else:
                new = self._multiple(part, coefficient)
            sine, cosine = sine * new[1] + cosine * new[0], cosine * new[1] - sine * new[0]
        return sine, cosine

    def _multiple(self, part: Quotient, coefficient: Fraction) -> tuple[Quotient, Quotient]:
        """Sine and cosine of a multiple of an angle."""
        key = ("tan half", self._key(part))
        parts = self._parts.get(key, 1)
        times = coefficient * parts
        if times.denominator != 1:
            raise FinerAtomsError(key, lcm(parts, coefficient.denominator))
        if abs(times) > _LARGEST_MULTIPLE:
            raise UnsupportedError("a large multiple of an angle")
        half = self.leaf((*key, parts))
        self._depends(half, part)
        below = self.reciprocal(self.one + half * half)
        one = ((half + half) * below, (self.one - half * half) * below)
        sine, cosine = self.zero, self.one
        for _ in range(abs(times.numerator)):
            sine, cosine = sine * one[1] + cosine * one[0], cosine * one[1] - sine * one[0]
        return (sine if times > 0 else -sine), cosine
