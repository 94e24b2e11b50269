"""Formulas said in words: minus three, x squared, the square root of 2, no solution."""

from __future__ import annotations

import re
from collections.abc import Container

__all__ = ["in_signs", "says_nothing_solves"]

_NUMBERS = """
    zero one two three four five six seven eight nine ten eleven twelve
    null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf
"""
_SIGNS: tuple[tuple[str, str], ...] = (
    (r"(?:the )?square roots? of|root of|quadratwurzel (?:aus|von)|wurzel (?:aus|von)|wurzel", "√"),
    (r"root(?= *\d)", "√"),
    (r"multiplied by|times|mal", "*"),
    (r"divided by|over|geteilt durch|durch", "/"),
    (r"to the power of|to the power|hoch", "^"),
    (r"squared|zum quadrat", "^2"),
    (r"cubed", "^3"),
    (r"minus|negative|neg\.?", "-"),
    (r"plus", "+"),
    (r"is equal to|equals|gleich", "="),
    *((word, str(number % 13)) for number, word in enumerate(_NUMBERS.split())),
)
_SAID = tuple(
    (re.compile(rf"(?<![^\W_\d])(?<!\\)(?:{said})(?![^\W_\d])", re.IGNORECASE), sign)
    for said, sign in _SIGNS
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_NOTHING = re.compile(
    r"(?:there (?:is|are) )?(?:no(?: real)? (?:solutions?|roots?|answers?)(?: exists?)?"
    r"|(?:not|un)solv(?:e?able)|keine (?:reellen? )?lösung(?:en)?|(?:unlösbar|nicht lösbar))"
    r"|(?:\\?[LS]\s*=\s*)?(?:∅|\\(?:emptyset|varnothing)|\\?\{\s*\\?\})"
    r"|(?:the )?empty set|(?:die )?leere menge",
    re.IGNORECASE,
)


def in_signs(text: str, names: Container[str]) -> str:
    """What is said in words, in the signs of the notation.

    Args:
        text: what was typed.
        names: what stands for itself.

    >>> in_signs("minus 3 times x squared", ["x"]), in_signs("the square root of two", ())
    ('- 3 * x ^2', '√ 2')
    >>> in_signs("over + 1", ["over"])
    'over + 1'
    """
    if all(word in names for word in _WORD.findall(text)):
        return text
    for pattern, sign in _SAID:
        if not any(found[0] in names for found in pattern.finditer(text)):
            text = pattern.sub(sign, text)
    return text


def says_nothing_solves(text: str) -> bool:
    """Whether somebody answers that there is no solution.

    >>> [says_nothing_solves(each) for each in ("no solution", "∅", "L = {}", "no idea")]
    [True, True, True, False]
    """
    return _NOTHING.fullmatch(text.strip()) is not None
