"""Expressions compiled to NumPy: each distinct part once, and what is constant only once for all.

The tree is walked from the leaves up, and each node becomes a call of NumPy.  What does not
depend on the variables is calculated there and then, so that a step of descent does not do it
again.  Nothing is ever made into source text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from sympy import Symbol
from sympy.core.basic import Basic

from derivex.descent.numpy_functions import FOLDED, FUNCTIONS, RELATIONS, choose, sum_of_logs
from derivex.descent.preparing import INDEX, float_column, prepared
from derivex.descent.tape import Call, Tape
from derivex.descent.taping import lay_out
from derivex.engine import Columns
from derivex.engine.evaluate import length_of
from derivex.errors import ProblemError
from derivex.expression import (
    And,
    Apply,
    At,
    Branch,
    Cases,
    E,
    Negative,
    Or,
    Over,
    Plus,
    Power,
    Times,
    Total,
    pi,
    postorder,
    symbol,
    value_of,
)
from derivex.expression.data import COUNT
from derivex.expression.functions import Functions
from derivex.notation import TextWriter

__all__ = ["compiled"]

_LARGEST_POWER = 64  # that is made by multiplying
_PLAIN = frozenset({np.add, np.subtract, np.multiply, np.negative})


def compiled(
    outputs: Sequence[Basic],
    inputs: Sequence[Basic],
    columns: Columns,
    functions: Functions,
) -> Tape:
    """Some expressions as one function of the variables, in floating point.

    Args:
        outputs: the expressions, definitions filled in.
        inputs: the variables, in the order in which their values will come.
        columns: the data.
        functions: the known functions.

    Raises:
        ProblemError: something in them has no value in floating point.

    >>> from derivex.expression import TWO, symbol
    >>> x = symbol("x")
    >>> [float(value) for value in compiled([Power(x, TWO), x], [x], {}, {})([3.0])]
    [9.0, 3.0]
    """
    compiler = _Compiler(inputs, columns, functions)
    places = [compiler.add(prepared(output, columns, functions)) for output in outputs]
    return lay_out(
        compiler.values,
        compiler.calls,
        compiler.rows,
        compiler.levels,
        compiler.sums,
        [compiler.places[name] for name in inputs],
        places,
    )


class _Compiler:
    """Numbers, rows and calls, each with its place; what is known has a value."""

    def __init__(self, inputs: Sequence[Basic], columns: Columns, functions: Functions):
        self.values: list[Any] = []  # by place; None where it depends on the variables
        self.rows: set[int] = set()  # places of rows
        self.levels: dict[int, int] = {}  # the pass in which it is known; not of constants
        self.calls: dict[int, Call] = {}
        self.sums: set[int] = set()  # places of sums over rows
        self._rough: set[int] = set()  # places of rows that are more than sums and products
        self.places: dict[Basic, int] = {}
        self._same: dict[tuple[Any, ...], int] = {}
        self._columns = columns
        self._arrays: dict[int, Any] = {}
        self._functions = functions
        self._count = length_of(columns)
        for name in inputs:
            self.places[name] = self._new(None, False, 0)

    def add(self, root: Basic) -> int:
        """The place of an expression that was prepared."""
        nodes = list(postorder(root))
        bases = {node.args[0] for node in nodes if type(node) is At}
        for node in nodes:
            if node not in self.places and node not in bases:
                place = self._place(node)
                if place is not None:
                    self.places[node] = place
        return self.places[root]

    # -- places ----------------------------------------------------------------------------

    def _new(self, value: Any, row: bool, level: int | None) -> int:
        place = len(self.values)
        self.values.append(value)
        if row:
            self.rows.add(place)
        if level is not None:
            self.levels[place] = level
        return place

    def _constant(self, value: float) -> int:
        key = ("constant", value)
        if key not in self._same:
            self._same[key] = self._new(value, False, None)
        return self._same[key]

    def _call(self, function: Callable[..., Any], *operands: int) -> int:
        """The place of the value of a function; known at once where its operands are."""
        key = (function, *operands)
        found = self._same.get(key)
        if found is not None:
            return found
        row = any(place in self.rows for place in operands)
        if all(place not in self.levels for place in operands):
            with np.errstate(all="ignore"):
                value = function(*[self.values[place] for place in operands])
            found = self._new(value if row else float(value), row, None)
        else:
            level = max(self.levels.get(place, 0) for place in operands)
            found = self._new(None, row, level)
            self.calls[found] = Call(function, operands, found)
            if row and (function not in _PLAIN or any(each in self._rough for each in operands)):
                self._rough.add(found)
        self._same[key] = found
        return found

    def _sum(self, function: Callable[..., Any], *operands: int) -> int:
        """The place of a number that is made of whole rows: a sum, or a sum of products."""
        key = (function, *operands)
        found = self._same.get(key)
        if found is not None:
            return found
        if all(place not in self.levels for place in operands):
            value = float(function(*[self.values[place] for place in operands]))
            found = self._new(value, False, None)
        else:
            level = max(self.levels.get(place, 0) for place in operands)
            found = self._new(None, False, level + 1)
            self.calls[found] = Call(function, operands, found)
            self.sums.add(found)
        self._same[key] = found
        return found

    # -- nodes -----------------------------------------------------------------------------

    def _place(self, node: Basic) -> int | None:
        kind = type(node)
        value = value_of(node)
        if value is not None:
            return self._constant(_as_float(value))
        if node is pi or node is E:
            return self._constant(float(np.pi if node is pi else np.e))
        if kind is At:
            return self._entry(node)
        if isinstance(node, Symbol):
            return self._name(node)
        operands = [self.places[part] for part in node.args if part in self.places]
        if kind is Plus:
            return self._plus(node.args)
        if kind is Negative:
            return self._call(np.negative, *operands)
        if kind is Times or kind is Over:
            return self._times(self._factors(node))
        if kind is Power:
            return self._power(node, *operands)
        if kind is Apply:
            return self._apply(node)
        if kind is Total:
            return self._total(node.args[0])
        if kind in RELATIONS:
            return self._call(RELATIONS[kind], *operands)
        if kind in (And, Or):
            function = np.logical_and if kind is And else np.logical_or
            return self._fold(function, operands)
        if kind is Cases:
            return self._cases(node)
        if kind is Branch or not node.args:
            return None  # part of what holds it
        raise _no_value(node)

    def _name(self, node: Symbol) -> int | None:
        if node is INDEX:
            return self._new(np.arange(1.0, self._count + 1), True, None)
        if node is COUNT and self._count:
            return self._constant(float(self._count))
        if node in self._columns:
            return None  # the name of a column, which stands in an entry
        raise ProblemError(
            f"{node} has no value, so there is nothing to calculate with",
            hint="give every letter a starting value, a definition or data",
        )

    def _entry(self, node: Basic) -> int:
        base, *places = node.args
        column = self._columns.get(symbol(getattr(base, "name", "")))
        if column is None or len(places) != 1:
            raise ProblemError(
                f"there are no data for {TextWriter().write(node)}",
                hint="add a line such as: data a = 1, 2, 3",
            )
        if places[0] is INDEX:
            return self._new(self._array(column), True, None)
        position = value_of(places[0])
        if position is None or not 1 <= position <= len(column) or position.denominator != 1:
            raise ProblemError(f"{TextWriter().write(node)} is none of the {len(column)} entries")
        return self._constant(float(self._array(column)[int(position) - 1]))

    def _array(self, column: Any) -> Any:
        if id(column) not in self._arrays:
            self._arrays[id(column)] = float_column(column)
        return self._arrays[id(column)]

    def _plus(self, parts: Sequence[Basic]) -> int:
        """Numbers first, then constant rows, then the others: fewest passes over rows."""
        terms: list[tuple[int, int]] = []  # a sign and a place
        for part in parts:
            inner = part.args[0] if type(part) is Negative else part
            terms.append((-1 if inner is not part else 1, self.places[inner]))
        groups = [self._signed(group) for group in self._grouped(terms, lambda term: term[1])]
        # A row that varies goes before a number: it is then added to in place.
        total, sign = groups[-1]
        for place, its in reversed(groups[:-1]):
            if sign > 0:
                total = self._call(np.add if its > 0 else np.subtract, total, place)
            elif its > 0:
                total, sign = self._call(np.subtract, place, total), 1
            else:
                total = self._call(np.add, total, place)
        return total if sign > 0 else self._call(np.negative, total)

    def _signed(self, terms: Sequence[tuple[int, int]]) -> tuple[int, int]:
        """The sum of terms of one kind, up to its sign."""
        sign, total = terms[0]
        for its, place in terms[1:]:
            total = self._call(np.add if its == sign else np.subtract, total, place)
        return total, sign

    def _times(self, operands: Sequence[int]) -> int:
        groups = [self._fold(np.multiply, group) for group in self._grouped(operands)]
        return self._fold(np.multiply, groups[::-1])

    def _fold(self, function: Callable[..., Any], operands: Sequence[int]) -> int:
        """A function of two, applied to any number from the left to the right."""
        found = operands[0]
        for operand in operands[1:]:
            found = self._call(function, found, operand)
        return found

    def _grouped(self, items: Sequence[Any], place_of: Any = lambda item: item) -> list[list[Any]]:
        """Constant numbers, other numbers, constant rows, other rows; without empty groups."""
        groups: list[list[Any]] = [[], [], [], []]
        for item in items:
            place = place_of(item)
            groups[2 * (place in self.rows) + (place in self.levels)].append(item)
        return [group for group in groups if group]

    def _power(self, node: Basic, base: int, exponent: int) -> int:
        value = value_of(node.args[1])
        if node.args[0] is E and value is None:
            return self._call(np.exp, exponent)
        if value is not None and value.denominator == 1 and abs(value) <= _LARGEST_POWER:
            power = self._whole_power(base, abs(int(value)))
            return self._call(np.divide, self._constant(1.0), power) if value < 0 else power
        if value is not None and value.denominator == 2 and value.numerator == 1:
            return self._call(np.sqrt, base)
        return self._call(np.power, base, exponent)

    def _whole_power(self, base: int, exponent: int) -> int:
        found: int | None = None
        while exponent:
            if exponent & 1:
                found = base if found is None else self._call(np.multiply, found, base)
            exponent >>= 1
            if exponent:
                base = self._call(np.multiply, base, base)
        return self._constant(1.0) if found is None else found

    def _apply(self, node: Basic) -> int:
        name = str(node.args[0])
        function = self._functions.get(name)
        meaning = function.means if function is not None and function.means else name
        operands = [self.places[part] for part in node.args[1:]]
        if meaning in FOLDED and operands:
            return self._fold(FOLDED[meaning], operands)
        if meaning not in FUNCTIONS:
            raise _no_value(node)
        return self._call(FUNCTIONS[meaning], *operands)

    def _factors(self, node: Basic) -> list[int]:
        """What a product or a quotient is made of.

        Of what varies from row to row, only that is divided: in x e/(1 + e), where x is a column,
        e/(1 + e) can then be shared with other terms.
        """
        if type(node) is Times:
            return [self.places[part] for part in node.args]
        above, below = node.args
        factors = self._factors(above) if type(above) is Times else [self.places[above]]
        divisor = self.places[below]
        if divisor not in self.rows or divisor not in self.levels:
            return [self._call(np.divide, self._times(factors), divisor)]
        *others, last = self._grouped(factors)
        quotient = self._call(np.divide, self._fold(np.multiply, last), divisor)
        return [*(place for group in others for place in group), quotient]

    def _total(self, body: Basic) -> int:
        """A sum over the data.

        Terms that are more than sums and products are added up one by one, so that what is
        constant in them is taken out.  The others stay together: a residual may be exactly 0.
        """
        terms = list(body.args) if type(body) is Plus else [body]
        rough = [term for term in terms if self.places[term] in self._rough]
        plain = [term for term in terms if self.places[term] not in self._rough]
        totals = [self._summed(term) for term in rough]
        if len(plain) == 1:
            totals.append(self._summed(plain[0]))
        elif plain:
            totals.append(self._added([self._plus(plain)]))
        return self._fold(np.add, totals)

    def _summed(self, term: Basic) -> int:
        """The sum of one term."""
        sign = 1
        while type(term) is Negative:
            term, sign = term.args[0], -sign
        if type(term) is Times or type(term) is Over:
            factors = self._factors(term)
        elif type(term) is Power and value_of(term.args[1]) == 2:
            factors = [self.places[term.args[0]]] * 2
        else:
            factors = [self.places[term]]
        total = self._added(factors)
        return total if sign > 0 else self._call(np.negative, total)

    def _added(self, factors: Sequence[int]) -> int:
        """The sum of a product: numbers go before it, and rows are multiplied by a dot product."""
        numbers = [each for each in factors if each not in self.rows]
        rows = [each for each in factors if each in self.rows]
        if not rows:
            total = self._constant(float(self._count))
        elif len(rows) > 1:
            total = self._sum(np.dot, self._times(rows[:-1]), rows[-1])
        elif rows[0] in self.calls and self.calls[rows[0]].function is np.log:
            total = self._sum(sum_of_logs, *self.calls[rows[0]].operands)
        else:
            total = self._sum(np.add.reduce, rows[0])
        return self._times([*numbers, total])

    def _cases(self, node: Basic) -> int:
        found = self._constant(float("nan"))
        for branch in reversed(node.args):
            value = self.places[branch.args[0]]
            if len(branch.args) == 1:
                found = value
            else:
                found = self._call(choose, self.places[branch.args[1]], value, found)
        return found


def _as_float(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")


def _no_value(node: Basic) -> ProblemError:
    return ProblemError(
        f"{TextWriter().write(node)} has no value in floating point",
        hint="a search calculates with elementary functions, sums over the data, and cases",
    )
