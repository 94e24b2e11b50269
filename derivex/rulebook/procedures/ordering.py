"""The order of the terms of a sum."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression import Negative, Plus
from derivex.expression.nodes import Node

__all__ = ["positive_terms_first"]


def positive_terms_first(node: Node) -> Basic | None:
    """Let a sum begin with a term without minus, if it has any; the order stays otherwise.

    >>> from derivex.expression import symbol
    >>> positive_terms_first(Plus(Negative(symbol("x")), symbol("y")))
    Plus(y, Negative(x))
    """
    if type(node._args[0]) is not Negative:
        return None
    ordered = sorted(node._args, key=lambda term: type(term) is Negative)
    return None if type(ordered[0]) is Negative else Plus(*ordered)
