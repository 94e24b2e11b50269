"""The solutions of the cases beside those that a Gröbner basis certifies."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import acb
from sympy import Symbol
from sympy.core.basic import Basic

from derivex.equality.balls import precision
from derivex.rulebook import RuleBook
from derivex.rulebook.procedures.real_roots import rounded
from derivex.solving.check import check_equation
from derivex.solving.points import (
    BITS,
    Point,
    balls_of,
    has_no_value,
    same_place,
    violated,
)
from derivex.solving.real_solutions import Certificate
from derivex.solving.search import searched

__all__ = ["completed", "enclosure"]

_FROM_BASIS = ("from the Gröbner basis",)


def completed(
    points: Sequence[Point],
    certificate: Certificate,
    equations: Sequence[Basic],
    unknowns: Sequence[Symbol],
    book: RuleBook,
    function: Basic | None = None,
) -> tuple[tuple[Point, ...], int]:
    """The points with those added that the certificate has and they lack; and how many there are.

    Points that are rounded are replaced by what the certificate knows of them.
    """
    kept = [point for point in points if point.exact]
    places = [balls_of(point.values, book) for point in kept]
    count = 0
    added: list[Point] = []
    for solution in certificate.solutions:
        place = dict(solution.balls)
        if violated(equations, place, book) or has_no_value(function, place, book):
            continue
        count += 1
        if any(known is not None and same_place(known, place) for known in places):
            continue
        if solution.exact is not None:
            checks = tuple(
                check_equation(origin, equation, solution.exact, book)
                for origin, equation in enumerate(equations, 1)
            )
            added.append(
                Point(dict(solution.exact), checks=checks, said=("from the Gröbner basis",))
            )
            continue
        with precision(BITS):
            values = {name: rounded(solution.balls[name]) for name in unknowns}
        added.append(Point(values, exact=False, said=_FROM_BASIS))
    return (*kept, *added), count


def enclosure(
    point: Point,
    certificate: Certificate | None,
    equations: Sequence[Basic],
    book: RuleBook,
) -> dict[Symbol, Any] | None:
    """Balls that hold the exact values of a point."""
    if point.exact:
        return balls_of(point.values, book)
    if certificate is None:
        if len(equations) != 1 or len(point.values) != 1:
            return None
        ((unknown, value),) = point.values.items()
        with precision(BITS):
            for ball in searched(equations[0], unknown, book):
                if rounded(ball) is value:
                    return {unknown: acb(ball)}
        return None
    with precision(BITS):
        for solution in certificate.solutions:
            if solution.balls.keys() == point.values.keys() and all(
                rounded(solution.balls[name]) is value for name, value in point.values.items()
            ):
                return dict(solution.balls)
    return None
