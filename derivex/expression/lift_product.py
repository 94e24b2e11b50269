"""Splitting a SymPy product the way SymPy prints it: sign, numerator and denominator."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

from sympy import Add, Float, Integer, Mul, Number, Pow, Rational, Symbol

from derivex.expression.literals import number
from derivex.expression.nodes import integer
from derivex.expression.sympy_order import in_factor_order

__all__ = ["Product", "split_product"]


class Product(NamedTuple):
    """−, numerator and denominator of a product.

    A factor of the numerator is lifted as it is; one of the denominator is a base and the
    exponent it stands with, None for 1.
    """

    negative: bool
    numerator: list[Any]
    denominator: list[tuple[Any, Any]]


def split_product(product: Mul) -> Product:
    """The parts of a product in printed order."""
    factors = list(product._args)
    if _is_unevaluated(factors):
        return _split_as_it_stands(factors)
    negative = False
    numerator: list[Any] = []
    denominator: list[tuple[Any, Any]] = []
    first = factors[0]
    if isinstance(first, Number):
        del factors[0]
        if isinstance(first, Rational):
            negative = first.p < 0
            if abs(first.p) != 1:
                numerator.append(integer(abs(first.p)))
            if first.q != 1:
                denominator.append((integer(first.q), None))
        else:
            negative = isinstance(first, Float) and bool(first < 0)
            numerator.append(-first if negative else first)
    for factor in in_factor_order(factors):
        if type(factor) is Pow:
            _place(factor, numerator, denominator)
        else:
            numerator.append(factor)
    return Product(negative, numerator, denominator)


def _place(factor: Any, numerator: list[Any], denominator: list[tuple[Any, Any]]) -> None:
    """Put a power with a negative exponent below the line, with the exponent's sign changed."""
    base, exponent = factor._args
    if isinstance(exponent, Rational):
        if exponent.p == exponent.q:  # x to the power of 1, unevaluated
            numerator.append(base)
        elif exponent.p >= 0:
            numerator.append(factor)
        else:
            value = -exponent.p if exponent.q == 1 else Fraction(-exponent.p, exponent.q)
            denominator.append((base, None if value == 1 else number(value)))
    elif isinstance(exponent, Mul) and _starts_negative(exponent):
        denominator.append((base, _negated(exponent)))
    else:
        numerator.append(factor)


def _starts_negative(product: Mul) -> bool:
    first = product.args[0]
    return isinstance(first, Number) and bool(first < 0)


def _negated(product: Mul) -> Any:
    first, *rest = product.args
    if isinstance(first, Integer) and first.p == -1:
        return rest[0] if len(rest) == 1 else Mul._from_args(rest, True)
    return Mul._from_args([-first, *rest], True)


_NO_NUMBERS = frozenset({Add, Symbol})


def _is_unevaluated(factors: list[Any]) -> bool:
    """Whether the product was built with ``evaluate=False``: it is printed as it stands."""
    first = factors[0]
    if isinstance(first, Integer) and first.p == 1:
        return True
    if _NO_NUMBERS.issuperset(map(type, factors)):
        return False
    for factor in factors[1:]:
        kind = type(factor)
        if kind is Pow:
            base, exponent = factor._args
            if isinstance(base, Integer) and isinstance(exponent, Integer):
                return True
        elif kind is not Symbol and isinstance(factor, Number):
            return True
    return False


def _split_as_it_stands(factors: list[Any]) -> Product:
    numerator: list[Any] = []
    denominator: list[tuple[Any, Any]] = []
    for factor in factors:
        if isinstance(factor, Pow) and _has_negative_exponent(factor):
            _place(factor, numerator, denominator)
        else:
            numerator.append(factor)
    return Product(False, numerator, denominator)


def _has_negative_exponent(power: Pow) -> bool:
    exponent = power.args[1]
    if isinstance(exponent, Rational):
        return bool(exponent.p < 0)
    return isinstance(exponent, Mul) and _starts_negative(exponent)
