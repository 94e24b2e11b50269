"""Equations that are others multiplied by a factor with letters."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Set
from itertools import combinations_with_replacement

from sympy.core.basic import Basic

from derivex.checking import Knowledge
from derivex.checking.links import identity_link
from derivex.expression import (
    ONE,
    ZERO,
    Equation,
    Negative,
    Over,
    Plus,
    Times,
    postorder,
    symbol,
    transform,
)
from derivex.expression.array_nodes import DERIVATIVES
from derivex.matching import Facts
from derivex.notation import TextWriter
from derivex.sheets import Exercise

__all__ = ["MULTIPLIED", "multiplied", "unknowns_of"]

MULTIPLIED = "it is the equation that is asked for, multiplied by"
_MOST_FACTORS = 12


def unknowns_of(exercises: Iterable[Exercise]) -> frozenset[Basic]:
    """What is solved for in exercises that go on from one another: names, and derivatives."""
    found: set[Basic] = set()
    for exercise in exercises:
        asked = False
        for word in exercise.words:
            if isinstance(word, str):
                asked = word.endswith(" for ") or (asked and word in ("", ", ", " and "))
            elif asked:
                found.add(word)
        last = [column[-1].expression for column in exercise.columns if column]
        ends = [part for row in last for part in (row, *row.args)]
        found.update(each.args[0] for each in ends if type(each) is Equation)
    return frozenset(each for each in found if each.is_Symbol or type(each) in DERIVATIVES)


def multiplied(
    answer: Basic, key: Basic, unknowns: Collection[Basic], knowledge: Knowledge, facts: Facts
) -> str:
    """What is to be said of an equation that is the key's times a factor; "" if it is none.

    The factor is free of what is solved for, so that it takes no solution away where it is not 0.

    Args:
        answer: an equation.
        key: the one that is asked for.
        unknowns: what is solved for.
        knowledge: what is known.
        facts: what is assumed.
    """
    if type(answer) is not Equation or type(key) is not Equation:
        return ""
    unknowns = set(unknowns) & set(postorder(key))
    if not unknowns:
        return ""
    first, second = (Plus(side.args[0], Negative(side.args[1])) for side in (answer, key))
    one, other = (_renamed(first, unknowns, mark) for mark in "uv")
    wanted, another = (_renamed(second, unknowns, mark) for mark in "uv")

    def same(left: Basic, right: Basic) -> bool:
        return identity_link(left, right, knowledge).holds

    if same(first, ZERO) or same(second, ZERO):
        return ""
    if not same(Times(one, another), Times(other, wanted)):
        return ""
    for factor in _factors(answer, key, unknowns):
        if same(first, Times(factor, second)):
            told = TextWriter().write(factor)
            if 0 in facts.signs(factor):
                return f"{MULTIPLIED} {told}, which is right if {told} ≠ 0"
            return f"{MULTIPLIED} {told}"
    return f"{MULTIPLIED} a factor, which is right where that is not 0"


def _renamed(root: Basic, unknowns: Collection[Basic], mark: str) -> Basic:
    """The expression with other names for its unknowns."""
    names = {each: symbol(f"{mark}blank{number}") for number, each in enumerate(unknowns)}
    return transform(root, lambda node: names.get(node, node))


def _factors(answer: Basic, key: Basic, unknowns: Set[Basic]) -> Iterator[Basic]:
    """What the factor may be: a part of an equation that is free of the unknowns, a product or
    quotient of two."""
    found: dict[Basic, None] = {ONE: None}
    for node in (*postorder(answer), *postorder(key)):
        if type(node) is not Equation and unknowns.isdisjoint(postorder(node)):
            found[node] = None
    several = list(found)[:_MOST_FACTORS]
    for part in several:
        yield part
        yield Negative(part)
    for one, other in combinations_with_replacement(several[1:], 2):
        yield Times(one, other)
        yield Over(one, other)
        yield Over(other, one)
    yield from (Over(ONE, part) for part in several[1:])
