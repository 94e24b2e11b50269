"""A table of numbers with a heading: right-aligned columns in text, an array in LaTeX."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy.core.basic import Basic

from derivex.notation import LatexWriter, TextWriter
from derivex.rendering.latex_breaking import set_width
from derivex.rendering.latex_metrics import size_for

__all__ = ["NumberTable", "number_table_as_latex", "number_table_as_text"]

_GAP = "   "


@dataclass(frozen=True)
class NumberTable:
    """Columns of numbers.

    Args:
        heading: what stands above each column: words, or a formula.
        rows: the entries, as many as there are columns.
    """

    heading: tuple[str | Basic, ...]
    rows: tuple[tuple[Basic, ...], ...]


def number_table_as_text(table: NumberTable, unicode: bool = True) -> str:
    """The table with its decimal points below one another."""
    writer = TextWriter(unicode)
    heading = [each if isinstance(each, str) else writer.write(each) for each in table.heading]
    columns = [
        _column([writer.write(row[place]) for row in table.rows], head, "─" if unicode else "-")
        for place, head in enumerate(heading)
    ]
    lines = [_GAP.join(cells).rstrip() for cells in zip(*columns, strict=True)]
    return "\n".join(lines)


def _column(entries: Sequence[str], head: str, rule: str) -> list[str]:
    whole = max(len(entry.partition(".")[0]) for entry in entries)
    pointed = [" " * (whole - len(entry.partition(".")[0])) + entry for entry in entries]
    width = max(len(head), *map(len, pointed))
    inner = max(map(len, pointed))
    left = (width - inner) // 2
    return [
        head.center(width),
        rule * width,
        *((" " * left + entry).ljust(width) for entry in pointed),
    ]


def number_table_as_latex(table: NumberTable, writer: LatexWriter, room: float) -> str:
    """The table as an array in display mode, in a smaller size where it is too wide.

    Args:
        table: the table.
        writer: writes its entries.
        room: how wide the lines of the page are, in points at a size of 10.
    """
    heading = [
        rf"\text{{{each}}}" if isinstance(each, str) else writer.write(each)
        for each in table.heading
    ]
    rows = [list(map(writer.write, row)) for row in table.rows]
    width = sum(max(map(set_width, column)) + 10.0 for column in zip(heading, *rows, strict=True))
    body = " \\\\\n".join(" & ".join(row) for row in rows)
    display = (
        "\\[\n\\begin{array}{" + "l" * len(heading) + "}\n"
        + " & ".join(heading) + " \\\\\n\\hline\n" + body + "\n\\end{array}\n\\]"
    )  # fmt: skip
    command = size_for(width, room)
    return f"{{{command}\n{display}\n}}" if command else display
