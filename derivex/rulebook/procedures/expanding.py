"""Writing a power of a sum as a product, so that the distributive law can work on it."""

from __future__ import annotations

from math import comb

from sympy.core.basic import Basic

from derivex.errors import ProblemError
from derivex.expression import Plus, Times, value_of
from derivex.expression.nodes import Node

__all__ = ["MAX_TERMS", "power_as_product"]

MAX_TERMS = 2_000
"""Terms that a sum to a power may have when it is multiplied out."""


def power_as_product(node: Node) -> Basic | None:
    """Write a small whole power of a sum as a product of equal factors.

    >>> from derivex.expression import integer, ONE, Power, symbol
    >>> power_as_product(Power(Plus(symbol("x"), ONE), integer(2)))
    Times(Plus(x, 1), Plus(x, 1))

    Raises:
        ProblemError: the expanded form would have more than ``MAX_TERMS`` terms.
    """
    base, exponent_node = node._args
    exponent = value_of(exponent_node)
    if type(base) is not Plus or exponent is None or exponent.denominator != 1 or exponent < 2:
        return None
    power = exponent.numerator
    if power > MAX_TERMS or comb(power + len(base._args) - 1, power) > MAX_TERMS:
        raise ProblemError(
            f"a sum of {len(base._args)} terms to the power {power} has too many terms "
            f"to be multiplied out (the limit is {MAX_TERMS})",
            hint="leave out the request to expand",
        )
    return Times(*[base] * power)
