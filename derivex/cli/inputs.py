"""What commands read: standard input, files with data, rule files."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from derivex.limits import MAX_CHARACTERS
from derivex.text_files import decoded, read_text_file

if TYPE_CHECKING:
    from derivex.tables.reading import Column

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


def read_data(name: str | None) -> Mapping[str, Column] | None:
    """Columns of data from a CSV file whose first line holds the names, or a Parquet file.

    Raises:
        ReadError: the file cannot be read.
        ProblemError: a cell that is no number, or a line with another number of entries than
            there are names.
    """
    if name is None:
        return None
    from derivex.tables import read_table  # few formulas have data

    lines = read_standard_input().splitlines(keepends=True) if name == "-" else None
    return read_table("standard input" if lines is not None else name, lines=lines).columns
