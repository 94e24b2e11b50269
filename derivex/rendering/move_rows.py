"""Moves as rows of equations, with marks on what each of them does to the one it is made from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from derivex.derivation import Line
from derivex.rendering.equations import EquationRow
from derivex.rendering.marking import Rewritten, marks_of, rewritten_lines
from derivex.solving import Cell, Move
from derivex.solving.record import Filled
from derivex.solving.record import Rewritten as SidesRewritten
from derivex.solving.row_lines import Part

__all__ = ["rows_of_cells", "rows_of_lines"]


def rows_of_cells(
    cells: Sequence[Cell], moves: Iterable[Move], parts: Iterable[Part] = ()
) -> list[EquationRow]:
    """The rows of cells; what was rewritten is marked in the row of the equation it comes from.

    Args:
        cells: what is shown.
        moves: the moves of the solution, with all that the cells show.
        parts: what an elimination by rows shows then; the rows of its cells come last.
    """
    made = _made(cells, moves, 0)
    shown = [*cells]
    rows = {cell.label: place for place, cell in enumerate(cells)}
    for part in parts:
        for cell, row in zip(part.cells, part.rows, strict=True):
            source = rows.get(row) if row else len(shown) - 1
            made.append(Rewritten(cell.equation, source, as_one=bool(row)))
            if cell.label:
                rows[cell.label] = len(shown)
            shown.append(cell)
    return _rows(shown, made)


def rows_of_lines(
    lines: Sequence[Line], cells: Sequence[Cell] = (), moves: Iterable[Move] = ()
) -> list[EquationRow]:
    """The rows of a derivation each line of which is an equation.

    Args:
        lines: its lines.
        cells: what is done then with the last of them, which is the first cell.
        moves: the moves of that.
    """
    made = rewritten_lines(lines) + _made(cells, moves, len(lines) - 1)[1:]
    return _rows([*lines, *cells[1:]], made)


def _made(cells: Sequence[Cell], moves: Iterable[Move], first: int) -> list[Rewritten]:
    """What the cells are made from; the first of them has that place."""
    by_number = {move.number: move for move in moves}
    shown = {number: place for place, cell in enumerate(cells, first) for number in cell.numbers}
    made: list[Rewritten] = []
    for cell in cells:
        together = [by_number[number] for number in cell.numbers]
        sources = [each for move in together[:1] for each in move.sources[:1] if each in shown]
        # What only rewrites the sides changes each part of them for a reason of its own.
        as_one = any(not isinstance(move.made, (Filled, SidesRewritten)) for move in together)
        source = shown[sources[0]] if sources else None
        made.append(Rewritten(cell.equation, source, as_one=as_one))
    return made


def _rows(shown: Sequence[Cell | Line], made: Sequence[Rewritten]) -> list[EquationRow]:
    return [
        EquationRow(each.expression, row.says, getattr(row, "label", ""), marks)
        for row, each, marks in zip(shown, made, marks_of(made), strict=True)
    ]
