"""One key for all ways of writing the same: order, signs, coefficients and fractions aside.

Two expressions have the same key if one can be had from the other by changing the order of terms
and factors, moving signs and numbers, writing 1/u as u⁻¹ and √u as a power, adding like terms and
gathering like factors.  Nothing is multiplied out, and no function is rewritten.
"""

from __future__ import annotations

from collections.abc import Hashable
from fractions import Fraction

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    Apply,
    At,
    Binder,
    D,
    E,
    Negative,
    Node,
    Over,
    Plus,
    Power,
    Times,
    postorder,
    substitute,
    symbol,
)
from derivex.expression.array_nodes import Hadamard
from derivex.expression.literals import LITERAL_TYPES, value_of
from derivex.expression.nodes import Word

__all__ = ["NormalForms"]

# A product: its number, and its other factors with their exponents, by the numbers of their keys.
_Factors = dict[int, Fraction]
_Product = tuple[Fraction, _Factors]
_LARGEST = 10**6
_MOST_BITS = 64


class NormalForms:
    """The keys of expressions; equal ones are the same number."""

    def __init__(self) -> None:
        self._numbers: dict[Hashable, int] = {}
        self._products: dict[Basic, _Product] = {}

    def key(self, node: Basic) -> Hashable:
        """The key of an expression.

        >>> x, y = symbol("x"), symbol("y")
        >>> forms = NormalForms()
        >>> forms.key(Plus(x, Times(y, x))) == forms.key(Plus(Times(x, y), x))
        True
        >>> forms.key(Negative(Over(x, y))) == forms.key(Over(Negative(x), y))
        True
        """
        known = self._products
        stack = [node]
        while stack:
            part = stack[-1]
            if part in known:
                stack.pop()
                continue
            operands = part._args if isinstance(part, Node) else ()
            waiting = [operand for operand in operands if operand not in known]
            if waiting:
                stack.extend(waiting)
            else:
                stack.pop()
                known[part] = self._product(part)
        return self._frozen(self._products[node])

    def _number(self, key: Hashable) -> int:
        return self._numbers.setdefault(key, len(self._numbers))

    def _frozen(self, product: _Product) -> Hashable:
        number, factors = product
        return number, frozenset(factors.items())

    def _part(self, node: Basic) -> int:
        """The number of the key of an operand."""
        return self._number(self._frozen(self._products[node]))

    def _atom(self, *key: Hashable) -> _Product:
        return Fraction(1), {self._number(key): Fraction(1)}

    def _product(self, node: Basic) -> _Product:
        kind = type(node)
        if kind in LITERAL_TYPES:
            value = value_of(node)
            assert value is not None
            return value, {}
        if not isinstance(node, Node) or isinstance(node, Word):
            return self._atom("leaf", node)
        operands = node._args
        if kind is Negative:
            number, factors = self._products[operands[0]]
            return -number, factors
        if kind is Times or kind is Hadamard:
            return _multiplied([(self._products[each], Fraction(1)) for each in operands])
        if kind is Over:
            below = self._products[operands[1]]
            if below[0] == 0:
                return self._atom("over", self._part(operands[0]), self._part(operands[1]))
            top = self._products[operands[0]]
            return _multiplied([(top, Fraction(1)), (below, Fraction(-1))])
        if kind is Power:
            return self._power(operands[0], operands[1])
        if kind is Plus:
            return self._sum(operands)
        if kind is Apply:
            return self._call(node)
        if isinstance(node, Binder):
            return self._bound(node)
        if kind is D and operands[1].args and type(operands[1]) is not At:
            # It is by an expression, which has to stand in the operand as it is written.
            return self._atom("leaf", node)
        return self._atom(kind.__name__, *map(self._part, operands))

    def _power(self, base: Basic, exponent: Basic) -> _Product:
        power, factors = self._products[exponent]
        if base is E:
            return self._atom("exp", self._part(exponent))
        if not factors and abs(power) < _LARGEST:
            number, inner = self._products[base]
            whole = power.denominator == 1
            if whole or (number == 1 and list(inner.values()) == [1]):  # √(x²) is not x
                small = abs(power) * max(number.numerator.bit_length(), 1) < _MOST_BITS
                if inner and not (number == 1 or (small and (number or power > 0))):
                    return self._atom("power", self._part(base), self._part(exponent))
                if whole and small and (number or power > 0):
                    return number ** int(power), {k: v * power for k, v in inner.items()}
                if number == 1:
                    return number, {k: v * power for k, v in inner.items()}
        return self._atom("power", self._part(base), self._part(exponent))

    def _sum(self, terms: tuple[Basic, ...]) -> _Product:
        """Like terms together; a sum of one is that term."""
        found: dict[frozenset[tuple[int, Fraction]], Fraction] = {}
        for term in terms:
            number, factors = self._products[term]
            key = frozenset(factors.items())
            found[key] = found.get(key, Fraction(0)) + number
        left = {key: number for key, number in found.items() if number}
        if not left:
            return Fraction(0), {}
        if len(left) == 1:
            ((key, number),) = left.items()
            return number, dict(key)
        # The sign of a sum in a product may stand before either: x − y is −(y − x).
        turned = {key: -number for key, number in left.items()}
        as_is, other = self._sum_key(left), self._sum_key(turned)
        if other < as_is:
            return Fraction(-1), {other: Fraction(1)}
        return Fraction(1), {as_is: Fraction(1)}

    def _sum_key(self, terms: dict[frozenset[tuple[int, Fraction]], Fraction]) -> int:
        return self._number(("sum", frozenset(terms.items())))

    def _call(self, node: Node) -> _Product:
        head, *arguments = node._args
        name = str(head)
        if name == "sqrt" and len(arguments) == 1:
            number, factors = self._products[arguments[0]]
            if number == 1 and list(factors.values()) == [1]:
                return number, {k: v / 2 for k, v in factors.items()}
        if name == "exp":
            return self._atom("exp", self._part(arguments[0]))
        return self._atom("call", head, *map(self._part, arguments))

    def _bound(self, node: Node) -> _Product:
        """A name that is bound counts by what it binds, not by its letter."""
        body, name, *others = node._args
        assert isinstance(name, Symbol)
        depth = 1 + sum(1 for part in postorder(body) if isinstance(part, Binder))
        renamed = substitute(body, {name: symbol(f"·{depth}")})
        inner = self._number(self.key(renamed))
        return self._atom(type(node).__name__, inner, *map(self._part, others))


def _multiplied(parts: list[tuple[_Product, Fraction]]) -> _Product:
    number, factors = Fraction(1), dict[int, Fraction]()
    for (own, inner), power in parts:
        number *= own if power == 1 else 1 / own
        for key, exponent in inner.items():
            factors[key] = factors.get(key, Fraction(0)) + exponent * power
    if number == 0:
        return Fraction(0), {}
    return number, {key: exponent for key, exponent in factors.items() if exponent}
