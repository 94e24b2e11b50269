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

Row = tuple[Basic, dict[str, int]]
"""A term, and its exponents by the names of its letters."""


def lift_polynomial(terms: Sequence[Any], leaf: Callable[[Any], Basic]) -> Basic | None:
    """The written sum of rational numbers times powers of symbols; None for any other sum."""
    if len(terms) == 2 and type(terms[0]) in INTEGER_TYPES and type(terms[1]) is not Mul:
        # x + 1 or x² + 1: the most frequent sums, whose number comes last
        if type(terms[1]) is Symbol:
            return Plus.interned.made((leaf(terms[1]), number(terms[0].p)))
        row = _letter(terms[1], leaf)
        return None if row is None else Plus.interned.made((row[0], number(terms[0].p)))
    if type(terms[0]) is Symbol and {*map(type, terms)} == {Symbol}:
        nodes = {letter.name: leaf(letter) for letter in terms}
        if len(nodes) == len(terms):
            return Plus.interned.made(tuple([nodes[name] for name in sorted(nodes)]))
    rows: list[Row] = []
    ranks: dict[str, int] = {}
    for term in terms:
        row = _term(term, leaf)
        if row is None:
            return None
        rows.append(row)
        ranks |= row[1]
    keys: list[Any]
    if len(ranks) == 1:
        (name,) = ranks
        keys = [-exponents.get(name, 0) for _, exponents in rows]
    else:
        ranks = {name: rank for rank, name in enumerate(sorted(ranks))}
        keys = [monomial_key(exponents, ranks) for _, exponents in rows]
    if len(set(keys)) < len(keys):
        return None  # an unevaluated sum with like terms
    order = sorted(range(len(keys)), key=keys.__getitem__)
    if len(terms) == 2 and number_first(terms) is not None:
        order.reverse()
    return Plus.interned.made(tuple([rows[position][0] for position in order]))


def _term(term: Any, leaf: Callable[[Any], Basic]) -> Row | None:
    """The node of a term and its exponents, or None if it is no monomial.

    Args:
        term: the term.
        leaf: gives the node of a letter.
    """
    if type(term) is not Mul:
        if isinstance(term, Rational):
            return _number(term), {}
        return _letter(term, leaf)
    factors = term._args
    coefficient: Any = None
    if isinstance(factors[0], Rational):
        coefficient, *factors = factors
        if coefficient.p == coefficient.q:
            return None  # an unevaluated product
    rows: dict[str, Row] = {}
    for factor in factors:
        row = _letter(factor, leaf)
        if row is None:
            return None
        (name,) = row[1]
        if name in rows:
            return None
        rows[name] = row
    if len(rows) == 1:
        ((node, exponents),) = rows.values()
        written = [node]
    else:
        exponents = {name: row[1][name] for name, row in rows.items()}
        written = [rows[name][0] for name in sorted(rows)]
    if coefficient is None:
        return (written[0] if len(written) == 1 else Times.interned.made(tuple(written))), exponents
    top, denominator = coefficient.p, coefficient.q
    if top != 1 and top != -1:
        written.insert(0, integer(abs(top)))
    node = written[0] if len(written) == 1 else Times.interned.made(tuple(written))
    if denominator != 1:
        node = Over.interned[node, integer(denominator)]
    return (Negative.interned[(node,)] if top < 0 else node), exponents


def _letter(factor: Any, leaf: Callable[[Any], Basic]) -> Row | None:
    """The same for a letter, or its power with a whole number above 1."""
    if type(factor) is Symbol:
        return leaf(factor), {factor.name: 1}
    if type(factor) is not Pow:
        return None
    base, exponent = factor._args
    if type(base) is not Symbol or type(exponent) not in INTEGER_TYPES or exponent.p < 2:
        return None
    return Power.interned.made((leaf(base), integer(exponent.p))), {base.name: exponent.p}


def _number(value: Rational) -> Basic:
    return number(value.p if value.q == 1 else Fraction(value.p, value.q))
