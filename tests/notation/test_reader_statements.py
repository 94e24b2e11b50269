"""Equations, definitions, assignments and lists of names."""

from __future__ import annotations

import pytest

from derivex.errors import ReadError
from derivex.expression import symbol
from derivex.expression.functions import Function
from derivex.notation import (
    Definition,
    Scope,
    read_assignments,
    read_definition,
    read_names,
    read_relation,
)

SIN = Scope(functions={"sin": Function("sin", (symbol("x"),), means="sin")})


@pytest.mark.parametrize(
    ("text", "structure"),
    [
        ("6a - b + 1 = 0",        "Equation(Plus(Times(6, a), Negative(b), 1), 0)"),
        ("ab = a + b",            "Equation(Times(a, b), Plus(a, b))"),
        ("sum(u, i = 1..n) = 3",  "Equation(Total(u, i, 1, n), 3)"),
        ("sum_{i=1}^n u = v",     "Equation(Total(u, i, 1, n), v)"),
    ],
)  # fmt: skip
def test_equations(text: str, structure: str) -> None:
    assert repr(read_relation(text, Scope()).expression) == structure


@pytest.mark.parametrize(
    ("text", "name", "parameters", "body"),
    [
        ("f(a) = s a + b",            "f",        "a",    "Plus(Times(s, a), b)"),
        ("f_{s,b}(a) = sa + b",       "f",        "a",    "Plus(Times(s, a), b)"),
        ("h_θ(x) = θ_0 + θ_1 x",      "h",        "x",    "Plus(theta_0, Times(theta_1, x))"),
        ("f_1(x) = x^2",              "f_1",      "x",    "Power(x, 2)"),
        ("loss(s, b) = sb + 1",       "loss",     "s b",  "Plus(Times(s, b), 1)"),
        ("u = x y",                   "u",        "",     "Times(x, y)"),
        ("θ_0 = 2",                   "theta_0",  "",     "2"),
        ("c = sum(x_i, i = 1..n)",    "c",        "",     "Total(At(x, i), i, 1, n)"),
    ],
)  # fmt: skip
def test_definitions(text: str, name: str, parameters: str, body: str) -> None:
    definition = read_definition(text, Scope())
    assert definition == Definition(
        name, tuple(map(symbol, parameters.split())), definition.body, ()
    )
    assert repr(definition.body) == body


def test_a_definition_carries_the_notes_on_its_body() -> None:
    assert read_definition("f(x) = 1/2x", Scope()).notes == ("I read 1/2x as (1/2)·x",)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("x=2, y = 0",           {"x": "2", "y": "0"}),
        ("s = 1, b = -0.5",      {"s": "1", "b": "Negative(0.5)"}),
        ("θ = 1/2, w_i = a b",   {"theta": "Over(1, 2)", "At(w, i)": "Times(a, b)"}),
        ("u = f(x, y), v = 1",   {"u": "Apply(f, x, y)", "v": "1"}),
    ],
)  # fmt: skip
def test_assignments(text: str, values: dict[str, str]) -> None:
    read = read_assignments(text, Scope())
    assert {repr(name): repr(value) for name, value in read.items()} == values


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a,b",            "a b"),
        ("θ",              "theta"),
        ("lambda, class",  "lambda class"),
        ("ab, e, π",       "ab e pi"),
        ("w_1, θ₀",        "w_1 theta_0"),
    ],
)  # fmt: skip
def test_names(text: str, names: str) -> None:
    assert read_names(text) == tuple(map(symbol, names.split()))


def test_entries_and_whole_expressions_as_names() -> None:
    assert [repr(name) for name in read_names("x_i, a[j]")] == ["At(x, i)", "At(a, j)"]
    assert repr(read_names("(x+y), z", Scope())[0]) == "Plus(x, y)"
    with pytest.raises(ReadError, match=r"\(x\+y\) is not a name"):
        read_names("(x+y)")


ERRORS = [
    (read_relation,    "x",            " ^",        "an equation is expected, and there is no ="),
    (read_relation,    "x == 2",       "  ^^",      "== is not an equals sign"),
    (read_relation,    "a = b = c",    "      ^",   "an equation has one ="),
    (read_relation,    "x =",          "   ^",      "there is no expression here"),
    (read_definition,  "f",            " ^",        "a definition needs an ="),
    (read_definition,  "f(x) =",       "      ^",   "the definition ends after ="),
    (read_definition,  "= 3",          "^",         "a definition begins with a name"),
    (read_definition,  "2 = x",        "^^",        "a definition begins with a name"),
    (read_definition,  "f(a,a) = 1",   "    ^",     "the parameter a is named twice"),
    (read_definition,  "f(2) = 1",     "  ^",       "2 is not a name"),
    (read_definition,  "f() = 1",      "  ^",       "a name is expected here"),
    (read_definition,  "x y = 3",      "^^^",       "the left side of a definition is a name"),
    (read_definition,  "a_i = 3",      "^^^",       "an entry of a list cannot be defined"),
    (read_assignments, "",             "^",         "a name and its value are expected"),
    (read_assignments, "x",            " ^",        "= and a value are expected here"),
    (read_assignments, "x = 1,",       "      ^",   "a name and its value are expected"),
    (read_assignments, "x = ",         "   ^",      "a value is expected after ="),
    (read_assignments, "x=1, x=2",     "     ^",    "x has a value already"),
    (read_assignments, "2x = 1",       "^^",        "2x is not a name"),
    (read_assignments, "sin = 1",      "^^^",       "sin is a function, not a variable"),
    (read_names,       "",             "^",         "a name is expected here"),
    (read_names,       "a,",           "  ^",       "a name is expected here"),
    (read_names,       "x y",          "^^^",       "x y is not a name"),
    (read_names,       "2",            "^",         "2 is not a name"),
    (read_names,       "x**2",         "^^^^",      "x**2 is not a name"),
    (read_names,       "sin",          "^^^",       "sin is a function, not a variable"),
]  # fmt: skip


@pytest.mark.parametrize(("read", "text", "caret", "message"), ERRORS)
def test_errors(read, text: str, caret: str, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ReadError) as caught:
        read(text, SIN)
    assert message in caught.value.message
    assert caught.value.hint
    assert caught.value.place is not None
    assert caught.value.place.show().split("\n")[1] == "    " + caret
