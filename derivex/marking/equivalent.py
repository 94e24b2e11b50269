"""Equations with the same solutions as the one that is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Set

from sympy.core.basic import Basic

from derivex.checking import Knowledge
from derivex.checking.solutions import Solutions
from derivex.checking.systems import judge_equations
from derivex.equality.rings import UnsupportedError
from derivex.errors import DerivexError
from derivex.expression import ZERO, Equation, Negative, Over, Power, postorder
from derivex.expression.array_nodes import DERIVATIVES
from derivex.marking.cleared import has_own_factor
from derivex.marking.multiplied import multiplied
from derivex.marking.solution_lists import EQUIVALENT
from derivex.matching import Facts
from derivex.sheets import solved_for

__all__ = ["ANOTHER", "equivalent"]

ANOTHER = "it has the same solutions, but is another equation"


def equivalent(
    answer: Equation, key: Equation, unknowns: Set[Basic], knowledge: Knowledge, facts: Facts
) -> str:
    """What is to be said of an equation that has the solutions of the key's; "" if it has not.

    It may be the key's multiplied by something, or what that leads to.  One that is a polynomial
    with further factors is another equation: nobody comes from x² = 1 to x⁴ = 1.

    Args:
        answer: an equation.
        key: the one that is asked for.
        unknowns: what is solved for.
        knowledge: what is known.
        facts: what is assumed.
    """
    # What a derivative is worth is no solution that could be found.
    if not any(type(node) in DERIVATIVES for each in (key, answer) for node in postorder(each)):
        try:
            found = judge_equations([[key]], [answer], knowledge, "⇔")
            if found is not None and found.holds and not _divides_by_zero(answer, key, knowledge):
                leads_there = solved_for(answer) is not None
                another = not leads_there and has_own_factor(answer, key, unknowns)
                return ANOTHER if another else EQUIVALENT
        except (DerivexError, UnsupportedError):
            return ""
    return multiplied(answer, key, unknowns, knowledge, facts)


def _divides_by_zero(answer: Equation, key: Equation, knowledge: Knowledge) -> bool:
    """Whether at a solution of the key the answer has no value, so that it is lost."""
    return any(
        not point.fails
        for below in _denominators(answer)
        for point in Solutions([key], [Equation(below, ZERO)], knowledge).points()
    )


def _denominators(root: Basic) -> Iterator[Basic]:
    for node in postorder(root):
        if type(node) is Over:
            yield node.args[1]
        elif type(node) is Power and type(node.args[1]) is Negative:
            yield node.args[0]
