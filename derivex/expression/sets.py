"""Sets in a written tree: what a subdifferential is, and what it comes out as.

Sums and multiples of sets are those of Minkowski: ``Plus`` of sets holds the sums of their
elements, ``Times`` of a number and a set its multiples.  A set may also be a case distinction
whose values are sets, or a sum over an index of sets.
"""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression.node import Node

__all__ = [
    "Hull",
    "Interval",
    "SetNode",
    "Singleton",
    "Subdifferential",
    "is_set",
]


class SetNode(Node):
    """A set of numbers, or of vectors."""

    __slots__ = ()


class Subdifferential(SetNode):
    """All subgradients: ``Subdifferential(f, x)`` holds each g with f(y) ≥ f(x) + g(y − x).

    Several variables stand in a ``Row``; the subgradients are then rows, too.
    """

    __slots__ = ()


class Singleton(SetNode):
    """The set with one element."""

    __slots__ = ()


class Interval(SetNode):
    """All numbers from the first to the second, both included: [a, b] with a ≤ b."""

    __slots__ = ()


class Hull(SetNode):
    """The convex hull of the union of some sets."""

    __slots__ = ()


def is_set(node: Basic, known: dict[Basic, bool] | None = None) -> bool:
    """Whether a tree stands for a set, not for a number or a vector.

    Args:
        node: the tree.
        known: what was found out before; it is added to.

    >>> from derivex.expression.nodes import ONE, Plus, symbol
    >>> is_set(Plus(Singleton(ONE), Interval(ONE, symbol("b")))), is_set(ONE)
    (True, False)
    """
    # A sum, product, case distinction, … is a set if one operand that carries its value is.
    known = {} if known is None else known
    stack = [node]
    while stack:
        top = stack[-1]
        if top in known:
            stack.pop()
            continue
        name = type(top).__name__
        if isinstance(top, SetNode) or name not in _CARRIERS:
            known[top] = isinstance(top, SetNode)
            continue
        operands = top.args[: _CARRIERS[name]]
        waiting = [part for part in operands if part not in known]
        if waiting:
            stack.extend(waiting)
        else:
            known[top] = any(known[part] for part in operands)
    return known[node]


# How many operands of a node can be what makes it a set; None for all of them.
_CARRIERS: dict[str, int | None] = {
    "Plus": None,
    "Times": None,
    "Negative": None,
    "Over": 1,
    "Total": 1,
    "Branch": 1,
    "Cases": None,
}
