r"""The meant readings of LaTeX formulas, written by hand before the reader was tried on them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from derivex.errors import DerivexError, ReadError
from derivex.expression import symbol
from derivex.expression.functions import Function
from derivex.notation import Reading, Scope, Source, read_array, read_relation, read_text
from derivex.notation.latex import latex_source
from derivex.rulebook import shipped_book


def rows_of(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        Path(__file__).with_name(name).read_text(encoding="utf-8")
    )
    return found


# The formulas of documents, and others as course notes have them.
FILES = ("latex_readings.json", "latex_course_notes.json", "latex_textbooks.json")
ROWS = [row for name in FILES for row in rows_of(name)]

# Read although the row asks for a refusal, which leaves it open.
READ_AFTER_ALL = {
    "{x+1}^2": "braces used as parentheses are read as such, and the note says so",
    r"\left.\frac{df}{dx}\right|_{x=2}": "the notation has a value at a point",
}


def scope_of(declared: Mapping[str, Any]) -> Scope:
    scope = Scope(functions=shipped_book().functions).declare(*declared.get("names", ()))
    for text in declared.get("arrays", ()):
        scope = scope.with_arrays(read_array(text, scope))
    for name, parameters in declared.get("functions", {}).items():
        scope = scope.with_functions({name: Function(name, tuple(map(symbol, parameters)))})
    return scope.with_data(*declared.get("data", ()))


def read(source: str | Source, scope: Scope) -> Reading:
    try:
        return read_text(source, scope)
    except ReadError as error:
        if "an equation" not in error.message:
            raise
        return read_relation(source, scope)


@pytest.mark.parametrize("row", ROWS, ids=[row["latex"] for row in ROWS])
def test_as_meant(row: Mapping[str, Any]) -> None:
    scope = scope_of(row.get("declare", {}))
    if "refused" in row and row["latex"] not in READ_AFTER_ALL:
        with pytest.raises(DerivexError) as caught:
            read(latex_source(row["latex"]), scope)
        assert row["refused"] in str(caught.value)
        assert caught.value.hint
        return
    if "not" in row:  # which may be refused as well
        try:
            found = read(latex_source(row["latex"]), scope)
        except DerivexError:
            return
        assert found.expression is not read(row["not"], scope).expression
    elif "text" in row:
        found = read(latex_source(row["latex"]), scope)
        assert found.expression is read(row["text"], scope).expression
