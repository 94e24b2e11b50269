"""A coordinate moved along a direction, as one writes it: x + 2h, x − h, x + h v."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression.literals import number, value_of
from derivex.expression.nodes import Negative, Plus, Times

__all__ = ["moved_along"]


def moved_along(here: Basic, step: Basic, towards: Basic) -> Basic:
    """One coordinate of x + h v.

    Args:
        here: the coordinate of x.
        step: the increment h.
        towards: the component of v.

    >>> from derivex.expression import ZERO, integer, symbol
    >>> x, h = symbol("x"), symbol("h")
    >>> moved_along(x, h, Negative(integer(2)))
    Plus(x, Negative(Times(2, h)))
    >>> moved_along(ZERO, h, integer(1)), moved_along(x, h, ZERO)
    (h, x)
    """
    value = value_of(towards)
    if value == 0:
        return here
    move: Basic
    if value is None:
        move = Times(step, towards)
    elif abs(value) == 1:
        move = step
    else:
        move = Times(towards if value > 0 else number(-value), step)
    if value is not None and value < 0:
        move = Negative(move)
    return move if value_of(here) == 0 else Plus(here, move)
