"""Runs of gradient descent in JSON."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from operator import attrgetter
from typing import Any

from sympy import Symbol

from derivex.derivation import Status
from derivex.descent import (
    METHODS,
    SCHEDULES,
    Curvature,
    Descent,
    DescentStep,
    Ending,
    Iterate,
    Move,
    Options,
)
from derivex.errors import ProblemError
from derivex.expression import number, value_of
from derivex.expression.array_nodes import ArrayName
from derivex.storage.codec import (
    NUMBER,
    TEXT,
    TRUTH,
    Choice,
    Codec,
    Converted,
    Many,
    Named,
    Optional,
    Reading,
)
from derivex.storage.derivations import DERIVATION, GRADIENT
from derivex.storage.entry_error import EntryError
from derivex.storage.expressions import (
    FORMULA,
    NAMES,
    NODE,
    NODES,
    STORED,
    STORED_RESULT,
    Node,
    Values,
)
from derivex.storage.record import Field, Record, shown, stored

__all__ = ["DESCENT"]


def _one_of(table: Mapping[str, Any]) -> Codec:
    """An object of a table, by its name."""
    names = Choice({name: name for name in table})
    return Converted(names, attrgetter("name"), lambda name, source: table[name])


def _parameters(options: Options) -> dict[str, Any]:
    return {name: number(value) for name, value in options.method.parameters.items()}


def _options(values: dict[str, Any], source: Reading) -> Options:
    given: dict[str, Fraction] = {}
    for name, node in values.pop("parameters").items():
        value = value_of(node)
        if value is None:
            raise EntryError("it is no number", "parameters", name)
        given[name] = value
    try:
        values["method"] = values["method"].with_parameters(given)
        options = Options(**values)
        options.check()
    except (ProblemError, AssertionError) as error:
        raise EntryError(str(error) or "it is no number") from None
    return options


_OPTIONS = Record(
    "descent_options",
    Options,
    "How to descend.",
    {
        "method": stored(_one_of(METHODS), "method", "The method of descent."),
        "parameters": Field(
            Named(NODE), _parameters, "parameters", "Its parameters, by their letters."
        ),
        "schedule": stored(_one_of(SCHEDULES), "schedule", "How the rate goes."),
        "rate": stored(STORED_RESULT, "rate", "The learning rate, that of the first step."),
        "end_rate": stored(STORED_RESULT, "end_rate", "The rate that a schedule goes to."),
        "steps": stored(Optional(NUMBER), "steps", "How many steps; null for no such limit."),
        "tolerance": stored(
            Optional(STORED_RESULT), "tolerance", "The change at which it ends; null for none."
        ),
        "exact": stored(TRUTH, "exact", "Whether all numbers are fractions."),
    },
    build=_options,
)

_MOVE = Record(
    "descent_move",
    Move,
    "One calculation of a step.",
    {
        "name": stored(Optional(STORED), "name", "What is calculated; null for the new point."),
        "of": stored(Optional(Node(Symbol)), "of", "The variable; null for all at once."),
        "formula": stored(STORED, "formula", "How, in letters."),
        "derivation": stored(DERIVATION, "derivation", "The arithmetic."),
        "value": stored(STORED, "value", "What comes out, as it is used from here on."),
    },
)

_STEP = Record(
    "descent_step",
    DescentStep,
    "One step against the gradient.",
    {
        "point": stored(Values(), "point", "Where it begins."),
        "gradient": stored(DERIVATION, "gradient", "The gradient there."),
        "slopes": stored(Many(STORED_RESULT), "slopes", "Its entries, as they are used."),
        "rate": stored(STORED_RESULT, "rate", "The rate of this step."),
        "moves": stored(Many(_MOVE), "moves", "What is calculated, the new point last."),
        "after": stored(Values(), "after", "The new point."),
        "rounded": shown(TRUTH, "rounded", "Whether a number was rounded on the way."),
    },
)

_ITERATE = Record(
    "iterate",
    Iterate,
    "A point that the descent came to.",
    {
        "number": stored(NUMBER, "number", "How many steps had been taken."),
        "at": shown(NAMES, "point", "The point, as text."),
        "point": stored(NODES, "point", "The values of the variables, in order."),
        "value": stored(Optional(STORED), "value", "The function there; null if it has none."),
        "gradient": stored(NODES, "gradient", "The partial derivatives; empty if unknown."),
        "rate": stored(Optional(STORED), "rate", "Of the step that begins here."),
        "state": stored(Named(NODES), "state", "What the method kept in mind."),
    },
)

_CURVATURE = Record(
    "curvature",
    Curvature,
    "The extreme eigenvalues of the Hessian.",
    {
        "point": stored(NODES, "point", "Where; empty if they are the same everywhere."),
        "largest": stored(STORED_RESULT, "largest", "L, the largest."),
        "smallest": stored(STORED_RESULT, "smallest", "The smallest."),
        "exact": stored(TRUTH, "exact", "Whether they are exact."),
    },
)


def _descent(values: dict[str, Any], source: Reading) -> Descent:
    history = values["history"]
    if not history:
        raise EntryError("there are no iterates", "history")
    by = values["gradient"].by
    count = len(history[0].point) if isinstance(by[0], ArrayName) else len(by)
    for place, each in enumerate(history):
        numbers = [*each.point, *each.gradient, *([] if each.value is None else [each.value])]
        if len(each.point) != count or any(value_of(one) is None for one in numbers):
            raise EntryError(f"{count} numbers are needed", "history", place)
        if place and each.number <= history[place - 1].number:
            raise EntryError("it is not after the one before", "history", place, "number")
    return Descent(**values)


DESCENT = Record(
    "descent",
    Descent,
    "A run of gradient descent.",
    {
        "start": shown(FORMULA, "gradient.expression", "The function."),
        "by": shown(NAMES, "gradient.by", "Its variables."),
        "status": shown(Choice(Status), "gradient.status", "How the gradient ended."),
        "gradient": stored(GRADIENT, "gradient", "The partial derivatives."),
        "rate": shown(FORMULA, "rate", "The learning rate, that of the first step."),
        "options": stored(_OPTIONS, "options", "How it was done."),
        "steps": stored(Many(_STEP), "steps", "The first steps, with their arithmetic."),
        "history": stored(Many(_ITERATE), "history", "Where it was; of a long run not all."),
        "taken": stored(NUMBER, "taken", "How many steps were taken."),
        "ending": stored(Choice(Ending), "ending", "Why it ended."),
        "trouble": stored(TEXT, "trouble", "What is in the way, where it cannot go on."),
        "curvature": stored(Optional(_CURVATURE), "curvature", "What the second derivatives are."),
        "result": shown(Values(), "result", "The point that was found."),
    },
    build=_descent,
    tagged=True,
)
