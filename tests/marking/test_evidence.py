"""Every lesson's sheet is solved by its key, also when that is written otherwise, and only then.

``--marked-blanks 50`` leaves out as much as there is; the suite leaves out a few of each kind.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

import derivex
from derivex.marking import Answers, Marker
from derivex.marking.grounds import Grounds
from derivex.notation import LatexWriter, TextWriter
from derivex.sheets import Sheet
from tests.marking.rewriting import BOOK, damaged, equivalents, other_rules

LESSONS = sorted((Path(__file__).parent.parent.parent / "worked_examples").glob("*.md"))
KINDS = ("results", "rules", "factors", "lines")
GOOD = ("right", "right, other form")


def sheets_of(lesson: Path, count: int) -> list[Sheet]:
    found = []
    for kind in KINDS:
        try:
            found.append(derivex.sheet(lesson, blank=kind, blanks=count).sheet)
        except derivex.DerivexError:
            continue  # nothing of that kind can be left out
    assert found
    return found


@pytest.fixture
def count(request: pytest.FixtureRequest) -> int:
    found: int = request.config.getoption("--marked-blanks")
    return found


@pytest.mark.unchecked
@pytest.mark.parametrize("lesson", LESSONS, ids=[path.stem for path in LESSONS])
def test_the_sheets_of_a_lesson(lesson: Path, count: int) -> None:
    random = Random(lesson.name)
    text = TextWriter().write
    for sheet in sheets_of(lesson, count):
        marker = Marker(sheet, BOOK, explain=False)
        grounds = Grounds(sheet, BOOK)
        latex = LatexWriter(grounds.scope.functions).write
        for write in (text, latex):
            key = {
                blank.number: blank.says if blank.answer is None else f"${write(blank.answer)}$"
                for blank in sheet.blanks
            }
            marked = marker.mark(Answers("key", key))
            assert marked.counts == {"right": len(sheet.blanks)}, [
                each for each in marked.blanks if each.verdict != "right"
            ]
            assert marked.points == marked.out_of
        for blank in sheet.blanks:
            if blank.answer is None:
                for words in other_rules(blank, random):
                    assert marker.judge(blank.number, words).verdict not in GOOD, words
                continue
            for again in equivalents(blank.answer, random):
                found = marker.judge(blank.number, text(again))
                assert found.verdict in GOOD, (text(blank.answer), found)
                assert found.verdict == "right" or found.note
            for wrong in damaged(sheet, blank, grounds, random):
                written = {**key, blank.number: text(wrong)}
                found = marker.mark(Answers("damaged", written)).blanks[blank.number - 1]
                assert found.verdict not in (*GOOD, "follows from an earlier answer"), (
                    text(blank.answer),
                    found,
                )
