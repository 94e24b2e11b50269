"""Derivations, gradients and subdifferentials in JSON."""

from __future__ import annotations

from typing import Any

from derivex.derivation import Derivation, Phase, Status
from derivex.engine import GradientDerivation, Layout
from derivex.matching import Context, Facts
from derivex.storage.codec import NUMBER, TEXTS, Choice, Many, Optional, Reading
from derivex.storage.entry_error import EntryError
from derivex.storage.expressions import (
    FORMULA,
    LINES,
    NAMES,
    NODE,
    NODES,
    RESULT,
    STORED,
)
from derivex.storage.record import Field, Record, shown, stored
from derivex.storage.steps import ENTRY, StepRow, phase_of

__all__ = ["DERIVATION", "GRADIENT", "by"]


def by(get: str, says: str = "The variables, as text; their nodes are in variables.") -> Any:
    """The two fields that say what is differentiated by."""
    return {"by": shown(NAMES, get, says), "variables": stored(NODES, get)}


class _Part:
    """A phase of a derivation whose steps stand in the table of all steps."""

    def __init__(self, start: Any, result: Any, entry: Any, count: int):
        self.start, self.result, self.entry, self.count = start, result, entry, count

    @staticmethod
    def of(phase: Phase) -> _Part:
        return _Part(phase.start, phase.result, phase.entry, len(phase.steps))


_PART = Record(
    "part",
    _Part,
    "A run of rewrites towards one end; it takes the next so many of the derivation's steps.",
    {
        "start": stored(NODE, "start", "The expression at the beginning."),
        "result": stored(NODE, "result", "The expression at the end."),
        "entry": stored(Optional(ENTRY), "entry", "What was filled in at the beginning."),
        "steps": stored(NUMBER, "count", "How many steps it has."),
    },
)


def _parts(derivation: Derivation) -> list[_Part]:
    return [_Part.of(phase) for phase in derivation.phases]


def _derivation(values: dict[str, Any], source: Reading) -> Derivation:
    parts, rows, assumptions = values["phases"], values["steps"], values["assumptions"]
    context = Context(facts=Facts(assumptions), functions=source.book.functions)
    if not parts:
        raise EntryError("a derivation has at least one phase", "phases")
    if sum(part.count for part in parts) != len(rows) or any(part.count < 0 for part in parts):
        raise EntryError(f"together they have another number of steps than {len(rows)}", "phases")
    phases = []
    taken = 0
    for part in parts:
        mine = rows[taken : taken + part.count]
        phases.append(phase_of(part.start, mine, part.result, part.entry, context, taken))
        taken += part.count
    return Derivation(
        tuple(phases),
        source.book,
        values["by"],
        values["status"],
        values["stuck"],
        values["notes"],
        assumptions,
    )


DERIVATION = Record(
    "derivation",
    Derivation,
    "An expression rewritten step by step: a derivative, or a value.",
    {
        "start": shown(FORMULA, "start", "What the first line shows."),
        **by("by"),
        "status": stored(Choice(Status), "status", "How it ended."),
        "result": shown(RESULT, "result", "What the last line shows."),
        "conditions": shown(Many(FORMULA), "conditions", "The relations under which it holds."),
        "lines": shown(LINES, lambda derivation: derivation.lines, "At the detail asked for."),
        "stuck": stored(NODES, "stuck", "The derivatives that no rule covers."),
        "notes": stored(TEXTS, "notes", "Remarks, such as how the input was read."),
        "assumptions": stored(NODES, "assumptions", "What side conditions could rely on."),
        "phases": Field(Many(_PART), _parts, "phases", "The runs of rewrites, in order."),
        "steps": stored(Many(StepRow()), "steps", "Every rewrite, in order."),
    },
    build=_derivation,
    tagged=True,
)


def _gradient(values: dict[str, Any], source: Reading) -> GradientDerivation:
    found = tuple(partial.by for partial in values["partials"])
    if values["vector"] is None and found != tuple((each,) for each in values["by"]):
        raise EntryError("there is not one partial derivative for each variable", "partials")
    if not found or not all(found):
        raise EntryError("a partial derivative is by some variable", "partials")
    return GradientDerivation(**values)


GRADIENT = Record(
    "gradient",
    GradientDerivation,
    "All partial derivatives of an expression.",
    {
        "start": stored(STORED, "expression", "What is differentiated."),
        **by("by"),
        "status": shown(Choice(Status), "status", "How the derivations ended."),
        "partials": stored(Many(DERIVATION), "partials", "One derivation for each variable."),
        "layout": stored(
            Optional(Choice(Layout)), "layout", "Whether as a row or as a column, if it was said."
        ),
        "vector": stored(
            Optional(STORED), "vector", "The gradient as a vector, where it was derived by entries."
        ),
        "gradient": shown(RESULT, "row", "The gradient as an array."),
    },
    build=_gradient,
    tagged=True,
)
