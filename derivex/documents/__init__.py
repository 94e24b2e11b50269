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
from derivex.documents.files import MAX_DOCUMENT, read_document
from derivex.documents.text import read_hand_text

__all__ = [
    "MAX_DOCUMENT",
    "Chain",
    "Claim",
    "Formula",
    "HandDefinition",
    "HandDerivation",
    "HandDocument",
    "HandRow",
    "Unreadable",
    "read_document",
    "read_hand_text",
]
