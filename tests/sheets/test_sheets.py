"""Sheets: what is left out is determined, stands nowhere else, and the key fills it in."""

from __future__ import annotations

from pathlib import Path

import pytest

import derivex
from derivex.api.sheets import ExerciseSheet
from derivex.equality import judge
from derivex.expression import ONE, ZERO, Equation, Gap, Plus, integer, symbol
from derivex.lessons import LessonRun, read_lesson
from derivex.lessons.sheets import lesson_material
from derivex.notation import TextWriter
from derivex.rulebook import shipped_book
from derivex.sheets import BlankKind, gaps_in, other_form, with_answers
from derivex.sheets.candidates import candidates
from derivex.sheets.choosing import Level
from derivex.sheets.making import Asked, make_sheet
from derivex.sheets.places import stands_in
from derivex.sheets.worked import Worked, WorkedRow

FOLDER = Path(__file__).parents[2] / "worked_examples"
LESSONS = sorted(FOLDER.glob("*.md"))
KINDS = ("results", "rules", "factors", "lines")
LEVELS = ("easy", "middle", "hard")


def check_sheet(made: ExerciseSheet) -> None:
    """What holds of every sheet."""
    sheet = made.sheet
    assert [blank.number for blank in sheet.blanks] == list(range(1, len(sheet.blanks) + 1))
    rows = [row for exercise in sheet.exercises for row in exercise.rows]
    asked = [number for exercise in sheet.exercises for number in exercise.blanks]
    assert asked == [blank.number for blank in sheet.blanks]  # in reading order, each once
    made.replay()  # the answers fill the gaps in
    for blank in sheet.blanks:
        if blank.kind is BlankKind.RULE:
            assert blank.rules and blank.answer is None
            shown = [row.says for row in rows if row.says_blank is None]
            assert not any(blank.says in says for says in shown)
            continue
        assert blank.answer is not None
        assert not any(stands_in(blank.answer, row.shown) for row in rows)
        asked = (blank.answer, blank.form, made.book, blank.removed)
        assert not other_form(blank.answer, *asked)
        text = TextWriter().write(blank.answer)
        assert not any(f" {text} " in f" {row.says} " for row in rows if row.says_blank is None)
    found: set[object] = set()  # what earlier exercises have asked for
    for exercise in sheet.exercises:
        for row in exercise.rows:
            # Nothing is left out of the start, but for what was found before; and of a row not
            # both all of it and its reason.
            assert row.says or {sheet.blank(each).answer for each in row.blanks} <= found
            assert not (type(row.shown) is Gap and row.says_blank is not None)
        found |= {sheet.blank(each).answer for each in exercise.blanks}


def other_value_fits(made: ExerciseSheet) -> list[int]:
    """The blanks that a different value would fill as well: it makes its row equal, too.

    Only where the row can be compared with a complete row of the same derivation.
    """
    wrong = []
    functions = made.sheet.knowledge.functions(made.book)
    for blank in made.sheet.blanks:
        exercise, row = made.sheet.row_of(blank.number)
        if blank.answer is None or exercise.kind == "equations" or type(row.shown) is Gap:
            continue
        others = {
            each: made.sheet.blank(each).answer
            for each in gaps_in(row.shown)
            if each != blank.number
        }
        here = with_answers(row.shown, others)
        moved = Plus(blank.answer, integer(1))
        if judge(with_answers(here, {blank.number: moved}), row.expression, functions).holds:
            wrong.append(blank.number)
    return wrong


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "expression",
    [
        "(x + y + z)^2",
        "3y^2 + x^2 - x y + y",
        "y sin(3y)",
        "e^(y^2)/(1 + y)",
        "sum_i (y a_i - h_i)^2",
    ],
)
def test_every_kind_at_every_level(expression: str, kind: str, level: str) -> None:
    made = derivex.sheet(expression, by="y", blank=kind, level=level, seed=7)
    check_sheet(made)
    assert other_value_fits(made) == []


@pytest.mark.parametrize("path", LESSONS, ids=[path.stem for path in LESSONS])
def test_every_lesson_at_every_kind_and_level(path: Path) -> None:
    book = shipped_book()
    run = LessonRun(read_lesson(path.read_text(encoding="utf-8"), path.name), book)
    material = lesson_material(run, path.name)
    for level in Level:
        kinds = [(kind,) for kind in BlankKind]
        made = [make_sheet(material, Asked(each, None, level, 3), book) for each in [(), *kinds]]
        assert not any(refused for _, refused in made)
        for sheet, _ in made:
            check_sheet(ExerciseSheet(sheet, book))
        counts = [len(sheet.blanks) for sheet, _ in made]
        # Where each step begins with the number that the last one ended with, few lines can go.
        assert counts[0] and sum(map(bool, counts)) >= len(counts) - 1


def test_the_same_seed_makes_the_same_sheet_and_another_one_another():
    sheets = [derivex.sheet("x^2 sin(3x)", by="x", seed=seed).to_text() for seed in (1, 1, 2, 3, 4)]
    assert sheets[0] == sheets[1]
    assert len(set(sheets)) > 2


def test_a_sheet_is_stable_from_version_to_version():
    made = derivex.sheet("(x + y + z)^2", by="y", blank="lines", blanks=1, seed=11)
    assert str(made) == STABLE


STABLE = """\
Fill in the blanks

1. Differentiate (x + y + z)² by y.

∂(x + y + z)²/∂y
  = ∂(x + y + z)²/∂(x + y + z) · ∂(x + y + z)/∂y     using the chain rule
  = 2(x + y + z) · ∂(x + y + z)/∂y                   using the exponent rule
  = 2(x + y + z) (∂x/∂y + ∂y/∂y + ∂z/∂y)             using the sum rule
  = [_1_]                                            using the constant and exponent rules
  = 2(x + y + z)                                     arithmetic

(1) ________________________________________"""


def test_an_equation_that_says_nothing_is_not_asked_for() -> None:
    """In the place of 0 = 0 any true equation would do."""
    said = symbol("x")
    rows = [Equation(said, said), Equation(ZERO, ZERO), Equation(said, ONE)]
    exercise = Worked(
        ("Solve.",), (tuple(WorkedRow(each, "because") for each in rows),), "equations"
    )
    found = [each.answer for each in candidates([exercise]) if each.kind is BlankKind.LINE]
    assert found == [rows[2]]
