"""Powers of sums: squares as products, for the distributive law; higher ones at once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import comb

from sympy.core.basic import Basic

from derivex.errors import ProblemError
from derivex.expression import Plus, Times, value_of
from derivex.expression.nodes import Node
from derivex.rulebook.procedures.factors import power_of, with_coefficient

__all__ = ["MAX_TERMS", "multinomial", "power_as_product"]

MAX_TERMS = 2_000
"""Terms that a sum to a power may have when it is multiplied out."""


def power_as_product(node: Node) -> Basic | None:
    """Write the square of a sum as a product of equal factors.

    >>> from derivex.expression import integer, ONE, Power, symbol
    >>> power_as_product(Power(Plus(symbol("x"), ONE), integer(2)))
    Times(Plus(x, 1), Plus(x, 1))
    """
    base, exponent = node._args
    if type(base) is not Plus or value_of(exponent) != 2:
        return None
    return Times(base, base)


def multinomial(node: Node) -> Basic | None:
    """Multiply a higher whole power of a sum out, by the multinomial theorem.

    >>> from derivex.expression import integer, ONE, Power, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> multinomial(Power(Plus(x, y), integer(3)))
    Plus(Power(x, 3), Times(3, Power(x, 2), y), Times(3, x, Power(y, 2)), Power(y, 3))

    Raises:
        ProblemError: the expanded form would have more than ``MAX_TERMS`` terms.
    """
    base, exponent_node = node._args
    exponent = value_of(exponent_node)
    if type(base) is not Plus or exponent is None or exponent.denominator != 1 or exponent < 3:
        return None
    power, terms = exponent.numerator, base._args
    if power > MAX_TERMS or comb(power + len(terms) - 1, power) > MAX_TERMS:
        raise ProblemError(
            f"a sum of {len(terms)} terms to the power {power} has too many terms "
            f"to be multiplied out (the limit is {MAX_TERMS})",
            hint="leave out the request to expand",
        )
    made: list[Basic] = []
    for exponents in _shares(power, len(terms)):
        coefficient, left = 1, power
        factors: list[Basic] = []
        for term, share in zip(terms, exponents, strict=True):
            coefficient *= comb(left, share)
            left -= share
            if share:
                factors.append(power_of(term, share))
        made.append(with_coefficient(coefficient, factors))
    return Plus(*made)


def _shares(total: int, parts: int) -> Iterator[tuple[int, ...]]:
    """All ways to share a number out, the first part taking the most first."""
    for bars in combinations(range(total + parts - 1), parts - 1):
        edges = (-1, *bars, total + parts - 1)
        yield tuple(edges[k + 1] - edges[k] - 1 for k in range(parts))[::-1]
