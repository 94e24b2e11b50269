"""One answer judged by itself: read as it may be meant, compared with the key, then its form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sympy.core.basic import Basic

from derivex.checking.links import SHAPES, Finding
from derivex.errors import DerivexError
from derivex.expression import Equation, postorder, value_of
from derivex.expression.array_nodes import DERIVATIVES
from derivex.marking.equivalent import ANOTHER
from derivex.marking.grounds import EQUIVALENT, ROUNDED, Grounds
from derivex.marking.multiplied import MULTIPLIED
from derivex.marking.places import Place
from derivex.marking.progress import Progress
from derivex.marking.reasons import judged_reason
from derivex.marking.scheme import VERDICTS, BlankVerdict
from derivex.marking.solution_lists import is_list
from derivex.marking.spoken import in_signs, says_nothing_solves
from derivex.marking.typed import (
    alternatives,
    bare,
    is_name,
    is_prose,
    sides,
    spellings,
    without_unit,
)
from derivex.sheets import Blank, BlankKind, gaps_in, other_form

__all__ = ["Alone", "Judged"]

_MOST_KEPT = 20_000  # comparisons
_MOST_VALUES = 4  # of a point that are told
_PROSE = "these are words, and a formula is asked for"
_DECLARE = re.compile(r",? or declare the names?\b")


@dataclass(frozen=True)
class Judged:
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

    @property
    def fits(self) -> bool:
        """Whether the answer is equal to what belongs there."""
        return self.verdict in ("right", "right, other form")


class Alone:
    """Judges answers one by one.

    Args:
        grounds: what they are read and compared with.
        places: where the blanks stand.
        progress: tells what only repeats another line.
    """

    def __init__(self, grounds: Grounds, places: Mapping[int, Place], progress: Progress):
        self._grounds, self._places, self._progress = grounds, places, progress
        self._trees: dict[tuple[int, Basic], Judged] = {}
        self._forms: dict[tuple[int, Basic], str] = {}

    def judged(self, blank: Blank, answer: str) -> Judged:
        """The verdict on what was typed into a blank."""
        text = bare(answer)
        if blank.kind is BlankKind.RULE:
            verdict, note = judged_reason(blank, text, self._grounds.book)
            return Judged(verdict, note)  # type: ignore[arg-type]
        if not text:
            return Judged("missing")
        if says_nothing_solves(text):
            return Judged("wrong", "something belongs there")
        text = in_signs(text, self._grounds.names)
        found = self._one(blank, text)
        if not found.fits and is_prose(text, self._grounds.words):
            return Judged("unreadable", _PROSE)
        several = found.verdict == "unreadable" and not self._is_relation(blank)
        parts = alternatives(text) if several else ()
        return (self._each(blank, parts) if len(parts) > 1 else None) or found

    # -- reading ---------------------------------------------------------------------------

    def _one(self, blank: Blank, text: str) -> Judged:
        """The verdict on one answer, in the spelling in which it is best."""
        if self._grounds.is_key(blank, text):
            return Judged("right", "", blank.answer)
        read: list[Judged] = []
        refused: list[Judged] = []
        for spelling in spellings(text):
            try:
                trees = self._grounds.readings(self._places[blank.number].exercise, blank, spelling)
            except DerivexError as error:
                refused.append(self._unreadable(blank, error))
                continue
            except (RecursionError, MemoryError):
                return Judged("unreadable", "this is too large to be read")
            for tree in trees:
                judged = self._compared(blank, tree)
                if judged.fits:
                    return judged
                read.append(judged)
        if read:
            return self._measured(blank, text) or read[0]
        measured = self._measured(blank, text)
        if measured is not None:
            return measured
        parts = () if self._is_relation(blank) else sides(text.strip("$ "))
        if text.startswith("$"):
            parts = tuple(part if is_name(part) else f"${part}$" for part in parts)
        return self._chain(blank, parts) if len(parts) > 1 else refused[0]

    def _is_relation(self, blank: Blank) -> bool:
        """Whether equations are asked for, and not a value."""
        return blank.answer is not None and (
            type(blank.answer) is Equation or is_list(blank.answer)
        )

    def _unreadable(self, blank: Blank, error: DerivexError) -> Judged:
        # Who fills in a sheet has no command line, and declares nothing.
        hint = error.hint or ""
        hint = "" if "--" in hint else _DECLARE.sub("", hint)
        said = "; ".join(filter(None, (error.message, hint)))
        exercise = self._places[blank.number].exercise
        return Judged("unreadable", self._grounds.said(exercise, said))

    def _measured(self, blank: Blank, text: str) -> Judged | None:
        """A number with a unit behind it, which is not judged; None if it is none."""
        assert blank.answer is not None
        is_number = value_of(blank.answer) is not None
        parts = without_unit(text, self._grounds.names) if is_number else None
        if parts is None:
            return None
        number, unit = parts
        found = self._one(blank, number)
        note = "; ".join(filter(None, (found.note, f"the unit {unit} is not judged")))
        return replace(found, note=note) if found.fits else found

    def _chain(self, blank: Blank, parts: Sequence[str]) -> Judged:
        """Of y' = x + x = 2x the last counts; but two answers that differ are no answer."""
        claims = [part for part in parts if not is_name(part)] or [parts[-1]]
        last = self._one(blank, claims[-1])
        if not last.fits or last.tree is None:
            return last
        for claim in claims[:-1]:
            found = self._one(blank, claim)
            if found.tree is None:
                return found
            if not found.fits and not self._is_question(blank, found.tree):
                return replace(found, note=f"{claim} is not equal to {claims[-1]}")
        return last

    def _is_question(self, blank: Blank, tree: Basic) -> bool:
        """Whether it is what is to be worked out: a derivative, or what stands in the exercise."""
        nodes = set(postorder(tree))
        if any(type(node) in DERIVATIVES for node in nodes):
            return True
        rows = self._places[blank.number].exercise.rows
        return any(tree in set(postorder(row.expression)) for row in rows)

    def _each(self, blank: Blank, parts: Sequence[str]) -> Judged | None:
        """Of answers given side by side each must be right; None where one cannot be read."""
        found = [self._one(blank, part) for part in parts]
        if any(each.verdict == "unreadable" for each in found):
            return None
        rank = [VERDICTS.index(each.verdict) for each in found]
        worst = rank.index(max(rank))
        judged, part = found[worst], parts[worst]
        if judged.fits:
            return judged
        note = f"of several answers each has to be right: {part}"
        return replace(judged, note=f"{note}; {judged.note}" if judged.note else note)

    # -- comparing -------------------------------------------------------------------------

    def _compared(self, blank: Blank, tree: Basic) -> Judged:
        """The verdict on what was read; many write the same with other spaces."""
        known = (blank.number, tree)
        if known not in self._trees:
            if len(self._trees) >= _MOST_KEPT:
                self._trees.clear()
            try:
                self._trees[known] = self._compare(blank, tree)
            except Exception as error:  # whatever it is, it is no verdict on the answer
                self._trees[known] = Judged("undecided", f"it could not be compared: {error}", tree)
        return self._trees[known]

    def _compare(self, blank: Blank, tree: Basic) -> Judged:
        place = self._places[blank.number]
        finding = self._grounds.fits(blank, place.row, tree)
        if not finding.holds:
            if finding.note.startswith(SHAPES):
                left, _, right = finding.note.partition(": left ")[2].partition(", right ")
                return Judged("wrong", f"it is {left} and should be {right}", tree)
            if finding.verdict == "wrong":
                strange = self._grounds.strange(tree)
                if strange:
                    noun = "name" if len(strange) == 1 else "names"
                    told = f"the sheet does not have the {noun} {', '.join(strange[:5])}"
                    return Judged("wrong", told, tree)
                return Judged("wrong", _difference(finding), tree)
            return Judged("undecided", finding.note or "it could not be compared", tree)
        assert blank.answer is not None
        repeated = self._repeated(place, tree)
        if repeated is not None and repeated < place.number:
            return Judged("not what is asked", "it repeats a line before: nothing is done", tree)
        if finding.note == ANOTHER:
            return Judged("not what is asked", ANOTHER, tree)
        against = self.against(blank, tree)
        if not against and finding.note.startswith((ROUNDED, EQUIVALENT, MULTIPLIED)):
            against = finding.note
        if repeated is not None:
            against = "it is the line that stands below"
        if against:
            return Judged("right, other form", against, tree)
        return Judged("right", finding.note if finding.verdict == "tested" else "", tree)

    def against(self, blank: Blank, tree: Basic) -> str:
        """What is against the form of an answer; "" if it is as asked for."""
        known = (blank.number, tree)
        if known not in self._forms:
            if len(self._forms) >= _MOST_KEPT:
                self._forms.clear()
            assert blank.answer is not None
            book = self._grounds.book
            found = other_form(tree, blank.answer, blank.form, book, blank.removed)
            self._forms[known] = found
        return self._forms[known]

    def _repeated(self, place: Place, tree: Basic) -> int | None:
        """The number of another row of the key that an answer for a whole row is."""
        if not place.is_whole_row:
            return None
        key = place.row.expression
        for number, row in enumerate(place.rows):
            if number == place.number or (number > place.number and gaps_in(row.shown)):
                continue
            if self._progress.is_none(tree, row.expression, row.expression, key):
                return number
        return None


def _difference(finding: Finding) -> str:
    """Where an answer differs from what belongs there."""
    found = finding.counterexample
    if found is None:
        return finding.note
    where = ", ".join(f"{name} = {_signed(value)}" for name, value in found.point[:_MOST_VALUES])
    where += ", …" * (len(found.point) > _MOST_VALUES)
    what, left, right = "it", _signed(found.left), _signed(found.right)
    sides_of = [(*left.split(" = "),), (*right.split(" = "),)]
    if all(len(each) == 2 for each in sides_of):
        same = [one == other for one, other in zip(*sides_of, strict=True)]
        if any(same):  # of an equation only the side that differs
            at = same.index(False)
            what = ("the left-hand side", "the right-hand side")[at]
            left, right = (each[at] for each in sides_of)
    told = f"{what} is {left} and should be {right}"
    return f"at {where} {told}" if where else told


def _signed(value: str) -> str:
    """A value with the minus sign of formulas."""
    return value.replace("-", "−")
