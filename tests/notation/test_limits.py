"""Limits as they are typed, written and laid out."""

from __future__ import annotations

import pytest

from derivex.errors import ReadError
from derivex.expression import LeftLimit, Limit, RightLimit, symbol
from derivex.expression.lift import lift
from derivex.expression.lower import lower
from derivex.notation import LatexWriter, Scope, SympyWriter, TextWriter, read_text
from derivex.rendering.stacked import stacked
from derivex.rulebook import shipped_book

SCOPE = Scope(functions=shipped_book().functions)

WRITTEN = [
    # typed                          one line                          ASCII
    ("lim_{h->0} (x+h)^2",           "lim_{h→0} (x + h)²",             "lim_{h->0} (x + h)^2"),
    ("lim_(h → 0) x h + 1",          "lim_{h→0} xh + 1",               "lim_{h->0} x h + 1"),
    ("lim(x h + 1, h -> 0)",         "lim_{h→0} (xh + 1)",             "lim_{h->0} (x h + 1)"),
    ("lim(|h|/h, h -> 0+)",          "lim_{h→0+} |h|/h",               "lim_{h->0+} |h|/h"),
    ("lim_{h->0-} |h|/h",            "lim_{h→0−} |h|/h",               "lim_{h->0-} |h|/h"),
    ("lim_{Δx->0} (x+Δx)/Δx",        "lim_{Δx→0} (x + Δx)/Δx",
     "lim_{Delta_x->0} (x + Delta_x)/Delta_x"),
    ("2 lim_{t->a+1} sin(t)/t",      "2 lim_{t→a + 1} sin(t)/t",       "2 lim_{t->a + 1} sin(t)/t"),
    ("(lim_{h->0} h) y",             "(lim_{h→0} h) y",                "(lim_{h->0} h) y"),
    ("-lim_{h->0} h",                "−lim_{h→0} h",                   "-lim_{h->0} h"),
    ("lim_{x->oo} x/(x+1)",          "lim_{x→∞} x/(x + 1)",            "lim_{x->oo} x/(x + 1)"),
    ("lim(e^x, x -> -∞)",            "lim_{x→−∞} e^x",                 "lim_{x->-oo} e^x"),
    ("lim_{n → +infinity} 1/n",      "lim_{n→∞} 1/n",                  "lim_{n->oo} 1/n"),
    ("int_0^oo t dt",                "∫₀^∞ t dt",                      "int_0^oo t dt"),
    ("int_(-oo)^∞ t dt",             "∫_(−∞)^∞ t dt",                  "int_(-oo)^oo t dt"),
    ("sum(1/k, k = 1..oo)",          "sum(1/k, k = 1..∞)",             "sum(1/k, k = 1..oo)"),
    ("(lim_{h->0} (x + h))^2",       "(lim_{h→0} (x + h))²",           "(lim_{h->0} (x + h))^2"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "unicode", "plain"), WRITTEN)
def test_written_and_read_back(typed: str, unicode: str, plain: str) -> None:
    tree = read_text(typed, SCOPE).expression
    assert TextWriter().write(tree) == unicode
    assert TextWriter(unicode=False).write(tree) == plain.replace("x h", "xh")
    assert read_text(unicode, SCOPE).expression is tree
    assert read_text(plain, SCOPE).expression is tree


@pytest.mark.parametrize(
    ("typed", "kind", "latex", "sympy"),
    [
        ("lim_{h->0} x/h", Limit, r"\lim_{h \to 0} \frac{x}{h}", "Limit(x/h, h, 0, '+-')"),
        ("lim_{h->0+} h", RightLimit, r"\lim_{h \to 0^{+}} h", "Limit(h, h, 0, '+')"),
        ("lim_{x->-oo} x", Limit, r"\lim_{x \to -\infty} x", "Limit(x, x, -oo, '+-')"),
        ("lim_{h->a-} h", LeftLimit, r"\lim_{h \to a^{-}} h", "Limit(h, h, a, '-')"),
        (
            "lim_{Δx->0} x Δx",
            Limit,
            r"\lim_{\Delta x \to 0} x \Delta x",
            "Limit(x*Delta_x, Delta_x, 0, '+-')",
        ),
    ],
)
def test_latex_and_sympy(typed: str, kind: type, latex: str, sympy: str) -> None:
    tree = read_text(typed, SCOPE).expression
    assert type(tree) is kind
    assert LatexWriter().write(tree) == latex
    assert SympyWriter({}).write(tree) == sympy


@pytest.mark.parametrize("side", ["", "+", "-"])
def test_to_sympy_and_back(side: str) -> None:
    tree = read_text(f"lim_{{h->0{side}}} x h", SCOPE).expression
    assert type(lift(lower(tree))) is type(tree)
    assert lower(lift(lower(tree))) == lower(tree)


def test_stacked_under_its_sign() -> None:
    drawn = str(stacked(read_text("1 + lim_{h->0} (x + h)/h", SCOPE).expression))
    assert drawn.splitlines() == [
        "        x + h",
        "1 + lim ─────",
        "    h→0   h",
    ]


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("lim x", "a limit needs its variable and where that goes"),
        ("lim_{h} x", "a limit needs its variable and where that goes"),
        ("lim_h->0 x", "a limit needs its variable and where that goes"),
        ("lim_{2->0} x", "a limit needs its variable and where that goes"),
        ("lim(x)", "this limit needs its variable and where that goes"),
        ("lim(x, h)", "this limit needs its variable and where that goes"),
        ("lim(x, h -> 0, 1)", "this limit needs its variable and where that goes"),
        ("lim_{h->} x", "there is nothing in this bracket"),
        ("lim_{h->0", "this bracket is never closed"),
        ("lim_{h->0}", "the expression ends after }; a number, a name or a bracket is expected"),
        ("lim(x, h -> 0) -> 2", "an arrow stands only behind the variable of a limit"),
        ("x -> 2", "-> joins the lines of a derivation and cannot be part of an expression"),
    ],
)
def test_unreadable_limits(typed: str, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_text(typed, SCOPE)
    assert caught.value.message == message
    assert caught.value.place is not None


def test_a_declared_lim_is_a_name() -> None:
    tree = read_text("2 lim", SCOPE.declare("lim")).expression
    assert symbol("lim") in tree.args
