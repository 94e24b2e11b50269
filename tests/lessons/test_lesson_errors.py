"""Every error of a lesson is told with its file, line, column and caret."""

import pytest

from derivex.errors import DerivexError, LessonError, ProblemError, ReadError
from derivex.lessons import read_lesson, run_lesson
from derivex.rulebook import shipped_book

DATA = "data a = 0, 2, 4\ndata h = 30, 40, 50\n"

ERRORS = [
    # the statements                             kind, message                                       what the caret is under
    ("differntiate x^2",                         LessonError, "“differntiate” is not a statement",    "differntiate"),
    ("Solve x = 1 for x",                        LessonError, "“Solve” is not a statement",           "Solve"),
    ("evaluate 2 derivative of x^2",             LessonError, "at the beginning of an expression",    "derivative of"),
    ("solve slope of x^2 = 0 for x",             LessonError, "“slope of” is no part of a formula",  "slope of"),
    ("let u = gradient of x^2",                  LessonError, "“gradient of” is no part of a",        "gradient of"),
    ("evaluate derivative of x y",               LessonError, "x and y could be meant",               "x y"),
    ("derivative x^2",                           LessonError, "“of” is expected here",                "x^2"),
    ("evaluate",                                 LessonError, "something is missing after “evaluate”", "evaluate"),
    ("evaluate 1 +",                             ReadError,   "",                                     None),
    ("evaluate (1 + 2",                          ReadError,   "",                                     "("),
    ("evaluate 1,, 2",                           LessonError, "an expression is missing here",        ","),
    ("evaluate x^2 at",                          LessonError, "something is missing after “at”",      None),
    ("evaluate x^2 at x",                        ReadError,   "= and a value are expected here",      None),
    ("evaluate 1/x at x = 0",                    ProblemError, "division by zero",                    "1/x"),
    ("let loss",                                 ReadError,   "a definition needs an =",              None),
    ("let f(x) = f(x) + 1\nevaluate f(1)",       ProblemError, "the definition of f leads back",     "f(1)"),
    ("let f(x) = x\nevaluate f(1, 2)",           DerivexError, "",                                    None),
    (DATA + "let a = 3",                         LessonError, "a is the name of a column of data",    "a = 3"),
    (DATA + "data c = 1, 2",                     LessonError, "a has 3 entries, but c has 2 entries", "1, 2"),
    ("data a = 1\ndata b = 1, 2",                LessonError, "a has 1 entry, but b has 2 entries",   "1, 2"),
    ("data a = 1, x, 3",                         LessonError, "x is not a number",                    "x"),
    ("data a = 1, , 3",                          ReadError,   "there is no expression here",          None),
    ("data a",                                   LessonError, "the entries are missing",              "a"),
    ("data a, b = 1, 2",                         LessonError, "a column of data has one name",        "a, b"),
    ("data n = 1, 2",                            LessonError, "n is the number of data",              "n"),
    ("let f(x) = x\ndata f = 1, 2",              ReadError,   "f is a function, not a variable",      "f"),
    (DATA + "evaluate sum_i c_i",                ProblemError, "there are no data for c",             "sum_i c_i"),
    ("differentiate x y",                        LessonError, "x and y could be meant",               "x y"),
    ("differentiate 3",                          LessonError, "there is no variable",                 "3"),
    ("differentiate x^2 by x, y",                LessonError, "by one variable at a time",            "x, y"),
    ("differentiate x^2 by x, expandd",          LessonError, "“expandd” is not a form",              "expandd"),
    ("differentiate x^2 by x, expanded twice",   LessonError, "nothing can follow “expanded”",        "twice"),
    ("differentiate x^2 by x, collected",        LessonError, "by what to collect",                   "collected"),
    ("differentiate x^2 by x, collected,by x",   LessonError, "by what to collect",                   "collected,by x"),
    ("differentiate x^2 by 3",                   ReadError,   "3 is not a name",                      "3"),
    ("gradient x^2",                             LessonError, "“of” is expected here",                "x^2"),
    ("gradient of 3",                            LessonError, "there is no variable",                 "3"),
    ("gradient of x^2 by x by x",                LessonError, "“by” occurs twice",                    "x"),
    ("gradient x^2, backward",                   LessonError, "“of” is expected here",                "x^2, backward"),
    ("gradient of 3, backward",                  LessonError, "there is no variable",                 "3"),
    ("gradient of x^2, backward, expanded twice", LessonError, "nothing can follow “expanded”",       "twice"),
    ("let y = x^2\ngradient of y by y, backward", ProblemError, "y is defined",                      "y"),
    ("gradient of tanh(1/x) at x = 0, backward", ProblemError, "",                                    None),
    ("expect sin(1) ≈ 5/6",                      ProblemError, "not written as a decimal",            "sin(1) ≈ 5/6"),
    ("expect x ≈ 0.5",                           ProblemError, "",                                    None),
    ("descend x^2 with rate 0.1",                LessonError, "where the descent starts",             "x^2 with rate 0.1"),
    ("descend x^2 from x = 1",                   LessonError, "what the rate is",                     "x^2 from x = 1"),
    ("descend x^2 from x = 1 with 0.1",          LessonError, "“rate” is expected here",              "0.1"),
    ("descend x^2 from x = c with rate 0.1",     LessonError, "x = c is not a number",                "x = c"),
    ("descend x^2 from x = 1 with rate 0.1 c",   LessonError, "0.1 c is not a number",                "0.1 c"),
    ("descend x^2 from x = 1 with rate 0.1 for a step", LessonError, "a number of steps",             "a step"),
    ("descend x^2 from x = 1 with rate 0.1 for 9999999 steps", ProblemError, "at most 1000000 steps", None),
    ("descend x^2 from x = 1 with rate -1",      ProblemError, "it has to be greater than 0",          None),
    ("descend x^2 from x = 1 with rate 0.1 to 0", LessonError, "a constant rate goes nowhere",         "0"),
    ("descend x^2 from x = 1 with rate 0.1 until it stops", LessonError, "what is it to wait for",     "it stops"),
    ("descend x^2 from x = 1 with rate 0.1 using luck", LessonError, "there is no method called luck",   "luck"),
    ("descend x^2 from x = 1 with rate 0.1 using adam beta = 1", LessonError, "Adam has no parameter beta", "adam beta = 1"),
    ("descend x^2 from x = 1 with rate 0.1 using momentum beta = 1", LessonError, "beta is 1; it has to be", "momentum beta = 1"),
    ("descend x^2 from x = 1 with cosine rate 0.1", ProblemError, "needs to know the number of steps", None),
    ("descend x^2 from x = 1 with rate 0.1 for 0 steps", ProblemError, "at least one step",           None),
    ("descend x y from x = 1 with rate 0.1",     ProblemError, "the start does not say what y is",    None),
    ("solve 2x = 4",                             LessonError, "what to solve for",                    "2x = 4"),
    ("solve 2x for x",                           ReadError,   "an equation is expected",              None),
    ("solve for x",                              LessonError, "there is no equation",                 "for x"),
    ("solve 2x = 4 for x using force",           LessonError, "only “means” can be used",             "force"),
    ("solve x + y = 4, x = y for x, y eliminate z", ProblemError, "z is not one of the unknowns",      None),
    ("solve gradient of x^2 = 1 for x",          LessonError, "a gradient can only be set to 0",      "1"),
    ("solve gradient x^2 = 0 for x",             LessonError, "“of” is expected here",                "x^2"),
    (DATA + "solve 2a = 4 for a",                LessonError, "a is the name of a column of data",    "a"),
    ("expect",                                   LessonError, "something is missing after “expect”",  "expect"),
    ("expect 1 + 1",                             LessonError, "an expectation has an =",              "1 + 1"),
    ("expect result = 3",                        LessonError, "there is no result yet",               "result"),
    ("expect x = 1, (2 = 3",                     DerivexError, "",                                    None),
]  # fmt: skip


