"""What commands read: standard input, CSV files with data, rule files."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from derivex.errors import ProblemError, ReadError
from derivex.limits import MAX_CHARACTERS

__all__ = ["read_data", "read_file", "read_standard_input"]


def read_standard_input() -> str:
    """The text on standard input, without the line break at its end.

    Raises:
        ReadError: it is not UTF-8, or too long.
    """
    raw = sys.stdin.buffer.read(4 * MAX_CHARACTERS + 1)
    return _text(raw, "standard input").rstrip("\r\n")


def read_file(name: str) -> str:
    """The text of a file; ``-`` is standard input.

    Raises:
        ReadError: there is no such file, it is not UTF-8, or it is too long.
    """
    if name == "-":
        return read_standard_input()
    try:
        with Path(name).open("rb") as file:
            return _text(file.read(4 * MAX_CHARACTERS + 1), name)
    except OSError as error:
        raise ReadError(f"{name} cannot be opened: {error.strerror}") from None


def _text(raw: bytes, name: str) -> str:
    if len(raw) > 4 * MAX_CHARACTERS:
        raise ReadError(f"{name} has more than {MAX_CHARACTERS} characters")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise ReadError(
            f"{name} is not UTF-8 text: byte {raw[error.start]:#04x} at position "
            f"{error.start + 1}, in line {line}",
            hint="save it as UTF-8",
        ) from None
    if len(text) > MAX_CHARACTERS:
        raise ReadError(f"{name} has {len(text)} characters; at most {MAX_CHARACTERS} are read")
    return text


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
