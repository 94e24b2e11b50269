"""Long lines in the middle of many are left out, and what they did is told."""

from __future__ import annotations

import pytest

import derivex

DEEP = "sin " * 30 + "x"
FACTORS = " ".join(f"(x - {k})" for k in range(1, 7))


@pytest.mark.parametrize(
    ("expression", "form"), [(DEEP, None), (f"({FACTORS})^2", "expanded")], ids=["deep", "factors"]
)
def test_what_is_left_out_is_told(expression: str, form: str | None) -> None:
    found = derivex.diff(expression, by="x", form=form)
    full = list(found.lines("full"))
    shown = list(found.lines())
    left_out = [line for line in shown if line.left_out]
    assert left_out
    assert not any(line.left_out for line in full)
    assert len(shown) + sum(line.left_out for line in shown) <= len(full)
    assert shown[-1].expression is full[-1].expression
    # Whatever was used is told, where it was left out too.
    assert {rule for line in shown for rule in line.rules} >= {
        rule for line in full for rule in line.rules if rule.name != "arithmetic-on-literals"
    }
    for line in left_out:
        assert f"({line.left_out} long lines are left out; detail full has them)" in line.says


def test_lines_of_a_usual_length_are_all_there() -> None:
    for expression in (
        "x^2 sin x",
        "((x^2 + 1)/(x^3 - 2))^5",
        " + ".join(f"x^{k}" for k in range(40)),
    ):
        assert not any(line.left_out for line in derivex.diff(expression, by="x").lines())
