"""Nudges, tangents, directional derivatives and judged gradients in JSON."""

from __future__ import annotations

from sympy import Symbol

from derivex.derivation import Status
from derivex.engine.differentiability import Differentiability, Finding
from derivex.engine.directional import Directional, Steepest
from derivex.engine.nudges import Nudge, NudgeTable
from derivex.engine.tangent import Tangent
from derivex.storage.codec import TRUTH, Choice, Many, Optional
from derivex.storage.derivations import DERIVATION, by
from derivex.storage.expressions import NAME, NAMES, STORED, STORED_RESULT, Node, Values
from derivex.storage.record import Record, shown, stored

__all__ = ["DIFFERENTIABILITY", "DIRECTIONAL", "NUDGES", "TANGENT"]

_SIGN = Choice({-1: "negative", 0: "zero", 1: "positive", None: "not known"})

_VARIABLE = {
    "by": shown(NAMES, lambda record: [record.variable], "The variable, as text."),
    "variable": stored(Node(Symbol), "variable"),
}

NUDGES = Record(
    "nudges",
    NudgeTable,
    "What a function does when its variable is nudged less and less.",
    {
        "start": stored(STORED, "expression", "The function."),
        **_VARIABLE,
        "status": shown(Choice(Status), "limit.status", "How the limit ended."),
        "at": stored(STORED_RESULT, "at", "Where."),
        "value": stored(STORED_RESULT, "value", "The function there."),
        "rows": stored(
            Many(
                Record(
                    "nudge",
                    Nudge,
                    "One nudge and what it does.",
                    {
                        "nudge": stored(STORED_RESULT, "nudge", "How far the variable is moved."),
                        "at": stored(STORED_RESULT, "at", "Where it is then."),
                        "nudged": stored(STORED_RESULT, "nudged", "The function there."),
                        "difference": stored(STORED_RESULT, "difference", "How far that moved."),
                        "ratio": stored(STORED_RESULT, "ratio", "The difference over the nudge."),
                    },
                )
            ),
            "rows",
            "The nudges, each a tenth of the one before.",
        ),
        "exact": stored(TRUTH, "exact", "Whether all numbers are exact."),
        "limit": stored(DERIVATION, "limit", "What the ratio goes to."),
        "about": stored(Optional(STORED), "about", "That rounded, where it is no fraction."),
    },
    tagged=True,
)

TANGENT = Record(
    "tangent",
    Tangent,
    "The slope of a function at a point, and the tangent line.",
    {
        "start": stored(STORED, "expression", "The function."),
        **_VARIABLE,
        "status": shown(Choice(Status), "slope.status", "How the derivation of the slope ended."),
        "at": stored(STORED_RESULT, "at", "The point."),
        "slope": stored(DERIVATION, "slope", "The derivative, and its value there."),
        "sign": stored(_SIGN, "sign", "Of the slope."),
        "value": stored(DERIVATION, "value", "The function's value there."),
        "tangent": stored(DERIVATION, "line", "The right-hand side of the line's equation."),
    },
    tagged=True,
)

_STEEPEST = Record(
    "steepest",
    Steepest,
    "The direction in which a function grows fastest.",
    {
        "gradient": stored(DERIVATION, "gradient", "The gradient at the point."),
        "slope": stored(DERIVATION, "slope", "Its length, the greatest slope."),
        "direction": stored(
            Optional(DERIVATION), "direction", "The gradient over its length, unless it is zero."
        ),
    },
)

DIRECTIONAL = Record(
    "directional",
    Directional,
    "The derivative of a function along a direction.",
    {
        "start": stored(STORED, "expression", "The function."),
        **by("by"),
        "status": shown(Choice(Status), "derivation.status", "How the derivation ended."),
        "along": stored(STORED_RESULT, "asked", "The direction that was asked for."),
        "direction": stored(STORED_RESULT, "direction", "That one, or that one over its length."),
        "length": stored(DERIVATION, "length", "The length of what was asked for."),
        "unit": stored(Optional(TRUTH), "is_unit", "Whether that is 1, if it is known."),
        "from_limit": stored(TRUTH, "from_limit", "Whether it was found by the limit."),
        "derivative": stored(DERIVATION, "derivation", "The derivative along the direction."),
        "point": stored(Values(), "point", "The point; empty if there is none."),
        "sign": stored(_SIGN, "sign", "Of the derivative at the point."),
        "descent": shown(
            Optional(TRUTH),
            lambda record: None if record.sign is None else record.sign == -1,
            "Whether the function falls along the direction, if that is known.",
        ),
        "steepest": stored(Optional(_STEEPEST), "steepest", "At the point, if there is one."),
    },
    tagged=True,
)

DIFFERENTIABILITY = Record(
    "differentiability",
    Differentiability,
    "What the definition of differentiability says of a claimed gradient.",
    {
        "start": stored(STORED, "expression", "The function."),
        **by("by"),
        "status": shown(Choice(Status), "limit.status", "How the limit ended."),
        "gradient": stored(STORED_RESULT, "gradient", "What is claimed."),
        "point": stored(Values(), "point", "The point; empty for all points."),
        "increment": shown(NAME, "increment", "The letter that goes to 0."),
        "increment_letter": stored(Node(Symbol), "increment"),
        "components": shown(NAMES, "components", "The letters for the components."),
        "component_letters": stored(Many(Node(Symbol)), "components"),
        "limit": stored(DERIVATION, "limit", "The limit, worked out."),
        "holds": shown(Optional(TRUTH), "holds", "Whether the claim is true, if it was decided."),
        "finding": stored(Choice(Finding), "finding", "What came out."),
        "witness": stored(
            Optional(STORED_RESULT), "witness", "A direction along which the limit is not 0."
        ),
        "along": stored(Optional(DERIVATION), "along", "The limit along it."),
    },
    tagged=True,
)
