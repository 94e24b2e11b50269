"""Checking hand derivations: every line gets a verdict, and the wrong ones a counterexample."""

from derivex.checking.document import check_document, judge_one
from derivex.checking.findings import (
    VERDICTS,
    CheckedDerivation,
    CheckedDocument,
    CheckedLine,
    ClaimKind,
    LineVerdict,
    overall,
)
from derivex.checking.knowledge import Knowledge

__all__ = [
    "VERDICTS",
    "CheckedDerivation",
    "CheckedDocument",
    "CheckedLine",
    "ClaimKind",
    "Knowledge",
    "LineVerdict",
    "check_document",
    "judge_one",
    "overall",
]
