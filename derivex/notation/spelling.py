"""How names are spelled: Greek letters, superscripts and subscripts."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from derivex.notation.characters import GREEK_LETTERS

__all__ = [
    "GREEK",
    "MACRON",
    "OVERLINE",
    "ascii_name",
    "latex_name",
    "raised_index",
    "subscript",
    "superscript",
    "unicode_name",
    "without_bar",
]

MACRON, OVERLINE = "\u0304", "\u0305"
"""The bars over one letter, and over each of several."""

GREEK = {GREEK_LETTERS[letter]: letter for letter in "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩℓ"}
"""The Greek letters that look like no Latin one, by their names."""

# The marks over a letter that make another name of it: in words, and their commands in LaTeX.
_MARKS = {
    "\u0302": ("hat", r"\hat"), "\u0303": ("tilde", r"\tilde"), "\u0307": ("dot", r"\dot"),
    "\u0308": ("ddot", r"\ddot"), "\u030c": ("check", r"\check"), "\u0306": ("breve", r"\breve"),
}  # fmt: skip

# Σ and Π are the signs of sums and products; a name written so would be read as one.
_SPELLED_OUT = {"Sigma", "Pi"}

_SUPERSCRIPTS = dict(zip(map(ord, "0123456789−"), "⁰¹²³⁴⁵⁶⁷⁸⁹⁻", strict=True))
_RAISED_INDICES = _SUPERSCRIPTS | dict(zip(map(ord, "+ijklmn"), "⁺ⁱʲᵏˡᵐⁿ", strict=True))
_SUBSCRIPTS = dict(
    zip(map(ord, "0123456789aehijklmnoprstuvx"), "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)


@lru_cache(maxsize=4096)
def superscript(text: str) -> str | None:
    """The digits and minus as superscripts, or None if one of the characters has none.

    >>> superscript("−12"), superscript("n")
    ('⁻¹²', None)
    """
    return _mapped(text, _SUPERSCRIPTS)


@lru_cache(maxsize=4096)
def raised_index(text: str) -> str | None:
    """An index as it stands above a name, in round brackets; None if it cannot be set so.

    >>> raised_index("i + 1"), raised_index("q")
    ('⁽ⁱ⁺¹⁾', None)
    """
    high = _mapped(text.replace(" ", ""), _RAISED_INDICES)
    return None if high is None else f"⁽{high}⁾"


@lru_cache(maxsize=4096)
def subscript(text: str) -> str | None:
    """The digits and letters as subscripts, or None if one of them has none.

    >>> subscript("i"), subscript("q")
    ('ᵢ', None)
    """
    return _mapped(text, _SUBSCRIPTS)


def _mapped(text: str, table: dict[int, str]) -> str | None:
    known = bool(text) and all(map(table.__contains__, map(ord, text)))
    return text.translate(table) if known else None


def unicode_name(name: str) -> str:
    """A name with Greek letters, and digits after an underscore set low.

    >>> unicode_name("theta_0"), unicode_name("x_max"), unicode_name("Delta_x")
    ('θ₀', 'x_max', 'Δx')
    """
    sign, rest = without_nabla(name)
    if sign:
        return sign + unicode_name(rest)
    base, underscore, index = name.partition("_")
    if _is_difference(base, index):
        return "Δ" + index
    bare, mark = _without_mark(base)
    if bare not in _SPELLED_OUT:
        base = unicodedata.normalize("NFC", GREEK.get(bare, bare) + mark)
    if not underscore:
        return base
    low = subscript(index) if index.isascii() and index.isdigit() else None
    return base + (low or "_" + index)


def _is_difference(base: str, index: str) -> bool:
    """Whether a name is that of a change, such as Δx."""
    return base == "Delta" and len(index) == 1 and index.isascii() and index.isalpha()


def ascii_name(name: str) -> str:
    """A name without characters outside of ASCII, as far as they are Greek letters.

    A bar over it is spelled out, too.

    >>> ascii_name("θ_0"), ascii_name("v̄_3"), ascii_name("ŷ")
    ('theta_0', 'vbar_3', 'yhat')
    """
    sign, rest = without_nabla(name)
    if sign:
        return f"{'hess' if sign == '∇²' else 'grad'} {ascii_name(rest)}"
    base, underscore, index = name.partition("_")
    if base.isascii():
        return name
    bare, bar = without_bar(base)
    bare, mark = _without_mark(bare)
    told = "bar" if bar else _MARKS.get(mark, ("", ""))[0]
    return GREEK_LETTERS.get(bare, bare) + told + underscore + index


def _without_mark(name: str) -> tuple[str, str]:
    """A name without the mark over its letter, and the mark; "" where there is none."""
    if name.isascii() or name in GREEK_LETTERS:
        return name, ""
    apart = unicodedata.normalize("NFD", name)
    bare, mark = apart[:-1], apart[-1]
    known = mark in _MARKS and (len(bare) == 1 or bare in GREEK)
    return (bare, mark) if known else (name, "")


def without_bar(name: str) -> tuple[str, bool]:
    """The letters of a name without the bar over them, and whether there is one.

    >>> without_bar("ȳ"), without_bar("y")
    (('y', True), ('y', False))
    """
    apart = unicodedata.normalize("NFD", name)
    bare = apart.replace(MACRON, "").replace(OVERLINE, "")
    return (bare, True) if bare != apart else (name, False)


def without_nabla(name: str) -> tuple[str, str]:
    """The ∇ or ∇² before a name, and the name; "" where there is none.

    >>> without_nabla("∇f"), without_nabla("f")
    (('∇', 'f'), ('', 'f'))
    """
    rest = name.lstrip("∇²")
    return name[: len(name) - len(rest)], rest


def latex_name(name: str) -> str:
    r"""A name in LaTeX: Greek letters as commands, longer names upright, the rest set low.

    >>> latex_name("theta_0"), latex_name("loss"), latex_name("x_max"), latex_name("v̄_3")
    ('\\theta_{0}', '\\mathrm{loss}', 'x_{\\mathrm{max}}', '\\bar{v}_{3}')
    """
    sign, rest = without_nabla(name)
    if sign:
        return rf"\nabla{'^2' * (sign == '∇²')} {latex_name(rest)}"
    base, underscore, index = name.partition("_")
    if not underscore or not base or not index:
        return _latex_part(name)
    if _is_difference(base, index):
        return r"\Delta " + index
    return f"{_latex_part(base)}_{{{_latex_part(index)}}}"


def _latex_part(name: str) -> str:
    bare = name.rstrip("'")
    if bare != name and bare:
        return _latex_part(bare) + name[len(bare) :]
    if not name.isascii():
        bare, bar = without_bar(name)
        if bar:
            command = r"\bar" if len(bare) == 1 else r"\overline"
            return f"{command}{{{_latex_part(bare)}}}"
        bare, mark = _without_mark(name)
        if mark:
            return f"{_MARKS[mark][1]}{{{_latex_part(bare)}}}"
    name = GREEK_LETTERS.get(name, name)
    if name in GREEK:
        return "\\" + name
    if any(not sign.isascii() and unicodedata.name(sign, "")[:5] == "LATIN" for sign in name):
        return rf"\text{{{name}}}"  # é, größe: mathematics has no accents like these
    if len(name) == 1 or name.isdigit():
        return name
    return "\\mathrm{" + name.replace("_", "\\_") + "}"
