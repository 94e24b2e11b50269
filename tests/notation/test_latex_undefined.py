r"""Commands of an author whose definition is not given: \Vh is a name, anything else refused."""

from __future__ import annotations

import pytest

from derivex.errors import ReadError
from derivex.notation import Reading, Scope, read_text
from derivex.notation.latex import latex_source
from derivex.rulebook import shipped_book

SCOPE = Scope(functions=shipped_book().functions)


def read(latex: str) -> Reading:
    return read_text(latex_source(latex), SCOPE)


NAMES = [
    # LaTeX                               the same in text
    (r"\Vh + 1",                          "Vh + 1"),
    (r"2 \bx^2 - \btheta",                "2 bx^2 - btheta"),
    (r"\mW \vx + \vb",                    "mW*vx + vb"),
    (r"\frac{\partial}{\partial b_i} \log g(\Vv)", "∂/∂b_i log(g(Vv))"),
    (r"\frac{\partial \calL}{\partial \Vh}",       "∂calL/∂Vh"),
    (r"\th_1 - \eps \cdot \lam",          "theta_1 - epsilon*lambda"),
    (r"\cos \th \left( x + 1 \right)",      "cos(theta) (x + 1)"),
    (r"(\RVh)^2",                         "RVh^2"),
    (r"f(\Va, \Vb)",                      "f(Va, Vb)"),
    (r"\left( \Va \right)",               "Va"),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "text"), NAMES)
def test_what_looks_like_a_name_and_stands_like_one_is_one(latex: str, text: str) -> None:
    found = read(latex)
    names = SCOPE.declare("Vh", "bx", "btheta", "mW", "vx", "vb", "Vv", "calL", "th", "eps", "lam",
                          "RVh", "Va", "Vb")  # fmt: skip
    assert found.expression is read_text(text, names).expression
    assert any("as it is not defined here" in note for note in found.notes)


PARTIALS = [
    (r"\frac{\p u}{\p x}",                      "∂u/∂x"),
    (r"\frac{\p^2 u}{\p x \p y} + 1",           "∂^2 u/∂x∂y + 1"),
    (r"\frac{\pd}{\pd x} (x y)",               "∂/∂x (x y)"),
    (r"\sin \th \frac{\p u}{\p r} \cos \th",  "sin(theta) (∂u/∂r) cos(theta)"),
]  # fmt: skip


@pytest.mark.parametrize(("latex", "text"), PARTIALS)
def test_what_fractions_begin_with_above_and_below_is_partial(latex: str, text: str) -> None:
    found = read(latex)
    assert found.expression is read_text(text, SCOPE.declare("th")).expression
    assert any("as ∂, as it is not defined here" in note for note in found.notes)


def test_a_sum_can_go_over_all_values_of_such_a_name() -> None:
    found = read(r"\sum_{\Vh} g(\Vh)")
    assert str(found.expression) == "Total(Apply(g, Vh), Vh)"


@pytest.mark.parametrize("latex", [
    r"\p x",           # ∂
    r"\frac{\p f}{x}",
    r"\frac{\norm x}{\norm y}",
    r"\half x",        # a number
    r"\Vh x",          # a font, as in \bm x
    r"\Vf(x)",         # a function
    r"\Vn{x}",         # a command with an argument
    r"\bE[x]",         # an expected value
    r"X^\Vt",          # a transpose
    r"\E f(x)",
    r"\Tr A",
    r"\norm{x}",
    r"\fraq{1}{2}",
    r"\mathbf\Vx",
    r"\frac\Va\Vb",
    r"\be x + 1",      # begin an equation
    r"\cr x",
    r"\Vh \partial",
    r"\unknown + 1",
])  # fmt: skip
def test_what_may_be_something_else_is_refused(latex: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(latex)
    assert caught.value.hint


def test_what_is_defined_is_no_name() -> None:
    found = read(r"\newcommand{\Vh}{h^2} \Vh + 1")
    assert found.expression is read_text("h^2 + 1", SCOPE).expression
    assert not found.notes
