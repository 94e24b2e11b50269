"""Marked sheets in JSON."""

from __future__ import annotations

from typing import Any

from derivex.marking import VERDICTS, MarkedAnswers, MarkedBlank, MarkedClass
from derivex.storage.codec import (
    NUMBER,
    TEXT,
    TEXTS,
    Choice,
    Codec,
    Definitions,
    Many,
    Reading,
    Writing,
)
from derivex.storage.entry_error import EntryError, short
from derivex.storage.record import Record, shown, stored

__all__ = ["MARKED_ANSWERS", "MARKS"]


class _Amount(Codec):
    """Points, of which there may be halves."""

    def write(self, value: Any, to: Writing) -> Any:
        return value

    def read(self, stored: Any, source: Reading) -> Any:
        if type(stored) not in (int, float):
            raise EntryError(f"{short(stored)} is no number of points")
        return stored

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return {"type": "number", "minimum": 0}


_AMOUNT = _Amount()

_BLANK = Record(
    "marked_blank",
    MarkedBlank,
    "A blank of a sheet with the verdict on what was answered.",
    {
        "number": stored(NUMBER, "number", "The number of the blank on the sheet."),
        "verdict": stored(Choice({each: each for each in VERDICTS}), "verdict", "What was found."),
        "points": stored(_AMOUNT, "points", "What the answer gets."),
        "out_of": stored(NUMBER, "out_of", "What a right answer gets."),
        "answer": stored(TEXT, "answer", "What was typed."),
        "read": stored(TEXT, "read", "How it was read; empty where nothing could be."),
        "expected": stored(TEXT, "expected", "What stands in the key."),
        "note": stored(TEXT, "note", "What the verdict rests on, a sentence."),
        "diagnosis": stored(TEXTS, "diagnosis", "The likely mistakes, each a sentence."),
    },
)

MARKED_ANSWERS = Record(
    "marked_answers",
    MarkedAnswers,
    "The marked sheet of one student.",
    {
        "student": stored(TEXT, "student", "The name."),
        "points": shown(_AMOUNT, "points", "What all answers get together."),
        "out_of": shown(NUMBER, "out_of", "What all right answers would get."),
        "problem": stored(TEXT, "problem", "Why nothing could be read; empty if it could."),
        "blanks": stored(Many(_BLANK), "blanks", "Every blank of the sheet, in order."),
    },
)

MARKS = Record(
    "marks",
    MarkedClass,
    "The marked sheets of some students.",
    {
        "title": stored(TEXT, "title", "The heading of the sheet."),
        "source": stored(TEXT, "source", "The lesson or expression that it was made from."),
        "students": stored(Many(MARKED_ANSWERS), "students", "In the order of the answers."),
    },
    tagged=True,
)
