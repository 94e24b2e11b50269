r"""Chains of formulas: a row, or a part of one, cut at its signs of relation."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from derivex.documents.latex_signs import WIDE, is_end, is_space, sign_at
from derivex.documents.raw import RawFormula
from derivex.notation.latex.tokens import Token

__all__ = ["EQUATIONS", "JOINING", "chains_of", "is_related", "trimmed"]

EQUATIONS = frozenset(("=", ":=", "≈", "≡", "≠", "<", ">", "≤", "≥", "∝"))
JOINING = frozenset(("+", "-", "−", r"\cdot", r"\times", "·", "×", "*", "/"))


def trimmed(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """A part without the spaces around it and the comma or point behind it."""
    while start < end and (is_space(tokens[start]) or tokens[start].text == ","):
        start += 1
    while end > start and is_end(tokens[end - 1]):
        end -= 1
    return start, end


def chains_of(
    tokens: Sequence[Token], depth: Sequence[int], start: int, end: int
) -> list[list[RawFormula]]:
    """The chains in a part: several where commas or wide spaces stand between equations.

    What has no sign of relation and is set off by a wide space is a remark.
    """
    stretches = list(_stretches(tokens, depth, start, end, WIDE))
    related = [is_related(tokens, depth, *stretch) for stretch in stretches]
    if any(related) and len(stretches) > 1:
        stretches = _joined_at_signs(tokens, stretches)
        stretches = [each for each in stretches if is_related(tokens, depth, *each)]
    elif len(stretches) > 1:
        stretches = [(stretches[0][0], stretches[-1][1])]
    found: list[list[RawFormula]] = []
    for first, last in stretches:
        parts = list(_stretches(tokens, depth, first, last, (",", ";")))
        if not all(is_related(tokens, depth, *part) for part in parts) or any(
            sign_at(tokens, part[0]) for part in parts[1:]
        ):
            parts = [trimmed(tokens, first, last)]
        found.extend(list(_formulas(tokens, depth, *part)) for part in parts)
    return found


def _stretches(
    tokens: Sequence[Token], depth: Sequence[int], start: int, end: int, marks: Collection[str]
) -> Iterator[tuple[int, int]]:
    """What stands between marks outside of brackets, without the spaces around it."""
    bounds = [start]
    for position in range(start, end):
        if depth[position] == 0 and tokens[position].text in marks:
            between = position > start and position + 1 < end
            digits = between and tokens[position - 1].kind == tokens[position + 1].kind == "DIGIT"
            if not (digits and tokens[position].text == ","):  # a decimal comma
                bounds.append(position)
    bounds.append(end)
    for first, last in pairwise(bounds):
        first, last = trimmed(tokens, first, last)
        if first < last:
            yield first, last


def _joined_at_signs(
    tokens: Sequence[Token], stretches: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Stretches of which none begins or ends with a sign: what does goes on."""
    joined = [stretches[0]]
    for first, last in stretches[1:]:
        begins = tokens[first].text in JOINING or sign_at(tokens, first) is not None
        if begins or tokens[joined[-1][1] - 1].text in (*JOINING, "="):
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def is_related(tokens: Sequence[Token], depth: Sequence[int], start: int, end: int) -> bool:
    """Whether there is a sign of relation in a stretch, outside of brackets."""
    return any(
        depth[at] == 0 and (found := sign_at(tokens, at)) is not None and found.sign in EQUATIONS
        for at in range(start, end)
    )


def _formulas(
    tokens: Sequence[Token], depth: Sequence[int], start: int, end: int
) -> Iterator[RawFormula]:
    """The formulas of a chain, each with the sign before it."""
    sign, first, position = "", start, start
    while position < end:
        found = sign_at(tokens, position) if depth[position] == 0 else None
        if found is None:
            position += 1
            continue
        yield from _formula(tokens, sign, first, position)
        sign = found.sign
        position += found.length
        first = position
    if sign or first < end:
        last = list(_formula(tokens, sign, first, end))
        if not last and sign:
            at = tokens[end - 1].end
            last = [RawFormula(sign, at, at)]
        yield from last


def _formula(tokens: Sequence[Token], sign: str, start: int, end: int) -> Iterator[RawFormula]:
    start, end = trimmed(tokens, start, end)
    if start < end:
        yield RawFormula(sign, tokens[start].start, tokens[end - 1].end)
    elif sign:
        at = tokens[min(start, len(tokens) - 1)].start
        yield RawFormula(sign, at, at)
