"""Random nodes for procedures that change hardly any node of the usual kinds."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    TWO,
    Apply,
    E,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    function_name,
    integer,
    pi,
    symbol,
)
from derivex.rulebook.drawing import draw_number
from derivex.rulebook.random_nodes import random_factor, random_sum, random_term

__all__ = ["OF_THEIR_OWN"]

_X, _Y = symbol("x"), symbol("y")


def _exponential(random: Random) -> Basic:
    """A power of e or of 2 with a multiple of x as its exponent."""
    exponent = Times(integer(random.randint(2, 4)), _X)
    return Power(random.choice((E, TWO)), random.choice((exponent, Negative(exponent))))


def _angle(random: Random) -> Basic:
    """A function of a known angle."""
    angle = Over(Times(integer(random.randint(1, 30)), pi), integer(random.choice((2, 3, 4, 6))))
    angle = Negative(angle) if random.random() < 0.3 else angle
    return Apply(function_name(random.choice(("sin", "cos", "tan"))), angle)


def _cube_root(random: Random) -> Basic:
    """The cube root of a cube."""
    cube = Over(integer(random.randint(1, 6) ** 3), integer(random.choice((1, 8, 27))))
    inside = Negative(cube) if random.random() < 0.4 else cube
    return Apply(function_name("cbrt"), inside)


def _root_or_size(name: str) -> Callable[[Random], Basic]:
    """Makes fractions with the root or the absolute value of something on one side of the line."""

    def made(random: Random) -> Basic:
        inside = random.choice((_X, Plus(_X, integer(random.randint(1, 5)))))
        call = Apply(function_name(name), inside)
        power = Power(inside, integer(random.randint(2, 4)))
        whole = Times(random.choice((inside, power)), random_factor(random))
        part = Times(integer(random.randint(1, 3)), call)
        return Over(whole, part) if name == "abs" or random.random() < 0.5 else Over(part, whole)

    return made


def _number_and_bracket(random: Random) -> Basic:
    """A number before a sum with fractions."""
    below = random.randint(2, 4)
    inside = Plus(
        Over(_X, integer(below)), Times(integer(random.randint(1, 3)), random_factor(random))
    )
    return Times(integer(below * random.randint(1, 3)), inside)


def _fractions_over_one(random: Random) -> Basic:
    """Two fractions with one denominator, and something beside them."""
    below = random.choice((_Y, Plus(_X, integer(random.randint(1, 5)))))
    one, other = (Over(random_sum(random), below) for _ in range(2))
    terms = [one, Negative(other) if random.random() < 0.5 else other, random_factor(random)]
    random.shuffle(terms)
    return Plus(*terms)


def _fraction_above(random: Random) -> Basic:
    """A fraction with a fraction in its numerator."""
    above = [Over(random.choice((_X, Plus(_X, TWO))), _Y), random_term(random)]
    random.shuffle(above)
    return Over(Plus(*above), random.choice((_X, Plus(_X, _Y), integer(3))))


def _numbers_below(random: Random) -> Basic:
    """A fraction with a bracket in its denominator in which numbers are divided by."""
    inside = [Over(random_factor(random), integer(random.randint(2, 6))), random_term(random)]
    random.shuffle(inside)
    below = random.choice((Plus(*inside), Times(integer(2), Plus(*inside))))
    return Over(random.choice((_Y, ONE, Times(integer(3), _Y))), below)


def _quotient_of_logarithms(random: Random) -> Basic:
    """log(8)/log(4), or of a number below 1."""
    base = random.choice((2, 3, 5))
    calls = []
    for _ in range(2):
        power: Basic = integer(base ** random.randint(1, 4))
        inside = Over(ONE, power) if random.random() < 0.3 else power
        calls.append(Apply(function_name("log"), inside))
    return Over(*calls)


def _power_of_two(random: Random) -> Basic:
    """A power of a power of 2."""
    exponent = random.choice((_X, Negative(_X), Plus(_X, draw_number(random, 1)), Times(TWO, _X)))
    return Power(integer(2 ** random.randint(2, 5)), exponent)


def _logarithms(random: Random) -> Basic:
    """A sum of two or three multiples of logarithms, some of them subtracted."""
    terms: list[Basic] = []
    for _ in range(random.randint(2, 3)):
        inside = random.choice((_X, _Y, Plus(_X, integer(random.randint(1, 5)))))
        logarithm = Apply(function_name("log"), inside)
        term = (
            Times(integer(random.randint(2, 4)), logarithm) if random.random() < 0.5 else logarithm
        )
        terms.append(Negative(term) if random.random() < 0.4 else term)
    return Plus(*terms)


def _sine_and_cosine(random: Random) -> Basic:
    """Multiples of the sine and the cosine of one angle."""
    angle = random.choice((_X, Times(TWO, _X)))
    terms: list[Basic] = []
    for name in random.sample(("sin", "cos"), 2):
        call = Apply(function_name(name), angle)
        term = Times(integer(random.randint(2, 6)), call) if random.random() < 0.7 else call
        terms.append(Negative(term) if random.random() < 0.5 else term)
    return Plus(*terms)


def _two_angles(random: Random) -> Basic:
    """The sines or cosines of two angles, added or subtracted."""
    number = integer(random.randint(1, 3))
    calls = [
        Apply(function_name(random.choice(("sin", "cos"))), angle)
        for angle in (_X, random.choice((_Y, Times(TWO, _X), Plus(_X, _Y))))
    ]
    first, second = (call if number is ONE else Times(number, call) for call in calls)
    return Plus(
        Negative(first) if random.random() < 0.3 else first,
        Negative(second) if random.random() < 0.5 else second,
    )


def _both_squared(random: Random) -> Basic:
    """Equal multiples of the squares of a sine and a cosine, and something beside them."""
    angle = random.choice((_X, Times(TWO, _X)))
    factor = random_factor(random)
    squares = [Power(Apply(function_name(name), angle), TWO) for name in ("sin", "cos")]
    terms = [*(Times(factor, square) for square in squares), random_term(random)]
    random.shuffle(terms)
    return Plus(*terms)


OF_THEIR_OWN: dict[str, Callable[[Random], Basic]] = {
    "exponentials-as-powers": _exponential,
    "angle-on-circle": _angle,
    "add-fractions": _fractions_over_one,
    "clear-fraction-above": _fraction_above,
    "clear-numbers-below": _numbers_below,
    "number-into-bracket": _number_and_bracket,
    "cancel-root": _root_or_size("sqrt"),
    "square-over-absolute-value": _root_or_size("abs"),
    "cube-root-of-number": _cube_root,
    "power-of-base": _power_of_two,
    "logarithms-of-one-base": _quotient_of_logarithms,
    "one-logarithm": _logarithms,
    "one-sine": _sine_and_cosine,
    "sum-as-product": _two_angles,
    "squares-of-both": _both_squared,
}
"""What procedures are tried on that change hardly any node of the usual kinds."""
