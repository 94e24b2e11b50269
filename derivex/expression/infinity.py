"""∞, which is no number: where a limit goes or what it is, or a bound of a sum or an integral."""

from __future__ import annotations

from sympy import S
from sympy.core.basic import Basic

from derivex.expression.nodes import (
    Antiderivative,
    Binder,
    Equation,
    Integral,
    Limit,
    Negative,
    Product,
    Total,
)
from derivex.expression.traverse import postorder

__all__ = ["INFINITY", "infinite_sign", "misplaced_infinity"]

INFINITY = S.Infinity
"""∞; −∞ is ``Negative(INFINITY)``."""

_MAY_END_THERE = (Integral, Limit, Product, Total)


def infinite_sign(node: Basic) -> int:
    """1 for ∞, −1 for −∞, 0 for everything else.

    >>> infinite_sign(INFINITY), infinite_sign(Negative(INFINITY)), infinite_sign(S.One)
    (1, -1, 0)
    """
    if node is INFINITY:
        return 1
    return -1 if type(node) is Negative and node._args[0] is INFINITY else 0


def misplaced_infinity(root: Basic) -> bool:
    """Whether ∞ is an operand somewhere in a tree that has a value only for numbers.

    The tree itself may be ∞ or −∞, and so may one side of an equation whose other side has a limit,
    a sum or an integral in it.

    >>> from derivex.expression.nodes import Plus, symbol
    >>> x = symbol("x")
    >>> misplaced_infinity(Limit(x, x, INFINITY)), misplaced_infinity(Plus(x, INFINITY))
    (False, True)
    """
    for node in postorder(root):
        if type(node) is Negative and node._args[0] is INFINITY:
            continue  # it is looked at where it is an operand
        first = 2 if isinstance(node, _MAY_END_THERE) else 0
        if any(map(infinite_sign, node.args[:first] if first else node.args)) and not (
            type(node) is Equation and _has_binder(node)
        ):
            return True
    return False


def _has_binder(equation: Basic) -> bool:
    return any(
        isinstance(node, Binder) and type(node) is not Antiderivative
        for node in postorder(equation)
    )
