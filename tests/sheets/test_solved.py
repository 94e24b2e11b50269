"""Every sheet solved by other means than those that made it: by what is printed, and by values.

``python -m tests.sheets.test_solved SEEDS`` looks at as many seeds of every lesson, kind and
level: five minutes for each; the suite takes one seed of a few.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from derivex.api.sheets import ExerciseSheet
from derivex.equality import judge
from derivex.expression import Gap, Negative, Over, Plus, Times, integer
from derivex.lessons import LessonRun, read_lesson
from derivex.lessons.sheets import lesson_material
from derivex.notation import TextWriter
from derivex.rulebook import shipped_book
from derivex.sheets import BlankKind, Exercise, Sheet, SheetRow, gaps_in, with_answers
from derivex.sheets.choosing import Level
from derivex.sheets.making import Asked, Material, make_sheet

FOLDER = Path(__file__).parents[2] / "worked_examples"
LESSONS = sorted(FOLDER.glob("*.md"))
BOOK = shipped_book()
FEW = ("chain_rule", "critical_points", "exercise_sheet", "implicit")


def material_of(text: str, name: str) -> Material:
    return lesson_material(LessonRun(read_lesson(text, name), BOOK), name)


def sheets_of(material: Material, seeds: range) -> Iterator[Sheet]:
    for level in Level:
        for kinds in ((), *((kind,) for kind in BlankKind)):
            for seed in seeds:
                yield make_sheet(material, Asked(kinds, None, level, seed), BOOK)[0]


def printed_elsewhere(sheet: Sheet) -> Iterator[str]:
    """Answers that can be read off the sheet: as a whole term, factor or row of what is printed."""
    write = TextWriter().write
    rows = [row for exercise in sheet.exercises for row in exercise.rows]
    printed = [re.split(r"\s*(?:=| or |, )\s*", write(row.shown)) for row in rows]
    whole = {part for parts in printed for part in parts}
    reasons = {row.says for row in rows if row.says_blank is None}
    for blank in sheet.blanks:
        told = blank.says if blank.answer is None else write(blank.answer)
        if told in (reasons if blank.answer is None else whole):
            yield f"({blank.number}) {told}"


def filled_otherwise(sheet: Sheet) -> Iterator[str]:
    """Gaps that another value fills as well: the row is worth the same with it."""
    functions = sheet.knowledge.functions(BOOK)
    for blank in sheet.blanks:
        if blank.answer is None:
            continue
        exercise, row = sheet.row_of(blank.number)
        if type(row.shown) is Gap:
            continue
        others = {n: sheet.blank(n).answer for n in gaps_in(row.shown) if n != blank.number}
        here = with_answers(row.shown, {n: a for n, a in others.items() if a is not None})
        for other in (
            Plus(blank.answer, integer(1)),
            Times(integer(2), blank.answer),
            Negative(blank.answer),
            Over(blank.answer, integer(3)),
        ):
            try:
                if judge(other, blank.answer, functions, seconds=0.5).kind != "wrong":
                    continue  # it is zero, or no number
                moved = with_answers(here, {blank.number: other})
                verdict = judge(moved, row.expression, functions, seconds=1.0)
            except Exception:
                continue  # a vector plus one
            if verdict.holds and not _is_told(exercise, row):
                yield f"({blank.number}) {TextWriter().write(moved)}"
                break


def _is_told(exercise: Exercise, row: SheetRow) -> bool:
    """Whether a row says what is done, and the one before what it is done to."""
    (column,) = [column for column in exercise.columns if row in column]
    before = column[column.index(row) - 1]
    return row.says_blank is None and bool(row.says) and not gaps_in(before.shown)


def complaints(sheet: Sheet) -> list[str]:
    ExerciseSheet(sheet, BOOK).replay()
    return [*printed_elsewhere(sheet), *filled_otherwise(sheet)]


@pytest.mark.parametrize("name", FEW)
def test_no_answer_is_printed_and_no_other_fits(name: str) -> None:
    path = FOLDER / f"{name}.md"
    material = material_of(path.read_text(encoding="utf-8"), path.name)
    for kinds in ((BlankKind.FACTOR,), (BlankKind.RULE, BlankKind.LINE)):
        sheet, _ = make_sheet(material, Asked(kinds, None, Level.HARD, 1), BOOK)
        assert complaints(sheet) == []


def main(seeds: int, *names: str) -> None:
    """Look at many sheets, and say what is wrong with them."""
    count = blanks = wrong = 0
    for path in LESSONS:
        if names and path.stem not in names:
            continue
        material = material_of(path.read_text(encoding="utf-8"), path.name)
        for sheet in sheets_of(material, range(seeds)):
            count += 1
            blanks += len(sheet.blanks)
            found = complaints(sheet)
            wrong += len(found)
            for each in found:
                print(path.stem, sheet.seed, each)
        print(path.stem, f"{count} sheets, {blanks} blanks, {wrong} wrong", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
