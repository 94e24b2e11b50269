"""The library: what goes in, what comes out, how it shows itself."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import sympy
from rich.console import Console

import derivex
from derivex import DerivexError, ProblemError, ReadError, RecordError

x, y, z, a, b = sympy.symbols("x y z a b")


def shown(thing: object, width: int = 80) -> str:
    """What rich prints."""
    stream = io.StringIO()
    Console(file=stream, width=width, color_system=None).print(thing)
    return stream.getvalue()


def test_the_first_example() -> None:
    found = derivex.diff("(x+y+z)^2", by="y")
    assert found.result == 2 * (x + y + z)
    assert isinstance(found.result, sympy.Expr)
    assert repr(found) == str(found) == found.to_text()
    assert repr(found).splitlines()[-1].split("   ")[0] == "  = 2(x + y + z)"
    assert [line.says for line in found.lines()][0::5] == ["", "arithmetic"]
    assert found.lines("full")[-1].expression is found.expression
    assert {step.rule.name for step in found.steps} >= {"chain", "exponent", "sum", "constant"}
    assert found.status.value == "finished"
    assert found.notes == ()
    found.replay()


def test_sympy_expressions_go_in() -> None:
    found = derivex.diff(sympy.sin(x) ** 2, by=x)
    assert found.result == 2 * sympy.sin(x) * sympy.cos(x)
    assert derivex.diff(x**3 * y**2, by=(x, y)).result == 6 * x**2 * y
    assert derivex.diff(sympy.exp(-(x**2) / 2)).result == -x * sympy.exp(-(x**2) / 2)
    assert derivex.diff(3, by="x").result == 0
    assert derivex.diff(derivex.diff("x^3", by="x").expression, by="x").result == 6 * x


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("x^3", x**3),
        ("x sin(x)", x * sympy.sin(x)),
        ("log(x)/x", sympy.log(x) / x),
        ("exp(-x^2) cos(3x)", sympy.exp(-(x**2)) * sympy.cos(3 * x)),
        ("x^x", x**x),
        ("sqrt(1 + x^2)", sympy.sqrt(1 + x**2)),
        ("atan(x)", sympy.atan(x)),
        ("2^x/x", 2**x / x),
    ],
)
def test_the_result_is_sympys(text: str, same: sympy.Expr) -> None:
    for found in (derivex.diff(text, by="x"), derivex.diff(same, by=x)):
        for value in (sympy.Rational(1, 3), sympy.Rational(7, 5)):
            assert abs((found.result - same.diff(x)).subs(x, value).evalf()) < 1e-12


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("x = 2", 4),
        ({"x": 2}, 4),
        ({x: 0.1}, sympy.Rational(1, 5)),
        ({x: "0.1"}, sympy.Rational(1, 5)),
        ({x: Fraction(1, 3)}, sympy.Rational(2, 3)),
        ({x: sympy.Rational(-1, 3)}, sympy.Rational(-2, 3)),
        ({x: sympy.pi}, 2 * sympy.pi),
    ],
)
def test_values_are_exact(at: Any, expected: Any) -> None:
    assert derivex.diff("x^2", by="x", at=at).result == expected


def test_evaluating() -> None:
    assert derivex.evaluate("3a^2 - b", at="a = 2, b = 5").result == 7
    found = derivex.evaluate("mean(u)", data={"u": [1, 2, "4.5", Fraction(1, 2)]})
    assert found.result == 2
    assert derivex.evaluate("sum_i u_i", data={"u": [0.1, 0.2]}).result == sympy.Rational(3, 10)
    assert derivex.evaluate("f(2)", let="f(t) = t^3").result == 8
    with pytest.raises(ProblemError, match="division by zero"):
        derivex.evaluate("1/t", at="t = 0")


def test_a_gradient() -> None:
    found = derivex.gradient("3a^2 + b^2 - ab + a")
    assert found.result == sympy.ImmutableMatrix([[6 * a - b + 1, 2 * b - a]])
    assert [partial.result for partial in found.partials] == [6 * a - b + 1, 2 * b - a]
    assert found.status.value == "finished"
    found.replay()
    at = derivex.gradient("3a^2 + b^2 - ab + a", by=(b, a), at={a: 1, b: 2})
    assert at.result == sympy.ImmutableMatrix([[3, 5]])
    at.replay()
    assert repr(at).splitlines()[-1].split("   ")[0] == "  = (3, 5)"


def test_a_solution() -> None:
    found = derivex.solve("3a^2 + b^2 - ab + a")
    assert found.result == [{a: sympy.Rational(-2, 11), b: sympy.Rational(-1, 11)}]
    assert found.verdict == "minimum"
    assert set(map(str, found.expression)) == {"a", "b"}
    found.replay()
    assert derivex.solve(a**2 + b**2, by="a,b").result == [{a: 0, b: 0}]
    assert derivex.solve("2x + 3 = 7").result == [{x: 2}]
    assert derivex.solve("x + y = 3, x - y = 1").result == [{x: 2, y: 1}]
    assert derivex.solve("x^4 + x^2").result == [{x: 0}]
    assert derivex.solve("x^3 + x").result == []
    several = derivex.solve("x^4 - 2x^2")
    assert several.result == [{x: 0}, {x: 1}, {x: -1}]
    assert several.verdicts == ["maximum", "minimum", "minimum"] and several.verdict is None


def test_a_descent() -> None:
    found = derivex.descend("x^2", start={"x": 1}, rate=0.25, steps=2)
    assert found.result == {x: sympy.Rational(1, 4)}
    assert found.result == derivex.descend("x^2", start="x = 1", rate="1/4", steps=2).result
    assert found.result == derivex.descend(x**2, start={x: 1}, rate=Fraction(1, 4), steps=2).result
    found.replay()


def test_a_lesson(tmp_path: Path) -> None:
    text = "Hello.\n\n```derivex\nevaluate 1 + 1\nexpect result = 2\n```\n"
    outcomes = derivex.run(text).outcomes
    assert [outcome.holds for outcome in outcomes] == [True, True]
    lesson = tmp_path / "lesson.md"
    lesson.write_text(text)
    assert len(list(derivex.run(lesson))) == 3
    with pytest.raises(DerivexError, match="cannot be opened"):
        derivex.run(tmp_path / "missing.md")


RESULTS = [
    lambda: derivex.diff("x^2/(1 + x)", by="x"),
    lambda: derivex.evaluate("1/2 + 1/3"),
    lambda: derivex.gradient("a^2 + b/a"),
    lambda: derivex.solve("3a^2 + b^2 - ab + a"),
    lambda: derivex.descend("x^2", start="x = 1", rate="0.1"),
]


@pytest.mark.parametrize("make", RESULTS, ids=["diff", "evaluate", "gradient", "solve", "descend"])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_results_show_themselves_in_a_terminal(make: Any, width: int) -> None:
    told = shown(make(), width)
    assert "arithmetic" in told
    assert max(map(len, told.splitlines())) <= width


@pytest.mark.parametrize("make", RESULTS, ids=["diff", "evaluate", "gradient", "solve", "descend"])
def test_results_write_themselves_and_do_not_change(make: Any) -> None:
    found = make()
    assert found.to_json() == make().to_json()
    assert r"\begin{align*}" in found.to_latex()
    assert found.to_latex().isascii()
    assert found.to_text(unicode=False).isascii()
    assert found.to_text("brief").count("\n") <= found.to_text("full").count("\n")
    with pytest.raises(AttributeError):
        found.notes = ()


def test_equal_derivations() -> None:
    first, second = (derivex.diff("x^2", by="x") for _ in range(2))
    assert first == second
    assert hash(first) == hash(second)
    assert first != derivex.diff("x^3", by="x")
    assert first != derivex.diff("x^2", by="x", data={"a": [1]})
    assert derivex.gradient("x y") == derivex.gradient("x y")


def test_square_brackets_are_no_markup() -> None:
    told = shown(derivex.diff("x a_3", by="x", data={"a": [1, 2, 3]}))
    assert "a[3] · 1" in told


def test_definitions_data_and_notes() -> None:
    found = derivex.diff("f(2t)", by="t", let=["f(u) = u^2 + c", "c = 3"])
    assert found.result == 8 * sympy.Symbol("t")
    assert [text for text, _ in found.declarations.definitions] == ["f(u) = u² + c", "c = 3"]
    found = derivex.gradient("sum_i (s u_i)^2", data={"u": [1, "0.50"]})
    assert found.declarations.data == (("u", ("1", "0.50")),)
    assert derivex.diff("1/2x", by="x").notes == ("I read 1/2x as (1/2)·x",)


def test_a_rule_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    rules = tmp_path / "my.rules"
    rules.write_text("function cube(x)\n    defined as x^3\n    d/dx cube(x) = 3 x^2\n")
    found = derivex.diff("cube(t)", by="t", rules=rules)
    assert found.result == 3 * sympy.Symbol("t") ** 2
    stored = found.to_json()
    with pytest.raises(RecordError, match="derivative-of-cube"):
        derivex.Derivative.from_json(stored)
    assert derivex.Derivative.from_json(stored, found.derivation.book) == found


WRONG: list[tuple[Any, type[DerivexError], str]] = [
    (lambda: derivex.diff("(x", by="x"), ReadError, "never closed"),
    (lambda: derivex.diff("x y"), ProblemError, "several variables"),
    (lambda: derivex.diff("x y", by="x,y"), ProblemError, "names several variables"),
    (lambda: derivex.diff("x y", by=["x,y"]), ProblemError, "names several variables"),
    (lambda: derivex.diff("x", by=3), ProblemError, "a variable is a name, not 3"),
    (lambda: derivex.diff("x", by=[None]), ProblemError, "a variable is a name, not None"),
    (lambda: derivex.diff(None, by="x"), ProblemError, "a text or a SymPy expression"),
    (lambda: derivex.diff(sympy.Matrix([x]), by="x"), ProblemError, "a SymPy expression"),
    (lambda: derivex.diff(sympy.zoo * x, by="x"), DerivexError, ""),
    (lambda: derivex.diff("x", at=3), ProblemError, "a point is a text or a mapping"),
    (lambda: derivex.diff("x", at={"x,y": 3}), ProblemError, "is not one name"),
    (lambda: derivex.diff("x", at={x: None}), ProblemError, "NoneType"),
    (lambda: derivex.diff("x^2", data=3), ProblemError, "data are columns with names"),
    (lambda: derivex.diff("x^2", data={"a": ["one"]}), ProblemError, "which is not a number"),
    (lambda: derivex.diff("x^2", data={"a": []}), ProblemError, "no entries in the data a"),
    (lambda: derivex.diff("x^2", data={"a": [1], "b": [1, 2]}), ProblemError, "a has 1, b has 2"),
    (lambda: derivex.diff("x^2", form="nice"), ProblemError, "no form of a result"),
    (lambda: derivex.diff("x^2", rules="missing.rules"), DerivexError, "cannot be"),
    (lambda: derivex.diff(1 / (x - y), by="x", let="y = x"), ProblemError, "x − x is 0"),
    (lambda: derivex.solve("a_i^2", by="a_i"), ProblemError, "a plain letter"),
    (lambda: derivex.solve("3"), ProblemError, "no unknown"),
    (lambda: derivex.descend("x^2", start="x = 1", rate="r"), ProblemError, "the rate is r"),
    (lambda: derivex.descend("x^2", start="x = 1", rate=1, steps=0), ProblemError, "one step"),
    (lambda: derivex.descend("x^2", start={}, rate=1), ProblemError, "where to start"),
    (lambda: derivex.gradient("7"), ProblemError, "no variable"),
]


@pytest.mark.parametrize(("make", "kind", "message"), WRONG)
def test_what_cannot_be_done_is_said(make: Any, kind: type[DerivexError], message: str) -> None:
    with pytest.raises(kind) as caught:
        make()
    assert message in str(caught.value)


@pytest.mark.parametrize(
    "let",
    [
        ["A: d by d", "X: d by d", "f(x) = x^2", "g = 3"],
        "A: d by d; X: d by d; f(x) = x^2; g = 3",
        ["A: d by d, X: d by d", "f(x) = x^2, g = 3"],
    ],
)
def test_definitions_stand_one_by_one_or_together(let: str | list[str]) -> None:
    last = derivex.gradient("tr(A X)", by="X", let=let).to_text().splitlines()[-1]
    assert last.split() == ["=", "Aᵀ", "arithmetic"]
    assert derivex.diff("f(x) + g x", let=let).lines()[-1].text == "2x + 3"


def test_entries_are_no_variables_unless_one_is_named() -> None:
    with pytest.raises(derivex.DerivexError, match="z has entries, which are taken for data"):
        derivex.gradient("log(sum(exp(z_i), i = 1..3))")
