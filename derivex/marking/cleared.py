"""Equations as polynomials: cleared of fractions, and compared by their factors."""

from __future__ import annotations

from collections.abc import Set

from flint import fmpq_mpoly
from sympy.core.basic import Basic

from derivex.equality.exact import RationalFunctions
from derivex.equality.pair import Leaves
from derivex.equality.program import Program
from derivex.equality.rings import UndefinedError, UnsupportedError
from derivex.equality.surroundings import Surroundings
from derivex.equality.survey import survey
from derivex.errors import DerivexError
from derivex.expression import Equation, Negative, Plus

__all__ = ["has_own_factor"]


def has_own_factor(answer: Equation, key: Equation, unknowns: Set[Basic]) -> bool | None:
    """Whether an equation, cleared of fractions, has a factor with unknowns that another lacks.

    x² = 1 and x⁴ = 1 have the same real solutions; but from the second one comes to the first,
    and not from the first to the second.

    Args:
        answer: the equation.
        key: the other one.
        unknowns: what is solved for; all names, if there are none.

    Returns:
        None where one of them is no equation between rational functions.

    >>> from derivex.expression import ONE, TWO, Over, Power, symbol
    >>> x = symbol("x")
    >>> square = Equation(Power(x, TWO), ONE)
    >>> has_own_factor(Equation(ONE, Over(ONE, Power(x, TWO))), square, {x})
    False
    >>> has_own_factor(Equation(Power(Power(x, TWO), TWO), ONE), square, {x})
    True
    """
    differences = [Plus(each.args[0], Negative(each.args[1])) for each in (answer, key)]
    found = survey(differences)
    ring = RationalFunctions(found.size)
    names = {each: ring.leaf(each) for each in found.names}
    try:
        values = Program(differences).run(ring, Surroundings(dict(names), Leaves(ring)))
    except (UnsupportedError, UndefinedError, DerivexError):
        return None
    if not ring.is_complete or any(each.is_zero() for each in values):
        return None
    first, second = (
        each.above if each.below is None else each.above / each.above.gcd(each.below)
        for each in values
    )
    own = first / first.gcd(second)
    letters = [names[each].above for each in names if not unknowns or each in unknowns]
    return any(_has(own, each) for each in letters)


def _has(polynomial: fmpq_mpoly, letter: fmpq_mpoly) -> bool:
    """Whether a letter occurs in a polynomial."""
    return bool(polynomial.degrees()[letter.degrees().index(1)])
