"""``derivex check``: what it writes, its exit status, many files, and going on after a stop."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from derivex.cli import check_files
from tests.cli.commands import derivex

RIGHT = "d/dx (3x + 1)^2\n  = 2(3x + 1) 3     [chain rule]\n  = 6(3x + 1)\n"
WRONG = "d/dx (3x + 1)^2\n  = 2(3x + 1)\n  = 6x + 2\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "right.txt").write_text(RIGHT)
    (tmp_path / "wrong.txt").write_text(WRONG)
    (tmp_path / "bytes.txt").write_bytes(b"\xff\xfe\x00")
    return tmp_path


def test_marks_stand_in_the_margin_and_findings_below(folder: Path) -> None:
    ended = derivex("check", "wrong.txt")
    assert ended.status == 1
    assert ended.err == ""
    lines = ended.out.splitlines()
    assert lines[0] == "wrong.txt: 2 lines judged: 1 wrong, 1 proven"
    assert lines[2:5] == [
        "· 1  d/dx (3x + 1)^2",
        "✗ 2    = 2(3x + 1)",
        "       wrong: = 2(3x + 1) — at x = 2: left 42, right 14",
    ]
    assert lines[-2] == "✓ 3    = 6x + 2"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        (RIGHT, 0),
        (WRONG, 1),
        ("d/dx x^2\n = 2x +", 2),
        ("d/dx x^2\n = 3x\n = 2x +", 1),
        ("", 2),
    ],
)
def test_exit_status(text: str, status: int) -> None:
    assert derivex("check", "-", given=text).status == status


def test_json_has_every_field(folder: Path) -> None:
    ended = derivex("check", "wrong.txt", "--format", "json")
    assert ended.status == 1
    told = json.loads(ended.out)
    assert told["version"] == 1
    (file,) = told["files"]
    assert (file["name"], file["verdict"]) == ("wrong.txt", "wrong")
    (derivation,) = file["derivations"]
    assert derivation["verdict"] == "wrong"
    line: dict[str, Any] = derivation["lines"][1]
    assert (line["line"], line["column"], line["text"]) == (2, 5, "= 2(3x + 1)")
    assert (line["read"], line["verdict"]) == ("= 2(3x + 1)", "wrong")
    assert line["counterexample"] == {
        "text": "at x = 2: left 42, right 14",
        "point": {"x": "2"},
        "left": "42",
        "right": "14",
    }
    wanted = {"claimed", "found", "counterexample", "diagnosis", "expected"}
    assert wanted <= line.keys()


def test_the_table_has_a_row_for_every_line(folder: Path) -> None:
    ended = derivex("check", "right.txt", "wrong.txt", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ended.out)))
    assert [(row["file"], row["line"], row["verdict"]) for row in rows] == [
        ("right.txt", "1", "definition"),
        ("right.txt", "2", "proven"),
        ("right.txt", "3", "proven"),
        ("wrong.txt", "1", "definition"),
        ("wrong.txt", "2", "wrong"),
        ("wrong.txt", "3", "proven"),
    ]
    # A spreadsheet must not take a line for a formula of its own.
    assert rows[1]["text"] == "'= 2(3x + 1) 3"


def test_a_broken_file_does_not_stop_the_others(folder: Path) -> None:
    ended = derivex("check", "bytes.txt", "no such file.txt", "right.txt", "--jobs", "2")
    assert ended.status == 2
    assert "right.txt: 2 lines judged: 2 proven" in ended.out
    assert ended.out.rstrip().endswith("3 files: 2 unreadable, 1 hold")
    assert "bytes.txt is not UTF-8 text: byte 0xff at position 1" in ended.err
    assert "no such file.txt cannot be opened" in ended.err


def test_several_processes_find_the_same(folder: Path) -> None:
    for number in range(4):
        (folder / f"{number}.txt").write_text(WRONG if number % 2 else RIGHT)
    files = [f"{number}.txt" for number in range(4)]
    one = derivex("check", *files, "--format", "json")
    several = derivex("check", *files, "--format", "json", "--jobs", "3")
    assert one == several


def test_an_interrupted_run_resumes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = check_files.Checker.check
    checked: list[str] = []

    def stopping(self: check_files.Checker, job: check_files.Job) -> dict[str, Any]:
        if len(checked) == 1:
            raise KeyboardInterrupt
        checked.append(job.name)
        return original(self, job)

    monkeypatch.setattr(check_files.Checker, "check", stopping)
    assert derivex("check", "right.txt", "wrong.txt").status == 130
    assert Path(check_files.JOURNAL).exists()

    def noting(self: check_files.Checker, job: check_files.Job) -> dict[str, Any]:
        checked.append(job.name)
        return original(self, job)

    monkeypatch.setattr(check_files.Checker, "check", noting)
    ended = derivex("check", "right.txt", "wrong.txt", "--resume")
    assert checked == ["right.txt", "wrong.txt"]  # each once
    assert ended.status == 1
    assert ended.out.rstrip().endswith("2 files: 1 hold, 1 wrong")
    assert not Path(check_files.JOURNAL).exists()


def test_a_changed_file_is_checked_anew_after_a_stop(folder: Path) -> None:
    checker = check_files.Checker((), (), None, None)
    job = check_files.Job("right.txt")
    before = checker.key(job)
    Path("right.txt").write_text(WRONG)
    assert checker.key(job) != before
    assert check_files.Checker(("y = x",), (), None, None).key(job) != checker.key(job)


def test_pages_escape_what_they_show(folder: Path) -> None:
    (folder / "signs.txt").write_text("# <b>&\n1 < 2\n100% = 1 # \\input{x}\n")
    page = derivex("check", "signs.txt", "--format", "html").out
    assert page.startswith("<!DOCTYPE html>")
    assert "# &lt;b&gt;&amp;" in page
    assert "<b>" not in page
    latex = derivex("check", "signs.txt", "--format", "latex").out
    assert r"\textbackslash{}input\{x\}" in latex
    assert r"100\%" in latex


def test_a_premise_that_cannot_be_read_is_told_once(folder: Path) -> None:
    ended = derivex("check", "right.txt", "wrong.txt", "--let", "y = (")
    assert ended.status == 2
    assert ended.out == ""
    assert ended.err.count("\n    ^") <= 1


def test_one_answer_is_judged_beside_the_derivative() -> None:
    wrong = derivex("diff", "x^2 sin x", "--against", "2x cos x")
    assert wrong.status == 1
    assert wrong.out.splitlines()[-3:] == [
        "2x cos(x) is wrong: at x = 1: left 2.22324, right 1.0806",
        "the product was differentiated factor by factor",
        "it should read: 2x sin(x) + x² cos(x)",
    ]
    right = derivex("diff", "x^2 sin x", "--against", "x(x cos x + 2 sin x)")
    assert right.status == 0
    assert right.out.splitlines()[-1] == "x (x cos(x) + 2 sin(x)) is right"
    told = json.loads(derivex("diff", "x^2 sin x", "--against", "2x cos x", "--format", "json").out)
    assert told["against"]["verdict"] == "wrong"
    assert told["lines"][-1]["text"] == "2x sin(x) + x² cos(x)"
    unread = derivex("diff", "x^2", "--against", "2x +")
    assert unread.status == 2
    assert "the answer, line 1, column 5" in unread.err


def test_an_answer_may_use_premises() -> None:
    same = derivex("diff", "sqrt(x^2)", "--against", "1", "--assume", "x > 0")
    assert same.status == 0
    assert derivex("diff", "sqrt(x^2)", "--against", "1").status == 1
    assert derivex("diff", "f(2t)", "--let", "f(u) = u^2", "--against", "8t").status == 0


def test_standard_input_may_be_as_long_as_a_file(folder: Path) -> None:
    text = RIGHT + "\n" + "# a remark\n" * 12_000
    (folder / "long.txt").write_text(text)
    for ended in (derivex("check", "long.txt"), derivex("check", "-", given=text)):
        assert ended.status == 0, ended.err
        assert ended.out.count("✓") == 2
