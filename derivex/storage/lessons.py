"""Lessons that were worked, in JSON.

The text of a lesson is stored whole and read again, so that each outcome belongs to the
statement that stands there.
"""

from __future__ import annotations

from typing import Any

from sympy import Symbol

from derivex.expression.array_nodes import ArrayName
from derivex.lessons import (
    BlankMark,
    BlankMarks,
    Data,
    Expectation,
    LessonRun,
    Outcome,
    Program,
    Prose,
    Requirement,
    Shapes,
    Statement,
    read_lesson,
    read_statements,
)
from derivex.lessons import Choice as LessonChoice
from derivex.lessons.prose import with_numbers
from derivex.notation import Definition, declaration_text
from derivex.sheets import BlankKind
from derivex.storage.backward import BACKWARD
from derivex.storage.codec import NUMBER, TEXT, TEXTS, TRUTH, Choice, Many, Optional, Reading, Texts
from derivex.storage.derivations import DERIVATION, GRADIENT
from derivex.storage.descents import DESCENT
from derivex.storage.entry_error import EntryError
from derivex.storage.expressions import (
    NAMES,
    NODE,
    NODES,
    STORED_RESULT,
    Node,
)
from derivex.storage.gradient_checks import GRADIENT_CHECK
from derivex.storage.pictures import DRAWING
from derivex.storage.record import Field, OneOf, Record, shown, stored
from derivex.storage.slopes import DIFFERENTIABILITY, DIRECTIONAL, NUDGES, TANGENT
from derivex.storage.solutions import IMPLICIT, SOLUTION, STATIONARY
from derivex.storage.subgradients import SUBGRADIENT

__all__ = ["DEFINITION", "LESSON", "RESULTS", "WORKED"]

DEFINITION = Record(
    "definition",
    Definition,
    "A name for an expression, or for a function.",
    {
        "name": stored(TEXT, "name", "The name."),
        "parameters": shown(NAMES, "parameters", "The function's parameters, as text."),
        "letters": stored(Many(Node(Symbol, ArrayName)), "parameters", "The parameters."),
        "definition": stored(
            Optional(STORED_RESULT), "body", "What it stands for; null if nothing is known of it."
        ),
        "notes": stored(TEXTS, "notes", "How it was read."),
    },
    tagged=True,
)

_DATA = Record(
    "data",
    Data,
    "A column of data.",
    {
        "data": shown(TEXT, lambda data: data.name.name, "Its name, as text."),
        "name": stored(Node(Symbol), "name", "Its name."),
        "entries": shown(NAMES, "entries", "Its entries, as text."),
        "numbers": stored(NODES, "entries", "Its entries."),
    },
    tagged=True,
)

_SHAPES = Record(
    "shapes",
    Shapes,
    "Vectors and matrices that are declared.",
    {
        "shapes": shown(Texts(lambda array, to: declaration_text(array)), "arrays", "As text."),
        "arrays": stored(Many(Node(ArrayName)), "arrays", "Their names, with their shapes."),
    },
    tagged=True,
)

_EXPECTATION = Record(
    "expectation",
    Expectation,
    "What a lesson says must come out, and what did.",
    {
        "expect": stored(TEXT, "name", "The left side, as it is written in the lesson."),
        "expected": stored(STORED_RESULT, "expected", "The right side."),
        "found": stored(STORED_RESULT, "found", "The left side, worked out."),
        "holds": stored(TRUTH, "holds", "Whether the two are equal."),
        "rounded": stored(TRUTH, "rounded", "Whether only the written digits must agree."),
        "says": stored(TEXT, "says", "How that is known, or where they differ."),
    },
    tagged=True,
)

_BLANK_MARK = Record(
    "blank_mark",
    BlankMark,
    "Something that a sheet of the lesson leaves out.",
    {
        "part": stored(NUMBER, "part", "Which of the derivations, from 0."),
        "column": stored(NUMBER, "column", "The column of its row, from 0."),
        "row": stored(NUMBER, "row", "Its row, from 0."),
        "what": stored(Choice(BlankKind), "kind", "What it is."),
        "answer": stored(Optional(NODE), "answer", "The expression; null for a reason."),
        "says": stored(TEXT, "says", "The reason, where it is one."),
    },
)

_BLANK_MARKS = Record(
    "blanks",
    BlankMarks,
    "What a sheet of the lesson leaves out.",
    {
        "marks": stored(Many(_BLANK_MARK), "marks", "What is left out."),
        "points": stored(NUMBER, "points", "What a right answer is worth."),
    },
    tagged=True,
)

