"""Linear equations with letters as coefficients: rows whose entries get names.

Written out, the entries of a dense system of letters grow beyond all bounds: each is a quotient of
determinants.  With a name for each entry that is new, the elimination takes as many definitions as
it has multiplications, and every definition is short.

Whether a new entry is zero whatever the letters are is told by its value at one random point,
modulo a prime: what is not zero there is certainly not zero everywhere.  (Schwartz and Zippel: what
is zero there, though it is not everywhere, has at most degree/prime as its probability.)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from random import Random

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    ZERO,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    free_symbols,
    number,
    postorder,
    symbol,
    value_of,
)
from derivex.solving.linear_form import LinearForm, written_form
from derivex.solving.row_operation import RowOperation

__all__ = ["PRIME", "NamedRows"]

PRIME = 2**61 - 1
_SEED = 20


class NamedRows:
    """Rows of written coefficients; each new one that is not a number or a letter gets a name.

    Args:
        forms: the equations.
        unknowns: the unknowns, a column each.
    """

    def __init__(self, forms: Sequence[LinearForm], unknowns: Sequence[Symbol]):
        self.unknowns = tuple(unknowns)
        self.definitions: dict[Symbol, Basic] = {}
        self.tested = 0
        self._right = len(unknowns)
        places = {unknown: column for column, unknown in enumerate(unknowns)}
        taken = {str(name) for name in unknowns}
        self._rows: list[dict[int, Basic]] = []
        for form in forms:
            row = {places[name]: value for name, value in form.coefficients.items()}
            if form.right is not ZERO:
                row[self._right] = form.right
            self._rows.append(row)
            for value in row.values():
                taken.update(map(str, free_symbols(value)))
        self._names = _names(taken)
        self._shadow = Shadow()

    def __len__(self) -> int:
        return len(self._rows)

    def columns(self, row: int) -> list[int]:
        """The columns of the unknowns that occur in a row."""
        return sorted(column for column in self._rows[row] if column != self._right)

    def holds(self, row: int, column: int) -> bool:
        """Whether an unknown occurs in a row."""
        return column in self._rows[row]

    def rank(self, row: int, column: int) -> tuple[int, ...]:
        """Pivots of a lower rank are taken first: numbers, then what was given, then names."""
        entry = self._rows[row][column]
        value = value_of(entry)
        if value is not None:
            return (0, int(abs(value) != 1))
        return (2 if entry in self.definitions else 1, sum(1 for _ in postorder(entry)))

    def has_right(self, row: int) -> bool:
        """Whether the right-hand side of a row is not 0 whatever the letters are."""
        return self._right in self._rows[row]

    def right(self, row: int) -> Basic:
        """The right-hand side of a row."""
        return self._rows[row].get(self._right, ZERO)

    def pivot(self, row: int, column: int) -> Basic:
        """What an unknown is multiplied by in a row."""
        return self._rows[row][column]

    def eliminating(self, target: int, source: int, column: int) -> RowOperation:
        """The operation that eliminates an unknown from a row."""
        lead, entry = self._rows[source][column], self._rows[target][column]
        factor = _quotient(entry, lead)
        return RowOperation(
            target, source, column, ONE, self._named(factor, self._shadow.of(factor))
        )

    def apply(self, operation: RowOperation) -> None:
        """Put the result of an operation in the place of its target."""
        target, source = self._rows[operation.target], self._rows[operation.source]
        value = self._shadow.of
        factor = value(operation.other)
        for column in sorted(source):
            if column == operation.column:
                del target[column]
                continue
            old, entry = target.get(column, ZERO), source[column]
            shadow = (value(old) - factor * value(entry)) % PRIME
            if shadow:
                made = _difference(old, _product(operation.other, entry))
                target[column] = self._named(made, shadow)
            elif target.pop(column, None) is not None:
                self.tested += value_of(old) is None

    def equation(self, row: int) -> Basic:
        """A row as an equation."""
        entries = self._rows[row]
        return written_form(
            {self.unknowns[column]: entries[column] for column in self.columns(row)},
            self.right(row),
        )

    def solved(
        self, pivots: Sequence[tuple[int, int]], free: Sequence[int]
    ) -> Mapping[Symbol, Basic]:
        """The unknowns of the pivots, from the last row to the first, each by those before it."""
        found: dict[Symbol, Basic] = {}
        for row, column in reversed(pivots):
            entries = self._rows[row]
            above = self.right(row)
            for other in self.columns(row):
                if other != column:
                    above = _difference(above, _product(entries[other], self.unknowns[other]))
            found[self.unknowns[column]] = _quotient(above, entries[column])
        return found

    def _named(self, entry: Basic, value: int) -> Basic:
        plain = entry.args[0] if type(entry) is Negative else entry
        if not plain.args or value_of(plain) is not None:
            return entry
        name = symbol(next(self._names))
        self.definitions[name] = entry
        self._shadow.define(name, value)
        return name


class Shadow:
    """Values of expressions modulo a prime, the letters having random ones."""

    def __init__(self) -> None:
        self._random = Random(_SEED)
        self._values: dict[Basic, int] = {}

    def define(self, name: Symbol, value: int) -> None:
        """Give a name the value of what it stands for."""
        self._values[name] = value

    def of(self, root: Basic) -> int:
        """The value of an expression.

        Raises:
            ZeroDivisionError: it divides by what is zero there.
        """
        values = self._values
        if root in values:
            return values[root]
        for node in postorder(root):
            if node not in values:
                values[node] = self._value(node)
        return values[root]

    def _value(self, node: Basic) -> int:
        values = self._values
        exact = value_of(node)
        if exact is not None:
            return exact.numerator * _inverse(exact.denominator) % PRIME
        if type(node) is Plus:
            return sum(values[part] for part in node.args) % PRIME
        if type(node) is Negative:
            return -values[node.args[0]] % PRIME
        if type(node) is Times:
            product = 1
            for part in node.args:
                product = product * values[part] % PRIME
            return product
        if type(node) is Over:
            above, below = node.args
            return values[above] * _inverse(values[below]) % PRIME
        if type(node) is Power:
            exponent = value_of(node.args[1])
            if exponent is not None and exponent.denominator == 1 and exponent > 0:
                return pow(values[node.args[0]], exponent.numerator, PRIME)
        return self._random.randrange(1, PRIME)  # a letter, or what counts as one


def _inverse(value: int) -> int:
    if not value % PRIME:
        raise ZeroDivisionError
    return pow(value, -1, PRIME)


def _names(taken: set[str]) -> Iterator[str]:
    letter = next(
        each
        for each in ("t", "u", "v", "w", "tau", "phi")
        if not any(name == each or name.startswith(f"{each}_") for name in taken)
    )
    return (f"{letter}_{number}" for number in count(1))


def _product(first: Basic, second: Basic) -> Basic:
    values = value_of(first), value_of(second)
    if values[0] is not None and values[1] is not None:
        return number(values[0] * values[1])
    if type(first) is Negative:
        return _minus(_product(first.args[0], second))
    if type(second) is Negative:
        return _minus(_product(first, second.args[0]))
    if first is ONE:
        return second
    if second is ONE:
        return first
    return Times(second, first) if values[1] is not None else Times(first, second)


def _quotient(first: Basic, second: Basic) -> Basic:
    values = value_of(first), value_of(second)
    if values[0] is not None and values[1] is not None:
        return number(values[0] / values[1])
    if first is second:
        return ONE
    if second is ONE:
        return first
    if type(second) is Negative:
        return _minus(_quotient(first, second.args[0]))
    if type(first) is Negative:
        return Negative(Over(first.args[0], second))
    return Over(first, second)


def _difference(first: Basic, second: Basic) -> Basic:
    values = value_of(first), value_of(second)
    if values[0] is not None and values[1] is not None:
        return number(values[0] - values[1])
    if first is second or second is ZERO:
        return ZERO if first is second else first
    return _minus(second) if first is ZERO else Plus(first, _minus(second))


def _minus(node: Basic) -> Basic:
    value = value_of(node)
    if value is not None:
        return number(-value)
    return node.args[0] if type(node) is Negative else Negative(node)
