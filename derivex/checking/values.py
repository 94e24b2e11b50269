"""Values that are put in: which letters were replaced by numbers from one line to the next."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import Node, free_symbols

__all__ = ["instance_of"]


def instance_of(general: Basic, special: Basic) -> dict[Basic, Basic] | None:
    """The numbers that were put in for the letters of an expression; None if it is another one.

    Signs and the brackets round numbers make no difference: 2x at −1 is 2 · (−1).

    >>> from derivex.expression import ONE, TWO, Negative, Times, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> instance_of(Times(x, y), Times(Negative(ONE), TWO))[x]
    Negative(1)
    """
    values: dict[Basic, Basic] = {}
    stack = [(general, special)]
    while stack:
        pattern, subject = stack.pop()
        if isinstance(pattern, Symbol):
            if free_symbols(subject) or values.setdefault(pattern, subject) is not subject:
                return None
            continue
        if pattern is subject:
            continue
        if type(pattern) is not type(subject) or not isinstance(pattern, Node):
            return None
        assert isinstance(subject, Node)
        if len(pattern.args) != len(subject.args) or not pattern.args:
            return None
        stack.extend(zip(pattern.args, subject.args, strict=True))
    return values or None
