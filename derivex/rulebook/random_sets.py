"""Random sets, for the procedures that calculate with them."""

from __future__ import annotations

from random import Random

from sympy.core.basic import Basic

from derivex.expression import TWO, Hull, Interval, Plus, Power, Singleton, Times, number, symbol

__all__ = ["random_set"]

_LETTERS = (symbol("x"), symbol("y"))


def random_set(random: Random) -> Basic:
    """A random set of numbers: a single one, an interval, a convex hull."""
    chance = random.random()
    if chance < 0.4:
        return Singleton(_element(random))
    if chance < 0.6:
        lowest = random.randint(-3, 2)
        return Interval(number(lowest), number(lowest + random.randint(1, 3)))
    if chance < 0.75:
        lowest = random.choice(_LETTERS)
        return Interval(lowest, Plus(lowest, Power(random.choice(_LETTERS), TWO)))
    return Hull(Singleton(_element(random)), Singleton(_element(random)))


def _element(random: Random) -> Basic:
    value = number(random.randint(-3, 3))
    letter = random.choice(_LETTERS)
    return random.choice((value, value, letter, Times(value, letter), Plus(letter, value)))
