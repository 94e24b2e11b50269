"""Whether a wrong answer is right, given what a student had answered before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from sympy.core.basic import Basic

from derivex.expression import Equation, Gap
from derivex.marking.carried import carried
from derivex.marking.grounds import Grounds
from derivex.marking.places import Place
from derivex.marking.progress import Progress
from derivex.rulebook.rule import PUTTING_IN
from derivex.sheets import Exercise, Sheet, SheetRow

__all__ = ["Following"]

_MOST_KEPT = 20_000


class Following:
    """Compares rows with what a student had before: in the row above, beside it, or on the sheet.

    Args:
        sheet: with its answers.
        grounds: what rows are compared with.
        places: where the blanks stand.
        progress: tells what only repeats another line.
    """

    def __init__(
        self, sheet: Sheet, grounds: Grounds, places: Mapping[int, Place], progress: Progress
    ):
        self._sheet, self._grounds, self._places = sheet, grounds, places
        self.formulas = lru_cache(maxsize=None)(self._formulas)
        self.before = lru_cache(maxsize=None)(self._before)
        rows = [row for exercise in sheet.exercises for row in exercise.rows]
        self._blanks = {id(row): row.blanks for row in rows}
        # Students who write the same somewhere write different things elsewhere: what is kept
        # is whether two rows go together, not a whole sheet.
        self._holds = lru_cache(maxsize=_MOST_KEPT)(lambda *rows: grounds.equal(*rows).holds)
        self._repeats = lru_cache(maxsize=_MOST_KEPT)(progress.is_none)

    def _formulas(self, number: int) -> tuple[int, ...]:
        """The blanks for formulas in the row of a blank, if there are several."""
        row = self._places[number].row
        gaps = tuple(each for each in row.blanks if each != row.says_blank)
        return gaps if len(gaps) > 1 else ()

    def _before(self, number: int) -> tuple[int, ...]:
        """The blanks on whose answers the one of a blank may rest, the first one first."""
        place = self._places[number]
        system = [exercise.number for exercise in self._system(place.exercise)]
        found: list[int] = []
        for other, there in self._places.items():
            key = self._sheet.blank(other).answer
            if key is None or not place.is_after(there):
                continue
            if there.exercise.number in system or any(
                carried(row.expression, key, key) is not None
                for row in self._taken_over(place, other)
            ):
                found.append(other)
        return tuple(sorted(found))

    def _taken_over(self, place: Place, other: int) -> list[SheetRow]:
        """The rows up to a place in which the answer to another exercise may be used.

        What an exercise led to may be used everywhere; a part that it had on the way is found
        anew where rules have made it.
        """
        rows = _until(place)
        there = self._places[other]
        if there.number + 1 == len(there.rows):
            return list(rows)
        return [row for row in rows if not row.rules or row.rules == (PUTTING_IN,)]

    def _system(self, exercise: Exercise) -> list[Exercise]:
        """The exercise and those before it whose equations it goes on with."""
        found = [exercise]
        if exercise.kind == "equations":
            before = [each for each in self._sheet.exercises if each.number < exercise.number]
            for each in reversed(before):
                if each.kind != "equations":
                    break
                found.append(each)
        return found

    def together(self, number: int, answers: Mapping[int, Basic]) -> bool:
        """Whether a row with several blanks is right with all that was answered in it."""
        gaps = self.formulas(number)
        if not gaps or not all(each in answers for each in gaps):
            return False
        row = self._places[number].row
        return self._holds(self._filled(row, answers), row.expression)

    def follows(self, number: int, answers: Mapping[int, Basic], wrong: Sequence[int]) -> bool:
        """Whether a row follows from what the student had before.

        Args:
            number: the blank, whose answer is wrong by itself.
            answers: all that bears on it, by the numbers of the blanks.
            wrong: the earlier ones of these that are wrong.
        """
        place = self._places[number]
        after = self._filled(place.row, answers)
        own = {each: answers[each] for each in wrong}
        sources: list[tuple[Basic, Basic]] = []  # each with the row of the key
        for row in reversed(place.rows[: place.number]):
            before = self._filled(row, answers)
            if row is place.rows[place.number - 1] or any(
                each in own for each in self._blanks[id(row)]
            ):
                sources.append((before, row.expression))
        key = place.row.expression
        if any(self._repeats(after, before, key_before, key) for before, key_before in sources):
            return False
        elsewhere = [each for each in wrong if self._places[each].exercise is not place.exercise]
        sources += self._carried(place, {each: own[each] for each in elsewhere})
        if type(after) is Equation:
            return self._equation_follows(place, after, answers, sources)
        return any(self._holds(after, before) for before, _ in sources)

    def _carried(self, place: Place, own: Mapping[int, Basic]) -> Iterator[tuple[Basic, Basic]]:
        """The rows of the key up to a place with what a student has found in other exercises."""
        for row in reversed(_until(place)):
            made = row.expression
            for number, answer in own.items():
                if row not in self._taken_over(place, number):
                    continue
                key = self._sheet.blank(number).answer
                assert key is not None
                made = carried(made, key, answer) or made
            if made is not row.expression:
                yield made, row.expression

    def _equation_follows(
        self,
        place: Place,
        after: Equation,
        answers: Mapping[int, Basic],
        sources: Sequence[tuple[Basic, Basic]],
    ) -> bool:
        """Whether an equation follows from one before it, or together with those beside it."""
        if self._holds(*after.args) and not self._holds(*place.row.expression.args):
            return False  # 0 = 0 follows from everything, and says nothing
        aside, keys_aside = self._aside(place, answers)
        equations = [each for each in sources if type(each[0]) is Equation]
        if any(self._holds(after, before) for before, _ in equations):
            return True
        own = [([aside] if aside else []) + [[before]] for before, _ in equations]
        keys = [([keys_aside] if keys_aside else []) + [[before]] for _, before in equations]
        if aside:
            own.append([aside])
            keys.append([keys_aside])
        follow = self._grounds.follow
        for before, key in zip(own, keys, strict=True):
            # Where the key loses nothing on the way, nothing may get lost here.
            joint = "⇔" if follow(key, place.row.expression, "⇔") else "⇒"
            if follow(before, after, joint):
                return True
        return False

    def _aside(self, place: Place, answers: Mapping[int, Basic]) -> tuple[list[Basic], list[Basic]]:
        """The last equations of other columns, and of the exercises that this one goes on with."""
        rows = [
            column[-1]
            for exercise in self._system(place.exercise)
            for number, column in enumerate(exercise.columns)
            if column and (exercise, number) != (place.exercise, place.column)
        ]
        rows = [row for row in rows if type(row.expression) is Equation]
        return [self._filled(row, answers) for row in rows], [row.expression for row in rows]

    def _filled(self, row: SheetRow, answers: Mapping[int, Basic]) -> Basic:
        if type(row.shown) is Gap:
            return answers.get(self._blanks[id(row)][0], row.expression)
        return self._grounds.filled(row, answers)


def _until(place: Place) -> tuple[SheetRow, ...]:
    return place.rows[: place.number + 1]
