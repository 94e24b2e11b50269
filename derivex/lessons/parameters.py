"""Numbers put in the place of letters, as one would have written them from the start."""

from __future__ import annotations

from collections.abc import Mapping

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import ONE, Negative, Node, Power, Times, postorder, rebuild

__all__ = ["written_with"]


def written_with(root: Basic, values: Mapping[Symbol, Basic]) -> Basic:
    """An expression with numbers for letters: k x² with k = −3 is −3x², and with k = 1 it is x².

    >>> from derivex.expression import Plus, integer, symbol
    >>> k, x = symbol("k"), symbol("x")
    >>> written_with(Plus(x, Times(k, x)), {k: Negative(integer(3))})
    Plus(x, Negative(Times(3, x)))
    """
    if not values:
        return root
    done: dict[Basic, Basic] = {}
    for node in postorder(root):
        if isinstance(node, Symbol):
            done[node] = values.get(node, node)
        elif isinstance(node, Node) and node.args:
            operands = [done[operand] for operand in node.args]
            if operands == list(node.args):
                done[node] = node
            elif type(node) is Times:
                done[node] = _product(node, operands)
            elif type(node) is Negative and type(operands[0]) is Negative:
                done[node] = operands[0].args[0]
            elif type(node) is Power and operands[1] is ONE and node.args[1] is not ONE:
                done[node] = operands[0]
            else:
                done[node] = rebuild(node, operands)
        else:
            done[node] = node
    return done[root]


def _product(node: Node, operands: list[Basic]) -> Basic:
    """A product without a factor 1 that was put in, its sign in front."""
    negative = False
    factors: list[Basic] = []
    for old, new in zip(node.args, operands, strict=True):
        if new is not old and type(new) is Negative:
            negative = not negative
            new = new.args[0]
        if new is not ONE or old is ONE:
            factors.append(new)
    made = ONE if not factors else factors[0] if len(factors) == 1 else Times(*factors)
    return Negative(made) if negative else made
