r"""What stands behind numbers and is no part of a formula: units and the dots of a decimal.

5\,\text{cm/s} is 5, and so is 5 cm/s in plain text; 0.333… is 0.333, a rounded number.
"""

from __future__ import annotations

import re

__all__ = ["bare_numbers_in_latex", "bare_numbers_in_text"]

_LETTERS = "m|s|h|g|N|J|W|V|K|L|A|C"
_WORDS = (
    "km|cm|mm|dm|nm|ms|ns|hrs?|hours?|mins?|minutes?|secs?|seconds?|days?|weeks?|months?|years?|yr"
    "|kg|mg|kN|kJ|kW|kV|mV|mA|Hz|kHz|Pa|kPa|Nm|mL|ml|ft|feet|foot|inch(?:es)?|yd|yards?|mi|miles?"
    "|mph|rad|radians|deg|degrees|mol|lbs?|met(?:er|re)s?|lit(?:er|re)s?|grams?|units?|dollars"
    "|people|bacteria|items|percent|Ohm|eV"
)
_POWER = r"(?:\s*\$\^\{?-?\d\}?\$|\s*\^\s*\{?\s*-?\d\s*\}?|[²³])?"


def _expression(unit: str) -> str:
    """Units with powers, multiplied and divided: ft^3/min, square metres per second."""
    one = rf"(?:(?:square|cubic|sq\.?|cu\.?)\s+)?(?:{unit})(?![A-Za-z]){_POWER}"
    return rf"{one}(?:\s*(?:/|·|\\cdot|\bper\b|\s)\s*{one})*"


_SPACE = r"(?:\s|\\[,;:! ]|~|\\quad)*"
_OPERAND = r"(?<=[0-9A-Za-z)\]}.])(?<!\\)"
_SET = (
    r"\\(?:text|textrm|mathrm|mbox|operatorname)\s*\{\s*"
    rf"{_expression(f'{_WORDS}|{_LETTERS}|in')}\s*\.?\}}{_POWER}"
)
_LATEX = re.compile(
    rf"{_OPERAND}{_SPACE}(?:{_SET}|\\[dt]?frac\s*\{{{_SET}\}}\s*\{{{_SET}\}})"
    rf"(?:{_SPACE}(?:/|\\cdot)?{_SPACE}{_SET})*"
)
_ALONE = re.compile(r"[^{}]*\{\s*(?:in|A|C|N|V|K)\s*\}\s*")  # words and names as well
_TEXT = re.compile(
    rf"(?:(?<=[0-9)])|(?<=\bpi)|(?<=π))[ ]+(?:{_expression(f'{_WORDS}|{_LETTERS}')})"
    r"(?=[ \t]*(?:[,;.:)\]=≈<>\n]|\Z|(?:and|at|by|so|[a-z]{4,})\b))"
)
_DOTS = re.compile(r"(?<=\.\d)(\d*)\s*(?:\\[lc]?dots[cbmio]?(?![A-Za-z])|\.\.\.|…)")
_FORM = r"\\[dt]?frac\s*\{?\s*(?:0|\\infty)\s*\}?\s*\{?\s*(?:0|\\infty)\s*\}?"
_REMARK = re.compile(
    rf"(?:\\left\s*)?[(\[\"“]\s*{_FORM}\s*(?:\\right\s*)?[)\]\"”]"
)  # beside a limit
_LETTER = re.compile(r"(?<![A-Za-z])[A-Za-z](?![A-Za-z])")


def bare_numbers_in_latex(text: str) -> str:
    r"""The text with blanks in place of units and dots behind numbers.

    >>> bare_numbers_in_latex(r"v = 5\,\text{cm/s}")
    'v = 5             '
    """
    if "\\" not in text:
        return text
    text = _LATEX.sub(lambda unit: unit[0] if _ALONE.fullmatch(unit[0]) else _blanks(unit), text)
    return _REMARK.sub(_blanks, _DOTS.sub(_without_dots, text))


def bare_numbers_in_text(text: str) -> str:
    """The same for plain text, where a letter is a unit if it stands behind numbers only.

    >>> bare_numbers_in_text("v = 5 cm/s at t = 2 s"), bare_numbers_in_text("v = 5 s and s = 2")
    ('v = 5      at t = 2  ', 'v = 5 s and s = 2')
    """
    names: set[str] | None = None

    def blanked(unit: re.Match[str]) -> str:
        nonlocal names
        letters = set(_LETTER.findall(unit[0]))
        if letters and names is None:
            names = set(_LETTER.findall(_TEXT.sub("", text)))
        return unit[0] if letters & (names or set()) else _blanks(unit)

    return _DOTS.sub(_without_dots, _TEXT.sub(blanked, text))


def _without_dots(found: re.Match[str]) -> str:
    return found[1].ljust(len(found[0]))


def _blanks(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])
