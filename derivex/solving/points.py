"""The solutions that cases end with: put into the equations, compared, completed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.equality import balls
from derivex.equality.balls import evaluate, precision
from derivex.errors import ProblemError
from derivex.expression import (
    ZERO,
    Equation,
    Negative,
    Plus,
    free_symbols,
    substitute,
)
from derivex.expression import number as number_node
from derivex.rulebook import RuleBook
from derivex.rulebook.procedures.sides import OPPOSITE
from derivex.solving.case import Found
from derivex.solving.check import Check, check_equation
from derivex.solving.intervals import Intervals
from derivex.solving.record import Words
from derivex.solving.signs import is_certain

__all__ = [
    "Point",
    "Verified",
    "balls_of",
    "has_no_value",
    "is_near",
    "same_place",
    "verified",
    "violated",
]

BITS = 400
_TINY = 2.0**-150


@dataclass(frozen=True, eq=False)
class Point:
    """A solution of a system of equations.

    Args:
        values: what the unknowns are; rounded where ``exact`` is false.
        free: the unknowns that may be any number.
        relations: equations that hold on a whole curve of solutions.
        exact: whether the values are exact.
        checks: the values put into each equation, where that is worked out.
        said: how it was found, where it was not by the moves of a case.
    """

    values: Mapping[Symbol, Basic]
    free: tuple[Symbol, ...] = ()
    relations: tuple[Basic, ...] = ()
    exact: bool = True
    checks: tuple[Check, ...] = ()
    said: Words = ()

    @property
    def is_single(self) -> bool:
        """Whether it is one point, and no curve or plane of points."""
        return not self.free and not self.relations


@dataclass(frozen=True)
class Verified:
    """What putting the solutions into the equations has shown.

    Args:
        points: those that solve them.
        numbers: for each candidate, which of the points it is; None where it is none.
        notes: why some candidates are no solutions.
        undefined: the candidates at which an equation has no value.
    """

    points: tuple[Point, ...]
    numbers: tuple[int | None, ...]
    notes: tuple[Words, ...]
    undefined: tuple[Mapping[Symbol, Basic], ...]


def balls_of(values: Mapping[Symbol, Basic], book: RuleBook) -> dict[Symbol, Any] | None:
    """The values as balls; None where letters are in them."""
    if any(free_symbols(value) for value in values.values()):
        return None
    with precision(BITS):
        try:
            return {
                name: evaluate(value, {}, book.functions, real=True)
                for name, value in values.items()
            }
        except ProblemError:
            return None


def verified(
    candidates: Sequence[Found],
    equations: Sequence[Basic],
    unknowns: Sequence[Symbol],
    intervals: Intervals,
    book: RuleBook,
    function: Basic | None = None,
) -> Verified:
    """Put the candidates into the equations; the function has to have a value there as well."""
    points: list[Point] = []
    numbers: list[int | None] = []
    notes: list[Words] = []
    undefined: list[Mapping[Symbol, Basic]] = []
    places: list[dict[Symbol, Any] | None] = []
    for found in candidates:
        place = balls_of(found.values, book)
        if place is None and not _has_letters(found):
            notes.append((*_named(found.values), " is no real number"))
            numbers.append(None)
            continue
        same = _same_point(found, place, points, places)
        if same is not None:
            numbers.append(same)
            continue
        single = not (found.free or found.relations)
        outside = [name for name in found.values if not intervals.holds(name, found.values[name])]
        if outside:
            numbers.append(None)
            continue
        wrong = violated(equations, place, book) if place and single and found.exact else None
        if wrong is not None:
            number, has_value = wrong
            if has_value:
                words: Words = (*_named(found.values), f" does not solve ({number})")
            else:
                words = (*_named(found.values), f" is no solution: ({number}) has no value there")
                undefined.append(found.values)
            notes.append(words)
            numbers.append(None)
            continue
        if place and single and has_no_value(function, place, book):
            notes.append(
                (*_named(found.values), " is no solution: the function has no value there")
            )
            numbers.append(None)
            continue
        if function is not None and single and _on_kink(function, found.values, book):
            notes.append((*_named(found.values), " is no solution: the function has a kink there"))
            undefined.append(found.values)
            numbers.append(None)
            continue
        if not single and found.exact:
            wrong = _violated_along(found, equations, unknowns, book)
            if wrong is not None:
                number, has_value = wrong
                said = f" does not solve ({number})"
                if not has_value:
                    said = f" gives no solutions: ({number}) has no value there"
                notes.append((*_named(found.values), said))
                numbers.append(None)
                continue
        checks: tuple[Check, ...] = ()
        if found.exact and not found.relations:
            checks = tuple(
                check_equation(origin, equation, found.values, book)
                for origin, equation in enumerate(equations, 1)
            )
        numbers.append(len(points))
        points.append(Point(found.values, found.free, found.relations, found.exact, checks))
        places.append(place)
    kept, moved = _without_those_on_curves(points, book)
    return Verified(
        kept,
        tuple(None if number is None else moved[number] for number in numbers),
        tuple(dict.fromkeys(notes)),
        tuple(undefined),
    )


def _without_those_on_curves(
    points: Sequence[Point], book: RuleBook
) -> tuple[tuple[Point, ...], list[int]]:
    """The points without those that lie on a whole curve of others, and where each has gone."""
    families = [number for number, point in enumerate(points) if not point.is_single]
    home: dict[int, int] = {}
    for number, point in enumerate(points):
        if point.is_single and point.exact:
            for family in families:
                if _lies_on(point, points[family], book):
                    home[number] = family
                    break
    kept = [number for number in range(len(points)) if number not in home]
    places = {number: place for place, number in enumerate(kept)}
    moved = [places[home.get(number, number)] for number in range(len(points))]
    return tuple(points[number] for number in kept), moved


def _lies_on(point: Point, family: Point, book: RuleBook) -> bool:
    place = balls_of(point.values, book)
    if place is None:
        return False
    with precision(BITS):
        for name, value in family.values.items():
            if not set(free_symbols(value)) <= place.keys():
                return False
            try:
                there = evaluate(value, place, book.functions, real=True)
            except ProblemError:
                return False
            if not is_near(there, place[name]):
                return False
    return violated(family.relations, place, book) is None


def _has_letters(found: Found) -> bool:
    return any(free_symbols(value) for value in found.values.values())


def _same_point(
    found: Found,
    place: dict[Symbol, Any] | None,
    points: Sequence[Point],
    places: Sequence[dict[Symbol, Any] | None],
) -> int | None:
    """Which point the candidate is again."""
    for number, point in enumerate(points):
        if point.free != found.free or set(point.relations) != set(found.relations):
            continue
        if dict(point.values) == dict(found.values):
            return number
        other = places[number]
        if place is not None and other is not None and same_place(place, other):
            return number
    return None


def same_place(first: Mapping[Symbol, Any], second: Mapping[Symbol, Any]) -> bool:
    """Whether two points in error bounds are the same, as far as their digits tell."""
    return first.keys() == second.keys() and all(
        is_near(first[name], second[name]) for name in first
    )


def is_near(first: Any, second: Any) -> bool:
    """Whether two numbers are the same, as far as their digits tell."""
    with precision(BITS):
        return bool((first - second).abs_upper() < _TINY * (1 + first.abs_upper()))


def has_no_value(function: Basic | None, place: Mapping[Symbol, Any], book: RuleBook) -> bool:
    """Whether a function is seen to have no real value at a place; None has one everywhere."""
    if function is None or not set(free_symbols(function)) <= place.keys():
        return False
    return balls.has_no_value(function, place, book.functions, BITS)


_SAMPLES = (Fraction(7, 5), Fraction(-11, 7), Fraction(29, 13), Fraction(-3, 17))
"""Values that unknowns which may be any number are tried with."""


def _violated_along(
    found: Found, equations: Sequence[Basic], unknowns: Sequence[Symbol], book: RuleBook
) -> tuple[int, bool] | None:
    """The first equation that fails at every point tried of a whole line or plane of them."""
    if any(type(each) is Equation for each in found.relations):
        return None
    wrong = None
    free = [name for name in unknowns if name not in found.values]
    for shift in range(len(_SAMPLES)):
        chosen: dict[Basic, Basic] = {
            name: number_node(_SAMPLES[(shift + place) % len(_SAMPLES)])
            for place, name in enumerate(free)
        }
        values: dict[Symbol, Basic] = {
            name: substitute(value, chosen) for name, value in found.values.items()
        }
        values |= {name: chosen[name] for name in free}
        if any(
            is_certain(OPPOSITE[type(each)](*substitute(each, dict(values)).args))
            for each in found.relations
        ):
            continue
        place = balls_of(values, book)
        wrong = None if place is None else violated(equations, place, book)
        if wrong is None:
            return None
    return wrong


def _on_kink(function: Basic, values: Mapping[Symbol, Basic], book: RuleBook) -> bool:
    """Whether a function has two slopes at a point along one of the axes."""
    from derivex.solving.kinks import slopes_differ

    for unknown, value in values.items():
        others = {name: other for name, other in values.items() if name is not unknown}
        if slopes_differ(substitute(function, dict(others)), unknown, value, book):
            return True
    return False


def violated(
    equations: Sequence[Basic], place: dict[Symbol, Any], book: RuleBook
) -> tuple[int, bool] | None:
    """The first equation that does not hold at a place, and whether it has a value there."""
    with precision(BITS):
        for number, equation in enumerate(equations, 1):
            left, right = equation.args
            difference = left if right is ZERO else Plus(left, Negative(right))
            if not set(free_symbols(difference)) <= place.keys():
                continue
            try:
                value = evaluate(difference, place, book.functions, real=True)
            except ProblemError:
                return number, False
            if not value.is_finite():
                return number, False
            if not value.contains(0):
                return number, True
    return None


def _named(values: Mapping[Symbol, Basic]) -> Words:
    words: list[str | Basic] = []
    for name, value in values.items():
        words += [", "] if words else []
        words.append(Equation(name, value))
    return tuple(words)
