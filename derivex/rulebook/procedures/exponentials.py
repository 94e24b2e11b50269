"""Powers and logarithms with one base, one exponent, one argument."""

from __future__ import annotations

from fractions import Fraction

from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    Apply,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    function_name,
    integer,
    number,
    value_of,
)
from derivex.expression.nodes import Node
from derivex.rulebook.procedures.factors import factors_of, with_coefficient

__all__ = [
    "exponentials_as_powers",
    "one_logarithm",
    "power_of_base",
    "quotient_of_logarithms",
    "without_number",
]


def exponentials_as_powers(node: Node, exponent: Basic) -> Basic | None:
    """e^(n u) as (e^u)^n, for the u that is asked for.

    >>> from derivex.expression import E, TWO, symbol
    >>> x = symbol("x")
    >>> exponentials_as_powers(Power(E, Times(TWO, x)), x)
    Power(Power(E, x), 2)
    >>> exponentials_as_powers(Power(TWO, Plus(x, ONE)), x)
    Times(2, Power(2, x))
    """
    from derivex.rulebook.procedures.polynomials import quotient

    base, above = node._args
    if above is exponent or value_of(base) == 0 or value_of(above) is not None:
        return None
    rest, shift = without_number(above)
    share = quotient(rest, exponent)
    value = None if share is None else value_of(share)
    if value is None or value.denominator != 1 or (value == 1 and not shift):
        return None
    power: Basic = Power(base, exponent)
    whole = power if abs(value) == 1 else Power(power, integer(int(abs(value))))
    if not shift:
        return Over(ONE, whole) if value < 0 else whole
    factor: Basic = base if abs(shift) == 1 else Power(base, number(abs(shift)))
    above_line = [factor] if shift > 0 else []
    below_line = [factor] if shift < 0 else []
    (below_line if value < 0 else above_line).append(whole)
    top = _product(above_line)
    return Over(top, _product(below_line)) if below_line else top


def _product(factors: list[Basic]) -> Basic:
    return ONE if not factors else factors[0] if len(factors) == 1 else Times(*factors)


def without_number(exponent: Basic) -> tuple[Basic, Fraction]:
    """A sum without its numbers, and what they come to.

    >>> from derivex.expression import symbol
    >>> without_number(Plus(symbol("x"), ONE))
    (x, Fraction(1, 1))
    """
    if type(exponent) is not Plus:
        return exponent, Fraction(0)
    values = [value_of(term) for term in exponent._args]
    others = [term for term, value in zip(exponent._args, values, strict=True) if value is None]
    rest = others[0] if len(others) == 1 else Plus(*others)
    return rest, sum((value for value in values if value is not None), Fraction(0))


def quotient_of_logarithms(node: Node) -> Basic | None:
    """log(8)/log(4) as 3/2, where one number is a power of the other's root.

    >>> from derivex.expression import TWO
    >>> log = function_name("log")
    >>> quotient_of_logarithms(Over(Apply(log, integer(8)), Apply(log, integer(4))))
    Over(3, 2)
    """
    values = [
        value_of(side._args[1])
        if type(side) is Apply and side._args[0] is function_name("log")
        else None
        for side in node._args
    ]
    first, second = values
    if first is None or second is None or min(first, second) <= 0 or 1 in (first, second):
        return None
    for below in range(1, _HIGHEST + 1):
        for above in range(1, _HIGHEST + 1):
            if first**below == second**above:
                return number(Fraction(above, below))
            if first**below * second**above == 1:
                return Negative(number(Fraction(above, below)))
    return None


_HIGHEST = 12
"""The exponents that are tried; a reader sees no further."""


def power_of_base(node: Node, base: Basic) -> Basic | None:
    """4^u as 2^(2u), for the base that is asked for.

    >>> from derivex.expression import TWO, symbol
    >>> power_of_base(Power(integer(8), symbol("x")), TWO)
    Power(2, Times(3, x))
    """
    own, exponent = node._args
    first, second = value_of(own), value_of(base)
    if first is None or second is None or second <= 1 or first <= second:
        return None
    times, power = 1, second
    while power < first:
        times, power = times + 1, power * second
    return Power(base, _times(times, exponent)) if power == first else None


def _times(times: int, exponent: Basic) -> Basic:
    if type(exponent) is Negative:
        return Negative(_times(times, exponent._args[0]))
    if type(exponent) is Plus:
        return Times(integer(times), exponent)
    return with_coefficient(Fraction(times), factors_of(exponent))


def one_logarithm(node: Node) -> Basic | None:
    """A sum of multiples of logarithms as the logarithm of a product.

    It has a value wherever the sum has one, and may have more.

    >>> from derivex.expression import TWO, symbol
    >>> x, log = symbol("x"), function_name("log")
    >>> one_logarithm(Plus(Times(TWO, Apply(log, x)), Negative(Apply(log, Plus(x, ONE)))))
    Apply(log, Over(Power(x, 2), Plus(x, 1)))
    """
    above: list[Basic] = []
    below: list[Basic] = []
    for term in node._args:
        negative = type(term) is Negative
        factors = factors_of(term._args[0] if negative else term)
        logarithms = [each for each in factors if _is_logarithm(each)]
        numbers = [value_of(each) for each in factors if not _is_logarithm(each)]
        if len(logarithms) != 1 or any(
            value is None or value.denominator != 1 or value <= 0 for value in numbers
        ):
            return None
        times = Fraction(1)
        for value in numbers:
            times *= value or 1
        inside = logarithms[0].args[1]
        power = inside if times == 1 else Power(inside, integer(int(times)))
        (below if negative else above).append(power)
    top = ONE if not above else above[0] if len(above) == 1 else Times(*above)
    if below:
        top = Over(top, below[0] if len(below) == 1 else Times(*below))
    return Apply(function_name("log"), top)


def _is_logarithm(node: Basic) -> bool:
    return type(node) is Apply and len(node._args) == 2 and str(node._args[0]) == "log"
