"""Exercises that go on from others: what was worked out is set to zero, or gets values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sympy.core.basic import Basic

from derivex.expression import ZERO, Equation
from derivex.expression.array_nodes import DERIVATIVES
from derivex.sheets.worked import Worked, set_to_zero

__all__ = ["going_on", "without_repetition"]

_FOR = " for "


def going_on(exercises: Sequence[Worked]) -> list[Worked]:
    """The exercises, where one that begins with what others led to goes on from them.

    Its task does not say what that was, so that it can be left out of all of them.
    """
    made = list(exercises)
    ends: dict[Basic, int] = {}
    for at, exercise in enumerate(exercises):
        beginnings = _set_to_zero(exercise) or _unsaid_start(exercise)
        first = min((ends.get(each, at) for each in beginnings), default=at)
        is_known = bool(beginnings) and all(each in ends for each in beginnings)
        if exercise.kind == "derivation":
            ends[exercise.rows[-1].expression] = at
        elif is_known and first + len(beginnings) == at:
            made[at] = _setting_to_zero(exercise, exercises[first:at])
        else:
            continue
        if is_known:
            for between in range(first + 1, at + 1):
                made[between] = replace(made[between], goes_on=True)
    return made


def without_repetition(exercises: Sequence[Worked], above: Sequence[Worked]) -> int:
    """How many exercises at the beginning of some are those that stand right above."""
    for count in range(min(len(exercises), len(above)), 0, -1):
        pairs = zip(exercises[:count], above[-count:], strict=True)
        if all(one.columns == other.columns for one, other in pairs):
            return count
    return 0


def _set_to_zero(exercise: Worked) -> list[Basic]:
    """What an exercise sets to zero, as its task says; nothing where it does otherwise."""
    if exercise.kind != "equations" or exercise.goes_on or _FOR not in exercise.words:
        return []
    told = exercise.words[: exercise.words.index(_FOR)]
    equations = [word for word in told if isinstance(word, Basic)]
    if not all(type(each) is Equation and each.args[1] is ZERO for each in equations):
        return []
    return [each.args[0] for each in equations]


def _unsaid_start(exercise: Worked) -> list[Basic]:
    """What a derivation begins with, where its task does not say it."""
    start = exercise.rows[0].expression
    is_unsaid = exercise.kind == "derivation" and start not in exercise.words
    return [start] if is_unsaid else []


def _setting_to_zero(exercise: Worked, above: Sequence[Worked]) -> Worked:
    slopes = all(type(each.rows[0].expression) in DERIVATIVES for each in above)
    unknowns = exercise.words[exercise.words.index(_FOR) + 1 :]
    return replace(exercise, words=set_to_zero(len(above), slopes, unknowns))
