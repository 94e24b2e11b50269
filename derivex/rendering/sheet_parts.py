"""What the formats of a sheet have in common."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from derivex.expression.functions import Functions
from derivex.rulebook import shipped_book
from derivex.sheets import Exercise, Sheet

__all__ = ["FORMS_IN_WORDS", "functions_of", "reasons_of", "task_of"]

FORMS_IN_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "any": "",
        "no derivative": "nothing left to differentiate",
        "worked out": "worked out",
        "expanded": "multiplied out",
        "factored": "as a product",
        "number": "a number",
    }
)
"""What is asked for, as it is said beside a blank; empty where every form counts."""


def functions_of(sheet: Sheet) -> Functions:
    """The functions that the formulas of a sheet are written and read with."""
    return sheet.knowledge.functions(shipped_book())


def task_of(exercise: Exercise) -> str:
    """What is to be done, as Markdown in one paragraph."""
    return " ".join(exercise.task.split())


_USUAL = (
    "arithmetic", "using the chain rule", "using the constant factor rule",
    "using the constant rule", "using the exponent rule", "using the product rule",
    "using the quotient rule", "using the sum rule",
)  # fmt: skip


def reasons_of(sheet: Sheet) -> list[str]:
    """The reasons among which one chooses: those of the sheet, and the usual ones."""
    said = {row.says for exercise in sheet.exercises for row in exercise.rows}
    return sorted({*_USUAL, *said, *(blank.says for blank in sheet.blanks)} - {""})
