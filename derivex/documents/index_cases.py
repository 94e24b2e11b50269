r"""Cases of indices, i = j and i ≠ j, in which something holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from derivex.documents.latex_prose import in_one_sentence
from derivex.documents.raw import RawFormula, RawRow

__all__ = ["index_case", "open_cases", "rows_from"]

_CASE = re.compile(
    r"(?P<first>[a-z])\s*(?P<sign>=|≠|\\neq?(?![a-z])|\\not\s*=)\s*(?P<second>[a-z])"
    r"(?:\s*[一-鿿]+)?"
)


def index_case(text: str, within: str | None = None) -> frozenset[str]:
    r"""The two letters of i = j or i ≠ j; none for anything else.

    Args:
        text: a formula.
        within: where both letters stand below others, if that is known.

    >>> sorted(index_case(r"i \neq j")), index_case("y = 2")
    (['i', 'j'], frozenset())
    >>> index_case("y = x", within="2 y = 2 x")
    frozenset()
    """
    found = _CASE.fullmatch(text.strip(" \n\t.,;:：$(){}\\"))
    if found is None or found["first"] == found["second"]:
        return frozenset()
    letters = frozenset((found["first"], found["second"]))
    if within is not None and not all(_is_below(each, within) for each in letters):
        return frozenset()
    return letters


def _is_below(letter: str, text: str) -> bool:
    return re.search(rf"_(?:{letter}|\{{[^{{}}]*{letter}[^{{}}]*\}})", text) is not None


def open_cases(text: str, chains: Iterable[Sequence[RawFormula]]) -> list[list[RawFormula]]:
    """The conditions before something without those that are over: i = j, before i ≠ j was said.

    Where both are named in one sentence, none of them is meant.
    """
    kept: list[list[RawFormula]] = []
    for chain in map(list, chains):
        start, end = chain[0].start, chain[-1].end
        letters = index_case(text[start:end])
        same = [
            each
            for each in kept
            if letters and index_case(text[each[0].start : each[-1].end]) == letters
        ]
        both = any(in_one_sentence(text, each[-1].end, start) for each in same)
        kept = [each for each in kept if each not in same]
        if not both:
            kept.append(chain)
    return kept


def rows_from(base: RawFormula, rows: Iterable[RawRow]) -> list[RawRow]:
    """Rows that go on with a formula as a derivation of their own."""
    start = RawFormula("", base.start, base.end)
    return [RawRow("start", [[start]], base.start, base.end), *rows]
