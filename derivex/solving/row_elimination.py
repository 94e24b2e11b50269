"""Linear systems of any size by row operations (Gauss), and the record of it.

Beyond a few unknowns nobody substitutes one expression into another: a multiple of one equation is
subtracted from the others until each unknown is eliminated from all equations but one, and the
unknowns are found from the last equation to the first.  The record holds the operations; the
equations in between are made from them when they are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import RecordError
from derivex.expression import substitute, value_of
from derivex.solving.linear_form import LinearForm, linear_form
from derivex.solving.named_rows import PRIME, NamedRows, Shadow
from derivex.solving.number_rows import NumberRows, holds_exactly
from derivex.solving.record import Words
from derivex.solving.row_operation import RowOperation

__all__ = ["RowElimination", "Stage", "are_many", "eliminate_rows"]

_FEWEST = 4
"""Unknowns and equations from which on row operations are used; fewer are substituted."""


@dataclass(frozen=True, eq=False)
class Stage:
    """What is done with one pivot.

    Args:
        row: the row of the pivot, from 0.
        unknown: what is eliminated from the others.
        pivot: what it is multiplied by there.
        equation: the row.
        made: each operation with the names that it introduces and the row that it leads to.
    """

    row: int
    unknown: Symbol
    pivot: Basic
    equation: Basic
    made: tuple[tuple[RowOperation, tuple[tuple[Symbol, Basic], ...], Basic], ...]


@dataclass(frozen=True, eq=False)
class RowElimination:
    """A system that was solved by row operations.

    Args:
        equations: the equations, which are linear as they stand.
        unknowns: the unknowns, in order.
        pivots: the row and the column of each pivot, from 0, in the order in which they were used.
        leads: what the unknown of each pivot is multiplied by there.
        operations: the row operations, in order.
        definitions: what the names stand for that entries have got, in order.
        values: each unknown that is determined, from the last; by names, and by unknowns before
            it in this order.
        free: the unknowns that may be any number.
        contradiction: the row that cannot hold, if there is one.
        tested: how many entries were taken for 0 because they are 0 modulo a prime.
    """

    equations: tuple[Basic, ...]
    unknowns: tuple[Symbol, ...]
    pivots: tuple[tuple[int, int], ...]
    leads: tuple[Basic, ...]
    operations: tuple[RowOperation, ...]
    definitions: Mapping[Symbol, Basic]
    values: Mapping[Symbol, Basic]
    free: tuple[Symbol, ...]
    contradiction: int | None
    tested: int

    @property
    def closed(self) -> dict[Symbol, Basic]:
        """Each unknown by what is given; written out, these may be longer than any page."""
        return {
            name: self.without_names(self.values[name])
            for name in self.unknowns
            if name in self.values
        }

    def without_names(self, entry: Basic) -> Basic:
        """An expression with what its names and unknowns stand for put in."""
        known: dict[Basic, Basic] = {}
        for name, meaning in (*self.definitions.items(), *self.values.items()):
            known[name] = substitute(meaning, known)
        return substitute(entry, known)

    @property
    def conditions(self) -> tuple[Basic, ...]:
        """The pivots that are not known to be anything but 0."""
        return tuple(dict.fromkeys(lead for lead in self.leads if value_of(lead) is None))

    @property
    def terms(self) -> int:
        """How many terms it takes to write all equations."""
        width = {row: len(self.unknowns) for row in range(len(self.equations))}
        return sum(width[each.target] - each.column for each in self.operations)

    def stages(self, written: bool = True) -> Iterator[Stage]:
        """Redo the elimination, a pivot at a time.

        Args:
            written: whether the rows that the operations lead to are written down.

        Raises:
            RecordError: an operation does not eliminate its unknown.
        """
        rows = _rows(self.equations, self.unknowns)
        pending = list(reversed(self.operations))
        for row, column in self.pivots:
            made = []
            while pending and (pending[-1].source, pending[-1].column) == (row, column):
                operation = pending.pop()
                before = len(rows.definitions)
                if rows.eliminating(operation.target, row, column) != operation:
                    raise RecordError(f"{operation.words} does not eliminate its unknown")
                rows.apply(operation)
                if written:
                    new = [
                        (name, rows.definitions[name])
                        for name in islice(
                            reversed(rows.definitions), len(rows.definitions) - before
                        )
                    ]
                    made.append((operation, tuple(new[::-1]), rows.equation(operation.target)))
            yield Stage(
                row,
                self.unknowns[column],
                rows.pivot(row, column),
                rows.equation(row),
                tuple(made),
            )
        if pending:
            raise RecordError("an operation belongs to no pivot")

    def rest(self, row: int) -> Basic:
        """What became of an equation in the end."""
        rows = _rows(self.equations, self.unknowns)
        for operation in self.operations:
            rows.eliminating(operation.target, operation.source, operation.column)
            rows.apply(operation)
        return rows.equation(row)

    def replay(self) -> None:
        """Redo every operation, and put the values into the equations.

        Raises:
            RecordError: naming the first mismatch.
        """
        again = _run(_rows(self.equations, self.unknowns), self.equations, self.unknowns)
        for name in (
            "pivots",
            "leads",
            "operations",
            "definitions",
            "values",
            "free",
            "contradiction",
        ):
            if getattr(again, name) != getattr(self, name):
                raise RecordError(f"the {name} of the elimination come out differently")
        if not self.holds():
            raise RecordError("the values do not solve the equations")

    def holds(self) -> bool:
        """Whether the values solve the equations: exactly, or modulo a prime where letters are."""
        if self.contradiction is not None:
            return True
        if not self.definitions and all(_is_numeric(value) for value in self.values.values()):
            known = {name: value_of(value) for name, value in self.values.items()}
            if not self.free and all(value is not None for value in known.values()):
                numbers = {name: value for name, value in known.items() if value is not None}
                return all(holds_exactly(equation, numbers) for equation in self.equations)
        shadow = Shadow()
        for name, entry in (*self.definitions.items(), *self.values.items()):
            shadow.define(name, shadow.of(entry))
        return all(
            shadow.of(equation.args[0]) == shadow.of(equation.args[1])
            for equation in self.equations
        )

    @property
    def checked(self) -> Words:
        """How it was seen that the values solve the equations."""
        number = len(self.equations)
        lead = f"Put into all {number} equations, the solution makes both sides equal"
        if self.definitions:
            return (
                f"{lead} at random values of the letters, modulo the prime {PRIME}: tested, "
                "not proven",
            )
        return (f"{lead} exactly",)


def are_many(equations: Sequence[Basic], unknowns: Sequence[Symbol]) -> bool:
    """Whether a system is so large that its equations are not substituted into one another."""
    return min(len(equations), len(unknowns)) >= _FEWEST


def eliminate_rows(equations: Sequence[Basic], unknowns: Sequence[Symbol]) -> RowElimination | None:
    """Solve linear equations by row operations; None where they are not linear as they stand.

    Args:
        equations: the equations.
        unknowns: the unknowns, in order.

    >>> from derivex.expression import Equation, Plus, integer, number, symbol
    >>> names = [symbol(f"x_{place}") for place in range(1, 5)]
    >>> equations = [Equation(Plus(name, names[0]), integer(4)) for name in names]
    >>> list(eliminate_rows(equations, names).values.values())
    [2, 2, 2, 2]
    """
    known = set(unknowns)
    forms = [linear_form(equation, known) for equation in equations]
    linear = [form for form in forms if form is not None]
    if len(linear) < len(forms):
        return None
    try:
        return _run(_rows_of(linear, unknowns), tuple(equations), tuple(unknowns))
    except ZeroDivisionError:
        return None  # a coefficient divides by what is zero modulo the prime


def _is_numeric(node: Basic) -> bool:
    return value_of(node) is not None


def _rows(equations: Sequence[Basic], unknowns: Sequence[Symbol]) -> NumberRows | NamedRows:
    known = set(unknowns)
    forms = []
    for equation in equations:
        form = linear_form(equation, known)
        if form is None:
            raise RecordError(f"{equation} is not linear as it stands")
        forms.append(form)
    return _rows_of(forms, unknowns)


def _rows_of(forms: Sequence[LinearForm], unknowns: Sequence[Symbol]) -> NumberRows | NamedRows:
    entries = [entry for form in forms for entry in (*form.coefficients.values(), form.right)]
    if all(map(_is_numeric, entries)):
        return NumberRows(forms, unknowns)
    return NamedRows(forms, unknowns)


def _run(
    rows: NumberRows | NamedRows, equations: tuple[Basic, ...], unknowns: tuple[Symbol, ...]
) -> RowElimination:
    operations: list[RowOperation] = []
    pivots: list[tuple[int, int]] = []
    leads: list[Basic] = []
    left = list(range(len(rows)))
    for column in range(len(unknowns)):
        candidates = [row for row in left if rows.holds(row, column)]
        if not candidates:
            continue
        source = min(candidates, key=lambda row: (rows.rank(row, column), row))
        left.remove(source)
        pivots.append((source, column))
        leads.append(rows.pivot(source, column))
        for target in candidates:
            if target != source:
                operation = rows.eliminating(target, source, column)
                rows.apply(operation)
                operations.append(operation)
    contradiction = next((row for row in left if rows.has_right(row)), None)
    determined = {column for _, column in pivots}
    free = [column for column in range(len(unknowns)) if column not in determined]
    values = {} if contradiction is not None else rows.solved(pivots, free)
    return RowElimination(
        equations,
        unknowns,
        tuple(pivots),
        tuple(leads),
        tuple(operations),
        dict(rows.definitions),
        dict(values),
        tuple(unknowns[column] for column in free),
        contradiction,
        rows.tested,
    )
