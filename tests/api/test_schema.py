"""The JSON Schema: everything that is written is as it says, and nothing else would be."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import derivex
from derivex.api.documents import read_document
from derivex.api.kinds import all_kinds
from derivex.api.schema import make_schema
from derivex.rulebook import shipped_book
from docs.renew import SCHEMA, schema_text
from tests.api.results import LESSONS, RESULTS
from tests.cli.commands import derivex as command

SMALL = [name for name in RESULTS if not name.endswith(".md")]


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(derivex.json_schema())


@cache
def told(name: str) -> str:
    return derivex.to_json(RESULTS[name]())


def complaints(value: Any) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in validator().iter_errors(value)]


# -- the schema itself ---------------------------------------------------------------------------


def test_it_is_a_schema_and_up_to_date() -> None:
    Draft202012Validator.check_schema(derivex.json_schema())
    assert SCHEMA.read_text(encoding="utf-8") == schema_text(), "run python -m docs.renew"


def test_every_kind_has_its_place() -> None:
    kinds = [found["$ref"].rpartition("/")[2] for found in make_schema()["oneOf"]]
    assert kinds == [f"{document.kind}_document" for document in all_kinds()] + [
        "check_document",
        "rules_document",
        "rule_check_document",
    ]


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """All schemas inside of one."""
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from parts(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from parts(value)


def test_it_is_strict_and_says_what_everything_means() -> None:
    for part in parts(derivex.json_schema()):
        if part.get("type") == "object":
            assert "additionalProperties" in part, part
            assert "properties" not in part or part["additionalProperties"] is False
        if part.get("type") == "array":
            assert "items" in part, part
    for name, definition in derivex.json_schema()["$defs"].items():
        assert definition["description"], name
    references = {part["$ref"] for part in parts(derivex.json_schema()) if "$ref" in part}
    assert references == {f"#/$defs/{name}" for name in derivex.json_schema()["$defs"]}


# -- results ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RESULTS)
def test_what_is_written_is_as_the_schema_says_and_loads_back_equal(name: str) -> None:
    found = RESULTS[name]()
    text = derivex.to_json(found)
    assert complaints(json.loads(text)) == []
    loaded = derivex.load(text)
    assert type(loaded) is type(found)
    assert loaded == found
    assert hash(loaded) == hash(found)
    assert derivex.to_json(loaded) == text
    assert loaded.to_text("full") == found.to_text("full")
    if not hasattr(found, "outcomes"):
        assert loaded.to_latex() == found.to_latex()
        assert loaded.status == found.status


def test_results_that_differ_are_not_equal() -> None:
    made = [RESULTS[name]() for name in SMALL]
    for number, first in enumerate(made):
        assert [number] == [other for other, second in enumerate(made) if first == second]
        assert first != "something else"


@pytest.mark.parametrize("detail", ["brief", "full"])
def test_lines_may_have_any_detail_or_be_left_out(detail: str) -> None:
    found = RESULTS["a minimum"]()
    stored = found.to_dict(detail)
    assert complaints(stored) == []
    assert derivex.load(json.dumps(stored)) == found
    del stored["solution"]["rows"], stored["gradient"]["partials"][0]["lines"]
    assert derivex.load(json.dumps(stored)) == found


def entries(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, Any, tuple[Any, ...]]]:
    """Every entry inside of a value: what holds it, its name or number, and the way to it."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in list(inside):
        yield value, key, (*path, key)
        if isinstance(each, (dict, list)):
            yield from entries(each, (*path, key))


