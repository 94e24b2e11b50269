"""Marking filled-in sheets: every blank judged by equality, by form, and with what went before."""

from derivex.marking.answer_files import answer_files, read_answer_file, read_answers
from derivex.marking.answers import MAX_ANSWER, Answers
from derivex.marking.file_names import FileNames
from derivex.marking.marked import MarkedAnswers, MarkedBlank, MarkedClass, amount
from derivex.marking.marker import Marker
from derivex.marking.quiz import Quiz
from derivex.marking.scheme import (
    DEFAULT_SCHEME,
    VERDICTS,
    BlankVerdict,
    Scheme,
    make_scheme,
    read_scheme,
)

__all__ = [
    "DEFAULT_SCHEME",
    "MAX_ANSWER",
    "VERDICTS",
    "Answers",
    "BlankVerdict",
    "FileNames",
    "MarkedAnswers",
    "MarkedBlank",
    "MarkedClass",
    "Marker",
    "Quiz",
    "Scheme",
    "amount",
    "answer_files",
    "make_scheme",
    "read_answer_file",
    "read_answers",
    "read_scheme",
]
