"""Rows where definitions, data or values are filled in: they, and their reasons, may be blanks."""

from __future__ import annotations

import pytest

import derivex
from derivex.api.sheets import ExerciseSheet
from derivex.marking import Marker
from derivex.rulebook import shipped_book

EVALUATED = """# T
```derivex
let f(a) = s a + b
let loss(s, b) = 1/2 sum_i (f(a_i) - h_i)^2
data a = 0, 2, 4
data h = 30, 40, 50
evaluate loss(1, 0)
{marks}
```
"""
DESCENDED = """# T
```derivex
descend s^2 + 3 s from s = 2 with rate 0.1 for 2 steps
{marks}
```
"""
SOLVED = """# T
```derivex
solve 2u + v = 4, u - v = 1 for u, v
{marks}
```
"""


def rows(made: ExerciseSheet) -> list[str]:
    return [line.strip() for line in str(made).splitlines() if "[_" in line]


@pytest.mark.parametrize(
    ("lesson", "marks", "left_out"),
    [
        (EVALUATED, "blank line 2", "= [_1_] filling in the definitions of loss and f"),
        (EVALUATED, "blank rule of line 2", "= 1/2 Σᵢ (1 · aᵢ + 0 − hᵢ)² [_1_]"),
        (EVALUATED, "blank line 3", "= [_1_] filling in the data"),
        (DESCENDED, "blank line 2 in part 1", "= [_1_] filling in the values"),
        (SOLVED, "blank rule of line 1", "v = −1 + (4 − v)/2 [_1_]"),
        (SOLVED, "blank line 6", "[_1_] substitute v back into (1)"),
    ],
)
def test_what_is_filled_in_can_be_left_out(lesson: str, marks: str, left_out: str) -> None:
    (row,) = rows(derivex.sheet(lesson.format(marks=marks)))
    assert " ".join(row.split()) == left_out


def test_tasks_say_the_values_unless_they_were_found_above() -> None:
    made = derivex.sheet(DESCENDED.format(marks="blank line 2 in part 1"))
    tasks = [exercise.task for exercise in made.sheet.exercises]
    assert tasks[0] == "Work out the gradient at $s = 2$."
    assert tasks[2] == "Work out the gradient with the values found above."


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("substitution", "right"),
        ("plug in the numbers", "right"),
        ("filling in", "right"),
        ("by definition", "right"),
        ("sum rule", "wrong"),
        ("arithmetic", "wrong"),
        ("simplify", "wrong"),
        ("nonsense", "unreadable"),
    ],
)
def test_what_people_call_it(words: str, verdict: str) -> None:
    made = derivex.sheet(EVALUATED.format(marks="blank rule of line 2"))
    assert Marker(made.sheet, shipped_book()).judge(1, words).verdict == verdict


def test_a_sheet_of_an_expression_says_its_definitions_and_data() -> None:
    made = derivex.sheet(
        "f(2t) sum_i a_i", by="t", let="f(u) = u^2 + 1", data={"a": [1, 2]}, blank="factors"
    )
    assert "Let f(u) = u² + 1." in str(made)
    assert "The data: a = (1, 2)." in str(made)
