"""Fill-in-the-blank sheets: a derivation with parts left out, and the key that belongs to it."""

from derivex.sheets.blank import FORMS, Blank, BlankKind
from derivex.sheets.knowledge import SheetKnowledge
from derivex.sheets.sheet import Exercise, Sheet, SheetRow, Text, gaps_in

__all__ = [
    "FORMS",
    "Blank",
    "BlankKind",
    "Exercise",
    "Sheet",
    "SheetKnowledge",
    "SheetRow",
    "Text",
    "gaps_in",
]
