"""A sheet, or its key, as a document, which any output format can write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sympy.core.basic import Basic

from derivex.derivation import Line
from derivex.expression import Negative, Plus, Times
from derivex.expression.functions import Functions
from derivex.notation import TextWriter
from derivex.rendering.document import Document, Item, Prose
from derivex.rendering.equations import EquationRow
from derivex.rendering.marking import Marked, twin_of
from derivex.rendering.outline import Equations, Lines, Remark, SideBySide
from derivex.sheets import Blank, Exercise, Sheet, SheetRow, Text, Words, gaps_in, with_answers

__all__ = ["AnswerLines", "sheet_document"]

_LINE_TO_WRITE_ON = "_" * 40


class AnswerLines(Prose):
    """A line for each blank, which stay lines of their own in a terminal, too."""


def sheet_document(sheet: Sheet, functions: Functions, key: bool = False) -> Document:
    """The page of a sheet.

    Args:
        sheet: the sheet.
        functions: the functions that say how they are written.
        key: whether what was left out is filled in.
    """
    title = f"{sheet.title}: key" if key else sheet.title
    return Document(title, tuple(_items(sheet, key)), (), functions, False)


def _items(sheet: Sheet, key: bool) -> Iterator[Item]:
    writer = TextWriter()
    for item in sheet.items:
        if isinstance(item, Text):
            yield Remark(_told(item.words, writer)) if item.words else Prose(item.markdown)
            continue
        yield Remark(f"{item.number}. {_told(item.words, writer) or item.task}")
        yield _rows(sheet, item, key)
        if item.blanks:
            yield AnswerLines("\n".join(_below(sheet, item, key, writer)))


def _told(words: Words, writer: TextWriter) -> str:
    return "".join(word if isinstance(word, str) else writer.write(word) for word in words)


@dataclass(frozen=True)
class _KeyLine(Line):
    """A line of a key, in which what was left out has a colour where there are colours."""

    marks: Marked | None = None
    says_mark: int | None = None


_GREEN = 2


def _filled_in(shown: Basic, answers: Mapping[int, Basic]) -> Marked:
    """What is shown of a row with its gaps filled, and what fills them marked in green."""
    numbers: dict[Basic, int] = {}

    def twin(node: Basic) -> Basic:
        if type(node) in (Plus, Times, Negative):  # they become part of a sum or product
            return type(node)(*map(twin, node.args))
        copy = twin_of(node, node.args)
        if copy is not node:
            numbers[copy] = _GREEN
        return copy

    found = {number: twin(answers[number]) for number in gaps_in(shown) if number in answers}
    return Marked(with_answers(shown, found), numbers)


def _rows(sheet: Sheet, exercise: Exercise, key: bool) -> Lines | Equations | SideBySide:
    answers = {b.number: b.answer for b in sheet.blanks if b.answer is not None}

    def marks(row: SheetRow) -> Marked | None:
        return _filled_in(row.shown, answers) if key else None

    def says_mark(row: SheetRow) -> int | None:
        return _GREEN if key and row.says_blank is not None else None

    if exercise.kind == "derivation":
        (rows,) = exercise.columns
        if not key:
            return Lines(tuple(Line(row.shown, filled=_says(row, key)) for row in rows))
        return Lines(tuple(
            _KeyLine(row.expression, filled=row.says, marks=marks(row), says_mark=says_mark(row))
            for row in rows
        ))  # fmt: skip
    columns = tuple(
        Equations(
            tuple(
                EquationRow(
                    row.expression if key else row.shown,
                    _says(row, key),
                    row.label,
                    marks(row),
                    says_mark(row),
                )
                for row in rows
            )
        )
        for rows in exercise.columns
    )
    return columns[0] if len(columns) == 1 else SideBySide(columns)


def _says(row: SheetRow, key: bool) -> str:
    return row.says if key or row.says_blank is None else f"[_{row.says_blank}_]"


def _below(sheet: Sheet, exercise: Exercise, key: bool, writer: TextWriter) -> Iterator[str]:
    """A line for each blank: to write on, or with the answer."""
    for number in exercise.blanks:
        blank = sheet.blank(number)
        points = f"  ({blank.points} points)" if blank.points != 1 else ""
        yield f"({number}) {_answer(blank, writer) if key else _LINE_TO_WRITE_ON}{points}"


def _answer(blank: Blank, writer: TextWriter) -> str:
    return blank.says if blank.answer is None else writer.write(blank.answer)
