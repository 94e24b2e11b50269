"""Kronecker's δ in a sum: taken out in front, where every part of the summand has it."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    Delta,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    Total,
    postorder,
    substitute,
)
from derivex.expression.literals import quick_value
from derivex.expression.nodes import Node

__all__ = ["delta_in_front"]


def delta_in_front(node: Node) -> Basic | None:
    """A sum over i whose summand is zero wherever some δ_ik is zero, with that δ in front.

    In a fraction it is put in front of the numerator.

    Where δ_ik is not zero it is one, so in what is left it is a factor that may be left out.

    >>> from derivex.expression import At, symbol
    >>> i, k, a = symbol("i"), symbol("k"), symbol("a")
    >>> delta = Delta(i, k)
    >>> delta_in_front(Total(Plus(delta, Times(At(a, i), delta)), i))
    Total(Times(Delta(i, k), Plus(1, At(a, i))), i)
    """
    body, index, *bounds = node._args
    if type(body) is Negative:
        return None  # the sign is taken out of the sum first, or it would come back
    above = body._args[0] if type(body) is Over else body
    if type(above) is Delta or (type(above) is Times and _has_factor(above, index)):
        return None  # it is picked out as it stands
    for part in postorder(body):
        if type(part) is Delta and index in part._args and _vanishes_with(body, part):
            rest = _without(body, part)
            if type(rest) is Over:
                rest = Over(Times(part, rest._args[0]), rest._args[1])
            else:
                rest = Times(part, rest)
            return type(node)(rest, index, *bounds)
    return None


def _has_factor(product: Basic, index: Basic) -> bool:
    return any(type(factor) is Delta and index in factor._args for factor in product._args)


def _without(body: Basic, delta: Basic) -> Basic:
    """The body with 1 for δ, which as a factor is not written."""
    products: dict[Basic, Basic] = {}
    for node in postorder(body):
        if type(node) is Times and delta in node._args:
            rest = [factor for factor in node._args if factor is not delta]
            products[node] = Times(*rest) if len(rest) > 1 else rest[0] if rest else ONE
    return substitute(substitute(body, products), {delta: ONE})


def _vanishes_with(body: Basic, delta: Basic) -> bool:
    """Whether an expression is zero wherever δ is, as its form shows."""
    vanishing: set[Basic] = {delta}
    for node in postorder(body):
        kind, operands = type(node), node._args
        if kind is Times:
            zero = any(operand in vanishing for operand in operands)
        elif kind is Plus:
            zero = all(operand in vanishing for operand in operands)
        elif kind is Negative or kind is Over:
            zero = operands[0] in vanishing
        elif kind is Total:
            # δ itself must not change with the inner index.
            zero = operands[0] in vanishing and operands[1] not in delta._args
        elif kind is Power:
            exponent = quick_value(operands[1])
            zero = operands[0] in vanishing and exponent is not None and exponent > 0
        else:
            continue
        if zero:
            vanishing.add(node)
    return body in vanishing
