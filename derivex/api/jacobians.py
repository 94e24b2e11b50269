"""``derivex.jacobian`` and ``derivex.hessian``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from derivex.api.derivative import Derivative
from derivex.api.functions import at_point, make_form
from derivex.api.gradients import make_layout, variables_of
from derivex.api.inputs import Data, Expression, Point, Problem, Variables, make_problem
from derivex.derivation import Derivation
from derivex.engine import Layout, bring_into_form
from derivex.engine.jacobian import hessian as derive_hessian
from derivex.engine.jacobian import jacobian as derive_jacobian
from derivex.rulebook import RuleBook

__all__ = ["hessian", "jacobian"]


def jacobian(
    expression: Expression,
    by: Variables = None,
    *,
    at: Point = None,
    let: str | Iterable[str] = (),
    data: Data = None,
    form: str | None = None,
    layout: str | None = None,
    rules: str | Path | RuleBook | None = None,
    assume: str | Iterable[str] = (),
) -> Derivative:
    """The Jacobian of a vector function: the matrix of the derivatives ∂u_i/∂w_j.

    Args:
        expression: ``"(x^2 y, 5x + sin y)"``, or a vector with declared shapes.
        by: the variables, or one vector; all letters, in order, if left out.
        at: a point at which it is evaluated as well.
        let: definitions, and shapes: ``"A: m by n"``.
        data: columns of numbers for indexed names.
        form: the form of each entry.
        layout: ``"numerator"`` for a row for each entry of the function, which is the usual
            Jacobian; ``"denominator"`` for its transpose.
        rules: a rule file whose rules are used as well, or a rule book used instead.
        assume: what is known of letters, such as ``"x > 0"``.

    Raises:
        DerivexError: something that cannot be read, or a question without an answer.

    >>> jacobian("(x^2 y, 5x + sin y)", by="x,y").result
    Matrix([
    [2*x*y,   x**2],
    [    5, cos(y)]])
    """
    problem = make_problem(expression, by, at, let, data, rules, vectors=True, assume=assume)
    transposed = make_layout(layout) is Layout.DENOMINATOR
    derivation = derive_jacobian(
        problem.expression,
        variables_of(problem),
        problem.book,
        problem.definitions,
        problem.notes,
        transposed,
        problem.assumptions,
    )
    return _result(derivation, problem, form)


def hessian(
    expression: Expression,
    by: Variables = None,
    *,
    at: Point = None,
    let: str | Iterable[str] = (),
    data: Data = None,
    form: str | None = None,
    rules: str | Path | RuleBook | None = None,
    assume: str | Iterable[str] = (),
) -> Derivative:
    """The Hessian of an expression: the matrix of its second derivatives.

    Args:
        expression: text or a SymPy expression.
        by: the variables, or one vector; all letters, in order, if left out.
        at: a point at which it is evaluated as well.
        let: definitions, and shapes: ``"A: m by n"``.
        data: columns of numbers for indexed names.
        form: the form of each entry.
        rules: a rule file whose rules are used as well, or a rule book used instead.
        assume: what is known of letters, such as ``"x > 0"``.

    Raises:
        DerivexError: something that cannot be read, or a question without an answer.

    >>> hessian("x^2 y + y^3", by="x,y").result
    Matrix([
    [2*y, 2*x],
    [2*x, 6*y]])
    """
    problem = make_problem(expression, by, at, let, data, rules, assume=assume)
    derivation = derive_hessian(
        problem.expression,
        variables_of(problem),
        problem.book,
        problem.definitions,
        problem.notes,
        problem.assumptions,
    )
    return _result(derivation, problem, form)


def _result(derivation: Derivation, problem: Problem, form: str | None) -> Derivative:
    if form is not None:
        derivation = bring_into_form(derivation, make_form(form))
    return Derivative(at_point(derivation, problem), problem.declarations)
