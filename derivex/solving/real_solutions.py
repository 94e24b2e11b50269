"""All real solutions of polynomial equations, by a Gröbner basis and certified roots.

Modulo a Gröbner basis of the equations (FLINT's Buchberger) every unknown is a polynomial g_i(t) in
a linear form t = Σ c_i x_i, and p(t) = 0, if the powers of t span the algebra of polynomials modulo
the equations.  Where they do not, the square-free polynomials of the unknowns are added, which make
the ideal radical (Seidenberg's lemma 92); then they do for every t that tells the solutions apart.
The real solutions are those at the real roots of p, which FLINT isolates with error bounds, and of
which it knows that they are real.  See M. Kreuzer and L. Robbiano, Computational Commutative
Algebra 1, section 3.7, and F. Rouillier, Solving zero-dimensional systems through the rational
univariate representation, 1999.
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
from derivex.solving.quotient_algebra import QuotientAlgebra, groebner_basis

__all__ = ["Certificate", "RealSolution", "real_solutions"]

_BITS = 400
_MOST_BEZOUT = 250
"""The largest product of the degrees of the equations for which a basis is computed."""

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
    ring = flint.fmpz_mpoly_ctx.get(names, flint.Ordering.degrevlex)
    polynomials = []
    for equation in equations:
        found = _polynomial(equation, unknowns, ring)
        if found is None:
            return None
        polynomials.append(found)
    polynomials = [each for each in polynomials if not each.is_zero()]
    if prod(each.total_degree() or 1 for each in polynomials) > _MOST_BEZOUT:
        return None
    letter = next(symbol(name) for name in ("t", "u", "w", "tau") if symbol(name) not in unknowns)
    for radical in (False, True):
        algebra = _algebra(polynomials, ring, len(unknowns))
        if algebra is None:
            return None
        if not algebra.standard:
            return Certificate((), ONE, ZERO, symbol("t"), 0)
        for weights in _FORMS:
            factors = [weights(place, len(unknowns)) for place in range(len(unknowns))]
            shape = algebra.representation(factors)
            if shape is not None:
                return _certificate(shape, factors, unknowns, letter)
        if not radical:
            polynomials += _square_free(algebra, ring, len(unknowns))
    return None


def _algebra(polynomials: Sequence[Any], ring: Any, count: int) -> QuotientAlgebra | None:
    """The polynomials modulo the equations; None where it is too large, or infinite."""
    basis = groebner_basis(polynomials, ring)
    if basis is None:
        return None
    algebra = QuotientAlgebra(basis, count)
    if algebra.standard is None:
        return None
    if algebra.standard:
        algebra.work_out()
    return algebra


def _square_free(algebra: QuotientAlgebra, ring: Any, count: int) -> list[Any]:
    """For each unknown the polynomial with simple roots that is zero at all solutions."""
    found = []
    for place in range(count):
        whole = algebra.minimal_polynomial(place)
        common = whole.gcd(whole.derivative())
        simple = whole // common if common.degree() > 0 else whole
        terms = {
            tuple(degree * int(each == place) for each in range(count)): coefficient
            for degree, coefficient in enumerate(simple.coeffs())
            if coefficient
        }
        found.append(ring.from_dict(terms))
    return found


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
    heights = [polynomial.height_bits() for _, polynomial in values]
    with precision(_BITS + 2 * max(heights) + 8 * eliminant.degree()):
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
