"""Choosing what is left out: by kind, number, level and seed, and only what can be found out."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from sympy.core.basic import Basic

from derivex.expression import Gap, integer
from derivex.rulebook import RuleBook
from derivex.sheets.blank import BlankKind
from derivex.sheets.candidates import At, Candidate, candidates, is_reckoning
from derivex.sheets.determined import Solver, State
from derivex.sheets.forms import form_of
from derivex.sheets.knowledge import SheetKnowledge
from derivex.sheets.places import Places, replaced
from derivex.sheets.sheet import gaps_in
from derivex.sheets.standing import Standing
from derivex.sheets.worked import Worked

__all__ = ["Chosen", "Level", "Selection"]

_SHORT = 5  # nodes of an answer that is easy to write down


class Level(Enum):
    """How hard a sheet is.

    * easy: few blanks, one for every four rows or so: names of rules, and results of arithmetic,
      the shortest first;
    * middle: one for every third row: what rules have made, factors, terms and inner
      derivatives, and results;
    * hard: one for every second row: whole rows, of which several may follow one another, and
      the longest of what rules have made.
    """

    EASY = "easy"
    MIDDLE = "middle"
    HARD = "hard"

    @property
    def kinds(self) -> tuple[BlankKind, ...]:
        """What is left out at this level if nothing else is said, the likeliest first."""
        return _KINDS[self]

    @property
    def rows_a_blank(self) -> int:
        """How many rows there are for a blank."""
        return {Level.EASY: 4, Level.MIDDLE: 3, Level.HARD: 2}[self]


_KINDS = {
    Level.EASY: (BlankKind.RESULT, BlankKind.RULE),
    Level.MIDDLE: (BlankKind.FACTOR, BlankKind.RESULT),
    Level.HARD: (BlankKind.LINE, BlankKind.FACTOR),
}


@dataclass(frozen=True)
class Chosen:
    """A blank that was chosen, before the blanks are numbered in reading order.

    Args:
        number: a number that only tells it from the others.
        candidate: what is left out.
        form: the form that is asked for.
        points: what it is worth.
    """

    number: int
    candidate: Candidate
    form: str
    points: int = 1


@dataclass
class Selection:
    """The blanks chosen so far, and what is to be seen of the rows with them.

    Args:
        exercises: the exercises, complete.
        knowledge: the definitions, by which rows are equal.
        book: the rules.
        texts: what else is to be read on the sheet.
    """

    exercises: Sequence[Worked]
    knowledge: SheetKnowledge
    book: RuleBook
    texts: Sequence[str]
    chosen: list[Chosen] = field(default_factory=list)
    shown: dict[At, Basic] = field(default_factory=dict)
    hidden: dict[At, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._solver = Solver(self.book, self.knowledge)
        self._rows = {
            At(number, column, row): each
            for number, exercise in enumerate(self.exercises)
            for column, rows_there in enumerate(exercise.columns)
            for row, each in enumerate(rows_there)
        }
        self._texts = Standing(self.texts)
        self._said = Standing([*self.texts, *(row.says for row in self._rows.values())])
        self._where = Places({at: row.expression for at, row in self._rows.items()})

    # -- choosing ------------------------------------------------------------------------------

    def choose(
        self,
        kinds: Iterable[BlankKind],
        count: int | None,
        level: Level,
        chance: random.Random,
    ) -> None:
        """Choose more blanks.

        Args:
            kinds: what may be left out.
            count: how many at most; None for as many as the level has.
            level: how hard.
            chance: where the choice among equals comes from.
        """
        wanted = set(kinds)
        found = [each for each in candidates(self.exercises) if each.kind in wanted]
        limit = self._usual(level) if count is None else count
        by_exercise = self._in_order(found, level, chance)
        turn = list(by_exercise)
        chance.shuffle(turn)
        while turn and len(self.chosen) < limit:
            going_on = []
            for number in turn:
                if len(self.chosen) >= limit:
                    break
                if any(self._leave_out(group, limit) for group in by_exercise[number]):
                    going_on.append(number)
            turn = going_on

    def _usual(self, level: Level) -> int:
        """How many blanks a level has."""
        return sum(
            max(1, (len(exercise.rows) - len(exercise.columns)) // level.rows_a_blank)
            for exercise in self.exercises
        )

    def _in_order(
        self, found: Sequence[Candidate], level: Level, chance: random.Random
    ) -> dict[int, Iterator[tuple[Candidate, ...]]]:
        """What may be left out of each exercise, in the order in which it is tried.

        The same reason in several rows makes a group: it is left out everywhere or nowhere.
        """
        same_reason: dict[str, list[Candidate]] = {}
        for each in found:
            if each.kind is BlankKind.RULE:
                same_reason.setdefault(each.says, []).append(each)
        groups: dict[int, list[tuple[Candidate, ...]]] = {}
        for each in found:
            if each.kind is not BlankKind.RULE:
                groups.setdefault(each.at.exercise, []).append((each,))
        for members in same_reason.values():
            groups.setdefault(members[0].at.exercise, []).append(tuple(members))
        ordered = {}
        for number, there in sorted(groups.items()):
            chance.shuffle(there)
            kinds = {kind: place for place, kind in enumerate(level.kinds)}
            there.sort(key=lambda group: _rank(group, kinds, level))
            ordered[number] = iter(there)
        return ordered

    # -- leaving out ---------------------------------------------------------------------------

    def leave_out(self, candidate: Candidate, points: int = 1) -> str:
        """Leave something out that was marked by hand.

        Returns:
            Why that cannot be; "" where it was left out.
        """
        group = [candidate]
        if candidate.kind is BlankKind.RULE:
            found = candidates(self.exercises)
            group = [
                each
                for each in found
                if each.kind is BlankKind.RULE and each.says == candidate.says
            ]
        return self._attempt(group, points)

    def _leave_out(self, group: tuple[Candidate, ...], limit: int) -> bool:
        if len(self.chosen) + len(group) > limit:
            return False
        return not self._attempt(group, 1)

    def _attempt(self, group: Sequence[Candidate], points: int) -> str:
        """Leave something out if that can be; else why not, and nothing is changed."""
        before = list(self.chosen), dict(self.shown), dict(self.hidden)
        why = ""
        for each in group:
            why = why or self._try(each, points)
        if not why and group[0].kind is BlankKind.RULE:
            said = (row.says for at, row in self._rows.items() if at not in self.hidden)
            if any(group[0].says in says for says in said):
                why = "it stands elsewhere on the sheet"
        if not why:
            touched = {at.exercise for at in self.shown.keys() | self.hidden.keys()}
            concerned = {each.at.exercise for each in group} & touched
            state = State(self.exercises, self.shown, self.hidden, self.answers)
            if any(self._solver.undetermined(state, number) for number in sorted(concerned)):
                why = "what remains does not determine it"
        if why:
            self.chosen, self.shown, self.hidden = before
        return why

    @property
    def answers(self) -> dict[int, Basic]:
        """What belongs into each gap."""
        return {
            each.number: each.candidate.answer
            for each in self.chosen
            if each.candidate.answer is not None
        }

    def _try(self, each: Candidate, points: int) -> str:
        number = len(self.chosen) + 1
        row = self._rows[each.at]
        if each.kind is BlankKind.RULE:
            if self._texts.says(each.says):
                return "its name stands in the text of the sheet"
            if each.at in self.hidden or type(self._shown(each.at)) is Gap:
                return "something else is left out there"
            self.hidden[each.at] = number
            self.chosen.append(Chosen(number, each, "any", points))
            return ""
        answer = each.answer
        assert answer is not None
        if self._overlaps(each):
            return "something else is left out there"
        gap = Gap(integer(number))
        new: dict[At, Basic] = {}
        for at in self._where.of(answer):
            shown = self._shown(at)
            if at == each.at and row.expression is answer:
                new[at] = gap
            elif self._said.shows(answer, shown):
                earlier = at < each.at and (at.column != each.at.column or not self._made_at(at))
                if at.exercise != each.at.exercise or earlier:
                    return "it stands elsewhere on the sheet"
                new[at] = replaced(shown, answer, gap)
        if self._where.looking_like(answer):
            return "it stands elsewhere on the sheet"
        if self._said.tells(answer):
            return "it stands in the text of the sheet"
        if each.at not in new:
            return "something else is left out there"
        self.shown.update(new)
        form = form_of(each.kind, answer, is_reckoning(row), self.book)
        self.chosen.append(Chosen(number, each, form, points))
        return ""

    def _made_at(self, at: At) -> bool:
        """Whether a row was reached by rules, so that something may be left out of it."""
        row = self._rows[at]
        return bool(at.row and row.rules) and not row.filled

    def _overlaps(self, each: Candidate) -> bool:
        """Whether something of the row is left out that the candidate would take away."""
        shown = self._shown(each.at)
        if type(shown) is Gap:
            return True
        if each.kind is BlankKind.LINE or each.answer is self._complete(each.at):
            return bool(gaps_in(shown)) or (each.kind is BlankKind.LINE and each.at in self.hidden)
        return False

    def _shown(self, at: At) -> Basic:
        found = self.shown.get(at)
        return self._complete(at) if found is None else found

    def _complete(self, at: At) -> Basic:
        return self._rows[at].expression


def _rank(
    group: tuple[Candidate, ...], kinds: Mapping[BlankKind, int], level: Level
) -> tuple[int, int]:
    """Where a group stands in the order of a level; groups of the same rank are in any order."""
    first = group[0]
    if level is Level.EASY:
        return first.size > _SHORT, len(group)
    if level is Level.HARD:
        return kinds.get(first.kind, len(kinds)), -first.size
    return 0, len(group)
