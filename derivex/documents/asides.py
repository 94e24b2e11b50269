r"""What stands among formulas and is none: words, sets, lists of which only the pattern is shown.

Some operators are not read but kept as they are written: :math:`\operatorname{argmax}_x`,
:math:`\max_x`, and the mean :math:`\mathbb{E}` over a distribution.  Of two equal things the
maximum is at the same place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from derivex.documents.raw import Span, without_blanks

__all__ = ["Operator", "aside_of", "definition_in_set", "equations_below", "operator_of"]

_SUBSCRIPT = (
    r"(?:\s*\\limits)?"
    r"(?:\s*_\s*(?P<below>\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}|\\?[A-Za-z]+|\w))?"
)
_OPERATOR = re.compile(
    r"(?P<head>\\operatorname\*?\s*\{\s*arg\s*(?:\\,|\\;)?\s*(?:max|min)\s*\}|\\arg\s*\\?(?:max|min)"
    r"|\\arg(?:max|min)\b|\bargm(?:ax|in)\b|(?P<best>\\(?:max|min|sup|inf))(?=\s*(?:\\limits)?\s*_)"
    r"|(?:\\mathbb|\\mathbf|\\operatorname|\\mathrm|\\mathop)\s*\{\s*E\s*\}|\\mathbb\s+E\b|𝔼)"
    + _SUBSCRIPT
)
_MEAN = re.compile(
    r"\\[A-Za-z]*E(?![A-Za-z])(?=\s*(?:\\limits)?\s*_\s*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\\sim)"
    + _SUBSCRIPT
)
_OPENING = re.compile(r"(?:\\left|\\[bB]igg?l?)?\s*(?P<bracket>[\[(]|\\\{)")
_CLOSING = {"[": "]", "(": ")", r"\{": r"\}"}
_BRACKET = re.compile(r"\\[{}]|[\[\]()]")
_WORDS = re.compile(
    r"\\(?:text|textrm|mbox|textit|textbf|textnormal|mathrm|operatorname)\s*"
    r"\{\s*(?P<words>[A-Za-z][a-z'-]*[ ~]+[a-z][a-z][^{}$]*)\}"
)
_SET = re.compile(r"\s*(?:\\left\s*)?\\\{(?P<inside>.*)(?:\\right\s*)?\\\}\s*", re.DOTALL)
_SUCH_THAT = re.compile(r"\\mid(?![a-z])|\\vert(?![a-z])|\\colon(?![a-z])|\||:|\\;?\s*\\text\s*\{")
_DOTS = r"(?:\\[lcv]?dots[bcmio]?|\.\.\.|…)"
_REMAINDER = re.compile(
    r"[+−-]\s*(?:(?:\\mathcal\s*\{?\s*O\s*\}?|\bO|\bo)\s*(?:\\left\s*)?\("
    rf"|{_DOTS}\s*[.,;]?\s*\Z)"
)
_NUMBER = r"[-−]?\s*[0-9]+(?:\.[0-9]+)?"
_LIST = re.compile(
    rf"\s*(?:\\left\s*)?[\[(]\s*(?:{_NUMBER}|{_DOTS})(?:\s*(?:,|&|\\\\)\s*(?:{_NUMBER}|{_DOTS}))+\s*"
    r"(?:\\right\s*)?[\])]\s*(?:\^\s*(?:T|\{?\s*\\?(?:top|mathsf|mathrm|intercal|T)[^\s]*\s*))?\s*"
)


class Operator(NamedTuple):
    """An operator that is not read: how it is written, and where its parts stand."""

    name: str
    below: Span
    rest: Span


def operator_of(text: str) -> Operator | None:
    r"""The operator that a formula begins with, and where in it the rest stands.

    None where there is none, or where it does not go to the end: in E[X] + 1 the mean is of X.

    >>> found = operator_of(r"\operatorname{argmax}_{v} x v")
    >>> found.name, found.rest
    ('argmax_{v}', Span(start=26, end=29))
    >>> operator_of(r"\mathbb{E}_{x \sim p}[x^2]").rest
    Span(start=22, end=25)
    >>> operator_of(r"\mathbb{E}[x] + 1")
    """
    start = without_blanks(text, 0, len(text)).start
    found = _OPERATOR.match(text, start) or _MEAN.match(text, start)
    if found is None:
        return None
    kind = re.search(
        r"max|min", found[0][: found.start("below") - start] if found["below"] else found[0]
    )
    name = f"arg{kind[0]}" if kind else "E"
    if "best" in found.re.groupindex and found["best"]:
        name = found["best"][1:]  # the greatest value itself
    below = " ".join((found["below"] or "").split())
    operator = f"{name}_{below}" if below else name
    under = Span(*found.span("below")) if below else Span(start, start)
    rest = without_blanks(text, found.end(), len(text))
    opening = _OPENING.match(text, rest.start)
    if opening is not None:
        inside = _inside(text, rest, opening)
        if inside is not None:
            return Operator(operator, under, inside)
        if name == "E":
            return None
    if rest.start == rest.end or text[rest.start] in "=+^_,;:/)]}|":
        return None
    return Operator(operator, under, rest)


def _inside(text: str, rest: Span, opening: re.Match[str]) -> Span | None:
    """What stands in a bracket that goes to the end."""
    kind, depth = opening["bracket"], 0
    for found in _BRACKET.finditer(text, opening.start("bracket"), rest.end):
        depth += (found[0] == kind) - (found[0] == _CLOSING[kind])
        if depth == 0:
            if found.end() != rest.end:
                return None
            inside = text[opening.end() : found.start()]
            inside = re.sub(r"\\(?:right|[bB]igg?r?)\s*\Z", "", inside)
            return without_blanks(text, opening.end(), opening.end() + len(inside))
    return None


def equations_below(text: str, below: Span) -> Iterator[tuple[Span, Span]]:
    r"""The sides of the equations that stand below an operator: v, \|v\| = 1.

    >>> list(equations_below(r"{v, |v| = 1}", Span(0, 12)))
    [(Span(start=4, end=7), Span(start=10, end=11))]
    """
    at, end = below
    braced = text.startswith("{", at)
    for part in text[at + braced : end - braced].split(","):
        first = at + braced
        at += len(part) + 1
        if part.count("=") == 1:
            sign = first + part.index("=")
            yield (
                without_blanks(text, first, sign),
                without_blanks(text, sign + 1, first + len(part)),
            )


def aside_of(text: str) -> str:
    r"""What a stretch that cannot be read is, if it is no formula; empty if it may be one.

    >>> aside_of(r"\theta - \alpha (\text{positive number})"), aside_of(r"\{ x \mid x > 0 \}")
    ('words', 'a set')
    >>> aside_of(r"(0, \dots, 0, 1, 0, \dots, 0)"), aside_of(r"\frac{x}{")
    ('a list with dots', '')
    >>> aside_of(r"\ ?")
    'a question'
    >>> aside_of(r"x - \frac{x^3}{6} + O(x^5)"), aside_of(r"1 + x + \frac{x^2}{2} + \cdots")
    ('a series that goes on', 'a series that goes on')
    """
    if _WORDS.search(text):
        return "words"
    if text.strip(r" \?") == "" and "?" in text:
        return "a question"
    if _SET.fullmatch(text):
        return "a set"
    if _LIST.fullmatch(text) and re.search(_DOTS, text):
        return "a list with dots"
    if _REMAINDER.search(text):
        return "a series that goes on"
    return ""


def definition_in_set(text: str) -> tuple[Span, Span] | None:
    r"""The sides of the equation that says of what a set is made: {h(x) = x w | w ∈ R}.

    >>> definition_in_set(r"\{h(x) = x w \mid w > 0\}")
    (Span(start=2, end=6), Span(start=9, end=12))
    """
    found = _SET.fullmatch(text)
    if found is None:
        return None
    start, end = found.span("inside")
    mark = _SUCH_THAT.search(text, start, end)
    if mark is None or text.count("=", start, mark.start()) != 1:
        return None
    sign = text.index("=", start)
    return without_blanks(text, start, sign), without_blanks(text, sign + 1, mark.start())