_CHOICE = Record(
    "choice",
    LessonChoice,
    "What was chosen for some letters.",
    {
        "names": Field(
            Many(Node(Symbol)),
            lambda choice: [name for name, _ in choice.values],
            "names",
            "The letters.",
        ),
        "values": Field(
            NODES, lambda choice: [value for _, value in choice.values], "numbers", "Their values."
        ),
    },
    build=lambda values, source: LessonChoice(
        tuple(zip(values["names"], values["numbers"], strict=False))
    ),
    tagged=True,
)

_REQUIREMENT = Record(
    "requirement",
    Requirement,
    "What a variant of the lesson must meet.",
    {
        "require": stored(TEXT, "says", "What is required, as it is written in the lesson."),
        "holds": stored(TRUTH, "holds", "Whether it is met."),
        "below": stored(Optional(NUMBER), "below", "What all numbers must be below, if said."),
    },
    tagged=True,
)

RESULTS = OneOf(
    [
        _BLANK_MARKS,
        _CHOICE,
        _REQUIREMENT,
        DEFINITION,
        _DATA,
        _SHAPES,
        _EXPECTATION,
        DERIVATION,
        GRADIENT,
        BACKWARD,
        SUBGRADIENT,
        DESCENT,
        GRADIENT_CHECK,
        SOLUTION,
        STATIONARY,
        IMPLICIT,
        NUDGES,
        TANGENT,
        DIRECTIONAL,
        DIFFERENTIABILITY,
        DRAWING,
    ]
)
"""What a statement can lead to."""

_PROSE = Record(
    "prose",
    Prose,
    "Markdown to be shown as it stands.",
    {"prose": stored(TEXT, "text", "The lines, with their line ends.")},
    tagged=True,
)

_OUTCOME = Record(
    "outcome",
    Outcome,
    "What one statement led to.",
    {
        "statement": shown(TEXT, "statement.shown", "The statement as one tidy line."),
        "line": shown(NUMBER, "statement.place.line", "The line in the file, from 1."),
        "results": stored(Many(RESULTS), "results", "In order."),
        "notes": stored(TEXTS, "notes", "How ambiguous formulas in it were read."),
        "holds": shown(TRUTH, "holds", "Whether no expectation in it failed."),
    },
    build=lambda values, source: values,
    tagged=True,
)


def _run(values: dict[str, Any], source: Reading) -> LessonRun:
    lesson = read_lesson(values["lesson.source"], values["lesson.name"])
    expected: list[Prose | Statement] = []
    for block in lesson.blocks:
        expected += block.statements if isinstance(block, Program) else [block]
    parts = values["parts"]
    if len(parts) != len(expected):
        raise EntryError(f"there are {len(parts)} for {len(expected)} in the lesson", "parts")
    chosen = {
        name: value
        for part in parts
        if isinstance(part, dict)
        for result in part["results"]
        if isinstance(result, LessonChoice)
        for name, value in result.values
    }
    done: list[Prose | Outcome] = []
    for number, (part, there) in enumerate(zip(parts, expected, strict=True)):
        if isinstance(there, Prose):
            if part != Prose(with_numbers(there.text, chosen)):
                raise EntryError("the lesson has other prose there", "parts", number)
            done.append(part)
        elif isinstance(part, Prose):
            raise EntryError("the lesson has a statement there", "parts", number)
        else:
            done.append(Outcome(there, **part))
    return LessonRun.done(lesson, source.book, done)


LESSON = Record(
    "lesson",
    LessonRun,
    "A lesson that was worked.",
    {
        "name": stored(TEXT, "lesson.name", "What the file is called."),
        "holds": shown(TRUTH, "holds", "Whether every expectation holds."),
        "source": stored(TEXT, "lesson.source", "The text of the file."),
        "parts": stored(Many(OneOf([_PROSE, _OUTCOME])), "parts", "Prose and outcomes, in order."),
    },
    build=_run,
    tagged=True,
)


def _texts(outcomes: tuple[Outcome, ...]) -> list[str]:
    return [outcome.statement.shown for outcome in outcomes]


def _outcomes(values: dict[str, Any], source: Reading) -> tuple[Outcome, ...]:
    statements = read_statements("\n".join(values["statements"]), "the statement")
    if len(statements) != len(values["outcomes"]):
        raise EntryError(f"there are {len(statements)}, not one for each outcome", "statements")
    together = zip(statements, values["outcomes"], strict=True)
    return tuple(Outcome(statement, **outcome) for statement, outcome in together)


WORKED = Record(
    "worked",
    tuple,
    "What statements led to that stand in no lesson.",
    {
        "statements": Field(TEXTS, _texts, "statements", "The statements, one line each."),
        "outcomes": Field(
            Many(_OUTCOME), lambda outcomes: outcomes, "outcomes", "What each of them led to."
        ),
    },
    build=_outcomes,
    tagged=True,
)
