"""``derivex quiz``: in a pipe, on a dumb terminal, ended early, in ASCII."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import derivex as library
from tests.cli.commands import derivex, problem

ROOT = Path(__file__).resolve().parent.parent.parent
LESSON = """```derivex
differentiate (3x^2 + 1)^4 by x
blank line 4
blank line 5
blank line 6
```
"""
ASKED = ("quiz", "lesson.md")
RIGHT = (
    "4(3x^2 + 1)^3 (d/dx (3x^2) + d/dx 1)",
    "4(3x^2 + 1)^3 (3 d/dx x^2 + d/dx 1)",
    "4(3x^2 + 1)^3 (3*2x + 0)",
)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("lesson.md").write_text(LESSON)


def test_right_answers_from_a_pipe() -> None:
    ended = derivex(*ASKED, given="\n".join(RIGHT))
    assert (ended.status, ended.err) == (0, "")
    assert ended.out.endswith("\n3 of 3 blanks right, 3 of them at once.\n")
    assert "(1) 4(3x^2 + 1)^3 (d/dx (3x^2) + d/dx 1)\nRight.\n" in ended.out


def test_wrong_ones_are_explained_and_the_status_says_so() -> None:
    given = f"{RIGHT[0]}\n4(3x^2 + 1)^3 (d/dx x^2 + d/dx 1)\nskip\nskip\n"
    ended = derivex(*ASKED, given=given)
    assert ended.status == 1
    assert "That is wrong: at x = " in ended.out
    assert "1 of 3 blanks right, 1 of them at once." in ended.out
    assert "Blank 3: skipped. The answer is 4(3x² + 1)³ (3 · 2x + 0)" in ended.out


@pytest.mark.parametrize("given", ["", "quit\n", "?\n", "?\nquit\n"])
def test_ending_early_sums_up(given: str) -> None:
    ended = derivex(*ASKED, given=given)
    assert ended.status == 1
    assert "0 of 3 blanks right" in ended.out
    assert ended.out.endswith("3 not reached.\n")


def test_in_ascii_where_nothing_else_can_be_shown() -> None:
    ended = derivex(*ASKED, given="???\nskip\n", encoding="ascii")
    assert ended.out.isascii()
    assert "The line reads: = 4(3x^2 + 1)^3 (d(3x^2)/dx + d(1)/dx)" in ended.out


def test_lines_that_are_no_text_or_too_long() -> None:
    given = b"\xff\xfe\x1b[31m\n" + b"x" * 1_000_000 + b"\n" + RIGHT[0].encode() + b"\n"
    ended = derivex(*ASKED, given=given)
    assert "\x1b" not in ended.out
    assert ended.out.count("I cannot read that") == 2
    assert "Right." in ended.out


def test_of_an_expression_and_of_a_key() -> None:
    ended = derivex("quiz", "x^2 sin x", "--blank", "rules", given="?\nquit\n")
    assert "By which rule does one get from the first line to the second?" in ended.out
    assert "What is needed here is" in ended.out
    library.sheet(LESSON).save_json("key.json")
    assert derivex("quiz", "key.json", given="\n".join(RIGHT)).status == 0
    assert "cannot be opened" in problem(derivex("quiz", "nothing.json"))
    assert problem(derivex("quiz", "x^2 +"))


def test_on_a_dumb_terminal_with_the_keyboard_alone() -> None:
    """No escape sequences come out; Ctrl-C ends it with the summary."""
    leader, follower = pty.openpty()
    environment = {
        **os.environ,
        "TERM": "dumb",
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "derivex", *ASKED],
        stdin=follower,
        stdout=follower,
        stderr=follower,
        env=environment,
        start_new_session=True,
        # A suite in the background ignores Ctrl-C, and so would what it starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        close_fds=True,
    )
    os.close(follower)
    written = b""

    def until(text: bytes) -> None:
        nonlocal written
        ends = time.monotonic() + 60
        while text not in written and time.monotonic() < ends:
            if select.select([leader], [], [], 0.5)[0]:
                try:
                    written += os.read(leader, 65536)
                except OSError:
                    return
        assert text in written, written

    try:
        until(b"(1) ")
        os.write(leader, b"?\n")
        until(b"What is needed here is")
        process.send_signal(signal.SIGINT)
        until(b"3 not reached.")
        assert process.wait(30) == 1
    finally:
        process.kill()
        os.close(leader)
    assert b"\x1b" not in written
    assert b"Traceback" not in written


def test_it_goes_on_another_time() -> None:
    ended = derivex(*ASKED, given=f"{RIGHT[0]}\n")
    assert ended.out.endswith("2 not reached.\nTo go on there another time: --from 2\n")
    ended = derivex(*ASKED, "--from", "2", given="\n".join(RIGHT[1:]))
    assert ended.status == 0
    assert ended.out.endswith("2 of 2 blanks right, 2 of them at once.\n")
    assert "there is no blank 4: the quiz has 3" in problem(derivex(*ASKED, "--from", "4"))
