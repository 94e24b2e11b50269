r"""Pairs of cells that are equations of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derivex.documents.latex_layout import LayoutRow
from derivex.documents.latex_signs import depths, is_space, phrase_at, sign_at
from derivex.notation.latex.tokens import Token

__all__ = ["columns_of", "have_columns"]

_ALIGNED = frozenset(["align", "aligned", "alignat", "alignedat", "flalign", "split"])


def have_columns(layout: Sequence[LayoutRow]) -> bool:
    """Whether pairs of cells are equations of their own: 2x &= 4 & y &= 1."""
    for row in layout:
        if row.environment not in _ALIGNED or len(row.cells) < 3:
            continue
        left, right = row.cells[2], row.cells[3] if len(row.cells) > 3 else []
        shown = [position for position, token in enumerate(left) if not is_space(token)]
        if not shown or phrase_at(left, shown[0]) or sign_at(left, shown[0]):
            continue
        both = [*left, *right]
        depth = depths(both)
        related = any(not depth[at] and sign_at(both, at) for at in range(len(both)))
        if related:
            return True
    return False


def columns_of(row: LayoutRow, columns: bool) -> Iterator[tuple[int, list[list[Token]]]]:
    if not columns or row.environment not in _ALIGNED:
        yield row.side, row.cells
        return
    for start in range(0, len(row.cells), 2):
        cells = row.cells[start : start + 2]
        if any(not is_space(token) for cell in cells for token in cell):
            yield row.side + start // 2, cells
