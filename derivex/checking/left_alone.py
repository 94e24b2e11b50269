"""What is not worked out: words, sets, and operators such as argmax, of which only what stands
under them is compared."""

from __future__ import annotations

from dataclasses import replace

from derivex.checking.given import EQUALITIES
from derivex.checking.links import Finding, judge_link
from derivex.checking.premises import new_premise
from derivex.checking.progress import Column, Progress, Spot
from derivex.documents import Formula

__all__ = ["left_alone"]


def left_alone(spot: Spot, column: Column, progress: Progress) -> Finding | None:
    """What is said of a formula that is left alone; None where it is told with the next one.

    Args:
        spot: where it stands.
        column: what stands before it; that it was left alone is remembered there.
        progress: what is known.
    """
    formula, sign, chain = spot.formula, spot.sign, spot.chain
    before, first = column.operated, spot.position == 0
    column.skipped, column.operated = True, formula if formula.operator else None
    alone = first and len(chain.formulas) == 1 and not sign
    if first and not chain.continues and not alone:
        return None
    if formula.aside:
        return Finding("definition", f"{formula.aside}: left alone")
    if before is not None and sign in EQUALITIES:
        return _under_operators(before, formula, progress)
    if spot.opening and chain.formulas[0].expression is not None:
        return Finding("definition", f"says what stands for {formula.operator}")
    if alone or (before is None and column.last is None):
        return Finding("definition", "the start")
    return Finding("undecided", f"what {formula.operator} is, is not worked out")


def _under_operators(before: Formula, after: Formula, progress: Progress) -> Finding:
    """Whether two formulas with the same operator are equal, as what stands under it is."""
    if before.operator != after.operator:
        return Finding("undecided", f"{before.operator} and {after.operator} differ")
    assert before.operand is not None and after.operand is not None
    known = progress.knowledge
    knowledge = replace(known, identities=(*known.identities, *after.given))
    finding = judge_link(before.operand, after.operand, knowledge)
    if finding.holds:
        return replace(finding, note=f"under {after.operator} stand equal things")
    premise = new_premise(before.operand, after.operand, knowledge, {})
    if premise:
        return Finding("definition", premise)
    return Finding("undecided", f"under {after.operator} other things may be equal as well")
