"""What explains a wrong line: a table of mistakes, and what has to hold for any of them."""

from __future__ import annotations

import pytest

from derivex.diagnosis import diagnose, expected
from derivex.equality import judge
from tests.diagnosis.reading import BOOK, line, written

# Each: the right line, the wrong one after it, what is named first, and the line put right.
MISTAKES = [
    ("d/dx (5x^2 - 1)^3",       "3(5x^2 - 1)^2",            "inner-derivative-forgotten",    "3(5x^2 - 1)^2 * 10x"),
    ("d/dx sin(x^2 + 1)",       "cos(2x) ",                 "inner-derivative-inside",       ""),
    ("d/dt exp(-3t)",           "exp(-3t)",                 "inner-derivative-forgotten",    "-3exp(-3t)"),
    ("d/dx x^4",                "4x^4",                     "power-not-lowered",             "4x^3"),
    ("d/dx x^(-3)",             "-3x^(-2)",                 "power-raised",                  "-3x^(-4)"),
    ("d/dx x^5",                "x^4",                      "exponent-lost-as-factor",       "5x^4"),
    ("d/dx (x^2 + 9)",          "2x + 9",                   "constant-kept",                 "2x + 0"),
    ("d/dx (x^2 sin(x))",       "2x cos(x)",                "product-of-derivatives",        ""),
    ("d/dx (x^2 exp(x))",       "2x exp(x) - x^2 exp(x)",   "product-rule-with-minus",       "2x exp(x) + x^2 exp(x)"),
    ("d/dx (sin(x)/x)",         "(x cos(x) + sin(x))/x^2",  "quotient-rule-with-plus",       "(x cos(x) - sin(x))/x^2"),
    ("d/dx (sin(x)/x)",         "(sin(x) - x cos(x))/x^2",  "quotient-signs-swapped",        "-(sin(x) - x cos(x))/x^2"),
    ("d/dx (sin(x)/x)",         "(x cos(x) - sin(x))/x",    "denominator-not-squared",       "(x cos(x) - sin(x))/x^2"),
    ("d/dx cos(x)",             "sin(x)",                   "sign-of-derivative-of-cosine",  "-sin(x)"),
    ("d/dx 3^x",                "x * 3^(x - 1)",              "exponential-as-power",          ""),
    ("d/dx log(4x + 1)",        "4/x",                      "outer-derivative-at-the-variable", "4/(4x + 1)"),
    ("d/dx sqrt(x)",            "1/sqrt(x)",                "half-of-root-lost",             "1/(2 sqrt(x))"),
    ("d/dy (x^3 y)",            "3x^2 y",                   "other-variable-not-constant",   ""),
    ("sum(k + b, k = 1..m)",    "sum(k, k = 1..m) + b",     "sum-of-constant",               "sum(k, k = 1..m) + bm"),
    ("(x + y)^2",               "x^2 + y^2",                "power-of-sum",                  ""),
    ("sqrt(x^2 + 9)",           "x + 3",                    "root-of-sum",                   ""),
    ("x - (y + 4)",             "x - y + 4",                "minus-before-bracket",          "x - y - 4"),
    ("(x + y)/x",               "y",                        "summand-cancelled",             ""),
    ("x^2 x^3",                 "x^6",                      "exponents-multiplied",          "x^5"),
    ("(e^t)^2",                 "e^(t^2)",                  "power-of-power-as-tower",       ""),
    ("log(t)/log(s)",           "log(t/s)",                 "quotient-of-logarithms",        ""),
    ("log(t)/log(s)",           "log(t - s)",               "quotient-of-logarithms",        ""),
    ("log(t) log(s)",           "log(t s)",                 "product-of-logarithms",         ""),
    ("log(t)^3",                "3 log(t)",                 "square-of-function",            ""),
    ("sqrt(p^2 + q^2)",         "p + q",                    "power-of-sum",                  ""),
    ("1/sqrt(t)",               "t^(1/2)",                  "root-of-negative-power",        ""),
    ("sin(2t)",                 "sin(t) cos(t)",            "double-angle-without-factor",   ""),
    ("atan(t)",                 "1/tan(t)",                 "inverse-function-as-reciprocal", ""),
    ("d/dt sigmoid(3t)",        "3 sigmoid(3t) (1 - 3t)",   "wrong-derivative-of-sigmoid",   ""),
    ("d/dt |3t - 1|",           "|3|",                      "derivative-of-absolute-value-put-inside", ""),
    ("(sum_i c_i)^2",           "sum_i c_i^2",              "power-into-sum",                ""),
    ("log(sum_i c_i)",          "sum_i log(c_i)",           "function-into-sum",             ""),
    ("(sum_i c_i) (sum_i g_i)", "sum_i (c_i g_i)",          "square-of-sum-with-one-index",  ""),
]  # fmt: skip

