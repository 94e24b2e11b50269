"""The marks of a class as a table: a row for each student."""

from __future__ import annotations

import csv
import io

from derivex.marking import VERDICTS, MarkedAnswers, amount
from derivex.rendering.table_cells import cell

__all__ = ["heading", "row_of"]

_FIRST = ("student", "points", "out of", "remark")


def heading(blanks: int) -> str:
    """The first line of the table: what its columns are.

    Args:
        blanks: how many blanks the sheet has.
    """
    numbers = [
        part for number in range(1, blanks + 1) for part in (f"{number}", f"points {number}")
    ]
    return _line([*_FIRST, *VERDICTS, *numbers])


def row_of(marked: MarkedAnswers) -> str:
    """The line of one student: points, how many answers have each verdict, and every blank."""
    counts = marked.counts
    cells = [marked.student, amount(marked.points), str(marked.out_of), marked.problem]
    cells += [str(counts.get(verdict, 0)) for verdict in VERDICTS]
    for blank in marked.blanks:
        cells += [blank.verdict, amount(blank.points)]
    return _line(cells)


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow([cell(each) for each in cells])
    return out.getvalue()
