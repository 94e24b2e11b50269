"""What results show in notebooks and write as pages."""

import inspect
import re
import time
from pathlib import Path

import pytest

import derivex
from derivex import api
from derivex.api.displayed import Displayed
from derivex.errors import DerivexError
from derivex.expression import Apply, Times, function_name, symbol

LESSON = "# A lesson\n\n```derivex\nlet f(x) = x^2\nevaluate f(3)\n```\n"

RESULTS = {
    "Backpropagation": lambda: derivex.gradient("sin(x y)^2", by="x,y", backward=True),
    "Checked": lambda: derivex.check("d/dx (3x + 1)^2\n = 2(3x + 1)\n = 6x + 2"),
    "Derivative": lambda: derivex.diff("x^2 sin x"),
    "Descent": lambda: derivex.descend("x^2", start="x = 1", rate="0.25"),
    "Differentiability": lambda: derivex.differentiability("x^2", gradient="2x"),
    "Directional": lambda: derivex.directional("x^2 y", along="3,4", by="x,y"),
    "Gradient": lambda: derivex.gradient("x^2 + x y", by="x,y"),
    "GradientCheck": lambda: derivex.check_gradient("x^2 + x y", at="x = 1, y = 2"),
    "ExerciseSheet": lambda: derivex.sheet("x^2 sin x"),
    "Implicit": lambda: derivex.implicit("x^2 + y^2 = 25", of="y", by="x"),
    "LessonRun": lambda: derivex.run(LESSON),
    "Nudges": lambda: derivex.nudge("a^2", at="a = 2", by="0.001"),
    "Solution": lambda: derivex.solve("3a^2 + b^2 - ab + a"),
    "Subgradient": lambda: derivex.subgradient("|x|"),
    "Tangent": lambda: derivex.tangent("x^2", at="x = 2"),
    "Worked": lambda: derivex.Lesson()("differentiate x^2"),
}
# What api exports that is no result: what goes in, and what results are made of.
OTHERS = {"Displayed", "Lesson", "Marks", "Plot", "Problem", "Shown", "Writers"}


def test_every_class_that_api_exports_is_tried():
    classes = {name for name in api.__all__ if inspect.isclass(getattr(api, name))}
    assert classes - OTHERS == {name for name in RESULTS if name in classes}
    assert {type(make()).__name__ for make in RESULTS.values()} == set(RESULTS)


@pytest.mark.parametrize("name", RESULTS)
def test_every_result_shows_itself(name: str) -> None:
    result = RESULTS[name]()
    assert isinstance(result, Displayed)
    bundle = result._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "text/latex", "text/html"}
    assert "∂" in bundle["text/plain"] or "=" in bundle["text/plain"]
    assert re.search(r"\\begin\{(align\*|array)\}", bundle["text/latex"])
    assert "<math " in bundle["text/html"] or "<table" in bundle["text/html"]
    assert "<html" not in bundle["text/html"]
    assert set(result._repr_mimebundle_(include={"text/latex"})) == {"text/latex"}
    assert "text/html" not in result._repr_mimebundle_(exclude={"text/html"})


@pytest.mark.parametrize("name", RESULTS)
def test_every_result_is_a_page(name: str) -> None:
    result = RESULTS[name]()
    page = result.to_html()
    assert page.startswith("<!DOCTYPE html>") and page.count("<h1>") == 1
    assert result.to_markdown().startswith("# ")
    assert len(result.to_html("full")) >= len(result.to_html("brief"))


def test_what_cannot_be_shown_raises_nothing():
    run = derivex.run("```derivex\nevaluate nonsense(\n```\n")
    with pytest.raises(DerivexError):
        run.document()
    shown = run._repr_mimebundle_()
    assert set(shown) == {"text/plain"}
    assert "cannot be shown" in shown["text/plain"]


@pytest.mark.unchecked
def test_what_nobody_could_read_is_not_written():
    expression = symbol("x")
    for _ in range(200):
        sine, cosine = (Apply(function_name(name), expression) for name in ("sin", "cos"))
        expression = Times(sine, cosine)
    started = time.perf_counter()
    shown = derivex.diff(expression, by="x")._repr_mimebundle_()
    assert time.perf_counter() - started < 5
    assert set(shown) == {"text/plain"}
    assert "too long to be shown here" in shown["text/plain"]


def test_a_lesson_is_worked_statement_by_statement():
    lesson = derivex.Lesson()
    assert lesson("let f(x) = x^2").to_text() == ""
    assert str(lesson("evaluate f(3)")).splitlines()[-1].split() == ["=", "9", "arithmetic"]
    assert lesson("expect result = 9").holds
    assert not lesson("expect result = 8").holds
    assert not lesson.holds
    assert len(lesson.outcomes) == 4
    assert repr(lesson) == "<a lesson of 4 statements>"


def test_several_statements_at_once():
    worked = derivex.Lesson()("let f(x) = x^2   # a parabola\ndifferentiate f(x),\n  expanded")
    assert [each.statement.shown for each in worked.outcomes] == [
        "let f(x) = x^2",
        "differentiate f(x), expanded",
    ]


def test_an_error_tells_the_place_in_the_statement():
    lesson = derivex.Lesson()
    with pytest.raises(DerivexError, match=r"the statement, line 1, column 14") as caught:
        lesson("evaluate 3 + )")
    assert caught.value.place is not None
    with pytest.raises(DerivexError, match="there is no statement"):
        lesson("  # nothing but a remark")
    assert not lesson.outcomes


def test_a_lesson_with_rules_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "own.rules"
    file.write_text(
        'rule double-angle  "the double angle formula"\n'
        "    d/dx sin(x)^2  =  sin(2x)\n    example d/dx sin(x)^2 = sin(2x)\n"
    )
    assert "using the double angle formula" in str(
        derivex.Lesson(rules=file)("differentiate sin(t)^2")
    )


def test_declarations_show_nothing_in_a_notebook():
    ipython = pytest.importorskip("IPython.core.formatters")
    formatter = ipython.DisplayFormatter()
    formatter.ipython_display_formatter.enabled = True
    assert formatter.format(derivex.Lesson()("let u = x^2")) == ({}, {})
    assert "text/html" in formatter.format(derivex.Lesson()("differentiate x^2"))[0]
