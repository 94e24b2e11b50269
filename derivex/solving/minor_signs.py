"""What the signs of minors tell of a Hessian whose entries are known by their digits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from sympy.core.basic import Basic

from derivex.expression import (
    ZERO,
    Negative,
    Plus,
    Times,
)
from derivex.rulebook.procedures.real_roots import rounded
from derivex.solving.definiteness import Finding, Verdict
from derivex.solving.record import Words

__all__ = [
    "by_minor_signs",
    "determinant_of",
    "determinant_of_entries",
    "principal_minors",
    "shown_decimal",
]

_SHOWN_DIGITS = 6


def by_minor_signs(
    values: list[list[Any]], lead: Words, minors: Sequence[Basic], about: bool = False
) -> Finding:
    """What the signs of the leading principal minors tell (Sylvester, Jacobi)."""
    size = len(values)
    found = [determinant_of(values, each + 1) for each in range(size)]
    signs = [1 if each > 0 else -1 if each < 0 else 0 for each in found]
    because: list[str | Basic] = [": its leading principal minors are " if size > 1 else ": "]
    if about:
        because[0] = ": its leading principal minors are about " if size > 1 else ": "
    for place, minor in enumerate(minors):
        if place:
            because.append(" and " if place == size - 1 else ", ")
        because.append(minor)
    if all(sign > 0 for sign in signs):
        return Finding(Verdict.MINIMUM, (*lead, " is positive definite", *because), True)
    if all(sign == (-1) ** place for place, sign in enumerate(signs, 1)):
        return Finding(Verdict.MAXIMUM, (*lead, " is negative definite", *because), True)
    if signs[-1] and (size == 2 or all(signs)):
        words = (*lead, " has a positive and a negative eigenvalue", *because)
        return Finding(Verdict.SADDLE, words, False)
    diagonal = [values[place][place] for place in range(size)]
    if any(each > 0 for each in diagonal) and any(each < 0 for each in diagonal):
        words = (*lead, " has positive and negative entries on its diagonal")
        return Finding(Verdict.SADDLE, words, False)
    return Finding(Verdict.UNDECIDED, (*lead, " does not decide", *because))


def determinant_of(values: list[list[Any]], size: int) -> Any:
    import flint

    corner = [row[:size] for row in values[:size]]
    return flint.arb_mat(corner).det()


def shown_decimal(ball: Any) -> Basic:
    if ball.contains(0):
        return ZERO
    return rounded(ball, _SHOWN_DIGITS)


def principal_minors(entries: list[list[Basic]]) -> Iterator[Basic]:
    size = len(entries)
    if size > 3:
        return
    for places in product((False, True), repeat=size):
        chosen = [place for place in range(size) if places[place]]
        if not chosen:
            continue
        yield determinant_of_entries(
            [[entries[row][column] for column in chosen] for row in chosen]
        )


def determinant_of_entries(entries: list[list[Basic]]) -> Basic:
    """The determinant of a small matrix, written out by its first row."""
    if len(entries) == 1:
        return entries[0][0]
    terms = []
    for column in range(len(entries)):
        rest = [[*row[:column], *row[column + 1 :]] for row in entries[1:]]
        term = Times(entries[0][column], determinant_of_entries(rest))
        terms.append(Negative(term) if column % 2 else term)
    return Plus(*terms)
