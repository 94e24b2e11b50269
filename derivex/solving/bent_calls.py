"""Calls of abs, max and min of several variables, and what they are on their kinks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    TWO,
    ZERO,
    Apply,
    Cases,
    Negative,
    Over,
    Plus,
    Times,
    number,
    postorder,
    substitute,
    symbol,
)
from derivex.solving.working import depends_on_any

__all__ = ["Bend", "bent_calls", "new_letters", "smoothed"]


@dataclass(frozen=True)
class Bend:
    """A call of abs, max or min, and what it is on its kink.

    Args:
        call: the call.
        inside: what is 0 on the kink.
        middle: what the call is there besides a multiple of |inside|: (u + v)/2 for max(u, v).
        factor: that multiple: 1, 1/2 or −1/2.
    """

    call: Basic
    inside: Basic
    middle: Basic
    factor: Fraction


def bent_calls(expression: Basic, unknowns: Sequence[Symbol]) -> tuple[list[Bend], list[Basic]]:
    """The calls with a kink that are understood, and those that are not.

    Args:
        expression: a function.
        unknowns: its variables.
    """
    found: list[Bend] = []
    others: list[Basic] = []
    half = Fraction(1, 2)
    for node in postorder(expression):
        if not depends_on_any(node, unknowns):
            continue
        name = str(node.args[0]) if type(node) is Apply else ""
        if name == "abs":
            found.append(Bend(node, node.args[1], ZERO, Fraction(1)))
        elif name in ("max", "min") and len(node.args) == 3:
            first, second = node.args[1:]
            inside = first if second is ZERO else Plus(first, Negative(second))
            middle = Over(Plus(first, second), TWO)
            found.append(Bend(node, inside, middle, half if name == "max" else -half))
        elif name in ("max", "min") or type(node) is Cases:
            others.append(node)
    return found, others


def new_letters(count: int, taken: set[Basic]) -> list[Symbol]:
    """Letters for the slopes on kinks, none of which is taken."""
    names = ["t", "u", "v"] if count == 1 else [f"t_{place}" for place in range(1, count + 1)]
    names += [f"tau_{place}" for place in range(1, count + 1)]
    return [symbol(name) for name in names if symbol(name) not in taken][:count]


def smoothed(expression: Basic, group: Sequence[Bend], letters: Sequence[Symbol]) -> Basic:
    """The function with t u for each |u| of the group."""
    new: dict[Basic, Basic] = {}
    for bend, letter in zip(group, letters, strict=True):
        slanted: Basic = Times(letter, bend.inside)
        if bend.factor != 1:
            slanted = Times(number(bend.factor), letter, bend.inside)
        new[bend.call] = slanted if bend.middle is ZERO else Plus(bend.middle, slanted)
    return substitute(expression, new)
