"""Excuses: what follows from equations before a link, or contradicts them."""

from __future__ import annotations

from dataclasses import replace

from derivex.checking.case import Case
from derivex.checking.excused_definitions import define_anew
from derivex.checking.implied import contradicted, implied, is_deduced, is_of_implicit
from derivex.checking.links import Finding
from derivex.checking.posed import estimate, solution_in_words, states_value
from derivex.checking.systems import judge_equations, slopes_in

__all__ = [
    "as_concluded",
    "as_contradiction",
    "as_filled_in",
    "as_implied",
    "as_solution_in_words",
    "as_stated_value",
    "as_undecided_conclusion",
]


def as_solution_in_words(case: Case) -> Finding | None:
    """ "And find x = 3", behind an equation for x."""
    return solution_in_words(case.equation, case.spot, case.progress)


def as_concluded(case: Case) -> Finding | None:
    """ "This gives p = k/n", a few words behind an equation for p."""
    found = case.conclusion
    return None if found is None or found.verdict == "undecided" else case.solved(found)


def as_undecided_conclusion(case: Case) -> Finding | None:
    """What may follow from an equation a few words before, though that could not be decided."""
    return case.conclusion


def as_implied(case: Case) -> Finding | None:
    """What follows from the equations that are being solved, or, by its words, should."""
    if not (case.progress.systems or case.progress.earlier):
        return None
    found = implied(case.equation, case.progress)
    if found is not None and found.holds:
        return case.solved(found)
    named = estimate(case.equation, case.progress)
    if named is not None or found is None or found.verdict != "wrong":
        return named
    return found if is_deduced(case.equation, case.spot, case.progress) else None


def as_filled_in(case: Case) -> Finding | None:
    """What equals the formula before by the equations that are being solved."""
    progress, found = case.progress, None
    if progress.systems:
        found = judge_equations(progress.systems, [case.equation], case.known, "⇒")
    if (found is None or not found.holds) and is_of_implicit(case.equation, case.known):
        curve = [some for some in progress.earlier if not any(map(slopes_in, some))][-1:]
        found = judge_equations(curve, [case.equation], case.known, "⇒")
    if found is None or not found.holds:
        return None
    define_anew(case)
    return replace(found, note="by the equations before")


def as_contradiction(case: Case) -> Finding | None:
    """No excuse: it contradicts the equation that says how y depends on x."""
    return contradicted(case.equation, case.spot, case.progress)


def as_stated_value(case: Case) -> Finding | None:
    """No excuse: it says what a derivative of something known is, and that is refuted."""
    wrong = case.finding.verdict == "wrong"
    return case.finding if wrong and states_value(case.before, case.after, case.progress) else None
