"""Every error says what is wrong, points at it, and offers a repair."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivex.errors import ReadError
from derivex.expression import symbol
from derivex.expression.functions import Function
from derivex.limits import MAX_CHARACTERS, MAX_DEPTH, MAX_DIGITS
from derivex.notation import (
    Scope,
    read_assignments,
    read_definition,
    read_names,
    read_relation,
    read_text,
)

X, Y = symbol("x"), symbol("y")
FUNCTIONS = {
    "sin": Function("sin", (X,), means="sin"),
    "log": Function("log", (X,), means="log", aliases=("ln",)),
    "max": Function("max", (X, Y), means="max"),
}
SCOPE = Scope(functions=FUNCTIONS)

# Each row: the text, a line of carets under it, and a piece of the message.
ERRORS = [
    ("",              "^",              "there is no expression here"),
    ("   ",           "^",              "there is no expression here"),
    ("x +",           "   ^",           "the expression ends after +"),
    ("d/dx",          "    ^",          "the expression ends after d/dx"),
    ("*x",            "^",              "is expected before *"),
    ("x ** ** 2",     "     ^^",        "is expected before **"),
    ("(x + 1",        "^",              "this bracket is never closed"),
    ("2 |x",          "  ^",            "this | is never closed"),
    ("sin(x",         "^^^",            "the bracket of this function is never closed"),
    ("x + 1)",        "     ^",         "no open bracket that this ) could close"),
    ("(x]",           "  ^",            "] does not close ("),
    ("()",            "^^",             "there is nothing in this bracket"),
    ("1 + sin()",     "    ^^^^^",      "sin needs an argument"),
    ("sin + 1",       "^^^",            "sin needs an argument"),
    ("sin -x",        "^^^",            "sin needs an argument"),
    ("sin(x, y)",     "^^^^^^^^^",      "sin takes one argument, not 2"),
    ("max(x)",        "^^^^^^",         "max takes 2 arguments, not 1"),
    ("max x",         "^^^",            "max needs its 2 arguments in brackets"),
    ("sin^-1 x",      "^^^^^^",         "sin^-1 can mean the inverse function or 1/sin"),
    ("sin⁻¹ x",       "^^^^^",          "sin^-1 can mean the inverse function or 1/sin"),
    ("sin_2(x)",      "^^^^^",          "sin_2 is not a function"),
    ("x/0",           "  ^",            "division by zero"),
    ("1 + x/(0.0) y", "      ^^^^^",    "division by zero"),
    ("sin(2x/-0)^2",  "       ^^",      "division by zero"),
    ("x == 2",        "  ^^",           "== is not an operator"),
    ("x = 2",         "  ^",            "an equation, where one expression is expected"),
    ("x < 3",         "  ^",            "< (a relation)"),
    ("x ≤ 3",         "  ^",            "≤ (a relation)"),
    ("x => y",        "  ^^",           "=> joins the lines of a derivation"),
    ("x // 2",        "  ^^",           "// is not an operator"),
    ("x & y",         "  ^",            "& is not an operator"),
    ("5% x",          " ^",             "% is not an operator"),
    ("x,",            " ^",             "a list where one expression is expected"),
    ("x(1, 2)",        "   ^",            "a list where one expression is expected"),
    ("{x: 1}",        "  ^",            "a colon"),
    ("x;y",           " ^",             "a semicolon"),
    ("2 \\ 3",        "  ^",            "a backslash begins a LaTeX command"),
    ('"x"',           "^",              "a quotation mark"),
    ("x.diff(x)",     " ^",             "a point cannot stand here"),
    ("...",           "^^^",            "the terms around the dots do not show how they go on"),
    ("1..n",          " ^^",            "a range such as 1..n"),
    ("1.5.2",         "^^^^^",          "1.5.2 is not a number"),
    ("5. + x",        "^^",             "5. is not a number"),
    ("x 2",           "  ^",            "the number 2 stands right behind x"),
    ("3 4",           "  ^",            "the number 4 stands right behind 3"),
    ("_x*2",          "^^",             "a name cannot begin with an underscore"),
    ("(x)_1",         "   ^^",          "a subscript needs a name"),
    ("e^(2x)'",       "      ^",        "it is not clear what this prime belongs to"),
    ("(a b)'",        "     ^",         "nothing says by what this is differentiated"),
    ("(1 + 2)'",      "       ^",       "nothing says by what this is differentiated"),
    ("det([x; 1])",   "^^^^^^^^^^^",    "[x; 1] is 2 × 1: it cannot have the determinant"),
    ("a'",            "^^",             "a is not a function, so a' has no meaning"),
    ("f(x) f'",       "     ^^",        "f' needs its argument"),
    ("f'(x, y)",      "^^^^^^^^",       "f takes one argument, not 2"),
    ("f^{(n)}(x)",    "^^^^^^^",        "the order of this derivative is not a number"),
    ("∂_1 x",         "^^^^^",          "∂_1 stands before the name of a function"),
    ("∂_3 f(x, y)",   "^^^^^^^^^^^",    "f has no argument number 3"),
    ("∂_0 f(x, y)",   "^^^^^",          "f has no argument number 0"),
    ("x!!",           "  ^",            "a double factorial"),
    ("||x||",         "^^^^^",          "‖…‖ is the norm of a vector or matrix, and x is a number"),
    ("‖x‖",           "^^^",            "‖…‖ is the norm of a vector or matrix, and x is a number"),
    ("‖x",            "^",              "this norm is never closed"),
    ("X^T y",         " ^^",            "^T transposes a vector or matrix, and X is a number"),
    ("Xᵀ y",          " ^",             "^T transposes a vector or matrix, and X is a number"),
    ("∇x",            "^",              "∇ needs what it is by"),
    ("x + nan",       "    ^^^",        "nan stands for no number"),
    ("True + x",      "^^^^",           "True is a truth value"),
    ("oo - x",        "^^",             "∞ is not a number"),
    ("lim_{x->oo} (x + ∞)", "                 ^",        "∞ is not a number"),
    ("∞",             "^",              "∞ is not a number"),
    ("sin(infinity)", "    ^^^^^^^^",       "∞ is not a number"),
    ("sum x",         "^^^",            "a sum needs its index"),
    ("sum(x)",        "^^^^",           "this sum needs its index"),
    ("sum(x, i = 1)", "^^^^",           "this sum needs its index, and both bounds or none"),
    ("sum_i^n x",     "^^^^^^",         "a sum with an upper bound needs a lower bound"),
    ("sum_{i=1} x",   "^^^^^^^^^",      "a sum with a lower bound needs an upper bound"),
    ("sum_ia_i",      "   ^^^",         "ia is not the index of a sum"),
    ("mean x",        "^^^^",           "mean needs brackets"),
    ("mean(x, y)",    "      ^",        "mean takes one argument"),
    ("∂x + 1",        "^",              "∂ without what it is differentiated by"),
    ("dy/dx^2",       "     ^",         "this exponent can belong to the derivative or"),
    ("d^2y/dx^3",     "     ^^^^",      "the order of this derivative is 2 above the line and 3"),
    ("x\ny",          "^",              "a second expression begins on this line"),
    ("x\0",           " ^",             "the control character NUL (U+0000)"),
    ("x\u200by",      " ^",             "the invisible character ZERO WIDTH SPACE (U+200B)"),
    ("x + 名",        "    ^",          "the character 名 cannot be read here"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "caret", "message"), ERRORS)
def test_errors(text: str, caret: str, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_text(text, SCOPE, place_name="here")
    error = caught.value
    assert message in error.message
    assert error.hint
    assert error.place is not None
    assert (error.place.source, error.place.name) == (text, "here")
    assert error.place.show().split("\n")[1] == "    " + caret


def test_an_exponent_number_is_refused_where_its_letter_is_declared() -> None:
    with pytest.raises(ReadError, match="2e-3 is a number in exponent notation, but e is declared"):
        read_text("2e-3", SCOPE.declare("e"))


def test_the_text_may_have_as_many_characters_as_are_allowed() -> None:
    terms = "+".join(["x"] * (MAX_CHARACTERS // 2))
    assert len(read_text(terms, SCOPE).expression.args) == MAX_CHARACTERS // 2
    with pytest.raises(ReadError, match="at most 100000 are read"):
        read_text(terms + "+x", SCOPE)


def test_brackets_may_be_nested_as_deeply_as_is_allowed() -> None:
    inside = "(" * MAX_DEPTH + "x" + ")" * MAX_DEPTH
    assert read_text(inside, SCOPE).expression is X
    with pytest.raises(ReadError, match="nested more than 500 deep") as caught:
        read_text("(" * MAX_CHARACTERS, SCOPE)
    assert caught.value.place is not None
    assert caught.value.place.start == MAX_DEPTH


@pytest.mark.parametrize("text", ["-" * 90_000 + "x", "x" + "^x" * 40_000, "sum_i " * 9_000 + "x"])
def test_nesting_without_brackets_is_limited_too(text: str) -> None:
    with pytest.raises(ReadError, match="nested too deeply"):
        read_text(text, SCOPE)


@pytest.mark.parametrize("text", ["1" * (MAX_DIGITS + 1), "1e1000", "1e-1000", "1e999999999999"])
def test_numbers_may_have_only_so_many_digits(text: str) -> None:
    with pytest.raises(ReadError, match="more than 1000 digits"):
        read_text(text, SCOPE)


def test_a_number_of_the_largest_size_is_exact() -> None:
    assert read_text("9" * MAX_DIGITS, SCOPE).expression == 10**MAX_DIGITS - 1


WORDS = """
    x y a_i 1 2.5 1e3 ( ) [ ] { } + - * / ^ ** , = | sin ln max d/dx ∂ d dx dy /dx /∂x /∂( ∂²
    sum_i sum( sum_{i= Σ_i mean( .. ... √ ² ⁻¹ _ _{ _1 θ theta e pi f( f log_2 h̄ ab xsin i =1
    n ' < if d/d( d^2 dx^2 T Δ
"""
TOKENS = [*WORDS.split(), " ", "\n"]
TEXTS = st.one_of(
    st.text(string.printable, max_size=40),
    st.text(max_size=20),
    st.lists(st.sampled_from(TOKENS), max_size=14).map("".join),
    st.lists(st.sampled_from(TOKENS), max_size=14).map(" ".join),
)
SCOPES = st.sampled_from(
    [Scope(), SCOPE, Scope(functions=FUNCTIONS, rules=True), SCOPE.declare(*"abxy", "ab")]
)
READERS = st.sampled_from(
    [read_text, read_text, read_relation, read_definition, read_assignments, read_names]
)


@given(TEXTS, SCOPES, READERS)
def test_nothing_but_read_errors_with_a_place_is_ever_raised(text, scope, read) -> None:  # type: ignore[no-untyped-def]
    try:
        read(text, scope)
    except ReadError as error:
        assert error.place is not None
        assert error.hint
        assert 0 <= error.place.start <= len(text)
        assert error.place.start < error.place.end <= len(text) + 1
        assert "^" in str(error)