@pytest.mark.parametrize(("program", "kind", "message", "under"), ERRORS)
def test_errors_are_located(program, kind, message, under):
    source = f"Some prose.\n\n```derivex\n{program}\n```\n"
    lesson = read_lesson(source, "lesson.md")
    with pytest.raises(kind) as caught:
        list(run_lesson(lesson, shipped_book()))
    error = caught.value
    assert message in error.message
    assert error.place is not None
    assert error.place.name == "lesson.md"
    assert error.place.source == source
    assert error.place.line == 3 + len(program.splitlines())
    if under is not None:
        assert source[error.place.start : error.place.end] == under
    assert f"lesson.md, line {error.place.line}, column {error.place.column}: " in str(error)


@pytest.mark.parametrize(
    ("statement", "meant"),
    [
        ("minimize x^2", "“solve gradient of … = 0 for …”"),
        ("compute x^2 at x = 2", "evaluate"),
        ("derive x^2", "differentiate"),
    ],
)
def test_other_words_for_a_statement_are_understood(statement, meant):
    with pytest.raises(LessonError) as caught:
        list(run_lesson(read_lesson(f"```derivex\n{statement}\n```\n", "l.md"), shipped_book()))
    assert f"did you mean {meant}?" in str(caught.value)


def test_an_unknown_statement_names_the_nearest_one_and_all_of_them():
    lesson = read_lesson("```derivex\ndiferentiate x^2\n```\n", "lesson.md")
    with pytest.raises(LessonError) as caught:
        list(run_lesson(lesson, shipped_book()))
    assert str(caught.value) == (
        "lesson.md, line 2, column 1: “diferentiate” is not a statement\n"
        "    diferentiate x^2\n"
        "    ^^^^^^^^^^^^\n"
        "    did you mean differentiate?  the statements are: let, data, evaluate, "
        "differentiate, derivative, gradient, directional, differentiability, tangent, nudge, "
        "jacobian, hessian, subgradient, descend, gradcheck, plot, solve, implicit, expect, blank, "
        "choose, require"
    )


def test_the_caret_finds_a_character_in_a_continued_line():
    source = "```derivex\ndata a = 1,  # one\n         2,\n         y\n```\n"
    with pytest.raises(LessonError) as caught:
        list(run_lesson(read_lesson(source, "lesson.md"), shipped_book()))
    place = caught.value.place
    assert (place.line, place.column) == (4, 10)
    assert place.show() == "             y\n             ^"
