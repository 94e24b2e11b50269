"""Names for the quantities that an expression is made of."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import Apply, postorder, symbol
from derivex.notation.characters import GREEK_LETTERS
from derivex.notation.spelling import MACRON, OVERLINE

__all__ = ["QuantityNames", "barred", "root_name"]

_GREEK = {name: letter for letter, name in GREEK_LETTERS.items()}


class QuantityNames:
    """Names that occur nowhere else.

    As in books on neural networks, the value of a function of z₁ is a₁, and everything else is
    z₁, z₂, …; where these letters are in use, or a quantity has several functions, the names
    are v₁, v₂, ….

    Args:
        taken: the names in use.
        expressions: what the quantities are made from.
    """

    def __init__(self, taken: Collection[str], expressions: Sequence[Basic]):
        bases = {name.partition("_")[0] for name in taken}
        paired = not bases & {"z", "a"} and _is_paired(expressions)
        free = (each for each in _letters() if each not in bases)
        self._base = "z" if paired else next(free)
        self._value = "a" if paired else None
        self._last = 0

    def next(self, body: Basic) -> Symbol:
        """The name of the next quantity, which stands for this."""
        if self._value and type(body) is Apply and len(body._args) == 2:
            base, _, index = str(body._args[1]).partition("_")
            if base == self._base and isinstance(body._args[1], Symbol):
                return symbol(f"{self._value}_{index}")
        self._last += 1
        return symbol(f"{self._base}_{self._last}")


def _letters() -> Iterator[str]:
    yield from "vuzqrpkm"
    number = 1
    while True:
        yield f"v{number}"
        number += 1


def _is_paired(expressions: Sequence[Basic]) -> bool:
    """Whether functions of one argument occur, and no two of the same argument."""
    arguments = [
        node._args[1]
        for root in expressions
        for node in postorder(root)
        if type(node) is Apply and len(node._args) == 2 and node._args[1]._args
    ]
    return len(set(arguments)) == len(arguments) > 0


def root_name(taken: Collection[str]) -> Symbol:
    """The name of the whole: L as in loss, or another letter."""
    for name in "LyEJQ":
        if name not in taken:
            return symbol(name)
    number = 1
    while f"L_{number}" in taken:
        number += 1
    return symbol(f"L_{number}")


def barred(name: Symbol) -> Symbol:
    """The name of an adjoint: v̄₃ is the derivative of the whole by v₃.

    >>> barred(symbol("v_3")), barred(symbol("y"))
    (v̄_3, ȳ)
    """
    base, underscore, index = name.name.partition("_")
    letters = _GREEK.get(base, base)
    bar = MACRON if len(letters) == 1 else OVERLINE
    over = "".join(letter + bar for letter in letters)
    return symbol(unicodedata.normalize("NFC", over) + underscore + index)
