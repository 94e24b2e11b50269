"""How derivatives of functions and derivatives of higher order are spelled: f″, ∂₁f, ∂²u/∂x²."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby

from sympy.core.basic import Basic

from derivex.expression import D, Dots, Node, bare_quantity, function_of

__all__ = [
    "MOST_PRIMES",
    "Orders",
    "derivative_orders",
    "name_of",
    "partial_places",
    "prime_order",
    "primes",
    "quantity_orders",
]

MOST_PRIMES = 3  # f‴; above that the order is written as a number, f⁽⁴⁾
_HIGHEST = 9  # the highest order that is read in ∂⁹u/∂x⁹

Orders = list[tuple[Basic, int]]
"""What a denominator such as ∂x²∂y is made of, in the order in which it is written."""


def prime_order(call: Node) -> int:
    """How often the only argument of a call is derived by: 2 in f″(x); 0 where there are more.

    >>> from derivex.expression import Apply, function_name, primed, symbol
    >>> prime_order(Apply(primed(function_name("f"), 1, 1), symbol("x")))
    2
    """
    single = len(call._args) == 2 or type(call._args[-1]) is Dots
    return len(function_of(call._args[0])[1]) if single else 0


def partial_places(call: Node) -> tuple[int, ...]:
    """The numbers of the arguments that a function of several is derived in, the last one first."""
    return function_of(call._args[0])[1][::-1]


def primes(order: int, sign: str, opening: str, closing: str) -> str:
    """The primes for an order, or the order in brackets where they would be too many.

    >>> primes(2, "'", "^{(", ")}"), primes(4, "'", "^{(", ")}")
    ("''", '^{(4)}')
    """
    return sign * order if order <= MOST_PRIMES else f"{opening}{order}{closing}"


def name_of(call: Node) -> Basic:
    """The function that is applied in a call, without its primes."""
    return function_of(call._args[0])[0]


def quantity_orders(call: Node) -> Orders | None:
    """The denominator of dy/dx or ∂²z/∂x∂y, empty for y itself; None for any other call.

    >>> from derivex.expression import Apply, ImplicitName, primed, symbol
    >>> y, x = ImplicitName("y(x)"), symbol("x")
    >>> quantity_orders(Apply(primed(y, 1, 1), x))
    [(x, 2)]
    """
    found = bare_quantity(call)
    if found is None:
        return None
    head, places = found
    return _counted(head.arguments[place - 1] for place in reversed(places))


def derivative_orders(
    derivative: Node, is_name: Callable[[Basic], bool]
) -> tuple[Basic, Orders] | None:
    """What is differentiated in ∂²u/∂x∂y, and by what; None for a derivative of first order.

    Args:
        derivative: a derivative, perhaps of a derivative.
        is_name: whether what is differentiated by is written as a name.

    >>> from derivex.expression import symbol
    >>> u, x, y = map(symbol, "uxy")
    >>> derivative_orders(D(D(D(u, y), x), x), lambda node: True)
    (u, [(x, 2), (y, 1)])
    """
    node: Basic = derivative
    by: list[Basic] = []
    while type(node) is D and len(by) < _HIGHEST and is_name(node._args[1]):
        by.append(node._args[1])
        node = node._args[0]
    return (node, _counted(by)) if len(by) > 1 else None


def _counted(names: Iterable[Basic]) -> Orders:
    return [(name, sum(1 for _ in equal)) for name, equal in groupby(names)]
