"""Choosing what is left out: by kind, number, level and seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from enum import Enum
from math import ceil

from derivex.sheets.blank import BlankKind
from derivex.sheets.candidates import Candidate, candidates
from derivex.sheets.selection import Selection

__all__ = ["Level", "choose"]

_SHORT = 5  # nodes of an answer that is easy to write down


class Level(Enum):
    """How hard a sheet is.

    * easy: a blank for every fifth row: names of rules, and results of arithmetic, short ones
      first;
    * middle: one for every third row: what rules have made, factors, terms and inner derivatives,
      and results;
    * hard: one for more than every second row: whole rows, of which several may follow one
      another, and the longest of what rules have made.

    Every exercise has a blank at least, of another kind if need be.
    """

    EASY = "easy"
    MIDDLE = "middle"
    HARD = "hard"

    @property
    def kinds(self) -> tuple[BlankKind, ...]:
        """What is left out at this level if nothing else is said, the likeliest first."""
        return _KINDS[self]

    def blanks(self, rows: int) -> int:
        """How many blanks there are in so many rows, the start not counted."""
        return max(1, round(0.2 * rows) if self is Level.EASY else ceil(_SHARE[self] * rows))


_SHARE = {Level.MIDDLE: 1 / 3, Level.HARD: 0.55}
_KINDS = {
    Level.EASY: (BlankKind.RESULT, BlankKind.RULE),
    Level.MIDDLE: (BlankKind.FACTOR, BlankKind.RESULT),
    Level.HARD: (BlankKind.LINE, BlankKind.FACTOR),
}


_ANY, _UNTOUCHED, _AND_APART = range(3)


def choose(
    selection: Selection,
    kinds: Sequence[BlankKind],
    count: int | None,
    level: Level,
    seed: int,
) -> None:
    """Leave more out of a sheet.

    Args:
        selection: what is left out so far.
        kinds: what may be left out; none for what the level has.
        count: how many blanks at most; None for as many in each exercise as the level has.
        level: how hard.
        seed: decides between what may as well be left out, in the same way on every version of
            Python.
    """
    chance = random.Random(f"derivex sheet {seed}")
    waiting = _in_order(selection, kinds, level, chance)
    quota = {
        number: level.blanks(len(exercise.rows) - len(exercise.columns))
        for number, exercise in enumerate(selection.exercises)
    }
    turn = list(waiting)
    chance.shuffle(turn)
    while turn:
        going_on = []
        for number in turn:
            if count is not None and len(selection.chosen) >= count:
                return
            full = count is None and selection.blanks_in(number) >= quota[number]
            if not full and _take(selection, waiting[number], count, quota):
                going_on.append(number)
        turn = going_on


def _take(
    selection: Selection, waiting: list[Candidate], count: int | None, quota: dict[int, int]
) -> bool:
    """Leave the first thing out that can be.

    It is of a row of which nothing is left out and that does not stand next to one that is left
    out as a whole, if there is one; else of one of which nothing is left out.
    """
    later: list[Candidate] = []
    for wish in (_AND_APART, _UNTOUCHED, _ANY):
        tried = list(waiting)
        waiting.clear()
        for place, each in enumerate(tried):
            if (wish >= _UNTOUCHED and not selection.is_untouched(each.at)) or (
                wish == _AND_APART and not selection.stands_apart(each.at)
            ):
                waiting.append(each)
                continue
            before = selection.snapshot()
            if selection.leave_out(each):
                continue  # nor will it do once more is left out
            if count is not None:
                good = len(selection.chosen) <= count
            else:
                good = all(selection.blanks_in(number) <= most for number, most in quota.items())
            if good:
                waiting += [*tried[place + 1 :], *later]
                return True
            selection.restore(before)
            later.append(each)
    waiting += later
    return False


def _in_order(
    selection: Selection, kinds: Sequence[BlankKind], level: Level, chance: random.Random
) -> dict[int, list[Candidate]]:
    """What may be left out of each exercise, in the order in which it is tried."""
    ordered: dict[int, list[Candidate]] = {}
    for each in candidates(selection.exercises):
        if not kinds or each.kind in kinds:
            ordered.setdefault(each.at.exercise, []).append(each)
    for there in ordered.values():
        chance.shuffle(there)
        there.sort(key=lambda each: _rank(each, kinds or level.kinds, level))
    return ordered


def _rank(each: Candidate, kinds: Sequence[BlankKind], level: Level) -> tuple[int, int]:
    """Where something stands in the order of a level; what has the same rank is in any order."""
    if each.kind not in kinds:
        return 2, 0  # if nothing else can be left out
    if level is Level.EASY:
        return each.size > _SHORT, 0
    if level is Level.HARD:
        return each.kind is not kinds[0], -each.size
    return 0, 0
