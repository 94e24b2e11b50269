"""What the README shows is what happens: its commands are run, their output is compared."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")

FENCED = re.compile(
    r"(?:<!-- (?P<note>[^\n]+) -->\n)?^(?P<fence>`{3,})(?P<kind>\w+)\n(?P<body>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
BLOCKS = [(found["note"] or "", found["kind"], found["body"]) for found in FENCED.finditer(README)]


def shown() -> Iterator[tuple[str, str]]:
    """The commands with their output, from the console blocks."""
    for _, kind, body in BLOCKS:
        if kind == "console":
            for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
                command, _, output = part.partition("\n")
                yield command, output


def listed() -> Iterator[str]:
    """The commands that are listed without output."""
    for note, kind, body in BLOCKS:
        if kind == "sh" and not note:
            yield from (line.split(" #")[0].strip() for line in body.splitlines())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the lessons, and the files that the README shows."""
    shutil.copytree(ROOT / "worked_examples", tmp_path / "worked_examples")
    for note, _, body in BLOCKS:
        if note.startswith("file: "):
            (tmp_path / note.removeprefix("file: ")).write_text(body, encoding="utf-8")
    return tmp_path


def run(command: str, folder: Path) -> tuple[int, str]:
    """The exit status of a command, and what it writes, remarks and errors included.

    Of a pipeline, only the end of the output is understood: ``| tail -n NUMBER``.
    """
    command, _, pipe = command.partition(" | tail -n ")
    words = shlex.split(command)
    assert words[0] == "derivex"
    search = [str(ROOT), os.environ.get("PYTHONPATH", "")]
    done = subprocess.run(
        [sys.executable, "-m", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(search), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
    )
    lines = done.stdout.splitlines(keepends=True)
    return done.returncode, "".join(lines[-int(pipe) :] if pipe else lines)


@pytest.mark.parametrize(("command", "output"), list(shown()), ids=[c for c, _ in shown()])
def test_output_is_what_the_readme_shows(command: str, output: str, folder: Path) -> None:
    status, written = run(command, folder)
    assert written == output
    refused = re.search(r"^derivex: |^ +\^+$|^✗ ", output, re.MULTILINE)
    assert (status != 0) == bool(refused)


@pytest.mark.parametrize("command", list(listed()))
def test_a_listed_command_works(command: str, folder: Path) -> None:
    status, written = run(command, folder)
    assert status == 0, written
    target = re.search(r" -o (\S+)", command)
    assert (folder / target[1]).read_text(encoding="utf-8") if target else written.strip()


def test_the_library_does_what_the_readme_shows() -> None:
    session = "\n".join(body for _, kind, body in BLOCKS if kind == "pycon")
    flags = doctest.NORMALIZE_WHITESPACE
    test = doctest.DocTestParser().get_doctest(session, {}, "README.md", "README.md", 0)
    results = doctest.DocTestRunner(optionflags=flags).run(test, clear_globs=False)
    assert results.attempted >= 5
    assert results.failed == 0


def test_the_commands_of_the_readme_are_one_line_each() -> None:
    for name in ("main example", "documentation command", "test command"):
        (command,) = (body for note, _, body in BLOCKS if note == name)
        assert command.count("\n") == 1
        assert "pip install" in command


def test_what_the_readme_links_to_is_there() -> None:
    links = [each for each in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in each]
    assert len(links) >= 5
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_readme_lists_the_packages() -> None:
    section = README.partition("## How it is built")[2].partition("\n## ")[0]
    table = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    packages = {folder.parent.name for folder in ROOT.glob("derivex/*/__init__.py")}
    assert set(table) == packages
