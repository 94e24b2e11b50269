"""Vectors as the arguments of functions that make a number of them: f(x) for f(x_1, …, x_n)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from sympy.core.basic import Basic

from derivex.expression.array_nodes import ArrayName, Entries
from derivex.expression.functions import Function
from derivex.expression.shapes import is_array
from derivex.notation.vocabulary import KnownFunction

__all__ = ["of_definition", "spread_arguments"]


def spread_arguments(function: KnownFunction, arguments: Sequence[Basic]) -> list[Basic]:
    """The arguments, of which vectors give a function of vectors all their entries.

    A function of which nothing is known is one of vectors where it is said to be, or where it has
    several arguments.  All others are taken entry by entry, but for :func:`of_definition`.
    """
    known = function.function
    if known is not None and known.definition is not None:
        return of_definition(known, arguments)
    unknown = known is None or known.means is None
    vectors = function.whole and not function.places
    if known is not None:
        vectors = vectors or any(isinstance(each, ArrayName) for each in known.parameters)
    if not unknown or not (vectors or len(arguments) > 1):
        return list(arguments)
    return [Entries(each) if is_array(each) else each for each in arguments]


def of_definition(function: Function, arguments: Sequence[Basic]) -> list[Basic]:
    """The arguments of a function with a definition, of which vectors give it all their entries.

    They do where the definition makes a number of a parameter that was declared a vector.
    """
    if is_array(function.definition):
        return list(arguments)
    return [
        Entries(each) if isinstance(parameter, ArrayName) and is_array(each) else each
        for parameter, each in zip_longest(function.parameters, arguments)
        if each is not None
    ]
