"""Corners seen from one side: |u| and max just beside the point, in a direction.

A derivative along a direction from one side is the coefficient of a *positive* infinitesimal ε,
ε² = 0.  Where u is exactly zero, |u + u′ε| is |u′|ε: so the value of |x| along ±1 at zero is 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from derivex.equality.jets import Jet
from derivex.equality.rings import UndefinedError

__all__ = ["CORNERS", "corner", "side_of"]

CORNERS = frozenset(("abs", "max", "min"))
"""The functions with corners that can be seen from one side."""


def corner(name: str, arguments: Sequence[Any]) -> Any:
    """|u|, max or min of values and jets with one positive infinitesimal.

    Raises:
        UndefinedError: it cannot be told which side of the corner this is.
    """
    if name == "abs":
        (argument,) = arguments
        return argument if side_of(argument) >= 0 else -argument
    best = arguments[0]
    for argument in arguments[1:]:
        sign = side_of(argument - best)
        if (sign > 0) if name == "max" else (sign < 0):
            best = argument
    return best


def side_of(value: Any) -> int:
    """The sign of a value, or of its infinitesimal part where the value itself is zero."""
    if not isinstance(value, Jet):
        return _plain_sign(value)
    main = _plain_sign(value.parts[0]) if 0 in value.parts else 0
    if main:
        return main
    rest = [part for mask, part in value.parts.items() if mask]
    if len(rest) > 1:
        raise UndefinedError("a corner where several derivatives are taken")
    return _plain_sign(rest[0]) if rest else 0


def _plain_sign(value: Any) -> int:
    exact = getattr(value, "value", None)
    if exact is not None:
        return int(exact > 0) - int(exact < 0)
    if value.imag.is_zero():
        if value.real > 0:
            return 1
        if value.real < 0:
            return -1
        if value.real.is_zero():
            return 0
    raise UndefinedError("it cannot be told on which side of a corner this is")