SLIPS = [
    ("3x^2 + 5x - 2",           "3x^2 - 5x - 2",            "sign",         "3x^2 + 5x - 2"),
    ("2(x + 3) + 4",            "2x + 9",                   "number",       "2x + 10"),
    ("x^2 x y",                 "x^4 y",                    "exponent",     "x^3 y"),
    ("(x + 1)(y + 2)",          "x y + 2x + y",             "lost-term",    "xy + 2x + y + 2"),
    ("4x + y",                  "4x + y + y",               "extra-term",   "4x + y"),
    ("sin(x) + cos(y)",         "sin(x) + cos(x)",          "variable",     "sin(x) + cos(y)"),
    ("sin(x) + exp(y)",         "cos(x) + exp(y)",          "function",     "sin(x) + exp(y)"),
    ("a/b",                     "b/a",                      "inverted",     "a/b"),
    ("2.001^2",                 "4.004004",                 "number",       "4.004001"),
    ("0.5 * 1.5",               "0.65",                     "number",       "0.75"),
    ("(900 + 1444 + 2116)/2",   "2130",                     "number",       "2230"),
    ("4 sin(x)^3 cos(x)",       "4 cos(x)^3 sin(x)",        "exchanged",    "4 sin(x)^3 cos(x)"),
    ("(p + r)/(k p + 2r)",      "(p + r)/(k r + 2p)",       "exchanged",    "(p + r)/(k p + 2r)"),
    ("2(x + 7y)",               "2x + 7y",                  "factor-before-bracket", "2x + 14y"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "name", "right"), [*MISTAKES, *SLIPS])
def test_it_is_named_and_put_right(before: str, after: str, name: str, right: str) -> None:
    first, second = line(before), line(after)
    found = diagnose(first, second, BOOK)
    assert found, "nothing was found"
    assert found[0].name == name, [each.name for each in found]
    for each in found:
        assert judge(first, each.corrected, BOOK.functions).holds
        assert each.sentence and "{" not in each.sentence
    if right:
        assert found[0].corrected is line(right), written(found[0].corrected)


@pytest.mark.parametrize(
    ("before", "after"),
    [("d/dx x^2", "2x"), ("x + x", "2x"), ("d/dx (x sin(x))", "sin(x) + x cos(x)")],
)
def test_of_a_right_line_nothing_is_said(before: str, after: str) -> None:
    assert diagnose(line(before), line(after), BOOK) == ()


def test_the_formulas_of_a_sentence_are_worked_out() -> None:
    found = diagnose(line("d/dx cos(3x^2 + x)"), line("-sin(3x^2 + x)"), BOOK)
    assert found[0].sentence == "the inner derivative 6x + 1 was forgotten"


def test_a_mistake_behind_a_right_step_is_found() -> None:
    # The product rule was used rightly, then one inner derivative forgotten.
    found = diagnose(
        line("d/dx ((2x + 1)^3 sin(5x))"),
        line("6(2x + 1)^2 sin(5x) + (2x + 1)^3 cos(5x)"),
        BOOK,
    )
    assert found[0].sentence == "the inner derivative 5 was forgotten"


def test_the_same_mistake_at_all_places() -> None:
    found = diagnose(line("d/dx (x^3 + x^5)"), line("x^2 + x^4"), BOOK)
    assert found[0].name == "exponent-lost-as-factor"
    assert found[0].sentence.endswith("at 2 places")


