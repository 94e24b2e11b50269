"""Marked sheets as text: plain sentences, no boxes, one thing a line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from derivex.marking import VERDICTS, MarkedAnswers, MarkedBlank, amount
from derivex.rendering.wrapping import wrap_sentence

__all__ = ["ClassSummary", "blank_lines", "marked_text", "student_line", "visible"]

_MOST_ANSWERS = 500  # different wrong answers to one blank that are counted
_LONGEST = 300  # characters of an answer that are shown


def visible(text: str) -> str:
    """Text of somebody else's without anything that would disturb a terminal.

    >>> visible("a\\x1b[31mb")
    'a�[31mb'
    """
    shown = "".join(each if each.isprintable() else "�" for each in " ".join(text.split()))
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def marked_text(marked: MarkedAnswers, width: int | None = None) -> str:
    """The sheet of one student, for the student: every blank, and what is to be said of it.

    Args:
        marked: what was found.
        width: the columns there are; None where nothing limits them.
    """
    lines = [student_line(marked)]
    if marked.problem:
        lines += ["", visible(marked.problem)]
    for blank in marked.blanks:
        lines += ["", *blank_lines(blank, width)]
    return "\n".join(lines)


def student_line(marked: MarkedAnswers) -> str:
    """One student in one line.

    >>> student_line(MarkedAnswers("Ada", (MarkedBlank(1, "right", 1, 1),)))
    'Ada: 1 of 1 point (1 right)'
    """
    counts = ", ".join(f"{number} {_short(verdict)}" for verdict, number in marked.counts.items())
    told = f" ({counts})" if counts else ""
    return f"{visible(marked.student)}: {_of(marked.points, marked.out_of)}{told}"


def blank_lines(blank: MarkedBlank, width: int | None = None) -> Iterator[str]:
    """What is to be said of one blank: the verdict, then the reasons, each a line."""
    told = f"({blank.number}) {blank.verdict}"
    if blank.verdict != "missing":
        told += f": {visible(blank.answer)}"
    yield from _wrapped(f"{told} — {_of(blank.points, blank.out_of)}", width, 0)
    if blank.note and not blank.note.startswith("agrees at"):
        yield from _wrapped(visible(blank.note), width, 4)
    for sentence in blank.diagnosis:
        yield from _wrapped(visible(sentence), width, 4)
    if blank.verdict != "right":
        yield from _wrapped(f"the key has: {visible(blank.expected)}", width, 4)


def _wrapped(text: str, width: int | None, indent: int) -> list[str]:
    room = 100_000 if width is None else max(40, width)
    return wrap_sentence(text, room, " " * indent, " " * (indent + 2))


def _of(points: float, out_of: int) -> str:
    return f"{amount(points)} of {out_of} point{'' if out_of == 1 else 's'}"


def _short(verdict: str) -> str:
    return {
        "right, other form": "in another form",
        "follows from an earlier answer": "following from an earlier answer",
    }.get(verdict, verdict)


class ClassSummary:
    """What is found about a class, counted while the students go by."""

    def __init__(self) -> None:
        self.students = 0
        self.points = 0.0
        self.out_of = 0
        self.problems = 0
        self.verdicts: Counter[str] = Counter()
        self._blanks: dict[int, Counter[str]] = {}
        self._wrong: dict[int, Counter[str]] = {}
        self._keys: dict[int, set[str]] = {}
        self._names: Counter[str] = Counter()

    def add(self, marked: MarkedAnswers) -> None:
        """Count one student."""
        self.students += 1
        self._names[marked.student] += 1
        self.points += marked.points
        self.out_of += marked.out_of
        self.problems += bool(marked.problem)
        for blank in marked.blanks:
            self.verdicts[blank.verdict] += 1
            self._blanks.setdefault(blank.number, Counter())[blank.verdict] += 1
            keys = self._keys.setdefault(blank.number, set())
            if len(keys) < 2:  # then it is another one on every sheet
                keys.add(blank.expected)
            if blank.verdict == "wrong":
                wrong = self._wrong.setdefault(blank.number, Counter())
                answer = blank.read or blank.answer
                if answer in wrong or len(wrong) < _MOST_ANSWERS:
                    wrong[answer] += 1

    def lines(self) -> Iterator[str]:
        """The class in sentences: the mean, and each blank with its most frequent mistake."""
        if not self.students:
            yield "no sheet was marked"
            return
        noun = "sheet" if self.students == 1 else "sheets"
        mean = round(self.points / self.students, 2)
        full = round(self.out_of / self.students, 2)
        yield f"{self.students} {noun} marked; on average {amount(mean)} of {amount(full)} points"
        if self.problems:
            yield f"{self.problems} could not be read"
        for name, times in self._names.items():
            if times > 1:
                yield f"{times} sheets have the name {visible(name)}"
        for number, verdicts in self._blanks.items():
            yield self._of_blank(number, verdicts)

    def _of_blank(self, number: int, verdicts: Mapping[str, int]) -> str:
        right = sum(verdicts.get(verdict, 0) for verdict in VERDICTS[:3])
        asked = sum(verdicts.values())
        if verdicts.get("missing") == asked:
            return f"({number}) nobody has answered this"
        keys = self._keys[number]
        key = visible(*keys) if len(keys) == 1 else "another on every sheet"
        told = f"({number}) {key}: {right} of {asked} right"
        most = self._wrong.get(number, Counter()).most_common(1)
        if most and (len(keys) == 1 or most[0][1] > 1):
            answer, times = most[0]
            told += f"; {times} × {visible(answer)}"
        return told

    def to_dict(self) -> dict[str, Any]:
        """The counts, for JSON."""
        return {"students": self.students, "verdicts": dict(self.verdicts)}
