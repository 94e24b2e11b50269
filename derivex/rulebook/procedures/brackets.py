"""Multiplying out the brackets of a sum whose terms have like terms beside the bracket."""

from __future__ import annotations

from collections.abc import Iterable

from sympy.core.basic import Basic

from derivex.expression import Negative, Over, Plus, Times
from derivex.expression.literals import Value
from derivex.expression.nodes import Node
from derivex.rulebook.procedures.collecting import has_decimal_coefficient
from derivex.rulebook.procedures.factors import (
    coefficient_and_rest,
    is_number,
    key_of,
    power_of,
    power_taken_apart,
    with_coefficient,
)

__all__ = ["number_into_bracket", "open_brackets"]

Key = tuple[int, ...]

_WITH_FACTORS = (Negative, Times)


def open_brackets(node: Node) -> Basic | None:
    """Multiply out each bracket with a sign or factors before it, if like terms come of it.

    All other brackets stay as they were written, and so do all if more terms would be left than
    there are, one excepted.

    >>> from derivex.expression import integer, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> open_brackets(Plus(x, Negative(Plus(x, y))))
    Plus(x, Negative(x), Negative(y))
    >>> open_brackets(Plus(Times(x, Plus(x, y)), Negative(Times(y, x))))
    Plus(Power(x, 2), Times(x, y), Negative(Times(y, x)))
    >>> open_brackets(Plus(x, Negative(Plus(y, integer(1)))))
    """
    for term in node._args:
        if type(term) in _WITH_FACTORS and _bracket_of(term) is not None:
            break
    else:
        return None
    brackets = [_bracket_of(term) for term in node._args]
    opened = [
        [term] if bracket is None else _opened(term, bracket)
        for term, bracket in zip(node._args, brackets, strict=True)
    ]
    keys = [{_key(term) for term in terms} for terms in opened]
    met: dict[Key, int] = {}
    for key in (key for each in keys for key in each):
        met[key] = met.get(key, 0) + 1
    useful = [
        bracket is not None and any(met[key] > 1 for key in each)
        for bracket, each in zip(brackets, keys, strict=True)
    ]
    if True not in useful:
        return None
    terms = [
        part
        for term, parts, is_useful in zip(node._args, opened, useful, strict=True)
        for part in (parts if is_useful else (term,))
    ]
    return Plus(*terms) if _left(terms) <= len(node._args) + 1 else None


def number_into_bracket(node: Node) -> Basic | None:
    """Multiply a bracket by the number before it where that clears its fractions, or its minus.

    >>> from derivex.expression import TWO, symbol
    >>> x, y = symbol("x"), symbol("y")
    >>> number_into_bracket(Times(TWO, Plus(Over(x, TWO), y)))
    Plus(x, Times(2, y))
    >>> number_into_bracket(Negative(Times(TWO, Plus(Negative(x), y))))
    Plus(Times(2, x), Negative(Times(2, y)))
    >>> number_into_bracket(Times(TWO, Plus(x, y)))
    """
    if type(node) is Times and (len(node._args) != 2 or not _holds_fraction(node)):
        return None
    coefficient, rest = coefficient_and_rest(node)
    if len(rest) != 1 or type(rest[0]) is not Plus or has_decimal_coefficient(node):
        return None
    (bracket,) = rest
    shares = [coefficient_and_rest(term)[0] for term in bracket._args]
    if any(map(has_decimal_coefficient, bracket._args)):
        return None
    clears = any(share.denominator > 1 for share in (coefficient, *shares)) and all(
        (coefficient * share).denominator == 1 for share in shares
    )
    if clears or (coefficient < 0 and shares[0] < 0):
        return Plus(*_opened(node, bracket))
    return None


def _holds_fraction(node: Node) -> bool:
    """Whether the number before a bracket, or that of a term in it, may be a fraction."""
    number, bracket = node._args
    if type(bracket) is not Plus:
        return False
    kinds = set(map(type, bracket._args))
    if Over in kinds or type(number) is Over:
        return True
    return not kinds.isdisjoint((Times, Negative)) and any(
        type(part) is Over or (type(part) is Times and type(part._args[0]) is Over)
        for part in map(_unsigned, bracket._args)
    )


def _bracket_of(term: Basic) -> Basic | None:
    """The sum that a term is, or that is the only one among its factors; signs do not count."""
    if type(term) is Negative:
        term = term._args[0]
        if type(term) is Plus:
            return term
    if type(term) is not Times:
        return None
    bracket: Basic | None = None
    for factor in term._args:
        if type(factor) is Plus:
            if bracket is not None:
                return None
            bracket = factor
    if bracket is None:
        return None
    others = [factor for factor in term._args if factor is not bracket]
    if not all(map(is_number, others)) and any(
        type(_unsigned(part)) is Over for part in (*others, *bracket._args)
    ):
        return None  # products with fractions are not written out in one step
    return bracket


def _unsigned(term: Basic) -> Basic:
    return term._args[0] if type(term) is Negative else term


def _opened(term: Basic, bracket: Basic) -> list[Basic]:
    """The terms of a bracket, each with the factors that stand before the bracket."""
    coefficient, rest = coefficient_and_rest(term)
    others = [factor for factor in rest if factor is not bracket]
    decimal = has_decimal_coefficient(term)
    terms: list[Basic] = []
    for part in bracket._args:
        share, inner = coefficient_and_rest(part)
        factors = _multiplied((*others, *inner)) if others else inner
        terms.append(
            with_coefficient(coefficient * share, factors, decimal or has_decimal_coefficient(part))
        )
    return terms


def _multiplied(factors: Iterable[Basic]) -> list[Basic]:
    """The factors, each base once."""
    exponents: dict[Basic, Value] = {}
    for factor in factors:
        base, exponent = power_taken_apart(factor)
        if exponent is None or exponent <= 0:
            base, exponent = factor, 1
        exponents[base] = exponents.get(base, 0) + exponent
    return [power_of(base, exponent) for base, exponent in exponents.items()]


def _key(term: Basic) -> Key:
    return key_of(coefficient_and_rest(term)[1])


def _left(terms: list[Basic]) -> int:
    """How many terms are left when like ones are added."""
    totals: dict[Key, Value] = {}
    for term in terms:
        coefficient, rest = coefficient_and_rest(term)
        key = key_of(rest)
        totals[key] = totals.get(key, 0) + coefficient
    return sum(total != 0 for total in totals.values())
