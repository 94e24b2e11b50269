"""``choose``, ``require`` and ``blank``: what a lesson says about its sheets."""

from __future__ import annotations

import pytest

import derivex
from derivex.errors import BlankError, DerivexError, LessonError
from derivex.expression import symbol
from derivex.lessons import LessonRun, read_lesson, run_lesson
from derivex.lessons.parameters import written_with
from derivex.lessons.variants import Variants
from derivex.notation import TextWriter, read_text
from derivex.rulebook import shipped_book


def lesson(program: str):
    return read_lesson(f"Some prose.\n\n```derivex\n{program}\n```\n", "lesson.md")


def values(program: str) -> list[dict[str, str]]:
    """All combinations that fit, as text, in order."""
    found = Variants(lesson(program), shipped_book()).from_seed(0)
    write = TextWriter(unicode=False).write
    return sorted(
        ({name.name: write(value) for name, value in each.items()} for each in found),
        key=lambda each: list(each.values()),
    )


CHOICES = [
    ("choose k from 2..4",                                 ["2", "3", "4"]),
    ("choose k from -1..1",                                ["-1", "0", "1"]),
    ("choose k from 1, 2, 4",                              ["1", "2", "4"]),
    ("choose k from 1, 5..7, 1/2",                         ["1", "1/2", "5", "6", "7"]),
    ("choose k from 2..9 where k > 6",                     ["7", "8", "9"]),
    ("choose k from 2..9 where 3 <= k < 5 or k = 9",       ["3", "4", "9"]),
    ("choose k from 2..9 where k/3 is an integer",         ["3", "6", "9"]),
    ("choose k from 2..6 where k/2 is not an integer",     ["3", "5"]),
    ("choose k from 2..20 where k/2, k/3 are integers",    ["12", "18", "6"]),
    ("choose k from 2..9 where sqrt(k) is an integer",     ["4", "9"]),
]  # fmt: skip


@pytest.mark.parametrize(("program", "wanted"), CHOICES)
def test_what_may_be_chosen(program: str, wanted: list[str]) -> None:
    assert [each["k"] for each in values(program)] == wanted


def test_two_letters_and_what_holds_for_both() -> None:
    found = values("choose k, m from 1..3 where k != m and k m < 6")
    assert [(each["k"], each["m"]) for each in found] == [
        ("1", "2"), ("1", "3"), ("2", "1"), ("3", "1")
    ]  # fmt: skip


def test_a_later_choice_may_depend_on_an_earlier_one() -> None:
    found = values("choose k from 1..3\nchoose m from 1..3 where m > k")
    assert [(each["k"], each["m"]) for each in found] == [("1", "2"), ("1", "3"), ("2", "3")]


WRITTEN = [
    ("k x^2 + m x",   -3, 1,  "−3x² + x"),
    ("x^2 - k x",     -3, 1,  "x² + 3x"),
    ("x^2 - k x",     3, 1,   "x² − 3x"),
    ("x^k",           1, 1,   "x"),
    ("(x - k)^m",     -2, 3,  "(x + 2)³"),
    ("2k x",          3, 1,   "2 · 3x"),
    ("k m x",         1, 1,   "x"),
    ("k",             7, 1,   "7"),
]  # fmt: skip


@pytest.mark.parametrize(("formula", "k", "m", "wanted"), WRITTEN)
def test_numbers_stand_as_one_would_write_them(formula, k, m, wanted) -> None:
    numbers = {
        symbol(name): read_text(str(value)).expression for name, value in (("k", k), ("m", m))
    }
    made = written_with(read_text(formula).expression, numbers)
    # A sum with a negative term is written with a minus; what is read back is the same.
    assert TextWriter().write(made) == wanted


def test_the_numbers_stand_in_every_formula_of_the_lesson() -> None:
    run = LessonRun(
        lesson(
            "choose k from 3\nlet f(x) = k x^2\ndata a = k, 2k\nevaluate f(2) + k\n"
            "expect result = 15\ndifferentiate f by x\nexpect result = 2k x\n"
            "solve k x = 6 for x\nexpect x = 6/k"
        ),
        shipped_book(),
    )
    assert run.holds
    assert len(run.expectations) == 3


def test_the_same_seed_chooses_the_same_and_seeds_differ() -> None:
    source = "```derivex\nchoose k from 2..9\nevaluate k^2\n```\n"
    found = [
        derivex.run(source, seed=seed).outcomes[0].results[0].values[0][1]
        for seed in (0, 0, 1, 2, 3, 4, 5, 6, 7)
    ]
    assert found[0] is found[1]
    assert len(set(found[1:])) == 8  # a seed is a place in one order: all eight come once


def test_what_is_required_decides_the_values() -> None:
    program = "choose k from 2..9\nsolve k x = 12 for x\nrequire x is an integer and x > 2"
    chosen = {
        str(run_lesson(lesson(program), shipped_book(), seed).outcomes[0].results[0].values[0][1])
        for seed in range(8)
    }
    assert chosen == {"2", "3", "4"}


def test_numbers_stay_friendly_unless_the_lesson_says_otherwise() -> None:
    program = "choose k from 2..40\nevaluate k^2"
    for seed in range(39):
        run = LessonRun(lesson(program), shipped_book(), seed)
        ((_, value),) = run.outcomes[0].results[0].values
        assert int(value) ** 2 < 1000
    allowed = program + "\nrequire numbers below 5000"
    large = [LessonRun(lesson(allowed), shipped_book(), seed).outcomes[0] for seed in range(39)]
    assert max(int(outcome.results[0].values[0][1]) for outcome in large) == 40


