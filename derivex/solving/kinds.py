"""What each of several stationary points is: by the Hessian, and beyond it where it vanishes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation
from derivex.engine import normal_phase
from derivex.equality.balls import evaluate, precision
from derivex.errors import ProblemError
from derivex.expression import (
    Matrix,
    Row,
    free_symbols,
    number,
    substitute,
    value_of,
)
from derivex.matching import NO_FACTS
from derivex.matching.curvature import Curvature
from derivex.rulebook import RuleBook
from derivex.solving.beside import bends, sign_at, with_branches
from derivex.solving.classify import Classification, second_derivatives
from derivex.solving.definiteness import (
    Finding,
    Verdict,
    by_definition,
    by_letters,
    by_numbers,
    by_second_derivative,
)
from derivex.solving.flat import kernel_of
from derivex.solving.flat_directions import along, by_splitting, directions
from derivex.solving.inertia import inertia
from derivex.solving.jointly import joint_curvature
from derivex.solving.kinks import by_slopes
from derivex.solving.minor_signs import (
    by_minor_signs,
    determinant_of,
    principal_minors,
    shown_decimal,
)
from derivex.solving.minors import leading_minors
from derivex.solving.on_curves import across, between_bounds, zero_on_curve
from derivex.solving.points import BITS, Point
from derivex.solving.record import Words
from derivex.solving.working import VALUES, depends_on_any

__all__ = ["kinds_of_points"]

_HIGHEST = 8  # the order of the last derivative that is looked at along a line


class Kinds:
    """Classifies the stationary points of one function.

    Args:
        expression: the function.
        unknowns: its variables.
        entries: its second derivatives.
        book: the rules.
    """

    def __init__(
        self,
        expression: Basic,
        unknowns: Sequence[Symbol],
        entries: Sequence[Sequence[Derivation]],
        book: RuleBook,
    ):
        self.expression = expression
        self.unknowns = tuple(unknowns)
        self.entries = entries
        self.book = book
        self.general = [[found.result for found in row] for row in entries]
        self.constant = not any(
            depends_on_any(entry, unknowns) for row in self.general for entry in row
        )
        self.curvature = self._curvature()
        self.bends = bends(with_branches(expression, book), self.unknowns)

    # -- the whole function ------------------------------------------------------------------

    def _curvature(self) -> tuple[Verdict, str] | None:
        """Whether the function is convex or concave everywhere, and how that is known."""
        found = joint_curvature(self.expression, self.unknowns, self.book)
        if found & Curvature.CONVEX:
            return Verdict.MINIMUM, "the function is convex, as a sum of convex functions"
        if found & Curvature.CONCAVE:
            return Verdict.MAXIMUM, "the function is concave, as a sum of concave functions"
        signs = [
            NO_FACTS.signs(normal_phase(minor, self.book, *VALUES).result)
            for minor in principal_minors(self.general)
        ]
        if signs and all(-1 not in sign for sign in signs):
            return Verdict.MINIMUM, (
                "no principal minor of the Hessian is negative anywhere, so the function is convex"
            )
        return None

    def at(self, point: Point, balls: Mapping[Symbol, Any] | None) -> Classification:
        """What one point is."""
        if not point.exact:
            assert balls is not None
            return self._rounded(point, balls)
        values = dict(point.values)
        if point.is_single and any(sign_at(each, values, self.book) == 0 for each in self.bends):
            return self._where_branches_meet(point, values)
        entries = [[self._filled(entry, values) for entry in row] for row in self.general]
        hessian = Matrix(*[Row(*row) for row in entries])
        minors = leading_minors(entries, self.book)
        proofs: tuple[Derivation, ...] = ()
        numbers = [[value_of(entry) for entry in row] for row in entries]
        whole = [[value for value in row if value is not None] for row in numbers]
        if all(len(row) == len(entries) for row in whole):
            finding = by_numbers(whole, hessian, minors, self.constant)
        elif any(free_symbols(entry) for row in entries for entry in row):
            settled = not any(
                depends_on_any(entry, self.unknowns) for row in entries for entry in row
            )
            finding = by_letters(self.expression, entries, hessian, minors, self.constant, settled)
            whole = []
        else:
            finding = self._by_digits(entries, hessian, minors)
            whole = []
        is_global, better = self.constant, None
        if finding.verdict is Verdict.UNDECIDED:
            better = self._beyond(point, values, hessian, whole, finding)
            if better is not None:
                finding, proofs, is_global = better
        finding, is_global = self._globally(finding, is_global)
        if better is not None and not point.is_single:
            minors = ()  # they are 0, and have not decided
        return Classification(
            finding.verdict,
            finding.reason,
            hessian,
            (),
            minors,
            is_global,
            finding.is_strict,
            proofs,
        )

    def _where_branches_meet(self, point: Point, values: dict[Symbol, Basic]) -> Classification:
        """A point such as 0 of x |x|, at which the second derivatives are no guide."""
        hessian = Matrix(*[Row(*row) for row in self.general])
        finding, is_global = None, False
        if len(values) == 1:
            ((unknown, place),) = values.items()
            kinked = by_slopes(self.expression, unknown, place, self.book)
            if kinked is not None:
                finding = Finding(kinked.verdict, kinked.reason)
                is_global = kinked.is_global
        if finding is None:
            finding = self._by_definition(point, values, hessian)
            is_global = finding is not None
        if finding is None:
            words: Words = ("branches of the function meet here, so its Hessian does not decide",)
            finding = Finding(Verdict.UNDECIDED, words)
        finding, is_global = self._globally(finding, is_global)
        return Classification(
            finding.verdict, finding.reason, hessian, (), (), is_global, finding.is_strict
        )

    def _filled(self, entry: Basic, values: Mapping[Symbol, Basic]) -> Basic:
        return normal_phase(substitute(entry, dict(values)), self.book, *VALUES).result

    def _globally(self, finding: Finding, known: bool) -> tuple[Finding, bool]:
        """Say where a minimum is one of the whole function."""
        if known or self.curvature is None:
            return finding, known
        if finding.verdict not in (self.curvature[0], Verdict.UNDECIDED):
            return finding, known
        verdict, why = self.curvature
        words: Words = (*finding.reason, f"; {why}, so it is a global {verdict.value}")
        return Finding(verdict, words, finding.is_strict), True

    # -- by digits ---------------------------------------------------------------------------

    def _by_digits(
        self, entries: list[list[Basic]], hessian: Basic, minors: tuple[Derivation, ...]
    ) -> Finding:
        """Numbers with roots: the signs of the minors by their digits."""
        with precision(BITS):
            try:
                values = [
                    [evaluate(entry, {}, self.book.functions, real=True).real for entry in row]
                    for row in entries
                ]
            except ProblemError:
                return Finding(Verdict.UNDECIDED, ("the Hessian ", hessian, " has no value"))
            if len(values) == 1 and values[0][0] != 0:
                return by_second_derivative(1 if values[0][0] > 0 else -1, entries[0][0])
            return by_minor_signs(values, ("the Hessian ", hessian), [m.result for m in minors])

    def _rounded(self, point: Point, balls: Mapping[Symbol, Any]) -> Classification:
        """A point of which digits are known: the Hessian in error bounds."""
        with precision(BITS):
            values = [
                [evaluate(entry, balls, self.book.functions, real=True).real for entry in row]
                for row in self.general
            ]
            shown = [[shown_decimal(value) for value in row] for row in values]
            hessian = Matrix(*[Row(*row) for row in shown])
            minors = [
                shown_decimal(determinant_of(values, size + 1)) for size in range(len(values))
            ]
            finding = by_minor_signs(values, ("the Hessian, about ", hessian, ","), minors, True)
            if len(values) == 1 and values[0][0] != 0:
                sign = 1 if values[0][0] > 0 else -1
                finding = by_second_derivative(sign, minors[0], about=True)
        finding, is_global = self._globally(finding, False)
        return Classification(
            finding.verdict, finding.reason, hessian, (), (), is_global, finding.is_strict
        )

    # -- where the Hessian does not decide ---------------------------------------------------

    def _beyond(
        self,
        point: Point,
        values: dict[Symbol, Basic],
        hessian: Basic,
        numbers: list[list[Fraction]],
        finding: Finding,
    ) -> tuple[Finding, tuple[Derivation, ...], bool] | None:
        by_definition = self._by_definition(point, values, hessian)
        if by_definition is not None:
            return by_definition, (), True
        by_bounds = between_bounds(self, point)
        if by_bounds is not None:
            return by_bounds, (), False
        if not numbers or not point.is_single:
            return across(self, point, values, hessian, numbers)
        positive, negative, _ = inertia(numbers)
        if positive and negative:
            return None
        sign = 1 if positive else -1 if negative else 0
        flat = kernel_of(numbers)
        lead: Words = ("the Hessian ", hessian, " is flat along ", Row(*map(number, flat[0])))
        if len(self.unknowns) == 1:
            lead = ("the second derivative is 0",)
        found: list[tuple[int, int, Words, Derivation]] = []
        for direction in directions(flat, len(self.unknowns)):
            told = along(self, values, direction)
            if told is None:
                continue
            order, up, words, proof = told
            if order % 2:
                reason = (*lead, "; ", *words, ", so it goes up on one side and down on the other")
                single = len(self.unknowns) == 1
                verdict = Verdict.INFLECTION if single else Verdict.SADDLE
                return Finding(verdict, reason, False), (proof,), False
            if len(self.unknowns) == 1:
                verdict = Verdict.MINIMUM if up > 0 else Verdict.MAXIMUM
                return Finding(verdict, (*lead, "; ", *words), True), (proof,), False
            if sign and up != sign:
                turn = "down" if up < 0 else "up"
                other = "up" if up < 0 else "down"
                reason = (*lead, "; ", *words, f", so it goes {turn} there and {other} elsewhere")
                return Finding(Verdict.SADDLE, reason, False), (proof,), False
            found.append(told)
        ups = {up for _, up, _, _ in found}
        if len(ups) == 2:
            first = next(each for each in found if each[1] > 0)
            second = next(each for each in found if each[1] < 0)
            reason = (*lead, "; ", *first[2], ", and ", *second[2])
            return Finding(Verdict.SADDLE, reason, False), (first[3], second[3]), False
        reduced = by_splitting(self, values, numbers, flat, sign, lead)
        if reduced is not None:
            return reduced, (), False
        words = (*lead, ", and higher derivatives along lines do not decide")
        return Finding(Verdict.UNDECIDED, words), (), False

    def _by_definition(
        self, point: Point, values: dict[Symbol, Basic], hessian: Basic
    ) -> Finding | None:
        """No value of the function is below (or above) the one at the point."""
        if point.relations:
            return zero_on_curve(self, point)
        here = self._filled(self.expression, values)
        if free_symbols(here) and not point.free:
            return None
        if depends_on_any(here, self.unknowns):
            return None
        found = by_definition(self.expression, here, self.book)
        return replace(found, is_strict=False) if found is not None and point.free else found


def kinds_of_points(
    expression: Basic,
    unknowns: Sequence[Symbol],
    partials: Sequence[Derivation],
    points: Sequence[Point],
    enclosures: Sequence[Mapping[Symbol, Any] | None],
    book: RuleBook,
) -> tuple[tuple[tuple[Derivation, ...], ...], tuple[Classification, ...]]:
    """The second derivatives of a function, and what each of its stationary points is.

    Args:
        expression: the function.
        unknowns: its variables.
        partials: the derivations of its partial derivatives, in the same order.
        points: the stationary points.
        enclosures: for rounded points balls that hold the exact values.
        book: the rules.
    """
    entries = second_derivatives(unknowns, partials, book)
    kinds = Kinds(expression, unknowns, entries, book)
    return entries, tuple(
        kinds.at(point, balls) for point, balls in zip(points, enclosures, strict=True)
    )
