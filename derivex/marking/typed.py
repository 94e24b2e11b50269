"""Answers as people type them, put into the notation that is read.

What stands around an answer goes away: quotation marks, "answer:", a full stop.  What the reader
takes otherwise than it may be meant is spelled in other ways, the likeliest first: 0,5 as 0.5.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator
from decimal import Decimal
from functools import lru_cache

__all__ = [
    "alternatives",
    "apart",
    "bare",
    "is_name",
    "is_prose",
    "sides",
    "spellings",
    "without_unit",
]

_NO_WIDTH = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_STYLES = ("<font>", "<wide>", "<narrow>")
_ONES = "𝟏"  # the vector of ones, which is no number
_MIXED_FRACTION = re.compile(r"(\d+)\s?([¼½¾⅐-⅞])")

_QUOTED = re.compile(
    r"""(?:"(.*)"|“(.*)[”“]|„(.*)[“”]|«(.*)»|`+(.*?)`+|'(.*)'|\*\*(.*)\*\*|\*([^*]+)\*)""",
    re.DOTALL,
)
_LABEL = re.compile(
    r"(?:(?:the\s+)?(?:final\s+)?"
    r"(?:answer|ans|solution|result|antwort|lösung|loesung|ergebnis|réponse)\s*(?:is\b|ist\b|:|=)\s*"
    r"|[^\W_]{1,2}\)(?=\s))",
    re.IGNORECASE,
)
_SIGN = re.compile(
    r"(?:=(?!=)>?|&=|:=|≈|≃|≅|⇒|⟹|→|⟶|->|~|\\(?:approx|Rightarrow|implies|to)(?![a-z])"
    r"|(?:ca|approx|circa|about|approximately|rund|etwa)\b\.?(?=\s*[-−+.\d]))\s*"
)
_END = re.compile(r"(?:(?<=[^\s.])\s*[.;,?]|\s+!)$")

_OR = re.compile(r",(?=\s)|;|\b(?:or|oder|ou|also|bzw|resp)\b\.?|\b(?:i\.\s?e|d\.\s?h)\.")
_EQUALS = re.compile(r"(?<![<>=!:≠≤≥])=(?![=>])")
_NAME = re.compile(
    r"(?:[^\W\d_]\w*\s*['′]*\s*(?:\([^()]*\))?"  # y, y', f'(x)
    r"|[d∂∇]\S*\s*/\s*[d∂]\S+)"  # dy/dx
)

_POINTS = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?=,\d)")
_COMMA = re.compile(r"(?<![\d.])(\d+|(?<![\w)\]}])(?=,\d))(?:,|\{,\})(\d+)")
_SPACED = re.compile(r"(?<![\d.,])\d{1,3}(?:[\u2009\u202f '’]\d{3})+(?!\d)")
_GROUPED = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
_MIXED = re.compile(r"(?<![\d.,/^*])(\d+)\s+(\d+)\s*/\s*(\d+)(?![\d.,])")
_PERCENT = re.compile(r"(?<![\d.])(\d*\.?\d+)\s*\\?%")
_DEGREES = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?|\.\d+)\s*(?:°|\^\s*\{?\\circ\}?|(?:degrees?|deg|Grad)\b)"
)
_MODULE = re.compile(r"\b(?:Math|math|np|numpy)\.(?=[a-z])")
_INVERSE = re.compile(
    r"\\?\b(sin|cos|tan|sinh|cosh|tanh)\s*(?:\^\s*(?:\{\s*-\s*1\s*\}|\(\s*-\s*1\s*\)|-1)|⁻¹)\s*"
)

_SUM = re.compile(r"(Σ|∑|\\sum(?![a-z])|\bsum\b)(?!\s*[_({ᵢⱼₖ]|\\limits)")
_INDEX = re.compile(r"(?<=_)[i-n]\b|(?<=_\{)[i-n](?=\})|[ᵢⱼₖ]")

_LOW_LETTERS = str.maketrans("ᵢⱼₖ", "ijk")

_MOST_DIGITS = 100  # of a mixed number that is worked out

_WORDS = re.compile(r"[^\W\d_]+")
_SENTENCE = re.compile(r"[^\W\d_]+(?:['’,.!?]*\s+[^\W\d_]+|['’][^\W\d_]+)+[.!?]*")

_VALUE = re.compile(r"[-−+\d.,\s/*·()^²³]*[\d)²³]")
_UNIT = re.compile(r"(?:\\(?:text|mathrm)\{|[^\W\d_]|[°€$£}\s/*·^²³¹⁻\d-])+")
_UNITS = """
    m cm mm km nm s ms sec min h d g kg mg t l ml N J kJ W kW V mV A mA K C F Pa Hz rad deg mol bar
    eV px € $ £ ° °C °F EUR USD euro euros dollar dollars cent cents second seconds minute minutes
    hour hours day days week weeks month months year years degree degrees unit units
    Sekunden Minuten Stunden Tag Tage Woche Wochen Monat Monate Jahr Jahre Grad Stück per
