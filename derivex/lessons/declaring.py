"""``let`` and ``data``: what a lesson is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import normal_phase
from derivex.engine.differentiate import TIDYING
from derivex.errors import ProblemError
from derivex.expression import number, value_of
from derivex.lessons.knowledge import Knowledge
from derivex.lessons.outcomes import Data, Shapes
from derivex.lessons.passage import Passage
from derivex.notation import Definition, Scope, is_array_declaration, read_arrays, read_names

__all__ = ["data", "let", "number_in"]


def let(knowledge: Knowledge, rest: Passage) -> tuple[Definition | Shapes, ...]:
    """``let f(a) = s a + b``, ``let u = 1, v = 2``, ``let X: n by d, theta: d``.

    Raises:
        DerivexError: it is no definition, or its name is that of data.
    """
    if is_array_declaration(rest.text):
        arrays = rest.read(lambda text: read_arrays(text, knowledge.scope))
        knowledge.declare_arrays(arrays)
        return (Shapes(arrays),)
    parts = rest.parts(",")
    if all(part.split_first("=")[1] is not None for part in parts):
        return tuple(_define(knowledge, part) for part in parts)
    return (_define(knowledge, rest),)


def _define(knowledge: Knowledge, rest: Passage) -> Definition:
    definition = knowledge.definition(rest)
    if any(definition.name == column.name for column in knowledge.columns):
        raise rest.error(
            f"{definition.name} is the name of a column of data already",
            "give the definition another name",
        )
    knowledge.define(definition)
    knowledge.add_notes(*definition.notes)
    return definition


def data(knowledge: Knowledge, rest: Passage) -> tuple[Data, ...]:
    """``data a = 0, 2, 4``, ``data from "growth.csv"``, ``data a, h from "growth.csv"``.

    Raises:
        DerivexError: an entry is no number, or the columns differ in length.
    """
    from_file = _FROM_FILE.fullmatch(rest.text)
    if from_file is not None:
        return _from_file(knowledge, rest, from_file["names"], from_file["file"])
    left, right = rest.split_first("=")
    if right is None or not right:
        raise rest.error("the entries are missing", "write: data a = 0, 2, 4")
    names = knowledge.names(left)
    if len(names) != 1 or not isinstance(names[0], Symbol):
        raise left.error("a column of data has one name", "write: data a = 0, 2, 4")
    (name,) = names
    if name.name == "n":
        raise left.error(
            "n is the number of data and cannot name a column",
            "give the column another name",
        )
    hint = "data are numbers such as 2, -1/3 or 0.5, separated by commas"
    entries = tuple(
        number_in(knowledge, entry, knowledge.expression(entry), hint) for entry in right.parts(",")
    )
    _check_length(knowledge, name, entries, right)
    knowledge.add_column(name, entries)
    return (Data(name, entries),)


_FROM_FILE = re.compile(r"""(?P<names>[^"'=]*?)\bfrom\s+(["'“])(?P<file>[^"'”]+)["'”]""")


def _from_file(knowledge: Knowledge, rest: Passage, names: str, file: str) -> tuple[Data, ...]:
    """The columns of a file, which is looked for where the lesson is."""
    from derivex.tables import FloatColumn, read_table  # few lessons have files

    beside = Path(rest.place.name or "").parent / file
    wanted = [name.strip() for name in names.split(",")] if names.strip() else None
    table = rest.locate(lambda: read_table(str(beside), wanted))
    found = []
    for title, column in table.columns.items():
        name = rest.locate(lambda title=title: _column_name(title))  # type: ignore[misc]
        entries: Sequence[Basic] = column if isinstance(column, FloatColumn) else _exact(column)
        _check_length(knowledge, name, entries, rest)
        knowledge.add_column(name, entries)
        found.append(Data(name, entries))
    return tuple(found)


def _column_name(title: str) -> Symbol:
    names = read_names(title, Scope())
    if len(names) != 1 or not isinstance(names[0], Symbol) or title == "n":
        raise ProblemError(
            f"“{title}” is no name for a column of data",
            hint="name the column by a letter or a word: a, or height",
        )
    return names[0]


def _exact(digits: Sequence[str]) -> tuple[Basic, ...]:
    decimals = {text: "." in text for text in digits}
    return tuple(number(Fraction(text), decimal=decimals[text]) for text in digits)


def number_in(knowledge: Knowledge, passage: Passage, written: Basic, hint: str) -> Basic:
    """A number; one that is written as a calculation, such as 3·10^-2, is worked out.

    Raises:
        LessonError: what is written in the passage is no number.
    """
    value = passage.locate(lambda: normal_phase(written, knowledge.book, *TIDYING).result)
    if value_of(value) is None:
        raise passage.error(f"{passage.text} is not a number", hint)
    return written if value_of(written) is not None else value


def _check_length(
    knowledge: Knowledge, name: Symbol, entries: Sequence[Basic], passage: Passage
) -> None:
    for other, column in knowledge.columns.items():
        if other is not name and len(column) != len(entries):
            raise passage.error(
                f"{other} has {_entries(len(column))}, but {name} has {_entries(len(entries))}",
                "all columns have the same length: one entry for every item",
            )


def _entries(count: int) -> str:
    return f"{count} entry" if count == 1 else f"{count} entries"
