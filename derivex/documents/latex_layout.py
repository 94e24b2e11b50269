r"""The rows and cells of a display: ``\\`` and ``&``, environments in it, several side by side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from derivex.documents.latex_zones import LAYOUTS
from derivex.notation.latex.tokens import Token, environment_of, is_blank

__all__ = ["LayoutRow", "closing_of", "layout_of"]

_BRACKETS = {"(": 1, "[": 1, r"\{": 1, ")": -1, "]": -1, r"\}": -1, r"\langle": 1, r"\rangle": -1}
_MOST_DEEP = 12  # layouts inside layouts
_SPACES = frozenset((r"\quad", r"\qquad", r"\hspace", r"\;", r"\,", r"\ ", r"\:", r"\!", r"\hfill"))
_JOINED = frozenset(("multline", "multlined"))


class LayoutRow(NamedTuple):
    """One row.

    Args:
        cells: the tokens of each cell.
        environment: the environment in which it stands, "" if there is none.
        side: the number of the environment, where several stand side by side.
        before: what stands between the row before and this one (``\\intertext``, a remark).
        after: a remark at its end.
    """

    cells: list[list[Token]]
    environment: str
    side: int
    before: tuple[Token, ...] = ()
    after: Token | None = None


def closing_of(tokens: Sequence[Token], opening: int) -> int:
    """Where the brace or environment that opens at a position closes; the end if nowhere."""
    depth = 0
    for position in range(opening, len(tokens)):
        kind = tokens[position].kind
        if kind in ("OPEN", "BEGIN"):
            depth += 1
        elif kind in ("CLOSE", "END"):
            depth -= 1
            if depth <= 0:
                return position
    return len(tokens)


def layout_of(
    tokens: Sequence[Token], environment: str, side: int = 0, deep: int = 0
) -> Iterator[LayoutRow]:
    """The rows of a display or of an environment.

    Args:
        tokens: what stands in it.
        environment: the environment's name, "" for a display without one.
        side: the number of the environment, where several stand side by side.
        deep: how many layouts this one stands in.
    """
    tokens = _without_columns(tokens, environment)
    if environment in _JOINED:
        joined = [token for token in tokens if token.kind != "ROW"]
        yield LayoutRow([joined], environment, side)
        return
    for row, after in _rows(tokens):
        before, row = _intertext(row)
        inner = _layouts(row) if deep < _MOST_DEEP else []
        if not inner:
            yield LayoutRow(_cells(row), environment, side, before, after)
            continue
        prefix, suffix = row[: inner[0][0]], row[inner[-1][1] + 1 :]
        several = len(inner) > 1
        for number, (opening, closing) in enumerate(inner):
            name = environment_of(row[opening])
            found = list(
                layout_of(row[opening + 1 : closing], name, number if several else side, deep + 1)
            )
            if found and number == 0:
                found[0] = _prefixed(found[0], prefix, before)
            if found and number == len(inner) - 1:
                found[-1] = _suffixed(found[-1], suffix, after)
            yield from found


def _without_columns(tokens: Sequence[Token], environment: str) -> Sequence[Token]:
    """What stands in an environment, without the arguments of its \\begin: {lcl}, {2}, [t]."""
    start = 0
    while start < len(tokens) and is_blank(tokens[start]):
        start += 1
    if environment and start < len(tokens) and tokens[start].text == "[":
        short = [token.text for token in tokens[start : start + 3]]
        if short[1:2] in (["t"], ["b"], ["c"]) and short[2:] == ["]"]:
            start += 3
    if environment in ("array", "alignat", "alignedat", "IEEEeqnarray", "subarray"):
        while start < len(tokens) and is_blank(tokens[start]):
            start += 1
        if start < len(tokens) and tokens[start].kind == "OPEN":
            return tokens[closing_of(tokens, start) + 1 :]
    return tokens[start:]


def _rows(tokens: Sequence[Token]) -> Iterator[tuple[list[Token], Token | None]]:
    """The rows between ``\\\\``, each with the remark at the end of its line."""
    depth = 0
    row: list[Token] = []
    waiting: list[Token] | None = None  # a row that has ended, whose remark may follow
    for token in tokens:
        if waiting is not None:
            if token.kind == "COMMENT":
                yield waiting, token
                waiting = None
                continue
            if token.kind == "SPACE" and "\n" not in token.text:
                continue
            yield waiting, None
            waiting = None
        if token.kind in ("OPEN", "BEGIN"):
            depth += 1
        elif token.kind in ("CLOSE", "END"):
            depth = max(0, depth - 1)
        if token.kind == "ROW" and depth == 0:
            waiting, row = row, []
        else:
            row.append(token)
    if waiting is not None:
        yield waiting, None
    last = next((token for token in reversed(row) if token.kind != "SPACE"), None)
    remark = last if last is not None and last.kind == "COMMENT" else None
    if any(not is_blank(token) for token in row):
        yield row, remark


def _intertext(row: list[Token]) -> tuple[tuple[Token, ...], list[Token]]:
    r"""An ``\intertext{…}`` that begins a row, and the rest."""
    for position, token in enumerate(row):
        if token.text in (r"\intertext", r"\shortintertext"):
            closing = closing_of(row, position + 1)
            return tuple(row[position + 2 : closing]), row[closing + 1 :]
        if not is_blank(token) and token.text not in (r"\hline", r"\noalign"):
            break
    return (), row


def _layouts(row: Sequence[Token]) -> list[tuple[int, int]]:
    """The environments with rows of their own in a row, by where they begin and end.

    One in a bracket, or after one, is a matrix.
    """
    found: list[tuple[int, int]] = []
    position = depth = 0
    before: Token | None = None
    while position < len(row):
        token = row[position]
        if token.kind == "BEGIN":
            closing = closing_of(row, position)
            name = environment_of(token)
            system = name == "cases" and not _is_open(before) and _is_system(row[position:closing])
            layout = name in LAYOUTS and not (name == "array" and _is_open(before))
            if depth == 0 and (layout or system):
                found.append((position, closing))
            position = closing
        elif token.kind == "OPEN":
            position = closing_of(row, position)
        elif token.text in _BRACKETS:
            depth += _BRACKETS[token.text]
            depth = max(depth, 0)
            system = token.text == r"\{" and before is not None and before.text == r"\left"
            depth -= system  # \left\{ before several equations
        if not is_blank(token):
            before = token
        position += 1
    if len(found) > 1 and not _beside(row, found):
        return found[:1]
    return found


def _is_system(tokens: Sequence[Token]) -> bool:
    """Whether what stands in \\begin{cases} are equations, and not values with conditions."""
    text = "".join(token.text for token in tokens)
    rows = [row for row in re.split(r"\\\\(?:\[[^\]]*\])?", text) if row.strip()]
    return "\\text" not in text and all("=" in row.replace("&", "").split(",")[0] for row in rows)


def _is_open(before: Token | None) -> bool:
    """Whether a token in front of an array makes it a part of a formula."""
    return before is not None and before.text not in _SPACES and before.kind != "ALIGN"


def _beside(row: Sequence[Token], found: Sequence[tuple[int, int]]) -> bool:
    """Whether there is nothing but spaces between environments."""
    for (_, end), (start, _) in pairwise(found):
        for token in row[end + 1 : start]:
            if not (is_blank(token) or token.text in _SPACES or token.kind == "ALIGN"):
                return False
    return True


def _cells(row: Sequence[Token]) -> list[list[Token]]:
    depth = 0
    cells: list[list[Token]] = [[]]
    for token in row:
        if token.kind in ("OPEN", "BEGIN"):
            depth += 1
        elif token.kind in ("CLOSE", "END"):
            depth = max(0, depth - 1)
        if token.kind == "ALIGN" and depth == 0:
            cells.append([])
        else:
            cells[-1].append(token)
    return cells


def _prefixed(row: LayoutRow, prefix: Sequence[Token], before: tuple[Token, ...]) -> LayoutRow:
    """A row with what stands before its environment: f(x) = in front of an aligned."""
    shown = [token for token in prefix if not is_blank(token) and token.text not in _SPACES]
    if shown and [token.text for token in shown[-2:]] in ([r"\left", r"\{"], [r"\{"]):
        shown = shown[:-2] if shown[-2:][0].text == r"\left" else shown[:-1]
    if not shown:
        return row._replace(before=row.before or before)
    cells = [list(cell) for cell in row.cells]
    cells[0] = [*prefix, *cells[0]]
    return row._replace(cells=cells, before=row.before or before)


def _suffixed(row: LayoutRow, suffix: Sequence[Token], after: Token | None) -> LayoutRow:
    """A row with what stands behind its environment: the end of a sentence, a number."""
    shown = [token for token in suffix if not is_blank(token) and token.kind != "ALIGN"]
    shown = [token for token in shown if token.text not in (r"\right", ".", ",", ";")]
    cells = [list(cell) for cell in row.cells]
    if shown and shown[0].kind in ("COMMAND", "BEGIN"):
        cells[-1] = [*cells[-1], *suffix]
    return row._replace(cells=cells, after=row.after or after)
