"""Files with columns of numbers: CSV by the standard library, Parquet by pyarrow."""

from __future__ import annotations

import csv
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from io import BytesIO, TextIOWrapper
from itertools import islice
from math import isfinite
from pathlib import Path
from typing import Any, TextIO

from derivex.errors import ProblemError, ReadError
from derivex.tables.column import FloatColumn

__all__ = ["EXACT_ROWS", "Table", "read_table"]

EXACT_ROWS = 10_000
"""Rows up to which every number is kept digit by digit; longer columns are floats."""

_MOST_BYTES = 1 << 31
_LONGEST_LINE = 100_000
_DELIMITERS = ",;\t"
_SHOWN = 20  # characters of a cell in an error

Column = Sequence[str] | FloatColumn


@dataclass(frozen=True)
class Table:
    """Columns of numbers.

    Args:
        columns: by their names: the digits of each number, or for long columns floats.
    """

    columns: Mapping[str, Column]

    def only(self, names: Sequence[str]) -> Table:
        """Some of the columns.

        Raises:
            ProblemError: there is no such column.
        """
        for name in names:
            if name not in self.columns:
                raise ProblemError(
                    f"there is no column {name}", hint=f"there are {', '.join(self.columns)}"
                )
        return Table({name: self.columns[name] for name in names})


def read_table(
    name: str, names: Sequence[str] | None = None, lines: Iterable[str] | None = None
) -> Table:
    """The columns of a file: Parquet by its first four bytes, else CSV.

    Args:
        name: the file.
        names: the columns that are wanted; all of them if left out.  The others are not looked
            at, so they may hold anything.
        lines: the lines of a CSV file, where they do not come from a file.

    Raises:
        ReadError: it cannot be opened, or is no text.
        ProblemError: a cell that is empty or no number, named by its row and its column; a row
            with more or fewer cells than there are columns.
    """
    if lines is not None:
        return _read_csv(name, lines, names)
    path = Path(name)
    try:
        size = path.stat().st_size
        if size > _MOST_BYTES:
            raise ReadError(f"{name} has {size} bytes; at most {_MOST_BYTES} are read")
        with path.open("rb") as file:
            # A pipe cannot be read twice, so that it is kept whole.
            source = file if file.seekable() else BytesIO(file.read(_MOST_BYTES))
            is_parquet = source.read(4) == b"PAR1"
            source.seek(0)
            if is_parquet:
                from derivex.tables.parquet import read_parquet

                return Table(read_parquet(name, source, names))
            text = TextIOWrapper(source, encoding="utf-8-sig", newline="")
            return _read_csv(name, _decoded(text, name), names)
    except OSError as error:
        raise ReadError(f"{name} cannot be opened: {error.strerror}") from None


def _decoded(file: TextIO, name: str) -> Iterator[str]:
    try:
        first = file.readline(_LONGEST_LINE)
        if len(first) == _LONGEST_LINE:
            raise ReadError(
                f"the first line of {name} has {_LONGEST_LINE} characters or more",
                hint="a CSV file begins with the names of its columns: a,h",
            )
        yield first
        yield from file
    except UnicodeDecodeError as error:
        raise ReadError(
            f"{name} is not UTF-8 text: byte {error.object[error.start]:#04x}",
            hint="save it as UTF-8",
        ) from None


def _read_csv(name: str, lines: Iterable[str], names: Sequence[str] | None) -> Table:
    numbered = enumerate(lines, 1)
    before, first = next(((place, line) for place, line in numbered if line.strip()), (0, ""))
    mark = next((each for each in _DELIMITERS if each in first), ",")
    heading = _heading(name, next(csv.reader([first], delimiter=mark), []))
    wanted = list(heading) if names is None else list(names)
    Table(dict.fromkeys(heading, ())).only(wanted)
    places = [heading.index(title) for title in wanted]
    rest = csv.reader((line for _, line in numbered), delimiter=mark)
    rows = _rows(name, rest, len(heading), before)
    start = list(islice(rows, EXACT_ROWS + 1))
    if not start:
        raise ProblemError(
            f"{name} has no data", hint="the first line holds the names, the others the numbers"
        )
    if len(start) <= EXACT_ROWS:
        cells = [
            [_digits(row[place], name, line, heading[place]) for place in places]
            for line, row in start
        ]
        return Table({title: [row[k] for row in cells] for k, title in enumerate(wanted)})
    numbers = [array("d") for _ in places]
    pairs = list(zip(numbers, places, strict=True))
    for part in (start, rows):
        for line, row in part:
            for column, place in pairs:
                try:
                    value = float(row[place])
                except ValueError:
                    value = float(Fraction(_digits(row[place], name, line, heading[place])))
                if not isfinite(value):
                    raise _no_number(row[place], name, line, heading[place])
                column.append(value)
    return Table(dict(zip(wanted, map(_floats, numbers), strict=True)))


def _floats(numbers: Any) -> FloatColumn:
    import numpy  # which takes a while

    return FloatColumn(numpy.frombuffer(numbers, dtype=float))


def _rows(name: str, reader: Any, width: int, before: int) -> Iterator[tuple[int, list[str]]]:
    """The rows with their lines in the file; those that are empty are left out."""
    try:
        for row in reader:
            if not row:
                continue
            if len(row) != width:
                line = reader.line_num + before
                raise ProblemError(
                    f"{name}, line {line}: there are {len(row)} entries for {width} columns",
                    hint="each line holds one number for each name in the first line",
                )
            yield reader.line_num + before, row
    except csv.Error as error:
        raise ProblemError(f"{name}, line {reader.line_num + before}: {error}") from None


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


def _digits(cell: str, name: str, line: int, title: str) -> str:
    """The digits of a number: a decimal without an exponent, or a fraction.

    Raises:
        ProblemError: it is none; with its place in the file.
    """
    text = cell.strip().replace("\N{MINUS SIGN}", "-")
    if "_" not in text:
        try:
            value = Decimal(text)
            if value.is_finite() and abs(value.adjusted()) <= 400:
                return format(value, "f")
        except ArithmeticError:
            pass
        above, over, below = text.partition("/")
        digits = below.strip()
        if over and digits.isdecimal() and int(digits) and above.strip("- ").isdecimal():
            return text
    raise _no_number(cell, name, line, title)


def _no_number(cell: str, name: str, line: int, title: str) -> ProblemError:
    where = f"{name}, line {line}, column {title}"
    shown = cell.strip()
    if not shown or shown.lower() in ("na", "n/a", "nan", "null", "none", "-", "?"):
        told = f"“{shown}” stands for a missing number" if shown else "there is no number"
        return ProblemError(f"{where}: {told}", hint="fill it in, or leave the line out")
    shown = shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"
    hint = "write numbers such as 2, -0.5 or 1/3"
    if "," in shown and shown.replace(",", "").lstrip("-").isdecimal():
        hint = "write decimals with a point: 0.5"
    return ProblemError(f"{where}: “{shown}” is not a number", hint=hint)
