"""Characters of mathematics and what they stand for: Greek letters, raised and lowered digits."""

from __future__ import annotations

import re
import unicodedata

__all__ = [
    "GREEK_LETTERS",
    "GREEK_NAMES",
    "describe_character",
    "find_unreadable",
    "letter_name",
    "lowered",
    "plain_name",
    "raised",
]

_NAMES = """
    alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu
    nu xi omicron pi rho sigma tau upsilon phi chi psi omega
"""
_LETTERS = "αβγδεζηθικλμνξοπρστυφχψω"

GREEK_LETTERS: dict[str, str] = {
    **dict(zip(_LETTERS, _NAMES.split(), strict=True)),
    **{
        letter.upper(): name.capitalize()
        for letter, name in zip(_LETTERS, _NAMES.split(), strict=True)
    },
    "ς": "sigma",
    "ϑ": "theta",
    "ϕ": "phi",
    "ϖ": "pi",
    "ϱ": "rho",
    "ϵ": "epsilon",
    "ℓ": "ell",
}
"""The English name of each Greek letter, and of ℓ, under which its symbol is stored."""

GREEK_NAMES: frozenset[str] = frozenset(GREEK_LETTERS.values())
"""The spelled-out names: ``theta`` is one name, never t·h·e·t·a."""

_LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789aehijklmnoprstuvx")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁱⁿᵀᵃᵇᶜᵈᵉʲᵏˡᵐᵒᵖᵗˣʸ", "0123456789+-inTabcdejklmoptxy")
# Control characters other than white space, marks of no width, changes of writing direction.
_UNREADABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_CONTROL_NAMES = {0: "NUL", 7: "BELL", 8: "BACKSPACE", 27: "ESCAPE", 127: "DELETE"}


def lowered(text: str) -> str:
    """Lowered characters as ordinary ones: ``₁₂`` is ``12``."""
    return text.translate(_LOWERED)


def raised(text: str) -> str:
    """Raised characters as ordinary ones: ``⁻²`` is ``-2``."""
    return text.translate(_RAISED)


def letter_name(text: str) -> str:
    """The stored name of a word that is one letter, with its digits or the mark over it.

    >>> letter_name("θ1"), letter_name("θ̂") == "theta\u0302"
    ('theta1', True)
    """
    return GREEK_LETTERS.get(text[0], text[0]) + text[1:]


def plain_name(name: str) -> str:
    """The name under which a symbol is stored: Greek letters spelled out, digits on the line.

    >>> plain_name("θ₀"), plain_name("theta_0"), plain_name("x_{12}")
    ('theta_0', 'theta_0', 'x_12')
    """
    if name.isascii() and "{" not in name:
        return name
    head = lowered(name)
    if head != name and "_" not in name:
        split = next(at for at, letter in enumerate(name) if lowered(letter) != letter)
        head = f"{head[:split]}_{head[split:]}"
    head = head.replace("{", "").replace("}", "")
    return "".join(GREEK_LETTERS.get(letter, letter) for letter in head)


def find_unreadable(text: str) -> int | None:
    """The offset of the first control or invisible character, or None."""
    found = _UNREADABLE.search(text)
    return None if found is None else found.start()


def describe_character(character: str) -> str:
    """A character that cannot be shown, named: ``the control character NUL (U+0000)``."""
    code = ord(character)
    name = _CONTROL_NAMES.get(code) or unicodedata.name(character, "")
    kind = "control character" if code < 0xA0 else "invisible character"
    return f"the {kind} {name} (U+{code:04X})" if name else f"the {kind} U+{code:04X}"
