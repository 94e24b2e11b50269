"""Does an expression depend on a variable?  Not the same as: does the variable occur in it.

Σ_i w_i² depends on w_j although w_j does not stand in it, and Σ_i i x does not depend on i.
The variable may be a whole expression u, which is then opaque: (x + y)² depends on x + y
because x + y is an operand of it.
"""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression.nodes import (
    Apply,
    At,
    Binder,
    Negative,
    Over,
    Plus,
    Power,
    Times,
)

__all__ = ["PLAIN", "Dependence"]


PLAIN = frozenset({Apply, Negative, Over, Plus, Power, Times})
"""The most frequent kinds, which bind no name."""


_NONE: frozenset[type] = frozenset()
_ROOM = 50
"""How deep calls call one another; about what lies deeper is asked from below."""


class Dependence:
    """Answers, for one variable, which expressions depend on it; remembers each answer.

    Args:
        variable: a symbol, an indexed quantity such as w_j, or a whole expression.

    ``known`` holds the answers found so far: how deep the variable lies, 0 for what is free of it;
    ``unusual`` are the kinds that were met beyond the most frequent ones.

    >>> from derivex.expression.nodes import TWO, Power, Total, symbol
    >>> w, i, j = symbol("w"), symbol("i"), symbol("j")
    >>> squares = Total(Power(At(w, i), TWO), i)
    >>> Dependence(At(w, j)).of(squares), Dependence(i).of(squares)
    (True, False)
    """

    __slots__ = ("_base", "known", "unusual", "variable")

    def __init__(self, variable: Basic):
        self.variable = variable
        self.known: dict[Basic, int] = {}
        self.unusual: frozenset[type] = _NONE
        if type(variable) is not Symbol:
            # A letter is told by what it is; for anything else the answer is looked up.
            self.known[variable] = 1
            self.unusual = frozenset({type(variable)}) - PLAIN
        # w_j can be moved by moving any entry of w, and the other way round.
        self._base = variable._args[0] if type(variable) is At else None

    def of(self, expression: Basic) -> bool:
        """Whether the expression depends on the variable."""
        if not expression._args:
            return expression is self.variable or expression is self._base
        levels = self.known.get(expression)
        return (self._find(expression, _ROOM) if levels is None else levels) > 0

    def _find(self, node: Basic, room: int) -> int:
        """How deep the variable lies, 0 for nowhere.

        Args:
            node: what has operands and is not known yet.
            room: how many levels below it may be asked by calls that call one another.
        """
        if not room:
            return self._find_from_below(node)
        known, variable, base = self.known, self.variable, self._base
        operands = node._args
        if type(node) not in PLAIN:
            self.unusual |= {type(node)}
            if isinstance(node, Binder) and operands[1] is variable:
                operands = operands[2:]  # a bound name: only the bounds can depend on it
        levels = 0
        for operand in operands:
            if operand._args:
                below = known.get(operand)
                if below is None:
                    below = self._find(operand, room - 1)
                if below > levels:
                    levels = below
            elif operand is variable or operand is base:
                levels = levels or 1
        if levels:
            levels += 1
        known[node] = levels
        return levels

    def _find_from_below(self, deep: Basic) -> int:
        """The same, the operands known before what has them: none has far to go."""
        known, waiting = self.known, [deep]
        while waiting:
            node = waiting[-1]
            unknown = [part for part in node._args if part._args and part not in known]
            if unknown:
                waiting += unknown
            elif node in known:
                del waiting[-1]
            else:
                self._find(waiting.pop(), 1)
        return known[deep]

    def __call__(self, expression: Basic) -> bool:
        return self.of(expression)
