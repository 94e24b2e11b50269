"""From a SymPy object to the written tree, in the order in which SymPy prints it."""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType
from typing import Any

from sympy import Add, Mul, Pow, Rational, Symbol
from sympy.core.basic import Basic

from derivex.errors import ProblemError
from derivex.expression.functions import Functions
from derivex.expression.lift_other import Plan, plan_other
from derivex.expression.lift_product import Product, split_product
from derivex.expression.lift_sum import lift_polynomial
from derivex.expression.literals import number
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

    def __init__(self, functions: Functions):
        self.functions = functions
        self.done: dict[int, Basic] = {}
        self.leaves: dict[Any, Basic] = {}
        self.taken: dict[str, Symbol] = {}

    def run(self, root: Any) -> Basic:
        done = self.done
        plans: dict[int, Plan] = {}
        stack = [root]
        while stack:
            top = stack[-1]
            key = id(top)
            if key in done:
                stack.pop()
                continue
            plan = plans.get(key)
            if plan is None:
                found = self.plan(top)
                if isinstance(found, Basic):
                    done[key] = found
                    stack.pop()
                    continue
                plan = plans[key] = found
            build, parts = plan
            waiting = [part for part in parts if id(part) not in done]
            if waiting:
                stack.extend(waiting)
                continue
            done[key] = build(*[done[id(part)] for part in parts])
            stack.pop()
        return done[id(root)]

    def plan(self, expression: Any) -> Basic | Plan:
        if isinstance(expression, Symbol):
            return self.symbol(expression)
        if isinstance(expression, Rational):
            return number(Fraction(expression.p, expression.q))
        if isinstance(expression, Add):
            found = lift_polynomial(expression.args, self.symbol)
            return (Plus, in_term_order(expression)) if found is None else found
        if isinstance(expression, Mul):
            return self.product(split_product(expression))
        if isinstance(expression, Pow):
            return self.power(*expression.args)
        if isinstance(expression, Node):
            return expression
        return plan_other(expression, self.functions)

    def symbol(self, leaf: Any) -> Basic:
        found = self.leaves.get(leaf)
        if found is None:
            if self.taken.setdefault(leaf.name, leaf) is not leaf:
                raise ProblemError(f"two different symbols are both called {leaf.name}")
            if not leaf.is_commutative:
                raise ProblemError(f"{leaf.name} is a symbol that does not commute")
            found = self.leaves[leaf] = symbol(leaf.name)
        return found

    def power(self, base: Any, exponent: Any) -> Basic | Plan:
        if isinstance(exponent, Rational):
            if exponent.q == 2 and exponent.p in (1, -1):
                if exponent.p == 1:
                    return (lambda lifted: Apply(_SQRT, lifted)), [base]
                return (lambda lifted: Over(ONE, Apply(_SQRT, lifted))), [base]
            if exponent.p == -1 and exponent.q == 1:
                return (lambda lifted: Over(ONE, lifted)), [base]
        return Power, [base, exponent]

    def product(self, product: Product) -> Plan:
        """The plan of a product that has been split into numerator and denominator."""
        parts: list[Any] = []
        layout: list[tuple[int, bool]] = []  # position of the base; whether a power follows
        for base, exponent in product.numerator + product.denominator:
            layout.append((len(parts), exponent is not None))
            parts.append(self.part(base))
            if exponent is not None:
                parts.append(self.part(exponent))
        above = len(product.numerator)
        negative = product.negative

        def build(*lifted: Basic) -> Basic:
            factors: list[Basic] = []
            for position, powered in layout:
                factor = lifted[position]
                if powered:
                    exponent = lifted[position + 1]
                    is_root = exponent is _HALF
                    factor = Apply(_SQRT, factor) if is_root else Power(factor, exponent)
                factors.append(factor)
            node = _times(factors[:above])
            if above < len(factors):
                node = Over(node, _times(factors[above:]))
            return Negative(node) if negative else node

        return build, parts

    def part(self, item: Any) -> Any:
        """The item itself, or the finished node of a plain number."""
        if isinstance(item, (int, Fraction)):
            node = number(item)
            self.done[id(node)] = node
            return node
        return item


def _times(factors: list[Basic]) -> Basic:
    if len(factors) < 2:
        return factors[0] if factors else ONE
    return Times(*factors)