ERRORS = [
    ("choose k",                                  "what is chosen from what",         "k"),
    ("choose from 2..9",                          "what is chosen from what",         "from 2..9"),
    ("choose k from",                             "what is chosen from what",         "k from"),
    ("choose k, k from 1, 2",                     "plain letters are chosen",         "k, k"),
    ("choose k from 9..2",                        "no range of whole numbers",        "9..2"),
    ("choose k from 1/2..3",                      "no range of whole numbers",        "1/2..3"),
    ("choose k from 1, x",                        "x is not a number",                "x"),
    ("choose k from 1,, 2",                       "a number is missing",              ","),
    ("choose k from 1..100000",                   "no range of whole numbers",        "1..100000"),
    ("choose k from 1..3 where k > 5",            "no values were found",             None),
    ("choose k from 1..3 where x > k",            "no exact number",                  "x > k"),
    ("choose k from 1..3\nsolve 7x = k for x\nrequire x is an integer", "no values were found", None),
    ("require x is an integer",                   "no exact number",                  "x"),
    ("require",                                   "something is missing",             "require"),
    ("blank result",                              "there is no derivation yet",       "result"),
    ("differentiate x^2\nblank line 1",           "cannot be left out",               "line 1"),
    ("differentiate x^2\nblank line 3",           "cannot be left out",               "line 3"),
    ("differentiate x^2\nblank rule of line 9",   "cannot be left out",               "rule of line 9"),
    ("differentiate x^2\nblank 3x",               "does not stand in the derivation", "3x"),
    ("differentiate x^2\nblank 2x in line 9",     "cannot be left out",               "line 9"),
    ("differentiate x^2\nblank result for money", "cannot stand here",                "money"),
    ("differentiate x^2\nblank result for 0 points", "cannot stand here",             "0 points"),
    ("differentiate x^2\nblank result in part 2", "cannot stand here",                "part 2"),
    ("differentiate x^2\nblank result, ",         "is left out",                      None),
]  # fmt: skip


@pytest.mark.parametrize(("program", "message", "under"), ERRORS)
def test_errors_are_located(program: str, message: str, under: str | None) -> None:
    source = lesson(program).source
    with pytest.raises(DerivexError) as caught:
        list(run_lesson(lesson(program), shipped_book()))
    error = caught.value
    assert message in error.message
    assert error.place is not None and error.place.source == source
    if under is not None:
        assert source[error.place.start : error.place.end] == under


def blanks_of(program: str) -> list[tuple[str, str, int]]:
    """The blanks of the sheet of a lesson: kind, answer, points."""
    write = TextWriter().write
    made = derivex.sheet(f"```derivex\n{program}\n```\n")
    return [
        (each.kind.value, each.says if each.answer is None else write(each.answer), each.points)
        for each in made.blanks
    ]


MARKED = [
    ("blank result",                          [("result", "2x cos(x²)", 1)]),
    ("blank rule of line 2 for 3 points",     [("rule", "using the chain rule", 3)]),
    ("blank rule in line 2, for 3 points",    [("rule", "using the chain rule", 3)]),
    ("blank line 2",                          [("line", "∂sin(x²)/∂(x²) · ∂x²/∂x", 1)]),
    ("blank cos(x^2) in line 3",              [("factor", "cos(x²)", 1)]),
    ("blank rule of line 2, line 3",          [("rule", "using the chain rule", 1), ("line", "cos(x²) · 2x", 1)]),
]  # fmt: skip


@pytest.mark.parametrize(("statement", "wanted"), MARKED)
def test_what_a_lesson_marks_is_left_out_and_nothing_else(statement, wanted) -> None:
    assert blanks_of(f"differentiate sin(x^2)\n{statement}") == wanted


def test_a_part_of_several_derivations_is_named() -> None:
    found = blanks_of("gradient of x^2 y^3 by x, y\nblank result in part 1\nblank result in part 2")
    assert [answer for _, answer, _ in found] == ["2xy³", "3x²y²"]


def test_what_cannot_be_left_out_is_told_with_the_place() -> None:
    program = "differentiate x^2 + 1\nblank rule of line 2\nblank line 2"
    with pytest.raises(BlankError, match="something else is left out there") as caught:
        derivex.sheet(f"```derivex\n{program}\n```\n")
    assert isinstance(caught.value, LessonError)
    assert caught.value.place is not None and caught.value.place.line == 4


def test_what_stands_elsewhere_is_not_left_out() -> None:
    with pytest.raises(BlankError, match="it stands in the text"):
        derivex.sheet("The result is 2x.\n\n```derivex\ndifferentiate x^2\nblank result\n```\n")
    with pytest.raises(BlankError, match="it stands elsewhere"):
        derivex.sheet("```derivex\ndifferentiate x^2\nblank result\nevaluate 2x at x = 3\n```\n")


def test_more_blanks_are_chosen_where_they_are_asked_for() -> None:
    source = "```derivex\ndifferentiate (x + 1)^2 sin(x)\nblank rule of line 2\n```\n"
    assert len(derivex.sheet(source).blanks) == 1
    assert len(derivex.sheet(source, blank="results").blanks) > 1


def test_a_lesson_with_choices_is_stored_and_loaded() -> None:
    source = (
        "```derivex\nchoose k from 2..9\ndifferentiate k x^2\nblank result\nrequire k > 1\n```\n"
    )
    run = derivex.run(source, seed=4)
    assert derivex.load(derivex.to_json(run)).parts == run.parts
