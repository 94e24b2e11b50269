"""The cases of a solution in JSON: a list, in which each case names the one that it is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from derivex.solving.case import Case
from derivex.solving.record import Move, Words
from derivex.storage.codec import NUMBER, TEXT, Codec, Definitions, Many, Reading, Writing
from derivex.storage.entry_error import EntryError
from derivex.storage.expressions import WORDS
from derivex.storage.moves import MOVE
from derivex.storage.record import Record, stored

__all__ = ["CASES"]


@dataclass
class _Flat:
    """A case without those in it."""

    label: str
    within: int
    heading: Words
    moves: tuple[Move, ...]
    points: tuple[int, ...]
    remark: Words


_CASE = Record(
    "case",
    _Flat,
    "What is assumed in a case, and what it leads to.",
    {
        "label": stored(TEXT, "label", 'Its name, such as "A" or "A.2"; empty for the whole.'),
        "within": stored(NUMBER, "within", "Which case of the list it is in; -1 for the whole."),
        "heading": stored(WORDS, "heading", "What is assumed in it."),
        "moves": stored(Many(MOVE), "moves", "The moves in it."),
        "points": stored(Many(NUMBER), "points", "The solutions it ends with, from 0."),
        "remark": stored(WORDS, "remark", "How it ended without a solution."),
    },
)


class _Cases(Codec):
    """A case with the cases in it; None as an empty list."""

    _list = Many(_CASE)

    def write(self, value: Case | None, to: Writing) -> Any:
        rows: list[_Flat] = []
        stack: list[tuple[Case, int]] = [] if value is None else [(value, -1)]
        while stack:
            case, within = stack.pop()
            number = len(rows)
            rows.append(
                _Flat(case.label, within, case.heading, case.moves, case.points, case.remark)
            )
            stack.extend((inner, number) for inner in reversed(case.cases))
        return self._list.write(rows, to)

    def read(self, stored: Any, source: Reading) -> Case | None:
        rows: tuple[_Flat, ...] = self._list.read(stored, source)
        inside: dict[int, list[Case]] = {}
        made: Case | None = None
        for number in reversed(range(len(rows))):
            row = rows[number]
            if (row.within == -1) is not (number == 0) or not -1 <= row.within < number:
                raise EntryError("it is in no earlier case", number, "within")
            cases = tuple(reversed(inside.get(number, [])))
            made = Case(row.label, row.heading, row.moves, cases, row.points, row.remark)
            inside.setdefault(row.within, []).append(made)
        return made

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return self._list.schema(definitions)


CASES = _Cases()
