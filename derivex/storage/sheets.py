"""Sheets in JSON: what is printed, what was left out, and what answers are judged with.

With the answers in it, the JSON is the key by which answers are marked.
"""

from __future__ import annotations

from typing import Any

from sympy import Symbol

from derivex.expression.array_nodes import ArrayName
from derivex.sheets import (
    FORMS,
    Blank,
    BlankKind,
    Exercise,
    Sheet,
    SheetKnowledge,
    SheetRow,
    Text,
    gaps_in,
)
from derivex.storage.codec import (
    NUMBER,
    TEXT,
    TEXTS,
    Choice,
    Codec,
    Definitions,
    Many,
    Optional,
    Reading,
    Writing,
)
from derivex.storage.entry_error import EntryError
from derivex.storage.expressions import LATEX, NAME, NAMES, NODE, NODES, WORDS, Node
from derivex.storage.lessons import DEFINITION
from derivex.storage.record import Field, OneOf, Record, shown, stored

__all__ = ["SHEET"]


class _Pair(Codec):
    """A name with its values, or with its value, as a list of the two."""

    def __init__(self, second: Codec):
        self._first, self._second = Node(Symbol), second

    def write(self, value: Any, to: Writing) -> Any:
        first, second = value
        return [self._first.write(first, to), self._second.write(second, to)]

    def read(self, stored: Any, source: Reading) -> Any:
        if not isinstance(stored, list) or len(stored) != 2:
            raise EntryError("a name and what belongs to it are expected here")
        return self._first.read(stored[0], source), self._second.read(stored[1], source)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        both = [self._first.schema(definitions), self._second.schema(definitions)]
        return {"type": "array", "prefixItems": both, "items": False, "minItems": 2}


_KNOWLEDGE = Record(
    "sheet_knowledge",
    SheetKnowledge,
    "What answers are read and judged with.",
    {
        "names": stored(TEXTS, "names", "Declared letters."),
        "definitions": stored(Many(DEFINITION), "definitions", "Functions and abbreviations."),
        "arrays": stored(Many(Node(ArrayName)), "arrays", "Vectors and matrices."),
        "assumptions": stored(NODES, "assumptions", "Relations that are assumed."),
        "columns": stored(Many(_Pair(NODES)), "columns", "The data: each name with its entries."),
    },
)

_ROW = Record(
    "sheet_row",
    SheetRow,
    "One printed row.",
    {
        "text": shown(NAME, "shown", "What is printed, with [_1_] for the gap of blank 1."),
        "latex": shown(LATEX, "shown", "What is printed, in LaTeX."),
        "relation": stored(TEXT, "relation", "What stands before it."),
        "expression": stored(NODE, "expression", "The complete expression."),
        "shown": stored(NODE, "shown", "The expression with its gaps."),
        "says": stored(TEXT, "says", "The complete justification."),
        "says_blank": stored(
            Optional(NUMBER), "says_blank", "The blank that stands in place of the justification."
        ),
        "label": stored(TEXT, "label", "A number by which other rows refer to it."),
        "rules": stored(TEXTS, "rules", "The names of the rules that led to it."),
        "conditions": stored(NODES, "conditions", "Relations under which it holds."),
    },
)

_TEXT = Record(
    "sheet_text",
    Text,
    "Prose between exercises.",
    {
        "markdown": stored(TEXT, "markdown", "The prose."),
        "words": stored(WORDS, "words", "The same as a sentence with formulas, if it is one."),
    },
    tagged=True,
)

_EXERCISE = Record(
    "exercise",
    Exercise,
    "Rows that belong together, and what is to be done.",
    {
        "number": stored(NUMBER, "number", "Its number, from 1."),
        "task": stored(TEXT, "task", "What is to be done, as Markdown."),
        "words": stored(WORDS, "words", "The same as a sentence with formulas."),
        "form": stored(
            Choice({"derivation": "derivation", "equations": "equations"}), "kind", "What rows are."
        ),
        "columns": stored(Many(Many(_ROW)), "columns", "The rows, column by column."),
    },
    tagged=True,
)

_BLANK = Record(
    "sheet_blank",
    Blank,
    "Something that was left out.",
    {
        "number": stored(NUMBER, "number", "Its number on the sheet, from 1."),
        "what": stored(Choice(BlankKind), "kind", "What was left out."),
        "text": shown(Optional(NAME), "answer", "The answer in the text notation."),
        "latex": shown(Optional(LATEX), "answer", "The answer in LaTeX."),
        "answer": stored(Optional(NODE), "answer", "The answer; null for a rule."),
        "rules": stored(TEXTS, "rules", "For a rule, the names of the rules."),
        "says": stored(TEXT, "says", "For a rule, the words of the key."),
        "form": stored(
            Choice({form: form for form in FORMS}), "form", "The form that is asked for."
        ),
        "points": stored(NUMBER, "points", "What a right answer is worth."),
        "removed": stored(NODES, "removed", "What the step of the row has rewritten."),
    },
    optional=("removed",),
)


def _sheet(values: dict[str, Any], source: Reading) -> Sheet:
    sheet = Sheet(**values)
    if [blank.number for blank in sheet.blanks] != list(range(1, len(sheet.blanks) + 1)):
        raise EntryError("the blanks are not numbered from 1 in order", "blanks")
    asked = {number for exercise in sheet.exercises for number in exercise.blanks}
    if asked != {blank.number for blank in sheet.blanks}:
        raise EntryError("they are not those that stand in the rows", "blanks")
    for blank in sheet.blanks:
        if blank.answer is not None and gaps_in(blank.answer):
            raise EntryError("there is a gap in it", "blanks", blank.number - 1, "answer")
    return sheet


SHEET = Record(
    "sheet",
    Sheet,
    "A fill-in-the-blank sheet with its key.",
    {
        "title": stored(TEXT, "title", "The heading."),
        "source": stored(TEXT, "source", "What it was made from."),
        "seed": stored(NUMBER, "seed", "The seed by which it was made, and is made again."),
        "chosen": shown(
            NAMES, lambda sheet: [name for name, _ in sheet.parameters], "Chosen letters, as text."
        ),
        "parameters": Field(
            Many(_Pair(NODE)),
            lambda sheet: sheet.parameters,
            "parameters",
            "The letters that were chosen, each with its value.",
        ),
        "points": shown(NUMBER, "points", "What all right answers together are worth."),
        "items": stored(Many(OneOf([_TEXT, _EXERCISE])), "items", "Prose and exercises, in order."),
        "blanks": stored(Many(_BLANK), "blanks", "The blanks; number k stands at position k − 1."),
        "knowledge": stored(_KNOWLEDGE, "knowledge", "What answers are judged with."),
    },
    build=_sheet,
    tagged=True,
)
