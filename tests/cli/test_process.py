"""Whole processes: the installed entry, pipes, terminals, encodings."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
COMMAND = [sys.executable, "-m", "derivex"]

# A terminal of 80 columns: the shell of a pseudo-terminal, whose output is what a user sees.
IN_A_TERMINAL = """
import fcntl, os, pty, struct, sys, termios
rows, columns = 24, int(sys.argv[1])
pid, master = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
shown = b""
while True:
    try:
        part = os.read(master, 65536)
    except OSError:
        break
    if not part:
        break
    shown += part
sys.stdout.buffer.write(shown)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
"""


def run(
    *arguments: str | bytes, given: bytes = b"", **changed: str
) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", **changed}
    return subprocess.run(
        [*COMMAND, *arguments],
        input=given,
        capture_output=True,
        check=False,
        env=environment,
        timeout=300,
    )


LATE = """
import atexit, sys, threading, time
import derivex.cli

def main():
    atexit.register(print, "what was registered later")
    threading.Thread(target=lambda: (time.sleep(0.05), print("a thread"))).start()
    print("the command")
    sys.exit(3)

sys.modules["derivex.cli.main"].main = main
derivex.cli.process()
"""


def test_the_quick_end_of_a_process_loses_nothing() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-c", LATE], capture_output=True, text=True, check=False, env=environment
    )
    assert ended.stdout.splitlines() == ["the command", "a thread", "what was registered later"]
    assert ended.returncode == 3


def terminal(width: int, *arguments: str, **changed: str) -> tuple[int, str]:
    """What a terminal of some width shows, and the exit status."""
    environment = {
        **{name: value for name, value in os.environ.items() if name != "NO_COLOR"},
        "PYTHONPATH": str(ROOT),
        "PYTHONIOENCODING": "utf-8",
        "TERM": "xterm-256color",
        **changed,
    }
    environment.pop("COLUMNS", None)
    done = subprocess.run(
        [sys.executable, "-c", IN_A_TERMINAL, str(width), *COMMAND, *arguments],
        capture_output=True,
        check=False,
        env=environment,
        timeout=300,
    )
    return done.returncode, done.stdout.decode().replace("\r\n", "\n")


def test_as_a_module() -> None:
    done = run("diff", "x^2", "--by", "x")
    assert done.returncode == 0
    assert done.stdout.decode() == "∂x²/∂x\n  = 2x     using the exponent rule\n"
    assert done.stderr == b""


def test_exit_statuses() -> None:
    assert run("diff", "(x", "--by", "x").returncode == 2
    assert run("diff", "sum(i, i = 1..x)", "--by", "x").returncode == 3
    lesson = b"```derivex\nevaluate 1 + 1\nexpect result = 3\n```\n"
    assert run("run", "-", given=lesson).returncode == 1


def test_bytes_that_are_not_utf_8() -> None:
    done = run("diff", b"x + \xff", "--by", "x")
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"the argument is not UTF-8 text: byte 0xff at character 5" in done.stderr


def test_a_closed_pipe() -> None:
    shell = subprocess.run(
        [
            "sh",
            "-c",
            '"$@" | head -n 1; echo done',
            "sh",
            *COMMAND,
            "gradient",
            "+".join("abcdghjk"),
        ],
        capture_output=True,
        check=False,
        cwd=ROOT,
        timeout=300,
    )
    assert shell.stderr == b""
    assert shell.stdout.endswith(b"done\n")


def test_a_pipe_that_is_closed_from_the_start() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*COMMAND, "diff", "x^2"],
        stdout=writing,
        stderr=subprocess.PIPE,
        check=False,
        cwd=ROOT,
        timeout=300,
    )
    os.close(writing)
    assert done.returncode == 0
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
@pytest.mark.parametrize("arguments", [("diff", "x^2"), ("schema",), ("--help",)])
def test_a_full_device(arguments: tuple[str, ...]) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*COMMAND, *arguments], stdout=full, stderr=subprocess.PIPE, check=False, cwd=ROOT
        )
    assert done.returncode == 2
    said = b"derivex: standard output cannot be written: No space left on device\n"
    assert done.stderr == said


@pytest.mark.skipif(sys.platform == "win32", reason="a shell is needed")
@pytest.mark.parametrize(
    ("command", "status", "said"),
    [
        ("diff x^2 >&-", 2, "derivex: standard output cannot be written: Bad file descriptor\n"),
        ("--help >&-", 2, "derivex: standard output cannot be written: Bad file descriptor\n"),
        ("diff x^2 >&- 2>&-", 2, ""),
        ("diff x^2 2>&-", 0, ""),
        ("diff x^2 <&-", 0, ""),
        ("diff x^ 2>&-", 2, ""),
    ],
)
def test_closed_streams(command: str, status: int, said: str) -> None:
    started = " ".join(shlex.quote(part) for part in COMMAND)
    done = subprocess.run(
        ["sh", "-c", f"{started} {command}"], stderr=subprocess.PIPE, check=False, cwd=ROOT
    )
    assert (done.returncode, done.stderr.decode()) == (status, said)


def test_an_ascii_locale() -> None:
    done = run("diff", "x^2 y", "--by", "x", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 0
    assert done.stdout.isascii()
    assert done.stdout.decode().splitlines()[0] == "d(x^2 y)/dx"
    done = run("diff", "(x", PYTHONIOENCODING="ascii", LC_ALL="C")
    assert done.returncode == 2
    assert done.stderr.isascii()


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is needed")
def test_a_terminal_has_stacked_formulas_and_colour() -> None:
    status, shown = terminal(80, "diff", "x^2/(1+x)", "--by", "x")
    assert status == 0
    assert "─" in shown
    assert "\x1b[" in shown
    status, plain = terminal(80, "diff", "x^2/(1+x)", "--by", "x", NO_COLOR="1")
    assert status == 0
    assert "─" in plain
    assert not any(f"\x1b[{code}" in plain for code in range(30, 38))
    status, inline = terminal(80, "diff", "x^2/(1+x)", "--by", "x", "--style", "inline")
    assert "─" not in inline


@pytest.mark.skipif(sys.platform == "win32", reason="a pseudo-terminal is needed")
@pytest.mark.parametrize("width", [60, 120])
def test_a_terminal_of_another_width(width: int) -> None:
    status, shown = terminal(width, "solve", "3a^2+b^2-ab+a", NO_COLOR="1", TERM="dumb")
    assert status == 0
    assert max(map(len, shown.splitlines())) <= width


def test_writing_what_the_screen_shows(tmp_path: Path) -> None:
    file = tmp_path / "out.txt"
    done = run("diff", "x^2", "-o", str(file))
    assert done.stdout == b""
    assert file.read_bytes() == run("diff", "x^2").stdout
