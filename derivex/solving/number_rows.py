"""Linear equations whose coefficients are numbers, as rows of whole numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import ZERO, Equation, Negative, Plus, Times, integer, number, value_of
from derivex.solving.linear_form import LinearForm, written_form
from derivex.solving.row_operation import RowOperation

__all__ = ["NumberRows"]


class NumberRows:
    """Rows of whole numbers, kept as polynomials, on which FLINT works row by row.

    The coefficient of the unknown in column c of n stands at the power n − c, the right-hand side
    at the power 0.

    Args:
        forms: the equations, all of whose coefficients are numbers.
        unknowns: the unknowns, a column each.
    """

    def __init__(self, forms: Sequence[LinearForm], unknowns: Sequence[Symbol]):
        import flint

        self.unknowns = tuple(unknowns)
        self.definitions: dict[Symbol, Basic] = {}
        self.tested = 0
        self._rows: list[Any] = []
        width = len(unknowns)
        places = {unknown: width - column for column, unknown in enumerate(unknowns)}
        for form in forms:
            values = [Fraction(0)] * (width + 1)
            for unknown, coefficient in form.coefficients.items():
                values[places[unknown]] = _number(coefficient)
            values[0] = _number(form.right)
            scale = lcm(*[value.denominator for value in values])
            self._rows.append(flint.fmpz_poly([int(value * scale) for value in values]))

    def __len__(self) -> int:
        return len(self._rows)

    def columns(self, row: int) -> list[int]:
        """The columns of the unknowns that occur in a row."""
        width = len(self.unknowns)
        coefficients = self._rows[row].coeffs()
        return [
            width - place for place in range(len(coefficients) - 1, 0, -1) if coefficients[place]
        ]

    def holds(self, row: int, column: int) -> bool:
        """Whether an unknown occurs in a row."""
        return bool(self._entry(row, column))

    def rank(self, row: int, column: int) -> tuple[int, ...]:
        """Pivots of a lower rank are taken first: 1 and −1, then small numbers."""
        entry = abs(self._entry(row, column))
        return (int(entry.bit_length() > 20), entry if entry.bit_length() <= 20 else 0)

    def has_right(self, row: int) -> bool:
        """Whether the right-hand side of a row is not 0."""
        return bool(self._rows[row][0])

    def right(self, row: int) -> Basic:
        """The right-hand side of a row."""
        return number(int(self._rows[row][0]))

    def pivot(self, row: int, column: int) -> Basic:
        """What an unknown is multiplied by in a row."""
        return number(self._entry(row, column))

    def eliminating(self, target: int, source: int, column: int) -> RowOperation:
        """The operation that eliminates an unknown from a row, in lowest terms."""
        own, other = self._entry(source, column), self._entry(target, column)
        common = gcd(own, other) * (1 if own > 0 else -1)
        own, other = own // common, other // common
        made = own * self._rows[target] - other * self._rows[source]
        divisor = 0
        for coefficient in made.coeffs() if made.degree() > 0 else ():
            divisor = gcd(divisor, int(coefficient))
            if divisor == 1:
                break
        whole = integer(divisor or 1)
        return RowOperation(target, source, column, number(own), number(other), whole)

    def apply(self, operation: RowOperation) -> None:
        """Put the result of an operation in the place of its target."""
        own, other, divisor = (
            int(_number(each)) for each in (operation.own, operation.other, operation.divisor)
        )
        made = own * self._rows[operation.target] - other * self._rows[operation.source]
        self._rows[operation.target] = made // divisor if divisor > 1 else made

    def equation(self, row: int) -> Basic:
        """A row as an equation."""
        width = len(self.unknowns)
        polynomial = self._rows[row]
        coefficients = {
            self.unknowns[column]: number(int(polynomial[width - column]))
            for column in self.columns(row)
        }
        return written_form(coefficients, self.right(row))

    def solved(
        self, pivots: Sequence[tuple[int, int]], free: Sequence[int]
    ) -> Mapping[Symbol, Basic]:
        """The unknowns of the pivots, from the last row to the first."""
        import flint

        width = len(self.unknowns)
        known: dict[int, list[Any]] = {}
        for place, column in enumerate(free):
            known[column] = [flint.fmpq(0)] * (len(free) + 1)
            known[column][place + 1] = flint.fmpq(1)
        for row, column in reversed(pivots):
            polynomial = self._rows[row]
            total = [flint.fmpq(polynomial[0])] + [flint.fmpq(0)] * len(free)
            for other in self.columns(row):
                if other != column:
                    factor = polynomial[width - other]
                    total = [
                        value - factor * share
                        for value, share in zip(total, known[other], strict=True)
                    ]
            lead = polynomial[width - column]
            known[column] = [value / lead for value in total]
        names = [self.unknowns[column] for column in free]
        return {
            self.unknowns[column]: _written(known[column], names) for _, column in reversed(pivots)
        }

    def _entry(self, row: int, column: int) -> int:
        return int(self._rows[row][len(self.unknowns) - column])


def _number(node: Basic) -> Fraction:
    value = value_of(node)
    assert value is not None
    return value


def _written(shares: Sequence[Any], names: Sequence[Symbol]) -> Basic:
    """A number plus multiples of letters."""
    values = [Fraction(int(share.p), int(share.q)) for share in shares]
    terms: list[Basic] = [number(values[0])] if values[0] else []
    for value, name in zip(values[1:], names, strict=True):
        if value:
            term = name if abs(value) == 1 else Times(number(abs(value)), name)
            terms.append(Negative(term) if value < 0 else term)
    if not terms:
        return ZERO
    return terms[0] if len(terms) == 1 else Plus(*terms)


def holds_exactly(equation: Basic, values: Mapping[Symbol, Fraction]) -> bool:
    """Whether an equation with numbers as coefficients holds for numbers."""
    from derivex.solving.linear_form import linear_form

    form = linear_form(equation, values.keys())
    assert type(equation) is Equation and form is not None
    total = -_number(form.right)
    for unknown, coefficient in form.coefficients.items():
        total += _number(coefficient) * values[unknown]
    return not total
