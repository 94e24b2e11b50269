"""Derivations stored as JSON: loaded back equal, and damage is noticed."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest
import sympy

import derivex
from derivex import Derivative, RecordError

MADE = [
    lambda: derivex.diff("(x+y+z)^2", by="y"),
    lambda: derivex.diff("x^2 sin(x)/(1 + x)", by="x", at="x = 2"),
    lambda: derivex.diff("x^3 y^2", by=("x", "y")),
    lambda: derivex.diff("(x+1)^3", by="x", form="expanded"),
    lambda: derivex.diff("(x+y)^2 + x", by="x", form="collected by y"),
    lambda: derivex.diff("f(2t) + u", by="t", let=["f(v) = v^2", "u = 3t"]),
    lambda: derivex.diff("f(x) x", by="x"),
    lambda: derivex.diff("sum_i (s a_i - 0.50)^2", by="s", data={"a": ["1", "2.5"]}),
    lambda: derivex.diff(sympy.exp(-(sympy.Symbol("x") ** 2)), by="x"),
    lambda: derivex.evaluate("mean(a h) - pi e", data={"a": [1, 2], "h": ["0.1", 3]}),
    lambda: derivex.diff("1/2x", by="x"),
]


@pytest.mark.parametrize("make", MADE)
def test_what_is_stored_loads_back_equal(make: Any) -> None:
    made = make()
    loaded = Derivative.from_json(made.to_json())
    assert loaded == made
    assert loaded.declarations == made.declarations
    assert loaded.notes == made.notes
    assert loaded.to_json() == made.to_json()
    assert loaded.to_text("full") == made.to_text("full")
    assert loaded.result == made.result


def test_lines_are_only_a_view() -> None:
    made = derivex.diff("(x+1)^2", by="x")
    stored = json.loads(made.to_json("brief"))
    del stored["lines"], stored["start"], stored["result"]
    assert Derivative.from_json(json.dumps(stored)) == made


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x^2",
        "{}",
        "null",
        "[]",
        "3",
        '"derivative"',
        '{"version": 1}',
        '{"version": 2, "kind": "derivation", "nodes": []}',
        '{"version": true, "kind": "derivation", "nodes": []}',
        '{"version": 1, "kind": "derivation", "nodes": NaN}',
        '{"version": 1, "kind": ["derivation"], "nodes": []}',
        "[" * 100_000,
        '{"version": 1, "kind": "derivation", "nodes": [["Integer", "' + "9" * 5000 + '"]]}',
        '{"version": 1, "kind": "derivation", "nodes": [["Symbol", "x"]], "steps": [], "phases": []}',
    ],
)
def test_what_is_no_derivation(text: str) -> None:
    with pytest.raises(RecordError):
        Derivative.from_json(text)


@pytest.mark.unchecked  # what is damaged does not replay
def test_a_step_that_is_not_what_the_rule_makes() -> None:
    stored = json.loads(derivex.diff("x^3", by="x").to_json())
    stored["nodes"][stored["nodes"].index(["Integer", "3"])] = ["Integer", "4"]
    with pytest.raises(RecordError, match="step 1: exponent"):
        Derivative.from_json(json.dumps(stored))


def test_a_rule_that_is_not_known() -> None:
    stored = json.loads(derivex.diff("x^3", by="x").to_json())
    stored["steps"][0]["rule"] = "magic"
    with pytest.raises(RecordError, match="magic"):
        Derivative.from_json(json.dumps(stored))


VALUES: list[Any] = [None, -1, 0, 1, 999, "x", "Plus", "Symbol", [], {}, [0], True, 3.5, "9" * 5000]


@pytest.mark.unchecked
def test_damage_is_noticed_or_harmless() -> None:
    """Any entry replaced by something else: an error of the right kind, or the same steps."""
    made = derivex.diff("x^2 sin(x)/(1 + x)", by="x", at="x = 2")
    whole = made.to_dict()
    chance = random.Random(5)
    noticed = 0
    for _ in range(400):
        stored = copy.deepcopy(whole)
        place, key = _somewhere(stored, chance)
        if chance.random() < 0.2:
            del place[key]
        else:
            place[key] = chance.choice(VALUES)
        try:
            loaded = Derivative.from_json(json.dumps(stored))
        except RecordError:
            noticed += 1
        else:
            loaded.replay()
    assert noticed > 200


def _somewhere(stored: dict[str, Any], chance: random.Random) -> tuple[Any, Any]:
    """An entry of what is stored that a derivation is loaded from."""
    place: Any = stored
    key: Any = chance.choice([name for name in stored if name not in ("lines", "start", "result")])
    while isinstance(place[key], (dict, list)) and place[key] and chance.random() < 0.8:
        place = place[key]
        key = chance.choice(list(place) if isinstance(place, dict) else range(len(place)))
    return place, key
