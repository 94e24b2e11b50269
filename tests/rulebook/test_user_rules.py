"""A user's rule file: tested on first use, remembered, and used like the shipped ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import derivex
from derivex.errors import RuleError
from derivex.notation import TextWriter
from derivex.rulebook import load_rules, shipped_book, verdict_cache

DOUBLE_ANGLE = (
    'rule double-angle  "the double angle formula"\n'
    "    d/dx sin(x)^2 = sin(2 x)\n"
    "    example d/dx sin(x)^2 = sin(2 x)\n"
)
CUBE = "function cube(x)\n    defined as x^3\n    d/dx cube(x) = 3 x^2\n"
WRONG = DOUBLE_ANGLE.partition("    example")[0].replace("sin(2 x)", "sin(3 x)")


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache folder, and nothing remembered from before."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(verdict_cache, "_this_run", set())
    return tmp_path / "cache" / "derivex" / "rules.json"


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "my.rules"
    path.write_text(DOUBLE_ANGLE + CUBE)
    return path


def lines_of(expression: str, rules: Path) -> list[str]:
    writer = TextWriter()
    found = derivex.diff(expression, by="x", rules=rules)
    return [f"{writer.write(line.expression)}  {line.says}".rstrip() for line in found.lines()]


def test_the_more_specific_rule_wins(rules: Path) -> None:
    assert lines_of("sin(x)^2", rules) == [
        "∂sin(x)²/∂x",
        "sin(2x)  using the double angle formula",
    ]


def test_a_function_of_ones_own(rules: Path) -> None:
    assert lines_of("cube(x)", rules) == [
        "∂cube(x)/∂x",
        "3x²  using the derivative of cube",
    ]
    assert lines_of("cube(x^2)", rules)[1:3] == [
        "∂cube(x²)/∂(x²) · ∂x²/∂x  using the chain rule",
        "3(x²)² · 2x  using the derivative of cube and the exponent rule",
    ]


def test_a_wrong_file_is_refused_and_not_remembered(rules: Path, cache: Path) -> None:
    rules.write_text(WRONG)
    for _ in range(2):
        with pytest.raises(RuleError, match="the rule double-angle is not sound: at x = 1 "):
            load_rules(rules, shipped_book())
    assert not cache.exists()


def test_what_else_is_wrong_is_pointed_at(rules: Path) -> None:
    rules.write_text(WRONG + CUBE.replace("3 x^2", "2 x^2"))
    with pytest.raises(RuleError) as caught:
        load_rules(rules, shipped_book())
    assert "there is more: run  derivex rules" in str(caught.value)


def test_a_verdict_is_remembered(rules: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    load_rules(rules, shipped_book())
    stored = json.loads(cache.read_text())
    assert list(stored) == ["sound"]
    assert len(stored["sound"]) == 1
    monkeypatch.setattr(verdict_cache, "_this_run", set())
    monkeypatch.setattr("derivex.rulebook.lint.check_file", _must_not_be_called)
    assert "double-angle" in load_rules(rules, shipped_book()).rules


def test_a_changed_file_is_tested_again(rules: Path, cache: Path) -> None:
    load_rules(rules, shipped_book())
    rules.write_text(DOUBLE_ANGLE)
    load_rules(rules, shipped_book())
    assert len(json.loads(cache.read_text())["sound"]) == 2


def _must_not_be_called(*arguments: object) -> None:
    raise AssertionError("the file was tested again")


@pytest.mark.parametrize("damaged", ["", "{", "[1]", '{"sound": 3}', '{"sound": {"a": "b"}}'])
def test_a_damaged_cache_is_no_error(rules: Path, cache: Path, damaged: str) -> None:
    cache.parent.mkdir(parents=True)
    cache.write_text(damaged)
    assert "double-angle" in load_rules(rules, shipped_book()).rules
    assert list(json.loads(cache.read_text())) == ["sound"]


def test_a_cache_that_cannot_be_written_is_no_error(
    rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert "double-angle" in load_rules(rules, shipped_book()).rules


def test_old_verdicts_are_dropped(cache: Path) -> None:
    for number in range(verdict_cache._MOST + 5):
        verdict_cache.remember_sound(f"key {number}", 1)
    kept = json.loads(cache.read_text())["sound"]
    assert len(kept) == verdict_cache._MOST
    assert "key 0" not in kept
