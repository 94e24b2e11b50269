"""A solution as rows: two columns while the equations are worked on separately, then one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from sympy.core.basic import Basic

from derivex.derivation import Detail, say
from derivex.expression import And, Relation
from derivex.rulebook import Rule
from derivex.solving.record import Column, Move, Words, written

__all__ = ["Cell", "Row", "cells_of", "rows_of", "said_condition"]

_SILENT = (
    "arithmetic",
    "signs",
    "fractions",
    "angles",
)  # tables whose use goes without saying in a move


@dataclass(frozen=True, eq=False)
class Cell:
    """One equation as it is shown.

    Args:
        equation: the equation.
        words: what led to it.
        label: its number, such as "(1)", or "".
        rules: all rules that led to it from the equation shown before.
        conditions: what must not be zero for that.
        numbers: the numbers of the moves that the cell shows together.
    """

    equation: Basic
    words: Words
    label: str
    rules: tuple[Rule, ...]
    conditions: tuple[Basic, ...]
    numbers: tuple[int, ...]

    @property
    def says(self) -> str:
        """What led to the equation, as text, with its conditions."""
        conditions: list[str | Basic] = []
        for condition in self.conditions:
            conditions += [" and " if conditions else ", if ", *said_condition(condition)]
        return written((*self.words, *conditions))


@dataclass(frozen=True, eq=False)
class Row:
    """What stands side by side: one cell for each column, None where a column has ended."""

    cells: tuple[Cell | None, ...]


def rows_of(columns: Sequence[Column], moves: Sequence[Move], detail: Detail) -> Iterator[Row]:
    """The rows of a solution, from the top."""
    sides = [list(cells_of(column.moves, detail)) for column in columns]
    for cells in zip_longest(*sides):
        yield Row(tuple(cells))
    for cell in cells_of(moves, detail):
        yield Row((cell,))


def said_condition(condition: Basic) -> Words:
    """A condition as it is told: the relation, or u ≠ 0 for any other u.

    >>> from derivex.expression import ONE, Less, symbol
    >>> written(said_condition(symbol("a"))), written(said_condition(Less(symbol("a"), ONE)))
    ('a ≠ 0', 'a < 1')
    """
    return (condition,) if isinstance(condition, (And, Relation)) else (condition, " ≠ 0")


def cells_of(moves: Sequence[Move], detail: Detail) -> Iterator[Cell]:
    """The equations that are shown at a detail; some moves share a line with others."""
    together: list[Move] = []
    for move in moves:
        if together and not _shares(together[-1], move, detail):
            yield _cell(together, detail)
            together = []
        together.append(move)
    if together:
        yield _cell(together, detail)


def _shares(before: Move, move: Move, detail: Detail) -> bool:
    """Whether a move is shown together with the one before it."""
    if detail is Detail.FULL or before.number not in move.sources[:1]:
        return False
    if move.joined:
        return True
    same = bool(move.purpose) and before.purpose == move.purpose
    return same and (move.easy or detail is Detail.BRIEF)


def _cell(together: list[Move], detail: Detail) -> Cell:
    last = together[-1]
    rules = tuple(dict.fromkeys(rule for move in together for rule in move.rules))
    conditions = tuple(move.condition for move in together if move.condition is not None)
    whole = sum(not move.joined for move in together) > 1
    words: Words
    if whole and last.purpose:
        words = last.purpose
    else:
        words = together[0].words
        joined = [
            rule
            for move in together[1:]
            for rule in move.rules
            if rule.table not in _SILENT and rule not in together[0].rules
        ]
        if joined and words:
            words = (*words, ", " + say(rule.phrase for rule in joined))
    label = next((move.label for move in reversed(together) if move.label), "")
    return Cell(
        last.equation, words, label, rules, conditions, tuple(move.number for move in together)
    )
