"""``let`` and ``data``: what a lesson is about."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import normal_phase
from derivex.engine.differentiate import TIDYING
from derivex.expression import value_of
from derivex.lessons.knowledge import Knowledge
from derivex.lessons.outcomes import Data, Shapes
from derivex.lessons.passage import Passage
from derivex.notation import Definition, is_array_declaration, read_arrays

__all__ = ["data", "let", "number_in"]


def let(knowledge: Knowledge, rest: Passage) -> tuple[Definition | Shapes]:
    """``let f(a) = s a + b``, ``let u = x y``, ``let X: n by d, theta: d``.

    Raises:
        DerivexError: it is no definition, or its name is that of data.
    """
    if is_array_declaration(rest.text):
        arrays = rest.read(lambda text: read_arrays(text, knowledge.scope))
        knowledge.declare_arrays(arrays)
        return (Shapes(arrays),)
    definition = knowledge.definition(rest)
    if any(definition.name == column.name for column in knowledge.columns):
        raise rest.error(
            f"{definition.name} is the name of a column of data already",
            "give the definition another name",
        )
    knowledge.define(definition)
    knowledge.add_notes(*definition.notes)
    return (definition,)


def data(knowledge: Knowledge, rest: Passage) -> tuple[Data]:
    """``data a = 0, 2, 4``.

    Raises:
        DerivexError: an entry is no number, or the columns differ in length.
    """
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
    knowledge: Knowledge, name: Symbol, entries: tuple[Basic, ...], passage: Passage
) -> None:
    for other, column in knowledge.columns.items():
        if other is not name and len(column) != len(entries):
            raise passage.error(
                f"{other} has {_entries(len(column))}, but {name} has {_entries(len(entries))}",
                "all columns have the same length: one entry for every item",
            )


def _entries(count: int) -> str:
    return f"{count} entry" if count == 1 else f"{count} entries"
