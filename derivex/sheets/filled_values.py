"""The values that are filled in for letters, and the tasks that say which these are."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import Column, Equation, Matrix, Row, free_symbols, integer
from derivex.expression.array_nodes import DERIVATIVES
from derivex.sheets.knowledge import SheetKnowledge
from derivex.sheets.sheet import Words
from derivex.sheets.worked import Worked, WorkedRow

__all__ = ["are_told", "with_values"]

_MOST_VALUES = 6
_VALUES = "filling in the values"
_ENTRIES = (Row, Column, Matrix)


def with_values(
    exercises: Iterable[Worked], earlier: Iterable[Worked], defined: Container[Basic] = ()
) -> Iterator[Worked]:
    """The exercises, whose tasks say which values are filled in.

    What was found in an exercise above is not said again: it may have been left out there.

    Args:
        exercises: the exercises.
        earlier: those that stand above them.
        defined: the letters whose meaning stands on the sheet.
    """
    found = {value for each in earlier for value in _ends(each)}
    for exercise in exercises:
        values = [
            Equation(name, value)
            for row in exercise.rows
            if row.filled and row.says == _VALUES
            for name, value in row.changed
            if isinstance(name, Symbol) and name not in defined and not free_symbols(value)
        ]
        if 0 < len(values) <= _MOST_VALUES:
            known = not found.isdisjoint(each.args[1] for each in values)
            exercise = replace(exercise, words=_saying(exercise.words, values, known))
        yield exercise
        found.update(_ends(exercise))


def are_told(row: WorkedRow, exercise: Worked, knowledge: SheetKnowledge) -> bool:
    """Whether a sheet says what is filled in for the letters of a row of an exercise."""
    defined = knowledge.defined.abbreviations
    counts = {integer(len(column)) for column in knowledge.data.values()}
    return all(
        name in defined or value in counts or Equation(name, value) in exercise.words
        for name, value in row.changed
        if isinstance(name, Symbol) or type(name) in DERIVATIVES
    )


def _saying(words: Words, values: list[Basic], known: bool) -> Words:
    *first, last = words
    assert isinstance(last, str)
    ending = last.removesuffix(".")
    if known:
        return (*first, f"{ending} with the values found above.")
    listed = [part for each in values for part in (", ", each)]
    return (*first, f"{ending} at ", *listed[1:], ".")


def _ends(exercise: Worked) -> Iterator[Basic]:
    """What an exercise leads to: its last rows, their right sides and entries."""
    ends = [column[-1].expression for column in exercise.columns if column]
    while ends:
        end = ends.pop()
        yield end
        if isinstance(end, _ENTRIES):
            ends += end.args
        elif type(end) is Equation:
            ends.append(end.args[1])
