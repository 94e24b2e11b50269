"""All real solutions of polynomial equations, by a Gröbner basis and certified roots.

A lexicographic Gröbner basis (FLINT's Buchberger) of the equations, of their square-free
eliminants, which make the ideal radical (Seidenberg's lemma 92), and of t − Σ c_i x_i has the
shape x_i = g_i(t), p(t) = 0 if the linear form t tells the solutions apart (shape lemma).  The real
solutions are then those at the real roots of p, which FLINT isolates with error bounds, and of
which it knows that they are real.  See M. Kreuzer and L. Robbiano, Computational Commutative
Algebra 1, section 3.7.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    ZERO,
    Apply,
    Negative,
    Over,
    Plus,
    Times,
    function_name,
    integer,
    number,
    symbol,
)
from derivex.matching import NO_FACTS
from derivex.rulebook.procedures.factors import power_of, with_coefficient
from derivex.rulebook.procedures.letters import Letters, TooLargeError
from derivex.rulebook.procedures.polynomial_factors import factors_of_polynomial

__all__ = ["Certificate", "RealSolution", "real_solutions"]

_BITS = 400
_MOST_BEZOUT = 250
"""The largest product of the degrees of the equations for which a basis is computed."""

_LIMITS = (100, 1500, 6000)  # polynomials, terms, bits of a coefficient in a Gröbner basis
_FORMS = (
    lambda place, count: int(place == count - 1),
    lambda place, count: int(place == 0),
    lambda place, count: place + 1,
    lambda place, count: (-3) ** place,
    lambda place, count: 7**place + place,
)


@dataclass(frozen=True)
class RealSolution:
    """One real solution.

    Args:
        balls: each unknown as a ball, which holds the exact value.
        exact: each unknown as an expression, if all of them are rational or have one root.
    """

    balls: Mapping[Symbol, Any]
    exact: Mapping[Symbol, Basic] | None


@dataclass(frozen=True)
class Certificate:
    """All real solutions, and what shows that there are no others.

    Args:
        solutions: the solutions.
        eliminant: the polynomial in t whose roots they come from, factored; 1 for none.
        form: what t is in the unknowns.
        letter: t.
        degree: how many complex solutions there are.
    """

    solutions: tuple[RealSolution, ...]
    eliminant: Basic
    form: Basic
    letter: Symbol
    degree: int


def real_solutions(equations: Sequence[Basic], unknowns: Sequence[Symbol]) -> Certificate | None:
    """All real solutions of polynomial equations with rational coefficients.

    Factors that are never zero, such as e^x, are left out, and fractions have to be zero in their
    numerators: whoever asks looks whether the denominators are not.

    Args:
        equations: the equations.
        unknowns: all letters in them.

    Returns:
        None where they are not polynomial, have infinitely many complex solutions, or are too
        large.

    >>> from derivex.expression import Equation, Power, TWO
    >>> x = symbol("x")
    >>> cubic = Equation(Plus(Power(x, integer(3)), Negative(Times(TWO, x))), ZERO)
    >>> [str(each.exact[x]) for each in real_solutions([cubic], [x]).solutions]
    ['Negative(Apply(sqrt, 2))', '0', 'Apply(sqrt, 2)']
    """
    import flint

    names = tuple(f"x{place}" for place in range(len(unknowns)))
    ring = flint.fmpz_mpoly_ctx.get(names, flint.Ordering.lex)
    polynomials = []
    for equation in equations:
        found = _polynomial(equation, unknowns, ring)
        if found is None:
            return None
        polynomials.append(found)
    polynomials = [each for each in polynomials if not each.is_zero()]
    if prod(each.total_degree() or 1 for each in polynomials) > _MOST_BEZOUT:
        return None
    eliminants = []
    for place in range(len(unknowns)):
        found = _eliminant(polynomials, place, len(unknowns))
        if found is None:
            return None
        if found.degree() == 0:
            return Certificate((), ONE, ZERO, symbol("t"), 0)
        eliminants.append(found)
    letter = next(symbol(name) for name in ("t", "u", "w", "tau") if symbol(name) not in unknowns)
    for weights in _FORMS:
        factors = [weights(place, len(unknowns)) for place in range(len(unknowns))]
        shape = _shape(polynomials, eliminants, factors, len(unknowns))
        if shape is not None:
            return _certificate(shape, factors, unknowns, letter)
    return None


def _polynomial(equation: Basic, unknowns: Sequence[Symbol], ring: Any) -> Any | None:
    left, right = equation.args
    difference = left if right is ZERO else Plus(left, Negative(right))
    letters = Letters(difference)
    try:
        top, _ = letters.fraction(difference)
    except TooLargeError:
        return None
    if top.is_zero():
        return ring.from_dict({})
    _, factors = factors_of_polynomial(letters, top)
    whole = letters.ring.constant(1)
    for factor, exponent in factors:
        if 0 in NO_FACTS.signs(letters.tree(factor)):
            whole = whole * factor**exponent
    places = {
        position: unknowns.index(letter)
        for letter, position in letters.letters.items()
        if letter in unknowns
    }
    from math import lcm

    scale = lcm(*[int(coefficient.q) for coefficient in whole.coeffs()])
    terms: dict[tuple[int, ...], int] = {}
    for exponents, coefficient in whole.terms():
        moved = [0] * len(unknowns)
        for position, exponent in enumerate(exponents):
            if exponent:
                if position not in places:
                    return None
                moved[places[position]] = int(exponent)
        terms[tuple(moved)] = int(coefficient.p) * (scale // int(coefficient.q))
    return ring.from_dict(terms)


def _basis(polynomials: Sequence[Any], ring: Any) -> list[Any] | None:
    import flint

    vector = flint.fmpz_mpoly_vec(list(polynomials), ring)
    found = vector.buchberger_naive(limits=_LIMITS)
    basis, finished = found if isinstance(found, tuple) else (found, True)
    return list(basis.autoreduction()) if finished else None


def _eliminant(polynomials: Sequence[Any], place: int, count: int) -> Any | None:
    """The square-free polynomial in one unknown that is zero at all solutions."""
    import flint

    names = tuple(f"y{each}" for each in range(count))
    ring = flint.fmpz_mpoly_ctx.get(names, flint.Ordering.lex)
    order = [each for each in range(count) if each != place] + [place]
    moved = [
        ring.from_dict(
            {
                tuple(exponents[each] for each in order): coefficient
                for exponents, coefficient in polynomial.to_dict().items()
            }
        )
        for polynomial in polynomials
    ]
    basis = _basis(moved, ring)
    if basis is None:
        return None
    for element in basis:
        degrees = element.degrees()
        if not any(degrees[:-1]):
            found = _univariate(element, count - 1)
            common = found.gcd(found.derivative())
            return found // common if common.degree() > 0 else found
    return None


def _univariate(polynomial: Any, place: int) -> Any:
    import flint

    coefficients = [0] * (int(polynomial.degrees()[place]) + 1)
    for exponents, coefficient in polynomial.to_dict().items():
        coefficients[int(exponents[place])] = int(coefficient)
    return flint.fmpz_poly(coefficients)


def _shape(
    polynomials: Sequence[Any], eliminants: Sequence[Any], factors: Sequence[int], count: int
) -> tuple[Any, list[tuple[int, Any]]] | None:
    """p(t), and for each unknown a number d and a polynomial g with d x = g(t)."""
    import flint

    names = (*[f"x{each}" for each in range(count)], "t")
    ring = flint.fmpz_mpoly_ctx.get(names, flint.Ordering.lex)
    generators = ring.gens()
    system = [
        ring.from_dict({(*exponents, 0): value for exponents, value in each.to_dict().items()})
        for each in polynomials
    ]
    for place, eliminant in enumerate(eliminants):
        terms = {}
        for degree, coefficient in enumerate(eliminant.coeffs()):
            exponents = [0] * (count + 1)
            exponents[place] = degree
            if coefficient:
                terms[tuple(exponents)] = coefficient
        system.append(ring.from_dict(terms))
    form = generators[-1]
    for generator, factor in zip(generators, factors, strict=False):
        form = form - factor * generator
    basis = _basis([*system, form], ring)
    if basis is None:
        return None
    last = None
    found: dict[int, tuple[int, Any]] = {}
    for element in basis:
        degrees = [int(degree) for degree in element.degrees()]
        holding = [place for place in range(count) if degrees[place]]
        if not holding:
            last = _univariate(element, count)
        elif len(holding) == 1 and degrees[holding[0]] == 1:
            lead: int | None = None
            rest = [0] * (degrees[-1] + 1)
            for exponents, coefficient in element.to_dict().items():
                if exponents[holding[0]]:
                    if exponents[-1]:
                        return None
                    lead = int(coefficient)
                else:
                    rest[int(exponents[-1])] = -int(coefficient)
            assert lead is not None
            found[holding[0]] = lead, flint.fmpz_poly(rest)
    if last is None or len(found) < count:
        return None
    return last, [found[place] for place in range(count)]


def _certificate(
    shape: tuple[Any, list[tuple[int, Any]]],
    factors: Sequence[int],
    unknowns: Sequence[Symbol],
    letter: Symbol,
) -> Certificate:
    from derivex.equality.balls import precision

    eliminant, values = shape
    _, parts = eliminant.factor()
    solutions: list[tuple[Any, RealSolution]] = []
    with precision(_BITS):
        for part, _ in parts:
            roots = [root.real for root, _ in part.complex_roots() if root.imag == 0]
            roots.sort(key=lambda root: root.mid())
            for place, root in enumerate(roots):
                balls = {
                    unknown: _at(polynomial, root) / lead
                    for unknown, (lead, polynomial) in zip(unknowns, values, strict=True)
                }
                exact = None
                if part.degree() <= 2:
                    exact = {
                        unknown: _exactly(polynomial, lead, part, place)
                        for unknown, (lead, polynomial) in zip(unknowns, values, strict=True)
                    }
                solutions.append((root, RealSolution(balls, exact)))
    solutions.sort(key=lambda pair: pair[0].mid())
    terms = [
        with_coefficient(Fraction(factor), [unknown])
        for factor, unknown in zip(factors, unknowns, strict=True)
        if factor
    ]
    form = terms[0] if len(terms) == 1 else Plus(*terms)
    written = [_tree(part, letter) for part, _ in parts]
    whole = written[0] if len(written) == 1 else Times(*written)
    return Certificate(
        tuple(solution for _, solution in solutions), whole, form, letter, eliminant.degree()
    )


def _at(polynomial: Any, place: Any) -> Any:
    from flint import arb

    value = arb(0)
    for coefficient in reversed(polynomial.coeffs()):
        value = value * place + coefficient
    return value


def _tree(polynomial: Any, letter: Symbol) -> Basic:
    terms = [
        with_coefficient(Fraction(int(value)), [power_of(letter, degree)] if degree else [])
        for degree, value in reversed([*enumerate(polynomial.coeffs())])
        if value
    ]
    return terms[0] if len(terms) == 1 else Plus(*terms)


def _exactly(polynomial: Any, lead: int, part: Any, place: int) -> Basic:
    """g(t)/d at a root t of a linear or quadratic polynomial."""
    import flint

    rest = flint.fmpq_poly(polynomial) % flint.fmpq_poly(part)
    shares = [Fraction(int(value.p), int(value.q)) / lead for value in rest.coeffs()]
    shares += [Fraction(0)] * (2 - len(shares))
    numbers = [int(value) for value in part.coeffs()]
    if len(numbers) == 2:
        return number(shares[0] + shares[1] * Fraction(-numbers[0], numbers[1]))
    below, linear, square = numbers
    inside = linear * linear - 4 * square * below
    outside = 1
    for factor in range(2, 1000):
        while inside % (factor * factor) == 0:
            inside //= factor * factor
            outside *= factor
    sign = (-1 if place == 0 else 1) * (1 if square > 0 else -1)
    plain = shares[0] + shares[1] * Fraction(-linear, 2 * square)
    before = shares[1] * Fraction(sign * outside, 2 * square)
    if not before:
        return number(plain)
    root = Apply(function_name("sqrt"), integer(inside))
    term = with_coefficient(Fraction(abs(before.numerator)), [root])
    if before.denominator != 1:
        term = Over(term, integer(before.denominator))
    if not plain:
        return Negative(term) if before < 0 else term
    return Plus(number(plain), Negative(term) if before < 0 else term)
