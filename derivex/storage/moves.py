"""The moves of a solution in JSON, and the rows in which they are shown."""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from derivex.matching import Context
from derivex.rulebook import Form, Rule
from derivex.solving import Cell, Column, Move
from derivex.solving.record import (
    Applied,
    Chosen,
    Combined,
    Filled,
    Given,
    Proceeded,
    Refuted,
    Rewritten,
    Term,
)
from derivex.storage.codec import (
    COUNT,
    NUMBER,
    TEXT,
    TRUTH,
    Converted,
    Many,
    Optional,
    Reading,
)
from derivex.storage.entry_error import EntryError, short
from derivex.storage.expressions import (
    LATEX,
    NAME,
    NODE,
    RULES,
    STORED,
    WORDS,
    AtDetail,
)
from derivex.storage.record import OneOf, Record, shown, stored
from derivex.storage.steps import PHASE

__all__ = ["COLUMN", "MOVE", "ROWS"]


def _rules(names: tuple[str, ...], source: Reading) -> tuple[Rule, ...]:
    """Rules, by their names, which are looked up again."""
    for number, name in enumerate(names):
        if name not in source.book.rules:
            raise EntryError(f"the rule {short(name)} is not loaded", number)
    return tuple(source.book.rules[name] for name in names)


def _form(values: dict[str, Any], source: Reading) -> Form:
    rule = source.book.rules.get(values["form.rule.name"])
    if rule is None:
        raise EntryError(f"{short(values['form.rule.name'])} is not loaded", "rule")
    if not 0 <= values["form"] < len(rule.forms):
        raise EntryError(f"{rule.name} has {len(rule.forms)} forms", "form")
    form: Form = rule.forms[values["form"]]
    return form


def _rewritten(values: dict[str, Any], source: Reading) -> Rewritten:
    sides = [None if side is None else side.made(Context()) for side in values.values()]
    return Rewritten(*sides)


def _proceeded(values: dict[str, Any], source: Reading) -> Proceeded:
    name = values["procedure.rule.name"]
    rule = source.book.rules.get(name)
    if rule is None or rule.procedure is None:
        raise EntryError(f"{short(name)} is no procedure that is loaded", "rule")
    return Proceeded(rule.procedure, values["parameters"])


_FORM_NUMBER = Converted(COUNT, lambda form: form.rule.forms.index(form))

_MADE = OneOf(
    [
        Record(
            "given",
            Given,
            "The equation is one of those to be solved.",
            {"equation": stored(NODE, "equation")},
            tagged=True,
        ),
        Record(
            "applied",
            Applied,
            "A rule of the table of moves, on one equation.",
            {
                "rule": stored(TEXT, "form.rule.name", "The rule's name."),
                "form": stored(_FORM_NUMBER, "form", "Which form of the rule, from 0."),
                "unknown": stored(NODE, "unknown", "What is solved for."),
            },
            build=lambda values, source: Applied(_form(values, source), values["unknown"]),
            tagged=True,
        ),
        Record(
            "rewritten",
            Rewritten,
            "One side or both rewritten; null where a side stays.",
            {
                "left": stored(Optional(PHASE), "left"),
                "right": stored(Optional(PHASE), "right"),
            },
            build=_rewritten,
            tagged=True,
        ),
        Record(
            "filled",
            Filled,
            "Solved equations put into the first source.",
            {"unknowns": stored(Many(NODE), "unknowns", "What the equations are solved for.")},
            tagged=True,
        ),
        Record(
            "proceeded",
            Proceeded,
            "A named procedure on one equation.",
            {
                "rule": stored(TEXT, "procedure.rule.name", "The rule's name."),
                "parameters": stored(Many(NODE), "parameters", "What it works by."),
            },
            build=_proceeded,
            tagged=True,
        ),
        Record(
            "chosen",
            Chosen,
            "One of several equations, which a case assumes.",
            {"which": stored(NUMBER, "which", "Its place among them, from 0.")},
            tagged=True,
        ),
        Record(
            "combined",
            Combined,
            "The second source, or its negative, added to the first.",
            {"factor": stored(NUMBER, "factor", "1 or -1.")},
            tagged=True,
        ),
        Record(
            "term",
            Term,
            "A term of a sum of terms none of which is negative, set to zero.",
            {"which": stored(NUMBER, "which", "The term, from 0.")},
            tagged=True,
        ),
        Record("refuted", Refuted, "The equation never holds.", {}, tagged=True),
    ]
)

_RULES = Converted(Many(TEXT), lambda rules: [rule.name for rule in rules], _rules)

MOVE = Record(
    "move",
    Move,
    "One equation of a solution, and how it came about.",
    {
        "number": stored(NUMBER, "number", "Its place among all moves, from 0."),
        "equation": stored(STORED, "equation", "The equation."),
        "says": shown(TEXT, "says", "What was done, as text."),
        "words": stored(WORDS, "words", "What was done: texts and formulas."),
        "rules": stored(_RULES, "rules", "The rules that were applied."),
        "sources": stored(Many(NUMBER), "sources", "The moves that it was made from."),
        "made": stored(_MADE, "made", "How it was made from them."),
        "origin": stored(NUMBER, "origin", "Which given equation it is a form of, from 1."),
        "label": stored(TEXT, "label", 'How others refer to it: "(1)"; or empty.'),
        "condition": stored(Optional(STORED), "condition", "What must not be zero for it."),
        "purpose": stored(WORDS, "purpose", "The larger move that it is a part of."),
        "joined": stored(TRUTH, "joined", "Whether it only tidies the equation before it."),
        "easy": stored(TRUTH, "easy", "Whether the larger move fits one line."),
        "place": stored(Optional(NUMBER), "place", "Which of several equations it changes."),
    },
)

COLUMN = Record(
    "column",
    Column,
    "What is done with one equation by itself.",
    {
        "heading": stored(TEXT, "heading", 'The number of the equation: "(1)".'),
        "moves": stored(Many(MOVE), "moves", "The equation and its forms, from the top."),
    },
)

_CELL = Record(
    "cell",
    Cell,
    "An equation as it is shown, and what led to it.",
    {
        "text": shown(NAME, "equation", "The equation in the text notation."),
        "latex": shown(LATEX, "equation", "The equation in LaTeX, for a formula."),
        "label": shown(TEXT, "label", 'Its number, such as "(1)"; or empty.'),
        "rules": shown(RULES, "rules", "The names of the rules that were used."),
        "says": shown(TEXT, "says", "What led to it, with its conditions."),
    },
    build=lambda values, source: None,
)

# The cells that stand side by side.
ROWS = AtDetail(Converted(Many(Optional(_CELL)), attrgetter("cells")))
