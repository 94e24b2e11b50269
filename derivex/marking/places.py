"""Where the blanks of a sheet stand."""

from __future__ import annotations

from dataclasses import dataclass

from derivex.expression import Gap
from derivex.sheets import Exercise, Sheet, SheetRow

__all__ = ["Place", "places_of"]


@dataclass(frozen=True)
class Place:
    """Where a blank stands first.

    Args:
        exercise: in which exercise.
        column: the position of its column there.
        number: the position of its row in that column.
    """

    exercise: Exercise
    column: int
    number: int

    @property
    def rows(self) -> tuple[SheetRow, ...]:
        """The rows of its column."""
        return self.exercise.columns[self.column]

    @property
    def row(self) -> SheetRow:
        """Its row."""
        return self.rows[self.number]

    @property
    def is_whole_row(self) -> bool:
        """Whether nothing else stands in its row."""
        return type(self.row.shown) is Gap

    def is_after(self, other: Place) -> bool:
        """Whether somebody who works from the top comes to it later than to another.

        Equations side by side are worked at the same time: each may use what the others say.
        """
        if self.exercise is not other.exercise:
            return self.exercise.number > other.exercise.number
        return self.column != other.column or self.number > other.number


def places_of(sheet: Sheet) -> dict[int, Place]:
    """The places by the numbers of the blanks; of several rows with a blank, the first one asks."""
    found: dict[int, Place] = {}
    for exercise in sheet.exercises:
        for column, rows in enumerate(exercise.columns):
            for at, row in enumerate(rows):
                for number in row.blanks:
                    found.setdefault(number, Place(exercise, column, at))
    return found
