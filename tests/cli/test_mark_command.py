"""``derivex mark``: one student and a class, its table, its folder, several workers, going on."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

import derivex as library
from derivex.cli import mark as marking
from derivex.marking import Answers
from tests.cli.commands import derivex, problem

LESSON = """```derivex
differentiate (3x^2 + 1)^4 by x
blank line 4
blank line 5
blank line 6
```
"""
RIGHT = {
    1: "4(3x^2 + 1)^3 (d/dx (3x^2) + d/dx 1)",
    2: "4(3x^2 + 1)^3 (3 d/dx x^2 + d/dx 1)",
    3: "4(3x^2 + 1)^3 (3*2x + 0)",
}
WRONG = {1: "4(3x^2 + 1)^3 d/dx (3x^2)", 2: "8(3x^2 + 1)^3 d/dx x^2", 3: "4(3x^2 +"}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    sheet = library.sheet(LESSON)
    assert [blank.kind.value for blank in sheet.blanks] == ["line"] * 3
    sheet.save_json("key.json")
    students = [{"student": "Ada", "answers": RIGHT}, {"student": "Bob", "answers": WRONG}]
    (tmp_path / "ada.json").write_text(json.dumps(students[0]))
    (tmp_path / "class.json").write_text(json.dumps(students))
    return tmp_path


def test_one_student_gets_every_blank(folder: Path) -> None:
    ended = derivex("mark", "key.json", "ada.json")
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "Ada: 3 of 3 points (3 right)",
        "",
        "(1) right: 4(3x^2 + 1)^3 (d/dx (3x^2) + d/dx 1) — 1 of 1 point",
        "",
        "(2) right: 4(3x^2 + 1)^3 (3 d/dx x^2 + d/dx 1) — 1 of 1 point",
        "",
        "(3) right: 4(3x^2 + 1)^3 (3*2x + 0) — 1 of 1 point",
    ]


def test_a_class_gets_a_line_each_and_what_was_hard(folder: Path) -> None:
    ended = derivex("mark", "key.json", "class.json")
    assert ended.status == 0
    lines = ended.out.splitlines()
    assert lines[:2] == [
        "Ada: 3 of 3 points (3 right)",
        "Bob: 1 of 3 points (1 right, 1 wrong, 1 unreadable)",
    ]
    assert lines[3] == "2 sheets marked; on average 2 of 3 points"
    assert lines[5].endswith("1 of 2 right; 1 × 8(3x² + 1)³ · ∂x²/∂x")


def test_the_table_is_safe_in_a_spreadsheet(folder: Path) -> None:
    names = ["=HYPERLINK(1)", "+1", "-1", "@x", "\t=1", "  =1", "ok", "a\nb"]
    told = [{"student": name, "answers": RIGHT} for name in names]
    (folder / "harm.json").write_text(json.dumps(told))
    ended = derivex("mark", "key.json", "harm.json", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ended.out)))
    assert [row["student"] for row in rows] == [
        "'=HYPERLINK(1)", "'+1", "'-1", "'@x", "'=1", "'=1", "ok", "a b",
    ]  # fmt: skip
    assert {(row["points"], row["1"], row["points 3"]) for row in rows} == {("3", "right", "1")}


def test_a_folder_gets_the_table_and_a_text_for_each(folder: Path) -> None:
    told = [{"student": name, "answers": RIGHT} for name in ("../../etc/x", "Ada", "ada", "marks")]
    (folder / "more.json").write_text(json.dumps(told))
    ended = derivex("mark", "key.json", "more.json", "class.json", "-o", "marked")
    assert (ended.status, ended.out) == (0, "")
    assert "6 sheets marked" in ended.err
    names = sorted(path.name for path in (folder / "marked").iterdir())
    assert names == [
        "Ada-3.txt", "Ada.txt", "Bob.txt", "ada-2.txt", "etc-x.txt", "marks-2.txt", "marks.csv",
    ]  # fmt: skip
    assert not (folder.parent / "etc").exists()
    text = (folder / "marked" / "Bob.txt").read_text()
    assert "(3) unreadable: 4(3x^2 + — 0 of 1 point" in text
    assert "    the key has: 4(3x² + 1)³ (3 · 2x + 0)" in text
    table = (folder / "marked" / "marks.csv").read_bytes()
    assert table.startswith(b"\xef\xbb\xbfstudent,points")  # spreadsheets look for this mark


def test_json_is_what_the_library_writes(folder: Path) -> None:
    ended = derivex("mark", "key.json", "class.json", "--format", "json")
    marks = library.mark(Path("key.json"), Path("class.json"))
    assert json.loads(ended.out) == marks.to_dict()
    assert library.load(ended.out) == marks
    derivex("mark", "key.json", "class.json", "-o", "marks.json")
    assert json.loads(Path("marks.json").read_text()) == marks.to_dict()


def test_several_processes_find_the_same(folder: Path) -> None:
    told = [{"student": f"{at}", "answers": WRONG if at % 3 else RIGHT} for at in range(60)]
    (folder / "many.json").write_text(json.dumps(told))
    one = derivex("mark", "key.json", "many.json", "--format", "csv")
    several = derivex("mark", "key.json", "many.json", "--format", "csv", "--jobs", "2")
    assert one == several


def test_a_broken_answer_stops_nothing(folder: Path) -> None:
    (folder / "answers").mkdir()
    (folder / "answers" / "a.json").write_text("{")
    (folder / "answers" / "b.ipynb").write_bytes(b"\xff\xfe")
    (folder / "answers" / "c.csv").write_text("student,1\nEve,2x\n")
    ended = derivex("mark", "key.json", "answers", "ada.json")
    assert ended.status == 2
    assert [line.split(":")[0] for line in ended.out.splitlines()[:4]] == ["a", "b", "Eve", "Ada"]
    assert "derivex: a: a.json is not JSON" in ended.err
    assert "2 could not be read" in ended.out


def test_an_interrupted_run_resumes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = marking.Marking.do
    marked: list[str] = []

    def stopping(self: marking.Marking, job: Answers) -> dict[str, Any]:
        if len(marked) == 1:
            raise KeyboardInterrupt
        marked.append(job.student)
        return original(self, job)

    monkeypatch.setattr(marking.Marking, "do", stopping)
    assert derivex("mark", "key.json", "class.json").status == 130
    assert Path(marking.JOURNAL).exists()

    def noting(self: marking.Marking, job: Answers) -> dict[str, Any]:
        marked.append(job.student)
        return original(self, job)

    monkeypatch.setattr(marking.Marking, "do", noting)
    ended = derivex("mark", "key.json", "class.json", "--resume")
    assert marked == ["Ada", "Bob"]  # each once
    assert "2 sheets marked" in ended.out
    assert not Path(marking.JOURNAL).exists()


def test_a_scheme_changes_what_verdicts_are_worth(folder: Path) -> None:
    Path("strict.toml").write_text('"unreadable" = 0.25\n')
    ended = derivex("mark", "key.json", "class.json", "--scheme", "strict.toml")
    assert "Bob: 1.25 of 3 points" in ended.out
    Path("bad.toml").write_text('"rihgt" = 1\n')
    told = problem(derivex("mark", "key.json", "ada.json", "--scheme", "bad.toml"))
    assert "“rihgt” is none of “right”" in told


def test_what_cannot_be_used_is_told_before_anything_is_marked(folder: Path) -> None:
    assert "no such file" in problem(derivex("mark", "key.json", "nobody.json"))
    assert "the key nobody.json cannot be opened" in problem(
        derivex("mark", "nobody.json", "ada.json")
    )
    assert "ada.json is no key" in problem(derivex("mark", "ada.json", "ada.json"))
    handed_out = library.sheet(LESSON).without_answers()
    Path("sheet.json").write_text(handed_out.to_json())
    assert "this sheet has no answers" in problem(derivex("mark", "sheet.json", "ada.json"))
    told = problem(derivex("mark", "key.json", "ada.json", "--dask", "tcp://127.0.0.1:1"))
    assert "there is no Dask scheduler at tcp://127.0.0.1:1" in told


def test_a_blank_is_judged_by_itself(folder: Path) -> None:
    text = Path("key.json").read_text()
    assert library.judge_blank(text, 1, RIGHT[1]).verdict == "right"
    assert library.judge_blank(Path("key.json"), 2, WRONG[2]).verdict == "wrong"
    with pytest.raises(library.DerivexError, match="there is no blank 9"):
        library.judge_blank(text, 9, "x")


def test_marks_show_themselves(folder: Path) -> None:
    marks = library.mark(Path("key.json"), {1: RIGHT[1], "2": WRONG[2]})
    assert (marks.points, marks.out_of) == (1, 3)
    assert repr(marks).startswith("answers: 1 of 3 points (1 right, 1 wrong, 1 missing)")
    assert "1 of 3 points" in marks.to_html()


def test_variants_are_marked_each_by_its_key(folder: Path) -> None:
    lesson = "```derivex\nchoose k from 2..9\ndifferentiate k x^2 by x\nblank result\n```\n"
    Path("lesson.md").write_text(lesson)
    made = derivex("sheet", "lesson.md", "--variants", "4", "--format", "json", "-o", "keys")
    assert made.status == 0
    chosen = {
        row["variant"]: int(row["k"])
        for row in csv.DictReader(Path("keys/variants.csv").read_text().splitlines())
    }
    rows = "".join(f"s{variant},{variant},{2 * k}x\n" for variant, k in chosen.items())
    Path("class.csv").write_text(f"student,sheet,1\n{rows}Eve,9,2x\nBob,,2x\n")
    ended = derivex("mark", "keys", "class.csv")
    assert ended.status == 2
    lines = ended.out.splitlines()
    assert lines[:4] == [f"s{number}: 1 of 1 point (1 right)" for number in range(1, 5)]
    assert "derivex: Eve: there is no key for “9”" in ended.err
    assert "derivex: Bob: it names no sheet" in ended.err
    Path("sheet-2-ada.md").write_text(f"**1.** {2 * chosen['2']} x\n")
    assert derivex("mark", "keys", "sheet-2-ada.md").out.startswith("sheet-2-ada: 1 of 1 point")
    Path("empty").mkdir()
    assert "empty has no keys" in problem(derivex("mark", "empty", "class.csv"))


def test_a_class_is_told_of_what_may_be_an_oversight(folder: Path) -> None:
    Path("class.csv").write_text(f"student,1\nAda,{RIGHT[1]}\nAda,2x\nBob,{RIGHT[1]}\n")
    lines = derivex("mark", "key.json", "class.csv").out.splitlines()
    assert "2 sheets have the name Ada" in lines
    assert "(2) nobody has answered this" in lines


def test_what_a_file_names_and_is_no_blank_is_said_once(folder: Path) -> None:
    heading = "studnet,Q1,anwser 2,time,9\n"
    (folder / "class.csv").write_text(heading + "Ada,x,y,now,z\nBob,x,y,later,z\n")
    ended = derivex("mark", "key.json", "class.csv")
    assert ended.status == 0
    assert ended.err.splitlines()[:4] == [
        "derivex: class.csv: “studnet” is no blank; did you mean student?",
        "derivex: class.csv: “anwser 2” is no blank; did you mean 2?",
        "derivex: class.csv: “time” is no blank, and is not marked",
        "derivex: class.csv: there is no blank 9: the sheet has 3",
    ]
    (folder / "ada.json").write_text(json.dumps({"student": "Ada", "answers": {"first": "x"}}))
    assert "“first” is no blank" in derivex("mark", "key.json", "ada.json").err
