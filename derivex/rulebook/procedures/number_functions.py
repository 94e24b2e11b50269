"""Functions whose value at numbers is a number: the greatest of some, rounding, x!."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import ceil, factorial, floor
from types import MappingProxyType

from sympy.core.basic import Basic

from derivex.expression.literals import number_like, quick_value
from derivex.expression.nodes import FunctionName, Node
from derivex.limits import MAX_BITS

__all__ = ["function_of_numbers"]

_LARGEST_FACTORIAL = 300  # a number that can still be read


def _whole_factorial(value: Fraction) -> Fraction | None:
    if value.denominator != 1 or not 0 <= value <= _LARGEST_FACTORIAL:
        return None
    return Fraction(factorial(value.numerator))


def _whole_gamma(value: Fraction) -> Fraction | None:
    return None if value < 1 else _whole_factorial(value - 1)


_OF_ONE: Mapping[str, Callable[[Fraction], Fraction | None]] = MappingProxyType(
    {
        "floor": lambda value: Fraction(floor(value)),
        "ceiling": lambda value: Fraction(ceil(value)),
        "sign": lambda value: Fraction((value > 0) - (value < 0)),
        "factorial": _whole_factorial,
        "gamma": _whole_gamma,
    }
)


def function_of_numbers(node: Node) -> Basic | None:
    """The value of such a function; None if an argument is no number.

    >>> from derivex.expression import Apply, function_name, integer
    >>> function_of_numbers(Apply(function_name("max"), integer(2), integer(5)))
    5
    """
    head = node._args[0]
    if not isinstance(head, FunctionName):
        return None
    name = head.name
    extreme = name in ("max", "min")
    if not extreme and (name not in _OF_ONE or len(node._args) != 2):
        return None
    values: list[Fraction] = []
    for argument in node._args[1:]:
        value = quick_value(argument)
        if value is None or value.numerator.bit_length() > MAX_BITS:
            return None
        values.append(Fraction(value))
    if extreme:
        best = max(values) if name == "max" else min(values)
        return node._args[1 + values.index(best)]
    found = _OF_ONE[name](values[0])
    return None if found is None else number_like(found, node._args[1:])
