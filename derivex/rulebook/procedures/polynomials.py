"""Fractions of polynomials: their common factors, and whether an expression is 0 for certain.

Everything that is not a sum, product, fraction or whole power counts as a letter, so sums over
data and means do too.  The greatest common divisor is computed by FLINT.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from sympy.core.basic import Basic

from derivex.expression import (
    ZERO,
    Decimal,
    Mean,
    Negative,
    Over,
    Plus,
    Power,
    Times,
    Total,
    number,
    postorder,
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

__all__ = [
    "MAX_POLYNOMIAL",
    "cancel_polynomials",
    "is_identically_zero",
    "numerator_of",
    "quotient",
]

MAX_POLYNOMIAL = 2_000
"""Terms that a polynomial may have here."""

_MAX_EXPONENT = 40


class _TooLargeError(Exception):
    """More terms than is sensible, or a division by zero."""


class _Letters:
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
            _TooLargeError: a polynomial has too many terms, or a denominator is zero.
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
                    raise _TooLargeError
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
                raise _TooLargeError
            return top ** abs(power), bottom ** abs(power)
        parts = [done[operand] for operand in node._args]
        if type(node) is Negative:
            ((top, bottom),) = parts
            return -top, bottom
        if type(node) is Over:
            (top, bottom), (lower, upper) = parts
            if lower.is_zero():
                raise _TooLargeError
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
                raise _TooLargeError
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


def cancel_polynomials(node: Node) -> Basic | None:
    """Divide numerator and denominator by their greatest common divisor, multiplied out.

    The result equals the fraction wherever the fraction is defined.  A common divisor that
    is a number is left alone.

    >>> from derivex.expression import TWO, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> difference = Plus(Power(x, TWO), Negative(Power(y, TWO)))
    >>> cancel_polynomials(Over(difference, Plus(x, y)))
    Plus(x, Negative(y))
    """
    if any(type(part) is Decimal for part in postorder(node)):
        return None  # exact fractions would take the place of the decimals
    letters = _Letters(node)
    try:
        top, top_bottom = letters.fraction(node._args[0])
        bottom, bottom_bottom = letters.fraction(node._args[1])
    except _TooLargeError:
        return None
    if bottom.is_zero() or not (top_bottom.is_constant() and bottom_bottom.is_constant()):
        return None
    common = top.gcd(bottom)
    if common.is_constant():
        return None
    top, bottom = top / common, bottom / common
    if bottom.is_constant():
        top = top / bottom
        return letters.tree(top)
    top_content, bottom_content = _content(top), _content(bottom)
    sign = -1 if all(coefficient < 0 for coefficient in bottom.coeffs()) else 1
    share = top_content / bottom_content
    top = top * _inverse(letters, top_content) * (sign * share.numerator)
    bottom = bottom * _inverse(letters, bottom_content) * (sign * share.denominator)
    return Over(letters.tree(top), letters.tree(bottom))


def _inverse(letters: _Letters, value: Fraction) -> Any:
    return letters.rational(value.denominator, value.numerator)


def _content(polynomial: Any) -> Fraction:
    """The greatest common divisor of the coefficients, 1 for the polynomial 0."""
    from math import gcd, lcm

    tops = [int(coefficient.p) for coefficient in polynomial.coeffs()]
    bottoms = [int(coefficient.q) for coefficient in polynomial.coeffs()]
    return Fraction(gcd(*tops), lcm(*bottoms)) if tops else Fraction(1)


def is_identically_zero(expression: Basic) -> bool | None:
    """Whether an expression is 0 for all values of its letters; None if that is too much work.

    Parts that are not rational (functions, sums over data, means) count as letters of their
    own, so False says only that it does not vanish for that reason alone.

    >>> from derivex.expression import ONE, symbol
    >>> x = symbol("x")
    >>> is_identically_zero(Plus(Over(Plus(x, ONE), x), Negative(Over(ONE, x)), Negative(ONE)))
    True
    """
    letters = _Letters(expression)
    try:
        top, _ = letters.fraction(expression)
    except _TooLargeError:
        return None
    return bool(top.is_zero())


def quotient(expression: Basic, divisor: Basic) -> Basic | None:
    """One expression divided by another, in lowest terms; None if that is too much work.

    >>> from derivex.expression import TWO, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> quotient(Plus(Times(TWO, x), Times(TWO, y)), Plus(x, y))
    2
    """
    letters = _Letters(expression, divisor)
    try:
        top, bottom = letters.fraction(expression)
        lower, upper = letters.fraction(divisor)
    except _TooLargeError:
        return None
    if lower.is_zero():
        return None
    top, bottom = top * upper, bottom * lower
    common = top.gcd(bottom)
    top, bottom = top / common, bottom / common
    if bottom.is_constant():
        return letters.tree(top / bottom)
    return Over(letters.tree(top), letters.tree(bottom))


def numerator_of(expression: Basic) -> Basic | None:
    """The numerator over the lowest common denominator, without its numbers' common divisor.

    It is zero where the expression is.  None if that is too much work.

    >>> from derivex.expression import ONE, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> numerator_of(Plus(ONE, Negative(Over(x, y))))
    Plus(y, Negative(x))
    """
    letters = _Letters(expression)
    try:
        top, _ = letters.fraction(expression)
    except _TooLargeError:
        return None
    if top.is_zero():
        return number(0)
    primitive = letters.tree(top * _inverse(letters, _content(top)))
    if type(primitive) is Plus and type(primitive._args[0]) is Negative:
        later = [term for term in primitive._args if type(term) is not Negative]
        earlier = [term for term in primitive._args if type(term) is Negative]
        return Plus(*later, *earlier)  # a positive term first, as on paper
    return primitive
