"""Points under constraints at which the function, or a constraint, has a kink.

The multipliers miss them, since there is no gradient.  Where each constraint gives one variable by
the others, it is put into the function, which then has kinks of its own.  Otherwise the kinks on
the constraints are candidates only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import normal_phase
from derivex.expression import ZERO, Equation, Negative, Over, free_symbols, substitute, value_of
from derivex.rulebook import RuleBook
from derivex.rulebook.procedures.equations import coefficients_of
from derivex.solving.beside import bends, with_branches
from derivex.solving.by_cases import solve_by_cases
from derivex.solving.corners import Corner, corners_of, roots_of
from derivex.solving.definiteness import Verdict
from derivex.solving.eliminate import Outcome
from derivex.solving.record import Words
from derivex.solving.solution import Solution
from derivex.solving.working import VALUES

__all__ = ["kinks_under_constraints"]


def kinks_under_constraints(
    expression: Basic,
    gaps: Sequence[Basic],
    unknowns: Sequence[Symbol],
    solution: Solution,
    book: RuleBook,
    within: Sequence[Basic] = (),
) -> tuple[tuple[Corner, ...], Words]:
    """The points on kinks that satisfy the constraints.

    Args:
        expression: the function.
        gaps: the constraints, each as what is 0.
        unknowns: the variables.
        solution: the stationary points of the Lagrange function.
        book: the rules.
        within: where solutions are looked for.

    Returns:
        The points, and what is to be said where some may be missing.
    """
    whole = [with_branches(each, book) for each in (expression, *gaps)]
    kinks = list(
        dict.fromkeys(
            kink
            for each in whole
            for kink in (*bends(each, tuple(unknowns)), *roots_of(each, unknowns))
        )
    )
    if not kinks:
        return (), ()
    explicit = _explicit(gaps, unknowns, book)
    if explicit is not None:
        return _put_in(expression, explicit, unknowns, solution, book, within)
    return _on_constraints(expression, gaps, kinks, unknowns, book, within)


def _explicit(
    gaps: Sequence[Basic], unknowns: Sequence[Symbol], book: RuleBook
) -> dict[Symbol, Basic] | None:
    """One variable for each constraint, by those that are left; None where there is none."""
    found: dict[Symbol, Basic] = {}
    for gap in gaps:
        gap = substitute(gap, dict(found))
        for unknown in reversed([name for name in unknowns if name not in found]):
            parts = coefficients_of(gap, unknown)
            if parts is None or len(parts) != 2 or value_of(parts[1]) is None:
                continue
            if unknown in free_symbols(parts[0]):
                continue
            value = normal_phase(Over(Negative(parts[0]), parts[1]), book, *VALUES).result
            found = {name: substitute(known, {unknown: value}) for name, known in found.items()}
            found[unknown] = value
            break
        else:
            return None
    return found


def _put_in(
    expression: Basic,
    explicit: Mapping[Symbol, Basic],
    unknowns: Sequence[Symbol],
    solution: Solution,
    book: RuleBook,
    within: Sequence[Basic],
) -> tuple[tuple[Corner, ...], Words]:
    """The kinks of the function with the constraints put into it."""
    left = [name for name in unknowns if name not in explicit]
    reduced = normal_phase(substitute(expression, dict(explicit)), book, *VALUES).result
    bare = replace(solution, undefined=())
    found, unsolved = corners_of(reduced, left, bare, book, within)
    told: list[str | Basic] = ["with "]
    for place, (name, value) in enumerate(explicit.items()):
        told += [" and "] if place else []
        told.append(Equation(name, value))
    corners = []
    for corner in found:
        values = dict(corner.values)
        for name, value in explicit.items():
            values[name] = normal_phase(substitute(value, dict(values)), book, *VALUES).result
        ordered = {name: values[name] for name in unknowns if name in values}
        reason = (*told, " put in, ", *corner.reason)
        corners.append(Corner(ordered, corner.verdict, reason, corner.proofs))
    return tuple(corners), _missing(unsolved)


def _on_constraints(
    expression: Basic,
    gaps: Sequence[Basic],
    kinks: Sequence[Basic],
    unknowns: Sequence[Symbol],
    book: RuleBook,
    within: Sequence[Basic],
) -> tuple[tuple[Corner, ...], Words]:
    """The kinks that lie on the constraints, where these are single points: candidates."""
    corners: list[Corner] = []
    missing: list[Basic] = []
    for kink in kinks:
        equations = tuple(Equation(each, ZERO) for each in (*gaps, kink))
        found = solve_by_cases(equations, tuple(unknowns), book, within)
        whole = found is not None and found.outcome is not Outcome.NOT_SOLVED
        for point in () if found is None else found.points:
            if not point.is_single or set(point.values) != set(unknowns):
                whole = False
                continue
            if any(dict(point.values) == dict(other.values) for other in corners):
                continue
            here = normal_phase(substitute(expression, dict(point.values)), book, *VALUES).result
            words: Words = (
                "the Lagrange function has a kink here; the function is ",
                here,
                ": a candidate besides, to be compared with the others",
            )
            corners.append(Corner(point.values, Verdict.UNDECIDED, words))
        if not whole:
            missing.append(Equation(kink, ZERO))
    return tuple(corners), _missing(missing)


def _missing(unsolved: Sequence[Basic]) -> Words:
    if not unsolved:
        return ()
    told: list[str | Basic] = ["where "]
    for place, relation in enumerate(unsolved):
        told += [" or "] if place else []
        told.append(relation)
    return (*told, " there are kinks, on which this method may miss a point")
