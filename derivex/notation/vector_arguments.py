"""Vectors as the arguments of functions of which nothing is known: f(x) for f(x_1, …, x_n)."""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from derivex.expression.array_nodes import ArrayName, Entries
from derivex.expression.shapes import is_array
from derivex.notation.vocabulary import KnownFunction

__all__ = ["spread_arguments"]


def spread_arguments(function: KnownFunction, arguments: Sequence[Basic]) -> list[Basic]:
    """The arguments, of which vectors give a function of vectors all their entries.

    A function of one argument that is not said to be one of vectors is taken entry by entry.
    """
    known = function.function
    unknown = known is None or (known.definition is None and known.means is None)
    vectors = function.whole and not function.places
    if known is not None:
        vectors = vectors or any(isinstance(each, ArrayName) for each in known.parameters)
    if not unknown or not (vectors or len(arguments) > 1):
        return list(arguments)
    return [Entries(each) if is_array(each) else each for each in arguments]
