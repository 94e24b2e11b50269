"""Files with columns of numbers: every cell is looked at, and a bad one is named."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pyarrow
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet

import derivex
from derivex.errors import DerivexError
from derivex.tables import EXACT_ROWS, FloatColumn, read_table


def table(folder: Path, text: str | bytes, names: list[str] | None = None) -> dict[str, list]:
    file = folder / "growth.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return {name: list(column) for name, column in read_table(str(file), names).columns.items()}


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("a,h\n0,30\n2,40\n",                {"a": ["0", "2"], "h": ["30", "40"]}),
        ("a;h\n0;0.10\n",                    {"a": ["0"], "h": ["0.10"]}),
        ("a\th\r\n-1\t1e-3\r\n",             {"a": ["-1"], "h": ["0.001"]}),
        ("\ufeffa\n\n 1/3 \n\n+2.50\n",      {"a": ["1/3", "2.50"]}),
        ('"a","h"\n"1","−2"\n',              {"a": ["1"], "h": ["-2"]}),
    ],
)  # fmt: skip
def test_what_is_read(text: str, columns: dict[str, list[str]], tmp_path: Path) -> None:
    assert table(tmp_path, text) == columns


BAD = [
    ("a,h\n1,2\n3,\n",          "line 3, column h: there is no number"),
    ("a,h\n1,2\n\nNA,4\n",      "line 4, column a: “NA” stands for a missing number"),
    ("a,h\n1,tall\n",           "line 2, column h: “tall” is not a number"),
    ("a,h\n1,inf\n",            "line 2, column h: “inf” is not a number"),
    ("a;h\n1;2,5\n",            "“2,5” is not a number\n.*decimals with a point"),
    ("a\n1_000\n",              "“1_000” is not a number"),
    ("a\n1/0\n",                "“1/0” is not a number"),
    ("a\n1e999999\n",           "is not a number"),
    ("\n\na,h\n1,2\n1\n",       "line 5: there are 1 entries for 2 columns"),
    ("a,a\n1,2\n",              "two columns are named a"),
    ("a,\n1,2\n",               "column 2 has no name"),
    ("a,h\n",                   "has no data"),
    ("",                        "has no data|no name"),
    (b"a\n\xff\n",              "not UTF-8"),
    (b"\0" * 200_000,           "the first line of .* has 100000 characters"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), BAD)
def test_a_bad_cell_is_named_by_its_row_and_column(
    text: str | bytes, message: str, tmp_path: Path
) -> None:
    with pytest.raises(DerivexError, match=message):
        table(tmp_path, text)


def test_a_bad_cell_far_down_is_named_too(tmp_path: Path) -> None:
    lines = ["a,h", *[f"{k},{k / 4}" for k in range(EXACT_ROWS + 500)]]
    columns = read_table(str(_write(tmp_path, lines))).columns
    assert isinstance(columns["h"], FloatColumn)
    assert columns["h"].floats[[5, -1]].tolist() == [1.25, (EXACT_ROWS + 499) / 4]
    for bad, message in [
        ("", "there is no number"),
        ("x", "“x” is not a number"),
        ("nan", "missing"),
    ]:
        damaged = [*lines]
        damaged[EXACT_ROWS + 77] = f"1,{bad}"
        with pytest.raises(DerivexError, match=f"line {EXACT_ROWS + 78}, column h: .*{message}"):
            read_table(str(_write(tmp_path, damaged)))


def _write(folder: Path, lines: list[str]) -> Path:
    file = folder / "long.csv"
    file.write_text("\n".join(lines) + "\n")
    return file


def test_columns_that_are_not_wanted_may_hold_anything(tmp_path: Path) -> None:
    assert table(tmp_path, "name,a\nAnna,1\n", ["a"]) == {"a": ["1"]}
    with pytest.raises(DerivexError, match="no column b"):
        table(tmp_path, "name,a\nAnna,1\n", ["b"])


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, width=64), min_size=1))
def test_a_long_column_is_written_as_it_is_read(values: list[float]) -> None:
    column = FloatColumn(np.array(values))
    assert [float(text) for text in column.texts] == values


def test_parquet(tmp_path: Path) -> None:
    file = tmp_path / "growth.parquet"
    columns = {
        "a": pyarrow.array([0, 2, 4]),
        "h": pyarrow.array([30.5, 40, 50]),
        "who": ["x", "y", "z"],
    }
    parquet.write_table(pyarrow.table(columns), file)
    found = read_table(str(file), ["a", "h"]).columns
    assert {name: list(column) for name, column in found.items()} == {
        "a": ["0", "2", "4"],
        "h": ["30.5", "40", "50"],
    }
    with pytest.raises(DerivexError, match="column who: the column holds text"):
        read_table(str(file))
    parquet.write_table(pyarrow.table({"a": pyarrow.array([1.0, None, 2.0])}), file)
    with pytest.raises(DerivexError, match="row 2, column a: there is no number"):
        read_table(str(file))
    parquet.write_table(pyarrow.table({"a": [1.0, 2.0, float("nan")]}), file)
    with pytest.raises(DerivexError, match="row 3, column a: nan is not a number"):
        read_table(str(file))
    file.write_bytes(b"PAR1 and then nothing of use")
    with pytest.raises(DerivexError, match="cannot be read as Parquet"):
        read_table(str(file))


LESSON = """\
```derivex
let loss(s, b) = 1/(2n) sum_i (s a_i + b - h_i)^2
data {columns}from "growth.csv"
descend loss from s = 1, b = 0 with rate 0.05 until the change is at most 0.000001
expect s ≈ 5.00, b ≈ 30.00
```
"""


@pytest.mark.parametrize("columns", ["", "a, h "])
def test_a_lesson_takes_its_data_from_a_file_beside_it(columns: str, tmp_path: Path) -> None:
    (tmp_path / "growth.csv").write_text("a,h\n0,30\n2,40\n4,50\n")
    name = str(tmp_path / "lesson.md")
    assert derivex.run(LESSON.format(columns=columns), name=name).holds
    (tmp_path / "growth.csv").write_text("a,h\n0,30\n2,\n4,50\n")
    with pytest.raises(DerivexError, match=r"growth\.csv, line 3, column h: there is no number"):
        derivex.run(LESSON.format(columns=columns), name=name).holds  # noqa: B018


def test_long_columns_are_descended_on_but_not_written_out() -> None:
    a = np.linspace(0, 4, 20_000)
    data = {"a": a, "h": 5 * a + 30}
    loss = "1/(2n) sum_i (s a_i + b - h_i)^2"
    found = derivex.descend(
        loss, start="s = 0, b = 0", rate="0.3", steps=2000, tolerance="0.00000001", data=data
    )
    assert found.record.last.coordinates == pytest.approx((5, 30), rel=1e-6)
    assert len(found.record.steps) == 1  # with its sums as numbers
    assert derivex.load(found.to_json()) == found
    with pytest.raises(DerivexError, match="sums over 20000 data are not written out"):
        derivex.diff(loss, by="s", at="s = 1, b = 2", data=data)


def test_a_pipe_is_read_like_a_file() -> None:
    reading, writing = os.pipe()
    os.write(writing, b"x,y\n1,2\n3,4\n")
    os.close(writing)
    path = Path(f"/dev/fd/{reading}")
    if not path.exists():
        os.close(reading)
        return
    assert dict(read_table(str(path)).columns) == {"x": ["1", "3"], "y": ["2", "4"]}
    os.close(reading)
