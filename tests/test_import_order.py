"""Imports go one way only, and what is quick stays quick."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

HEAVY = ("sympy", "flint", "numpy", "lark", "rich.console")

ASK = """
import json, sys
sys.argv = ["derivex", *{arguments!r}]
try:
    from derivex.cli import main
    main()
except SystemExit as end:
    status = end.code
print(json.dumps([status, sorted(set({heavy!r}) & set(sys.modules))]))
"""


def test_each_package_imports_only_from_those_before_it() -> None:
    """The contract stands in pyproject.toml; a package that it does not list breaks it."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 kept, 0 broken" in done.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["diff", "--help"]])
def test_help_and_version_import_nothing_heavy(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(arguments=arguments, heavy=HEAVY)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout.splitlines()[-1]) == [0, []]


def test_a_derivative_imports_only_what_it_needs() -> None:
    """A start is quick because of what it leaves out; that is counted, since times vary."""
    unneeded = (
        *("lark", "rich", "derivex.equality", "derivex.solving", "derivex.descent"),
        *("derivex.lessons", "derivex.rulebook.lint", "derivex.rulebook.verdict_cache"),
    )
    done = subprocess.run(
        [sys.executable, "-c", ASK.format(arguments=["diff", "x^2", "--by", "x"], heavy=unneeded)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout.splitlines()[-1]) == [0, []]


def test_importing_the_library_imports_nothing_heavy() -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys, derivex; print(sorted(set({HEAVY!r}) & set(sys.modules)))",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "[]"
