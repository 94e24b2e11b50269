"""From a SymPy object to the written tree, in the order in which SymPy prints it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from sympy import Add, Mul, Pow, Rational, Symbol
from sympy.core.basic import Basic

from derivex.errors import ProblemError
from derivex.expression.functions import Functions
from derivex.expression.lift_other import Plan, known_call, plan_other
from derivex.expression.lift_product import Product, split_product
from derivex.expression.lift_sum import lift_polynomial
from derivex.expression.literals import INTEGER_TYPES, number
from derivex.expression.node import Interned
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
    integer,
    symbol,
)
from derivex.expression.sympy_order import in_term_order

__all__ = ["lift"]

_NO_FUNCTIONS: Functions = MappingProxyType({})
_HALF = Over(ONE, TWO)
_SQRT = function_name("sqrt")


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
        return _Lifting(functions).run(expression)
    except RecursionError:
        raise ProblemError("SymPy cannot handle an expression as deeply nested as this") from None


class _Lifting:
    """One run: what is lifted already, by the identity of the SymPy object."""

    __slots__ = ("done", "functions", "taken")

    def __init__(self, functions: Functions):
        self.functions = functions
        self.done: dict[int, Basic] = {}
        self.taken: dict[str, Symbol] = {}

    def run(self, root: Any) -> Basic:
        done = self.done
        plan = self.plan
        planned: list[Any] = []  # objects whose identities are in use stay alive
        # The object whose parts are lifted, how its node is made of theirs, the nodes of those
        # that are lifted, and the parts that are not; and the same for the objects around it.
        top: Any = None
        build: Any = None
        lifted: list[Any] = []
        waiting = iter((root,))
        stack: list[tuple[Any, Any, list[Any], Iterator[Any]]] = []
        while True:
            for part in waiting:
                node = done.get(id(part))
                if node is None:
                    kind = type(part)
                    if kind in INTEGER_TYPES:
                        node = number(part.p)
                    elif kind is Symbol:
                        node = self.symbol(part)
                    else:
                        found = plan(part)
                        if isinstance(found, tuple):
                            stack.append((top, build, lifted, waiting))
                            top = part
                            build, parts, *lifted = found
                            planned.append(parts)
                            waiting = iter(parts)
                            break
                        node = done[id(part)] = found
                lifted.append(node)
            else:
                if not stack:
                    return lifted[0]
                node = build[tuple(lifted)] if type(build) is Interned else build(*lifted)
                done[id(top)] = node
                top, build, lifted, waiting = stack.pop()
                lifted.append(node)

    def plan(self, expression: Any) -> Basic | Plan:
        kind = type(expression)
        if kind is Add:
            found = lift_polynomial(expression._args, self.symbol)
            return (Plus, in_term_order(expression)) if found is None else found
        if kind is Mul:
            return self.product(split_product(expression))
        if kind is Pow:
            return self.power(*expression._args)
        head = known_call(kind, self.functions)
        if head is not None:
            arguments = expression._args
            if len(arguments) == 1 and type(arguments[0]) is Symbol:
                return Apply.interned[head, self.symbol(arguments[0])]
            return Apply.interned, arguments, head
        if isinstance(expression, Symbol):
            return self.symbol(expression)
        if isinstance(expression, Rational):
            return number(Fraction(expression.p, expression.q))
        if isinstance(expression, Node):
            return expression
        return plan_other(expression, self.functions)

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

    def power(self, base: Any, exponent: Any) -> Basic | Plan:
        if type(exponent) in INTEGER_TYPES and exponent.p >= 0:
            if type(base) is Symbol:
                return Power.interned[self.symbol(base), integer(exponent.p)]
            return Power.interned, (base, exponent)
        elif isinstance(exponent, Rational):
            if exponent.q == 2 and exponent.p == 1:
                return Apply.interned, (base,), _SQRT
            if exponent.q == 2 and exponent.p == -1:
                return (lambda lifted: Over(ONE, Apply(_SQRT, lifted))), (base,)
            if exponent.p == -1 and exponent.q == 1:
                return Over.interned, (base,), ONE
        return Power.interned, (base, exponent)

    def product(self, product: Product) -> Plan:
        """The plan of a product that has been split into numerator and denominator."""
        negative, parts, denominator = product
        if len(parts) > 1 and not denominator and not negative:
            return Times, parts
        above = len(parts)
        for base, exponent in denominator:
            parts.append(base)
            if exponent is not None:
                parts.append(exponent)

        def build(*lifted: Basic) -> Basic:
            node = _times(lifted[:above])
            if denominator:
                below = iter(lifted[above:])
                factors = [
                    next(below) if exponent is None else _power(next(below), next(below))
                    for _, exponent in denominator
                ]
                node = Over(node, _times(factors))
            return Negative(node) if negative else node

        return build, parts


def _power(base: Basic, exponent: Basic) -> Basic:
    return Apply(_SQRT, base) if exponent is _HALF else Power.interned[base, exponent]


def _times(factors: Sequence[Basic]) -> Basic:
    if len(factors) < 2:
        return factors[0] if factors else ONE
    return Times(*factors)
