"""Is a stationary point a minimum, a maximum, a saddle?  By the Hessian, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation
from derivex.engine import (
    Columns,
    Form,
    FormKind,
    bring_into_form,
    differentiate,
    evaluate,
    normal_phase,
)
from derivex.errors import ProblemError
from derivex.expression import Matrix, Row, substitute, value_of
from derivex.rulebook import RuleBook
from derivex.solving.minors import inertia, leading_minors
from derivex.solving.record import Words, written
from derivex.solving.signs import Known, Sign, has_data, known_sign
from derivex.solving.working import depends_on_any

__all__ = ["Classification", "Verdict", "classify"]


class Verdict(Enum):
    """What a stationary point is."""

    MINIMUM = "minimum"
    MAXIMUM = "maximum"
    SADDLE = "saddle"
    PLATEAU = "plateau"
    """The function is constant."""
    UNDECIDED = "undecided"


@dataclass(frozen=True, eq=False)
class Classification:
    """What a stationary point is, and the proof.

    Args:
        verdict: minimum, maximum, saddle, plateau or undecided.
        reason: why, in words.
        hessian: the matrix of second derivatives at the point.
        entries: the derivation of each second derivative, row by row; the matrix is
            symmetric, and equal entries share one derivation.
        minors: the leading principal minors with their computation.
        is_global: whether it holds for the whole function, not only near the point.
        is_strict: whether it is the only such point; None where that depends on the data.
    """

    verdict: Verdict
    reason: Words
    hessian: Basic
    entries: tuple[tuple[Derivation, ...], ...]
    minors: tuple[Derivation, ...]
    is_global: bool
    is_strict: bool | None

    @property
    def says(self) -> str:
        """The verdict and its reason, as text."""
        return f"{self.verdict.value}: {written(self.reason)}"


@dataclass(frozen=True)
class _Finding:
    verdict: Verdict
    reason: Words
    is_strict: bool | None = None


def classify(
    expression: Basic,
    unknowns: Sequence[Symbol],
    partials: Sequence[Derivation],
    results: Mapping[Symbol, Basic],
    book: RuleBook,
    columns: Columns | None = None,
) -> Classification:
    """Classify a stationary point by its Hessian.

    Args:
        expression: the function.
        unknowns: its variables.
        partials: the derivations of its partial derivatives, in the same order.
        results: where the point is.
        book: the rules.
        columns: the data; with them a Hessian of sums becomes one of numbers.
    """
    derivations = _second_derivatives(unknowns, partials, book)
    general = [[found.result for found in row] for row in derivations]
    constant = not any(depends_on_any(entry, unknowns) for row in general for entry in row)
    entries = [[_at_point(entry, results, book) for entry in row] for row in general]
    hessian = _matrix(entries)
    minors = leading_minors(entries, book)
    numbers = _numbers(entries)
    if numbers is not None:
        finding = _by_numbers(numbers, hessian, minors, constant)
    else:
        finding = _by_letters(expression, entries, hessian, minors, constant)
        if columns:
            finding, minors = _with_data(finding, entries, columns, minors, constant, book)
    return Classification(
        finding.verdict, finding.reason, hessian, derivations, minors, constant, finding.is_strict
    )


def _second_derivatives(
    unknowns: Sequence[Symbol], partials: Sequence[Derivation], book: RuleBook
) -> tuple[tuple[Derivation, ...], ...]:
    found: dict[tuple[int, int], Derivation] = {}
    for row, partial in enumerate(partials):
        for column in range(row, len(unknowns)):
            second = differentiate(partial.result, [unknowns[column]], book)
            try:
                second = bring_into_form(second, Form(FormKind.EXPANDED))
            except ProblemError:
                pass  # too many terms when multiplied out: it stays as it is
            found[row, column] = found[column, row] = second
    size = range(len(unknowns))
    return tuple(tuple(found[row, column] for column in size) for row in size)


def _at_point(entry: Basic, results: Mapping[Symbol, Basic], book: RuleBook) -> Basic:
    filled = substitute(entry, dict(results))
    return normal_phase(filled, book, "arithmetic", "tidying").result


def _matrix(entries: Sequence[Sequence[Basic]]) -> Basic:
    return Matrix(*[Row(*row) for row in entries])


def _numbers(entries: Sequence[Sequence[Basic]]) -> list[list[Fraction]] | None:
    numbers: list[list[Fraction]] = []
    for row in entries:
        values = [value_of(entry) for entry in row]
        if any(value is None for value in values):
            return None
        numbers.append([value for value in values if value is not None])
    return numbers


# -- numbers -------------------------------------------------------------------------------


def _by_numbers(
    numbers: list[list[Fraction]],
    hessian: Basic,
    minors: tuple[Derivation, ...],
    constant: bool,
) -> _Finding:
    positive, negative, zero = inertia(numbers)
    lead: Words = ("the Hessian ", hessian)
    if positive and negative:
        return _Finding(
            Verdict.SADDLE,
            (*lead, " has a positive and a negative eigenvalue", *_because(minors)),
            False,
        )
    if not zero:
        kind = "positive definite" if positive else "negative definite"
        verdict = Verdict.MINIMUM if positive else Verdict.MAXIMUM
        return _Finding(verdict, (*lead, f" is {kind}", *_because(minors)), True)
    if not constant:
        return _Finding(
            Verdict.UNDECIDED, (*lead, " has an eigenvalue 0, so it does not decide")
        )
    if not positive and not negative:
        return _Finding(Verdict.PLATEAU, ("all second derivatives are 0 everywhere",), False)
    kind = "positive semidefinite" if positive else "negative semidefinite"
    verdict = Verdict.MINIMUM if positive else Verdict.MAXIMUM
    return _Finding(
        verdict,
        (*lead, f" is {kind} everywhere, so all stationary points are of this kind"),
        False,
    )


def _because(minors: tuple[Derivation, ...]) -> Words:
    """The leading principal minors, as a reason."""
    if not minors:
        return ()
    words: list[str | Basic] = [
        ": its leading principal minors are " if len(minors) > 1 else ": its only entry is "
    ]
    for position, minor in enumerate(minors):
        if position:
            words.append(" and " if position == len(minors) - 1 else ", ")
        words.append(minor.result)
    return tuple(words)


# -- letters -------------------------------------------------------------------------------

_STRICT = {Sign.POSITIVE: 1, Sign.NEGATIVE: -1}
_WEAK = {Sign.POSITIVE: 1, Sign.NOT_NEGATIVE: 1, Sign.NEGATIVE: -1, Sign.NOT_POSITIVE: -1}


def _by_letters(
    expression: Basic,
    entries: Sequence[Sequence[Basic]],
    hessian: Basic,
    minors: tuple[Derivation, ...],
    constant: bool,
) -> _Finding:
    data = has_data(expression)
    lead: Words = ("the Hessian ", hessian)
    known = [known_sign(minor.result, data) for minor in minors]
    if len(minors) == len(entries):
        signs = [found.sign for found in known]
        if all(sign is Sign.POSITIVE for sign in signs):
            return _Finding(
                Verdict.MINIMUM, (*lead, " is positive definite", *_because(minors)), True
            )
        if all(_STRICT.get(sign) == (-1) ** size for size, sign in enumerate(signs, 1)):
            return _Finding(
                Verdict.MAXIMUM, (*lead, " is negative definite", *_because(minors)), True
            )
        if len(entries) == 2:
            finding = _two_by_two(entries, lead, minors, known[1], constant, data)
            if finding is not None:
                return finding
    quadratic = _WEAK.get(known_sign(expression, data).sign)
    if constant and quadratic is not None:
        verdict, bound, kind = (
            (Verdict.MINIMUM, "negative", "positive semidefinite")
            if quadratic > 0
            else (Verdict.MAXIMUM, "positive", "negative semidefinite")
        )
        return _Finding(
            verdict,
            (f"the function is quadratic and never {bound}, so ", *lead, f" is {kind}"),
        )
    return _Finding(Verdict.UNDECIDED, ("the signs of the minors of ", hessian, " are not known"))


def _two_by_two(
    entries: Sequence[Sequence[Basic]],
    lead: Words,
    minors: tuple[Derivation, ...],
    determinant: Known,
    constant: bool,
    data: bool,
) -> _Finding | None:
    """What the determinant and the diagonal of a 2 × 2 Hessian tell."""
    if determinant.sign is Sign.NEGATIVE:
        words: Words = (*lead, " has the negative determinant ", minors[1].result)
        return _Finding(Verdict.SADDLE, words, False)
    diagonal = [_WEAK.get(known_sign(entries[k][k], data).sign) for k in (0, 1)]
    if not constant or _WEAK.get(determinant.sign) != 1 or diagonal[0] is None:
        return None
    if diagonal[0] != diagonal[1]:
        return None
    verdict = Verdict.MINIMUM if diagonal[0] > 0 else Verdict.MAXIMUM
    kind = "positive" if diagonal[0] > 0 else "negative"
    below = "below" if diagonal[0] > 0 else "above"
    words = (
        *lead,
        f" is {kind} semidefinite: no entry on its diagonal is {below} 0, and its determinant ",
        minors[1].result,
        " is not negative",
    )
    if determinant.because:
        words = (*words, f" by {determinant.because}")
    if determinant.unless:
        words = (*words, f"; it is {kind} definite unless {determinant.unless}")
    return _Finding(verdict, words, None)


# -- data ----------------------------------------------------------------------------------


def _with_data(
    finding: _Finding,
    entries: Sequence[Sequence[Basic]],
    columns: Columns,
    minors: tuple[Derivation, ...],
    constant: bool,
    book: RuleBook,
) -> tuple[_Finding, tuple[Derivation, ...]]:
    """What the Hessian says once the data are filled in."""
    filled = [[evaluate(entry, {}, columns, book).result for entry in row] for row in entries]
    numbers = _numbers(filled)
    if numbers is None:
        return finding, minors
    of_data = leading_minors(filled, book)
    found = _by_numbers(numbers, _matrix(filled), of_data, constant)
    words: Words = ("with the data ", *found.reason)
    if finding.verdict is Verdict.UNDECIDED:
        return replace(found, reason=words), of_data
    return replace(finding, reason=(*finding.reason, "; ", *words), is_strict=found.is_strict), minors
