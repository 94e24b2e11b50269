"""The pieces that the operator-precedence reader takes one at a time."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression import Total
from derivex.expression.nodes import Node
from derivex.notation.vocabulary import KnownFunction

__all__ = ["OPENING", "OPERAND_STARTS", "Piece"]

OPERAND_STARTS = frozenset(
    {"LEAF", "NUMBER", "OPEN", "BAR", "FUNCTION", "ROOT", "MEAN", "DERIVE", "DERIVE_BY"}
    | {"NUMERATOR", "SUM", "SUM_LOWER", "SUM_CALL", "LIMIT", "LIMIT_CALL", "NORM"}
    | {"INTEGRAL", "INTEGRAL_LOWER", "GRADIENT"}
)
"""The kinds of pieces that a factor can begin with."""


OPENING = frozenset(
    {"OPEN", "INDEX", "SUM_CALL", "SUM_LOWER", "MEAN", "DERIVE_BY", "OVER_BY"}
    | {"LIMIT", "LIMIT_CALL", "INTEGRAL_LOWER"}
)
"""The kinds of pieces that open a bracket."""


class Piece:
    """One piece: its kind, the characters it covers, and what it stands for.

    Kinds beyond those of the words: LEAF (``value`` is its node), FUNCTION (``function``, and
    ``value`` is the base of a logarithm or None), DERIVE, NUMERATOR and OVER (``variables``),
    SUM (``variables`` are its indices), SUM_LOWER and SUM_CALL (of all three ``binder`` is Total,
    Product or Integral), MEAN, INDEX, NORM, NORM_INDEX, ENTRY, DERIVED, LIMIT (``variables``),
    LIMIT_CALL,
    INTEGRAL (``value`` is its lower bound or None), INTEGRAL_LOWER, DIFFERENTIAL, GRADIENT (a ∇
    without subscript, by ``variables``); the words IF, THEN, ELSE, AND, OR.  A ∇ with a subscript
    is a DERIVE of order 0, a ∇² one of −1.
    """

    __slots__ = ("binder", "end", "function", "kind", "order", "start", "value", "variables")

    def __init__(
        self,
        kind: str,
        start: int,
        end: int,
        value: Basic | None = None,
        function: KnownFunction | None = None,
        variables: tuple[Basic, ...] = (),
        order: int = 1,
        binder: type[Node] = Total,
    ):
        self.kind = kind
        self.start = start
        self.end = end
        self.value = value
        self.function = function
        self.variables = variables
        self.order = order
        self.binder = binder
