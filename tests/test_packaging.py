"""A wheel holds what is needed and nothing else, and works in an empty folder."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).resolve().parent.parent

BUILT_FROM = ("derivex", "rules", "pyproject.toml", "README.md", "LICENSE", ".gitignore")
SUFFIXES = {".css", ".py", ".lark", ".rules", ".typed", ".json", ".js", ".txt"}


def run(*arguments: str, folder: Path, **environment: str) -> str:
    """The output of a Python process that has to succeed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from a copy of the source tree in which scratch files lie about."""
    source = tmp_path_factory.mktemp("source")
    for name in BUILT_FROM:
        if (ROOT / name).is_dir():
            leave = shutil.ignore_patterns("__pycache__", ".*_cache")
            shutil.copytree(ROOT / name, source / name, ignore=leave)
        elif (ROOT / name).exists():
            shutil.copy(ROOT / name, source / name)
    (source / ".gitignore").write_text("*.scratch\nscratch/\n", encoding="utf-8")
    (source / "rules" / "mine.scratch").write_text("ignored\n", encoding="utf-8")
    (source / "rules" / "notes.txt").write_text("not ignored\n", encoding="utf-8")
    (source / "rules" / "scratch").mkdir()
    (source / "rules" / "scratch" / "half.rules").write_text("half a rule\n", encoding="utf-8")
    (source / "derivex" / "mine.scratch").write_text("ignored\n", encoding="utf-8")
    run("-m", "hatchling", "build", "-t", "wheel", "-d", "out", folder=source)
    (built,) = (source / "out").glob("derivex-*.whl")
    return built


def test_the_wheel_holds_what_is_needed_and_nothing_else(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    inside = {name for name in names if not name.split("/")[0].endswith(".dist-info")}
    shipped = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("rules/*.rules")}
    assert len(shipped) >= 6
    assert {name for name in inside if "rules/" in name} == {f"derivex/{name}" for name in shipped}
    assert {"derivex/py.typed", "derivex/notation/text.lark", "derivex/__main__.py"} <= inside
    assert {Path(name).suffix for name in inside} == SUFFIXES
    assert any(name.endswith("licenses/LICENSE") for name in names)
    practice = "derivex/rendering/practice/"
    assert {
        f"{practice}{name}" for name in ("math.js", "math.js.APACHE-2.0.txt", "page.css")
    } <= inside


def test_the_wheel_works_in_an_empty_folder(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    empty = tmp_path / "empty"
    empty.mkdir()
    install = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target"]
    run(*install, str(home), str(wheel), folder=empty, PIP_DISABLE_PIP_VERSION_CHECK="1")
    where = run("-c", "import derivex; print(derivex.__file__)", folder=empty, PYTHONPATH=str(home))
    assert Path(where.strip()).is_relative_to(home)
    shown = run(
        *("-m", "derivex", "diff", "x^2", "--by", "x"),
        folder=empty,
        PYTHONPATH=str(home),
        PYTHONIOENCODING="utf-8",
    )
    assert shown.splitlines()[0] == "∂x²/∂x"
    assert shown.splitlines()[-1].split("  ")[1].strip() == "= 2x"
    assert not list(empty.iterdir())
