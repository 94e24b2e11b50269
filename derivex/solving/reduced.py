"""The splitting lemma: a function near a point at which its Hessian is flat in one direction.

Along the flat direction v the other coordinates w are chosen so that the derivatives by them
vanish, w = w(s); near the point the function is then ± squares plus f(p + s v + w(s)), of which the
first power of s decides.  (See T. Bröcker, Differentiable Germs and Catastrophes, 1975, on the
splitting lemma.)  Everything is calculated with fractions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import ZERO, Equation, Plus, symbol, value_of
from derivex.rulebook.procedures.factors import power_of, with_coefficient
from derivex.rulebook.procedures.letters import Letters, TooLargeError
from derivex.solving.record import Words

__all__ = ["reduced_function"]

_Series = list[Fraction]
_Terms = Mapping[tuple[int, ...], Fraction]


def reduced_function(
    expression: Basic,
    unknowns: Sequence[Symbol],
    values: Mapping[Symbol, Basic],
    hessian: Sequence[Sequence[Fraction]],
    flat: Sequence[int],
    highest: int,
) -> tuple[int, Fraction, Words] | None:
    """The first power of s, with its coefficient, and the curve in words.

    Args:
        expression: a polynomial with rational coefficients.
        unknowns: its letters.
        values: the point, of rational numbers.
        hessian: the Hessian there.
        flat: the direction in which it is flat.
        highest: the last power that is looked at.

    Returns:
        None where the function is no such polynomial, or nothing is left up to that power.

    >>> from derivex.expression import Negative, Power, TWO, integer
    >>> x, y = symbol("x"), symbol("y")
    >>> f = Plus(Power(y, TWO), Power(x, integer(4)))
    >>> reduced_function(f, [x, y], {x: ZERO, y: ZERO}, [[0, 0], [0, 2]], [1, 0], 8)[:2]
    (4, Fraction(1, 1))
    """
    letters = Letters(expression)
    try:
        top, bottom = letters.fraction(expression)
    except TooLargeError:
        return None
    here = [value_of(values[unknown]) for unknown in unknowns]
    if not bottom.is_constant() or any(value is None for value in here):
        return None
    places = {
        letters.letters[name]: k for k, name in enumerate(unknowns) if name in letters.letters
    }
    terms: dict[tuple[int, ...], Fraction] = {}
    below = bottom.leading_coefficient()
    for exponents, coefficient in top.terms():
        moved = [0] * len(unknowns)
        for position, exponent in enumerate(exponents):
            if exponent:
                if position not in places:
                    return None
                moved[places[position]] = int(exponent)
        share = coefficient / below
        terms[tuple(moved)] = Fraction(int(share.p), int(share.q))
    leading = next(place for place, step in enumerate(flat) if step)
    others = [place for place in range(len(unknowns)) if place != leading]
    start = [value for value in here if value is not None]
    curve: list[_Series] = [
        [start[place], Fraction(flat[place])] + [Fraction(0)] * (highest - 1)
        for place in range(len(unknowns))
    ]
    partials = [_derivative(terms, place) for place in others]
    block = [[hessian[row][column] for column in others] for row in others]
    for order in range(2, highest + 1):
        rest = [-_value(partial, curve, highest)[order] for partial in partials]
        step = _solved(block, rest)
        if step is None:
            return None
        for place, value in zip(others, step, strict=True):
            curve[place][order] += value
    along = _value(terms, curve, highest)
    for order in range(1, highest + 1):
        if along[order]:
            words: list[str | Basic] = []
            for unknown, series in zip(unknowns, curve, strict=True):
                words += [", "] if words else []
                words.append(Equation(unknown, _written(series, 4)))
            return order, along[order], tuple(words)
    return None


def _written(series: _Series, most: int) -> Basic:
    letter = symbol("s")
    terms = [
        with_coefficient(value, [power_of(letter, degree)] if degree else [])
        for degree, value in enumerate(series[: most + 1])
        if value
    ]
    if not terms:
        return ZERO
    return terms[0] if len(terms) == 1 else Plus(*terms)


def _derivative(
    terms: Mapping[tuple[int, ...], Fraction], place: int
) -> dict[tuple[int, ...], Fraction]:
    found = {}
    for exponents, value in terms.items():
        if exponents[place]:
            lower = list(exponents)
            lower[place] -= 1
            found[tuple(lower)] = value * exponents[place]
    return found


def _value(terms: _Terms, curve: Sequence[_Series], highest: int) -> _Series:
    total = [Fraction(0)] * (highest + 1)
    for exponents, value in terms.items():
        product = [value] + [Fraction(0)] * highest
        for series, exponent in zip(curve, exponents, strict=True):
            for _ in range(exponent):
                product = _times(product, series, highest)
        total = [a + b for a, b in zip(total, product, strict=True)]
    return total


def _times(first: _Series, second: _Series, highest: int) -> _Series:
    product = [Fraction(0)] * (highest + 1)
    for place, one in enumerate(first):
        if one:
            for shift, other in enumerate(second[: highest + 1 - place]):
                product[place + shift] += one * other
    return product


def _solved(matrix: Sequence[Sequence[Fraction]], right: Sequence[Fraction]) -> _Series | None:
    rows = [[*map(Fraction, row), value] for row, value in zip(matrix, right, strict=True)]
    size = len(rows)
    for column in range(size):
        chosen = next((row for row in range(column, size) if rows[row][column]), None)
        if chosen is None:
            return None
        rows[column], rows[chosen] = rows[chosen], rows[column]
        lead = rows[column][column]
        rows[column] = [value / lead for value in rows[column]]
        for row in range(size):
            if row != column and rows[row][column]:
                factor = rows[row][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return [row[-1] for row in rows]
