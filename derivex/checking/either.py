"""Rows that say that one of several equations holds: x = 2 or x = 3, x_1 = 2 and x_2 = 3.

Together they must leave no solution out, and each for itself must solve what stands before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.links import Finding
from derivex.checking.plain_unknowns import with_plain_unknowns
from derivex.checking.progress import Progress
from derivex.checking.solutions import rounded_to
from derivex.checking.systems import judge_equations, one_holds
from derivex.documents import HandRow
from derivex.expression import (
    ZERO,
    Equation,
    Negative,
    Plus,
    Times,
    free_symbols,
)

__all__ = ["either", "judge_either"]


def either(row: HandRow, equations: Sequence[Basic], progress: Progress) -> list[Basic] | None:
    """The equations of a row of which one holds; None if all of them are meant to.

    Args:
        row: the row.
        equations: one for each of its chains.
        progress: the equations that are being solved.
    """
    if len(equations) < 2 or len(equations) != len(row.chains) or not progress.systems:
        return None
    plain = [with_plain_unknowns(each, progress.systems) for each in equations]
    if row.connective == "or":
        return plain
    left = {each.args[0] for each in plain}
    values = {each.args[1] for each in plain}
    one_name = len(left) == 1 and isinstance(next(iter(left)), Symbol)
    fixed = len(values) == len(plain) and not any(map(free_symbols, values))
    return plain if one_name and fixed else None


def judge_either(
    equations: Sequence[Basic], row: HandRow, progress: Progress
) -> tuple[list[Finding], Basic]:
    """What is found about each equation of such a row, and all of them as one equation.

    Args:
        equations: those of which one holds.
        row: the row.
        progress: what is known.

    Returns:
        a finding for each; and the equation that holds where one of them does: a product is 0.
    """
    product = Equation(Times(*map(_difference, equations)), ZERO)
    if any(rounded_to(each) is not None for each in equations):
        return one_holds(progress.systems[-1], equations, progress.knowledge), product
    found = judge_equations(progress.systems, [product], progress.knowledge, "⇒", row.claim)
    assert found is not None
    whole = found
    findings = [_alone(each, progress) or whole for each in equations]
    right = Finding("tested", "holds at a solution of the equations before")
    if not whole.holds and any(each is not whole for each in findings):
        # What is lost may be what another one should have been.
        findings = [right if each is whole else each for each in findings]
    elif not whole.holds and whole.verdict == "wrong":
        note = "a solution is missing: " + whole.note.removeprefix("a solution is lost: ")
        if "lost" not in whole.note:
            note = "a solution is missing"
        findings = [*[right] * (len(findings) - 1), replace(whole, note=note)]
    return findings, product


def _alone(equation: Basic, progress: Progress) -> Finding | None:
    """That one of them does not solve what stands before; None if it does, or nobody can say."""
    names = free_symbols(equation).keys()
    given = [each for each in progress.systems[-1] if free_symbols(each).keys() <= names]
    if not given:
        return None
    found = judge_equations([[equation]], given, progress.knowledge, "⇒")
    if found is None or found.verdict != "wrong":
        return None
    return replace(found, note="it does not solve the equations before")


def _difference(equation: Basic) -> Basic:
    left, right = equation.args
    return left if right is ZERO else Plus(left, Negative(right))
