"""What the formats of a sheet have in common."""

from __future__ import annotations

from derivex.expression.functions import Functions
from derivex.rulebook import shipped_book
from derivex.sheets import Exercise, Sheet

__all__ = ["functions_of", "task_of"]


def functions_of(sheet: Sheet) -> Functions:
    """The functions that the formulas of a sheet are written and read with."""
    return sheet.knowledge.functions(shipped_book())


def task_of(exercise: Exercise) -> str:
    """What is to be done, as Markdown in one paragraph."""
    return " ".join(exercise.task.split())
