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
    Shapes,
)
from derivex.lessons.run import (
    LessonRun,
    Session,
    replay_outcomes,
    run_lesson,
)

__all__ = [
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
    "Session",
    "Shapes",
    "Statement",
    "read_lesson",
    "read_statements",
    "replay_outcomes",
    "run_lesson",
]
