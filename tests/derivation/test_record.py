"""What is recorded can be stored, loaded, compared and replayed, and a forgery is found out."""

from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import derivex
from derivex.api.documents import read_document
from derivex.errors import RecordError
from derivex.rulebook import shipped_book

CASES = [
    ("(x+y+z)^2", "y", None),
    ("x^2 sin(x)", "x", None),
    ("1/2 sum_i (s a_i + b - h_i)^2", "s", "expanded"),
    ("0.5 x^2 + e^x + pi", "x", None),
    ("a x^2 y + b x^2 + x y", "x", "collected by x"),
    ("f(x^2)", "x", None),
]


@pytest.mark.parametrize(("text", "by", "form"), CASES)
def test_json_loads_back_to_an_equal_derivation(text: str, by: str, form: str | None) -> None:
    found = derivex.diff(text, by=by, form=form)
    again = derivex.Derivative.from_json(found.to_json())
    assert again.derivation == found.derivation
    assert again.to_json() == found.to_json()
    assert hash(again.derivation) == hash(found.derivation)


def test_the_stored_steps_refer_to_shared_nodes() -> None:
    stored = json.loads(derivex.diff("(x+y+z)^2", by="y").to_json())
    assert stored["version"] == 1
    assert stored["nodes"].count(["Symbol", "x"]) == 1
    assert all(isinstance(step["redex"], int) for step in stored["steps"])


@pytest.mark.unchecked  # forgeries are made here
@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda stored: stored.update(version=99), "version"),
        (lambda stored: stored["steps"][0].update(rule="no-such-rule"), "not loaded"),
        (lambda stored: stored["steps"][0].update(replacement=0), "step 1"),
        (lambda stored: stored["steps"][0].update(replacement=-1), r"steps\[0\].replacement: -1"),
        (lambda stored: stored["phases"][0].update(result=0), "lead to"),
        (lambda stored: stored["phases"][0].update(steps=0), "phases: together"),
        (lambda stored: stored["nodes"].append(["Nonsense"]), r"nodes\[\d+\]: .* no kind of node"),
        (lambda stored: stored["nodes"].clear(), r"variables\[0\]: 0 is not the number"),
        (lambda stored: stored.pop("phases"), "phases: it is missing"),
    ],
)
def test_a_changed_record_is_found_out(change, message: str) -> None:  # type: ignore[no-untyped-def]
    stored = copy.deepcopy(derivex.diff("(x+y+z)^2", by="y").to_dict())
    change(stored)
    with pytest.raises(RecordError, match=message):
        read_document(stored, shipped_book())


@given(st.recursive(st.none() | st.integers() | st.text(max_size=5), st.lists, max_leaves=5))
@settings(max_examples=50, deadline=None)
def test_anything_else_is_refused_politely(value: object) -> None:
    with pytest.raises(RecordError):
        read_document({"version": 1, "kind": "derivation", "nodes": value}, shipped_book())


def test_derivations_differ_by_what_they_derive() -> None:
    first, second = derivex.diff("x^2"), derivex.diff("x^3")
    assert first.derivation != second.derivation
    assert first.derivation == derivex.diff("x^2").derivation
    assert first.derivation != "x^2"
