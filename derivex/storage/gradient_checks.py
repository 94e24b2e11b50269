"""Checked gradients in JSON."""

from __future__ import annotations

from typing import Any

from derivex.descent import Entry, Finding, GradientCheck, Judgement
from derivex.expression import value_of
from derivex.storage.codec import TEXT, TRUTH, Choice, Many, Optional, Reading
from derivex.storage.derivations import GRADIENT
from derivex.storage.entry_error import EntryError
from derivex.storage.expressions import (
    FORMULA,
    NAME,
    STORED,
    STORED_RESULT,
    Node,
    Values,
)
from derivex.storage.record import Record, shown, stored

__all__ = ["GRADIENT_CHECK"]


def _entry(values: dict[str, Any], source: Reading) -> Entry:
    for name in ("above", "below", "quotient", "slope", "error", "checked"):
        if value_of(values[name]) is None and (name, values[name]) != ("checked", None):
            raise EntryError("it is no number", name)
    return Entry(**values)


_ENTRY = Record(
    "checked_entry",
    Entry,
    "One entry of a gradient that was checked.",
    {
        "by": shown(NAME, "variable", "The variable, as text."),
        "variable": stored(Node(), "variable", "The variable."),
        "above": stored(STORED, "above", "The function at x + ε e."),
        "below": stored(STORED, "below", "The function at x − ε e."),
        "quotient": stored(STORED, "quotient", "Their difference over 2ε."),
        "slope": stored(STORED, "slope", "The derivative by differences with smaller steps."),
        "error": stored(STORED, "error", "How far that may be from the derivative."),
        "checked": stored(
            Optional(STORED), "checked", "The number that is checked; null where it has no value."
        ),
        "formula": stored(Optional(STORED_RESULT), "formula", "The formula given, if it was one."),
        "derived": stored(Optional(STORED_RESULT), "derived", "The derivative by the rules."),
        "judgement": stored(
            Optional(Choice(Judgement)), "judgement", "Whether the two formulas are equal."
        ),
        "finding": stored(Choice(Finding), "finding", "What came out."),
        "left": stored(Optional(STORED), "left", "At a kink, the slope to the left; else null."),
        "right": stored(Optional(STORED), "right", "At a kink, the slope to the right."),
    },
    build=_entry,
)


def _check(values: dict[str, Any], source: Reading) -> GradientCheck:
    if not values["entries"]:
        raise EntryError("there are none", "entries")
    if not value_of(values["epsilon"]):
        raise EntryError("it is no number but 0", "epsilon")
    return GradientCheck(**values)


GRADIENT_CHECK = Record(
    "gradient_check",
    GradientCheck,
    "A gradient checked by central differences, and against the derived one.",
    {
        "start": shown(
            Optional(FORMULA), "expression", "The function; null for a function of Python's."
        ),
        "expression": stored(Optional(STORED), "expression", "The function, stored."),
        "name": stored(TEXT, "name", "What a function of Python's is called; else empty."),
        "point": stored(Values(), "point", "Where."),
        "epsilon": stored(STORED, "epsilon", "The step of the differences that are shown."),
        "given": stored(TRUTH, "given", "Whether a gradient was given."),
        "finding": shown(Choice(Finding), "finding", "What came out in all."),
        "gradient": stored(Optional(GRADIENT), "gradient", "The derived gradient."),
        "entries": stored(Many(_ENTRY), "entries", "The entries, in order."),
    },
    build=_check,
    tagged=True,
)
