"""Pages in HTML and Markdown, from the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import html5lib
import pytest

from .commands import derivex

LESSON = "# Slopes\n\nHalf of *it*.\n\n```derivex\ndifferentiate x^2\nexpect result = 2x\n```\n"

COMMANDS = {
    "diff": ["diff", "x^2 sin x"],
    "gradient": ["gradient", "||X theta - y||^2", "--by", "theta", "--let", "X: n by d, theta: d"],
    "backward": ["gradient", "tanh(w x + b)^2", "--by", "w,b", "--backward"],
    "solve": ["solve", "3a^2 + b^2 - ab + a"],
    "descend": ["descend", "a^2 + b^2", "--from", "a=1,b=2", "--rate", "0.1"],
    "subgradient": ["subgradient", "max(0, 1 - x)", "--at", "x=1"],
    "implicit": ["implicit", "x^2 + y^2 = 25", "--of", "y", "--by", "x"],
    "tangent": ["diff", "x^2", "--tangent", "--at", "x=2"],
    "nudge": ["diff", "x^2", "--nudge", "0.001", "--at", "x=2"],
    "run": ["run", "-"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_writes_a_page(command: str, tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    ended = derivex(*COMMANDS[command], "-o", str(file), given=LESSON)
    assert ended.status == 0, ended.err
    assert ended.out == ""
    html5lib.HTMLParser(strict=True).parse(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_writes_markdown(command: str, tmp_path: Path) -> None:
    file = tmp_path / "page.md"
    ended = derivex(*COMMANDS[command], "-o", str(file), given=LESSON)
    assert ended.status == 0, ended.err
    written = file.read_text(encoding="utf-8")
    assert written.startswith("# ")
    assert "\n$$\n\\begin{aligned}\n" in written


def test_a_lesson_keeps_its_prose() -> None:
    page = derivex("run", "-", "--format", "html", given=LESSON).out
    assert "<h1>Slopes</h1>\n<p>Half of <em>it</em>.</p>" in page
    assert '<p class="statement"><code>differentiate x^2</code></p>' in page
    written = derivex("run", "-", "--format", "markdown", given=LESSON).out
    assert written.startswith("# Slopes\n\nHalf of *it*.\n\n```\ndifferentiate x^2\n```\n\n$$\n")


def test_a_page_is_utf8_where_nothing_else_is() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "derivex", "diff", "x^2", "--format", "html"],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert 'alttext="∂x²/∂x"' in done.stdout.decode("utf-8")


def test_a_notebook_uses_the_rule_file_of_the_lesson(tmp_path: Path) -> None:
    rules, file = tmp_path / "own.rules", tmp_path / "lesson.ipynb"
    rules.write_text(
        'rule double-angle  "the double angle formula"\n'
        "    d/dx sin(x)^2  =  sin(2x)\n    example d/dx sin(x)^2 = sin(2x)\n"
    )
    lesson = LESSON.replace("x^2\n", "sin(x)^2\n").replace("= 2x", "= sin(2x)")
    ended = derivex("run", "-", "--rules", str(rules), "-o", str(file), given=lesson)
    assert ended.status == 0, ended.err
    cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
    assert f'lesson = derivex.Lesson(rules="{rules}")' in "".join(cells[1]["source"])
