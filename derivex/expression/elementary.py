"""The elementary and special functions whose values are known, by SymPy's names.

A meaning in a rule file may refer only to these.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import Any

import sympy

__all__ = ["ELEMENTARY", "sympy_function", "written_name"]

# Name in a written tree -> name of SymPy's callable.
ELEMENTARY = MappingProxyType(
    {
        "exp": "exp",
        "log": "log",
        "sqrt": "sqrt",
        "abs": "Abs",
        "sign": "sign",
        "max": "Max",
        "min": "Min",
        "sin": "sin",
        "cos": "cos",
        "tan": "tan",
        "cot": "cot",
        "sec": "sec",
        "csc": "csc",
        "asin": "asin",
        "acos": "acos",
        "atan": "atan",
        "acot": "acot",
        "asec": "asec",
        "acsc": "acsc",
        "sinh": "sinh",
        "cosh": "cosh",
        "tanh": "tanh",
        "coth": "coth",
        "sech": "sech",
        "csch": "csch",
        "asinh": "asinh",
        "acosh": "acosh",
        "atanh": "atanh",
        "acoth": "acoth",
        "asech": "asech",
        "acsch": "acsch",
        "floor": "floor",
        "ceiling": "ceiling",
        "atan2": "atan2",
        "erf": "erf",
        "erfc": "erfc",
        "erfi": "erfi",
        "gamma": "gamma",
        "factorial": "factorial",
        "loggamma": "loggamma",
        "digamma": "digamma",
        "polygamma": "polygamma",
        "besselj": "besselj",
        "bessely": "bessely",
        "besseli": "besseli",
        "besselk": "besselk",
        "airyai": "airyai",
        "airybi": "airybi",
        "airyaiprime": "airyaiprime",
        "airybiprime": "airybiprime",
        "Si": "Si",
        "Ci": "Ci",
        "Shi": "Shi",
        "Chi": "Chi",
        "Ei": "Ei",
        "li": "li",
        "expint": "expint",
        "fresnels": "fresnels",
        "fresnelc": "fresnelc",
        "LambertW": "LambertW",
        "zeta": "zeta",
        "polylog": "polylog",
        "uppergamma": "uppergamma",
        "lowergamma": "lowergamma",
        "elliptic_k": "elliptic_k",
        "elliptic_e": "elliptic_e",
    }
)

_written = {sympy_name: name for name, sympy_name in ELEMENTARY.items()}


@cache
def sympy_function(name: str) -> Any:
    """SymPy's callable for an elementary function, by either name; None for any other.

    >>> sympy_function("abs") is sympy_function("Abs") is sympy.Abs
    True
    >>> sympy_function("system") is None
    True
    """
    sympy_name = ELEMENTARY.get(name, name)
    return getattr(sympy, sympy_name) if sympy_name in _written else None


def written_name(name: str) -> str | None:
    """The name in a written tree of the elementary function of that name; None for any other.

    >>> written_name("Abs"), written_name("Integral")
    ('abs', None)
    """
    return name if name in ELEMENTARY else _written.get(name)
