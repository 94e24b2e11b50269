"""What was found about the answers of one student; plain data that any process can hand on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from derivex.marking.scheme import VERDICTS, BlankVerdict

__all__ = ["MarkedAnswers", "MarkedBlank", "MarkedClass", "amount"]


@dataclass(frozen=True)
class MarkedBlank:
    """One blank with the verdict on what was answered.

    Args:
        number: the number of the blank.
        verdict: one of :data:`derivex.marking.VERDICTS`.
        points: what the answer gets.
        out_of: what a right one gets.
        answer: what was typed.
        read: how it was read; "" where nothing was, or could be.
        expected: what stands in the key.
        note: what the verdict rests on, or what is asked for instead, in a sentence.
        diagnosis: the likely mistakes, each a sentence.

    >>> MarkedBlank(1, "right", 1, 1, "2x").good
    True
    """

    number: int
    verdict: BlankVerdict
    points: float
    out_of: int
    answer: str = ""
    read: str = ""
    expected: str = ""
    note: str = ""
    diagnosis: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether nothing is said against the answer but, perhaps, its form."""
        return self.verdict in VERDICTS[:3]

    def to_dict(self) -> dict[str, Any]:
        """All of it, ready for ``json.dump``."""
        return {**vars(self), "diagnosis": list(self.diagnosis)}


@dataclass(frozen=True)
class MarkedAnswers:
    """The marked sheet of one student.

    Args:
        student: the name.
        blanks: every blank of the sheet, in order.
        problem: why nothing could be read, a sentence; "" if it could.
    """

    student: str
    blanks: tuple[MarkedBlank, ...]
    problem: str = ""

    @property
    def points(self) -> float:
        """What all answers get together."""
        return round(sum(blank.points for blank in self.blanks), 6)

    @property
    def out_of(self) -> int:
        """What all right answers would get."""
        return sum(blank.out_of for blank in self.blanks)

    @property
    def counts(self) -> dict[str, int]:
        """How many answers have each verdict that occurs, the best first."""
        found = Counter(blank.verdict for blank in self.blanks)
        return {verdict: found[verdict] for verdict in VERDICTS if verdict in found}

    def to_dict(self) -> dict[str, Any]:
        """All of it, ready for ``json.dump``."""
        return {
            "student": self.student,
            "points": self.points,
            "out_of": self.out_of,
            "problem": self.problem,
            "blanks": [blank.to_dict() for blank in self.blanks],
        }

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> MarkedAnswers:
        """What :meth:`to_dict` gave."""
        blanks: Iterable[Mapping[str, Any]] = told["blanks"]
        return cls(
            told["student"],
            tuple(
                MarkedBlank(**{**each, "diagnosis": tuple(each["diagnosis"])}) for each in blanks
            ),
            told["problem"],
        )


@dataclass(frozen=True)
class MarkedClass:
    """The marked sheets of some students.

    Args:
        title: the heading of the sheet.
        source: what it was made from.
        students: in the order of the answers.
    """

    title: str
    source: str
    students: tuple[MarkedAnswers, ...]


def amount(points: float) -> str:
    """Points as people write them.

    >>> amount(3.0), amount(2.5)
    ('3', '2.5')
    """
    return f"{points:g}"
