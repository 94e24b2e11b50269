"""A system of equations that was solved, and the record of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Detail
from derivex.errors import RecordError
from derivex.expression import Equation, Nearly, Or
from derivex.rulebook import RuleBook
from derivex.solving.case import Case
from derivex.solving.check import Check
from derivex.solving.eliminate import Outcome
from derivex.solving.lines import Row, rows_of
from derivex.solving.points import Point
from derivex.solving.record import Column, Move, Words, replay, written
from derivex.solving.row_elimination import RowElimination
from derivex.solving.row_lines import parts_of
from derivex.solving.special import SpecialCase
from derivex.solving.values import Values

__all__ = ["Solution"]


@dataclass(frozen=True, eq=False)
class Solution:
    """A system of equations, and how it was solved.

    Args:
        equations: the equations as they were given.
        unknowns: what was solved for, in the order in which it was named.
        columns: for two equations in two unknowns, what is done with each by itself; the two
            stand side by side.  Empty otherwise.
        moves: what is done after that, in one column.
        results: each unknown that is determined, expressed by what is not unknown (and by
            free unknowns, if there are any).
        free: the unknowns that may take any value.
        conditions: what must not be zero for the moves to be allowed, each once.
        outcome: how it ended.
        reason: why there is no solution, or why none was found; empty if there is one.
        checks: the results put into each equation.
        values: the numbers for the data; None where there are no data, or the solution does
            not apply to them, as ``notes`` then says.
        book: the rules.
        notes: remarks for the reader.
        case: where the equations are not linear, how they were solved by cases.
        points: then the solutions, each once.
        completeness: then whether these are all real solutions, and how that is known.
        undefined: candidates that were left out because an equation has no value there.
        elimination: where the equations are linear and many, how they were solved by row
            operations.
        special: what becomes of the equations where a condition on their letters fails.
    """

    equations: tuple[Basic, ...]
    unknowns: tuple[Symbol, ...]
    columns: tuple[Column, ...]
    moves: tuple[Move, ...]
    results: Mapping[Symbol, Basic]
    free: tuple[Symbol, ...]
    conditions: tuple[Basic, ...]
    outcome: Outcome
    reason: Words
    checks: tuple[Check, ...]
    values: Values | None
    book: RuleBook
    notes: tuple[Words, ...] = ()
    case: Case | None = None
    points: tuple[Point, ...] = ()
    completeness: Words = ()
    undefined: tuple[Mapping[Symbol, Basic], ...] = ()
    elimination: RowElimination | None = None
    special: tuple[SpecialCase, ...] = ()

    @property
    def closed(self) -> Mapping[Symbol, Basic]:
        """The results by what is given alone, no name and no other unknown that is determined."""
        return self.results if self.elimination is None else self.elimination.closed

    @property
    def status(self) -> str:
        """How it ended, in words: "solved", "not solved: (1) is not linear in x"."""
        said = self.outcome.value
        if self.case is not None and self.points:
            number = len(self.points)
            said = f"{said}: {number} solution{'s' * (number != 1)}"
            return said if self.outcome is Outcome.SOLVED else f"{said}, perhaps not all"
        if self.free:
            names = " and ".join(name.name for name in self.free)
            said = f"solved up to {names}, which may be any number"
        return f"{said}: {written(self.reason)}" if self.reason else said

    @property
    def all_moves(self) -> tuple[Move, ...]:
        """Every move, in the order in which it was made."""
        every = [move for column in self.columns for move in column.moves] + list(self.moves)
        if self.case is not None:
            every += [move for case in self.case.every() for move in case.moves]
        return tuple(sorted(every, key=lambda move: move.number))

    def lines(self, detail: Detail = Detail.TEXTBOOK) -> Iterator[Row]:
        """The rows to be shown: two cells while there are columns, then one."""
        yield from rows_of(self.columns, self.moves, detail)
        if self.elimination is not None:
            for part in parts_of(self.elimination, detail):
                for cell in part.cells:
                    yield Row((cell,))

    def replay(self) -> None:
        """Redo every move, every check and every value.

        Raises:
            RecordError: naming the first mismatch.
        """
        moves = self.all_moves
        replay(moves)
        self._replay_points(moves)
        if self.elimination is not None:
            self.elimination.replay()
        linear = moves if self.case is None and self.elimination is None else ()
        last = {move.equation.args[0]: move.equation.args[1] for move in linear}
        for unknown, result in self.results.items() if linear else ():
            if last.get(unknown) is not result:
                raise RecordError(f"the moves do not end with {unknown} = {result}")
        for check in self.checks:
            check.derivation.replay()
        for special in self.special:
            special.solution.replay()
        if self.values is not None:
            for found in (*self.values.statistics.values(), *self.values.unknowns.values()):
                found.replay()

    def _replay_points(self, moves: Sequence[Move]) -> None:
        """Look whether the moves end with the values of the points, and redo their checks."""
        reached: set[Basic] = set()
        for move in moves:
            relation = move.equation
            reached.update(relation.args if type(relation) is Or else (relation,))
        for point in self.points:
            for unknown, value in point.values.items() if not point.said else ():
                kind = Equation if point.exact else Nearly
                if not {kind(unknown, value), Equation(unknown, value)} & reached:
                    raise RecordError(f"the moves do not end with {unknown} = {value}")
            for check in point.checks:
                check.derivation.replay()
