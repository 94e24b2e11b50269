"""Tables: columns of numbers from CSV and Parquet files, each cell looked at."""

from derivex.tables.column import FloatColumn, Texts
from derivex.tables.reading import EXACT_ROWS, Table, read_table

__all__ = ["EXACT_ROWS", "FloatColumn", "Table", "Texts", "read_table"]
