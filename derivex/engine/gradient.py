"""Gradients and Hessians: one derivation for each entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from sympy.core.basic import Basic

from derivex.derivation import Derivation, Status
from derivex.engine.definitions import NO_DEFINITIONS, Definitions
from derivex.engine.differentiate import derive, differentiate
from derivex.engine.forms import Form, bring_into_form
from derivex.errors import ProblemError
from derivex.expression import At, Column, Row
from derivex.expression import Gradient as GradientNode
from derivex.expression.array_nodes import ArrayName, Nabla, Transpose
from derivex.expression.shapes import is_array
from derivex.notation import TextWriter
from derivex.rulebook import RuleBook

__all__ = ["GradientDerivation", "Layout", "gradient"]


class Layout(Enum):
    """How derivatives by a vector are laid out.

    In numerator layout the gradient is a row and a Jacobian has a row for each entry of what
    is differentiated; in denominator layout they are the transposes of these.
    """

    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"


@dataclass(frozen=True)
class GradientDerivation:
    """All partial derivatives of an expression.

    Args:
        expression: what is differentiated.
        by: the variables, in order.
        partials: the derivation of each partial derivative, in the same order.
        layout: whether it is written as a row (numerator layout) or as a column; if that is
            not said, by letters as a row, by an array as an array of its shape.
        vector: the gradient by a vector, where its entries were derived by components.
    """

    expression: Basic
    by: tuple[Basic, ...]
    partials: tuple[Derivation, ...]
    layout: Layout | None = None
    vector: Basic | None = None

    @property
    def is_one_derivation(self) -> bool:
        """Whether the one derivation in it says all there is to say of the gradient."""
        first = self.partials[0]
        return len(self.partials) == 1 and (first.start, first.result) == (self.start, self.row)

    @property
    def start(self) -> Basic:
        """∇ of the expression, unevaluated."""
        if self.vector is None and type(self.partials[0].by[0]) is At:
            return self.partials[0].start  # by components, which make no vector that is known
        if len(self.by) == 1 and type(self.by[0]) is ArrayName:
            return _by_array(self.expression, self.by[0], self.layout)
        return GradientNode(self.expression, *self.by)

    @property
    def row(self) -> Basic:
        """The gradient as a row vector, unless it has another layout."""
        if self.vector is not None:
            return self.vector
        if len(self.by) == 1 and type(self.by[0]) is ArrayName:
            return self.partials[0].result
        entries = [partial.result for partial in self.partials]
        return Column(*entries) if self.layout is Layout.DENOMINATOR else Row(*entries)

    @property
    def status(self) -> Status:
        """How the derivations ended: finished if all of them are."""
        found = (partial.status for partial in self.partials)
        return next((each for each in found if each is not Status.FINISHED), Status.FINISHED)

    @property
    def conditions(self) -> tuple[Basic, ...]:
        """The relations under which the partial derivatives hold, each once."""
        return tuple(dict.fromkeys(each for part in self.partials for each in part.conditions))

    def replay(self) -> None:
        """Redo every step of every partial derivative."""
        for partial in self.partials:
            partial.replay()


def gradient(
    expression: Basic,
    by: Sequence[Basic],
    book: RuleBook,
    form: Form | None = None,
    definitions: Definitions = NO_DEFINITIONS,
    assumptions: tuple[Basic, ...] = (),
    layout: Layout | None = None,
) -> GradientDerivation:
    """The gradient of an expression, each entry derived step by step.

    >>> from derivex.expression import Power, TWO, symbol
    >>> from derivex.rulebook import shipped_book
    >>> x, y = symbol("x"), symbol("y")
    >>> gradient(Power(x, TWO), [x, y], shipped_book()).row
    Row(Times(2, x), 0)
    """
    if is_array(expression):
        raise ProblemError(
            f"{TextWriter().write(expression)} is a vector or matrix, and a gradient is that of a "
            "number",
            hint="of a vector there is the Jacobian; differentiate one entry, or its norm",
        )
    partials = [
        derive(
            _by_array(expression, variable, layout), [variable], book, definitions, (), assumptions
        )
        if type(variable) is ArrayName
        else differentiate(expression, [variable], book, definitions, (), assumptions)
        for variable in by
    ]
    if form is not None:
        partials = [bring_into_form(partial, form) for partial in partials]
    variables = tuple(partial.by[0] for partial in partials)
    return GradientDerivation(expression, variables, tuple(partials), layout)


def _by_array(expression: Basic, variable: Basic, layout: Layout | None) -> Basic:
    start = Nabla(expression, variable)
    return Transpose(start) if layout is Layout.NUMERATOR else start
