"""Sheets with the exam class: one source, and what pdflatex makes of it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from derivex.rendering.sheet_latex import sheet_latex, sheet_pdf
from derivex.sheets import Exercise, Sheet, Text
from tests.rendering.sheets import derivation_sheet, equation_sheet, long_sheet

SHEETS = {
    "each kind of blank": long_sheet,
    "equations": equation_sheet,
    "wide": lambda: derivation_sheet(
        "x^2 sin(x)/(1+x^2)", "x", {1: "rule", 2: "∂sin(x)/∂x", 3: "line", 4: "line"}
    ),
    "in an exponent": lambda: derivation_sheet("e^(x^2 + x)", "x", {1: "x² + x", 2: "rule"}),
}
SET = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no pdflatex")
READ = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="there is no pdftotext")


@pytest.mark.parametrize("name", SHEETS)
def test_sheet_and_key_are_one_source_with_one_switch(name: str) -> None:
    sheet = SHEETS[name]()
    lines = sheet_latex(sheet).splitlines(), sheet_latex(sheet, key=True).splitlines()
    different = [pair for pair in zip(*lines, strict=True) if pair[0] != pair[1]]
    assert [tuple(line.split()[0] for line in pair) for pair in different] == [
        (r"\noprintanswers", r"\printanswers")
    ]


def test_every_blank_is_a_fillin_with_its_answer() -> None:
    sheet = long_sheet()
    body = sheet_latex(sheet).partition(r"\begin{document}")[2]
    assert r"\blank{1}{14.0em}{using the chain rule}" in body
    assert re.findall(r"\\blank\{(\d+)\}", body) == ["1", "2", "3", "4", "5"]
    assert body.count("using the chain rule") == 1
    assert r"\question[5]" in body


def test_a_line_is_wider_than_what_is_written_on_it() -> None:
    body = sheet_latex(long_sheet())
    widths = re.findall(r"\\blank\{[235]\}\{([\d.]+)em\}", body)
    assert all(4.0 <= float(width) <= 30.0 for width in widths) and len(widths) == 3


def _words(pdf: bytes, folder: Path) -> str:
    file = folder / "sheet.pdf"
    file.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True)
    return done.stdout.decode()


@SET
@READ
@pytest.mark.parametrize("name", SHEETS)
def test_pdflatex_sets_both(name: str, tmp_path: Path) -> None:
    sheet = SHEETS[name]()
    empty, filled = (_words(sheet_pdf(sheet, key), tmp_path) for key in (False, True))
    assert sheet.title in empty and sheet.title in filled and "Name:" in empty
    for blank in sheet.blanks:
        assert f"({blank.number})" in empty and f"({blank.number})" in filled
        if blank.says:
            assert blank.says not in empty and blank.says in filled


@SET
def test_prose_between_exercises_of_hostile_words_is_set(tmp_path: Path) -> None:
    first = long_sheet()
    (exercise,) = first.exercises
    prose = Text("## More\n\n50 % of \\input{/etc/passwd} & Q1Qm_x $\\frac{1}{2}$:\n\n- one\n- two")
    items = (exercise, prose, Exercise(2, "Again #2.", exercise.columns))
    sheet = Sheet("A_B & 50 %", items, first.blanks, "", knowledge=first.knowledge)
    assert sheet_pdf(sheet).startswith(b"%PDF")
    assert "Q1Qm" in sheet_latex(sheet)