@pytest.mark.parametrize("name", ["a derivative", "backward at", "an equation", "nudges"])
def test_the_schema_and_the_loader_refuse_what_has_more_or_less(name: str) -> None:
    """A field too many, one too few, or one of another type: the schema says no."""
    whole = json.loads(told(name))
    chance = random.Random(3)
    everything = list(entries(whole))
    for place, key, path in chance.sample(everything, 20):
        if isinstance(place[key], dict):
            place[key]["surplus"] = None
            assert not validator().is_valid(whole), path
            with pytest.raises(derivex.RecordError, match="surplus"):
                read_document(whole, shipped_book())
            del place[key]["surplus"]
        before = place[key]
        place[key] = {"surplus": 3.5}
        assert not validator().is_valid(whole), path
        with pytest.raises(derivex.RecordError):
            read_document(whole, shipped_book())
        place[key] = before
        if isinstance(place, dict) and path[-2:-1] not in [("bindings",), ("data",), ("after",)]:
            fields = dict(place)
            del place[key]
            optional = key in ("form", "bindings", "parameters") or path[-2:-1] in [
                ("results",), ("point",), ("given",)
            ]  # fmt: skip
            assert optional or not validator().is_valid(whole), path
            place.clear()
            place.update(fields)
    assert complaints(whole) == []


REPLACEMENTS: list[Any] = [
    None, -1, 0, 1, 2, 999, "x", "Plus", "applied", [], {}, [0], ["x"], True, 3.5, "9" * 5000, 10**30,
]  # fmt: skip


@pytest.mark.unchecked
@pytest.mark.parametrize("name", SMALL)
def test_damage_is_noticed_or_harmless(name: str) -> None:
    """Any entry replaced by something else: refused as it should be, or a result that replays."""
    chance = random.Random(name)
    noticed = 0
    for _ in range(8):
        damaged = json.loads(told(name))
        place, key, _path = chance.choice(list(entries(damaged)))
        replacement = chance.choice(REPLACEMENTS)
        if type(place[key]) is int and chance.random() < 0.5:
            replacement = chance.randrange(len(damaged["nodes"]))
        place[key] = copy.deepcopy(replacement)
        try:
            loaded = read_document(damaged, shipped_book())
        except derivex.RecordError:
            noticed += 1
        else:
            loaded.replay()
            assert isinstance(loaded.to_text(), str)
            assert complaints(loaded.to_dict()) == []
    assert noticed


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not JSON"),
        ("[" * 100_000, "cannot be read as JSON"),
        ('{"version": 1, "kind": NaN}', "NaN is no number"),
        ('{"version": 1, "kind": -Infinity}', "-Infinity is no number"),
        ('{"version": ' + "9" * 5000 + "}", "cannot be read as JSON"),
        ("null", "null is no object"),
        ("{}", "version: null is not 1"),
        ('{"version": 2, "kind": "gradient"}', "version: 2 is not 1"),
        ('{"version": 1.0, "kind": "gradient"}', "version: 1.0 is not 1"),
        ('{"version": 1}', "kind: null is no kind of result"),
        ('{"version": 1, "kind": "rules"}', 'kind: "rules" is no kind of result'),
        ('{"version": 1, "kind": "gradient"}', "nodes: it is missing"),
        ('{"version": 1, "kind": "gradient", "nodes": 3}', "nodes: 3 is no table"),
        ('{"version": 1, "kind": "gradient", "nodes": [["Plus", 0]]}', r"nodes\[0\]: 0 is not"),
        ('{"version": 1, "kind": "gradient", "nodes": [["Symbol", 3]]}', r"nodes\[0\]: 3 is no"),
        ('{"version": 1, "kind": "gradient", "nodes": []}', "declarations: it is missing"),
    ],
)
def test_refusals_name_the_place(text: str, says: str) -> None:
    with pytest.raises(derivex.RecordError, match=says):
        derivex.load(text)


def test_a_result_of_another_kind() -> None:
    text = told("a tangent")
    with pytest.raises(derivex.RecordError, match='kind: "tangent" is no Gradient'):
        derivex.Gradient.from_json(text)


def test_the_place_is_named_deep_inside() -> None:
    stored = json.loads(told("a minimum"))
    stored["solution"]["moves"][1]["made"]["kind"] = "guessed"
    with pytest.raises(derivex.RecordError, match=r"solution\.moves\[1\]\.made\.kind: \"guessed\""):
        derivex.load(json.dumps(stored))


