"""An equation as a sum of multiples of unknowns that equals something without unknowns."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    ZERO,
    Equation,
    Negative,
    Over,
    Plus,
    Times,
    free_symbols,
    number,
    value_of,
)

__all__ = ["LinearForm", "linear_form", "written_form"]


@dataclass(frozen=True, eq=False)
class LinearForm:
    """What each unknown is multiplied by, and what the sum of these multiples equals.

    Args:
        coefficients: those that are not zero.
        right: the right-hand side, free of unknowns.
    """

    coefficients: Mapping[Symbol, Basic]
    right: Basic


def linear_form(equation: Basic, unknowns: Collection[Symbol]) -> LinearForm | None:
    """The equation with its unknowns on the left; None where a term is no multiple of one.

    Nothing is multiplied out; numbers that multiply the same unknown are added.

    >>> from derivex.expression import TWO, symbol
    >>> x, y, a = symbol("x"), symbol("y"), symbol("a")
    >>> equation = Equation(Plus(Times(a, x), Negative(y)), Plus(TWO, Times(TWO, y)))
    >>> form = linear_form(equation, {x, y})
    >>> dict(form.coefficients), form.right
    ({x: a, y: Negative(3)}, 2)
    >>> linear_form(Equation(Times(x, y), ONE), {x, y}) is None
    True
    """
    parts: dict[Symbol | None, list[Basic]] = {}
    for side, sign in zip(equation.args, (1, -1), strict=True):
        for term in side.args if type(side) is Plus else (side,):
            found = _multiple(term, unknowns)
            if found is None:
                return None
            unknown, coefficient = found
            positive = sign > 0 if unknown is not None else sign < 0
            parts.setdefault(unknown, []).append(coefficient if positive else _negated(coefficient))
    sums = {unknown: _sum(terms) for unknown, terms in parts.items()}
    right = sums.pop(None, ZERO)
    return LinearForm(
        {name: value for name, value in sums.items() if name is not None and value is not ZERO},
        right,
    )


def written_form(coefficients: Mapping[Symbol, Basic], right: Basic) -> Basic:
    """The equation of a linear form, in the order of the mapping."""
    terms = [_product(coefficient, unknown) for unknown, coefficient in coefficients.items()]
    left = ZERO if not terms else terms[0] if len(terms) == 1 else Plus(*terms)
    return Equation(left, right)


def _product(coefficient: Basic, unknown: Basic) -> Basic:
    if coefficient is ONE:
        return unknown
    value = value_of(coefficient)
    if type(coefficient) is Negative or (value is not None and value < 0):
        inside = number(-value) if value is not None else coefficient.args[0]
        return Negative(_product(inside, unknown))
    return Times(coefficient, unknown)


def _multiple(term: Basic, unknowns: Collection[Symbol]) -> tuple[Symbol | None, Basic] | None:
    """The unknown of a term, None for none, and what it is multiplied by."""
    negative = False
    below: list[Basic] = []
    while type(term) in (Negative, Over):
        if type(term) is Over:
            if any(name in unknowns for name in free_symbols(term.args[1])):
                return None
            below.append(term.args[1])
        else:
            negative = not negative
        term = term.args[0]
    unknown: Symbol | None = None
    factors: list[Basic] = []
    for factor in term.args if type(term) is Times else (term,):
        if isinstance(factor, Symbol) and factor in unknowns:
            if unknown is not None:
                return None
            unknown = factor
        elif any(name in unknowns for name in free_symbols(factor)):
            return None
        else:
            factors.append(factor)
    whole = ONE if not factors else factors[0] if len(factors) == 1 else Times(*factors)
    for divisor in reversed(below):
        whole = Over(whole, divisor)
    values = _value(whole)
    if values is not None:
        whole = number(values)
    return unknown, _negated(whole) if negative else whole


def _value(node: Basic) -> Fraction | None:
    """The number that a product or fraction of numbers is."""
    value = value_of(node)
    if value is None and type(node) in (Times, Over):
        values = [_value(part) for part in node.args]
        if any(each is None for each in values):
            return None
        known = [each for each in values if each is not None]
        if type(node) is Over:
            return known[0] / known[1] if known[1] else None
        value = Fraction(1)
        for each in known:
            value *= each
    return value


def _negated(node: Basic) -> Basic:
    value = value_of(node)
    if value is not None:
        return number(-value)
    return node.args[0] if type(node) is Negative else Negative(node)


def _sum(terms: list[Basic]) -> Basic:
    values = [value_of(term) for term in terms]
    total = sum((value for value in values if value is not None), Fraction(0))
    rest = [term for term, value in zip(terms, values, strict=True) if value is None]
    if total or not rest:
        rest.append(number(total))
    return rest[0] if len(rest) == 1 else Plus(*rest)
