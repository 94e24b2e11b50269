"""Lines that are equations: which move, and what went wrong."""

from __future__ import annotations

import pytest
from sympy.core.basic import Basic

from derivex.diagnosis import diagnose, expected, justify
from derivex.expression import And
from tests.diagnosis.reading import BOOK, line, written


def lines(text: str) -> Basic:
    """An equation, or several with a semicolon between them."""
    equations = [line(part) for part in text.split(";")]
    return equations[0] if len(equations) == 1 else And(*equations)


WRONG = [
    ("3x - 6 = 0",           "3x = -6",   "sign-kept-on-the-other-side", "3x = 6"),
    ("x + 4 = 12",           "x = 12",    "term-left-on-one-side",   "x = 8"),
    ("x + 4 = 12",           "x = 3",     "term-divided-by",         "x = 8"),
    ("3x = 12",              "x = 9",     "factor-subtracted",       "x = 4"),
    ("3x = 12",              "x = 12",    "factor-left-on-one-side", "x = 4"),
    ("3x = 12",              "x = 36",    "factor-multiplied-by",    "x = 4"),
    ("x/4 = 3",              "x = 3/4",   "denominator-divided-by",  "x = 12"),
    ("x/4 = 3",              "x = 7",     "denominator-taken-as-term", "x = 12"),
    ("8 = 5 + 2x",           "2x = 13",   "sign-kept-on-the-other-side", "2x = 3"),
    ("2a - b + 1 = 0",       "2a + 1 = -b", "sign-kept-on-the-other-side", "2a + 1 = b"),
    ("x^2 = 9",              "x = 9/2",   "power-undone-by-division", ""),
    ("x^2 = 9",              "x = 3",     "other-root-forgotten",    ""),
    ("x^2 = 2x",             "x = 2",     "divided-by-zero",         ""),
    ("4a + 2b = 7",          "a = (7 + 2b)/4",     "sign",      "a = (7 - 2b)/4"),
    ("5y = 3",               "y = 5/3",   "quotient-upside-down", "y = 3/5"),
    ("k/t - m = 0",          "t = m/k",            "inverted",  "t = k/m"),
    ("2x + 8 = 0",           "x = -3",             "number",    "x = -4"),
    ("k/(2t) - 1/2 sum_i a_i = 0", "t = 1/k sum_i a_i", "inverted",
                                          "t = k/(sum_i a_i)"),
    ("(x + 1)^2 = y",        "x^2 + 1 = y",        "power-of-sum", ""),
    ("(x - 2)(x + 5) = 0",   "x + 2 = 0",          "sign",      "x - 2 = 0"),
    ("x + y = 4; x - y = 2", "x = 3; y = -1",      "sign",      "x = 3; y = 1"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "name", "right"), WRONG)
def test_it_is_named_and_put_right(before: str, after: str, name: str, right: str) -> None:
    found = diagnose(lines(before), lines(after), BOOK)
    assert found and found[0].name == name, [each.sentence for each in found]
    if right:
        assert found[0].corrected is lines(right), written(found[0].corrected)
        assert expected(lines(before), lines(after), BOOK) is lines(right)
    for each in found:
        assert justify(lines(before), each.corrected, BOOK) is not None


ARRAYS = ("A: n by n", "u: n", "b: n")
OF_VECTORS = [
    ("A u - b + c u = 0", "A u - c u = b", "sign", "A u + c u = b"),
    ("A u - 2b = 0", "u = A^-1 b", "lost-factor", "u = 2 A^-1 b"),
]


@pytest.mark.parametrize(("before", "after", "name", "right"), OF_VECTORS)
def test_a_slip_in_an_equation_between_vectors(
    before: str, after: str, name: str, right: str
) -> None:
    first, second = (line(each, arrays=ARRAYS) for each in (before, after))
    found = diagnose(first, second, BOOK)
    assert found and found[0].name == name, [each.sentence for each in found]
    assert found[0].corrected is line(right, arrays=ARRAYS), written(found[0].corrected)


RIGHT = [
    ("3x - 6 = 0",          "3x = 6",             "add 6 to both sides",          "expected"),
    ("2x + y = 4",          "2x = 4 - y",         "subtract y from both sides",   "expected"),
    ("5x = y + 1",          "x = (y + 1)/5",      "divide both sides by 5",       "expected"),
    ("x/7 = y",             "x = 7y",             "multiply both sides by 7",     "expected"),
    ("-x = -y",             "x = y",              "change the sign of both sides", "expected"),
    ("x = y",               "y = x",              "swap the sides",               "expected"),
    ("2(x + 1) = y",        "2x + 2 = y",         "multiplying out, arithmetic",  "expected"),
    ("x + y = 0",           "y + x = 0",          "rearranging",                  "rearranged"),
    ("4x + 2b = 7",         "x = (7 - 2b)/4",     "solve for x",                  "expected"),
    ("x + y = 4; x - y = 2", "x = 3; y = 1", "substitute one equation in the other", "expected"),
    ("x + y = 4; y = 3x",   "4x = 4; y = 3x", "substitute one equation in the other", "expected"),
    ("6x - y + 1 = 0; 2y - x = 0", "x = (y - 1)/6; y = x/2", "solve for x, solve for y", "expected"),
    ("(x - 2)(x + 5) = 0",  "x - 2 = 0",          "",                             "detour"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "after", "says", "kind"), RIGHT)
def test_the_move_is_named(before: str, after: str, says: str, kind: str) -> None:
    found = justify(lines(before), lines(after), BOOK)
    assert found is not None
    assert (found.says, found.kind) == (says, kind)
    assert diagnose(lines(before), lines(after), BOOK) == ()


def test_an_equation_that_holds_everywhere_corrects_nothing() -> None:
    for each in diagnose(lines("x + 1 = 3"), lines("x = x + 1"), BOOK):
        assert each.corrected is not lines("x = x")


def test_an_equation_does_not_follow_from_an_expression() -> None:
    assert diagnose(lines("x + 1"), lines("x = 3"), BOOK) == ()
    assert justify(lines("x + 1"), lines("x = 3"), BOOK) is None
