"""A table of numbers with a heading; in text its columns are aligned on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy.core.basic import Basic

from derivex.notation import TextWriter

__all__ = ["NumberTable", "cell", "number_table_as_text"]

_GAP = "   "


@dataclass(frozen=True)
class NumberTable:
    """Columns of numbers.

    Args:
        heading: what stands above each column: words, or a formula.
        rows: the entries, as many as there are columns: numbers, or a few words.
    """

    heading: tuple[str | Basic, ...]
    rows: tuple[tuple[str | Basic, ...], ...]


def number_table_as_text(table: NumberTable, unicode: bool = True) -> str:
    """The table with its decimal points below one another."""
    writer = TextWriter(unicode)
    heading = [each if isinstance(each, str) else writer.write(each) for each in table.heading]
    columns = [
        _column([cell(row[place], writer) for row in table.rows], head, "─" if unicode else "-")
        for place, head in enumerate(heading)
    ]
    lines = [_GAP.join(cells).rstrip() for cells in zip(*columns, strict=True)]
    return "\n".join(lines)


def cell(entry: str | Basic, writer: TextWriter) -> str:
    """An entry as text."""
    return entry if isinstance(entry, str) else writer.write(entry)


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
