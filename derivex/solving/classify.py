"""Is a stationary point a minimum, a maximum, a saddle?  By the Hessian, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
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
from derivex.expression import Matrix, Row, number, substitute, value_of
from derivex.rulebook import RuleBook
from derivex.solving.definiteness import Finding, Verdict, by_definition, by_letters, by_numbers
from derivex.solving.minors import leading_minors
from derivex.solving.record import Words, written
from derivex.solving.working import depends_on_any

__all__ = ["Classification", "Verdict", "classify", "second_derivatives", "with_data"]


@dataclass(frozen=True, eq=False)
class Classification:
    """What a stationary point is, and the proof.

    Args:
        verdict: what the point is.
        reason: why, in words.
        hessian: the matrix of second derivatives at the point.
        entries: the derivation of each second derivative, row by row; the matrix is
            symmetric, and equal entries share one derivation.
        minors: the leading principal minors with their computation.
        is_global: whether it holds for the whole function, not only near the point.
        is_strict: whether it is the only such point; None where that depends on the data.
        proofs: derivations that the reason speaks of, where the Hessian is not enough.
    """

    verdict: Verdict
    reason: Words
    hessian: Basic
    entries: tuple[tuple[Derivation, ...], ...]
    minors: tuple[Derivation, ...]
    is_global: bool
    is_strict: bool | None
    proofs: tuple[Derivation, ...] = ()

    @property
    def says(self) -> str:
        """The verdict and its reason, as text."""
        return f"{self.verdict.value}: {written(self.reason)}"


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
    derivations = second_derivatives(unknowns, partials, book)
    general = [[found.result for found in row] for row in derivations]
    constant = not any(depends_on_any(entry, unknowns) for row in general for entry in row)
    entries = [[_at_point(entry, results, book) for entry in row] for row in general]
    hessian = _matrix(entries)
    minors = leading_minors(entries, book)
    numbers = _numbers(entries)
    if numbers is not None:
        finding = by_numbers(numbers, hessian, minors, constant)
    else:
        finding = by_letters(expression, entries, hessian, minors, constant)
        if columns:
            finding, minors = _with_data(finding, entries, columns, minors, constant, book)
    is_global = constant
    if finding.verdict is Verdict.UNDECIDED and not columns:
        here = _at_point(expression, results, book)
        proven = None if depends_on_any(here, unknowns) else by_definition(expression, here, book)
        finding, is_global = (finding, constant) if proven is None else (proven, True)
    return Classification(
        finding.verdict, finding.reason, hessian, derivations, minors, is_global, finding.is_strict
    )


def second_derivatives(
    unknowns: Sequence[Symbol], partials: Sequence[Derivation], book: RuleBook
) -> tuple[tuple[Derivation, ...], ...]:
    """The second derivatives, row by row, multiplied out; equal ones share a derivation.

    Args:
        unknowns: the variables.
        partials: the derivations of the first derivatives, in the same order.
        book: the rules.
    """
    found: dict[tuple[int, int], Derivation] = {}
    for row, partial in enumerate(partials):
        for column in range(row, len(unknowns)):
            second = differentiate(partial.result, [unknowns[column]], book)
            with suppress(ProblemError):  # too many terms when multiplied out: it stays
                second = bring_into_form(second, Form(FormKind.EXPANDED))
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


# -- data ----------------------------------------------------------------------------------


def with_data(kind: Classification, columns: Columns, book: RuleBook) -> Classification:
    """The same with what the Hessian says once the data are filled in.

    Args:
        kind: what is known of a point.
        columns: the data.
        book: the rules.
    """
    entries = [list(row.args) for row in kind.hessian.args]
    if _numbers(entries) is not None:
        return kind
    finding = Finding(kind.verdict, kind.reason, kind.is_strict)
    found, minors = _with_data(finding, entries, columns, kind.minors, kind.is_global, book)
    return replace(
        kind,
        verdict=found.verdict,
        reason=found.reason,
        is_strict=found.is_strict,
        minors=minors,
    )


_LONG = 12  # the figures beyond which numbers that come of data are shown rounded


def _by_long_numbers(
    numbers: list[list[Fraction]],
    filled: Sequence[Sequence[Basic]],
    minors: tuple[Derivation, ...],
    constant: bool,
) -> Finding:
    """What a Hessian of numbers tells, rounded in the words where these would be long."""
    shown = [[_short(entry) for entry in row] for row in filled]
    if _matrix(shown) is _matrix(filled):
        return by_numbers(numbers, _matrix(filled), minors, constant)
    found = by_numbers(numbers, _matrix(shown), (), constant)
    reason: Words = ("the Hessian, about ", *found.reason[1:])
    if found.verdict in (Verdict.MINIMUM, Verdict.MAXIMUM) and minors and found.is_strict:
        reason = (*reason, ": its leading principal minors are about ")
        for place, minor in enumerate(minors):
            between = "" if not place else " and " if place == len(minors) - 1 else ", "
            reason = (*reason, *([between] if between else []), _short(minor.result))
    return replace(found, reason=reason)


def _short(entry: Basic) -> Basic:
    value = value_of(entry)
    if value is None or len(f"{value.numerator}{value.denominator}") <= 2 * _LONG:
        return entry
    return number(Fraction(f"{float(value):.6g}"), decimal=True)


def _with_data(
    finding: Finding,
    entries: Sequence[Sequence[Basic]],
    columns: Columns,
    minors: tuple[Derivation, ...],
    constant: bool,
    book: RuleBook,
) -> tuple[Finding, tuple[Derivation, ...]]:
    """What the Hessian says once the data are filled in."""
    filled = [[evaluate(entry, {}, columns, book).result for entry in row] for row in entries]
    numbers = _numbers(filled)
    if numbers is None:
        return finding, minors
    of_data = leading_minors(filled, book)
    found = _by_long_numbers(numbers, filled, of_data, constant)
    words: Words = ("with the data ", *found.reason)
    if finding.verdict is Verdict.UNDECIDED:
        return replace(found, reason=words), of_data
    reason = (*finding.reason, "; ", *words)
    return replace(finding, reason=reason, is_strict=found.is_strict), minors
