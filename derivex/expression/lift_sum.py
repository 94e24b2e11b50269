"""Lifting a sum of monomials in one go: the common case, at a few microseconds a term."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from sympy import Mul, Pow, Rational, Symbol
from sympy.core.basic import Basic

from derivex.expression.literals import INTEGER_TYPES, number
from derivex.expression.nodes import Negative, Over, Plus, Power, Times, integer
from derivex.expression.sympy_order import monomial_key, number_first

__all__ = ["lift_polynomial"]

Row = tuple[Any, dict[str, int]]
"""The coefficient of a term, and its exponents by the names of its letters."""


def lift_polynomial(terms: Sequence[Any], leaf: Callable[[Any], Basic]) -> Basic | None:
    """The written sum of rational numbers times powers of symbols; None for any other sum."""
    if len(terms) == 2 and type(terms[1]) is Symbol and type(terms[0]) in INTEGER_TYPES:
        return Plus.interned[leaf(terms[1]), number(terms[0].p)]  # x + 1: the most frequent sum
    letters: dict[str, Any] = {}
    rows: list[Row] = []
    for term in terms:
        row = _monomial(term, letters)
        if row is None:
            return None
        rows.append(row)
    names = sorted(letters)
    keys: list[Any]
    if len(names) == 1:
        (name,) = names
        keys = [-row[1].get(name, 0) for row in rows]
    else:
        ranks = {name: rank for rank, name in enumerate(names)}
        keys = [monomial_key(row[1], ranks) for row in rows]
    if len(set(keys)) < len(keys):
        return None  # an unevaluated sum with like terms
    order = sorted(range(len(keys)), key=keys.__getitem__)
    if len(terms) == 2 and number_first(terms) is not None:
        order.reverse()
    nodes = {name: leaf(letters[name]) for name in names}
    return Plus.interned[tuple([_write(*rows[position], nodes) for position in order])]


def _monomial(term: Any, letters: dict[str, Any]) -> Row | None:
    """The coefficient and the exponents of a term, or None if it is no monomial.

    Args:
        term: the term.
        letters: the letters met so far, by name; it is added to.
    """
    kind = type(term)
    if kind is Mul:
        factors = term.args
    elif kind is Symbol or kind is Pow:
        factors = (term,)
    elif isinstance(term, Rational):
        return term, {}
    else:
        return None
    coefficient: Any = None
    exponents: dict[str, int] = {}
    for factor in factors:
        exponent = 1
        kind = type(factor)
        if kind is Pow:
            factor, power = factor.args
            if type(power) not in INTEGER_TYPES or power.p < 2:
                return None
            exponent = power.p
            kind = type(factor)
        if kind is Symbol:
            name = factor.name
            if name in exponents or letters.setdefault(name, factor) is not factor:
                return None
            exponents[name] = exponent
        elif coefficient is None and not exponents and isinstance(factor, Rational):
            if exponent != 1 or factor.p == factor.q:
                return None  # an unevaluated product
            coefficient = factor
        else:
            return None
    return (coefficient, exponents) if exponents else None


def _write(coefficient: Any, exponents: dict[str, int], nodes: dict[str, Basic]) -> Basic:
    """The node of a term."""
    negative = False
    denominator = 1
    factors: list[Basic] = []
    if coefficient is not None:
        top, denominator = coefficient.p, coefficient.q
        if not exponents:
            return number(top) if denominator == 1 else number(Fraction(top, denominator))
        negative = top < 0
        if negative:
            top = -top
        if top != 1:
            factors.append(integer(top))
    for name in sorted(exponents) if len(exponents) > 1 else exponents:
        exponent = exponents[name]
        node = nodes[name]
        factors.append(node if exponent == 1 else Power.interned[node, integer(exponent)])
    node = factors[0] if len(factors) == 1 else Times.interned[tuple(factors)]
    if denominator != 1:
        node = Over.interned[node, integer(denominator)]
    return Negative.interned[(node,)] if negative else node
