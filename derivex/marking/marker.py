"""Marking: every blank of a student judged, follow-up errors not punished twice."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sympy.core.basic import Basic

from derivex.checking.links import Finding
from derivex.errors import DerivexError
from derivex.expression import Equation, Gap
from derivex.marking.answers import MAX_ANSWER, Answers
from derivex.marking.grounds import EQUIVALENT, ROUNDED, Grounds
from derivex.marking.marked import MarkedAnswers, MarkedBlank
from derivex.marking.progress import Progress
from derivex.marking.reasons import judged_reason
from derivex.marking.scheme import DEFAULT_SCHEME, REPEATED, BlankVerdict, Scheme
from derivex.rulebook import RuleBook
from derivex.sheets import Blank, BlankKind, Exercise, Sheet, SheetRow, gaps_in, other_form

__all__ = ["Marker"]

_MOST_KEPT = 50_000  # judgements; many students write the same
_Kept = TypeVar("_Kept")


@dataclass(frozen=True)
class _Place:
    """Where a blank stands: its exercise, its column there, and the number of its row."""

    exercise: Exercise
    column: int
    number: int

    @property
    def rows(self) -> tuple[SheetRow, ...]:
        return self.exercise.columns[self.column]

    @property
    def row(self) -> SheetRow:
        return self.rows[self.number]


@dataclass(frozen=True)
class _Judged:
    """A verdict on one answer.

    Args:
        verdict: what was found.
        note: what that rests on.
        tree: the answer as it was read; None for words, and where nothing was read.
        share: what of the points is given, by name; the verdict's if it is "".
        diagnosis: the likely mistakes.
    """

    verdict: BlankVerdict
    note: str = ""
    tree: Basic | None = None
    share: str = ""
    diagnosis: tuple[str, ...] = ()


class Marker:
    """Marks the answers of any number of students to one sheet.

    What is found about an answer is kept for the next student who writes the same.

    Args:
        sheet: the sheet with its answers: the key.
        book: the rules.
        scheme: what verdicts are worth.
        explain: whether the likely mistakes are looked for, which takes longest.
    """

    def __init__(
        self,
        sheet: Sheet,
        book: RuleBook,
        scheme: Scheme = DEFAULT_SCHEME,
        explain: bool = True,
    ):
        self.sheet, self.scheme, self.explain = sheet, scheme, explain
        self._book = book
        self._grounds = Grounds(sheet, book)
        self._progress = Progress()
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._places: dict[int, _Place] = {}
        for exercise in sheet.exercises:
            for column, rows in enumerate(exercise.columns):
                for at, row in enumerate(rows):
                    for number in row.blanks:  # of several rows with it, the first one asks
                        self._places.setdefault(number, _Place(exercise, column, at))

    def write(self, formula: Basic) -> str:
        """A formula as answers are shown."""
        return self._grounds.write(formula)

    def judge(self, number: int, answer: str) -> MarkedBlank:
        """Judge one answer by itself.

        Raises:
            IndexError: the sheet has no blank of that number.
        """
        blank = self.sheet.blank(number)
        found = self._first(blank, answer)
        return self._marked(blank, answer, self._explained(blank, found, {}))

    def mark(self, answers: Answers) -> MarkedAnswers:
        """Judge all answers of a student, in the order of the sheet."""
        found: dict[int, _Judged] = {}
        for blank in self.sheet.blanks:
            found[blank.number] = self._first(blank, answers.answers.get(blank.number, ""))
        trees = {number: each.tree for number, each in found.items() if each.tree is not None}
        for blank in self.sheet.blanks:
            each = found[blank.number]
            if each.verdict == "wrong" and each.tree is not None:
                found[blank.number] = self._in_context(blank, each, trees, found)
        marked = [
            self._marked(blank, answers.answers.get(blank.number, ""), found[blank.number])
            for blank in self.sheet.blanks
        ]
        return MarkedAnswers(answers.student, tuple(marked), answers.problem)

    # -- one answer by itself --------------------------------------------------------------

    def _first(self, blank: Blank, answer: str) -> _Judged:
        text = answer.strip()
        if not text:
            return _Judged("missing")
        if len(text) > MAX_ANSWER:
            return _Judged("unreadable", f"an answer has at most {MAX_ANSWER} characters")
        return self._keep((blank.number, text), lambda: self._judged(blank, text))

    def _judged(self, blank: Blank, text: str) -> _Judged:
        if blank.kind is BlankKind.RULE:
            verdict, note = judged_reason(blank, text, self._book)
            return _Judged("wrong" if verdict == "wrong" else verdict, note)  # type: ignore[arg-type]
        if self._grounds.is_key(blank, text):
            return _Judged("right", "", blank.answer)
        try:
            trees = self._grounds.readings(self._places[blank.number].exercise, blank, text)
        except DerivexError as error:
            said = f"{error.message}; {error.hint}" if error.hint else error.message
            exercise = self._places[blank.number].exercise
            return _Judged("unreadable", self._grounds.said(exercise, said))
        except (RecursionError, MemoryError):
            return _Judged("unreadable", "this is too large to be read")
        found: _Judged | None = None
        for tree in trees:
            try:
                judged = self._judged_tree(blank, tree)
            except Exception as error:  # whatever it is, it is no verdict on the answer
                judged = _Judged("undecided", f"it could not be compared: {error}", tree)
            if judged.verdict in ("right", "right, other form"):
                return judged
            found = found or judged
        assert found is not None
        return found

    def _judged_tree(self, blank: Blank, tree: Basic) -> _Judged:
        place = self._places[blank.number]
        finding = self._grounds.fits(blank, place.row, tree)
        if not finding.holds:
            if finding.verdict == "wrong":
                strange = self._grounds.strange(tree)
                if strange:
                    noun = "name" if len(strange) == 1 else "names"
                    told = f"the sheet does not have the {noun} {', '.join(strange[:5])}"
                    return _Judged("wrong", told, tree)
                return _Judged("wrong", _difference(finding), tree)
            return _Judged("undecided", finding.note or "it could not be compared", tree)
        assert blank.answer is not None
        repeated = self._repeated(place, tree)
        if repeated is not None and repeated < place.number:
            says = "it repeats a line before: nothing is done"
            return _Judged("right, other form", says, tree, REPEATED)
        against = other_form(tree, blank.answer, blank.form, self._book, blank.removed)
        if not against and finding.note in (ROUNDED, EQUIVALENT):
            against = finding.note
        if repeated is not None:
            against = "it is the line that stands below"
        if against:
            return _Judged("right, other form", against, tree)
        return _Judged("right", finding.note if finding.verdict == "tested" else "", tree)

    def _repeated(self, place: _Place, tree: Basic) -> int | None:
        """The number of another row of the key that an answer for a whole row is."""
        if type(place.row.shown) is not Gap:
            return None
        key = place.row.expression
        for number, row in enumerate(place.rows):
            if number == place.number or (number > place.number and gaps_in(row.shown)):
                continue
            if self._progress.is_none(tree, row.expression, row.expression, key):
                return number
        return None

    # -- with what was answered before -----------------------------------------------------

    def _in_context(
        self,
        blank: Blank,
        judged: _Judged,
        trees: Mapping[int, Basic],
        found: Mapping[int, _Judged],
    ) -> _Judged:
        """A wrong answer in the light of the others: it may be right given an earlier one."""
        place = self._places[blank.number]
        others = {number: trees[number] for number in _near(place) if number in trees}
        wrong = tuple(number for number in others if found[number].verdict in ("wrong", _FOLLOWS))
        key = (blank.number, judged.tree, tuple(others.items()), wrong)
        return self._keep(key, lambda: self._judged_in_context(blank, judged, others, wrong))

    def _judged_in_context(
        self,
        blank: Blank,
        judged: _Judged,
        others: Mapping[int, Basic],
        wrong: tuple[int, ...],
    ) -> _Judged:
        place = self._places[blank.number]
        assert judged.tree is not None and blank.answer is not None
        if self._together(place, others, blank.number):
            return _Judged("right", "together with the others in this row", judged.tree)
        earlier = [number for number in wrong if self._is_before(number, place)]
        if earlier and self._follows(place, others):
            against = other_form(judged.tree, blank.answer, blank.form, self._book, blank.removed)
            told = " and ".join(f"({number})" for number in earlier)
            note = f"right, given what stands in {told}"
            if against:
                form: BlankVerdict = "right, other form"
                least = min((_FOLLOWS, form), key=self.scheme.share)
                return _Judged(_FOLLOWS, f"{note}, but {against}", judged.tree, least)
            return _Judged(_FOLLOWS, note, judged.tree)
        return self._explained(blank, judged, others)

    def _together(self, place: _Place, others: Mapping[int, Basic], number: int) -> bool:
        """Whether a row with several blanks is right with all that was answered in it."""
        gaps = [each for each in place.row.blanks if each != place.row.says_blank]
        if len(gaps) < 2 or not all(each in others for each in gaps):
            return False
        filled = self._grounds.filled(place.row, others)
        return self._grounds.equal(filled, place.row.expression).holds

    def _is_before(self, number: int, place: _Place) -> bool:
        other = self._places[number]
        if other.exercise is not place.exercise:
            return False
        if other.column != place.column:
            return True
        return other.number < place.number

    def _follows(self, place: _Place, others: Mapping[int, Basic]) -> bool:
        """Whether a row follows from the student's own row before it."""
        if place.number == 0:
            return False
        filled = self._grounds.filled
        after = filled(place.row, others)
        before = filled(place.rows[place.number - 1], others)
        key_before = place.rows[place.number - 1].expression
        if self._progress.is_none(after, before, key_before, place.row.expression):
            return False
        if type(after) is not Equation or type(before) is not Equation:
            return self._grounds.equal(after, before).holds
        if self._grounds.equal(after, before).holds:
            return True
        aside = [
            filled(rows[-1], others)
            for column, rows in enumerate(place.exercise.columns)
            if column != place.column and rows
        ]
        given = [each for each in aside if type(each) is Equation]
        return self._grounds.follow([given, [before]] if given else [[before]], after)

    def _explained(self, blank: Blank, judged: _Judged, others: Mapping[int, Basic]) -> _Judged:
        """A wrong answer with the likely mistakes on the way from the row before."""
        if not self.explain or judged.verdict != "wrong" or judged.tree is None:
            return judged
        place = self._places[blank.number]
        filled = self._grounds.filled
        after = filled(place.row, {**others, blank.number: judged.tree})
        before = place.row.expression
        if place.number:
            # What went wrong from one's own line to the next is the mistake.
            before = filled(place.rows[place.number - 1], others)
            if after is before:
                return replace(judged, diagnosis=("it repeats the line before",))
        diagnosis = self._keep(
            ("explained", before, after), lambda: self._grounds.explain(before, after)
        )
        said = judged.note.replace("it is ", "").replace(" and should", " should")
        return replace(judged, diagnosis=tuple(each for each in diagnosis if each != said))

    # -- the outcome -----------------------------------------------------------------------

    def _marked(self, blank: Blank, answer: str, found: _Judged) -> MarkedBlank:
        share = self.scheme.share(found.share or found.verdict)
        write = self._grounds.write
        return MarkedBlank(
            blank.number,
            found.verdict,
            round(blank.points * share, 6),
            blank.points,
            answer[: MAX_ANSWER + 1],
            "" if found.tree is None else write(found.tree),
            blank.says if blank.answer is None else write(blank.answer),
            found.note,
            found.diagnosis,
        )

    def _keep(self, key: Hashable, find: Callable[[], _Kept]) -> _Kept:
        """What was found before for the same question; the oldest is forgotten first."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]  # type: ignore[no-any-return]
        found = self._kept[key] = find()
        if len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return found


_FOLLOWS: BlankVerdict = "follows from an earlier answer"


def _difference(finding: Finding) -> str:
    """Where an answer differs from what belongs there."""
    found = finding.counterexample
    if found is None:
        return finding.note
    where = ", ".join(f"{name} = {value}" for name, value in found.point)
    told = f"it is {found.left} and should be {found.right}"
    return f"at {where} {told}" if where else told


def _near(place: _Place) -> list[int]:
    """The blanks for formulas that a row is judged with: of its exercise up to the row itself."""
    found: list[int] = []
    for column, rows in enumerate(place.exercise.columns):
        last = place.number + 1 if column == place.column else len(rows)
        first = max(0, place.number - 1) if column == place.column else max(0, last - 1)
        for row in rows[first:last]:
            found += [number for number in row.blanks if number != row.says_blank]
    return found
