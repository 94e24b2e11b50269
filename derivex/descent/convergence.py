"""Below which rate does a descent converge?  By the second derivatives.

Near a minimum, or everywhere if the function is quadratic, a step of gradient descent multiplies
the distance along an eigenvector of the Hessian by 1 − rate · λ.  It shrinks for all of them if
the rate is below 2/L, where L is the largest eigenvalue.  (Y. Nesterov, Introductory lectures on
convex optimization, 2004, section 1.2.3; the best constant rate is 2/(L + μ), theorem 2.1.15.)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.descent.figures import as_float, of_float, rounded_to
from derivex.descent.formula import formula
from derivex.descent.hessian import has_degree_one, hessian_by_differences
from derivex.descent.method import Method
from derivex.engine import Columns, differentiate, evaluate
from derivex.engine.evaluate import length_of
from derivex.errors import ProblemError
from derivex.expression import free_symbols, number, substitute, symbol, value_of
from derivex.rulebook import RuleBook, shipped_book

__all__ = ["Curvature", "bound_on_rate", "curvature_at"]

_MOST_BY_RULES = 12  # variables by which every entry of the Hessian is derived
_MOST_VARIABLES = 1_000
_MOST_NUMBERS = 50_000_000  # of data that are looked at, once for each variable
_MOST_ITEMS = 100  # of data with which the Hessian is worked out exactly
_DIGITS = 12
_DIGITS_OF_DIFFERENCES = 7


@dataclass(frozen=True)
class Curvature:
    """The extreme eigenvalues of the Hessian at a point.

    Args:
        point: where; empty if the Hessian is the same everywhere, as that of a quadratic
            function is.
        largest: the largest eigenvalue, L.
        smallest: the smallest eigenvalue, μ.
        exact: whether both are exact; else they are calculated in floating point.
    """

    point: tuple[Basic, ...]
    largest: Basic
    smallest: Basic
    exact: bool

    @property
    def everywhere(self) -> bool:
        """Whether the Hessian is the same everywhere."""
        return not self.point


def bound_on_rate(method: Method, curvature: Curvature) -> Basic | None:
    """The rate below which a method converges, 2/L for plain descent; None if there is none.

    >>> from derivex.descent.method import MOMENTUM
    >>> from derivex.expression import integer
    >>> bound_on_rate(MOMENTUM, Curvature((), integer(2), integer(1), True))
    1.9
    """
    largest = value_of(curvature.largest)
    if method.stable is None or largest is None or largest <= 0:
        return None
    letters = tuple(method.parameters)
    values = {symbol(name): number(value) for name, value in method.parameters.items()}
    filled = substitute(formula(method.stable, letters), values)
    factor = value_of(evaluate(filled, {}, {}, shipped_book()).result)
    assert factor is not None
    bound = factor / largest
    return number(bound if curvature.exact else rounded_to(bound, _DIGITS), decimal=True)


def curvature_at(
    partials: Sequence[Basic],
    variables: Sequence[Symbol],
    point: Mapping[Symbol, Basic],
    columns: Columns,
    book: RuleBook,
) -> Curvature | None:
    """The extreme eigenvalues of the Hessian at a point.

    Args:
        partials: the partial derivatives.
        variables: the variables, in the same order.
        point: their values.
        columns: the data.
        book: the rules of differentiation and of arithmetic.

    Returns:
        None where there are too many variables, or the Hessian has no value.
    """
    import numpy as np  # which takes a while

    size = len(variables)
    if size > _MOST_VARIABLES or size * length_of(columns) > _MOST_NUMBERS:
        return None
    entries: dict[tuple[int, int], Basic] = {}
    try:
        if size <= _MOST_BY_RULES:
            entries = {
                (row, column): differentiate(partials[row], [variables[column]], book).result
                for row in range(size)
                for column in range(row, size)
            }
            constant = not any(
                name in variables for entry in entries.values() for name in free_symbols(entry)
            )
            found = _by_rules(entries, variables, point, columns, book)
        else:
            constant = all(has_degree_one(partial, variables) for partial in partials)
            found = hessian_by_differences(partials, variables, point, columns, book, constant)
    except ProblemError:
        return None
    if not np.isfinite(found).all():
        return None
    numeric = [float(each) for each in np.linalg.eigvalsh(found)]
    smallest, largest = numeric[0], numeric[-1]
    place = () if constant else tuple(point[name] for name in variables)
    if entries and constant and length_of(columns) <= _MOST_ITEMS:
        exact = _exact_roots(entries, columns, book, size)
        high, low = _nearby(exact, largest), _nearby(exact, smallest)
        if high is not None and low is not None:
            return Curvature(place, number(high), number(low), True)
    digits = _DIGITS if entries else _DIGITS_OF_DIFFERENCES
    upper, lower = (of_float(float(f"{each:.{digits}g}")) for each in (largest, smallest))
    return None if upper is None or lower is None else Curvature(place, upper, lower, False)


def _by_rules(
    entries: Mapping[tuple[int, int], Basic],
    variables: Sequence[Symbol],
    point: Mapping[Symbol, Basic],
    columns: Columns,
    book: RuleBook,
) -> Any:
    """The Hessian in floating point, from the formulas of its entries."""
    import numpy as np

    from derivex.descent.compiling import compiled

    tape = compiled(list(entries.values()), variables, columns, book.functions)
    found = np.empty((len(variables), len(variables)))
    floats = tape([as_float(point[name]) for name in variables])
    for (row, column), value in zip(entries, floats, strict=True):
        found[row, column] = found[column, row] = value
    return found


def _exact_roots(
    entries: Mapping[tuple[int, int], Basic], columns: Columns, book: RuleBook, size: int
) -> list[Fraction]:
    """The eigenvalues that are fractions, of a Hessian of numbers."""
    from flint import fmpq, fmpq_mat

    table: list[list[Any]] = [[None] * size for _ in range(size)]
    for (row, column), entry in entries.items():
        try:
            value = value_of(evaluate(entry, {}, columns, book).result)
        except ProblemError:
            return []
        if value is None:
            return []
        table[row][column] = table[column][row] = fmpq(value.numerator, value.denominator)
    _, factors = fmpq_mat(table).charpoly().factor()
    linear = [factor for factor, _ in factors if factor.degree() == 1]
    roots = [-factor[0] / factor[1] for factor in linear]
    return [Fraction(int(root.p), int(root.q)) for root in roots]


def _nearby(roots: Sequence[Fraction], value: float) -> Fraction | None:
    """The root that a float means, if it is one."""
    for root in roots:
        if abs(float(root) - value) <= 1e-9 * max(1.0, abs(value)):
            return root
    return None
