"""The algebra of polynomials modulo equations with finitely many complex solutions.

As a vector space it has the monomials that no leading term of a Gröbner basis divides as a basis,
and each unknown acts on it as a matrix (J. C. Faugère, P. Gianni, D. Lazard, T. Mora, Efficient
computation of zero-dimensional Gröbner bases by change of ordering, 1993).  Where the powers of a
linear form t span it, every unknown is a polynomial in t: the rational univariate representation.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

__all__ = ["MOST_SOLUTIONS", "QuotientAlgebra", "groebner_basis"]

MOST_SOLUTIONS = 72
"""The largest number of complex solutions, with multiplicities, that is worked with."""

_LIMITS = (150, 4000, 4000)  # polynomials, terms, bits of a coefficient in a Gröbner basis

Monomial = tuple[int, ...]


def groebner_basis(polynomials: Sequence[Any], ring: Any) -> list[Any] | None:
    """A reduced Gröbner basis by FLINT's Buchberger; None where it becomes too large."""
    import flint

    vector = flint.fmpz_mpoly_vec(list(polynomials), ring)
    basis: Any
    basis, finished = vector.buchberger_naive(limits=_LIMITS)
    return list(basis.autoreduction()) if finished else None


class QuotientAlgebra:
    """The polynomials modulo a Gröbner basis by degree.

    Args:
        basis: the basis, in an order by degree.
        count: how many unknowns there are.
    """

    def __init__(self, basis: Sequence[Any], count: int):
        self.count = count
        self._tails: dict[Monomial, tuple[int, dict[Monomial, int]]] = {}
        for element in basis:
            terms = {tuple(map(int, key)): int(value) for key, value in element.to_dict().items()}
            lead = tuple(map(int, element.monomial(0)))
            self._tails[lead] = terms.pop(lead), terms
        self.standard = self._standard()
        self.matrices: list[Any] = []

    def _standard(self) -> list[Monomial] | None:
        """The monomials that span it, from 1; None where they are infinitely many, or too many."""
        bounds = []
        for place in range(self.count):
            pure = [lead[place] for lead in self._tails if sum(lead) == lead[place]]
            if not pure:
                return None
            bounds.append(min(pure))
        size = 1
        for bound in bounds:
            size *= max(bound, 1)
        if size > 40 * MOST_SOLUTIONS:
            return None
        found = [
            each
            for each in product(*[range(bound) for bound in bounds])
            if not any(_divides(lead, each) for lead in self._tails)
        ]
        found.sort(key=_degree_order)
        return found if len(found) <= MOST_SOLUTIONS else None

    def work_out(self) -> None:
        """The matrices of the multiplications by the unknowns: what each monomial becomes."""
        import flint

        assert self.standard is not None
        size = len(self.standard)
        places = {monomial: place for place, monomial in enumerate(self.standard)}
        zero = flint.fmpq(0)

        def unit(place: int) -> list[Any]:
            return [flint.fmpq(int(each == place)) for each in range(size)]

        normal: dict[Monomial, list[Any]] = {each: unit(place) for each, place in places.items()}
        border = {
            _times(monomial, place) for monomial in self.standard for place in range(self.count)
        } - set(places)
        for monomial in sorted(border, key=_degree_order):
            if monomial in self._tails:
                lead, terms = self._tails[monomial]
                form = [zero] * size
                for other, value in terms.items():
                    form[places[other]] = flint.fmpq(-value, lead)
                normal[monomial] = form
                continue
            for place in range(self.count):
                before = tuple(exponent - (each == place) for each, exponent in enumerate(monomial))
                if before in normal and before not in places:
                    break
            total = [zero] * size
            for factor, other in zip(normal[before], self.standard, strict=True):
                if factor:
                    image = normal[_times(other, place)]
                    total = [
                        value + factor * share if share else value
                        for value, share in zip(total, image, strict=True)
                    ]
            normal[monomial] = total
        for place in range(self.count):
            columns = [normal[_times(monomial, place)] for monomial in self.standard]
            self.matrices.append(flint.fmpq_mat(columns).transpose())

    def minimal_polynomial(self, place: int) -> Any:
        """The polynomial of least degree that is zero at an unknown."""
        import flint

        rows = [self._one()]
        while True:
            rows.append(self.matrices[place] * rows[-1])
            table = flint.fmpq_mat([column.transpose().tolist()[0] for column in rows]).transpose()
            reduced, rank = table.rref()
            if rank < len(rows):
                found = [-reduced[row, rank] for row in range(rank)] + [flint.fmpq(1)]
                return _whole(flint.fmpq_poly(found))

    def representation(self, factors: Sequence[int]) -> tuple[Any, list[tuple[int, Any]]] | None:
        """p(t), and for each unknown d and g with d x = g(t), for t = Σ factor · unknown.

        None where the powers of t do not span the algebra.
        """
        import flint

        assert self.standard is not None
        size = len(self.standard)
        form = self.matrices[0] * factors[0]
        for matrix, factor in zip(self.matrices[1:], factors[1:], strict=True):
            form = form + matrix * factor
        powers = [self._one()]
        for _ in range(size):
            powers.append(form * powers[-1])
        rows = [column.transpose().tolist()[0] for column in powers]
        table = flint.fmpq_mat(rows[:size]).transpose()
        wanted = [rows[size]] + [
            (matrix * powers[0]).transpose().tolist()[0] for matrix in self.matrices
        ]
        try:
            found = table.solve(flint.fmpq_mat(wanted).transpose())
        except ZeroDivisionError:
            return None
        columns = found.transpose().tolist()
        eliminant = _whole(flint.fmpq_poly([-value for value in columns[0]] + [flint.fmpq(1)]))
        values = []
        for column in columns[1:]:
            polynomial = flint.fmpq_poly(column)
            values.append((int(polynomial.denom()), polynomial.numer()))
        return eliminant, values

    def _one(self) -> Any:
        import flint

        assert self.standard is not None
        return flint.fmpq_mat([[int(not any(each))] for each in self.standard])


def _whole(polynomial: Any) -> Any:
    """A multiple with whole coefficients that have no common divisor."""
    numerator = polynomial.numer()
    return numerator // numerator.content()


def _divides(lead: Monomial, monomial: Monomial) -> bool:
    return all(first <= second for first, second in zip(lead, monomial, strict=True))


def _times(monomial: Monomial, place: int) -> Monomial:
    return tuple(exponent + (each == place) for each, exponent in enumerate(monomial))


def _degree_order(monomial: Monomial) -> tuple[int, tuple[int, ...]]:
    """The graded reverse lexicographic order, from the smallest."""
    return sum(monomial), tuple(-exponent for exponent in reversed(monomial))
