"""What a point on kinks is at which 0 is one of the gradients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import differentiate, normal_phase
from derivex.expression import (
    Apply,
    Equation,
    Times,
    free_symbols,
    function_name,
    substitute,
    value_of,
)
from derivex.matching.curvature import Curvature
from derivex.rulebook import RuleBook
from derivex.solving.bent_calls import Bend, new_letters, smoothed
from derivex.solving.definiteness import Verdict
from derivex.solving.flat import kernel_of
from derivex.solving.inertia import inertia
from derivex.solving.jointly import joint_curvature
from derivex.solving.record import Words
from derivex.solving.working import VALUES

__all__ = ["kind_on_kinks"]

_ABS = function_name("abs")


def kind_on_kinks(
    expression: Basic,
    unknowns: Sequence[Symbol],
    smooth: Basic,
    group: Sequence[Bend],
    letters: Sequence[Symbol],
    steepness: Sequence[Basic | None],
    values: Mapping[Symbol, Basic],
    book: RuleBook,
) -> tuple[Verdict, Words]:
    """By convexity, or by the signs before each |u| and the second derivatives along the kinks.

    Args:
        expression: the function.
        unknowns: its variables.
        smooth: the same with t u for each |u|.
        group: the calls that have a kink at the point.
        letters: the letter t for each.
        steepness: its value; None where it may be any number.
        values: the point.
        book: the rules.
    """
    words: Words = ("the gradient has no value here; with ",)
    for place, (bend, letter) in enumerate(zip(group, letters, strict=True)):
        slanted = Times(letter, bend.inside)
        size = Apply(_ABS, bend.inside)
        words = (*words, *((", ",) if place else ()), slanted, " for ", size)
    words = (*words, " all slopes are 0 ")
    told = [
        Equation(letter, value)
        for letter, value in zip(letters, steepness, strict=True)
        if value is not None
    ]
    for place, each in enumerate(told):
        words = (*words, ", " if place else "for ", each)
    words = (*words, ", from −1 to 1" if told else "whatever the number before it is")
    curvature = joint_curvature(expression, unknowns, book)
    if curvature & Curvature.CONVEX:
        words = (*words, ", so 0 is a subgradient; the function is convex: a global minimum")
        return Verdict.MINIMUM, words
    if curvature & Curvature.CONCAVE:
        words = (*words, ", so 0 is a supergradient; the function is concave: a global maximum")
        return Verdict.MAXIMUM, words
    decided = _by_second(expression, smooth, group, letters, steepness, values, book)
    return (Verdict.UNDECIDED, words) if decided is None else (decided[0], (*words, decided[1]))


def _by_second(
    expression: Basic,
    smooth: Basic,
    group: Sequence[Bend],
    letters: Sequence[Symbol],
    steepness: Sequence[Basic | None],
    values: Mapping[Symbol, Basic],
    book: RuleBook,
) -> tuple[Verdict, str] | None:
    """By the signs before each |u| and the second derivatives along the kinks."""
    if any(each is None for each in steepness) or any(map(free_symbols, values.values())):
        return None
    there = {**values, **dict(zip(letters, steepness, strict=True))}

    def slope(of: Basic, *by: Symbol) -> Fraction | None:
        for name in by:
            of = differentiate(of, [name], book).result
        found = normal_phase(substitute(of, dict(there)), book, *VALUES).result
        return value_of(found)

    for each in steepness:
        known = None if each is None else value_of(each)
        if known is None or abs(known) >= 1:
            return None
    names = tuple(values)
    normals = _known([[slope(bend.inside, name) for name in names] for bend in group])
    # How the function grows with |u|.
    growth: list[Fraction | None] = []
    for place, bend in enumerate(group):
        size = new_letters(1, {*free_symbols(expression), *there})[0]
        others = [each for other, each in enumerate(group) if other != place]
        alone = substitute(expression, {bend.call: size})
        alone = smoothed(alone, others, [each for each in letters if each is not letters[place]])
        there[size] = substitute(bend.middle, dict(values))
        found = slope(alone, size)
        growth.append(None if found is None else found * bend.factor)
    hessian = _known([[slope(smooth, one, other) for other in names] for one in names])
    grows = _known([growth])
    if normals is None or hessian is None or grows is None:
        return None
    directions = kernel_of(normals)
    if len(directions) != len(names) - len(group):
        return None
    every = range(len(names))
    inside = [
        [
            sum((u[i] * hessian[i][j] * v[j] for i in every for j in every), Fraction(0))
            for v in directions
        ]
        for u in directions
    ]
    positive, negative, zero = inertia(inside) if inside else (0, 0, 0)
    up = sum(value > 0 for value in grows[0]) + positive
    down = sum(value < 0 for value in grows[0]) + negative
    if up and down:
        return (
            Verdict.SADDLE,
            ", and it rises along some directions and falls along others",
        )
    if zero or up + down < len(names):
        return None
    along = " and along it" if inside else ""
    rises = "rises" if up else "falls"
    return (
        Verdict.MINIMUM if up else Verdict.MAXIMUM,
        f", and strictly between these, so it {rises} away from the kink{along}",
    )


def _known(rows: Sequence[Sequence[Fraction | None]]) -> list[list[Fraction]] | None:
    """The rows, if all their entries are known."""
    found = [[value for value in row if value is not None] for row in rows]
    return found if all(len(a) == len(b) for a, b in zip(found, rows, strict=True)) else None
