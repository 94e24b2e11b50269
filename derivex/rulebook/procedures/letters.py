"""Expressions as fractions of polynomials in their letters.

Everything that is not a sum, product, fraction or whole power counts as a letter, so sums over
data and means do too.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from sympy.core.basic import Basic

from derivex.expression import (
    ZERO,
    Mean,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    Total,
    value_of,
)
from derivex.expression.literals import LITERAL_TYPES
from derivex.expression.nodes import Node
from derivex.rulebook.procedures.factors import (
    factors_of,
    key_of,
    power_of,
    with_coefficient,
)
from derivex.rulebook.procedures.means import without_index

__all__ = ["MAX_POLYNOMIAL", "Letters", "TooLargeError"]

MAX_POLYNOMIAL = 2_000
"""Terms that a polynomial may have here."""

_MAX_EXPONENT = 40


class TooLargeError(Exception):
    """More terms than is sensible, or a division by zero."""


class Letters:
    """The letters of some expressions, and polynomials in them."""

    def __init__(self, *roots: Basic):
        import flint

        self.letters: dict[Basic, int] = {}
        self._written: list[Basic] = []
        self._positions: dict[object, int] = {}
        for root in roots:
            self._look_over(root)
        names = [f"x{position}" for position in range(max(1, len(self._written)))]
        self.ring = flint.fmpq_mpoly_ctx.get(names, flint.Ordering.lex)
        self.generators = self.ring.gens()
        self.rational = flint.fmpq
        self.one = self.ring.constant(1)

    def _look_over(self, root: Basic) -> None:
        stack = [root]
        seen: set[Basic] = set()
        while stack:
            node = stack.pop()
            if node in seen:
                continue
            seen.add(node)
            if type(node) in LITERAL_TYPES:
                continue
            if _is_inner(node):
                assert isinstance(node, Node)
                operands = node._args[:1] if type(node) is Power else node._args
                stack.extend(reversed(operands))
            else:
                position = self._positions.setdefault(_identity(node), len(self._written))
                if position == len(self._written):
                    self._written.append(node)
                self.letters[node] = position

    def fraction(self, root: Basic) -> tuple[Any, Any]:
        """The expression as numerator and denominator.

        Raises:
            TooLargeError: a polynomial has too many terms, or a denominator is zero.
        """
        done: dict[Basic, tuple[Any, Any]] = {}
        stack: list[tuple[Basic, bool]] = [(root, False)]
        while stack:
            node, ready = stack.pop()
            if node in done:
                continue
            if type(node) in LITERAL_TYPES:
                value = value_of(node)
                assert value is not None
                number = self.rational(value.numerator, value.denominator)
                done[node] = (self.ring.constant(number), self.one)
            elif node in self.letters:
                done[node] = (self.generators[self.letters[node]], self.one)
            elif not ready:
                assert isinstance(node, Node)
                stack.append((node, True))
                operands = node._args[:1] if type(node) is Power else node._args
                stack.extend((operand, False) for operand in operands)
            else:
                assert isinstance(node, Node)
                done[node] = self._combined(node, done)
                if max(map(len, done[node])) > MAX_POLYNOMIAL:
                    raise TooLargeError
        return done[root]

    def _combined(self, node: Node, done: dict[Basic, tuple[Any, Any]]) -> tuple[Any, Any]:
        if type(node) is Power:
            top, bottom = done[node._args[0]]
            exponent = value_of(node._args[1])
            assert exponent is not None
            power = exponent.numerator
            if power < 0:
                top, bottom = bottom, top
            if bottom.is_zero() or ((len(top) > 1 or len(bottom) > 1) and abs(power) > 12):
                raise TooLargeError
            return top ** abs(power), bottom ** abs(power)
        parts = [done[operand] for operand in node._args]
        if type(node) is Negative:
            ((top, bottom),) = parts
            return -top, bottom
        if type(node) is Over:
            (top, bottom), (lower, upper) = parts
            if lower.is_zero():
                raise TooLargeError
            return self._reduced(top * upper, bottom * lower)
        top, bottom = parts[0]
        for upper, lower in parts[1:]:
            if type(node) is Plus:
                if bottom == lower:
                    top = top + upper
                else:
                    top, bottom = self._reduced(top * lower + upper * bottom, bottom * lower)
            else:
                top, bottom = top * upper, bottom * lower
            if max(len(top), len(bottom)) > MAX_POLYNOMIAL:
                raise TooLargeError
        return top, bottom

    def _reduced(self, top: Any, bottom: Any) -> tuple[Any, Any]:
        if len(bottom) == 1 and bottom.is_one():
            return top, bottom
        common = top.gcd(bottom)
        return top / common, bottom / common

    def tree(self, polynomial: Any) -> Basic:
        """A polynomial as a sum of terms."""
        terms: list[Basic] = []
        for exponents, coefficient in polynomial.terms():
            value = Fraction(int(coefficient.p), int(coefficient.q))
            factors = [
                power_of(base, Fraction(int(exponent)))
                for base, exponent in zip(self._written, exponents, strict=False)
                if exponent
            ]
            terms.append(with_coefficient(value, factors))
        if not terms:
            return ZERO
        return terms[0] if len(terms) == 1 else Plus(*terms)


def _identity(letter: Basic) -> object:
    """What two letters have in common that are the same: Σ_i a_i c_i is Σ_j c_j a_j."""
    plain: Basic | None = None
    if type(letter) is Mean:
        plain = letter._args[0]
    elif type(letter) is Total and len(letter._args) == 2:
        plain = without_index(*letter._args)
    return letter if plain is None else (type(letter), key_of(factors_of(plain)))


def _is_inner(node: Basic) -> bool:
    if type(node) is Power:
        exponent = value_of(node._args[1])
        return (
            exponent is not None
            and exponent.denominator == 1
            and abs(exponent.numerator) <= _MAX_EXPONENT
        )
    return type(node) in (Plus, Times, Negative, Over)
