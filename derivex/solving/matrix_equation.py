"""Linear equations of a whole vector, solved by the inverse of its matrix: the normal equations."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.derivation import Derivation
from derivex.engine import GradientDerivation, gradient
from derivex.engine.jacobian import hessian
from derivex.equality import judge
from derivex.errors import ProblemError
from derivex.expression import (
    ZERO,
    Apply,
    Equation,
    Times,
    Unequal,
    function_name,
    substitute,
)
from derivex.expression.array_nodes import ArrayName, MatrixProduct, Transpose
from derivex.matching import NO_FACTS
from derivex.rulebook import RuleBook
from derivex.solving.classify import Classification
from derivex.solving.definiteness import Verdict
from derivex.solving.eliminate import Outcome
from derivex.solving.record import Words
from derivex.solving.solution import Solution
from derivex.solving.stationary import StationarySolution
from derivex.solving.working import Working

__all__ = ["vector_stationary_point"]

_EXPANDED = ("arithmetic", "expanding", "tidying")
_TIDY = ("arithmetic", "tidying")


def vector_stationary_point(
    expression: Basic, vector: ArrayName, book: RuleBook
) -> StationarySolution:
    """Where the gradient by a vector is zero, if it is linear in the vector.

    Args:
        expression: the function, such as ‖Xθ − y‖².
        vector: the vector.
        book: the rules.

    Raises:
        ProblemError: the gradient is not a matrix times the vector plus something free of it.

    >>> from derivex.expression import ONE
    >>> from derivex.expression.array_nodes import Norm
    >>> from derivex.rulebook import shipped_book
    >>> from derivex.notation import Scope, read_arrays, read_text, TextWriter
    >>> names = read_arrays("X: n by d, theta: d, y: n", Scope())
    >>> loss = read_text("||X theta - y||^2", Scope().with_arrays(*names)).expression
    >>> found = vector_stationary_point(loss, names[1], shipped_book())
    >>> TextWriter().write(found.solution.results[names[1]])
    '(XᵀX)⁻¹ Xᵀy'
    """
    derived = gradient(expression, [vector], book)
    (partial,) = derived.partials
    if partial.stuck:
        raise ProblemError(f"the gradient by {vector.name} is covered by no rule")
    working = Working(book)
    at = working.give(Equation(partial.result, ZERO), 1)
    at = working.proceed("divide-by-number", at, vector)
    at = working.rewrite(at, _EXPANDED, _EXPANDED)
    for name in ("terms-without-vector", "divide-by-number", "factor-out-vector"):
        at = working.proceed(name, at, vector)
    condition = _inverse_of(working.equation(at), vector)
    after = working.proceed("multiply-by-inverse", at, vector)
    if after == at or condition is None:
        raise ProblemError(
            f"the gradient is not a matrix times {vector.name} plus something without it",
            hint="search instead: derivex descend",
        )
    working.require(after, condition)
    solution = _solution(working, after, vector, condition, book)
    return StationarySolution(derived, solution, _kind(expression, vector, derived, book))


def _inverse_of(equation: Basic, vector: Basic) -> Basic | None:
    """That the determinant of the matrix before the vector is not zero."""
    left = equation.args[0]
    if type(left) is not MatrixProduct or left.args[-1] is not vector:
        return None
    before = left.args[:-1]
    matrix = before[0] if len(before) == 1 else MatrixProduct(*before)
    return Unequal(Apply(function_name("det"), matrix), ZERO)


def _solution(
    working: Working, at: int, vector: Basic, condition: Basic, book: RuleBook
) -> Solution:
    value = working.equation(at).args[1]
    given = working.moves[0].equation
    note: Words = (
        condition.args[0].args[1],
        " is invertible just where its determinant is not 0; else there are many solutions",
    )
    filled = [substitute(side, {vector: value}) for side in working.moves[1].equation.args]
    verdict = judge(filled[0], filled[1], book.functions)
    if verdict.kind == "wrong":
        raise ProblemError("the solution does not solve the equation when it is put in")
    checked: Words = (f"put into (1), both sides agree: {verdict}",)
    return Solution(
        (given,),
        (vector,),
        (),
        tuple(working.moves),
        {vector: value},
        (),
        (condition,),
        Outcome.SOLVED,
        (),
        (),
        None,
        book,
        (note, checked),
    )


def _kind(
    expression: Basic, vector: ArrayName, derived: GradientDerivation, book: RuleBook
) -> Classification:
    found: Derivation = hessian(expression, [vector], book)
    matrix = found.result
    lead: Words = ("the Hessian ", matrix)
    if _is_gram(matrix):
        words: Words = (
            *lead,
            " is positive semidefinite, for vᵀAᵀA v = ‖A v‖² is never negative: "
            "the function is convex, and this is a global minimum",
        )
        return Classification(Verdict.MINIMUM, words, matrix, ((found,),), (), True, None)
    words = (*lead, " decides: is it positive definite, this is the minimum")
    return Classification(Verdict.UNDECIDED, words, matrix, ((found,),), (), False, None)


def _is_gram(matrix: Basic) -> bool:
    """c AᵀA with c ≥ 0."""
    if type(matrix) is Times:
        numbers = [part for part in matrix.args if type(part) is not MatrixProduct]
        products = [part for part in matrix.args if type(part) is MatrixProduct]
        if len(products) != 1 or any(-1 in NO_FACTS.signs(part) for part in numbers):
            return False
        matrix = products[0]
    if type(matrix) is not MatrixProduct or len(matrix.args) != 2:
        return False
    first, second = matrix.args
    return (type(first) is Transpose and first.args[0] is second) or (
        type(second) is Transpose and second.args[0] is first
    )
