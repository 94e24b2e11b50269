"""Random expressions for the letters of a rule, simple ones first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from random import Random
from types import MappingProxyType

from sympy.core.basic import Basic

from derivex.equality.sampling import random_expression
from derivex.expression import (
    TWO,
    Apply,
    Decimal,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    function_name,
    integer,
    number,
    symbol,
)
from derivex.matching import Condition

__all__ = ["SHAPED", "draw", "draw_around", "draw_number", "draw_shaped"]

SHAPED = frozenset(("is convex in", "is affine in"))
"""Conditions for which :func:`draw_shaped` draws."""

_EASY_NUMBERS = (3, 2, 5, 4)
_NUMBERS = (2, 3, 5, 1, 0, -1, -2, Fraction(1, 2), Fraction(-3, 2), Fraction(2, 3), 4)
_NUMBER_WORDS = frozenset(("is a number", "is a nonzero number"))
_NUMBERS_OF: Mapping[str, Sequence[int | Fraction]] = MappingProxyType(
    {
        "is an odd number": (3, 5, 1, 7, -1, -3),
        "is an even number": (2, 4, 6, 8, -2, -4),
        "is no whole number": (Fraction(1, 2), Fraction(3, 2), Fraction(1, 3), Fraction(-2, 3)),
    }
)


def draw_number(random: Random, level: int, whole: bool = False) -> Basic:
    """A random number: a small one at level 0, later zero, negatives and fractions as well."""
    if level == 0:
        return integer(random.choice(_EASY_NUMBERS))
    if level > 1 and not whole and random.random() < 0.1:
        return Decimal(random.choice(("0.5", "1.25", "2.0")))
    numbers = [value for value in _NUMBERS if not whole or isinstance(value, int)]
    return number(random.choice(numbers))


def draw(
    random: Random, level: int, atoms: Sequence[Basic], conditions: Iterable[Condition]
) -> Basic:
    """A random expression that may, but need not, meet the conditions.

    Args:
        random: the source of randomness.
        level: 0 for the simplest expressions, 1, 2 and 3 for larger ones.
        atoms: the symbols and the like that it is made of; none of them for a number.
        conditions: what is asked of it; they only make a fitting expression more likely.
    """
    words = {condition.kind.words for condition in conditions if condition.other is None}
    if "is a natural number" in words:
        return symbol("n")
    if "is a whole number" in words:
        return draw_number(random, level, whole=True)
    for word in words & _NUMBERS_OF.keys():
        return number(random.choice(_NUMBERS_OF[word]))
    if words & _NUMBER_WORDS or not atoms:
        return draw_number(random, level)
    if "is nonnegative" in words:
        squared = Power(random.choice(atoms), TWO)
        return random.choice((draw_number(random, 0), _positive(random, level, atoms), squared))
    if "is positive" in words:
        return _positive(random, level, atoms)
    if "is nonnegative" in words:
        return Power(draw(random, level, atoms, ()), TWO)
    if "is negative" in words:
        return Negative(_positive(random, level, atoms))
    chance = random.random()
    if level == 0:
        atom = random.choice(atoms)
        return atom if chance < 0.3 else Power(atom, random.choice((TWO, integer(3))))
    if chance < 0.15:
        return draw_number(random, level)
    if chance < 0.3:
        return random.choice(atoms)
    inside = random_expression(random, atoms, level)
    return random.choice(_SHAPES)(inside, random.choice(atoms), draw_number(random, level))


def _positive(random: Random, level: int, atoms: Sequence[Basic]) -> Basic:
    if level == 0 or random.random() < 0.3:
        return integer(random.choice(_EASY_NUMBERS))
    return Apply(function_name("exp"), random_expression(random, atoms, level - 1))


def draw_shaped(random: Random, level: int, variable: Basic, words: str) -> Basic:
    """A random expression that is affine, or convex, in a variable."""
    slope = number(random.choice((1, 2, 3, -1, -2)))
    shift = number(random.choice((0, 1, 2, -1, -3)))
    affine = variable if level == 0 else Plus(Times(slope, variable), shift)
    if words == "is affine in" or random.random() < 0.2:
        return affine

    def part() -> Basic:
        return draw_shaped(random, level - 1, variable, words)

    def call(name: str, *arguments: Basic) -> Basic:
        return Apply(function_name(name), *arguments)

    makers: list[Callable[[], Basic]] = [
        lambda: Power(affine, TWO),
        lambda: call("abs", affine),
        lambda: call("max", affine, integer(random.randint(0, 2))),
        lambda: call("exp", affine),
    ]
    if level > 1:
        makers += [
            lambda: Plus(part(), part()),
            lambda: Times(integer(random.randint(1, 3)), part()),
            lambda: call("max", part(), part()),
        ]
    return random.choice(makers)()


# An expression, an atom and a number, put together in ways that the patterns of rules ask for.
_SHAPES: tuple[Callable[[Basic, Basic, Basic], Basic], ...] = (
    lambda inside, atom, value: inside,
    lambda inside, atom, value: inside,
    lambda inside, atom, value: inside,
    lambda inside, atom, value: Negative(inside),
    lambda inside, atom, value: Plus(inside, Negative(atom)),
    lambda inside, atom, value: Plus(Negative(inside), value),
    lambda inside, atom, value: Times(value, inside),
    lambda inside, atom, value: Times(atom, inside),
    lambda inside, atom, value: Over(inside, Plus(atom, TWO)),
    lambda inside, atom, value: Over(value, inside),
    lambda inside, atom, value: Power(inside, value),
    lambda inside, atom, value: Power(Plus(atom, value), TWO),
)


def draw_around(
    random: Random, operand: Basic, atoms: Sequence[Basic], functions: Sequence[str]
) -> Basic:
    """A random node with the operand as one of its operands, the others made of the atoms.

    Args:
        random: the source of randomness.
        operand: the operand.
        atoms: what the other operands are made of; numbers if there are none.
        functions: the names of functions of one argument, known or not.
    """
    other = random.choice(atoms) if atoms and random.random() < 0.5 else draw_number(random, 0)
    makers: tuple[Callable[[], Basic], ...] = (
        lambda: Apply(function_name(random.choice(functions)), operand),
        lambda: Apply(function_name(random.choice(functions)), operand),
        lambda: Power(operand, other),
        lambda: Power(other, operand),
        lambda: Over(other, operand),
        lambda: Negative(operand),
        lambda: Times(other, operand),
    )
    return random.choice(makers)()
