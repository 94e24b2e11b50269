"""``derivex rules`` and ``derivex rules FILE``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from derivex.cli import main

GOOD_RULES = 'rule double-angle  "the double angle formula"\n    d/dx sin(x)^2 = sin(2 x)\n'
WRONG_RULES = GOOD_RULES + (
    'table tidying\nrule sines  "sines"\n    sin(2 u) = 2 sin(u)\n'
    'rule cosines  "cosines"\n    cos(-u) = -cos(u)\n'
)


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    assert isinstance(ended.value.code, int)
    return ended.value.code


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "my.rules"


def test_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rules") == 0
    shown = capsys.readouterr().out
    assert "the chain rule" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize("format", ["json", "latex"])
def test_other_formats(capsys: pytest.CaptureFixture[str], format: str) -> None:
    assert run("rules", "--format", format) == 0
    shown = capsys.readouterr().out
    if format == "json":
        assert json.loads(shown)["rules"]
    else:
        assert shown.startswith(r"\documentclass")


def test_a_sound_file(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules.write_text(GOOD_RULES)
    assert run("rules", str(rules)) == 0
    assert capsys.readouterr().out == "double-angle  proven\n"


def test_a_wrong_file(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules.write_text(WRONG_RULES)
    assert run("rules", str(rules)) == 1
    shown = capsys.readouterr().out
    assert [line.split() for line in shown.splitlines()[:3]] == [
        ["double-angle", "proven"],
        ["sines", "wrong"],
        ["cosines", "wrong"],
    ]
    assert "my.rules, line 5, column 5: the rule sines is not sound" in shown
    assert "my.rules, line 7, column 5: the rule cosines is not sound" in shown


def test_the_report_as_json(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules.write_text(WRONG_RULES)
    assert run("rules", str(rules), "--format", "json") == 1
    report = json.loads(capsys.readouterr().out)
    assert report["sound"] is False
    assert [each["verdict"] for each in report["rules"]] == ["proven", "wrong", "wrong"]
    assert report["rules"][1]["errors"][0]["line"] == 5


def test_a_file_that_does_not_parse(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules.write_text("rules\n")
    assert run("rules", str(rules)) == 2
    assert "my.rules, line 1, column 1: “rules” does not begin a stanza" in capsys.readouterr().err
    assert run("rules", str(rules.with_name("none.rules"))) == 2
    assert "cannot be opened" in capsys.readouterr().err


def test_a_file_is_used(rules: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules.write_text(GOOD_RULES)
    assert run("diff", "sin(x)^2", "--rules", str(rules)) == 0
    assert "using the double angle formula" in capsys.readouterr().out
    rules.write_text(WRONG_RULES)
    assert run("diff", "sin(x)^2", "--rules", str(rules)) == 2
    assert "the rule sines is not sound" in capsys.readouterr().err


def test_the_table_in_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, begins in (("rules.html", "<!DOCTYPE html>"), ("rules.md", "# The rules\n")):
        assert run("rules", "-o", str(tmp_path / name)) == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(begins)
    assert run("rules", "--format", "ipynb") == 0
    cells = json.loads(capsys.readouterr().out)["cells"]
    assert cells[0]["source"] == "# The rules"
    assert [cell["source"].partition("\n")[0] for cell in cells[1:2]] == ["## Differentiation"]
    assert {cell["cell_type"] for cell in cells} == {"markdown"}
