"""Sheets as notebooks for nbgrader.

What nbgrader asks of the metadata is checked here by the rules of its format, version 3, and by
nbgrader itself, which validates the key, makes the assignment, and grades a student.
"""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import derivex
from derivex.api.sheet_notebook import sheet_notebook
from derivex.sheets import Sheet
from tests.rendering.sheets import derivation_sheet, long_sheet

ROOT = Path(__file__).resolve().parents[2]
FIELDS = {"grade": bool, "grade_id": str, "locked": bool, "points": int, "schema_version": int,
          "solution": bool, "task": bool, "cell_type": str}  # fmt: skip


def _cells(sheet: Sheet, key: bool = False) -> list[dict[str, Any]]:
    cells: list[dict[str, Any]] = json.loads(sheet_notebook(sheet, key))["cells"]
    return cells


def _sheet() -> Sheet:
    return derivation_sheet("x^2 e^x", "x", {1: "rule", 2: "line"}, form="no derivative")


@pytest.mark.parametrize("key", [False, True])
def test_the_metadata_are_those_of_nbgrader(key: bool) -> None:
    sheet = long_sheet()
    marked = [cell for cell in _cells(sheet, key) if "nbgrader" in cell["metadata"]]
    names = []
    for cell in marked:
        data = cell["metadata"]["nbgrader"]
        assert {name: type(value) for name, value in data.items()} == FIELDS
        assert data["schema_version"] == 3 and data["cell_type"] == cell["cell_type"] == "code"
        # It judges: it is neither to be filled in nor a task, and nobody may change it.
        assert (data["grade"], data["solution"], data["locked"], data["task"]) == (
            True, False, True, False
        )  # fmt: skip
        assert re.fullmatch(r"[a-zA-Z0-9_\-]+", data["grade_id"]) and data["points"] >= 0
        names.append(data["grade_id"])
    assert len(set(names)) == len(names) == len(sheet.blanks) + 1
    assert sum(cell["metadata"]["nbgrader"]["points"] for cell in marked) == sheet.points


def test_without_the_hidden_parts_nothing_of_the_key_is_left() -> None:
    sheet = _sheet()
    release = []
    for cell in _cells(sheet):
        assert cell["source"].count("### BEGIN HIDDEN TESTS") == ("nbgrader" in cell["metadata"])
        release.append(re.sub(r"(?s)### BEGIN HIDDEN TESTS.*?### END HIDDEN TESTS", "",
                              cell["source"]))  # fmt: skip
    left = "\n".join(release)
    for blank in sheet.blanks:
        assert (blank.says or "2x e^x + x² e^x") not in left
    assert left.count('= r""') == len(sheet.blanks)
    for source, cell in zip(release, _cells(sheet), strict=True):
        if cell["cell_type"] == "code":
            ast.parse(source)


def _worked(cells: list[dict[str, Any]], answers: dict[int, str]) -> list[Any]:
    """What the judging cells say when the notebook is run with these answers."""
    known: dict[str, Any] = {"derivex": derivex}
    points = []
    for cell in cells:
        source = cell["source"]
        given = re.search(r"answer_(\d+) = ", source)
        if cell["cell_type"] != "code":
            continue
        if given and "nbgrader" not in cell["metadata"]:
            known[f"answer_{given[1]}"] = answers[int(given[1])]
        key = re.search(r"^KEY = (.+)$", source, re.MULTILINE)
        if key:
            known["KEY"] = ast.literal_eval(key[1])
        call = re.search(r"judge_blank\(KEY, (\d+), answer_(\d+)\)", source)
        if call:
            assert call[1] == call[2]
            judged = derivex.judge_blank(known["KEY"], int(call[1]), known[f"answer_{call[1]}"])
            points.append(float(judged.points))
    return points


def test_the_cells_judge() -> None:
    sheet = _sheet()
    right = {1: "using the product rule", 2: "x(2 + x)e^x"}
    assert _worked(_cells(sheet), right) == [1.0, 1.0]
    assert _worked(_cells(sheet), {1: "the chain rule", 2: "2x e^x"}) == [0.0, 0.0]


def test_the_key_holds_its_answers_as_they_are_typed() -> None:
    sources = [cell["source"] for cell in _cells(long_sheet(), key=True)]
    assert any(source.endswith('answer_5 = r"2(x + y + z)"') for source in sources)
    assert any(source.endswith('answer_1 = r"using the chain rule"') for source in sources)


# -- the real program -------------------------------------------------------------------------

_NBGRADER = """
import json, sys
from pathlib import Path
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.validator import Validator
from traitlets.config import Config

config = Config()
config.CourseDirectory.course_id = "calculus"
program = NbGraderAPI(config=config)
told = {"invalid": Validator(config=config).validate("key.ipynb")}
made = program.generate_assignment("ps1")
assert made["success"], made
released = Path("release/ps1/sheet.ipynb").read_text(encoding="utf-8")
told["released"] = released
filled = released
for number, answer in enumerate(sys.argv[1:], 1):
    empty = json.dumps(f'answer_{number} = r""')[1:-1]
    assert empty in filled
    filled = filled.replace(empty, json.dumps(f'answer_{number} = r"{answer}"')[1:-1])
folder = Path("submitted/ada/ps1")
folder.mkdir(parents=True)
(folder / "sheet.ipynb").write_text(filled, encoding="utf-8")
graded = program.autograde("ps1", "ada")
assert graded["success"], graded
with Gradebook("sqlite:///gradebook.db") as book:
    told["score"] = book.find_submission("ps1", "ada").score
Path("told.json").write_text(json.dumps(told))
"""


def test_nbgrader_validates_and_grades(tmp_path: Path) -> None:
    """It runs by itself: it brings a Jupyter of its own, and warns as it likes."""
    if importlib.util.find_spec("nbgrader") is None:
        pytest.skip("nbgrader is not installed; the extra test has it")
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),  # alembic
    }
    sheet = _sheet()
    source = tmp_path / "source" / "ps1"
    source.mkdir(parents=True)
    (source / "sheet.ipynb").write_text(sheet_notebook(sheet), encoding="utf-8")
    (tmp_path / "key.ipynb").write_text(sheet_notebook(sheet, key=True), encoding="utf-8")
    answers = "using the chain rule", r"e^x \cdot 2x + x^2 e^x"  # wrong, right
    done = subprocess.run(
        [sys.executable, "-c", _NBGRADER, *answers],
        cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    assert told["invalid"] == {}
    assert "KEY =" not in told["released"] and "judge_blank" not in told["released"]
    assert told["score"] == 1
