"""What the functions and relations of a written tree are in NumPy."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

import numpy as np
from sympy.core.basic import Basic

from derivex.expression import AtLeast, AtMost, Equation, Greater, Less, Unequal

__all__ = ["FOLDED", "FUNCTIONS", "RELATIONS", "choose", "sum_of_logs"]


def _with_out(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of arrays that writes to its last argument, where it is given one more."""
    count = function.__code__.co_argcount

    def called(*arguments: Any) -> Any:
        value = function(*arguments[:count])
        if len(arguments) > count:
            np.copyto(arguments[count], value)
        return value

    return called


def _by_entries(function: Callable[[float], float]) -> Callable[..., Any]:
    """A function of the standard library, entry by entry; outside of its domain it is NaN."""

    def of_number(value: float) -> float:
        try:
            return function(value)
        except (ValueError, OverflowError):
            return math.nan

    apply = np.vectorize(of_number, otypes=[float])
    return _with_out(lambda value: apply(value) if np.ndim(value) else of_number(float(value)))


choose = _with_out(lambda holds, first, second: np.where(holds != 0, first, second))
"""The first where the condition holds, else the second."""

_TOGETHER = 8  # numbers that are multiplied before one logarithm is taken of them
_LEAST = 1e-290  # a product that is smaller may have lost digits


def sum_of_logs(row: Any) -> float:
    """The sum of the logarithms of a row: few logarithms, of products.

    >>> sum_of_logs(np.array([0.5, 2.0])), sum_of_logs(np.array([1.0, 0.5, 2.0] * 6))
    (0.0, 0.0)
    """
    count = len(row) // _TOGETHER * _TOGETHER
    if count and row.min() > 0:
        products = np.multiply.reduce(row[:count].reshape(_TOGETHER, -1), axis=0)
        if products.min() > _LEAST and products.max() < np.inf:
            return float(np.add.reduce(np.log(products)) + np.add.reduce(np.log(row[count:])))
    return float(np.add.reduce(np.log(row)))


FUNCTIONS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "exp": np.exp,
        "log": np.log,
        "sqrt": np.sqrt,
        "abs": np.abs,
        "sign": np.sign,
        "floor": np.floor,
        "ceiling": np.ceil,
        "sin": np.sin,
        "cos": np.cos,
        "tan": np.tan,
        "asin": np.arcsin,
        "acos": np.arccos,
        "atan": np.arctan,
        "atan2": np.arctan2,
        "sinh": np.sinh,
        "cosh": np.cosh,
        "tanh": np.tanh,
        "asinh": np.arcsinh,
        "acosh": np.arccosh,
        "atanh": np.arctanh,
        "cot": _with_out(lambda x: 1 / np.tan(x)),
        "sec": _with_out(lambda x: 1 / np.cos(x)),
        "csc": _with_out(lambda x: 1 / np.sin(x)),
        "coth": _with_out(lambda x: 1 / np.tanh(x)),
        "sech": _with_out(lambda x: 1 / np.cosh(x)),
        "csch": _with_out(lambda x: 1 / np.sinh(x)),
        "acsc": _with_out(lambda x: np.arcsin(1 / x)),
        "asec": _with_out(lambda x: np.arccos(1 / x)),
        "erf": _by_entries(math.erf),
        "erfc": _by_entries(math.erfc),
        "gamma": _by_entries(math.gamma),
        "factorial": _by_entries(lambda x: math.gamma(x + 1)),
        "loggamma": _by_entries(math.lgamma),
    }
)
"""By the names of elementary functions.  Each takes an array to write to as one more argument."""

FOLDED: Mapping[str, Callable[..., Any]] = MappingProxyType({"max": np.maximum, "min": np.minimum})
"""Those of any number of arguments, taken two by two."""

RELATIONS: Mapping[type[Basic], Callable[..., Any]] = MappingProxyType(
    {
        Equation: np.equal,
        Unequal: np.not_equal,
        Less: np.less,
        AtMost: np.less_equal,
        Greater: np.greater,
        AtLeast: np.greater_equal,
    }
)
"""By the kind of the relation."""
