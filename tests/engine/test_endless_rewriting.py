"""Rules that undo each other are named; rewriting by them does not go on for ever."""

from __future__ import annotations

from pathlib import Path

import pytest
from sympy.core.basic import Basic

import derivex
from derivex.derivation import EndlessRewritingError, rewrite, rewriting
from derivex.errors import ProblemError
from derivex.expression import ONE, Apply, Plus, Power, Times, function_name, symbol
from derivex.rulebook import verdict_cache

X, Y, Z = map(symbol, "xyz")
SINE = Apply(function_name("sin"), X)
COSINE = Apply(function_name("cos"), X)

RULES = """table tidying

rule double-angle  "the double angle formula"
    sin(2 u)  =  2 sin(u) cos(u)
    example sin(2 x) = 2 sin(x) cos(x)

rule sine-of-double  "the double angle formula, backwards"
    2 sin(u) cos(u)  =  sin(2 u)
    example 2 sin(x) cos(x) = sin(2 x)
"""


@pytest.fixture(autouse=True)
def few_repetitions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rewriting, "MOST_REPEATED", 1000)


def test_the_rules_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(verdict_cache, "_this_run", set())
    path = tmp_path / "my.rules"
    path.write_text(RULES)
    with pytest.raises(ProblemError) as caught:
        derivex.diff("sin(x)^2", by="x", rules=path)
    assert "rewriting 2 sin(x) cos(x) never ends" in str(caught.value)
    assert "sine-of-double and double-angle undo each other" in str(caught.value)
    assert derivex.diff("sin(x)", by="x", rules=path).expression is COSINE


@pytest.mark.parametrize(
    ("start", "steps"),
    [
        (SINE, {SINE: COSINE, COSINE: SINE}),
        (Times(Y, Plus(SINE, X)), {SINE: COSINE, COSINE: SINE}),
        (SINE, {SINE: Power(SINE, ONE)}),  # it grows
        (Times(SINE, COSINE), {SINE: Times(SINE, ONE)}),
        (Plus(SINE, X), {Plus(SINE, X): Plus(COSINE, X), COSINE: SINE}),  # through its operands
        (Times(SINE, X), {SINE: Times(COSINE, Y), COSINE: Times(Z, SINE)}),
    ],
)
def test_every_kind_of_circle_is_found(start: Basic, steps: dict[Basic, Basic]) -> None:
    with pytest.raises(EndlessRewritingError, match="never ends"):
        rewrite(start, steps.get, steps.get, set())


def test_the_same_step_may_be_taken_often() -> None:
    terms = [Times(symbol(f"x_{number}"), SINE) for number in range(900)]
    result = rewrite(Plus(*terms), {}.get, {SINE: Times(Y, Z)}.get, set())
    assert result is Plus(*[Times(term.args[0], Y, Z) for term in terms])
