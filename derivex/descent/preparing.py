"""Expressions made ready to be compiled: means as sums, sums with one index, functions unfolded."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from sympy.core.basic import Basic

from derivex.engine import Columns
from derivex.engine.evaluate import length_of
from derivex.errors import ProblemError
from derivex.expression import (
    ONE,
    ZERO,
    Apply,
    Binder,
    Mean,
    Plus,
    Product,
    Times,
    Total,
    free_symbols,
    integer,
    postorder,
    substitute,
    symbol,
    transform,
    value_of,
)
from derivex.expression.data import COUNT, mean_as_total
from derivex.expression.definitions import Definitions
from derivex.expression.functions import Functions
from derivex.notation import TextWriter

__all__ = ["INDEX", "float_column", "prepared"]

INDEX = symbol("·item")
"""The index of every sum over the data, a letter that nobody can type."""

_MOST_TERMS = 2_000  # of a sum that is written out


def prepared(expression: Basic, columns: Columns, functions: Functions) -> Basic:
    """The expression with sums over the data by ``INDEX`` only, and known functions only.

    Raises:
        ProblemError: a sum whose bounds are not known, or one inside of another that uses the
            other's index and has too many terms to be written out.
    """
    calls = Definitions(functions)
    data = dict.fromkeys(columns)
    indices = {node.args[1] for node in postorder(expression) if isinstance(node, Binder)}

    def change(node: Basic) -> Basic:
        if type(node) is Apply:
            function = functions.get(str(node.args[0]))
            meaning = None if function is None or function.means else calls.of(node)
            return node if meaning is None else transform(meaning, change)
        if type(node) is Mean:
            return transform(mean_as_total(node, data), change)
        if type(node) is Total or type(node) is Product:
            return _sum(node, columns, indices, change)
        return node

    return transform(expression, change)


def _sum(
    node: Basic, columns: Columns, indices: set[Basic], change: Callable[[Basic], Basic]
) -> Basic:
    body, index = node.args[:2]
    if index is INDEX:
        return node
    first, last = _bounds(node, length_of(columns))
    depends = any(name in indices and name is not index for name in free_symbols(body))
    if type(node) is Total and not depends and (first, last) == (1, length_of(columns)):
        return _over_all(body, index)
    if last - first >= _MOST_TERMS:
        raise ProblemError(
            f"a sum or product of {last - first + 1} terms is too long to be written out here",
            hint="what does not depend on the index of an outer sum can stand before the inner one",
        )
    terms = [substitute(body, {index: integer(k)}) for k in range(first, last + 1)]
    kind = Plus if type(node) is Total else Times
    if not terms:
        return ZERO if kind is Plus else ONE
    return transform(terms[0] if len(terms) == 1 else kind(*terms), change)


def _bounds(node: Basic, count: int) -> tuple[int, int]:
    bounds = node.args[2:]
    if not bounds and count:
        return 1, count
    values = [count if bound is COUNT and count else value_of(bound) for bound in bounds]
    if not bounds or any(value is None or int(value) != value for value in values):
        raise ProblemError(
            f"{TextWriter().write(node)} has no value, because its bounds are not known",
            hint="give data, or numbers as bounds",
        )
    first, last = (int(value) for value in values if value is not None)
    return first, last


def _over_all(body: Basic, index: Basic) -> Basic:
    """The sum with ``INDEX``; sums inside, which have it too, are closed and stay as they are."""
    closed = {
        node: symbol(f"·sum {number}")
        for number, node in enumerate(postorder(body))
        if type(node) is Total and node.args[1] is INDEX
    }
    opened = {name: node for node, name in closed.items()}
    renamed = substitute(substitute(body, closed), {index: INDEX})
    return Total(transform(renamed, lambda node: opened.get(node, node)), INDEX)


def float_column(column: Any) -> Any:
    """A column of data as an array of floats."""
    array = getattr(column, "floats", None)
    if array is not None:
        return array
    values = [value_of(entry) for entry in column]
    return np.array([float(value) if value is not None else np.nan for value in values])
