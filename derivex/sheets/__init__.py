"""Fill-in-the-blank sheets: a derivation with parts left out, and the key that belongs to it."""

from derivex.sheets.blank import FORMS, Blank, BlankKind
from derivex.sheets.forms import form_of, leaves, other_form, solved_for
from derivex.sheets.knowledge import SheetKnowledge
from derivex.sheets.sheet import Exercise, Sheet, SheetRow, Text, Words, gaps_in, with_answers

__all__ = [
    "FORMS",
    "Blank",
    "BlankKind",
    "Exercise",
    "Sheet",
    "SheetKnowledge",
    "SheetRow",
    "Text",
    "Words",
    "form_of",
    "gaps_in",
    "leaves",
    "other_form",
    "solved_for",
    "with_answers",
]
