"""The words of a text are those that lark finds by the same grammar."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lark import Lark

from derivex.notation import lexer
from derivex.notation.lexer import Source, Word, words_of

GRAMMAR = Path(lexer.__file__).with_name("text.lark").read_text(encoding="utf-8")
LARK = Lark(GRAMMAR, parser=None, lexer="basic")

PARTS = [
    *("2", "12", ".5", "1.", "1.5.2", "2e", "2.5e-3", "1..n", "...", "…", "..", "‥"),
    *("x", "loss", "x1", "ax2", "θ", "Σ", "∑", "é", "h\u0304", "ā", "\u0304", "∂", "d/dx", "√"),
    *("_i", "_12", "_ij", "_{i,j}", "_{ a , b }", "_{i+1}", "_(", "₁ᵢ", "_θ", "_", "²", "⁺³", "ᵀ"),
    *("'", "″", "⁽⁴⁾", "⁽", "->", "→", "<=>", "=>", "<=", "<", "==", "=", ":=", ":", "!=", "!"),
    *("+", "-", "−", "^", "**", "*", "·", "/", "//", "÷", "(", "]", "{", ",", "|", "‖", "||", "&&"),
    *(" ", "\t", "\n", "\u00a0", "?", ";", "€", "𝑥", "\\", "'x'", "&", "~"),
]


def by_lark(text: str) -> list[Word]:
    return [
        Word(token.type, str(token), token.start_pos or 0, token.end_pos or 0)
        for token in LARK.lex(text)
    ]


@pytest.mark.parametrize("first", PARTS)
def test_every_part_before_every_other(first: str) -> None:
    text = "".join(f"{first}{second} " for second in PARTS)
    assert words_of(Source(text)) == by_lark(text)


@given(st.lists(st.sampled_from(PARTS) | st.characters(exclude_categories=["C"]), max_size=12))
def test_any_text(parts: list[str]) -> None:
    text = "".join(parts)
    assert words_of(Source(text)) == by_lark(text)


def test_every_terminal_is_read() -> None:
    groups = lexer.terminals_of(GRAMMAR).groupindex
    assert set(groups) == {
        terminal.name for terminal in LARK.terminals if terminal.name not in LARK.ignore_tokens
    }
