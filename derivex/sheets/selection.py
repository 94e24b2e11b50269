"""Leaving things out of a sheet, and only what can be found out and stands nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from textwrap import shorten

from sympy.core.basic import Basic

from derivex.expression import Gap, integer
from derivex.rulebook import RuleBook
from derivex.sheets.blank import BlankKind
from derivex.sheets.candidates import At, Candidate, is_made, is_reckoning
from derivex.sheets.determined import Solver, State
from derivex.sheets.forms import form_of, what_it_took
from derivex.sheets.knowledge import SheetKnowledge
from derivex.sheets.places import Places, replaced
from derivex.sheets.sheet import gaps_in
from derivex.sheets.standing import Standing
from derivex.sheets.worked import Worked

__all__ = ["READABLE", "Chosen", "Selection", "Snapshot"]

_NAMED = "its name stands in the text of the sheet"
_ELSEWHERE = "it stands elsewhere on the sheet"
_IN_TEXT = "it stands in the text of the sheet"
_TAKEN = "something else is left out there"
READABLE = frozenset((_NAMED, _ELSEWHERE, _IN_TEXT))
"""Why something cannot be left out that can be read elsewhere."""

_SHOWN = 60  # characters of a text in which an answer stands

Snapshot = tuple[list["Chosen"], dict[At, Basic], dict[At, int]]
"""What was left out at some time."""


@dataclass(frozen=True)
class Chosen:
    """A blank that was chosen, before the blanks are numbered in reading order.

    Args:
        number: a number that only tells it from the others.
        candidate: what is left out.
        form: the form that is asked for.
        points: what it is worth.
        removed: what the step of the row has rewritten.
    """

    number: int
    candidate: Candidate
    form: str
    points: int = 1
    removed: tuple[Basic, ...] = ()


@dataclass
class Selection:
    """The blanks chosen so far, and what is to be seen of the rows with them.

    Args:
        exercises: the exercises, complete.
        knowledge: the definitions, by which rows are equal.
        book: the rules.
        texts: what else is to be read on the sheet.
        solver: decides what is determined; one of its own if it is left out.
    """

    exercises: Sequence[Worked]
    knowledge: SheetKnowledge
    book: RuleBook
    texts: Sequence[str]
    solver: Solver | None = None
    chosen: list[Chosen] = field(default_factory=list)
    shown: dict[At, Basic] = field(default_factory=dict)
    hidden: dict[At, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._solver = self.solver or Solver(self.book, self.knowledge)
        self._rows = {
            At(number, column, row): each
            for number, exercise in enumerate(self.exercises)
            for column, rows_there in enumerate(exercise.columns)
            for row, each in enumerate(rows_there)
        }
        self._texts = Standing(self.texts)
        self._said = Standing([*self.texts, *(row.says for row in self._rows.values())])
        self._where = Places({at: row.expression for at, row in self._rows.items()})

    # -- leaving out ---------------------------------------------------------------------------

    def leave_out(self, candidate: Candidate, points: int = 1) -> str:
        """Leave something out, wherever it stands.

        The name of a rule is left out beside every row for which it is given, an expression in
        every row where it stands; in each exercise that is one blank.

        Returns:
            Why that cannot be; "" where it was left out.
        """
        before = self.snapshot()
        leave = self._leave_out_rule if candidate.kind is BlankKind.RULE else self._leave_out_part
        why = leave(candidate, points)
        if not why:
            new = {each.candidate.at.exercise for each in self.chosen[len(before[0]) :]}
            state = State(self.exercises, self.shown, self.hidden, self.answers)
            if any(self._solver.undetermined(state, number) for number in sorted(new)):
                why = "what remains does not determine it"
        if why:
            self.restore(before)
        return why

    def tells_where(self, candidate: Candidate) -> str:
        """Where else on the sheet something can be read: "in line 2 of exercise 1"; or ""."""
        answer = candidate.answer
        for text in self.texts:
            there = Standing([text])
            if there.says(candidate.says) if answer is None else there.tells(answer):
                return f"in “{shorten(text, _SHOWN, placeholder=' …')}”"
        if answer is None:
            rows = [at for at, row in self._rows.items() if candidate.says in row.says]
            rows = [at for at in rows if self._rows[at].says != candidate.says]
        else:
            same = self._where.of(answer)
            rows = [*self._where.looking_like(answer)]
            rows += [at for at in same if not (self._made_at(at) or self._lives_on(at, same))]
        places = [f"in line {at.row + 1} of exercise {at.exercise + 1}" for at in rows]
        return next(iter(places), "")

    def snapshot(self) -> Snapshot:
        """What is left out now, so that it can be gone back to."""
        return list(self.chosen), dict(self.shown), dict(self.hidden)

    def restore(self, before: Snapshot) -> None:
        """Go back to what was left out before."""
        self.chosen, self.shown, self.hidden = before

    def blanks_in(self, exercise: int) -> int:
        """How many blanks an exercise has."""
        return sum(each.candidate.at.exercise == exercise for each in self.chosen)

    def is_untouched(self, at: At) -> bool:
        """Whether nothing is left out of a row."""
        return at not in self.hidden and at not in self.shown

    def stands_apart(self, at: At) -> bool:
        """Whether neither the row above nor the one below is left out as a whole."""
        beside = (replace(at, row=at.row - 1), replace(at, row=at.row + 1))
        return all(type(self.shown.get(each)) is not Gap for each in beside)

    @property
    def answers(self) -> dict[int, Basic]:
        """What belongs into each gap."""
        return {
            each.number: each.candidate.answer
            for each in self.chosen
            if each.candidate.answer is not None
        }

    def _leave_out_rule(self, wanted: Candidate, points: int) -> str:
        if self._texts.says(wanted.says):
            return _NAMED
        numbers: dict[int, int] = {}
        for at, row in self._rows.items():
            if row.says != wanted.says:
                if wanted.says in row.says and at not in self.hidden:
                    return _ELSEWHERE
                continue
            if not self._made_at(at) or at in self.hidden or type(self._shown(at)) is Gap:
                if at == wanted.at:
                    return _TAKEN
                there = f"line {at.row + 1} of exercise {at.exercise + 1}"
                return f"it is the reason of {there} as well, of which something else is left out"
            if at.exercise not in numbers:
                worth = points if at.exercise == wanted.at.exercise else 1
                numbers[at.exercise] = self._add(replace(wanted, at=at), "any", worth)
            self.hidden[at] = numbers[at.exercise]
        return ""

    def _leave_out_part(self, wanted: Candidate, points: int) -> str:
        answer = wanted.answer
        assert answer is not None
        if self._overlaps(wanted):
            return _TAKEN
        found = [at for at in self._where.of(answer) if self._said.shows(answer, self._shown(at))]
        if wanted.at not in found:
            return _TAKEN
        if self._where.looking_like(answer) or not all(
            self._made_at(at) or self._lives_on(at, found) for at in found
        ):
            return _ELSEWHERE
        if self._said.tells(answer):
            return _IN_TEXT
        row = self._rows[wanted.at]
        removed = what_it_took(row.changed, answer, self.book)
        form = form_of(wanted.kind, answer, is_reckoning(row), self.book, removed)
        numbers: dict[int, int] = {}
        for at in found:
            if at.exercise not in numbers:
                own = wanted if at.exercise == wanted.at.exercise else replace(wanted, at=at)
                worth = points if own is wanted else 1  # what it is worth is said of one place
                numbers[at.exercise] = self._add(own, form, worth, removed)
            gap = Gap(integer(numbers[at.exercise]))
            self.shown[at] = replaced(self._shown(at), answer, gap)
        return ""

    def _add(
        self, candidate: Candidate, form: str, points: int, removed: tuple[Basic, ...] = ()
    ) -> int:
        number = len(self.chosen) + 1
        self.chosen.append(Chosen(number, candidate, form, points, removed))
        return number

    def _made_at(self, at: At) -> bool:
        """Whether a row is reached from others, so that something may be left out of it."""
        return is_made(self._rows[at], at.row)

    def _lives_on(self, at: At, found: Sequence[At]) -> bool:
        """Whether what stands in a row was made in one above it, of this exercise or of those
        that this one goes on from."""
        first = at.exercise
        while self.exercises[first].goes_on:
            first -= 1
        return any(
            self._made_at(each)
            and (
                first <= each.exercise < at.exercise
                or (each.exercise == at.exercise and at.row and each < at)
            )
            for each in found
        )

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
