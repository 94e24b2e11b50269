"""From a SymPy object to the written tree, in the order in which SymPy prints it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from sympy import Add, Expr, Function, Mul, Pow, Rational, Symbol
from sympy.core.basic import Basic

from derivex.errors import ProblemError
from derivex.expression.functions import Functions
from derivex.expression.lift_other import known_call, plan_other
from derivex.expression.lift_product import split_product
from derivex.expression.lift_sum import lift_polynomial
from derivex.expression.literals import INTEGER_TYPES, number
from derivex.expression.node import Interned, known_integer
from derivex.expression.nodes import (
    ONE,
    TWO,
    Apply,
    Negative,
    Node,
    Over,
    Plus,
    Power,
    Times,
    function_name,
    symbol,
)
from derivex.expression.sympy_order import in_term_order

__all__ = ["lift"]

_NO_FUNCTIONS: Functions = MappingProxyType({})
_HALF = Over(ONE, TWO)
_SQRT = function_name("sqrt")

_ROOM = 50
"""How deep functions call one another; what lies deeper is lifted from below."""


def lift(expression: Any, functions: Functions = _NO_FUNCTIONS) -> Basic:
    """The written tree of a SymPy object, as SymPy would print it.

    Symbols become the plain symbols of the same name: assumptions such as ``positive=True``
    are dropped.  Python integers and fractions are taken as well.

    Args:
        expression: an ``Expr``, a dense matrix or an ``Eq``.
        functions: the known functions, for their names (``Abs`` is abs with or without them).

    Raises:
        ProblemError: for what a written tree cannot say (an integral, a piecewise function),
            for infinity and undefined values, and for two different symbols of the same name.

    >>> x = Symbol("x")
    >>> lift(x**2 / 2 - 1)
    Plus(Over(Power(x, 2), 2), Negative(1))
    """
    try:
        return _Lifting(functions).lifted(expression, _ROOM)
    except RecursionError:
        raise ProblemError("SymPy cannot handle an expression as deeply nested as this") from None


class _Lifting:
    """One run: what is lifted already, by the identity of the SymPy object."""

    __slots__ = ("done", "functions", "kept", "taken")

    def __init__(self, functions: Functions):
        self.functions = functions
        self.done: dict[int, Basic] = {}
        self.kept: list[Any] = []  # objects whose identities are in use stay alive
        self.taken: dict[str, Symbol] = {}

    def lifted(self, expression: Any, room: int) -> Basic:
        """The node of an object.

        Args:
            expression: the object.
            room: how many levels below it may be lifted by functions that call one another.
        """
        kind = type(expression)
        if kind in INTEGER_TYPES:
            return known_integer(expression.p) or number(expression.p)
        key = id(expression)
        node = self.done.get(key)
        if node is None:
            if not room:
                return self.from_below(expression)
            node = self.done[key] = _LIFTED.get(kind, _other)(self, expression, room - 1)
        return node

    def from_below(self, deep: Any) -> Basic:
        """The node of an object, its parts lifted before it: none has far to go."""
        waiting = [deep]
        while waiting:
            top = waiting[-1]
            parts = [
                part
                for part in (top._args if isinstance(top, _OF_EXPRESSIONS) else ())
                if id(part) not in self.done and isinstance(part, Expr) and part._args
            ]
            if parts:
                waiting += parts
            else:
                node = self.lifted(waiting.pop(), _ROOM)
        return node

    def symbol(self, leaf: Any) -> Basic:
        node = self.done.get(id(leaf))
        if node is not None:
            return node
        name = leaf.name
        known = self.taken.get(name)
        if known is None:
            if not leaf.is_commutative:
                raise ProblemError(f"{name} is a symbol that does not commute")
            self.taken[name] = leaf
        elif known is not leaf and known != leaf:
            raise ProblemError(f"two different symbols are both called {name}")
        node = self.done[id(leaf)] = symbol(name)
        return node


_OF_EXPRESSIONS = (Add, Mul, Pow, Function)
"""Kinds whose operands are all lifted; others are not often in one another."""


def _symbol(lifting: _Lifting, leaf: Any, room: int) -> Basic:
    return lifting.symbol(leaf)


def _sum(lifting: _Lifting, total: Any, room: int) -> Basic:
    node = lift_polynomial(total._args, lifting.symbol)
    if node is None:
        terms = in_term_order(total)
        lifting.kept.append(terms)
        node = Plus(*[lifting.lifted(term, room) for term in terms])
    return node


def _product(lifting: _Lifting, product: Any, room: int) -> Basic:
    parts = split_product(product)
    lifting.kept.append(parts)
    negative, numerator, denominator = parts
    node = _times([lifting.lifted(factor, room) for factor in numerator])
    if denominator:
        factors = [
            lifting.lifted(base, room)
            if exponent is None
            else _root_or_power(lifting.lifted(base, room), lifting.lifted(exponent, room))
            for base, exponent in denominator
        ]
        node = Over(node, _times(factors))
    return Negative(node) if negative else node


def _times(factors: Sequence[Basic]) -> Basic:
    if len(factors) < 2:
        return factors[0] if factors else ONE
    return Times(*factors)


def _root_or_power(base: Basic, exponent: Basic) -> Basic:
    return Apply(_SQRT, base) if exponent is _HALF else Power.interned[base, exponent]


def _power(lifting: _Lifting, power: Any, room: int) -> Basic:
    base, exponent = power._args
    down = lifting.lifted(base, room)
    if type(exponent) not in INTEGER_TYPES and isinstance(exponent, Rational):
        if exponent.q == 2 and exponent.p == 1:
            return Apply.interned.made((_SQRT, down))
        if exponent.q == 2 and exponent.p == -1:
            return Over(ONE, Apply(_SQRT, down))
        if exponent.q == 1 and exponent.p == -1:
            return Over.interned.made((ONE, down))
    # Most likely the node is new: it is made before it is looked up.
    return Power.interned.made((down, lifting.lifted(exponent, room)))


def _other(lifting: _Lifting, expression: Any, room: int) -> Basic:
    head = known_call(type(expression), lifting.functions)
    if head is not None:
        operands = [lifting.lifted(argument, room) for argument in expression._args]
        return Apply.interned.made((head, *operands))
    if isinstance(expression, Symbol):
        return lifting.symbol(expression)
    if isinstance(expression, Rational):
        return number(Fraction(expression.p, expression.q))
    if isinstance(expression, Node):
        return expression
    found = plan_other(expression, lifting.functions)
    if not isinstance(found, tuple):
        return found
    build, parts, *known = found
    lifting.kept.append(parts)
    made = (*known, *[lifting.lifted(part, room) for part in parts])
    return build[made] if type(build) is Interned else build(*made)


_LIFTED: Mapping[type, Callable[[_Lifting, Any, int], Basic]] = MappingProxyType(
    {Symbol: _symbol, Add: _sum, Mul: _product, Pow: _power}
)
