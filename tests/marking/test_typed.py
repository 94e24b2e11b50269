"""Answers as people type them: in other characters, with words around them, several at once."""

from __future__ import annotations

import time

import pytest

from derivex.marking import Marker
from tests.marking.sheets import BOOK, derivation_of, rules_sheet
from tests.marking.test_marker import one_blank
from tests.marking.test_solution_lists import SOLVED

X, OTHER = "right", "right, other form"


@pytest.mark.parametrize(
    ("key", "answer", "wanted"),
    [
        # decimal commas, groups of digits, mixed numbers, percent
        ("1/2",            "0,5",                     X),
        ("5/2 x + 3/4",    "2,5 x + 0,75",            X),
        ("-3/2",           "−1,5",                    X),
        ("1/2 x",          "0{,}5 x \\cdot 1",        X),
        ("1200",           "1,200",                   X),
        ("1200",           "1 200",                   X),
        ("1200",           "1.200,0",                 X),
        ("6/5",            "1,200",                   X),
        ("3/2 x",          "1 1/2 x",                 X),
        ("3/2 x",          "1½x",                     X),
        ("19/7",           "2 5/7",                   X),
        ("3/4",            "75 %",                    X),
        ("max(2, 3)",      "max(2,3)",                X),
        ("2/3",            "ca. 0,667",               OTHER),
        ("2/3",            "66,7%",                   OTHER),
        ("2/3",            "0,66",                    "wrong"),
        # characters
        ("sqrt(x + 1)/2",  "½ √(x+1)",                X),
        ("2θ",             "2𝜃",                      X),
        ("2x + 1",         "２ｘ ＋ 1",               X),
        ("2x + 1",         "\ufeff2x\u200b+1",        X),
        ("2x + 1",         "2x\u202e+1",              "unreadable"),
        # what stands around it
        ("2x",             'Antwort: „2x“.',          X),
        ("2x",             "**2x**",                  X),
        ("2x",             "b) 2x,",                  X),
        ("2x",             "=> 2x !",                 X),
        ("x!",             "x!",                      X),
        ("2x",             "y' = 2x",                 X),
        ("2x",             "2x = dy/dx",              X),
        ("2x",             "$f ' (x) = 2x$",          X),
        ("2x",             "2 • x",                   X),
        ("2x",             "f′(x) = x + x = 2x",      X),
        ("2x",             "3x = 2x",                 "wrong"),
        ("2x",             "2x = 3x",                 "wrong"),
        ("2x",             "y' = = 2x",               "unreadable"),
        ("x",              "y = x",                   X),
        # several at once
        ("2x",             "2x or 2*x",               X),
        ("2x",             "2x oder 3x",              "wrong"),
        ("2x",             "2x, 3x",                  "wrong"),
        ("2x",             "2x or 2x(",               "unreadable"),
        # units: only behind numbers, and only what is no name of the sheet
        ("30",             "30 cm",                   X),
        ("30",             "29 cm",                   "wrong"),
        ("30",             "30 cm/month",             X),
        ("30",             "30 m/s²",                 X),
        ("30",             "30 bananas",              "wrong"),
        ("30",             "30x",                     "wrong"),
        ("30 x",           "30 x cm",                 "wrong"),
        # programming languages
        ("sqrt(x)",        "Math.sqrt(x)",            X),
        ("arctan(x)",      "tan^-1(x)",               X),
        ("1/tan(x)",       "tan^{-1}(x)",             X),
        ("arcsin(2x)",     "sin⁻¹(2x)",               X),
        # words
        ("-3",             "minus 3",                 X),
        ("-3/2",           "minus three halves",      "wrong"),
        ("-3",             "negative three",          X),
        ("2x",             "2 mal x",                 X),
        ("x/2",            "x divided by 2",          X),
        ("x^2 + 1",        "x squared plus one",      X),
        ("sqrt(2)",        "the square root of 2",    X),
        ("sqrt(2)",        "root 2",                  X),
        # angles, marks between digits, capitals
        ("pi/2",           "90°",                     X),
        ("90",             "90°",                     X),
        ("pi/3",           "60 degrees",              X),
        ("pi/3",           "90°",                     "wrong"),
        ("1000000",        "1'000'000",               X),
        ("3/10",           ",3",                      X),
        ("pi",             "PI",                      X),
        ("2x",             "2X",                      X),
        # several, or none
        ("2",              "±2",                      "unreadable"),
        ("2",              "{1, 2}",                  "unreadable"),
        ("2",              "no solution",             "wrong"),
        ("2",              "keine Lösung",            "wrong"),
    ],
)  # fmt: skip
def test_as_people_type(key: str, answer: str, wanted: str) -> None:
    marker = Marker(one_blank("d/dx (x^3 + x)", key, "any"), BOOK, explain=False)
    assert marker.judge(1, answer).verdict == wanted


def test_what_was_set_aside_is_said() -> None:
    marker = Marker(one_blank("d/dx (x^3 + x)", "30"), BOOK)
    assert marker.judge(1, "30 cm").note == "the unit cm is not judged"
    marker = Marker(one_blank("d/dx (x^3 + x)", "2x"), BOOK)
    told = marker.judge(1, "2x or 3x").note
    assert told.startswith("of several answers each has to be right: 3x; at x = ")
    assert marker.judge(1, "3x = 2x").note == "3x is not equal to 2x"


@pytest.mark.parametrize("answer", ["or", ",", ";", "=", "= =", '""', "%", "a)", "is", "cm", "? !"])
def test_nothing_but_marks(answer: str) -> None:
    marker = Marker(one_blank("d/dx (x^3 + x)", "30"), BOOK)
    assert marker.judge(1, answer).verdict in ("missing", "unreadable", "wrong")


@pytest.mark.parametrize("key", ["5", "2x", "list", "rule"])
@pytest.mark.parametrize(
    "piece",
    ["5 a", "m ", "9", "1,", '"', "or ", "x = 1 or ", "± ", "= ", "1 1/", "chian ", "answer: ", "½", "word "],
)  # fmt: skip
def test_nothing_that_is_typed_takes_long(key: str, piece: str) -> None:
    if key == "rule":
        sheet = rules_sheet(derivation_of("x^2 + 1"))
    else:
        sheet = SOLVED if key == "list" else one_blank("d/dx (x^3 + x)", key)
    answer = (piece * 2000)[:1990] + "!"
    begun = time.process_time()
    found = Marker(sheet, BOOK, explain=False).judge(1, answer).verdict
    assert found in ("wrong", "unreadable", "missing")
    assert time.process_time() - begun < 2
