"""Which letters are names, products, functions, indices or constants."""

from __future__ import annotations

import pytest

from derivex.errors import ReadError
from derivex.expression import symbol
from derivex.expression.functions import Function
from derivex.notation import Scope, read_text


def one_argument(name: str, *aliases: str) -> Function:
    return Function(name, (symbol("x"),), means=name, aliases=aliases)


TABLE = [one_argument("sin"), one_argument("cos"), one_argument("log", "ln"), one_argument("acot")]
SCOPE = Scope(functions={each.name: each for each in TABLE})


def scope(names: str = "", data: str = "") -> Scope:
    return SCOPE.declare(*names.split()).with_data(*data.split())


READINGS = [
    # text            declared     structure                                note after "I read "
    ("ab",            "a b",       "Times(a, b)",                           None),
    ("ab + a + b",    "",          "Plus(Times(a, b), a, b)",               None),
    ("ab",            "ab",        "ab",                                    None),
    ("ab",            "ab a",      "ab",                                    None),
    ("ab^2",          "a b",       "Times(a, Power(b, 2))",                 None),
    ("xy",            "x",         "Times(x, y)",                           "xy as x·y"),
    ("xyz",           "",          "xyz",                                   "xyz as one name"),
    ("ax1 + x1",      "",          "Plus(Times(a, x1), x1)",                "ax1 as a·x1"),
    ("ax_1 + a x_1",  "",          "Plus(Times(a, x_1), Times(a, x_1))",    None),
    ("loss",          "x",         "loss",                                  None),
    ("class lambda",  "x",         "Times(class, lambda)",                  None),
    ("help",          "p",         "help",                                  "help as one name"),
    ("thetax",        "x",         "Times(theta, x)",                       None),
    ("alphabeta",     "",          "Times(alpha, beta)",                    None),
    ("E I N S Q",     "",          "Times(E, I, N, S, Q)",                  None),
    ("2pix",          "x",         "Times(2, pi, x)",                       None),
    ("e pi",          "e",         "Times(e, pi)",                          None),
    ("xe^x",          "x",         "Times(x, Power(E, x))",                 "xe as x·e"),
    ("xsin(x)",       "",          "Times(x, Apply(sin, x))",               "xsin as x·sin"),
    ("2xsinx",        "",          "Times(2, x, Apply(sin, x))",            "xsinx as x·sin x"),
    ("sinxcosx",      "x",         "Times(Apply(sin, x), Apply(cos, x))",
     "sinxcosx as sin x·cos x"),
    ("lnx",           "",          "Apply(log, x)",                         "lnx as ln x"),
    ("cost",          "x",         "cost",                                  None),
    ("cost",          "t",         "Apply(cos, t)",                         "cost as cos t"),
    ("xf(x)",         "x",         "Times(x, Apply(f, x))",                 "xf as x·f"),
    ("f(x)",          "f",         "Times(f, x)",                           None),
    ("f(x) + f",      "",          "Plus(Times(f, x), f)",                  "f(…) as f·(…)"),
    ("ab(c)",         "a b",       "Times(a, b, c)",                        None),
    ("F(x)",          "",          "Times(F, x)",                           "F(x) as F·x"),
    ("e1 + d",        "",          "Plus(e1, d)",                           None),
    ("x_in + x_min",  "",          "Plus(At(x, i, n), x_min)",              None),
    ("2e3",           "",          "2000",                                  None),
    ("inf",           "inf",       "inf",                                   None),
    ("sum mean",      "sum mean",  "Times(sum, mean)",                      None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names", "structure", "note"), READINGS)
def test_names(text: str, names: str, structure: str, note: str | None) -> None:
    reading = read_text(text, scope(names))
    assert repr(reading.expression) == structure
    assert reading.notes == (() if note is None else (f"I read {note}",))


DATA = [
    ("a_i + b_i",  "Plus(At(a, i), At(b, i))"),
    ("a_1 + b_1",  "Plus(At(a, 1), b_1)"),
    ("a_t + b_t",  "Plus(At(a, t), b_t)"),
    ("a[t]",       "At(a, t)"),
    ("a_{1,2}",    "At(a, 1, 2)"),
    ("ha(x)",      "Times(h, a, x)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "structure"), DATA)
def test_entries_of_data(text: str, structure: str) -> None:
    assert repr(read_text(text, scope(data="a h")).expression) == structure


def test_a_declared_word_that_is_also_a_product_of_declared_names_is_an_error() -> None:
    with pytest.raises(ReadError, match="ab can be read as ab and as a·b"):
        read_text("x + ab", scope("a b ab x"))


def test_two_products_of_declared_names_are_an_error() -> None:
    with pytest.raises(ReadError, match=r"abc can be read as (a·bc and as ab·c|ab·c and as a·bc)"):
        read_text("abc", scope("a bc ab c"))


@pytest.mark.parametrize(
    ("word", "nearest"),
    [("exit", None), ("foo", None), ("sine", "sin"), ("acoth", "acot"), ("arcsin", "sin")],
)
def test_an_unknown_function_is_named_with_the_nearest_known_one(
    word: str, nearest: str | None
) -> None:
    with pytest.raises(ReadError, match=f"^{word} is not a function that I know") as caught:
        read_text(f"2 + {word}(x)", SCOPE)
    assert caught.value.hint is not None
    assert f"{word}*(…)" in caught.value.hint
    assert ("did you mean" in caught.value.hint) == (nearest is not None)
    if nearest is not None:
        assert f"did you mean {nearest}?" in caught.value.hint


def test_a_note_is_made_once_for_each_word() -> None:
    assert read_text("xy + xy^2 + xy", scope("x")).notes == ("I read xy as x·y",)


@pytest.mark.parametrize("word", ["asec", "arsech", "arccsch"])
def test_the_name_of_an_inverse_is_no_product(word: str) -> None:
    with pytest.raises(ReadError, match=f"^{word} is not a function that I know"):
        read_text(f"a + {word}(x)", Scope({"sec": SCOPE.functions["sin"]}).declare("a", "r", "c"))
