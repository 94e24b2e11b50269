"""What a student answered: plain text for each blank, never anything that is executed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["MAX_ANSWER", "Answers", "number_of"]

MAX_ANSWER = 2_000
"""Characters in one answer; no formula that somebody writes into a blank is longer."""

_NUMBER = re.compile(r"\s*(?:answer|blank|question)?[\s_]*[(\[]?(\d{1,6})[)\].]?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Answers:
    """The answers of one student.

    Args:
        student: a name, or what the file is called.
        answers: what was typed, by the numbers of the blanks; a missing one was not answered.
        problem: why there are no answers, a sentence; "" if they were read.
        sheet: which of several sheets it is, as it is called or by its number; "" if nobody says.
    """

    student: str
    answers: Mapping[int, str] = field(default_factory=dict)
    problem: str = ""
    sheet: str = ""


def number_of(name: Any) -> int | None:
    """The number of the blank that a name means; None for any other name.

    >>> [number_of(name) for name in ("3", "(12)", "answer_4", "Question 5", "student")]
    [3, 12, 4, 5, None]
    """
    found = _NUMBER.fullmatch(name) if isinstance(name, str) else None
    return int(found.group(1)) if found else None
