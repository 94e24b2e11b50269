"""What ``derivex.gradient(…, backward=True)`` gives: the walk forward and the walk backward."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from sympy import ImmutableMatrix
from sympy.core.basic import Basic

import derivex.rendering.backward_outline  # noqa: F401  # registers how it is laid out
from derivex.api.functions import make_form
from derivex.api.inputs import Problem
from derivex.api.showing import Shown
from derivex.derivation import Status
from derivex.engine.adjoint import Adjoint
from derivex.engine.backward import BackwardDerivation
from derivex.engine.backward import backward as derive_backward
from derivex.engine.quantities import Quantity
from derivex.expression import Row
from derivex.expression.lower import lower

__all__ = ["Backpropagation", "backpropagation"]


@dataclass(frozen=True, repr=False, eq=False)
class Backpropagation(Shown):
    """The gradient of an expression, found by one walk forward and one walk backward.

    Args:
        record: the quantities, the adjoints, and how each was derived.

    >>> import derivex
    >>> found = derivex.gradient("sin(x y)^2", by="x,y", backward=True)
    >>> [f"{each.name} = {each.body}" for each in found.quantities]
    ['z_1 = Times(x, y)', 'a_1 = Apply(sin, z_1)', 'L = Power(a_1, 2)']
    >>> found.result
    Matrix([[2*y*sin(x*y)*cos(x*y), 2*x*sin(x*y)*cos(x*y)]])
    """

    what: ClassVar[str] = "The gradient, by backpropagation, of"
    record: BackwardDerivation

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """The named parts of the expression, each after those that it is made of."""
        return self.record.quantities

    @property
    def adjoints(self) -> tuple[Adjoint, ...]:
        """The derivatives by the quantities, from the last to the first."""
        return self.record.adjoints

    @property
    def partials(self) -> tuple[Adjoint, ...]:
        """The partial derivatives, in the order of the variables."""
        return self.record.partials

    @property
    def expression(self) -> Basic:
        """The gradient as a written row: in the variables alone if that was asked for.

        Otherwise in terms of the variables, the quantities and the adjoints.
        """
        if self.record.written_out:
            return Row(*[derivation.result for derivation in self.record.written_out])
        return self.record.row

    @cached_property
    def result(self) -> Any:
        """The gradient as a SymPy matrix with one row, in the variables alone.

        At a point, if one was given: fractions where they are exact, floats elsewhere.
        """
        values = [self.record.values.get(each.name) for each in self.partials]
        if all(value is not None for value in values):
            return ImmutableMatrix([[value.number for value in values if value is not None]])
        if self.record.written_out:
            return lower(self.expression, self.book.functions)
        return lower(self.record.gradient, self.book.functions)

    @property
    def status(self) -> Status:
        """Whether a derivative is left that no rule covers."""
        return self.record.status


def backpropagation(
    problem: Problem, variables: tuple[Basic, ...], form: str | None, substitute: bool
) -> Backpropagation:
    """The gradient that a problem asks for, by backpropagation.

    Args:
        problem: what was handed in.
        variables: what the gradient is by.
        form: the form of the partial derivatives, once everything is put back.
        substitute: whether to put back what the names in the partial derivatives stand for.
    """
    record = derive_backward(
        problem.expression,
        variables,
        problem.book,
        problem.definitions,
        problem.notes,
        problem.assumptions,
    )
    if problem.point or problem.columns:
        record = record.evaluated(problem.point, problem.columns)
    if substitute or form is not None:
        record = record.substituted(None if form is None else make_form(form))
    return Backpropagation(record, problem.book, record.notes, problem.declarations)