"""
_UNIT_NAMES = frozenset(_UNITS.split())


def bare(text: str) -> str:
    """An answer without what is around it, its characters those of the notation.

    >>> bare('Answer: "2𝑥".'), bare("→ ½ x"), bare("b) 3!"), bare("ca. 0,67")
    ('2x', '(1/2) x', '3!', '0,67')
    """
    if not text.isascii():
        text = _MIXED_FRACTION.sub(lambda found: f"({found[1]}+{_plain(found[2])})", text)
        text = "".join(map(_plain, text))
    text = text.replace("•", "·").strip()
    while text:
        shorter = _SIGN.sub("", text, count=1) if _SIGN.match(text) else text
        shorter = shorter[found.end() :] if (found := _LABEL.match(shorter)) else shorter
        quoted = _QUOTED.fullmatch(shorter)
        if quoted:
            shorter = next(each for each in quoted.groups() if each is not None)
        shorter = _END.sub("", shorter).strip()
        if shorter == text:
            break
        text = shorter
    return text


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """A character of another style, such as 𝑥, ２ or ½, in those of the notation."""
    if character.isascii() or character == _ONES:
        return character
    if character in _NO_WIDTH:
        return ""
    kind, _, codes = unicodedata.decomposition(character).partition(" ")
    if kind in _STYLES:
        return "".join(map(_plain, (chr(int(code, 16)) for code in codes.split())))
    if kind == "<fraction>":
        return f"({unicodedata.normalize('NFKC', character).replace('⁄', '/')})"
    digit = unicodedata.decimal(character, None)
    return character if digit is None else str(digit)


def spellings(text: str) -> Iterator[str]:
    """What an answer may be in the notation, the likeliest first: first of all, itself.

    >>> list(spellings("1,200 x")), list(spellings("66.7 %"))
    (['1,200 x', '1.200 x', '1200 x'], ['66.7 %', '0.667'])
    >>> list(spellings("90°")), list(spellings(",5"))
    (['90°', '(90 pi/180)'], [',5', '.5'])
    >>> list(spellings("tan^-1(x)")), list(spellings("s Σ a_i^2"))
    (['tan^-1(x)', 'arctan(x)', 'tan(x)^(-1)'], ['s Σ a_i^2', 's Σ_i a_i^2'])
    """
    found = [text]
    point = _COMMA.sub(r"\1.\2", _POINTS.sub(_without_marks, _SPACED.sub(_without_marks, text)))
    if point != text:
        found.append(point.replace(";", ","))
    found.append(_GROUPED.sub(_without_marks, text))
    last = point if point != text else text
    last = _DEGREES.sub(r"(\1 pi/180)", last)
    last = _MODULE.sub("", _PERCENT.sub(_of_hundred, _MIXED.sub(_as_fraction, last)))
    found.append(last)
    if _INVERSE.search(last):
        found.append(_INVERSE.sub(r"arc\1 ", last).replace(" (", "("))
        found.append(re.sub(_INVERSE.pattern + r"\(([^()]*)\)", r"\1(\2)^(-1)", last))
    indices = {each.translate(_LOW_LETTERS) for each in _INDEX.findall(last)}
    if len(indices) == 1:  # of all that is summed up there is one index
        (index,) = indices
        found.append(_SUM.sub(rf"\g<1>_{index}", last))
    yield from dict.fromkeys(found)


def _without_marks(found: re.Match[str]) -> str:
    return re.sub(r"\D", "", found.group())


def _as_fraction(found: re.Match[str]) -> str:
    """2 5/7 as the one number that it is."""
    if len(found[0]) > _MOST_DIGITS:
        return f"({found[1]}+{found[2]}/{found[3]})"
    whole, above, below = (int(found[place]) for place in (1, 2, 3))
    return f"({whole * below + above}/{below})"


def _of_hundred(found: re.Match[str]) -> str:
    return f"{Decimal(found[1]).scaleb(-2):f}"


def sides(text: str) -> tuple[str, ...]:
    """What stands between signs of equality outside of brackets.

    >>> sides("y' = x + x = 2x"), sides("sum(i, i = 1..3)")
    (("y'", 'x + x', '2x'), ('sum(i, i = 1..3)',))
    """
    return apart(text, _EQUALS)


def alternatives(text: str) -> tuple[str, ...]:
    """Answers that somebody gives side by side.

    >>> alternatives("2x or 2*x"), alternatives("max(2, x)"), alternatives("0,5")
    (('2x', '2*x'), ('max(2, x)',), ('0,5',))
    """
    return tuple(filter(None, map(bare, apart(text, _OR))))


def apart(text: str, mark: re.Pattern[str]) -> tuple[str, ...]:
    """The parts between some marks that stand in no bracket."""
    parts, begun, depth, at = [], 0, 0, 0
    for found in mark.finditer(text):
        between = text[at : found.start()]
        depth += sum(between.count(each) for each in "([{")
        depth -= sum(between.count(each) for each in ")]}")
        at = found.start()
        if depth <= 0:
            parts.append(text[begun : found.start()])
            begun = found.end()
    return tuple(part.strip() for part in (*parts, text[begun:]))


def is_name(text: str) -> bool:
    """Whether it only says what an answer is: y, f'(x), dy/dx.

    >>> [each for each in ("y'", "dy/dx", "f'(x)", "∂f/∂x", "2x", "x + 1") if is_name(each)]
    ["y'", 'dy/dx', "f'(x)", '∂f/∂x']
    """
    return _NAME.fullmatch(text) is not None


def is_prose(text: str, names: Container[str]) -> bool:
    """Whether it is a sentence and no formula.

    Args:
        text: what was typed.
        names: what stands in formulas, and so in no sentence.

    >>> [is_prose(each, ["x", "sin"]) for each in ("I don't know", "keine Ahnung", "x is sin x")]
    [True, True, False]
    """
    words = _WORDS.findall(text)
    return (
        _SENTENCE.fullmatch(text) is not None
        and any(len(word) > 3 for word in words)
        and not any(word in names for word in words)
    )


def without_unit(text: str, names: Container[str]) -> tuple[str, str] | None:
    """A number and the unit behind it; None where there is none.

    Args:
        text: what was typed.
        names: what is no unit, as it is a name.

    >>> without_unit("30 cm", ()), without_unit("2,5 cm/month", ()), without_unit("30 h", ["h"])
    (('30', 'cm'), ('2,5', 'cm/month'), None)
    """
    value = _VALUE.match(text)
    unit = text[value.end() :].strip() if value else ""
    if value is None or not _UNIT.fullmatch(unit):
        return None
    words = re.findall(r"°?[^\W\d_]+|[°€$£]", re.sub(r"\\(?:text|mathrm)|[²³¹⁻]", "", unit))
    is_unit = all(word in _UNIT_NAMES and word not in names for word in words)
    return (value[0], unit) if words and is_unit else None
