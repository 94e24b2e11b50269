"""Values of functions beside the value of their argument: a = 2, f(a) = 4."""

from __future__ import annotations

from dataclasses import replace

from sympy.core.basic import Basic

from derivex.checking.given import is_defined
from derivex.checking.links import Finding, assignments, judge_link, put_in_values
from derivex.checking.progress import Column, Progress, Spot
from derivex.checking.rounding import places_of
from derivex.expression import Apply, Decimal, free_symbols

__all__ = ["at_values", "restated"]


def at_values(
    before: Basic, after: Basic, sign: str, number: int, progress: Progress
) -> Finding | None:
    """What is found of f(a) = 4 where a has a value; None if that is not certain.

    It is where it holds, and where the row right before gives the value: a = 2.

    Args:
        before: the function of a letter.
        after: a number.
        sign: what stands between them.
        number: of the row in which they stand.
        progress: what is known.
    """
    if type(before) is not Apply or free_symbols(after) or not is_defined(before, after, progress):
        return None
    knowledge = progress.knowledge
    values = {
        name: knowledge.values[name][0] for name in before.args[1:] if name in knowledge.values
    }
    if len(values) < len(before.args) - 1:
        return None
    found = judge_link(put_in_values(before, values), after, knowledge, sign)
    told = "with " + assignments(values)
    found = replace(found, note="; ".join(filter(None, (found.note, told))))
    row = progress.derivation.rows[number - 1] if number else None
    given = row is not None and any(
        len(chain.formulas) > 1 and chain.formulas[0].expression in values for chain in row.chains
    )
    if found.holds or (found.verdict == "wrong" and given):
        return found
    earlier = judge_link(before, after, knowledge, sign)
    return earlier if earlier.holds else None


def restated(spot: Spot, column: Column, progress: Progress) -> Finding | None:
    """What is found of a lone number in brackets after a rounded one: f(a) ≈ 4.004 (4.004001).

    None for anything else.
    """
    formula = spot.formula
    value, exact, rounded = formula.expression, column.exact, column.last
    if len(spot.chain.formulas) != 1 or exact is None or not formula.text.strip().startswith("("):
        return None
    if not (isinstance(value, Decimal) and isinstance(rounded, Decimal)):
        return None
    if places_of(value) <= places_of(rounded):
        return None
    if type(exact) is Apply:
        return at_values(exact, value, "=", column.row, progress)
    found = judge_link(exact, value, progress.knowledge)
    return found if found.verdict != "undecided" else None
