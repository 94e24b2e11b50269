"""Sentences in ASCII: the formulas inside them are spelled out."""

from __future__ import annotations

import re

from derivex.notation.characters import GREEK_LETTERS, lowered, raised
from derivex.notation.spelling import without_bar

__all__ = ["in_ascii"]

_SIGNS = {
    "−": "-", "–": "-", "·": "*", "∂": "d", "√": "sqrt", "∇": "grad ", "≠": "!=", "≈": "~",
    "≤": "<=", "≥": ">=", "→": "->", "…": "...", "“": '"', "”": '"', "’": "'", "�": "?",
}  # fmt: skip
_UNUSUAL = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+|Σ?[₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ]+|[^\x00-\x7f]")
_LETTER = re.compile(r"[^\W_]")


def in_ascii(text: str) -> str:
    """Text whose formulas are spelled as they may be typed.

    >>> in_ascii("divide both sides by 2 Σᵢ aᵢ², if θ₁ ≠ −1"), in_ascii("x⁻¹ · 3θx")
    ('divide both sides by 2 sum_i a_i^2, if theta_1 != -1', 'x^(-1) * 3 theta x')
    >>> in_ascii("filling in z̄₁ and ā")
    'filling in zbar_1 and abar'
    """
    if text.isascii():
        return text
    return _UNUSUAL.sub(_spelled, text)


def _spelled(found: re.Match[str]) -> str:
    run = found.group()
    if run in _SIGNS:
        return _SIGNS[run]
    if run in GREEK_LETTERS and run != "Σ":
        before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
        name = GREEK_LETTERS[run]
        return (
            (" " if _LETTER.fullmatch(before) else "")
            + name
            + (" " if _LETTER.fullmatch(after) and not _UNUSUAL.match(after) else "")
        )
    if run[0] in "⁰¹²³⁴⁵⁶⁷⁸⁹⁻":
        power = raised(run)
        return f"^{power}" if power.isdigit() else f"^({power})"
    letter, bar = without_bar(run)
    if bar:
        return f"{letter}bar"
    if run[0] == "Σ":
        return f"sum_{lowered(run[1:])}" if run[1:] else "sum"
    return f"_{lowered(run)}" if run != lowered(run) else "?"
