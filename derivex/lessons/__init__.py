"""Lessons: Markdown files that read as lessons and run as programs."""

from derivex.lessons.lesson import Lesson, Program, Prose, Statement, read_lesson, read_statements
from derivex.lessons.outcomes import (
    BlankMark,
    BlankMarks,
    Choice,
    Data,
    Drawing,
    Expectation,
    Outcome,
    Requirement,
    Result,
    Shapes,
)
from derivex.lessons.run import (
    STATEMENTS,
    LessonRun,
    Session,
    fitting_parameters,
    replay_outcomes,
    run_lesson,
)

__all__ = [
    "STATEMENTS",
    "BlankMark",
    "BlankMarks",
    "Choice",
    "Data",
    "Drawing",
    "Expectation",
    "Lesson",
    "LessonRun",
    "Outcome",
    "Program",
    "Prose",
    "Requirement",
    "Result",
    "Session",
    "Shapes",
    "Statement",
    "fitting_parameters",
    "read_lesson",
    "read_statements",
    "replay_outcomes",
    "run_lesson",
]
