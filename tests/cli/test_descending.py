"""``derivex descend`` and ``derivex gradcheck`` as processes: exit status, bar, Control-C."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.commands import derivex, problem

ROOT = Path(__file__).parents[2]
LONG = ["descend", "a^2 + 3b^2", "--from", "a=1,b=1", "--rate", "0.0000001", "--steps", "1000000"]


def wait_for(descriptor: int, wanted: str, seconds: float = 60) -> str:
    """What comes from a terminal until a text has come."""
    told = ""
    end = time.monotonic() + seconds
    while wanted not in told and time.monotonic() < end:
        if select.select([descriptor], [], [], 1)[0]:
            told += os.read(descriptor, 4096).decode()
    return told


def test_control_c_ends_a_long_search_well() -> None:
    """A bar is shown in a terminal; the best point so far is the answer."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "derivex", *LONG],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=theirs,
        # A suite in the background ignores Ctrl-C, and so would what it starts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        env=os.environ | {"PYTHONIOENCODING": "utf-8", "TERM": "xterm", "COLUMNS": "100"},
    )
    os.close(theirs)
    told = wait_for(ours, "Ctrl-C ends it")
    assert "/1000000" in told
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=60)
    rest = wait_for(ours, "interrupted after", 5)
    assert process.returncode == 0
    text = out.decode()
    assert "Interrupted after" in text and "The best point so far is a ≈ 0." in text
    assert "note: interrupted after" in told + rest
    assert "Traceback" not in text + told + rest
    os.close(ours)


def test_no_bar_off_a_terminal() -> None:
    ended = derivex(*LONG[:-1], "20000")
    assert ended.status == 0
    assert ended.err == ""
    assert "After 20000 steps: a ≈ 0.996" in ended.out


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["descend", "x^2", "--from", "x=1", "--rate", "0.1", "--tolerance", "0.001"], 0),
        (["descend", "x^2", "--from", "x=1", "--rate", "1.1", "--steps", "3"], 0),
        (["descend", "x^2", "--from", "x=1", "--rate", "1.1", "--steps", "1000"], 1),
        (["descend", "x - 2 sqrt(x)", "--from", "x=4", "--rate", "12", "--steps", "5"], 1),
        (["descend", "x^2", "--from", "x=1", "--rate", "0"], 2),
        (["gradcheck", "x^2 y", "--at", "x=1,y=2"], 0),
        (["gradcheck", "x^2 y", "--at", "x=1,y=2", "--against", "2x y, x^2"], 0),
        (["gradcheck", "x^2 y", "--at", "x=1,y=2", "--against", "2x y, 1.001 x^2"], 1),
        (["gradcheck", "x^2 y", "--at", "x=1,y=2", "--against", "2x y"], 2),
    ],
)
def test_the_exit_status_says_how_it_ended(arguments: list[str], status: int) -> None:
    ended = derivex(*arguments)
    assert ended.status == status, ended
    if status == 2:
        assert problem(ended)


@pytest.mark.parametrize("kind", ["latex", "html", "markdown", "ipynb", "json"])
@pytest.mark.parametrize("method", ["plain", "momentum", "adam"])
def test_every_format(kind: str, method: str) -> None:
    asked = ["a^2 + 3b^2", "--from", "a=1,b=1", "--rate", "0.01", "--method", method]
    for steps in ("2", "30"):
        ended = derivex(
            "descend", *asked, "--steps", steps, "--schedule", "cosine", "--format", kind
        )
        assert ended.status == 0
        assert len(ended.out) > 300
    checked = derivex("gradcheck", "a^2 + b", "--at", "a=1,b=2", "--format", kind)
    assert checked.status == 0
    if kind == "json":
        assert json.loads(checked.out)["finding"] == "agrees"


def test_data_from_a_file(tmp_path: Path) -> None:
    data = tmp_path / "growth.csv"
    data.write_text("a;h\n0;30\n2;40\n4;50\n")
    loss = "1/(2n) sum_i (s a_i + b - h_i)^2"
    asked = ["descend", loss, "--from", "s=1,b=0", "--rate", "0.2", "--data", str(data)]
    ended = derivex(*asked, "--tolerance", "0.000001")
    assert "s ≈ 5, b ≈ 30" in ended.out or "s ≈ 5.0000" in ended.out
    data.write_text("a,h\n0,30\n2,\n")
    assert "growth.csv, line 3, column h: there is no number" in problem(derivex(*asked))


def test_a_descent_by_a_vector_is_drawn_by_its_entries() -> None:
    let = ["--let", "X = [[1, 0], [1, 2]]", "--let", "y = [3, 4]", "--let", "theta: 2"]
    asked = ["||X theta - y||^2", "--from", "theta=[0,1]", "--rate", "0.1", "--steps", "5"]
    ended = derivex("plot", *asked, *let)
    assert ended.status == 0
    assert "θ₁" in ended.out and "θ₂" in ended.out
