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

Letters = dict[str, tuple[Any, Basic]]
"""The letters met so far by name: SymPy's, and ours."""

Row = tuple[Basic, dict[str, int]]
"""A term, and its exponents by the names of its letters."""


def lift_polynomial(terms: Sequence[Any], leaf: Callable[[Any], Basic]) -> Basic | None:
    """The written sum of rational numbers times powers of symbols; None for any other sum."""
    if len(terms) == 2 and type(terms[1]) is Symbol and type(terms[0]) in INTEGER_TYPES:
        # x + 1: the most frequent sum
        return Plus.interned.made((leaf(terms[1]), number(terms[0].p)))
    if type(terms[0]) is Symbol and {*map(type, terms)} == {Symbol}:
        nodes = {letter.name: leaf(letter) for letter in terms}
        if len(nodes) == len(terms):
            return Plus.interned[tuple([nodes[name] for name in sorted(nodes)])]
    letters: Letters = {}
    rows: list[Row] = []
    for term in terms:
        row = _term(term, letters, leaf)
        if row is None:
            return None
        rows.append(row)
    keys: list[Any]
    if len(letters) == 1:
        (name,) = letters
        keys = [-exponents.get(name, 0) for _, exponents in rows]
    else:
        ranks = {name: rank for rank, name in enumerate(sorted(letters))}
        keys = [monomial_key(exponents, ranks) for _, exponents in rows]
    if len(set(keys)) < len(keys):
        return None  # an unevaluated sum with like terms
    order = sorted(range(len(keys)), key=keys.__getitem__)
    if len(terms) == 2 and number_first(terms) is not None:
        order.reverse()
    return Plus.interned[tuple([rows[position][0] for position in order])]


def _term(term: Any, letters: Letters, leaf: Callable[[Any], Basic]) -> Row | None:
    """The node of a term and its exponents, or None if it is no monomial.

    Args:
        term: the term.
        letters: the letters met so far; it is added to.
        leaf: gives the node of a letter.
    """
    kind = type(term)
    coefficient: Any = None
    factors = (term,)
    if kind is Mul:
        factors = term._args
        if isinstance(factors[0], Rational):
            coefficient = factors[0]
            factors = factors[1:]
            if coefficient.p == coefficient.q:
                return None  # an unevaluated product
    elif kind is not Symbol and kind is not Pow:
        return (_number(term), {}) if isinstance(term, Rational) else None
    exponents: dict[str, int] = {}
    nodes: dict[str, Basic] = {}
    for factor in factors:
        exponent = 1
        if type(factor) is Pow:
            factor, power = factor._args
            if type(power) not in INTEGER_TYPES or power.p < 2:
                return None
            exponent = power.p
        if type(factor) is not Symbol:
            return None
        name = factor.name
        known = letters.get(name)
        if known is None:
            known = letters[name] = factor, leaf(factor)
        if known[0] is not factor or name in exponents:
            return None
        exponents[name] = exponent
        nodes[name] = known[1] if exponent == 1 else Power.interned[known[1], integer(exponent)]
    written = [nodes[name] for name in sorted(nodes)] if len(nodes) > 1 else [*nodes.values()]
    if coefficient is None:
        return (written[0] if len(written) == 1 else Times.interned[tuple(written)]), exponents
    top, denominator = coefficient.p, coefficient.q
    if top != 1 and top != -1:
        written.insert(0, integer(abs(top)))
    node = written[0] if len(written) == 1 else Times.interned[tuple(written)]
    if denominator != 1:
        node = Over.interned[node, integer(denominator)]
    return (Negative.interned[(node,)] if top < 0 else node), exponents


def _number(value: Rational) -> Basic:
    return number(value.p if value.q == 1 else Fraction(value.p, value.q))
