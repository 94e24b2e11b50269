"""One subgradient where a single number is asked for, by a declared convention."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from fractions import Fraction

from sympy.core.basic import Basic

from derivex.derivation import Derivation, Entry
from derivex.engine.differentiate import TIDYING
from derivex.engine.forms import normal_phase
from derivex.errors import ProblemError
from derivex.expression import (
    TWO,
    ZERO,
    Hull,
    Interval,
    Over,
    Plus,
    SetNode,
    Singleton,
    postorder,
    substitute,
)
from derivex.expression.literals import value_of

__all__ = ["Convention", "choose_by_convention", "convention_named"]


class Convention(Enum):
    """Which element of a set stands for it."""

    LEFT = "left"
    """The least one: the derivative from the left."""
    RIGHT = "right"
    """The greatest one: the derivative from the right."""
    MIDDLE = "middle"
    """Half the sum of both."""
    ZERO = "zero"
    """The one nearest to zero."""

    @property
    def says(self) -> str:
        """The convention in words."""
        return _WORDS[self]


def convention_named(name: str) -> Convention:
    """The convention of that name.

    Raises:
        ProblemError: there is none.
    """
    try:
        return Convention(name)
    except ValueError:
        known = ", ".join(each.value for each in Convention)
        raise ProblemError(f"“{name}” is no convention", hint=f"known: {known}") from None


_WORDS = {
    Convention.LEFT: "by convention the derivative from the left",
    Convention.RIGHT: "by convention the derivative from the right",
    Convention.MIDDLE: "by convention the middle of the interval",
    Convention.ZERO: "by convention the subgradient nearest to zero",
}


def choose_by_convention(derivation: Derivation, convention: Convention) -> Derivation:
    """The derivation continued by one number for each set in its result.

    Raises:
        ProblemError: for a set whose ends cannot be told apart, such as conv{0, a}.
    """
    chosen: dict[Basic, Basic] = {}
    at_corner = False
    for node in postorder(derivation.result):
        if isinstance(node, SetNode):
            chosen[node] = _element(node, convention)
            at_corner = at_corner or type(node) is not Singleton
    if not chosen:
        return derivation
    says = convention.says if at_corner else "the only subgradient"
    after = substitute(derivation.result, chosen)
    tidied = normal_phase(after, derivation.book, *TIDYING)
    return derivation.then(replace(tidied, entry=Entry(says, chosen)))


def _element(found: SetNode, convention: Convention) -> Basic:
    if type(found) is Singleton:
        return found.args[0]
    if type(found) is Hull:
        if convention is Convention.MIDDLE and len(found.args) == 2:
            return Over(Plus(*[part.args[0] for part in found.args]), TWO)
        if convention is Convention.ZERO and Singleton(ZERO) in found.args:
            return ZERO
        raise ProblemError(
            "which end of a convex hull is the left one depends on the values of its letters",
            hint="give them with --at, or choose the convention middle",
        )
    assert type(found) is Interval
    lowest, greatest = found.args
    if convention is Convention.LEFT:
        return lowest
    if convention is Convention.RIGHT:
        return greatest
    if convention is Convention.MIDDLE:
        return Over(Plus(lowest, greatest), TWO)
    return _nearest_to_zero(lowest, greatest)


def _nearest_to_zero(lowest: Basic, greatest: Basic) -> Basic:
    least, most = value_of(lowest), value_of(greatest)
    if least is None or most is None:
        raise ProblemError(
            "which subgradient is the nearest to zero depends on the values of its letters",
            hint="give them with --at, or choose another convention",
        )
    if least <= Fraction(0) <= most:
        return ZERO
    return lowest if least > 0 else greatest
