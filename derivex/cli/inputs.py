"""What commands read: standard input, CSV files with data, rule files."""

from __future__ import annotations

import csv
import sys

from derivex.errors import ProblemError
from derivex.limits import MAX_CHARACTERS
from derivex.text_files import decoded, read_text_file

__all__ = ["read_data", "read_file", "read_standard_input"]


def read_standard_input(most: int = MAX_CHARACTERS) -> str:
    """The text on standard input, without the line break at its end.

    Args:
        most: how many characters it may have.

    Raises:
        ReadError: it is not UTF-8, or too long.
    """
    raw = sys.stdin.buffer.read(4 * most + 1)
    return decoded(raw, "standard input", most).rstrip("\r\n")


def read_file(name: str) -> str:
    """The text of a file; ``-`` is standard input.

    Raises:
        ReadError: there is no such file, it is not UTF-8, or it is too long.
    """
    return read_standard_input() if name == "-" else read_text_file(name)


def read_data(name: str | None) -> dict[str, list[str]] | None:
    """Columns of data from a CSV file whose first line holds the names.

    Raises:
        ReadError: the file cannot be read.
        ProblemError: a line has another number of entries than there are names.
    """
    if name is None:
        return None
    reader = csv.reader(read_file(name).splitlines())
    rows = [(reader.line_num, row) for row in reader if row]
    if len(rows) < 2:
        raise ProblemError(
            f"{name} has no data", hint="the first line holds the names, the others the numbers"
        )
    heading = _heading(name, rows[0][1])
    for line, row in rows[1:]:
        if len(row) != len(heading):
            raise ProblemError(
                f"{name}, line {line}: there are {len(row)} entries for {len(heading)} columns",
                hint="each line holds one number for each name in the first line",
            )
    return {
        title: [row[position].strip() for _, row in rows[1:]]
        for position, title in enumerate(heading)
    }


def _heading(name: str, row: list[str]) -> list[str]:
    heading = [entry.strip() for entry in row]
    for position, title in enumerate(heading):
        if not title:
            raise ProblemError(
                f"{name}: column {position + 1} has no name",
                hint="the first line holds the names, such as: a,h",
            )
        if title in heading[:position]:
            raise ProblemError(
                f"{name}: two columns are named {title}", hint="give each column its own name"
            )
    return heading
