"""How long an expression is on paper, which may be far more than it takes in memory."""

from __future__ import annotations

from sympy.core.basic import Basic

__all__ = ["printed_size"]


def printed_size(root: Basic, sizes: dict[Basic, int]) -> int:
    """The numbers, letters and operations that an expression is written with.

    Args:
        root: the expression.
        sizes: what is known of the sizes of parts; what is found out is added to it, so that a
            part that occurs in many lines is entered once.

    >>> from derivex.expression import Plus, symbol
    >>> x = symbol("x")
    >>> printed_size(Plus(x, x), {})
    3
    """
    stack = [root]
    while stack:
        node = stack[-1]
        if node in sizes:
            stack.pop()
            continue
        missing = [operand for operand in node.args if operand not in sizes]
        if missing:
            stack.extend(missing)
        else:
            sizes[node] = 1 + sum(sizes[operand] for operand in node.args)
    return sizes[root]
