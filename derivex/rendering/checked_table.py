"""The findings about hand derivations as a table: one row a line, for many files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from typing import Any

from derivex.rendering.table_cells import cell

__all__ = ["COLUMNS", "checked_csv"]

COLUMNS = (
    "file",
    "derivation",
    "line",
    "column",
    "verdict",
    "text",
    "read",
    "claimed",
    "claim",
    "found",
    "counterexample",
    "diagnosis",
    "expected",
    "note",
)


def checked_csv(records: Iterable[Mapping[str, Any]]) -> str:
    """The table as comma-separated values, with a heading; several sentences joined by "; "."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for record in records:
        if record.get("error"):
            row = {"file": record["name"], "verdict": record["verdict"], "note": record["error"]}
            writer.writerow([cell(row.get(column)) for column in COLUMNS])
        for number, derivation in enumerate(record["derivations"], 1):
            for line in derivation["lines"]:
                row = {**line, "file": record["name"], "derivation": number}
                if line["counterexample"]:
                    row["counterexample"] = line["counterexample"]["text"]
                writer.writerow([cell(row.get(column)) for column in COLUMNS])
    return out.getvalue()
