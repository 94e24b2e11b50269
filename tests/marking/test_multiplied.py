"""An equation times a factor with letters is the same equation in another form."""

from __future__ import annotations

from dataclasses import replace

import pytest

import derivex
from derivex.expression import Gap, integer
from derivex.marking import Marker
from derivex.notation import read_condition, read_relation
from derivex.sheets import Blank, BlankKind, Sheet, SheetKnowledge, SheetRow
from tests.marking.sheets import BOOK, SCOPE, sheet_of

LETTERS = SCOPE.declare(*"abrxy")
OTHER = "right, other form"
TIMES = "it is the equation that is asked for, multiplied by"


def row(text: str, shown: Gap | None = None) -> SheetRow:
    equation = read_relation(text, LETTERS).expression
    return SheetRow("", equation, equation if shown is None else shown, "a move" if shown else "")


def sheet(key: str, *assumed: str) -> Sheet:
    """A sheet on which an equation is left out, and x is solved for."""
    rows = (row("x + 1 = 2"), row(key, Gap(integer(1))), row("x = 1"))
    made = sheet_of(rows, (Blank(1, BlankKind.LINE, rows[1].expression),), "equations")
    facts = tuple(read_condition(each, LETTERS).expression for each in assumed)
    return replace(made, knowledge=SheetKnowledge(names=tuple("abrxy"), assumptions=facts))


@pytest.mark.parametrize(
    ("key", "answer", "wanted", "note"),
    [
        ("a x = b",           "a^2 x = a b",             OTHER,   f"{TIMES} a, which is right if a ≠ 0"),
        ("a x = b",           "-b a x = -b^2",           OTHER,   f"{TIMES} −b, which is right if −b ≠ 0"),
        ("a x = b",           "a b (a x - b) = 0",       OTHER,   f"{TIMES} ab, which is right if ab ≠ 0"),
        ("(a - 1) x = 2",     "(a - 1)^2 x = 2 (a - 1)", OTHER,   f"{TIMES} a − 1, which is right if a − 1 ≠ 0"),
        ("x^2 + y^2 = r^2",   "r x^2 + r y^2 = r^3",     OTHER,   f"{TIMES} r, which is right if r ≠ 0"),
        ("a x = b",           "2a x = 2b",               OTHER,   "it has the same solutions"),
        ("a x = b",           "(a^2 + 1) (a x - b) = 0", OTHER,   "it has the same solutions"),
        ("a x = b",           "x (a x - b) = 0",         "wrong", "at "),  # x = 0 is no solution
        ("a x = b",           "a^2 x = b",               "wrong", "at "),
        ("a x = b",           "0 = 0",                   "wrong", "at "),
        ("a x = b",           "0 a x = 0 b",             "wrong", "at "),
    ],
)  # fmt: skip
def test_times_a_factor(key: str, answer: str, wanted: str, note: str) -> None:
    found = Marker(sheet(key), BOOK, explain=False).judge(1, answer)
    assert (found.verdict, found.note[: len(note)]) == (wanted, note)


def test_what_is_assumed_is_not_said() -> None:
    found = Marker(sheet("a x = b", "a > 0"), BOOK, explain=False).judge(1, "a^2 x = a b")
    assert found.verdict == OTHER
    assert not found.note.endswith("≠ 0")


def test_everything_that_is_solved_for_is_unknown() -> None:
    sheet = derivex.sheet(
        "# T\n```derivex\nsolve gradient of x^3 + 3x y^2 - 3x^2 - 3y^2 = 0 for x, y\n"
        "blank line 4 in part 3\n```\n"
    ).sheet
    marker = Marker(sheet, BOOK)
    assert marker.judge(1, "6y(x - 2) = 0").verdict == "wrong"
    assert marker.judge(1, "y(x - 1) = 0").verdict == "right, other form"


@pytest.mark.parametrize(
    ("key", "answer", "verdict"),
    [
        ("4x^2 (x - 3) = 0", "4x^(-2) (x - 3) = 0", "wrong"),
        ("4x^2 (x - 3) = 0", "(x - 3)/x = 0", "wrong"),
        ("4x^2 (x - 3) = 0", "x (x - 3) = 0", OTHER),
        ("x^2 = 4", "4/x^2 = 1", OTHER),
    ],
)
def test_an_equation_without_a_value_at_a_solution_loses_it(
    key: str, answer: str, verdict: str
) -> None:
    assert Marker(sheet(key), BOOK).judge(1, answer).verdict == verdict
