"""Procedures on equations of vectors: towards θ = A⁻¹ b."""

from __future__ import annotations

from fractions import Fraction

from sympy.core.basic import Basic

from derivex.expression import Equation, Negative, Plus, Times, postorder, value_of
from derivex.expression.array_nodes import Identity, Inverse, MatrixProduct
from derivex.expression.nodes import Node
from derivex.expression.shapes import is_array, shape_of
from derivex.rulebook.procedures.factors import coefficient_and_rest, with_coefficient

__all__ = [
    "divide_by_number",
    "factor_out_vector",
    "multiply_by_inverse",
    "terms_without_vector",
]


def _terms(side: Basic) -> tuple[Basic, ...]:
    return side.args if type(side) is Plus else (side,)


def _holds(node: Basic, vector: Basic) -> bool:
    return any(part is vector for part in postorder(node))


def _sum(terms: list[Basic]) -> Basic:
    return terms[0] if len(terms) == 1 else Plus(*terms)


def _negated(term: Basic) -> Basic:
    return term.args[0] if type(term) is Negative else Negative(term)


def terms_without_vector(equation: Node, vector: Basic) -> Basic | None:
    """A θ − b = 0 as A θ = b.

    >>> from derivex.expression import ZERO, symbol
    >>> from derivex.expression.array_nodes import ArrayName
    >>> theta, b = ArrayName("theta: d"), ArrayName("b: d")
    >>> terms_without_vector(Equation(Plus(theta, Negative(b)), ZERO), theta)
    Equation(theta: d, b: d)
    """
    left, right = equation._args
    terms = _terms(left)
    free = [term for term in terms if not _holds(term, vector)]
    kept = [term for term in terms if _holds(term, vector)]
    if not free or not kept or value_of(right) != 0:
        return None
    return Equation(_sum(kept), _sum([_negated(term) for term in free]))


def divide_by_number(equation: Node, vector: Basic) -> Basic | None:
    """2 A θ = 2 b as A θ = b."""
    left, right = equation._args
    numbers = [coefficient_and_rest(term)[0] for term in _terms(left)]
    divisor = numbers[0]
    if divisor in (0, 1) or any(number != divisor for number in numbers):
        return None
    if value_of(right) is not None and value_of(right) != 0:
        return None
    sides = []
    for side in (left, right):
        terms: list[Basic] = []
        for term in _terms(side):
            number, rest = coefficient_and_rest(term)
            terms.append(with_coefficient(Fraction(number) / divisor, rest))
        sides.append(side if value_of(side) == 0 else _sum(terms))
    return Equation(*sides)


def factor_out_vector(equation: Node, vector: Basic) -> Basic | None:
    """A θ + k θ as (A + k I) θ."""
    left, right = equation._args
    terms = _terms(left)
    if len(terms) < 2:
        return None
    factors: list[Basic] = []
    for term in terms:
        sign = -1 if type(term) is Negative else 1
        inside = term.args[0] if type(term) is Negative else term
        found = _factor_before(inside, vector)
        if found is None:
            return None
        factors.append(found if sign > 0 else Negative(found))
    return Equation(MatrixProduct(Plus(*factors), vector), right)


def _factor_before(term: Basic, vector: Basic) -> Basic | None:
    """The matrix that the vector is multiplied by."""
    size = _size(vector)
    if size is None:
        return None
    if term is vector:
        return Identity(size)
    if type(term) is MatrixProduct and term.args[-1] is vector:
        before = term.args[:-1]
        if any(_holds(part, vector) for part in before):
            return None
        return before[0] if len(before) == 1 else MatrixProduct(*before)
    if type(term) is Times:
        scalars = [part for part in term.args if not is_array(part)]
        arrays = [part for part in term.args if is_array(part)]
        if len(arrays) != 1 or any(_holds(part, vector) for part in scalars):
            return None
        inner = _factor_before(arrays[0], vector)
        return None if inner is None else Times(*scalars, inner)
    return None


def _size(vector: Basic) -> Basic | None:
    found = shape_of(vector)
    return None if found is None else found[0]


def multiply_by_inverse(equation: Node, vector: Basic) -> Basic | None:
    """A θ = b as θ = A⁻¹ b, for an invertible A.

    >>> from derivex.expression.array_nodes import ArrayName
    >>> matrix, theta, b = ArrayName("A: d by d"), ArrayName("theta: d"), ArrayName("b: d")
    >>> multiply_by_inverse(Equation(MatrixProduct(matrix, theta), b), theta)
    Equation(theta: d, MatrixProduct(Inverse(A: d by d), b: d))
    """
    left, right = equation._args
    if type(left) is not MatrixProduct or _holds(right, vector) or not is_array(right):
        return None
    before = _factor_before(left, vector)
    shape = None if before is None else shape_of(before)
    if before is None or shape is None or shape[0] is not shape[1]:
        return None
    factors = right.args if type(right) is MatrixProduct else (right,)
    return Equation(vector, MatrixProduct(Inverse(before), *factors))
