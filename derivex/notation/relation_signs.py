"""The signs of relations in every kind of output, and chains such as 0 < x < 1."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from sympy.core.basic import Basic

from derivex.expression import (
    AtLeast,
    AtMost,
    Equation,
    Greater,
    Less,
    Nearly,
    Node,
    Relation,
    Unequal,
)

__all__ = ["ASCII_SIGNS", "LATEX_SIGNS", "UNICODE_SIGNS", "chains"]

UNICODE_SIGNS: Mapping[type[Node], str] = MappingProxyType(
    {
        Equation: "=",
        Nearly: "≈",
        Unequal: "≠",
        Less: "<",
        AtMost: "≤",
        Greater: ">",
        AtLeast: "≥",
    }
)
ASCII_SIGNS: Mapping[type[Node], str] = MappingProxyType(
    {
        Equation: "=",
        Nearly: "~=",
        Unequal: "!=",
        Less: "<",
        AtMost: "<=",
        Greater: ">",
        AtLeast: ">=",
    }
)
LATEX_SIGNS: Mapping[type[Node], str] = MappingProxyType(
    {
        Equation: "=",
        Nearly: r"\approx",
        Unequal: r"\neq",
        Less: "<",
        AtMost: r"\leq",
        Greater: ">",
        AtLeast: r"\geq",
    }
)


def chains(conjunction: Node) -> Iterator[list[Basic]]:
    """The conditions of an And; relations that share a side, 0 < x and x < 1, together.

    >>> from derivex.expression import ONE, ZERO, And, symbol
    >>> x = symbol("x")
    >>> list(chains(And(Less(ZERO, x), Less(x, ONE), Greater(x, x))))
    [[Less(0, x), Less(x, 1)], [Greater(x, x)]]
    """
    chain: list[Basic] = []
    for condition in conjunction._args:
        if chain and not _continues(chain[-1], condition):
            yield chain
            chain = []
        chain.append(condition)
    yield chain


_RISING = (Less, AtMost, Equation)
_FALLING = (Greater, AtLeast, Equation)


def _continues(before: Basic, after: Basic) -> bool:
    """Whether a chain is usual there: both signs point the same way."""
    if not (isinstance(before, Relation) and isinstance(after, Relation)):
        return False
    kinds = (type(before), type(after))
    same_way = all(kind in _RISING for kind in kinds) or all(kind in _FALLING for kind in kinds)
    return same_way and before._args[1] is after._args[0]