@pytest.mark.unchecked
def test_a_forged_move_does_not_replay() -> None:
    stored = json.loads(told("a minimum"))
    stored["nodes"][stored["nodes"].index(["Integer", "11"])] = ["Integer", "12"]
    with pytest.raises(derivex.RecordError):
        derivex.load(json.dumps(stored))


def test_rules_of_a_file(tmp_path: Path) -> None:
    rules = tmp_path / "my.rules"
    rules.write_text(
        "function softplus2(x)\n    defined as log(1 + e^x)\n"
        "    d/dx softplus2(x) = e^x/(1 + e^x)\n"
    )
    found = derivex.gradient("softplus2(x) y", rules=rules)
    assert derivex.load(found.to_json(), rules=rules) == found
    with pytest.raises(derivex.RecordError, match=r"steps\[\d\]: it cites the rule"):
        derivex.load(found.to_json())


# -- commands --------------------------------------------------------------------------------------

COMMANDS = [
    ("diff", "(x+y+z)^2", "--by", "y"),
    ("diff", "x^2", "--from-limit"),
    ("diff", "a^2", "--nudge", "0.001", "--at", "a=2"),
    ("diff", "x^2", "--tangent", "--at", "x=2"),
    ("diff", "x^2 + y^2", "--along", "3,4", "--at", "x=1,y=2"),
    ("gradient", "x^2 + 2y^2 + 3z^2"),
    ("gradient", "||w||^2", "--components"),
    ("gradient", "(tanh(w x + b) - t)^2", "--by", "w,b", "--backward"),
    ("gradient", "x^2 + y^2", "--claim", "2x,2y"),
    ("jacobian", "(x^2 y, 5x + sin y)", "--by", "x,y"),
    ("hessian", "x^2 y + y^3", "--by", "x,y"),
    ("implicit", "x^2 + y^2 = 25", "--of", "y", "--by", "x"),
    ("subgradient", "max(0, 1 - x)", "--at", "x=1"),
    ("solve", "3a^2 + b^2 - ab + a"),
    ("solve", "2x + 3 = 7"),
    ("descend", "a^2 + b^2", "--from", "a=1,b=2", "--rate", "0.1", "--steps", "3"),
    ("run", str(LESSONS[0])),
    ("rules",),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_what_commands_write(words: tuple[str, ...]) -> None:
    ended = command(*words, "--format", "json")
    assert ended.status == 0, ended.err
    assert complaints(json.loads(ended.out)) == []
    if words != ("rules",):
        assert derivex.load(ended.out).to_dict() == json.loads(ended.out)


HAND = """\
d/dx (3x^2 + 1)^(-2)
  = -2 (3x^2 + 1)^(-3) d/dx (3x^2 + 1)      [chain rule]
  = -2 (3x^2 + 1)^(-3) 5x                   [exponent rule]
  = oops (

6a - b + 1 = 0, 2b - a = 0
  => a = (b - 1)/6, b = a/2
"""


def test_the_check_of_hand_derivations(tmp_path: Path) -> None:
    file = tmp_path / "hand.txt"
    file.write_text(HAND)
    ended = command("check", str(file), str(tmp_path / "nothing.txt"), "--format", "json")
    assert complaints(json.loads(ended.out)) == []
    found = derivex.check(HAND).to_dict()
    assert complaints(found) == []
    assert "wrong" in {line["verdict"] for line in found["files"][0]["derivations"][0]["lines"]}


@pytest.mark.parametrize("sign", ["", "-"])
def test_the_check_of_a_rule_file(tmp_path: Path, sign: str) -> None:
    rules = tmp_path / "my.rules"
    rules.write_text(
        f'rule mine  "my rule"\n    d/dx sin(x)^2  =  {sign}sin(2x)\n    example d/dx sin(x)^2 = sin(2x)\n'
    )
    ended = command("rules", str(rules), "--format", "json")
    assert ended.status == bool(sign)
    assert complaints(json.loads(ended.out)) == []


def test_the_command_that_prints_the_schema() -> None:
    assert json.loads(command("schema").out) == derivex.json_schema()
