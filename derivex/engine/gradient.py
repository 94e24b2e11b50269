"""Gradients and Hessians: one derivation for each entry."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sympy.core.basic import Basic

from derivex.derivation import Derivation
from derivex.engine.definitions import NO_DEFINITIONS, Definitions
from derivex.engine.differentiate import differentiate
from derivex.engine.forms import Form, bring_into_form
from derivex.expression import Gradient as GradientNode
from derivex.expression import Row
from derivex.rulebook import RuleBook

__all__ = ["GradientDerivation", "gradient"]


@dataclass(frozen=True)
class GradientDerivation:
    """All partial derivatives of an expression.

    Args:
        expression: what is differentiated.
        by: the variables, in order.
        partials: the derivation of each partial derivative, in the same order.
    """

    expression: Basic
    by: tuple[Basic, ...]
    partials: tuple[Derivation, ...]

    @property
    def start(self) -> Basic:
        """∇ of the expression, unevaluated."""
        return GradientNode(self.expression, *self.by)

    @property
    def row(self) -> Basic:
        """The gradient as a row vector."""
        return Row(*[partial.result for partial in self.partials])

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
) -> GradientDerivation:
    """The gradient of an expression, each entry derived step by step.

    >>> from derivex.expression import Power, TWO, symbol
    >>> from derivex.rulebook import shipped_book
    >>> x, y = symbol("x"), symbol("y")
    >>> gradient(Power(x, TWO), [x, y], shipped_book()).row
    Row(Times(2, x), 0)
    """
    partials = [
        differentiate(expression, [variable], book, definitions, (), assumptions) for variable in by
    ]
    if form is not None:
        partials = [bring_into_form(partial, form) for partial in partials]
    return GradientDerivation(expression, tuple(by), tuple(partials))
