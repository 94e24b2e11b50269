"""Where several inequalities in one unknown hold together: somewhere, or nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    ZERO,
    And,
    AtLeast,
    AtMost,
    Greater,
    Less,
    Negative,
    Plus,
    Unequal,
    free_symbols,
    number,
    substitute,
    value_of,
)
from derivex.rulebook.procedures.equations import coefficients_of
from derivex.solving.signs import is_certain

__all__ = ["hold_nowhere"]


def hold_nowhere(relations: Sequence[Basic], unknown: Symbol) -> bool:
    """Whether no number satisfies all inequalities that are linear in one unknown.

    >>> from derivex.expression import ONE, symbol
    >>> x = symbol("x")
    >>> hold_nowhere([AtMost(x, ZERO), AtLeast(x, ONE)], x)
    True
    >>> hold_nowhere([AtMost(x, ZERO), AtLeast(x, ZERO)], x)
    False
    """
    known = []
    places: list[Fraction] = []
    for relation in relations:
        parts = relation.args if type(relation) is And else (relation,)
        for part in parts:
            if type(part) not in (Less, AtMost, Greater, AtLeast, Unequal):
                continue
            if set(free_symbols(part)) != {unknown}:
                continue
            left, right = part.args
            found = coefficients_of(left if right is ZERO else Plus(left, Negative(right)), unknown)
            values = [value_of(each) for each in found or ()]
            if len(values) != 2 or values[0] is None or not values[1]:
                continue
            known.append(part)
            places.append(-values[0] / values[1])
    places = sorted(set(places))
    if not places:
        return False
    between = [(low + high) / 2 for low, high in pairwise(places)]
    samples = [places[0] - 1, *places, *between, places[-1] + 1]
    return not any(
        all(is_certain(substitute(part, {unknown: number(place)})) for part in known)
        for place in samples
    )
