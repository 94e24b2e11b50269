"""Does an expression depend on a variable?  Not the same as: does the variable occur in it.

Σ_i w_i² depends on w_j although w_j does not stand in it, and Σ_i i x does not depend on i.
The variable may be a whole expression u, which is then opaque: (x + y)² depends on x + y
because x + y is an operand of it.
"""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression.nodes import At, Node, Total

__all__ = ["Dependence"]


class Dependence:
    """Answers, for one variable, which expressions depend on it; remembers each answer.

    Args:
        variable: a symbol, an indexed quantity such as w_j, or a whole expression.

    >>> from derivex.expression.nodes import Power, TWO, symbol
    >>> w, i, j = symbol("w"), symbol("i"), symbol("j")
    >>> squares = Total(Power(At(w, i), TWO), i)
    >>> Dependence(At(w, j)).of(squares), Dependence(i).of(squares)
    (True, False)
    """

    __slots__ = ("_known", "_base", "variable")

    def __init__(self, variable: Basic):
        self.variable = variable
        self._known: dict[Basic, bool] = {variable: True}
        # w_j can be moved by moving any entry of w, and the other way round.
        self._base: Basic | None = None
        if type(variable) is At:
            self._base = variable._args[0]
            self._known[self._base] = True

    def of(self, expression: Basic) -> bool:
        """Whether the expression depends on the variable."""
        known = self._known
        answer = known.get(expression)
        if answer is not None:
            return answer
        if not isinstance(expression, Node):
            return False
        stack: list[Basic] = [expression]
        while stack:
            node = stack[-1]
            if node in known:
                stack.pop()
                continue
            operands = node._args if isinstance(node, Node) else ()
            if type(node) is Total and node._args[1] is self.variable:
                operands = node._args[2:]  # the index is bound: only the bounds can depend on it
            waiting = [operand for operand in operands if operand not in known]
            if waiting and isinstance(node, Node):
                for operand in waiting:
                    if isinstance(operand, Node) and operand._args:
                        stack.append(operand)
                    else:
                        known[operand] = False
                continue
            known[node] = any(known[operand] for operand in operands)
            stack.pop()
        return known[expression]

    def __call__(self, expression: Basic) -> bool:
        return self.of(expression)


def is_symbolic_variable(variable: Basic) -> bool:
    """Whether a derivative by it is an ordinary one (by x or a_i), not one by an expression."""
    return isinstance(variable, Symbol) or type(variable) is At
