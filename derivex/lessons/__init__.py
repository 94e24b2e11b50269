"""Lessons: Markdown files that read as lessons and run as programs."""

from derivex.lessons.lesson import Lesson, Program, Prose, Statement, read_lesson
from derivex.lessons.outcomes import Data, Expectation, Outcome, Result, Shapes
from derivex.lessons.run import STATEMENTS, LessonRun, run_lesson

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
    "Shapes",
    "Statement",
    "read_lesson",
    "run_lesson",
]
