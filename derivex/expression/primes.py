"""Derivatives of functions: f′, f″, ∂₁f, and what they are of a function that is defined."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression.node import FunctionName, ImplicitName
from derivex.expression.nodes import D, Prime, Substituted, integer, symbol
from derivex.expression.traverse import free_symbols, substitute

__all__ = ["bare_quantity", "derivative_of_definition", "function_of", "primed"]


def primed(function: Basic, *places: int) -> Basic:
    """A function derived in its arguments of these numbers, the first one first.

    >>> from derivex.expression.nodes import function_name
    >>> primed(function_name("f"), 1, 2)
    Prime(Prime(f, 1), 2)
    """
    for place in places:
        function = Prime(function, integer(place))
    return function


def function_of(head: Basic) -> tuple[FunctionName, tuple[int, ...]]:
    """The function that is applied, and the arguments that it is derived in, in order.

    >>> from derivex.expression.nodes import function_name
    >>> function_of(primed(function_name("f"), 1, 2))
    (f, (1, 2))
    """
    places: list[int] = []
    while type(head) is Prime:
        head, place = head._args
        places.append(int(place.p))
    assert isinstance(head, FunctionName)
    return head, tuple(reversed(places))


def bare_quantity(call: Basic) -> tuple[ImplicitName, tuple[int, ...]] | None:
    """An implicit function applied to what it depends on, y or dy/dx; None for all else.

    >>> from derivex.expression.nodes import Apply
    >>> bare_quantity(Apply(ImplicitName("y(x)"), symbol("x")))
    (y(x), ())
    """
    head, places = function_of(call.args[0])
    if isinstance(head, ImplicitName) and head.arguments == call.args[1:]:
        return head, places
    return None


def _fresh_names(count: int, taken: Collection[Basic]) -> list[Symbol]:
    letters = map(symbol, "uvwstpqrxyz")
    numbered = (symbol(f"u_{number}") for number in itertools.count(1))
    fresh = (name for name in itertools.chain(letters, numbered) if name not in taken)
    return list(itertools.islice(fresh, count))


def derivative_of_definition(
    definition: Basic, parameters: Sequence[Symbol], places: Sequence[int], values: Sequence[Basic]
) -> Basic:
    """What f′(u) stands for where f has a definition: its derivative, at the argument.

    Args:
        definition: what f(x) is.
        parameters: the names in it of the arguments.
        places: the numbers of the arguments that are differentiated by, the first one first.
        values: the arguments.

    >>> from derivex.expression.nodes import Power, TWO
    >>> x, y = symbol("x"), symbol("y")
    >>> derivative_of_definition(Power(x, TWO), [x], [1], [y])
    D(Power(y, 2), y)
    >>> derivative_of_definition(Power(x, TWO), [x], [1], [integer(3)])
    Substituted(D(Power(x, 2), x), x, 3)
    """
    names: Sequence[Basic] = parameters
    outside = free_symbols(definition).keys() - set(parameters)
    occurring = {name for value in values for name in free_symbols(value)}
    if (
        all(isinstance(value, Symbol) for value in values)
        and len(set(values)) == len(values)
        and outside.isdisjoint(values)
    ):
        names = values
    elif len(values) > 1 and not occurring.isdisjoint(parameters):
        # One value is put in after the other, so no value may hold a name that still waits.
        names = _fresh_names(len(values), occurring | outside)
    renamed = substitute(definition, dict(zip(parameters, names, strict=True)))
    for place in places:
        renamed = D(renamed, names[place - 1])
    if names is values:
        return renamed
    for name, value in zip(names, values, strict=True):
        renamed = Substituted(renamed, name, value)
    return renamed
