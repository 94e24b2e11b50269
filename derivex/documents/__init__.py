"""Derivations that people wrote by hand, read from their documents; nothing is judged here."""

from derivex.documents.document import (
    Chain,
    Claim,
    Formula,
    HandDefinition,
    HandDerivation,
    HandDocument,
    HandRow,
    Unreadable,
)
from derivex.documents.text import read_hand_text

__all__ = [
    "Chain",
    "Claim",
    "Formula",
    "HandDefinition",
    "HandDerivation",
    "HandDocument",
    "HandRow",
    "Unreadable",
    "read_hand_text",
]
