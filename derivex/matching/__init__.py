"""Matching: left-hand sides that find, right-hand sides that build, and side conditions."""

from derivex.matching.bindings import Letters, Slots
from derivex.matching.conditions import VOCABULARY, Condition, ConditionKind
from derivex.matching.context import Context, Found
from derivex.matching.direct import Direct, UnusualError
from derivex.matching.facts import NO_FACTS, Facts
from derivex.matching.kinds import (
    AnyKinds,
    Kinds,
    Signature,
    admits,
    kinds_in,
    signature_of,
)
from derivex.matching.pattern import Matcher, compile_pattern
from derivex.matching.provisions import Provisions
from derivex.matching.straight import Attempt, attempt_of
from derivex.matching.template import Builder, UnboundLetterError, compile_template

__all__ = [
    "NO_FACTS",
    "VOCABULARY",
    "AnyKinds",
    "Attempt",
    "Builder",
    "Condition",
    "ConditionKind",
    "Context",
    "Direct",
    "Facts",
    "Found",
    "Kinds",
    "Letters",
    "Matcher",
    "Provisions",
    "Signature",
    "Slots",
    "UnboundLetterError",
    "UnusualError",
    "admits",
    "attempt_of",
    "compile_pattern",
    "compile_template",
    "kinds_in",
    "signature_of",
]
