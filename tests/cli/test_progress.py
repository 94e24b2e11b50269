"""Bars that say how far a long command is."""

from __future__ import annotations

import io

import pytest

from derivex.cli.progress import progress, with_progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_there_is_a_bar_in_a_terminal_for_several(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    assert list(with_progress(iter("abc"), "letters", 3)) == ["a", "b", "c"]
    assert "letters" in terminal.getvalue()
    assert "3/3" in terminal.getvalue()


def test_there_is_none_for_one_and_none_in_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, pipe = Terminal(), io.StringIO()
    monkeypatch.setattr("sys.stderr", terminal)
    assert list(with_progress(["a"], "letters", 1)) == ["a"]
    monkeypatch.setattr("sys.stderr", pipe)
    with progress("letters", 3) as advance:
        advance()
    assert terminal.getvalue() == pipe.getvalue() == ""
