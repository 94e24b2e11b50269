"""Kinks of a function of several variables: |x| + |y| at (0, 0), |x − y| + x² + y² at (0, 0).

On a kink u = 0 the slopes of |u| are those of t u with t from −1 to 1, and a function can be
least only where, for some such t, all its partial derivatives are 0 with t u in the place of |u|:
0 is one of the (generalised) gradients (F. Clarke, 1983).  If |t| < 1 and the second derivatives
are positive along the kink, it is a minimum, as with a multiplier t.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import differentiate
from derivex.expression import ONE, ZERO, Equation, Negative, Plus, free_symbols
from derivex.rulebook import RuleBook
from derivex.solving.bent_calls import Bend, bent_calls, new_letters, smoothed
from derivex.solving.beside import sign_at
from derivex.solving.by_cases import solve_by_cases
from derivex.solving.definiteness import Verdict
from derivex.solving.eliminate import Outcome
from derivex.solving.kind_on_kinks import kind_on_kinks
from derivex.solving.record import Words

__all__ = ["JointKinks", "Met", "joint_kinks"]

_MOST_SYSTEMS = 16


@dataclass(frozen=True, eq=False)
class Met:
    """A point on kinks at which 0 is one of the gradients.

    Args:
        values: where it is; on a whole line of such points not all variables have one.
        verdict: what it is.
        reason: why.
    """

    values: Mapping[Symbol, Basic]
    verdict: Verdict
    reason: Words


@dataclass(frozen=True)
class JointKinks:
    """The points on kinks, and the kinks that could not be looked at to their end."""

    points: tuple[Met, ...]
    unsolved: tuple[Basic, ...]


def joint_kinks(
    expression: Basic, unknowns: Sequence[Symbol], book: RuleBook, within: Sequence[Basic] = ()
) -> JointKinks:
    """The points on kinks at which a function of several variables may be least or greatest.

    Args:
        expression: the function, as :func:`~derivex.solving.beside.with_branches` gives it.
        unknowns: its variables.
        book: the rules.
        within: where solutions are looked for.
    """
    found: list[Met] = []
    all_bends, unsolved = bent_calls(expression, unknowns)
    groups: Iterator[tuple[Bend, ...]] = (
        group for size in range(1, len(unknowns) + 1) for group in combinations(all_bends, size)
    )
    for place, group in enumerate(groups):
        if place >= _MOST_SYSTEMS:
            unsolved += [Equation(bend.inside, ZERO) for bend in group]
            continue
        letters = new_letters(len(group), {*free_symbols(expression), *unknowns})
        smooth = smoothed(expression, group, letters)
        slopes = [differentiate(smooth, [name], book) for name in unknowns]
        if any(slope.stuck for slope in slopes):
            unsolved += [Equation(bend.inside, ZERO) for bend in group]
            continue
        system = (
            *[Equation(bend.inside, ZERO) for bend in group],
            *[Equation(slope.result, ZERO) for slope in slopes],
        )
        solution = solve_by_cases(system, (*unknowns, *letters), book, within)
        if solution is None or solution.outcome is Outcome.NOT_SOLVED:
            unsolved += system[: len(group)]
        for point in () if solution is None else solution.points:
            steepness = [point.values.get(letter) for letter in letters]
            if not point.exact:
                unsolved += system[: len(group)]
            elif all(each is None or _is_slope(each, book) for each in steepness):
                values = {name: point.values[name] for name in unknowns if name in point.values}
                kind = kind_on_kinks(
                    expression, unknowns, smooth, group, letters, steepness, values, book
                )
                found.append(Met(values, *kind))
    return JointKinks(tuple(found), tuple(dict.fromkeys(unsolved)))


def _is_slope(value: Basic, book: RuleBook) -> bool:
    """Whether a number is not seen to be outside of −1 and 1."""
    above = sign_at(Plus(value, Negative(ONE)), {}, book)
    below = sign_at(Plus(value, ONE), {}, book)
    return above != 1 and below != -1
