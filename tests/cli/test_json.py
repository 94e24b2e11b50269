"""The JSON that commands write."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from derivex import Derivative
from tests.cli.commands import derivex


def told(*arguments: str, status: int = 0) -> dict[str, Any]:
    ended = derivex(*arguments, "--format", "json")
    assert ended.status == status, ended.err
    loaded = json.loads(ended.out)
    assert isinstance(loaded, dict)
    return loaded


def test_a_derivative() -> None:
    found = told("diff", "(x+y+z)^2", "--by", "y")
    assert found["version"] == 1
    assert found["start"] == {
        "text": "∂(x + y + z)²/∂y",
        "latex": r"\frac{\partial (x + y + z)^{2}}{\partial y}",
    }
    assert found["by"] == ["y"]
    assert found["declarations"] == {"definitions": [], "data": {}, "assumptions": []}
    assert found["status"] == "finished"
    assert found["result"] == {
        "text": "2(x + y + z)",
        "latex": "2(x + y + z)",
        "sympy": "2*(x + y + z)",
    }
    assert [line["says"] for line in found["lines"]] == [
        "",
        "using the chain rule",
        "using the exponent rule",
        "using the sum rule",
        "using the constant and exponent rules",
        "arithmetic",
    ]
    assert found["lines"][0]["rules"] == []
    assert found["lines"][1]["rules"] == ["chain"]
    assert sorted(found["lines"][4]["rules"]) == ["constant", "exponent"]
    assert all(set(line) == {"text", "latex", "rules", "says"} for line in found["lines"])
    assert len(found["steps"]) >= 6
    assert all({"rule", "redex", "replacement"} <= set(step) for step in found["steps"])


def test_declarations(tmp_path: Path) -> None:
    data = tmp_path / "data.csv"
    data.write_text("a\n0.50\n-2\n")
    found = told(
        "diff", "sum_i f(a_i) + u", "--by", "s",
        "--let", "f(t) = s t^2", "--let", "u = 3s", "--data", str(data),
    )  # fmt: skip
    assert found["declarations"] == {
        "definitions": [
            {"text": "f(t) = st²", "latex": "f(t) = s t^{2}"},
            {"text": "u = 3s", "latex": "u = 3s"},
        ],
        "data": {"a": ["0.50", "-2"]},
        "assumptions": [],
    }


def test_what_no_rule_covers() -> None:
    found = told("diff", "sum(i, i = 1..x)", "--by", "x", status=3)
    assert found["status"] == "stuck"
    assert len(found["stuck"]) == 1


def test_a_detail() -> None:
    brief = told("diff", "(x+1)^2", "--detail", "brief")
    full = told("diff", "(x+1)^2", "--detail", "full")
    assert len(brief["lines"]) < len(full["lines"])
    assert brief["steps"] == full["steps"]


@pytest.mark.parametrize("expression", ["(x+y+z)^2", "y sin(y)/(1 + y^2)", "f(y)", "sum_i y^2 a_i"])
def test_json_loads_back(expression: str) -> None:
    ended = derivex("diff", expression, "--by", "y", "--format", "json")
    found = Derivative.from_json(ended.out)
    assert found.to_dict() == json.loads(ended.out)


def test_a_gradient() -> None:
    found = told("gradient", "3a^2+b^2-ab+a", "--by", "a,b", "--at", "a=1,b=2")
    assert found["start"]["text"] == "3a² + b² − ab + a"
    assert found["by"] == ["a", "b"]
    assert found["status"] == "finished"
    assert [part["result"]["sympy"] for part in found["partials"]] == ["6*a - b + 1", "2*b - a"]
    assert found["gradient"]["text"] == "(6a − b + 1, 2b − a)"
    assert found["value"]["result"]["text"] == "(5, 3)"


def test_a_solution() -> None:
    found = told("solve", "3a^2+b^2-ab+a")
    assert found["by"] == ["a", "b"]
    assert found["declarations"]["definitions"] == []
    assert found["notes"] == []
    assert found["classification"]["verdict"] == "minimum"
    results = found["solution"]["results"]
    assert {name: value["sympy"] for name, value in results.items()} == {
        "a": "-Rational(2, 11)",
        "b": "-Rational(1, 11)",
    }
    says = [cell["says"] for row in found["solution"]["rows"] for cell in row if cell]
    assert "substitute a from (1) into (2)" in says
    assert all(check["holds"] for check in found["solution"]["checks"])


def test_equations() -> None:
    found = told("solve", "2x + 3 = 7")
    assert found["equations"][0]["text"] == "2x + 3 = 7"
    assert found["results"]["x"]["sympy"] == "2"


def test_a_descent() -> None:
    found = told("descend", "x^2", "--from", "x=1", "--rate", "0.25", "--steps", "2")
    assert found["start"]["text"] == "x²"
    assert found["by"] == ["x"]
    assert found["rate"]["text"] == "0.25"
    assert [step["after"]["x"]["text"] for step in found["steps"]] == ["0.5", "0.25"]
    assert found["result"]["x"]["text"] == "0.25"


def test_a_lesson(tmp_path: Path) -> None:
    lesson = tmp_path / "lesson.md"
    lesson.write_text("Hello.\n\n```derivex\nevaluate 1 + 1\nexpect result = 3\n```\n")
    found = told("run", str(lesson), status=1)
    assert found["holds"] is False
    prose, evaluated, expected = found["parts"]
    assert "Hello." in prose["prose"]
    assert evaluated["results"][0]["result"]["text"] == "2"
    assert expected["results"][0]["expected"]["text"] == "3"
    assert expected["results"][0]["found"]["text"] == "2"
