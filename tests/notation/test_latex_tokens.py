r"""The tokens of LaTeX are those that lark finds by the same grammar."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from lark import Lark

from derivex.notation import latex
from derivex.notation.latex import environment_of, latex_tokens

GRAMMAR = Path(latex.__file__).with_name("latex.lark").read_text(encoding="utf-8")
LARK = Lark(GRAMMAR, parser=None, lexer="basic")

PARTS = [
    *(r"\frac", r"\,", r"\{", "\\", r"\\", r"\\*", r"\\[1em]", r"\\[ -2.5 pt]", r"\\ [x]", r"\%"),
    *(r"\begin{pmatrix}", r"\begin {align*}", r"\end{pmatrix}", r"\begin{a b}", r"\begin", "&"),
    *("{", "}", "^", "_", "$", "$$", "% a remark\n", "%", " ", "~", "\n", "'", "′", "x", "θ", "ℓ"),
    *("1", "12", "(", "]", "|", "+", "−", "=", ".", ",", "#1", "€", "𝑥", "é"),
]


@given(st.lists(st.sampled_from(PARTS) | st.characters(exclude_categories=["C"]), max_size=12))
def test_any_text(parts: list[str]) -> None:
    text = "".join(parts)
    wanted = [(token.type, token.start_pos, token.end_pos) for token in LARK.lex(text)]
    found = [(token.kind, token.start, token.end) for token in latex_tokens(text)]
    assert [place for _, *place in found] == [place for _, *place in wanted]
    for (kind, *_), (wanted_kind, start, end) in zip(found, wanted, strict=True):
        # Signs that have a command are given as that command, italic letters as letters.
        italic = wanted_kind == "OTHER" and unicodedata.normalize("NFKC", text[start:end]).isalnum()
        assert kind in (wanted_kind, "COMMAND", *(("LETTER", "DIGIT") if italic else ())), text


def test_a_stretch_and_its_environments() -> None:
    text = r"some \begin{align*} x \end{align*} text"
    tokens = latex_tokens(text, 5, 34)
    assert "".join(token.text for token in tokens) == text[5:34]
    assert [environment_of(token) for token in tokens if token.kind in ("BEGIN", "END")] == [
        "align",
        "align",
    ]
