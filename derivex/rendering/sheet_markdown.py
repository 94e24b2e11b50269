r"""Sheets in GitHub's Markdown: numbered boxes in the formulas, and a line for each answer below.

The lines can be filled in, and are read again when the sheet is marked: ``**3.** 2x cos(x)``.
"""

from __future__ import annotations

from collections.abc import Iterator

from derivex.expression import Equation
from derivex.notation import TextWriter
from derivex.rendering.markdown import (
    GitHubWriter,
    aligned_rows,
    as_plain_markdown,
    words_in_formula,
)
from derivex.rendering.sheet_parts import functions_of, task_of
from derivex.sheets import Blank, BlankKind, Exercise, Sheet, SheetRow

__all__ = ["exercise_as_markdown", "sheet_markdown"]

_LINE = "________"
_SIGNS = {"⇒": r"\Rightarrow"}


def sheet_markdown(sheet: Sheet, key: bool = False) -> str:
    """A sheet, or its key, in Markdown.

    Args:
        sheet: the sheet, with its answers.
        key: whether what was left out is filled in, in green.
    """
    parts: list[str] = []
    first = sheet.items[0] if sheet.items else None
    if isinstance(first, Exercise) or first is None or not first.markdown.lstrip().startswith("# "):
        parts.append(f"# {as_plain_markdown(sheet.title)}")
    for item in sheet:
        if isinstance(item, Exercise):
            parts += exercise_as_markdown(sheet, item, key)
            parts += [f"**{number}.** {_line(sheet.blank(number), key)}" for number in item.blanks]
        else:
            parts.append(item.markdown.strip("\n"))
    return "\n\n".join(part for part in parts if part) + "\n"


def exercise_as_markdown(sheet: Sheet, exercise: Exercise, key: bool) -> Iterator[str]:
    """The task of an exercise, then its rows, as paragraphs."""
    rows = _Rows(sheet, key)
    yield f"**Exercise {exercise.number}.** {task_of(exercise, rows.plain)}".rstrip()
    for column in exercise.columns:
        labelled = any(row.label for row in column)
        write = rows.equation if exercise.kind == "equations" else rows.line
        yield aligned_rows(write(row, labelled) for row in column)


class _Rows:
    """Writes the rows of a sheet."""

    def __init__(self, sheet: Sheet, key: bool):
        self.sheet = sheet
        self.plain = GitHubWriter(functions_of(sheet))
        self.gap = self._filled if key else _box
        self.writer = GitHubWriter(functions_of(sheet), self.gap)

    def line(self, row: SheetRow, labelled: bool) -> str:
        sign = _SIGNS.get(row.relation, row.relation)
        relation = rf"&\quad {sign} " if sign else "&"
        return (
            self._label(row, labelled) + relation + self.writer.write(row.shown) + self._says(row)
        )

    def equation(self, row: SheetRow, labelled: bool) -> str:
        if type(row.shown) is Equation:
            left, right = map(self.writer.write, row.shown.args)
            formula = f"{left} &= {right}"
        else:
            formula = f"& {self.writer.write(row.shown)}"
        return self._label(row, labelled) + formula + self._says(row)

    def _label(self, row: SheetRow, labelled: bool) -> str:
        return f"{words_in_formula(row.label)} && " if labelled else ""

    def _says(self, row: SheetRow) -> str:
        if row.says_blank is not None:
            return f" && {self.gap(row.says_blank)}"
        return f" && {words_in_formula(row.says)}" if row.says.strip() else ""

    def _filled(self, number: int) -> str:
        blank = self.sheet.blank(number)
        if blank.kind is BlankKind.RULE:
            formula = words_in_formula(blank.says)
        else:
            formula = "" if blank.answer is None else self.plain.write(blank.answer)
        return rf"{{\color{{green}}{{{formula}}}}}"


def _box(number: int) -> str:
    return rf"\boxed{{\,{number}\,}}"


def _line(blank: Blank, key: bool) -> str:
    if not key:
        return _LINE
    return blank.says if blank.answer is None else TextWriter().write(blank.answer)
