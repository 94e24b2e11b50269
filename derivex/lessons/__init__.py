"""Lessons: Markdown files that read as lessons and run as programs."""

from derivex.lessons.lesson import Lesson, Program, Prose, Statement, read_lesson, read_statements
from derivex.lessons.outcomes import Data, Expectation, Outcome, Result, Shapes
from derivex.lessons.run import STATEMENTS, LessonRun, Session, replay_outcomes, run_lesson

__all__ = [
    "STATEMENTS",
    "Data",
    "Expectation",
    "Lesson",
    "LessonRun",
    "Outcome",
    "Program",
    "Prose",
    "Result",
    "Session",
    "Shapes",
    "Statement",
    "read_lesson",
    "read_statements",
    "replay_outcomes",
    "run_lesson",
]
