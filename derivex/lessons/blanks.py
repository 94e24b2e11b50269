"""``blank``: what a sheet made of the lesson leaves out; in the lesson itself nothing changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import Equation
from derivex.lessons.knowledge import Knowledge
from derivex.lessons.outcomes import BlankMark, BlankMarks
from derivex.lessons.passage import Passage
from derivex.sheets import BlankKind
from derivex.sheets.candidates import is_made
from derivex.sheets.places import stands_in
from derivex.sheets.worked import Worked, WorkedRow

__all__ = ["blank_statement"]

_USAGE = "write: blank result; blank line 3; blank rule of line 2; or blank 2(x + y) in line 3"
_LINE = re.compile(r"line\s+(\d+)")
_REASON = re.compile(r"rule\s+of\s+line\s+(\d+)")
_POINTS = re.compile(r"(\d+)\s+points?")
_PART = re.compile(r"part\s+(\d+)")
_MOST_POINTS = 100


def blank_statement(knowledge: Knowledge, rest: Passage) -> tuple[BlankMarks]:
    """``blank result``, ``blank line 3, rule of line 4 for 2 points``, ``blank 2x in line 3``.

    Lines are counted from the start of the last derivation, which is line 1.  Where a statement
    led to several, ``in part 2`` says which one is meant; the last one otherwise.

    Raises:
        DerivexError: there is no such line, or the expression does not stand there.
    """
    parts = _parts(knowledge, rest)
    head, clauses = rest.clauses("for", "in")
    line: tuple[int, Passage] | None = None
    part, points = len(parts), 1
    for word, clause in clauses:
        if word == "for":
            points = _number(_POINTS, clause, "write: for 2 points", _MOST_POINTS)
        elif clause.begins_with("part"):
            part = _number(_PART, clause, "write: in part 1", len(parts))
        else:
            line = _number(_LINE, clause, "write: in line 3"), clause
    exercise = parts[part - 1]
    marks = [
        mark
        for item in head.parts(",")
        for mark in _marks(knowledge, item, exercise, part - 1, line)
    ]
    return (BlankMarks(tuple(marks), points),)


def _parts(knowledge: Knowledge, rest: Passage) -> Sequence[Worked]:
    from derivex.lessons.sheets import exercises_of

    parts = exercises_of(knowledge.records)
    if not parts:
        raise rest.error(
            "there is no derivation yet that something could be left out of",
            "say what is left out after the statement that derives it",
        )
    return parts


def _number(pattern: re.Pattern[str], clause: Passage, hint: str, most: int = 10**6) -> int:
    found = pattern.fullmatch(clause.text)
    if found is None or len(found[1]) > 6 or not 1 <= int(found[1]) <= most:
        raise clause.error(f"“{clause.text}” cannot stand here", hint)
    return int(found[1])


def _marks(
    knowledge: Knowledge,
    item: Passage,
    exercise: Worked,
    part: int,
    line: tuple[int, Passage] | None,
) -> Iterator[BlankMark]:
    if not item:
        raise item.error("it is not said what is left out", _USAGE)
    rows = _rows(exercise)
    if item.text == "result":
        column, row, last = rows[-1]
        yield BlankMark(part, column, row, BlankKind.RESULT, _result(last.expression))
    elif found := _LINE.fullmatch(item.text):
        column, row, there = _row(rows, int(found[1]), item)
        yield BlankMark(part, column, row, BlankKind.LINE, there.expression)
    elif found := _REASON.fullmatch(
        item.text if line is None else f"{item.text} of line {line[0]}"
    ):
        column, row, there = _row(rows, int(found[1]), item)
        if not there.reasons:
            raise item.error(
                f"no rule leads to that line; its reason is: {there.says or 'it is given'}",
                "name a line that a rule leads to; `derivex run` shows the lines",
            )
        yield BlankMark(part, column, row, BlankKind.RULE, None, there.says)
    else:
        answer = knowledge.expression(item)
        among = rows if line is None else [_row(rows, *line)]
        for column, row, there in among:
            if is_made(there, row) and stands_in(answer, there.expression):
                yield BlankMark(part, column, row, BlankKind.FACTOR, answer)
                return
        raise item.error(
            f"{item.text} does not stand in {'the derivation' if line is None else 'that line'}, "
            "in this form",
            "write it as it stands there; `derivex run` shows the lines",
        )


def _rows(exercise: Worked) -> list[tuple[int, int, WorkedRow]]:
    return [
        (column, row, there)
        for column, rows in enumerate(exercise.columns)
        for row, there in enumerate(rows)
    ]


def _row(
    rows: Sequence[tuple[int, int, WorkedRow]], number: int, passage: Passage
) -> tuple[int, int, WorkedRow]:
    if number <= len(rows):
        column, row, there = rows[number - 1]
        if is_made(there, row):
            return column, row, there
    given = sum(not is_made(there, row) for _, row, there in rows)
    raise passage.error(
        f"line {number} cannot be left out of a derivation of {len(rows)} lines",
        f"the lines are counted from the start, which is line 1; what is given must stay: "
        f"here {given} {'line' if given == 1 else 'lines'}",
    )


def _result(last: Basic) -> Basic:
    """The right side of an equation that says what an unknown is; else the whole."""
    if type(last) is Equation and isinstance(last.args[0], Symbol):
        return last.args[1]
    return last
