r"""Letters side by side in LaTeX that are one name: Loss, and TR where TR = 5Q is said."""

from __future__ import annotations

import pytest

from derivex.notation import Scope, read_relation, read_text
from derivex.notation.latex import Macros, latex_source
from derivex.notation.latex.tokens import latex_tokens
from derivex.notation.latex.whole_words import defined_words, letters_alone, whole_words

WORDS = [
    # a formula                              the words in it
    (r"Loss = (y - t)^2",                    {"Loss"}),
    (r"\frac{dLoss}{dOut}",                  {"Loss", "Out"}),
    (r"Log x + Sin x + Exp(x)",              set()),  # functions
    (r"Sxy + Tr A",                          set()),  # no vowel, and a function of matrices
    (r"abc + ABC",                           set()),
    (r"\text{Loss} + \mathrm{Cost}_1",       set()),  # names already
    (r"{\rm Gain} + \operatorname*{Area} R",  set()),
    (r"x \tag{Area} \text{ As above } Rise",  {"Rise"}),
]  # fmt: skip


@pytest.mark.parametrize("latex, words", WORDS)
def test_words_with_a_capital_letter(latex: str, words: set[str]) -> None:
    assert whole_words(latex_tokens(latex)) == words


INITIALS = [
    # left sides                             beside                      the names
    (["TR", "MC(Q)"],                        "P - 3Q",                   {"TR", "MC"}),
    ([r"\frac{dTR}{dQ}"],                    "Q",                        {"TR"}),
    ([r"\frac{\partial RSS}{\partial b}"],   "b",                        {"RSS"}),
    (["PV"],                                 "n T",                      {"PV"}),
    (["PV"],                                 "P + n",                    set()),  # P times V
    (["AB + C", "2TR"],                      "x",                        set()),
]  # fmt: skip


@pytest.mark.parametrize("heads, beside, names", INITIALS)
def test_initials(heads: list[str], beside: str, names: set[str]) -> None:
    alone = letters_alone(latex_tokens(beside))
    assert defined_words(map(latex_tokens, heads), alone) == names


def test_names_are_noted_and_differentiated() -> None:
    loss = read_text(latex_source(r"\frac{dLoss}{dx} + Loss"), Scope())
    assert loss.expression is read_text("d(Loss)/dx + Loss", Scope().declare("Loss")).expression
    assert any("the name Loss" in note for note in loss.notes)
    macros = Macros(words=["TR"])
    found = read_relation(latex_source(r"\frac{dTR}{dQ} = TR", macros=macros), Scope())
    meant = read_relation("d(TR)/dQ = TR", Scope().declare("TR"))
    assert found.expression is meant.expression
