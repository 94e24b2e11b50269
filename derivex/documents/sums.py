"""Sums whose brackets were left out: Σ_i a_i − b_i is Σ_i (a_i − b_i) where i has no other meaning.

A Σ takes the product to its right and stops at + and −.  If its index stands in a later term as
well, and nowhere else in the derivation but under sums, that term was meant to belong to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.documents.document import Chain, Formula, HandRow
from derivex.expression import (
    ONE,
    At,
    D,
    Negative,
    Plus,
    Total,
    free_symbols,
    postorder,
    transform,
)
from derivex.expression.array_nodes import ArrayName

__all__ = ["over_vectors", "with_whole_sums"]


def with_whole_sums(rows: Sequence[HandRow]) -> list[HandRow]:
    """The rows of a derivation, with every sum taking the terms that its index stands in."""
    formulas = [formula for row in rows for chain in row.chains for formula in chain.formulas]
    cut = {formula.expression for formula in formulas if _cut_off(formula.expression)}
    if not cut:
        return list(rows)
    free = _free_in(formula.expression for formula in formulas if formula.expression not in cut)
    return [replace(row, chains=tuple(_chain(chain, free) for chain in row.chains)) for row in rows]


def over_vectors(expression: Basic) -> Basic:
    """The expression with Σ_i |v_i| over a vector v of n entries as a sum from 1 to n.

    >>> from derivex.expression import At, symbol
    >>> i = symbol("i")
    >>> over_vectors(Total(At(ArrayName("v: n"), i), i))
    Total(At(v: n, i), i, 1, n)
    """

    def bounded(node: Basic) -> Basic:
        if type(node) is not Total or len(node.args) != 2:
            return node
        body, index = node.args
        sizes = {
            each.args[0].rows
            for each in postorder(body)
            if type(each) is At
            and isinstance(each.args[0], ArrayName)
            and each.args[1:] == (index,)
            and not each.args[0].family
        }
        return Total(body, index, ONE, sizes.pop()) if len(sizes) == 1 else node

    return transform(expression, bounded)


def _free_in(expressions: Iterable[Basic | None]) -> set[Symbol]:
    return {name for each in expressions if each is not None for name in free_symbols(each)}


def _cut_off(expression: Basic | None) -> bool:
    """Whether an index of a sum stands in a term behind it."""
    return expression is not None and _whole(expression, frozenset()) is not expression


def _chain(chain: Chain, free: set[Symbol]) -> Chain:
    return replace(chain, formulas=tuple(_formula(each, free) for each in chain.formulas))


def _formula(formula: Formula, free: set[Symbol]) -> Formula:
    if formula.expression is None:
        return formula
    whole = _whole(formula.expression, free)
    if whole is formula.expression:
        return formula
    note = "I read the terms in which an index stands as belonging to its sum"
    return replace(formula, expression=whole, notes=(*formula.notes, note))


def _whole(expression: Basic, free: Iterable[Symbol]) -> Basic:
    """The expression with sums taking later terms, where their index has no other meaning."""
    others = set(free)

    def taken(node: Basic) -> Basic:
        if type(node) is not Plus:
            return node
        terms = list(node.args)
        for position, term in enumerate(terms):
            total = term.args[0] if type(term) is D else term
            if type(total) is not Total or total.args[1] in others:
                continue
            index = total.args[1]
            behind = [at for at in range(position + 1, len(terms)) if _has(terms[at], index)]
            if not behind or any(_has(each, index) for each in terms[:position]):
                continue
            body = Plus(total.args[0], *terms[position + 1 : behind[-1] + 1])
            wide = Total(body, *total.args[1:])
            if type(term) is D:
                wide = D(wide, *term.args[1:])
            rest = terms[behind[-1] + 1 :]
            terms = [*terms[:position], wide, *rest]
            return taken(Plus(*terms)) if len(terms) > 1 else terms[0]
        return node

    return transform(expression, taken)


def _has(term: Basic, index: Basic) -> bool:
    inner = term.args[0] if type(term) is Negative else term
    return index in free_symbols(inner)
