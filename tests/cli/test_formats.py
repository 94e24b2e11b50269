"""Formats and files: which format is written, and where."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .commands import derivex, problem

LESSON = "# Slopes\n\nHalf of it.\n\n```derivex\ndifferentiate x^2\nexpect result = 2x\n```\n"


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.txt", "∂x²/∂x"),
        ("a", "∂x²/∂x"),
        ("a.json", "{"),
        ("a.tex", r"\documentclass"),
        ("a.TEX", r"\documentclass"),
    ],
)
def test_the_name_of_the_file_says_the_format(tmp_path: Path, name: str, begins: str) -> None:
    file = tmp_path / name
    ended = derivex("diff", "x^2", "-o", str(file))
    assert (ended.status, ended.out, ended.err) == (0, "", "")
    assert file.read_text(encoding="utf-8").startswith(begins)


def test_what_is_said_counts_more_than_the_name(tmp_path: Path) -> None:
    file = tmp_path / "a.tex"
    assert derivex("diff", "x^2", "--format", "json", "-o", str(file)).status == 0
    assert json.loads(file.read_text(encoding="utf-8"))["status"] == "finished"


def test_unknown_formats_and_endings(tmp_path: Path) -> None:
    message = problem(derivex("diff", "x^2", "--format", "docx"))
    assert "“docx” is no output format" in message
    assert "latex" in message
    file = tmp_path / "a.docx"
    message = problem(derivex("diff", "x^2", "-o", str(file)))
    assert "no format has the ending .docx" in message
    assert ".tex" in message
    assert not file.exists()


def test_latex_in_a_pipe_is_ready_to_paste_and_in_a_file_a_document(tmp_path: Path) -> None:
    fragment = derivex("diff", "x^2", "--format", "latex").out
    assert fragment == (
        "\\begin{align*}\n"
        "\\frac{\\partial x^{2}}{\\partial x} &= 2x && \\text{using the exponent rule}\n"
        "\\end{align*}\n"
    )
    file = tmp_path / "a.tex"
    derivex("diff", "x^2", "--format", "latex", "--no-highlight", "-o", str(file))
    assert fragment in file.read_text(encoding="utf-8")


def test_colours_in_latex(tmp_path: Path) -> None:
    marked = r"\mathcolor[HTML]{1F4E9E}{\frac{\partial x^{2}}{\partial x}}"
    assert marked not in derivex("diff", "x^2", "--format", "latex").out
    assert marked in derivex("diff", "x^2", "--format", "latex", "--highlight").out
    file = tmp_path / "a.tex"
    derivex("diff", "x^2", "-o", str(file))
    assert marked in file.read_text(encoding="utf-8")
    derivex("diff", "x^2", "-o", str(file), "--no-highlight")
    assert r"\mathcolor[HTML]" not in file.read_text(encoding="utf-8")


def test_a_lesson_is_a_document_everywhere() -> None:
    ended = derivex("run", "-", "--format", "latex", given=LESSON)
    assert ended.status == 0
    assert ended.out.startswith(r"\documentclass")
    assert ended.out.rstrip().endswith(r"\end{document}")
    assert ended.out.count("Slopes") == 1  # the heading is the title


def test_a_lesson_whose_expectation_fails_is_written_all_the_same(tmp_path: Path) -> None:
    file = tmp_path / "lesson.tex"
    ended = derivex("run", "-", "-o", str(file), given=LESSON.replace("2x\n", "3x\n"))
    assert ended.status == 1
    assert "not everything came out as expected" in ended.err
    assert r"\textbf{expected result $= 3x$" in file.read_text(encoding="utf-8")
