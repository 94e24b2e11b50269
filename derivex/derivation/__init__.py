"""The record: steps, phases, derivations, and the lines in which people read them."""

from derivex.derivation.derivation import Derivation, Status
from derivex.derivation.lines import Detail, Line
from derivex.derivation.phase import Entry, Phase, follow
from derivex.derivation.phrases import listed, names_of, say
from derivex.derivation.rewriting import EndlessRewritingError, rewrite
from derivex.derivation.step import Step, Steps

__all__ = [
    "Derivation",
    "Detail",
    "EndlessRewritingError",
    "Entry",
    "Line",
    "Phase",
    "Status",
    "Step",
    "Steps",
    "follow",
    "listed",
    "names_of",
    "rewrite",
    "say",
]
