"""What a blank asks for beside a right value: the step must be done."""

from __future__ import annotations

from itertools import pairwise

import pytest

import derivex
from derivex.expression import Gap, integer
from derivex.marking.marker import Marker
from derivex.notation import Scope, TextWriter, read_text
from derivex.sheets import (
    Blank,
    BlankKind,
    Exercise,
    Sheet,
    SheetKnowledge,
    SheetRow,
    other_form,
)
from derivex.sheets.places import replaced
from tests.marking.sheets import BOOK

ASIDE = "the step is not done in it"
LEFT = "a derivative is left in it"


@pytest.mark.parametrize(
    ("start",            "number", "answer",                                           "says"),
    [
        # the first line: the product rule
        ("x^2 e^x",      1, "d/dx (x^2) e^x + x^2 d/dx (e^x)",                         ""),
        ("x^2 e^x",      1, "x^2 d(e^x)/dx + d(x^2)/dx e^x",                           ""),
        ("x^2 e^x",      1, "2x e^x + x^2 d(e^x)/dx",                                  ""),
        ("x^2 e^x",      1, "d(x^2 e^x)/dx",                                           ASIDE),
        ("x^2 e^x",      1, "d(e^x x^2)/dx",                                           ASIDE),
        ("x^2 e^x",      1, "0 + d(x x e^x)/dx",                                       ASIDE),
        # the chain rule
        ("(3x^2 + 1)^4", 1, "d(3x^2 + 1)^4/d(3x^2 + 1) d(3x^2 + 1)/dx",                ""),
        ("(3x^2 + 1)^4", 1, "4 (3x^2 + 1)^3 6x",                                       ""),
        ("(3x^2 + 1)^4", 1, "d(1 + 3x^2)^4/dx",                                        ASIDE),
        # the end of the derivatives
        ("x^2 e^x",      2, "2x e^x + x^2 e^x",                                        ""),
        ("x^2 e^x",      2, "2x e^x + x^2 d(e^x)/dx",                                  LEFT),
    ],
)  # fmt: skip
def test_the_line_before_is_no_answer(start: str, number: int, answer: str, says: str) -> None:
    sheet = derivex.sheet(start, by="x", level="hard").sheet
    blank = sheet.blank(number)
    assert blank.kind is BlankKind.LINE and blank.answer is not None
    tree = read_text(answer, Scope(functions=BOOK.functions).declare("x")).expression
    found = other_form(tree, blank.answer, blank.form, BOOK, blank.removed)
    assert found == says
    verdict = derivex.mark(sheet, {number: answer}).students[0].blanks[number - 1].verdict
    aside = "not what is asked" if says == ASIDE else "right, other form"
    assert verdict == (aside if says else "right")


def test_what_a_step_took_is_kept_from_the_class_and_stored() -> None:
    made = derivex.sheet("x^2 e^x", by="x", level="hard")
    assert any(blank.removed for blank in made.sheet.blanks)
    assert not any(blank.removed for blank in made.sheet.without_answers().blanks)
    again = derivex.load(made.to_json())
    assert [blank.removed for blank in again.sheet.blanks] == [
        blank.removed for blank in made.sheet.blanks
    ]


def _letters(written: str) -> list[str]:
    """The same for two orders of the same factors and terms."""
    return sorted(letter for letter in written if letter not in " ·")


@pytest.mark.parametrize("lesson", ["chain_rule", "implicit", "first_principles"])
def test_no_line_above_is_an_answer(lesson: str) -> None:
    """Copied from the row before, an answer is right nowhere, but where only the order changes."""
    made = derivex.sheet(f"worked_examples/{lesson}.md", blank="lines")
    answers = {
        number: TextWriter().write(above.expression)
        for exercise in made.sheet.exercises
        for column in exercise.columns
        for above, row in pairwise(column)
        for number in row.blanks
        if number != row.says_blank
    }
    marked = derivex.mark(made, answers)
    assert answers
    right = [each for each in marked.students[0].blanks if each.verdict == "right"]
    assert all(_letters(each.answer) == _letters(each.expected) for each in right)


@pytest.mark.parametrize(
    ("row",                            "gap",   "right",      "wrong"),
    [
        ("(2x + 0) 1 + (0 + 4y) 0",     "4y",    "y + 3y",     "4y + 1"),
        ("lim_{h->0} (6x h + 25h^2)/h", "25h^2", "(5h)^2",     "50h^2"),
    ],
)  # fmt: skip
def test_where_a_row_does_not_notice_the_answer_itself_counts(
    row: str, gap: str, right: str, wrong: str
) -> None:
    """Any number times 0 is 0, which does not make it right."""
    scope = Scope(functions=BOOK.functions).declare("x", "y", "h")
    whole, answer = (read_text(text, scope).expression for text in (row, gap))
    shown = replaced(whole, answer, Gap(integer(1)))
    rows = (SheetRow("", whole, whole), SheetRow("=", whole, shown, "arithmetic"))
    exercise = Exercise(1, "Work it out.", (rows,))
    names = SheetKnowledge(names=("x", "y", "h"))
    blank = Blank(1, BlankKind.FACTOR, answer)
    sheet = Sheet("Sheet", (exercise,), (blank,), "test", knowledge=names)
    marker = Marker(sheet, BOOK)
    assert marker.judge(1, right).verdict == "right"
    assert marker.judge(1, wrong).verdict == "wrong"
