"""What a student answered: plain text for each blank, never anything that is executed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

__all__ = ["MAX_ANSWER", "SHEET_COLUMNS", "STUDENT_COLUMNS", "Answers", "number_of", "unused_in"]

MAX_ANSWER = 2_000
"""Characters in one answer; no formula that somebody writes into a blank is longer."""

STUDENT_COLUMNS = ("student", "name", "student name", "login", "id")
SHEET_COLUMNS = ("sheet", "variant")
_MOST_TOLD, _LONGEST, _NEAR = 5, 40, 0.75

_NUMBER = re.compile(
    r"\s*(?:answer|blank|gap|question|q)?[\s_]*[(\[]?(\d{1,6})[)\].]?\s*", re.IGNORECASE
)


@dataclass(frozen=True)
class Answers:
    """The answers of one student.

    Args:
        student: a name, or what the file is called.
        answers: what was typed, by the numbers of the blanks; a missing one was not answered.
        problem: why there are no answers, a sentence; "" if they were read.
        sheet: which of several sheets it is, as it is called or by its number; "" if nobody says.
        unused: what else the file names, and is no blank: other columns of a table, which are
            told with its first row.
    """

    student: str
    answers: Mapping[int, str] = field(default_factory=dict)
    problem: str = ""
    sheet: str = ""
    unused: tuple[str, ...] = field(default=(), compare=False)


def unused_in(answers: Answers, blanks: int) -> Iterator[str]:
    """What a file of answers names that is not marked, each as a sentence with what may be meant.

    Args:
        answers: the answers of a student.
        blanks: how many blanks the sheet has.

    >>> list(unused_in(Answers("Ada", {9: "x"}, unused=("anwser3", "studnet", "time")), 5))[:2]
    ['“anwser3” is no blank; did you mean 3?', '“studnet” is no blank; did you mean student?']
    """
    numbers = {str(number): str(number) for number in range(1, blanks + 1)}
    for name in answers.unused[:_MOST_TOLD]:
        digits = "".join(re.findall(r"\d", name))
        near = [numbers[digits]] if digits in numbers else None
        near = near or get_close_matches(
            name.strip().casefold(), (*STUDENT_COLUMNS, *SHEET_COLUMNS), 1, _NEAR
        )
        meant = f"; did you mean {near[0]}?" if near else ", and is not marked"
        yield f"“{name.strip()[:_LONGEST]}” is no blank{meant}"
    for number in sorted(answers.answers):
        if number > blanks or number < 1:
            yield f"there is no blank {number}: the sheet has {blanks}"
            break


def number_of(name: Any) -> int | None:
    """The number of the blank that a name means; None for any other name.

    >>> [number_of(name) for name in ("3", "(12)", "answer_4", "Question 5", "student")]
    [3, 12, 4, 5, None]
    """
    found = _NUMBER.fullmatch(name) if isinstance(name, str) else None
    return int(found.group(1)) if found else None
