"""Whole pages as lecturers and students write them: the verdict for every line.

Each page is a file in ``pages/``.  What is said of its lines is one word a line, in the order of
reading; the wrong lines, by their numbers, are the slips that were made on purpose.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import derivex
from tests.checking.test_lines import VERDICTS

PAGES = Path(__file__).parent / "pages"

TOLD = {
    # the product rule, author's macros, a substitution; a sign lost in a quotient (29)
    "homework.tex": ("true " * 7 + "wrong" + " true" * 3, [29]),
    # a rule for all functions, a table, a chain with two inner variables
    "lecture.md": ("true given" + " true" * 6, []),
    # typed without LaTeX, with labels and sentences; a wrong number (19)
    "typed.txt": (
        "given true given true true given true true true true true true given true true true wrong",
        [19],
    ),
    # names of several letters, TR, MC, Area; a sign is lost (8)
    "revenue.md": ("given true given true given true wrong given true true", [8]),
    # quotations, boxes round equations, K'(q) of K = …, italic letters; a wrong solution (17)
    "quoted.md": ("true true given true given wrong given true", [17]),
    # points for products, functions without a backslash, words of another script; a wrong sign (23)
    "typed_formulas.md": (
        "true true given true given true wrong given true given given true",
        [23],
    ),
    # data in a sentence, sums, an equation that is solved, numbers filled in, rounding
    "regression.tex": ("given true true" + " true" * 7, []),
    # decimal commas
    "ableitungen.tex": ("true true given" + " true" * 12, []),
    # two columns of equations, one filled into the other
    "two_unknowns.md": ("true " * 14, []),
    # functions with a meaning, a loss, the chain rule through z
    "logistic.tex": ("true " * 4 + "given" + " true" * 5, []),
    # matrices, the identity, norms; a factor 2 is missing (13)
    "vectors.tex": ("given" + " true" * 5 + " wrong", [13]),
    # a limit, a justification as a tag, rounded numbers
    "first_principles.md": ("true " * 8, []),
    # updates, values; an addition is wrong (14)
    "descent.txt": ("given true true given given" + " true" * 6 + " wrong", [14]),
    # weights, an enumeration, an arrow between equations
    "weighted.tex": ("given true true true given true true given", []),
    # several exercises, letters that stand for something else in each of them
    "exercises.txt": (
        "given true true given true true given true true given given" + " true" * 5 + " given true"
        " given true true true true true given true",
        [],
    ),
    # softmax by cases, a log-likelihood
    "likelihood.tex": ("true true true true given true true true given", []),
    # difference quotients, an iteration, rounding
    "numbers.md": ("true " * 7 + "given given true given true", []),
    # layers with numbers above
    "network.tex": ("given given given given true true true", []),
    # W of z = Wx + b is a matrix, since v is a vector; the last three rows are wrong
    "two_layers.md": ("true " * 5 + "wrong wrong wrong", [19, 21, 23]),
    # logarithms of densities of which nothing else is said; the last one is wrong (19)
    "densities.tex": ("given true true given true given true wrong", [19]),
    # x and y are something else in the next exercise
    "coordinates.md": ("given" + " true" * 6, []),
    # a likelihood with factorials, a product
    "poisson.md": ("given true true true true given true", []),
    # partial derivatives with letters below, a Hessian, a direction that is a definition
    "partials.tex": ("true true given true given unread given open true", []),
    # units, an equation solved for each of its letters, differentials, points; the second value of
    # the slope has the wrong sign (17)
    "physics.tex": ("given" + " true" * 11 + " given true true true wrong given true true", [17]),
    # a solution of a differential equation, ticks, remarks, a system; the last value is wrong (21)
    "checked_solutions.txt": (
        "given true true true true given given true given true given given given given true given"
        " true given true given wrong",
        [21],
    ),
    # the z of a tangent plane is not that of the surface; a wrong number in a tangent (9)
    "tangents.md": ("given given given wrong", [9]),
    # ten exercises whose letters mean something else in each: x of f(x, y), of polar coordinates,
    # of a cycloid
    "ten_exercises.md": (
        "true true given true true true given given given true true true true true true true "
        "true true true true true true given true true true true true true",
        [],
    ),
    # p_k is defined behind L, which is made of it; the y_k sum to 1, since y is one-hot
    "one_hot.tex": ("given true true true", []),
    # the same behind an exercise with another p
    "two_densities.tex": ("given true true true", []),
    # a list of examples, y = x⁴, y = cos x, and curves of which each has a y of its own
    "own_curves.md": ("given " * 5 + "true given given" + " true" * 10, []),
    # the same with three slips
    "own_curves_wrong.md": (
        "given given given given given true given given true true true wrong true true true wrong"
        " true wrong",
        [33, 43, 51],
    ),
    # d(u v), and a d that is a number; a factor is missing (13)
    "differentials.md": ("true true true wrong true", [13]),
    # every formula is a paragraph of its own; a factor 2 is lost (15)
    "single_dollars.md": ("true true given true wrong true", [15]),
    # a table of rules for any functions, two of which are none; f is another one each time
    "rules_of_unknown_functions.md": (
        "true true wrong true true wrong true true true true given true given wrong",
        [7, 10, 17],
    ),
    # cases before colons, in French; integrals by a variable that stands for something; a
    # tangent has its own y; 0 = ∂S/∂x = …; an equation in one unknown goes on without words
    "cases_and_substitutions.md": (
        "true true wrong true given true true true true wrong true given given given true given"
        " wrong given wrong",
        [6, 12, 26, 33],
    ),
    # ∇f without what it is by, which is what f is applied to; a factor 2 is lost (6)
    "bare_gradients.tex": ("given true true wrong", [6]),
    # each row has shapes of its own, gradients laid out as rows; half of one is missing (14)
    "cheat_sheet.md": ("true " * 8 + "wrong" + " true" * 3, [14]),
    # a vector with a number, a length that is known, a covariance; a factor 2 is missing (18)
    "principal_axis.md": ("given given true given true true true wrong", [18]),
    # letters with dots change with time, T and U are never said; m ṙ is not differentiated (19)
    "pendulum.md": ("given given given true true true wrong given given", [19]),
    # sums without an index, ln L, a derivative by σ², N for the number of data; σ for σ² (11)
    "normal_likelihood.tex": (
        "given true true true given true true given true given true wrong",
        [11],
    ),
    # the summation convention; the derivative of an entry by another one (5)
    "convention.md": ("true true wrong", [5]),
    # primes transpose, a number behind spaces, what a loss depends on; half is missing (13)
    "econometrics.md": ("true true given given wrong given", [13]),
    # curves differentiated twice, each with a y of its own; a sign is wrong (14)
    "second_derivatives.md": (
        "given given true true true true true given true true true wrong",
        [14],
    ),
    # cells of a notebook; the derivative by b has a factor too much (3, of its cell)
    "backpropagation.ipynb": ("true " * 5 + "wrong", [3]),
    # cases of indices, of which each goes on from one formula; a sign is wrong (26); a table with
    # cells that are made of what is defined below them
    "cases.md": ("true true true true given true true given true wrong true" + " given" * 4, [26]),
}


@pytest.mark.parametrize("name", sorted(TOLD))
def test_page(name: str) -> None:
    words, wrong = TOLD[name]
    lines = derivex.check(PAGES / name).lines
    told = [(line.place.line, line.text, line.verdict, line.note) for line in lines]
    assert len(lines) == len(words.split()), told
    for line, word in zip(lines, words.split(), strict=True):
        assert line.verdict in VERDICTS[word], told
    assert [line.place.line for line in lines if line.verdict == "wrong"] == wrong


def test_every_page_is_told_of() -> None:
    assert {path.name for path in PAGES.iterdir()} == TOLD.keys()
