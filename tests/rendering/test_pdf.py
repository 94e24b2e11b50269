"""Documents as PDF, by pdflatex."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

import derivex
from derivex.errors import ProblemError
from derivex.rendering import pdf
from tests.cli.commands import derivex as command
from tests.cli.commands import problem

needs_latex = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="there is no pdflatex")


@needs_latex
def test_a_lesson_as_pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    lesson = "# Slopes\n\nHalf $\\input{secret}$ of it.\n\n```derivex\ndifferentiate x^2\n```\n"
    file = tmp_path / "lesson.pdf"
    ended = command("run", "-", "-o", str(file), given=lesson)
    assert (ended.status, ended.out, ended.err) == (0, "", "")
    assert file.read_bytes().startswith(b"%PDF")
    assert list(scratch.iterdir()) == []  # nothing is left behind


def test_without_pdflatex(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    message = problem(command("diff", "x^2", "-o", str(tmp_path / "a.pdf")))
    assert "pdflatex, which is not installed" in message
    assert "texlive" in message
    assert list(tmp_path.iterdir()) == []


@needs_latex
def test_what_cannot_be_set_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        pdf, "latex_document", lambda document: r"\documentclass{article}\undefined"
    )
    with pytest.raises(ProblemError, match="cannot set this document: Undefined control sequence"):
        pdf.pdf_document(derivex.diff("x^2").document())


@needs_latex
def test_nothing_else_is_read_or_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "secret.tex"
    secret.write_text("SECRET", encoding="utf-8")
    page = rf"\documentclass{{article}}\begin{{document}}\input{{{secret}}}\end{{document}}"
    monkeypatch.setattr(pdf, "latex_document", lambda document: page)
    with pytest.raises(ProblemError):
        pdf.pdf_document(derivex.diff("x^2").document())
    touch = rf"\immediate\write18{{touch {tmp_path / 'made'}}}"
    page = rf"\documentclass{{article}}\begin{{document}}{touch}a\end{{document}}"
    monkeypatch.setattr(pdf, "latex_document", lambda document: page)
    pdf.pdf_document(derivex.diff("x^2").document())
    assert not (tmp_path / "made").exists()


@needs_latex
def test_it_is_stopped_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "latex_document", lambda document: r"\def\a{\a}\a")
    monkeypatch.setattr(pdf, "_SECONDS", 1.0)
    with pytest.raises(ProblemError, match="not ready after"):
        pdf.pdf_document(derivex.diff("x^2").document())
