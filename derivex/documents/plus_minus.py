r"""Rows with ±: x = 1 ± √2 says that x = 1 + √2 or x = 1 − √2, all signs of a row together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from derivex.documents.raw import RawFormula, RawRow

__all__ = ["one_sign", "told_apart"]

_BOTH = re.compile(r"\\pm(?![A-Za-z])|\\mp(?![A-Za-z])|[±∓]|\+/-")


def told_apart(rows: Iterable[RawRow], text: str) -> Iterator[RawRow]:
    """The rows, with two chains for each with ±, of which one holds.

    A row that goes on with such a one goes on with its second chain.

    Args:
        rows: as they were cut.
        text: what they stand in.
    """
    for row in rows:
        chains: list[list[RawFormula]] = []
        both = False
        for chain in row.chains:
            signs = [""]
            if len(chain) > 1 and any(_BOTH.search(text, each.start, each.end) for each in chain):
                signs = ["+", "-"]
            elif chain[0].sign and any(_BOTH.search(text, each.start, each.end) for each in chain):
                signs = ["-"]
            both = both or len(signs) > 1
            chains += [[each._replace(branch=sign) for each in chain] for sign in signs]
        yield replace(row, chains=chains, connective="or" if both else row.connective)


def one_sign(text: str, branch: str) -> str:
    r"""A formula with one sign for every ±, and the other one for every ∓.

    >>> one_sign(r"1 \pm 2 \mp x", "+"), one_sign(r"±1", "-")
    ('1 + 2 - x', '-1')
    """
    other = "-" if branch == "+" else "+"
    return _BOTH.sub(lambda found: other if found[0] in ("∓", r"\mp") else branch, text)
