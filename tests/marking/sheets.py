"""Sheets made by hand from derivations, for the tests of marking."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.derivation import Derivation, Detail, Line
from derivex.engine import differentiate
from derivex.expression import Equation, Gap, free_symbols, integer, symbol
from derivex.notation import Scope, read_text
from derivex.rulebook import shipped_book
from derivex.sheets import Blank, BlankKind, Exercise, Sheet, SheetKnowledge, SheetRow

BOOK = shipped_book()
SCOPE = Scope(functions=BOOK.functions)


def read(text: str) -> Basic:
    """An expression."""
    return read_text(text, SCOPE).expression


def derivation_of(text: str, by: str = "x") -> Derivation:
    """The derivation of an expression."""
    return differentiate(read(text), [symbol(by)], BOOK)


def lines_sheet(derivation: Derivation, *left_out: int, form: str = "any") -> Sheet:
    """The sheet of a derivation with whole lines left out, by number from 1; all if none is named."""
    lines = list(derivation.lines(Detail.TEXTBOOK))
    blanks: list[Blank] = []
    rows: list[SheetRow] = []
    for at, line in enumerate(lines):
        shown: Basic = line.expression
        if at and (not left_out or at in left_out):
            number = len(blanks) + 1
            blanks.append(Blank(number, BlankKind.LINE, line.expression, form=form))
            shown = Gap(integer(number))
        rows.append(
            SheetRow("=" if at else "", line.expression, shown, line.says, rules=rules_of(line))
        )
    return sheet_of(tuple(rows), tuple(blanks))


def rules_sheet(derivation: Derivation) -> Sheet:
    """The sheet of a derivation with all reasons left out."""
    lines = list(derivation.lines(Detail.TEXTBOOK))
    blanks: list[Blank] = []
    rows: list[SheetRow] = []
    for at, line in enumerate(lines):
        number = None
        if at:
            number = len(blanks) + 1
            blanks.append(Blank(number, BlankKind.RULE, rules=rules_of(line), says=line.says))
        rows.append(
            SheetRow(
                "=" if at else "",
                line.expression,
                line.expression,
                line.says,
                number,
                rules=rules_of(line),
            )
        )
    return sheet_of(tuple(rows), tuple(blanks))


def rules_of(line: Line) -> tuple[str, ...]:
    """The names of the rules of a line."""
    return tuple(dict.fromkeys(rule.name for rule in line.rules))


def sheet_of(
    rows: tuple[SheetRow, ...], blanks: tuple[Blank, ...], kind: str = "derivation"
) -> Sheet:
    """A sheet with one exercise."""
    exercise = Exercise(1, "Differentiate.", (rows,), kind)
    return Sheet("Sheet", (exercise,), blanks, "test", knowledge=SheetKnowledge(names=("x",)))


def exercises_sheet(*exercises: tuple[str, list[list[str]]]) -> Sheet:
    """A sheet from its exercises: their kinds, and the rows of their columns; * is a blank."""
    blanks: list[Blank] = []
    items: list[Exercise] = []
    for kind, columns in exercises:
        made: list[tuple[SheetRow, ...]] = []
        for column in columns:
            rows: list[SheetRow] = []
            for at, written in enumerate(column):
                expression = _row(written.rstrip("*"), kind)
                shown = expression
                if written.endswith("*"):
                    blanks.append(Blank(len(blanks) + 1, BlankKind.LINE, expression))
                    shown = Gap(integer(len(blanks)))
                rows.append(SheetRow("=" if at else "", expression, shown, "because" if at else ""))
            made.append(tuple(rows))
        items.append(Exercise(len(items) + 1, "Do it.", tuple(made), kind))
    names = {name.name for item in items for row in item.rows for name in free_symbols(row.shown)}
    knowledge = SheetKnowledge(names=tuple(sorted(names)))
    return Sheet("Sheet", tuple(items), tuple(blanks), "test", knowledge=knowledge)


def _row(text: str, kind: str) -> Basic:
    if kind != "equations":
        return read(text)
    left, right = text.split("=")
    return Equation(read(left), read(right))