def test_the_line_as_it_should_read_keeps_the_written_form() -> None:
    before, after = line("d/dx (4x^3 - 7x)"), line("4 * 3x^2 + 7")
    assert expected(before, after, BOOK) is line("4 * 3x^2 - 7")


def test_without_a_small_edit_it_is_a_line_of_the_derivation() -> None:
    before, after = line("d/dx (x^2 sin(x))"), line("exp(x) + 3")
    right = expected(before, after, BOOK)
    assert right is not None
    assert judge(before, right, BOOK.functions).holds


def test_an_index_that_is_another_one() -> None:
    before = line("sum_i (x_i y_i)", "x", "y")
    after = line("sum_i (x_i y_k)", "x", "y")
    found = diagnose(before, after, BOOK)
    assert found[0].name == "index"
    assert found[0].corrected is before


def test_a_time_limit_is_kept() -> None:
    from time import process_time

    terms = " + ".join(f"{number} x^{number} sin({number}x + y)" for number in range(2, 40))
    before, after = line(f"d/dx ({terms})"), line(terms)
    begin = process_time()
    diagnose(before, after, BOOK, seconds=1.0)
    assert process_time() - begin < 3


def test_two_mistakes_in_one_line() -> None:
    found = diagnose(line("d/dx (x^4 + cos(x) + 5)"), line("4x^4 + sin(x) + 0"), BOOK)
    assert found[0].sentence == (
        "the exponent was not lowered by one, "
        "and the minus sign of the derivative of cos was forgotten"
    )


ARRAYS = [
    ("∇_w ||A w - b||^2",   "A^T (A w - b)",      "two-of-square-lost",   "2 (A^T (A w - b))"),
    ("∇_w ||A w - b||^2",   "2 A^T (A w + b)",    "sign",                 "2 A^T (A w - b)"),
    ("∇_w (w^T A w)",       "A w",                "quadratic-form-halved", "(A + A^T) w"),
    ("∇_w (b^T w)",         "w",                  "dot-product-by-the-other-vector", "b"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "name", "right"), ARRAYS)
def test_gradients(before: str, after: str, name: str, right: str) -> None:
    arrays = ("A: d by d", "b: d", "w: d")
    found = diagnose(line(before, arrays=arrays), line(after, arrays=arrays), BOOK)
    assert found[0].name == name
    assert judge(line(right, arrays=arrays), found[0].corrected, BOOK.functions).holds


@pytest.mark.parametrize(
    ("before", "after", "name"),
    [
        ("d/dx f(x^2)", "f'(x^2)", "inner-derivative-forgotten"),
        ("d/dx max(x, 0)", "1", "constant-becomes-one"),
        ("d/dx relu(3x)", "relu(3)", "relu-differentiated-away"),
        ("int_0^1 x^2 dx", "1/2", "number"),
        ("mean(s^2 a^2) - mean(a)", "s^2 mean(a)^2 - mean(a)", "mean-of-power"),
        ("d/dx (d/dx x^3)", "6", "lost-factor"),
    ],
)
def test_all_kinds_of_expressions(before: str, after: str, name: str) -> None:
    found = diagnose(line(before), line(after), BOOK)
    assert found[0].name == name, [each.name for each in found]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("lim_{h->0} sin(h)/h", "0"),
        ("lim_{h->0} sin(h)/h", "lim_{h->0} cos(h)/h"),
        ("d/dx subdifferential(|x|, x)", "x"),
        ("if x > 0 then x else -x", "if x < 0 then x else -x"),
        ("x", "1/(x - x)"),
        ("1/(x - x)", "x"),
        ("sum_i a_i", "a_i"),
        ("log(-1)", "x"),
        ("0", "0^0"),
        ("[1, x]", "[1, y]"),
        ("[1, x]", "3"),
        ("x = 1", "[1, 2]"),
        ("g(x)", "g(y)"),
    ],
)
def test_anything_can_be_asked(before: str, after: str) -> None:
    first, second = line(before, "a"), line(after, "a")
    for each in diagnose(first, second, BOOK):
        assert each.sentence
    expected(first, second, BOOK)
