"""Lifting a sum of monomials in one go: the common case, at a few microseconds a term."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from sympy import Integer, Mul, Pow, Rational, Symbol
from sympy.core.basic import Basic

from derivex.expression.literals import number
from derivex.expression.nodes import Negative, Over, Plus, Power, Times, integer
from derivex.expression.sympy_order import monomial_key, number_first

__all__ = ["lift_polynomial"]


def lift_polynomial(terms: Sequence[Any], leaf: Callable[[Any], Basic]) -> Basic | None:
    """The written sum of rational numbers times powers of symbols; None for any other sum."""
    rows: list[tuple[Any, dict[Any, int]]] = []
    for term in terms:
        row = _monomial(term)
        if row is None:
            return None
        rows.append(row)
    generators: dict[Any, int] = {}
    for _, monomial in rows:
        generators.update(monomial)
    ordered = sorted(generators, key=_name)
    for rank, generator in enumerate(ordered):
        generators[generator] = rank
    leaves = [leaf(generator) for generator in ordered]
    if len(set(map(_name, ordered))) < len(ordered):
        return None
    keyed: dict[tuple[int, ...], tuple[Any, dict[Any, int]]] = {}
    for row in rows:
        keyed[monomial_key(row[1], generators)] = row
    if len(keyed) < len(rows):
        return None  # an unevaluated sum with like terms
    keys = sorted(keyed)
    front = number_first(terms) if len(terms) == 2 else None
    if front is not None:
        keys.reverse()
    powers: dict[tuple[int, int], Basic] = {}
    return Plus(*[_write(keyed[key][0], key, leaves, powers) for key in keys])


def _name(generator: Any) -> str:
    return generator.name  # type: ignore[no-any-return]


def _monomial(term: Any) -> tuple[Any, dict[Any, int]] | None:
    """The coefficient and the exponents of a term, or None if it is no monomial."""
    kind = type(term)
    if kind is Symbol:
        return 1, {term: 1}
    if kind is Mul:
        factors = term.args
    elif kind is Pow:
        factors = (term,)
    elif isinstance(term, Rational):
        return term, {}
    else:
        return None
    coefficient: Any = 1
    monomial: dict[Any, int] = {}
    for position, factor in enumerate(factors):
        kind = type(factor)
        if kind is Symbol:
            base, exponent = factor, 1
        elif kind is Pow:
            base, power = factor.args
            if type(base) is not Symbol or not isinstance(power, Integer) or power.p < 2:
                return None
            exponent = power.p
        elif position == 0 and isinstance(factor, Rational):
            coefficient = factor
            continue
        else:
            return None
        if base in monomial:
            return None
        monomial[base] = exponent
    if len(monomial) == 0 or (coefficient == 1 and factors[0] is coefficient):
        return None  # an unevaluated product
    return coefficient, monomial


def _write(
    coefficient: Any,
    key: tuple[int, ...],
    leaves: list[Basic],
    powers: dict[tuple[int, int], Basic],
) -> Basic:
    """The term with the exponents that its sorting key spells out."""
    factors: list[Basic] = []
    size = len(leaves) + 1
    negative = False
    denominator = 1
    if coefficient != 1:
        numerator, denominator = coefficient.p, coefficient.q
        if numerator < 0:
            negative, numerator = True, -numerator
        if len(key) == 1:
            written = number(Fraction(numerator, denominator))
            return Negative(written) if negative else written
        if numerator != 1:
            factors.append(integer(numerator))
    elif len(key) == 1:
        return integer(1)
    for position in range(0, len(key) - 1, 2):
        rank, exponent = key[position] + size, -key[position + 1]
        if exponent == 1:
            factors.append(leaves[rank])
            continue
        factor = powers.get((rank, exponent))
        if factor is None:
            factor = powers[rank, exponent] = Power(leaves[rank], integer(exponent))
        factors.append(factor)
    node = factors[0] if len(factors) == 1 else Times(*factors)
    if denominator != 1:
        node = Over(node, integer(denominator))
    return Negative(node) if negative else node
