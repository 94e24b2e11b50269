"""The Hessian of a function of many variables, by differences of its gradient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.descent.figures import as_float
from derivex.engine import Columns
from derivex.expression import (
    Column,
    Mean,
    Negative,
    Over,
    Plus,
    Power,
    Row,
    Times,
    Total,
    postorder,
    value_of,
)
from derivex.rulebook import RuleBook

__all__ = ["has_degree_one", "hessian_by_differences"]

_STEP = 2.0**-17  # relative; about the third root of the rounding, where the error is least
_LINEAR = 1.0  # a step that is right for any linear function


def hessian_by_differences(
    partials: Sequence[Basic],
    variables: Sequence[Symbol],
    point: Mapping[Symbol, Basic],
    columns: Columns,
    book: RuleBook,
    linear: bool,
) -> Any:
    """A symmetric array with a row and a column for each variable.

    Args:
        partials: the partial derivatives.
        variables: the variables, in the same order.
        point: their values.
        columns: the data.
        book: the rules, for the functions.
        linear: whether the partial derivatives are linear, so that a wide step loses nothing.

    Raises:
        ProblemError: a partial derivative has no value in floating point.
    """
    import numpy as np  # which takes a while

    from derivex.descent.compiling import compiled

    tape = compiled(partials, variables, columns, book.functions)
    place = [as_float(point[name]) for name in variables]
    found = np.empty((len(variables), len(variables)))
    for row, middle in enumerate(place):
        step = (_LINEAR if linear else _STEP) * max(1.0, abs(middle))
        high, low = middle + step, middle - step
        above = np.array(tape([*place[:row], high, *place[row + 1 :]]), dtype=float)
        below = np.array(tape([*place[:row], low, *place[row + 1 :]]), dtype=float)
        found[row] = (above - below) / (high - low)
    return (found + found.T) / 2


def has_degree_one(expression: Basic, variables: Sequence[Symbol]) -> bool:
    """Whether an expression is seen to be linear in some variables, or free of them.

    >>> from derivex.expression import TWO, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> has_degree_one(Plus(Times(y, x), TWO), [x]), has_degree_one(Times(y, x), [x, y])
    (True, False)
    """
    degrees: dict[Basic, int] = dict.fromkeys(variables, 1)
    for node in postorder(expression):
        if node not in degrees:
            degrees[node] = _degree(node, [degrees[part] for part in node.args])
    return degrees[expression] <= 1


_TOO_MUCH = 2


def _degree(node: Basic, parts: Sequence[int]) -> int:
    """The degree of a node, from those of its operands; of what is no polynomial 2."""
    kind = type(node)
    if not any(parts):
        return 0
    if kind in (Plus, Negative, Row, Column):
        return max(parts)
    if kind is Times:
        return min(sum(parts), _TOO_MUCH)
    if kind is Over and not parts[1]:
        return parts[0]
    if kind is Power and value_of(node.args[1]) == 1:
        return parts[0]
    if kind in (Total, Mean) and not any(parts[1:]):
        return parts[0]
    return _TOO_MUCH
