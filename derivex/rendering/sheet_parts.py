"""What the formats of a sheet have in common."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from derivex.expression.functions import Functions
from derivex.notation import LatexWriter
from derivex.rulebook import shipped_book
from derivex.sheets import Exercise, Sheet

__all__ = ["FORMS_IN_WORDS", "functions_of", "reasons_of", "task_of"]

FORMS_IN_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "any": "",
        "step": "",
        "no derivative": "nothing left to differentiate",
        "worked out": "worked out",
        "expanded": "multiplied out",
        "factored": "as a product",
        "number": "a number",
    }
)
"""What is asked for, as it is said beside a blank; empty where every form counts,
or all that do the step that the row tells."""


def functions_of(sheet: Sheet) -> Functions:
    """The functions that the formulas of a sheet are written and read with."""
    return sheet.knowledge.functions(shipped_book())


def task_of(exercise: Exercise, writer: LatexWriter | None = None) -> str:
    """What is to be done, as Markdown in one paragraph.

    Args:
        exercise: the exercise.
        writer: writes the formulas, where they are not to be as the exercise has them.
    """
    if writer is None or not exercise.words:
        return " ".join(exercise.task.split())
    return "".join(
        word if isinstance(word, str) else f"${writer.write(word)}$" for word in exercise.words
    )


_USUAL = (
    "arithmetic", "using the chain rule", "using the constant factor rule",
    "using the constant rule", "using the exponent rule", "using the product rule",
    "using the quotient rule", "using the sum rule",
)  # fmt: skip


def reasons_of(sheet: Sheet) -> list[str]:
    """The reasons among which one chooses: those of the sheet, and the usual ones."""
    said = {row.says for exercise in sheet.exercises for row in exercise.rows}
    return sorted({*_USUAL, *said, *(blank.says for blank in sheet.blanks)} - {""})
