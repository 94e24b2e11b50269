"""Columns of numbers from Parquet files, by pyarrow."""

from __future__ import annotations

from collections.abc import Sequence
from typing import IO, Any

from derivex.errors import ProblemError, ReadError
from derivex.tables.column import FloatColumn, format_float

__all__ = ["read_parquet"]


def read_parquet(path: str, source: IO[bytes], names: Sequence[str] | None) -> dict[str, Any]:
    """The columns of a Parquet file, by their names.

    Args:
        path: what the file is called.
        source: the file itself, opened.
        names: the columns that are wanted; all of them if left out.

    Raises:
        ReadError: it is damaged.
        ProblemError: pyarrow is not installed, there is no such column, or a column holds
            something else than numbers, or not everywhere one.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise ProblemError(
            f"{path} is a Parquet file, which pyarrow reads, and that is not installed",
            hint="pip install 'derivex[data]'",
        ) from None
    try:
        file = parquet.ParquetFile(source)
        titles = file.schema_arrow.names
        wanted = list(names if names is not None else titles)
        for name in wanted:
            if name not in titles:
                raise ProblemError(f"there is no column {name}", hint=f"there are {titles}")
        table = file.read(columns=wanted)
    except pyarrow.ArrowException as error:
        raise ReadError(f"{path} cannot be read as Parquet: {error}") from None
    if not table.num_rows:
        raise ProblemError(f"{path} has no data")
    return {name: _column(path, name, table.column(name)) for name in wanted}


def _column(path: str, name: str, column: Any) -> Any:
    from pyarrow import types

    from derivex.tables.reading import EXACT_ROWS

    kind = column.type
    if not (types.is_integer(kind) or types.is_floating(kind) or types.is_decimal(kind)):
        what = "text" if types.is_string(kind) or types.is_large_string(kind) else f"{kind}s"
        raise ProblemError(
            f"{path}, row 1, column {name}: the column holds {what}, not numbers",
            hint="take other columns: data a, h from the file",
        )
    if column.null_count:
        row = column.is_null().to_pylist().index(True) + 1
        raise ProblemError(
            f"{path}, row {row}, column {name}: there is no number",
            hint="fill it in, or leave the row out",
        )
    if len(column) <= EXACT_ROWS and not types.is_floating(kind):
        return [str(value) for value in column.to_pylist()]
    import numpy

    floats = numpy.ascontiguousarray(column.to_numpy(), dtype=float)
    wrong = numpy.flatnonzero(~numpy.isfinite(floats))
    if len(wrong):
        raise ProblemError(
            f"{path}, row {wrong[0] + 1}, column {name}: {floats[wrong[0]]} is not a number",
            hint="fill it in, or leave the row out",
        )
    if len(column) <= EXACT_ROWS:
        return [format_float(float(value)) for value in floats]
    return FloatColumn(floats)
