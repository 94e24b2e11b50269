"""Linear equations of a whole vector, solved by the inverse of its matrix: the normal equations."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.derivation import Derivation
from derivex.engine import GradientDerivation, gradient
from derivex.engine.jacobian import hessian
from derivex.equality import judge
from derivex.errors import ProblemError
from derivex.expression import (
    ONE,
    ZERO,
    Apply,
    Equation,
    Plus,
    Times,
    Unequal,
    free_symbols,
    function_name,
    substitute,
)
from derivex.expression.array_nodes import ArrayName, Identity, MatrixProduct, Transpose
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
        " is invertible just where its determinant is not 0; else there are many solutions or none",
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
    verdict, words, unique = _told(matrix)
    known = verdict is Verdict.MINIMUM
    return Classification(verdict, words, matrix, ((found,),), (), known, unique)


def _told(matrix: Basic) -> tuple[Verdict, Words, bool | None]:
    """What a Hessian tells that is a sum of multiples of AᵀA and of the identity."""
    lead: Words = ("the Hessian ", matrix)
    terms = matrix.args if type(matrix) is Plus else (matrix,)
    parts = [_quadratic_form(term) for term in terms]
    known = [part for part in parts if part is not None]
    signs = [NO_FACTS.signs(factor) for factor, _ in known]
    if len(known) < len(parts):
        words: Words = (*lead, " decides: is it positive definite, this is the minimum")
        return Verdict.UNDECIDED, words, None
    provided: list[Basic] = []
    definite = False
    for (factor, vector), sign in zip(known, signs, strict=True):
        if -1 in sign:
            provided.append(_without_number(factor))
        definite = definite or (vector is None and (0 not in sign or -1 in sign))
    form: list[str | Basic] = []
    for factor, vector in known:
        form.append(" + " if form else "")
        form += ["" if factor is ONE else factor, "" if factor is ONE else " "]
        form += ["‖", *([] if vector is None else [vector, " "]), "v‖²"]
    start: list[str | Basic] = []
    for each in dict.fromkeys(provided):
        start += [" and " if start else "if ", each, " > 0"]
    kind = "positive definite" if definite else "positive semidefinite"
    bound = " is positive for v ≠ 0" if definite else " is never negative"
    end = "the only minimum" if definite else "a global minimum"
    words = (*start, ", " if start else "", *lead, f" is {kind}, for vᵀHv = ", *form)
    words = (*words, bound, ": the function is convex, and this is ", end)
    return Verdict.MINIMUM, words, True if definite else None


def _without_number(factor: Basic) -> Basic:
    """k for 2k, whose sign is the same."""
    if type(factor) is not Times:
        return factor
    rest = [part for part in factor.args if 1 not in NO_FACTS.signs(part) or free_symbols(part)]
    return rest[0] if len(rest) == 1 else Times(*rest)


def _quadratic_form(term: Basic) -> tuple[Basic, Basic | None] | None:
    """c and A for c AᵀA, whose quadratic form is c ‖A v‖²; c and None for c I."""
    factors = term.args if type(term) is Times else (term,)
    matrices = [each for each in factors if isinstance(each, (MatrixProduct, Identity))]
    numbers = [each for each in factors if each not in matrices]
    if len(matrices) != 1:
        return None
    factor = ONE if not numbers else numbers[0] if len(numbers) == 1 else Times(*numbers)
    (matrix,) = matrices
    if type(matrix) is Identity:
        return factor, None
    if len(matrix.args) != 2:
        return None
    first, second = matrix.args
    if type(first) is Transpose and first.args[0] is second:
        return factor, second
    if type(second) is Transpose and second.args[0] is first:
        return factor, second
    return None
