"""Redoing a row: what its reason names, done once more to what remains.

A row of a derivation is redone from the row before by its steps, a row of equations by its moves
from the equations that these were made from.
"""

from __future__ import annotations

from collections.abc import Mapping

from sympy.core.basic import Basic

from derivex.derivation import Step
from derivex.errors import RecordError
from derivex.expression import substitute
from derivex.expression.functions import Functions
from derivex.matching import NO_FACTS, Context, Facts
from derivex.sheets.worked import WorkedRow
from derivex.solving.record import Move

__all__ = ["Redoing"]


class Redoing:
    """Redoes rows, and remembers which of them come out as they should.

    Args:
        assumptions: what the rules may rely on.
        functions: the functions that are known.
    """

    def __init__(self, assumptions: tuple[Basic, ...], functions: Functions):
        facts = Facts(assumptions) if assumptions else NO_FACTS
        self._context = Context(facts=facts, functions=functions)
        self._steps: dict[tuple[Step, ...], bool] = {}
        self._sources: dict[tuple[Move, ...], frozenset[int] | None] = {}

    def by_filling_in(self, row: WorkedRow, before: Basic) -> bool:
        """Whether the row before becomes this one where something is filled in."""
        return row.filled and substitute(before, dict(row.changed)) is row.expression

    def by_steps(self, row: WorkedRow) -> bool:
        """Whether the steps of a row, done again, make of the row before what they made of it."""
        if not row.steps:
            return False
        found = self._steps.get(row.steps)
        if found is None:
            found = all(step.redo(self._context) is step.replacement for step in row.steps)
            self._steps[row.steps] = found
        return found

    def sources(self, row: WorkedRow, equations: Mapping[int, Basic]) -> frozenset[int] | None:
        """The equations from which the moves of a row lead to it.

        Args:
            row: the row.
            equations: those that are shown on the sheet, complete, by the numbers of their moves.

        Returns:
            The numbers of the equations that are needed; None where the moves do not lead there,
            or need one that is not shown.
        """
        if row.moves not in self._sources:
            self._sources[row.moves] = _sources(row, equations)
        return self._sources[row.moves]


def _sources(row: WorkedRow, equations: Mapping[int, Basic]) -> frozenset[int] | None:
    made: dict[int, Basic] = {}
    needed: set[int] = set()
    for move in row.moves:
        shown = {number for number in move.sources if number not in made}
        if not shown <= equations.keys():
            return None
        needed |= shown
        sources = [
            made.get(number, equations.get(number, move.equation)) for number in move.sources
        ]
        try:
            made[move.number] = move.redo(sources)
        except RecordError:
            return None
    comes_out = bool(row.moves) and made[row.moves[-1].number] is row.expression
    return frozenset(needed) if comes_out else None
