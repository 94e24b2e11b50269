"""Backpropagation in JSON.

Values are not stored: they are found again from the point and the data, which are.
"""

from __future__ import annotations

from typing import Any

from sympy import Symbol

from derivex.derivation import Status
from derivex.engine.adjoint import Adjoint
from derivex.engine.backward import BackwardDerivation
from derivex.engine.contributions import Contribution
from derivex.engine.quantities import Quantity
from derivex.engine.quantity_values import Value
from derivex.matching import Context, Facts
from derivex.storage.codec import NUMBER, TEXT, TEXTS, Choice, Many, Optional, Reading
from derivex.storage.derivations import DERIVATION, by
from derivex.storage.entry_error import EntryError
from derivex.storage.expressions import (
    FORMULA,
    LINES,
    NAME,
    NAMES,
    NODES,
    RESULT,
    STORED,
    STORED_RESULT,
    Node,
    Stored,
    Values,
)
from derivex.storage.record import Field, Record, shown, stored
from derivex.storage.steps import PHASE

__all__ = ["BACKWARD"]

_VALUE = Record(
    "value",
    Value,
    "A number, exact where it is a fraction.",
    {
        "exact": shown(Optional(NAME), "exact", "The number; null where it is rounded."),
        "decimal": shown(TEXT, "decimal", "The number with six significant digits."),
    },
    build=lambda values, source: None,
)


class _Named:
    """A quantity or an adjoint, with its value."""

    def __init__(self, part: Quantity | Adjoint, value: Value | None):
        self.part, self.value = part, value


_QUANTITY = Record(
    "quantity",
    _Named,
    "A named part of the expression.",
    {
        "name": stored(Stored(Symbol), "part.name", "Its name."),
        "definition": stored(STORED_RESULT, "part.body", "What it stands for."),
        "value": shown(Optional(_VALUE), "value", "At the point, if there is one."),
    },
    build=lambda values, source: Quantity(values["part.name"], values["part.body"]),
)

_ADJOINT = Record(
    "adjoint",
    _Named,
    "The derivative of the whole by a quantity, or by a variable.",
    {
        "by": shown(NAME, "part.of", "The quantity, or the variable."),
        "name": shown(FORMULA, "part.name", "What it is called."),
        "meaning": shown(FORMULA, "part.meaning", "What it stands for."),
        "users": shown(
            NAMES,
            lambda adjoint: [each.quantity.name for each in adjoint.part.contributions],
            "The quantities in whose definitions it stands.",
        ),
        "status": shown(Choice(Status), "part.status", "How its derivation ended."),
        "result": shown(RESULT, "part.result", "The derivative."),
        "value": shown(Optional(_VALUE), "value", "At the point, if there is one."),
        "lines": shown(LINES, "part.lines", "At the detail asked for."),
    },
    build=lambda values, source: None,
)


class _Passed:
    """What is passed back by one quantity, which is named by its number among all."""

    def __init__(self, quantity: int, part: Any):
        self.quantity, self.part = quantity, part


class _Sum:
    """What one adjoint is the sum of."""

    def __init__(self, of: Any, parts: tuple[_Passed, ...]):
        self.of, self.parts = of, parts


_CONTRIBUTION = Record(
    "contribution",
    _Passed,
    "What one quantity passes back.",
    {
        "quantity": stored(NUMBER, "quantity", "Its number among the quantities, from 0."),
        "part": stored(Node(), "part", "The terms of its definition that matter."),
    },
)

_SUM = Record(
    "adjoint_sum",
    _Sum,
    "What the chain rule of several variables sums up for one quantity or variable.",
    {
        "of": stored(Node(), "of", "The quantity or the variable."),
        "parts": stored(Many(_CONTRIBUTION), "parts", "What is passed back to it."),
    },
)


def _quantities(record: BackwardDerivation) -> list[_Named]:
    return [_Named(each, record.values.get(each.name)) for each in record.quantities]


def _adjoints(record: BackwardDerivation) -> list[_Named]:
    return [_Named(each, record.values.get(each.name)) for each in record.adjoints]


def _partials(record: BackwardDerivation) -> list[_Named]:
    return [_Named(each, record.values.get(each.name)) for each in record.partials]


def _sums(record: BackwardDerivation) -> list[_Sum]:
    numbers = {each: number for number, each in enumerate(record.quantities)}
    return [
        _Sum(of, tuple(_Passed(numbers[each.quantity], each.part) for each in parts))
        for of, parts in record.contributions.items()
    ]


def _backward(values: dict[str, Any], source: Reading) -> BackwardDerivation:
    quantities = values["quantities"]
    if not quantities:
        raise EntryError("there are none", "quantities")
    if len(values["written_out"]) not in (0, len(values["by"])):
        raise EntryError("there is not one for each variable", "written_out")
    contributions = {}
    for number, each in enumerate(values.pop("contributions")):
        for passed in each.parts:
            if not 0 <= passed.quantity < len(quantities):
                raise EntryError(f"there is no quantity {passed.quantity}", "contributions", number)
        contributions[each.of] = tuple(
            Contribution(quantities[passed.quantity], passed.part) for passed in each.parts
        )
    point = values.pop("point")
    columns = {each.name: each.entries for each in values.pop("columns")}
    context = Context(facts=Facts(values["assumptions"]), functions=source.book.functions)
    values["phase"] = values["phase"].made(context)
    record = BackwardDerivation(book=source.book, contributions=contributions, **values)
    return record.evaluated(point, columns) if point or columns else record


class _Column:
    """A column of data."""

    def __init__(self, name: Symbol, entries: tuple[Any, ...]):
        self.name, self.entries = name, entries


_COLUMN = Record(
    "numbers",
    _Column,
    "A column of data.",
    {
        "name": stored(Stored(Symbol), "name", "Its name."),
        "entries": stored(NODES, "entries", "Its entries, from the first."),
    },
)


def _columns(record: BackwardDerivation) -> list[_Column]:
    return [_Column(name, tuple(entries)) for name, entries in record.columns.items()]


BACKWARD = Record(
    "backpropagation",
    BackwardDerivation,
    "All partial derivatives of an expression, by one walk forward and one walk backward.",
    {
        "start": stored(STORED, "expression", "What is differentiated."),
        **by("by"),
        "status": stored(Choice(Status), "status", "How it ended."),
        "quantities": Field(
            Many(_QUANTITY), _quantities, "quantities", "Each after what it is made of."
        ),
        "adjoints": shown(Many(_ADJOINT), _adjoints, "From the last quantity to the first."),
        "partials": shown(Many(_ADJOINT), _partials, "In the order of the variables."),
        "gradient": shown(RESULT, "row", "In terms of variables, quantities and adjoints."),
        "written_out": stored(
            Many(DERIVATION), "written_out", "The partial derivatives in the variables alone."
        ),
        "given": stored(Values(), "given", "What the names stand for that the user gave."),
        "contributions": Field(Many(_SUM), _sums, "contributions", "In the order of the walk."),
        "phase": stored(PHASE, "phase", "The rewriting of all adjoints, as one row."),
        "stuck": stored(NODES, "stuck", "The derivatives that no rule covers."),
        "notes": stored(TEXTS, "notes", "Remarks, such as how the input was read."),
        "assumptions": stored(NODES, "assumptions", "What side conditions could rely on."),
        "point": stored(Values(), "point", "Where values were asked for."),
        "data": Field(Many(_COLUMN), _columns, "columns", "The data that values rest on."),
    },
    build=_backward,
    tagged=True,
)
