"""Whether a function of several variables is convex or concave in all of them together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import Dependence
from derivex.matching.curvature import Curvature, Curvatures
from derivex.rulebook import RuleBook

__all__ = ["joint_curvature"]


class _Jointly:
    """What depends on any of several variables."""

    def __init__(self, dependences: Sequence[Dependence]):
        self._each = dependences
        self.variable = dependences[0].variable
        self.known: dict[Basic, bool] = {}

    def of(self, node: Basic) -> bool:
        """Whether it depends on one of them."""
        return any(each.of(node) for each in self._each)


def joint_curvature(expression: Basic, unknowns: Iterable[Symbol], book: RuleBook) -> Curvature:
    """What is known of the curvature of a function, by the rules of composition.

    Args:
        expression: the function.
        unknowns: its variables.
        book: the rules.

    >>> from derivex.expression import TWO, Plus, Power, symbol
    >>> from derivex.rulebook import shipped_book
    >>> x, y = symbol("x"), symbol("y")
    >>> bowl = Plus(Power(x, TWO), Power(y, TWO))
    >>> bool(joint_curvature(bowl, [x, y], shipped_book()) & Curvature.CONVEX)
    True
    """
    jointly = _Jointly([Dependence(unknown) for unknown in unknowns])
    return Curvatures(jointly, book.functions).of(expression)  # type: ignore[arg-type]
