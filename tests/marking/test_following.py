"""Follow-up errors: in the same exercise, in the next, beside it; and what is none."""

from __future__ import annotations

import pytest

import derivex
from derivex.marking import Answers, Marker
from derivex.sheets import Sheet
from tests.marking.sheets import BOOK, derivation_of, exercises_sheet, lines_sheet

VALUE = exercises_sheet(
    ("derivation", [["d/dx (x^3 - 12x)", "3x^2 - 12*"]]),
    ("derivation", [["3*3^2 - 12", "15*"]]),
)
SOLVED = exercises_sheet(
    ("derivation", [["a", "6a - b + 1*"]]),
    ("derivation", [["a", "2b - a*"]]),
    ("equations", [["6a - b + 1 = 0", "a = (b-1)/6*"], ["2b - a = 0", "b = a/2*"]]),
    (
        "equations",
        [["b = (b-1)/6*(1/2)*", "b = b/12 - 1/12*", "b - b/12 = -1/12*", "b = -1/11*",
          "a = (-1/11 - 1)/6*", "a = -2/11*"]],
    ),
)  # fmt: skip
DESCENT = exercises_sheet(
    ("derivation", [["2*3 + 1", "7*"]]),
    ("derivation", [["5 - 0.1*7", "4.3*"]]),
    ("derivation", [["2*4.3 + 1", "9.6*"]]),
    ("derivation", [["4.3 - 0.1*9.6", "3.34*"]]),
)
FACTORED = exercises_sheet(
    ("derivation", [["x", "x^2 - 5x + 6*"]]),
    ("equations", [["x^2 - 5x + 6 = 0", "(x-2)(x-3) = 0*"]]),
)
APART = exercises_sheet(
    ("derivation", [["d/dx x^2", "2x*"]]), ("derivation", [["d/dx (3x)", "3*"]])
)
LINES = lines_sheet(derivation_of("(3x^2 + 1)^4"))
OWN = ["b = -a/2", "b = -(b-1)/12", "b = 1/12 - b/12", "b + b/12 = 1/12"]

SHORT = {
    "right": "R",
    "wrong": "W",
    "follows from an earlier answer": "F",
    "missing": "-",
}


@pytest.mark.parametrize(
    ("sheet", "answers", "wanted"),
    [
        # a wrong derivative, and its value
        (VALUE,    ["3x^2 + 12", "39"],                       "WF"),
        (VALUE,    ["3x^2 + 12", "40"],                       "WW"),
        (VALUE,    ["3x^2 + 12", "15"],                       "WR"),
        (VALUE,    ["2x", "6"],                               "WF"),
        # a wrong gradient, set to zero and solved
        (SOLVED,   ["6a - b + 1", "2b + a", "a = (b-1)/6", *OWN, "b = 1/13", "a = (1/13-1)/6", "a = -2/13"],
                                                              "RWRFFFFFFF"),
        (SOLVED,   ["6a - b + 1", "2b + a", "a = (b-1)/6", *OWN, "b = -1/13", "a = (-1/13-1)/6", "a = -7/39"],
                                                              "RWRFFFFWFF"),
        (SOLVED,   ["6a - b + 1", "2b + a", "a = (b-1)/6", "b = -a/2", "0 = 0", "b = b", "1 = 1", "b = b", "a = a", ""],
                                                              "RWRFWWWWW-"),
        (SOLVED,   ["6a - b + 1", "2b - a", "a = (b-1)/6", "b = 2a", "b = 2(b-1)/6", "b = b/3 - 1/3", "2/3 b = -1/3",
                    "b = -1/2", "a = (-1/2-1)/6", "a = -1/4"], "RRRWFFFFFF"),
        (FACTORED, ["x^2 - 5x - 6", "(x-6)(x+1) = 0"],        "WF"),
        (FACTORED, ["x^2 - 5x - 6", "(x-6)(x-1) = 0"],        "WW"),
        (FACTORED, ["x^2 - 5x - 6", "x - 6 = 0"],             "WW"),  # a solution is lost
        # steps of a descent; 7 is too plain a number to be followed by itself
        (DESCENT,  ["7", "4.2", "9.4", "3.26"],               "RWFF"),
        (DESCENT,  ["7", "4.2", "9.5", "3.25"],               "RWWF"),
        (DESCENT,  ["7", "4.2", "9.6", "3.34"],               "RWRR"),
        # from a line to the end
        (LINES,    ["", "3(3x^2+1)^3 d/dx(3x^2+1)", "", "", "", "18x (3x^2+1)^3"], "-W---F"),
        (LINES,    ["", "4(3x^2+1)^3", "", "", "", "4(3x^2+1)^3 * 1"],             "-W---W"),
        # what has nothing to do with it
        (APART,    ["3x", "4"],                               "WW"),
    ],
)  # fmt: skip
def test_chains(sheet: Sheet, answers: list[str], wanted: str) -> None:
    marked = Marker(sheet, BOOK, explain=False).mark(Answers("Ada", dict(enumerate(answers, 1))))
    assert "".join(SHORT[blank.verdict] for blank in marked.blanks) == wanted, marked


def test_through_the_value_of_a_derivative() -> None:
    statements = "let f(x) = x^3 - 12x + 1\ndifferentiate f(x) by x\nblank result\n"
    lesson = f"```derivex\n{statements}evaluate f'(3)\nblank line 3\nblank result\n```\n"
    sheet = derivex.sheet(lesson).sheet
    answers = Answers("Ada", {1: "3x^2 + 12", 3: "3x^2 + 12", 4: "39"})
    marked = Marker(sheet, BOOK).mark(answers)
    assert "".join(SHORT[blank.verdict] for blank in marked.blanks) == "W-FF", marked
    assert marked.points == 2
    assert marked.blanks[2].note == "right, given what stands in (1)"
