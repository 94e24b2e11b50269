"""``derivex sheet`` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import derivex as library
from tests.cli.commands import derivex

SUM = ("sheet", "(x + y + z)^2", "--by", "y", "--seed", "1")


def test_a_sheet_and_its_key() -> None:
    ended = derivex(*SUM, "--blank", "rules", "--blanks", "1", "--key")
    assert (ended.status, ended.err) == (0, "")
    sheet, _, key = ended.out.partition("Fill in the blanks: key")
    assert sheet.count("[_1_]") == 1 and "[_1_]" not in key
    assert key.strip().splitlines()[-1].startswith("(1) using")


def test_standard_input_may_be_a_lesson_or_a_formula() -> None:
    lesson = "# Powers\n\n```derivex\ndifferentiate x^3 + x by x\nblank rule of line 2\n```\n"
    assert derivex("sheet", "-", given=lesson).out.startswith("Powers\n")
    assert "Differentiate x³ + x by x." in derivex("sheet", "-", "--by", "x", given="x^3 + x").out


def test_a_file_and_its_key(tmp_path: Path) -> None:
    ended = derivex(*SUM, "-o", str(tmp_path / "sheet.md"))
    assert (ended.status, ended.out) == (0, "")
    sheet, key = ((tmp_path / name).read_text("utf-8") for name in ("sheet.md", "sheet-key.md"))
    assert r"\boxed" in sheet and r"\boxed" not in key


def test_json_is_the_key(tmp_path: Path) -> None:
    derivex(*SUM, "-o", str(tmp_path / "sheet.json"))
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.json"]
    text = (tmp_path / "sheet.json").read_text("utf-8")
    loaded = library.load(text)
    assert isinstance(loaded, library.ExerciseSheet)
    assert loaded.sheet.has_answers
    assert loaded == library.sheet("(x + y + z)^2", by="y", seed=1)
    handed_out = loaded.without_answers()
    told = json.dumps(json.loads(handed_out.to_json())["items"])
    assert library.load(handed_out.to_json()).sheet == handed_out.sheet
    assert not handed_out.sheet.has_answers
    for blank in loaded.blanks:
        assert blank.answer is None or str(blank.answer) not in told


def test_every_gap_is_checked_when_a_sheet_is_loaded() -> None:
    stored = json.loads(library.sheet("(x + y + z)^2", by="y", blank="factors", seed=1).to_json())
    stored["blanks"][0]["answer"] = 0
    with pytest.raises(library.RecordError, match="the answers do not lead to"):
        library.load(json.dumps(stored))


REFUSED = [
    (("sheet", "x^2 +"),                              "the expression ends after +"),
    (("sheet", "nothing.md"),                         "nothing.md cannot be opened"),
    (("sheet", "5"),                                  "there is no derivation"),
    (("sheet", "x^2", "--blank", "factors"),          "nothing of this kind can be left out"),
    (("sheet", "x^2 + x", "--format", "docx"),        "no format of a sheet"),
    (("sheet", "x^2 + x", "-o", "sheet.docx"),        "no format has the ending"),
    (("sheet", "x^2 + x", "--blanks", "0"),           "--blanks"),
    (("sheet", "x^2 + x", "--blank", "words"),        "--blank"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "message"), REFUSED)
def test_what_cannot_be_done_is_said(words: tuple[str, ...], message: str) -> None:
    ended = derivex(*words)
    assert (ended.status, ended.out) == (2, "")
    assert message in ended.err
    assert "Traceback" not in ended.err


def test_a_lesson_says_itself_what_it_is_about(tmp_path: Path) -> None:
    (tmp_path / "l.md").write_text("```derivex\ndifferentiate x^2 + x\n```\n", encoding="utf-8")
    ended = derivex("sheet", str(tmp_path / "l.md"), "--by", "x")
    assert ended.status == 2 and "a lesson says itself" in ended.err


@pytest.mark.parametrize("level", ["easy", "middle", "hard"])
@pytest.mark.parametrize("kind", ["results", "rules", "factors", "lines"])
def test_levels_and_kinds(level: str, kind: str) -> None:
    ended = derivex("sheet", "x^2 sin(3x) + x", "--by", "x", "--level", level, "--blank", kind)
    assert ended.status == 0 and "[_1_]" in ended.out


def test_harder_sheets_have_more_blanks() -> None:
    counts = [len(library.sheet("x^2 sin(3x) + x y^3", by="x", level=level).blanks)
              for level in ("easy", "middle", "hard")]  # fmt: skip
    assert counts[0] < counts[1] < counts[2]


def test_equations_are_solved_on_a_sheet() -> None:
    ended = derivex("sheet", "6a - b + 1 = 0, 2b - a = 0", "--level", "hard")
    assert ended.status == 0
    assert "Solve 6a − b + 1 = 0, 2b − a = 0 for a and b." in ended.out


def test_gradients_by_vectors_and_bounds_with_an_equals_sign() -> None:
    told = ("--by", "theta", "--let", "X: n by d, theta: d, y: n", "--blank", "lines")
    assert "∇_θ ‖Xθ − y‖²" in derivex("sheet", "||X theta - y||^2", *told).out
    assert "using the sum rule" in derivex("sheet", "sum(i, i = 1..n) x + x^2", "--by", "x").out
    ended = derivex("sheet", "x^2 + = 3")
    assert (ended.status, ended.out) == (2, "") and "the expression ends after +" in ended.err


def test_equations_that_are_solved_by_cases() -> None:
    ended = derivex("sheet", "x^2 - 5x + 6 = 0", "--blank", "lines", "--level", "hard")
    assert ended.status == 0
    assert "[_1_]              factoring" in ended.out
    assert "x = 3 or x = 2     solve each for x" in ended.out
