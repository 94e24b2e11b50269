"""Subdifferentials in JSON."""

from __future__ import annotations

from derivex.derivation import Status
from derivex.engine.subgradient import SubgradientDerivation
from derivex.storage.codec import TEXT, Choice
from derivex.storage.derivations import DERIVATION
from derivex.storage.expressions import FORMULA, NAMES, RESULT
from derivex.storage.record import Record, shown, stored

__all__ = ["SUBGRADIENT"]

SUBGRADIENT = Record(
    "subgradient",
    SubgradientDerivation,
    "All subgradients of a convex function, and what they tell.",
    {
        "start": shown(FORMULA, "derivation.start", "What the first line shows."),
        "by": shown(NAMES, "derivation.by", "The variable."),
        "status": shown(Choice(Status), "derivation.status", "How the derivation ended."),
        "result": shown(RESULT, "result", "The set, the cases, or the number chosen from it."),
        "derivation": stored(DERIVATION, "derivation", "Up to the set, or to one of its numbers."),
        "verdict": stored(TEXT, "verdict", "At a point, whether the function is least there."),
    },
    tagged=True,
)
