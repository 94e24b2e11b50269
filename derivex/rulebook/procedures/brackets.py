"""Multiplying out the brackets of a sum whose terms have like terms beside the bracket."""

from __future__ import annotations

from collections import Counter

from sympy.core.basic import Basic

from derivex.expression import Negative, Plus, Times
from derivex.expression.nodes import Node
from derivex.rulebook.procedures.collecting import has_decimal_coefficient
from derivex.rulebook.procedures.factors import (
    coefficient_and_rest,
    is_number,
    key_of,
    with_coefficient,
)

__all__ = ["open_brackets"]


def open_brackets(node: Node) -> Basic | None:
    """Multiply out each bracket with a sign or a number before it, if like terms come of it.

    All other brackets stay as they were written.

    >>> from derivex.expression import integer, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> open_brackets(Plus(x, Negative(Plus(x, y))))
    Plus(x, Negative(x), Negative(y))
    >>> open_brackets(Plus(x, Negative(Plus(y, integer(1)))))
    """
    brackets = [*map(_is_bracket, node._args)]
    if True not in brackets:
        return None
    opened = [
        _opened(term) if is_bracket else [term]
        for term, is_bracket in zip(node._args, brackets, strict=True)
    ]
    keys = [{key_of(coefficient_and_rest(term)[1]) for term in terms} for terms in opened]
    met = Counter(key for each in keys for key in each)
    useful = [
        is_bracket and any(met[key] > 1 for key in each)
        for is_bracket, each in zip(brackets, keys, strict=True)
    ]
    if True not in useful:
        return None
    return Plus(
        *(
            part
            for term, terms, is_useful in zip(node._args, opened, useful, strict=True)
            for part in (terms if is_useful else (term,))
        )
    )


def _is_bracket(term: Basic) -> bool:
    """Whether a term is a sum with a minus or a number before it."""
    kind = type(term)
    if kind is Negative:
        term = term._args[0]
        kind = type(term)
        if kind is Plus:
            return True
    if kind is not Times:
        return False
    factors = term._args
    return type(factors[-1]) is Plus and len(factors) == 2 and is_number(factors[0])


def _opened(term: Basic) -> list[Basic]:
    """The terms of a bracket, each with the number that stands before the bracket."""
    coefficient, (bracket,) = coefficient_and_rest(term)
    decimal = has_decimal_coefficient(term)
    terms: list[Basic] = []
    for part in bracket._args:
        share, rest = coefficient_and_rest(part)
        terms.append(
            with_coefficient(coefficient * share, rest, decimal or has_decimal_coefficient(part))
        )
    return terms
