"""Exercises that go on from others, so that what these led to may be left out."""

from __future__ import annotations

import pytest

import derivex
from derivex.marking import Answers, Marker
from derivex.notation import TextWriter
from derivex.rulebook import shipped_book
from derivex.sheets import Sheet

LESSON = """# A line

```derivex
data u = 1, 2, 3
data v = 2, 4, 7
let loss(s) = 1/2 sum_i (s u_i - v_i)^2
differentiate loss(s) by s
blank result
{more}
```
"""
ANSWER = "Σᵢ (s uᵢ − vᵢ) uᵢ"


def sheet(more: str) -> Sheet:
    return derivex.sheet(LESSON.format(more=more)).sheet


@pytest.mark.parametrize(
    ("more", "tasks"),
    [
        ("solve derivative of loss = 0 for s", ["Set the derivative to zero, and solve for $s$."]),
        ("descend loss from s = 0 with rate 0.01 for 1 step", ["Work out the gradient at $s = 0$."]),
        (
            "solve derivative of loss = 0 for s\n"
            "descend loss from s = 0 with rate 0.01 for 1 step",
            ["Set the derivative to zero, and solve for $s$.", "Work out the gradient at $s = 0$."],
        ),
    ],
)  # fmt: skip
def test_a_result_is_left_out_also_where_something_begins_with_it(
    more: str, tasks: list[str]
) -> None:
    made = sheet(more)
    write = TextWriter().write
    assert {write(blank.answer) for blank in made.blanks} == {ANSWER}
    assert len(made.blanks) == 1 + len(tasks)
    asked = {made.row_of(blank.number)[0].task for blank in made.blanks[1:]}
    assert asked == set(tasks)
    assert sum(each.task == "Differentiate $\\operatorname{loss}(s)$ by $s$." for each in
               made.exercises) == 1  # fmt: skip
    marked = Marker(made, shipped_book()).mark(
        Answers("Ada", {blank.number: "sum_i u_i (s u_i - v_i)" for blank in made.blanks})
    )
    assert {blank.verdict for blank in marked.blanks} == {"right"}


def test_where_a_task_says_it_the_result_stays() -> None:
    with pytest.raises(derivex.DerivexError, match="it stands elsewhere"):
        sheet("evaluate sum_i (s u_i - v_i) u_i")
