"""Jacobians and Hessians: matrices of derivatives, each one derivation."""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from derivex.derivation import Derivation
from derivex.engine.definitions import NO_DEFINITIONS, Definitions
from derivex.engine.differentiate import check_variable, derive
from derivex.errors import ProblemError
from derivex.expression import Column
from derivex.expression.array_nodes import ArrayName, Hessian, Jacobian, Nabla, Transpose
from derivex.expression.nodes import ONE, Node
from derivex.expression.shapes import is_array, shape_of
from derivex.notation import TextWriter
from derivex.rulebook import RuleBook

__all__ = ["hessian", "jacobian"]


def jacobian(
    expression: Basic,
    by: Sequence[Basic],
    book: RuleBook,
    definitions: Definitions = NO_DEFINITIONS,
    notes: tuple[str, ...] = (),
    transposed: bool = False,
    assumptions: tuple[Basic, ...] = (),
) -> Derivation:
    """The Jacobian of a vector: the matrix of the derivatives ∂u_i/∂w_j.

    Args:
        expression: a vector, written out or not; a number counts as a vector with one entry.
        by: letters, or one vector.
        book: the rules.
        definitions: functions and abbreviations that are filled in first.
        notes: remarks that the derivation carries on.
        transposed: whether its transpose is meant, with a column for each entry of the vector
            (denominator layout).
        assumptions: relations that side conditions may rely on.

    Raises:
        ProblemError: it is no vector, or the variables make none.

    >>> from derivex.expression import TWO, Power, Times, symbol
    >>> from derivex.rulebook import shipped_book
    >>> x, y = symbol("x"), symbol("y")
    >>> jacobian(Column(Power(x, TWO), Times(x, y)), [x, y], shipped_book()).result
    Matrix(Row(Times(2, x), 0), Row(y, x))
    """
    variable = _vector_of(by)
    start: Node
    if not is_array(expression):
        if type(variable) is ArrayName:
            start = Transpose(Nabla(expression, variable))
        else:
            start = Jacobian(Column(expression), variable)
    else:
        shape = shape_of(expression)
        if shape is None or shape[1] is not ONE:
            raise ProblemError(
                f"{_shown(expression)} is a matrix, and a Jacobian is that of a vector",
                hint="differentiate by one letter, or take one column of it",
            )
        start = Jacobian(expression, variable)
    if transposed:
        start = start._args[0] if type(start) is Transpose else Transpose(start)
    return derive(start, [variable], book, definitions, notes, assumptions)


def hessian(
    expression: Basic,
    by: Sequence[Basic],
    book: RuleBook,
    definitions: Definitions = NO_DEFINITIONS,
    notes: tuple[str, ...] = (),
    assumptions: tuple[Basic, ...] = (),
) -> Derivation:
    """The Hessian of a number: the matrix of its second derivatives, the Jacobian of ∇f.

    Args:
        expression: a number.
        by: letters, or one vector.
        book: the rules.
        definitions: functions and abbreviations that are filled in first.
        notes: remarks that the derivation carries on.
        assumptions: relations that side conditions may rely on.

    Raises:
        ProblemError: it is a vector, or the variables make none.

    >>> from derivex.expression import TWO, Power, Times, symbol
    >>> from derivex.rulebook import shipped_book
    >>> x, y = symbol("x"), symbol("y")
    >>> hessian(Times(Power(x, TWO), y), [x, y], shipped_book()).result
    Matrix(Row(Times(2, y), Times(2, x)), Row(Times(2, x), 0))
    """
    if is_array(expression):
        raise ProblemError(
            f"{_shown(expression)} is a vector, and a Hessian is that of a number",
            hint="ask for its Jacobian, or for the Hessian of one entry",
        )
    variable = _vector_of(by)
    start = Hessian(expression, variable)
    return derive(start, [variable], book, definitions, notes, assumptions)


def _vector_of(by: Sequence[Basic]) -> Basic:
    """The vector that one differentiates by."""
    if len(by) == 1 and type(by[0]) is ArrayName:
        if by[0].columns is not ONE:
            raise ProblemError(
                f"{by[0].name} is a matrix, and a Jacobian or Hessian is taken by a vector",
                hint="name a vector, or ask for the gradient",
            )
        return by[0]
    for variable in by:
        if type(variable) is ArrayName:
            raise ProblemError(
                f"{variable.name} is an array, and it stands among other variables",
                hint="give one vector, or letters only",
            )
        check_variable(variable)
    return Column(*by)


def _shown(expression: Basic) -> str:
    return TextWriter().write(expression)
