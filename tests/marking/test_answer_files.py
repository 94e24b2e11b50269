"""Files of answers: what is taken from them, and that nothing in them is more than text."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from derivex.errors import ReadError
from derivex.marking import Answers, answer_files, read_answer_file, read_answers


def found(path: Path, text: str | bytes) -> list[Answers]:
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return list(read_answers(path))


def test_json_of_one_and_of_many(tmp_path: Path) -> None:
    one = '{"student": "Ada", "answers": {"1": "2x", "(2)": "x^2", "remark": "hard"}}'
    assert found(tmp_path / "a.json", one) == [Answers("Ada", {1: "2x", 2: "x^2"}, "", "a")]
    many = f'[{one}, {{"answers": ["3x", null, "4"]}}, 5, {{"student": "Eve"}}]'
    ada, nameless, broken, without = found(tmp_path / "b.json", many)
    assert ada.student == "Ada"
    assert nameless == Answers("b, entry 2", {1: "3x", 3: "4"})
    assert (broken.student, broken.answers, broken.problem != "") == ("b, entry 3", {}, True)
    assert without.problem.startswith("there are no answers")


def test_numbers_in_json_stay_text(tmp_path: Path) -> None:
    long = "9" * 5000  # more digits than Python turns into a number
    (answers,) = found(tmp_path / "a.json", f'{{"answers": {{"1": {long}, "2": 1e999, "3": [1]}}}}')
    assert answers.answers == {1: long, 2: "1e999", 3: '["1"]'}


def test_csv_with_any_separator(tmp_path: Path) -> None:
    told = 'student,1,2,group\nAda,"2x, 3",x^2,A\n\nBob,,-x\n'
    assert found(tmp_path / "a.csv", told) == [
        Answers("Ada", {1: "2x, 3", 2: "x^2"}),
        Answers("Bob", {2: "-x"}),
    ]
    assert found(tmp_path / "b.csv", "\ufeffName;1;2\nEve;1,5;2\n") == [
        Answers("Eve", {1: "1,5", 2: "2"})
    ]
    assert found(tmp_path / "c.csv", "1\t2\n3x\t4\n") == [Answers("c, line 2", {1: "3x", 2: "4"})]


def test_a_broken_row_does_not_stop_the_others(tmp_path: Path) -> None:
    told = f"student,1\nAda,2x\nEve,{'x' * 200_000}\nBob,3x\nCe\xff,4x\n".encode("latin-1")
    ada, eve, bob, last = found(tmp_path / "a.csv", told)
    assert (ada.problem, bob.answers) == ("", {1: "3x"})
    assert "field larger than" in eve.problem
    assert last == Answers("Ceÿ", {1: "4x"})


def test_a_filled_in_markdown_sheet(tmp_path: Path) -> None:
    told = """# Sheet

**Name:** Ada Lovelace

Differentiate.

**1.** __2x__
**2.** `x^2`
- **3.** $\\frac{1}{2}$
**4.** ________
**(5)** ____ using the chain rule ____
**6.**
x + 1

**7.**

Prose that is no answer.
"""
    (answers,) = found(tmp_path / "a.md", told)
    assert answers.student == "Ada Lovelace"
    assert answers.answers == {
        1: "2x",
        2: "x^2",
        3: "$\\frac{1}{2}$",
        5: "using the chain rule",
        6: "x + 1",
    }


def notebook(*cells: str | list[str], **more: object) -> str:
    told = [{"cell_type": "code", "source": source} for source in cells]
    prose = {"cell_type": "markdown", "source": 'answer_9 = "prose"'}
    return json.dumps({"cells": [*told, prose], "metadata": more})


def test_a_filled_in_notebook(tmp_path: Path) -> None:
    told = notebook(
        'answer_1 = "2x"  # a remark',
        ["# exercise\n", 'answer_2 = r"\\frac{1}{2}"\n', "answer_3 = '\\frac{1}{2}'\n"],
        'answer_4 = """x\n+ 1"""',
        "answer_5 = 3x + 1",
        'answer_6 = ""',
        "other = 5",
        student="Ada",
    )
    (answers,) = found(tmp_path / "a.ipynb", told)
    assert answers == Answers(
        "Ada",
        {1: "2x", 2: r"\frac{1}{2}", 3: r"\frac{1}{2}", 4: "x\n+ 1", 5: "3x + 1"},
        "",
        "a",
    )


def test_nothing_in_a_notebook_is_executed(tmp_path: Path) -> None:
    harm = tmp_path / "harm"
    cell = (
        f"import pathlib; pathlib.Path({str(harm)!r}).touch()\nanswer_1 = open({str(harm)!r}, 'w')"
    )
    (answers,) = found(tmp_path / "a.ipynb", notebook(cell))
    assert not harm.exists()
    assert answers.answers[1].startswith("open(")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b"{"),
        ("a.json", b"\xff\xfe\x00"),
        ("a.json", b"[" * 100_000),
        ("a.ipynb", b"{}"),
        ("a.ipynb", b'{"cells": 3}'),
        ("a.csv", b""),
        ("a.csv", b"name,points\nAda,3\n"),
        ("a.docx", b"PK"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_and_stops_nothing(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (answers,) = found(tmp_path / name, content)
    assert answers.student == "a"
    assert answers.answers == {}
    assert answers.problem
    with pytest.raises(ReadError):
        list(read_answer_file(tmp_path / name))


def test_which_sheet_it_is_may_be_said(tmp_path: Path) -> None:
    assert found(tmp_path / "a.json", '{"sheet": "s-7", "answers": {}}')[0].sheet == "s-7"
    assert found(tmp_path / "b.json", '[{"variant": 7, "answers": {}}]')[0].sheet == "7"
    assert found(tmp_path / "c.csv", "student,Variant,1\nAda,7,x\n")[0].sheet == "7"
    assert found(tmp_path / "s-7-ada.md", "**1.** x\n")[0].sheet == "s-7-ada"
    assert found(tmp_path / "d.md", "**Sheet:** s-7\n**Name:** Ada\n")[0].sheet == "s-7"
    assert found(tmp_path / "e.ipynb", notebook(sheet="s-7"))[0].sheet == "s-7"


def test_a_folder_stands_for_its_files(tmp_path: Path) -> None:
    for name in ("b.json", "a.md", "notes.txt"):
        (tmp_path / name).write_text("x")
    assert [path.name for path in answer_files([str(tmp_path)])] == ["a.md", "b.json"]
    with pytest.raises(ReadError, match="no such file"):
        answer_files([str(tmp_path / "c.json")])
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(ReadError, match="has no files of answers"):
        answer_files([str(empty)])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_what_spreadsheets_write(encoding: str, tmp_path: Path) -> None:
    told = "Name;Gruppe;1;2;\r\nJörg Müller;B;2,5x;x²;\r\n;;3x;;\r\n\r\n"
    assert found(tmp_path / "class.csv", told.encode(encoding)) == [
        Answers("Jörg Müller", {1: "2,5x", 2: "x²"}),
        Answers("class, line 3", {1: "3x"}),
    ]
