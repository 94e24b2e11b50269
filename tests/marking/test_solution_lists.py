"""Rows that list solutions or cases, as people write them."""

from __future__ import annotations

import pytest
from sympy.core.basic import Basic

from derivex.expression import Equation, Gap, Nearly, Or, integer
from derivex.marking import Answers, Marker
from derivex.marking.solution_lists import EQUIVALENT
from derivex.sheets import Blank, BlankKind, Sheet, SheetRow
from tests.marking.sheets import BOOK, read, sheet_of


def equation(text: str) -> Basic:
    left, right = text.split("=")
    return Equation(read(left), read(right))


def asked(before: str, *rows: Basic) -> Sheet:
    first = equation(before)
    shown = [SheetRow("", row, Gap(integer(number))) for number, row in enumerate(rows, 1)]
    blanks = tuple(Blank(number, BlankKind.LINE, row) for number, row in enumerate(rows, 1))
    return sheet_of((SheetRow("", first, first), *shown), blanks, "equations")


SOLVED = asked("x^2 - 2x = 0", Or(equation("x = 0"), equation("x = 2")))
CASES = asked("y (x - 1) = 0", Or(equation("y = 0"), equation("x - 1 = 0")))
ONE = asked("2x = 6", equation("x = 3"))
SQUARE = asked("x^2 - 4 = 0", equation("x^2 = 4"))
ROOTS = asked(
    "x^2 = 2", Or(*(Nearly(read("x"), read(each)) for each in ("-1.41421356", "1.41421356")))
)
OTHER = "right, other form"


@pytest.mark.parametrize(
    ("sheet", "answer", "wanted"),
    [
        (SOLVED, "x = 0 or x = 2",            "right"),
        (SOLVED, "x = 2 oder x = 0",          "right"),
        (SOLVED, "2 = x, 0 = x",              "right"),
        (SOLVED, "x ∈ {0; 2}",                "right"),
        (SOLVED, "L = {2, 0}",                "right"),
        (SOLVED, "x_1 = 0 and x_2 = 2",       "right"),
        (SOLVED, "x₁ = 0, x₂ = 2",            "right"),
        (SOLVED, "0 or 2",                    "right"),
        (SOLVED, "x = 1 ± 1",                 "right"),
        (SOLVED, r"$x = 0 \lor x = 2$",       "right"),
        (SOLVED, "x = 4/2 or x = 0",          "right"),
        (SOLVED, "x = 0 or x - 2 = 0",        OTHER),
        (SOLVED, "x = 0 or 3x = 6",           OTHER),
        (SOLVED, "x = 2",                     "wrong"),
        (SOLVED, "x = 0 or x = 2 or x = 3",   "wrong"),
        (SOLVED, "x = ±2",                    "wrong"),
        (SOLVED, "x = 0 or x = ",             "unreadable"),
        (SOLVED, "or",                        "unreadable"),
        (SOLVED, "no solution",               "wrong"),
        (SOLVED, "L = {}",                    "wrong"),
        (ONE,    "3 = x",                     "right"),
        (ONE,    "3",                         "right"),
        (ONE,    "{3}",                       "right"),
        (ONE,    "x = 3,0",                   "right"),
        (ONE,    "x = 3 or x = 4",            "wrong"),
        (ONE,    "x = ±3",                    "wrong"),
        (ONE,    "x = minus 3",               "wrong"),
        (SQUARE, "x = ±2",                    OTHER),
        (SQUARE, "±2",                        "unreadable"),
        (CASES,  "x - 1 = 0 or y = 0",        "right"),
        (CASES,  "y = 0, x = 1",              OTHER),
        (CASES,  "y = 0 and x - 1 = 0",       "unreadable"),
        (CASES,  "y = 0",                     "wrong"),
        (CASES,  "y = 0 or x = 2",            "wrong"),
        (ROOTS,  "x = 1.414 or x = -1.414",   "right"),
        (ROOTS,  "x ≈ ±1,414",                "right"),
        (ROOTS,  "x = ±1.42",                 "wrong"),
    ],
)  # fmt: skip
def test_lists(sheet: Sheet, answer: str, wanted: str) -> None:
    assert Marker(sheet, BOOK, explain=False).judge(1, answer).verdict == wanted


def test_what_is_missing_or_too_much_is_said() -> None:
    marker = Marker(SOLVED, BOOK, explain=False)
    assert marker.judge(1, "x = 2").note == "a solution is missing: x = 0"
    assert marker.judge(1, "x = 0, x = 2, x = 3").note == "this is no solution: x = 3"
    assert marker.judge(1, "x = 0 or 3x = 6").note == EQUIVALENT


def test_a_list_may_follow_from_a_wrong_equation() -> None:
    rows = equation("x (x - 2) = 0"), Or(equation("x = 0"), equation("x = 2"))
    marker = Marker(asked("x^2 - 2x = 0", *rows), BOOK, explain=False)
    marked = marker.mark(Answers("Ada", {1: "x (x - 3) = 0", 2: "x = 0 or x = 3"}))
    assert [each.verdict for each in marked.blanks] == ["wrong", "follows from an earlier answer"]
    marked = marker.mark(Answers("Bob", {1: "x (x - 3) = 0", 2: "x = 0 or x = -3"}))
    assert [each.verdict for each in marked.blanks] == ["wrong", "wrong"]
