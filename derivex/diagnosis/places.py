"""Single places in a written tree: an expression that stands twice has two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from sympy.core.basic import Basic

from derivex.expression import (
    And,
    Antiderivative,
    Apply,
    Binder,
    Branch,
    Dots,
    FunctionName,
    Node,
    Or,
    Prime,
    Relation,
    Row,
    postorder,
)
from derivex.expression.array_nodes import DERIVATIVES

__all__ = ["WITHOUT_VALUE", "Place", "places", "size_of"]

WITHOUT_VALUE = (Relation, And, Or, Branch, Row, Prime, FunctionName, Dots)
"""Kinds of nodes for which nothing else can be put."""


@dataclass(frozen=True, eq=False)
class Place:
    """An operand of an operand of … an expression.

    Args:
        node: what stands there.
        around: the nodes that hold it, from the outside in, each with the number of the operand.
        bound: the names that are bound there.
    """

    node: Basic
    around: tuple[tuple[Node, int], ...] = ()
    bound: tuple[Basic, ...] = ()

    @property
    def holder(self) -> Node | None:
        """The node that it is an operand of."""
        return self.around[-1][0] if self.around else None

    def replaced(self, new: Basic) -> Basic:
        """The whole expression with something else in this place."""
        for holder, position in reversed(self.around):
            operands = list(holder._args)
            operands[position] = new
            new = type(holder)(*operands)
        return new


def places(root: Basic, most: int = 200) -> Iterator[Place]:
    """The places of an expression from the outside in, those of its first operand first.

    What has no value of its own is no place: names of functions, bound names, the variables of
    derivatives, conditions, branches, equations, rows of a matrix; but what they hold is one.

    Args:
        root: the expression.
        most: how many are given at most.
    """
    stack = [Place(root)]
    while stack and most:
        place = stack.pop()
        node = place.node
        if not isinstance(node, WITHOUT_VALUE):
            most -= 1
            yield place
        if not isinstance(node, Node):
            continue
        operands = node._args
        inside: list[Place] = []
        for position, operand in enumerate(operands):
            if isinstance(operand, FunctionName) or (type(node) is Apply and position == 0):
                continue
            bound = place.bound
            if isinstance(node, Binder):
                if position == 1:
                    continue
                bound = (*bound, operands[1]) if position == 0 else bound
            elif (type(node) in DERIVATIVES or type(node) is Antiderivative) and position:
                continue
            inside.append(Place(operand, (*place.around, (node, position)), bound))
        stack.extend(reversed(inside))


_LARGEST_COUNTED = 200


def size_of(node: Basic | None) -> int:
    """The number of distinct subexpressions, at most 200; of nothing 0."""
    return 0 if node is None else sum(1 for _ in islice(postorder(node), _LARGEST_COUNTED))
