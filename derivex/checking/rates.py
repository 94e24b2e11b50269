"""Letters with a dot, the rates at which others change: θ̇ is dθ/dt, and θ̈ is dθ̇/dt.

In ∂L/∂θ̇ a rate is a quantity of its own.  Below d/dt it changes with time as θ does, so that
d/dt of what is made of both is ∂/∂θ of it times θ̇, and ∂/∂θ̇ of it times θ̈.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import D, Plus, Substituted, Times, free_symbols, substitute, symbol

__all__ = ["TIME", "along_time", "rates_among"]

TIME = symbol("t")
_LESS = {"\u0308": "\u0307", "\u0307": ""}  # two dots, one, none


def rates_among(names: Iterable[Basic]) -> dict[Basic, Basic]:
    """The names that have a rate among some names, with it.

    >>> rates_among(map(symbol, ("x", "ẋ", "m")))
    {x: ẋ, ẋ: ẍ}
    """
    spelled = {
        unicodedata.normalize("NFD", str(name)): name for name in names if isinstance(name, Symbol)
    }
    found: dict[Basic, Basic] = {}
    for spelling in list(spelled):
        if "\u0307" in spelling:  # ṙ has a rate, even where nobody writes it
            twice = spelling.replace("\u0307", "\u0308", 1)
            spelled.setdefault(twice, symbol(unicodedata.normalize("NFC", twice)))
    for spelling, rate in spelled.items():
        for dots, less in _LESS.items():
            if dots in spelling:
                name = spelled.get(spelling.replace(dots, less, 1))
                if name is not None:
                    found[name] = rate
                break
    return found


def along_time(slope: Basic, operand: Basic, rates: Mapping[Basic, Basic]) -> Basic:
    """The derivative by the time of what is made of quantities whose rates have names.

    Args:
        slope: the derivative; it is given back where there are no such quantities.
        operand: what is differentiated, made of these quantities themselves.
        rates: the quantities with their rates.

    >>> x, v = symbol("x"), symbol("ẋ")
    >>> along_time(D(x, TIME), x, {x: v})
    Plus(Substituted(D(·x, t), ·x, x), Times(D(x, x), ẋ))
    """
    moving = [name for name in free_symbols(operand) if name in rates]
    if not moving:
        return slope
    fixed = {name: symbol(f"·{name}") for name in moving}
    own: Basic = D(substitute(operand, fixed), TIME)
    for name, letter in fixed.items():
        own = Substituted(own, letter, name)
    return Plus(own, *(Times(D(operand, name), rates[name]) for name in moving))
