"""Marking: every blank of a student judged, follow-up errors not punished twice."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from sympy.core.basic import Basic

from derivex.expression import Gap
from derivex.marking.alone import Alone, Judged
from derivex.marking.answers import MAX_ANSWER, Answers
from derivex.marking.following import Following
from derivex.marking.grounds import Grounds
from derivex.marking.marked import MarkedAnswers, MarkedBlank
from derivex.marking.places import places_of
from derivex.marking.progress import Progress
from derivex.marking.scheme import DEFAULT_SCHEME, BlankVerdict, Scheme
from derivex.rulebook import RuleBook
from derivex.sheets import Blank, BlankKind, Sheet

__all__ = ["Marker"]

_MOST_KEPT = 50_000  # judgements; many students write the same
_FOLLOWS: BlankVerdict = "follows from an earlier answer"
_Kept = TypeVar("_Kept")


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
        self._grounds = Grounds(sheet, book)
        self._places = places_of(sheet)
        progress = Progress()
        self._alone = Alone(self._grounds, self._places, progress)
        self._following = Following(sheet, self._grounds, self._places, progress)
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()

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
        given = answers.answers
        found = {
            blank.number: self._first(blank, given.get(blank.number, ""))
            for blank in self.sheet.blanks
        }
        trees = {number: each.tree for number, each in found.items() if each.tree is not None}
        for blank in self.sheet.blanks:
            each = found[blank.number]
            if each.verdict == "wrong" and each.tree is not None:
                found[blank.number] = self._in_context(blank, each, trees, found)
        marked = [
            self._marked(blank, given.get(blank.number, ""), found[blank.number])
            for blank in self.sheet.blanks
        ]
        return MarkedAnswers(answers.student, tuple(marked), answers.problem)

    # -- one answer by itself --------------------------------------------------------------

    def _first(self, blank: Blank, answer: str) -> Judged:
        text = answer.strip()
        if not text:
            return Judged("missing")
        if len(text) > MAX_ANSWER:
            return Judged("unreadable", f"an answer has at most {MAX_ANSWER} characters")
        return self._keep((blank.number, text), lambda: self._alone.judged(blank, text))

    # -- with what was answered before -----------------------------------------------------

    def _in_context(
        self,
        blank: Blank,
        judged: Judged,
        trees: Mapping[int, Basic],
        found: Mapping[int, Judged],
    ) -> Judged:
        """A wrong answer in the light of the others: it may be right given an earlier one."""
        number = blank.number
        before = [each for each in self._following.before(number) if each in trees]
        wrong = tuple(each for each in before if found[each].verdict in ("wrong", _FOLLOWS))
        bearing = dict.fromkeys((*before, *self._following.formulas(number), number))
        others = {each: trees[each] for each in bearing if each in trees}
        assert judged.tree is not None and blank.answer is not None
        if self._following.together(blank.number, others):
            return Judged("right", "together with the others in this row", judged.tree)
        if wrong and self._following.follows(blank.number, others, wrong):
            against = self._alone.against(blank, judged.tree)
            told = " and ".join(f"({number})" for number in wrong)
            note = f"right, given what stands in {told}"
            if against:
                form: BlankVerdict = "right, other form"
                least = min((_FOLLOWS, form), key=self.scheme.share)
                return Judged(_FOLLOWS, f"{note}, but {against}", judged.tree, least)
            return Judged(_FOLLOWS, note, judged.tree)
        return self._explained(blank, judged, others)

    def _explained(self, blank: Blank, judged: Judged, others: Mapping[int, Basic]) -> Judged:
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
        diagnosis = self._explain(before, after)
        if not diagnosis and blank.kind is BlankKind.RESULT and type(place.row.shown) is Gap:
            # A result may have been worked out from the start, past the lines above it.
            diagnosis = self._explain(filled(place.rows[0], others), after)
        said = judged.note.replace("it is ", "").replace(" and should", " should")
        return replace(judged, diagnosis=tuple(each for each in diagnosis if each != said))

    def _explain(self, before: Basic, after: Basic) -> tuple[str, ...]:
        return self._keep(
            ("explained", before, after), lambda: self._grounds.explain(before, after)
        )

    # -- the outcome -----------------------------------------------------------------------

    def _marked(self, blank: Blank, answer: str, found: Judged) -> MarkedBlank:
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
