"""Eliminations by row operations in JSON."""

from __future__ import annotations

from sympy import Symbol

from derivex.solving.row_elimination import RowElimination
from derivex.solving.row_operation import RowOperation
from derivex.storage.codec import NUMBER, Converted, Many, Optional, Reading
from derivex.storage.entry_error import EntryError
from derivex.storage.expressions import NODE, NODES, STORED, Values
from derivex.storage.record import Record, stored

__all__ = ["ELIMINATION"]

_OPERATION = Record(
    "row-operation",
    RowOperation,
    "(own times the target minus other times the source)/divisor in the place of the target.",
    {
        "target": stored(NUMBER, "target", "The row that is changed, from 0."),
        "source": stored(NUMBER, "source", "The row of the pivot."),
        "column": stored(NUMBER, "column", "The unknown that is eliminated, from 0."),
        "own": stored(NODE, "own", "What the target is multiplied by."),
        "other": stored(NODE, "other", "What the source is multiplied by."),
        "divisor": stored(NODE, "divisor", "What all coefficients are divided by."),
    },
)


def _pairs(found: tuple[tuple[int, ...], ...], source: Reading) -> tuple[tuple[int, ...], ...]:
    for number, pair in enumerate(found):
        if len(pair) != 2:
            raise EntryError("a pivot has a row and a column", number)
    return found


_PIVOTS = Converted(Many(Many(NUMBER)), lambda pivots: pivots, _pairs)

ELIMINATION = Record(
    "elimination",
    RowElimination,
    "Linear equations solved by row operations.",
    {
        "equations": stored(Many(STORED), "equations", "The equations that it begins with."),
        "variables": stored(NODES, "unknowns", "The unknowns, a column each."),
        "pivots": stored(_PIVOTS, "pivots", "The row and the column of each, from 0."),
        "leads": stored(Many(NODE), "leads", "What the unknown of each is multiplied by."),
        "operations": stored(Many(_OPERATION), "operations", "The row operations, in order."),
        "definitions": stored(Values(Symbol), "definitions", "What the names stand for."),
        "values": stored(Values(Symbol), "values", "The unknowns, from the last one."),
        "free": stored(NODES, "free", "The unknowns that may be any number."),
        "contradiction": stored(Optional(NUMBER), "contradiction", "The row that cannot hold."),
        "tested": stored(NUMBER, "tested", "Entries that are 0 modulo a prime."),
    },
)
