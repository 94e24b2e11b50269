"""Is an expression continuous in a variable, and does it go to zero with it?"""

from __future__ import annotations

from collections.abc import Callable

from sympy.core.basic import Basic

from derivex.expression import Apply, Negative, Over, Plus, Power, Times, Total, postorder
from derivex.expression.literals import quick_value

__all__ = ["is_continuous", "vanishes"]

_CONTINUOUS = (Apply, Negative, Over, Plus, Power, Times, Total)
_CONTINUOUS_FUNCTIONS = frozenset(
    {
        *("exp", "log", "sqrt", "abs", "sin", "cos", "tan", "cot", "sec", "csc", "asin"),
        *("acos", "atan", "sinh", "cosh", "tanh", "coth", "sech", "csch", "asinh", "acosh"),
        "atanh",
    }
)  # wherever they have a value
_ZERO_AT_ZERO = frozenset({"sin", "tan", "sinh", "tanh", "asin", "atan", "asinh", "atanh"})


def is_continuous(node: Basic, variable: Basic, depends: Callable[[Basic], bool]) -> bool:
    """Made of functions that are continuous wherever they have a value.

    Args:
        node: the expression.
        variable: the variable.
        depends: whether a part of it depends on the variable.
    """
    for part in postorder(node):
        if not depends(part) or part is variable:
            continue
        if type(part) not in _CONTINUOUS:
            return False
        if type(part) is Apply and str(part.args[0]) not in _CONTINUOUS_FUNCTIONS:
            return False
    return True


def vanishes(node: Basic, variable: Basic, depends: Callable[[Basic], bool]) -> bool:
    """Whether it goes to 0 with the variable, as far as is seen from its factors and terms.

    Args:
        node: the expression.
        variable: what goes to 0.
        depends: whether a part of the expression depends on the variable.
    """
    if not is_continuous(node, variable, depends):
        return False
    known: dict[Basic, bool] = {}
    for part in postorder(node):
        operands = part.args
        if part is variable or quick_value(part) == 0:
            known[part] = True
        elif type(part) is Plus:
            known[part] = all(known[operand] for operand in operands)
        elif type(part) is Times:
            known[part] = any(known[operand] for operand in operands) and not any(
                type(inner) is Over and depends(inner.args[1])
                for operand in operands
                for inner in postorder(operand)
            )
        elif type(part) is Negative:
            known[part] = known[operands[0]]
        elif type(part) is Over:
            known[part] = known[operands[0]] and not depends(operands[1])
        elif type(part) is Power:
            exponent = quick_value(operands[1])
            known[part] = known[operands[0]] and exponent is not None and exponent > 0
        else:
            zero = type(part) is Apply and str(operands[0]) in _ZERO_AT_ZERO
            known[part] = zero and known[operands[1]]
    return known[node]
