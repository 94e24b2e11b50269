"""Stationary points: the gradient, set to zero, solved, checked and classified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation
from derivex.engine import (
    Columns,
    Form,
    FormKind,
    GradientDerivation,
    bring_into_form,
    gradient,
)
from derivex.errors import ProblemError
from derivex.expression import ZERO, Equation, Mean, Over, Total, transform
from derivex.expression.data import mean_as_total
from derivex.rulebook import RuleBook
from derivex.solving.classify import Classification, classify, with_data
from derivex.solving.corners import Corner
from derivex.solving.eliminate import Outcome
from derivex.solving.record import Words, written
from derivex.solving.solution import Solution
from derivex.solving.solver import solve
from derivex.solving.special_kinds import with_kinds
from derivex.solving.working import depends_on_any

__all__ = ["StationarySolution", "stationary_points"]


@dataclass(frozen=True, eq=False)
class StationarySolution:
    """The stationary points of a function.

    Args:
        gradient: the derivation of each partial derivative.
        solution: the partial derivatives set to zero, and solved.
        classification: what the point is; None where none was found, or where the equations were
            solved by cases.
        second: then the second derivatives, row by row.
        kinds: then what each of the points of the solution is, in the same order.
        corners: then points at which the function has a value and its gradient has none, with
            what they are.
        constraints: the equations that the points satisfy besides; the function is then that of
            Lagrange.
    """

    gradient: GradientDerivation
    solution: Solution
    classification: Classification | None
    second: tuple[tuple[Derivation, ...], ...] = ()
    kinds: tuple[Classification, ...] = ()
    corners: tuple[Corner, ...] = ()
    constraints: tuple[Basic, ...] = ()

    @property
    def status(self) -> str:
        """What was found, in words."""
        solution = self.solution
        if self.corners and not self.kinds:
            told = _counted([corner.verdict.value for corner in self.corners])
            where = "without derivative"
            if self.constraints:
                where = "that multipliers do not find"
            none = (
                "no" if solution.outcome is Outcome.NO_SOLUTION else "not known whether there is a"
            )
            return f"{none} stationary point; {told} {where}"
        if solution.outcome is Outcome.NO_SOLUTION:
            return f"no stationary point: {written(solution.reason)}"
        if solution.outcome is Outcome.UNDERDETERMINED and solution.free:
            names = " and ".join(name.name for name in solution.free)
            return f"many stationary points: {names} may be any number"
        if self.kinds:
            verdicts = [kind.verdict.value for kind in self.kinds]
            told = _counted(verdicts)
            return told if solution.outcome is Outcome.SOLVED else f"{told}, perhaps not all"
        if solution.outcome is Outcome.NOT_SOLVED:
            return solution.status
        assert self.classification is not None
        return self.classification.verdict.value

    def replay(self) -> None:
        """Redo every derivation and every move.

        Raises:
            RecordError: naming the first mismatch.
        """
        self.gradient.replay()
        self.solution.replay()
        for row in self.second:
            for entry in row:
                entry.replay()
        for kind in self.kinds:
            for derivation in (*kind.minors, *kind.proofs):
                derivation.replay()
        for corner in self.corners:
            for derivation in corner.proofs:
                derivation.replay()
        if self.classification is not None:
            for row in self.classification.entries:
                for entry in row:
                    entry.replay()
            for minor in self.classification.minors:
                minor.replay()


def stationary_points(
    expression: Basic,
    unknowns: Sequence[Symbol],
    book: RuleBook,
    *,
    eliminate: Symbol | None = None,
    means: bool = False,
    columns: Columns | None = None,
    within: Sequence[Basic] = (),
) -> StationarySolution:
    """Find where all partial derivatives are zero, and what kind of point it is.

    The partial derivatives are multiplied out before they are set to zero, so that a sum
    over data stands as s Σ_i a_i² + b Σ_i a_i − Σ_i a_i h_i.

    Args:
        expression: the function.
        unknowns: its variables, in order.
        book: the rules.
        eliminate: as for :func:`~derivex.solving.solve`.
        means: as for :func:`~derivex.solving.solve`.
        columns: the data.
        within: as for :func:`~derivex.solving.solve`.

    Raises:
        ProblemError: no variable, or a partial derivative that no rule covers.

    >>> from derivex.expression import Power, TWO, symbol
    >>> from derivex.rulebook import shipped_book
    >>> x = symbol("x")
    >>> found = stationary_points(Power(x, TWO), [x], shipped_book())
    >>> found.solution.results, found.status
    ({x: 0}, 'minimum')
    """
    if not unknowns:
        raise ProblemError("there is no variable", hint="name the variables: --by a,b")
    summed = means_as_sums(expression, unknowns, columns or {})
    notes: tuple[Words, ...] = ()
    if summed is not expression:
        notes = ((expression, " is worked as ", summed),)
        expression = summed
    derived = gradient(expression, unknowns, book)
    for partial, unknown in zip(derived.partials, derived.by, strict=True):
        if partial.stuck:
            raise ProblemError(f"the partial derivative by {unknown} is covered by no rule")
    derived = GradientDerivation(
        expression, derived.by, tuple(_multiplied_out(partial) for partial in derived.partials)
    )
    equations = [Equation(partial.result, ZERO) for partial in derived.partials]
    solution = solve(
        equations,
        unknowns,
        book,
        eliminate=eliminate,
        means=means,
        columns=columns,
        within=within,
        function=expression,
    )
    solution = replace(solution, notes=(*notes, *solution.notes))
    if solution.special:
        specials = with_kinds(expression, unknowns, solution.special, book)
        solution = replace(solution, special=specials)
    if solution.case is not None:
        return _with_kinds(expression, derived, solution, book, columns, within)
    classification = None
    if solution.outcome in (Outcome.SOLVED, Outcome.UNDERDETERMINED):
        classification = classify(
            expression, derived.by, derived.partials, solution.closed, book, columns
        )
    return StationarySolution(derived, solution, classification)


def means_as_sums(expression: Basic, unknowns: Sequence[Symbol], columns: Columns) -> Basic:
    """Means over the data in which unknowns stand as sums, which can be taken apart.

    >>> from derivex.expression import Mean, Times, symbol
    >>> s, a = symbol("s"), symbol("a")
    >>> means_as_sums(Mean(Times(s, a)), [s], {a: ()})
    Over(Total(Times(s, At(a, i)), i), n)
    """
    data = {name: None for name in columns if isinstance(name, Symbol)}

    def written(node: Basic) -> Basic:
        if type(node) is not Mean or not data or not depends_on_any(node, unknowns):
            return node
        total, count = mean_as_total(node, data).args
        return Over(Total(*total.args[:2]), count)  # over all data, as it is written without bounds

    return transform(expression, written)


def _counted(verdicts: Sequence[str]) -> str:
    """minimum, or 2 minima and 1 saddle."""
    if len(verdicts) == 1:
        return verdicts[0]
    plural = {"minimum": "minima", "maximum": "maxima"}
    alike = ("undecided", "varying", "neither")
    parts = []
    for verdict in dict.fromkeys(verdicts):
        count = verdicts.count(verdict)
        word = verdict if count == 1 else plural.get(verdict, f"{verdict}s")
        parts.append(f"{count} {verdict if verdict in alike else word}")
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + f" and {parts[-1]}"


def _with_kinds(
    expression: Basic,
    derived: GradientDerivation,
    solution: Solution,
    book: RuleBook,
    columns: Columns | None,
    within: Sequence[Basic],
) -> StationarySolution:
    """The points that the cases end with, classified one by one."""
    from derivex.solving.completing import enclosure
    from derivex.solving.corners import corners_of
    from derivex.solving.kinds import kinds_of_points
    from derivex.solving.real_solutions import real_solutions

    unknowns = solution.unknowns
    corners, unsolved = corners_of(expression, unknowns, solution, book, within)
    if unsolved:
        solution = replace(solution, notes=(*solution.notes, _kinks_left(unsolved)))
    if not solution.points:
        return StationarySolution(derived, solution, None, corners=corners)
    certificate = None
    if any(not point.exact for point in solution.points):
        certificate = real_solutions(solution.equations, unknowns)
    enclosures = [
        enclosure(point, certificate, solution.equations, book) for point in solution.points
    ]
    second, kinds = kinds_of_points(
        expression, unknowns, derived.partials, solution.points, enclosures, book
    )
    if columns:
        kinds = tuple(with_data(kind, columns, book) for kind in kinds)
    return StationarySolution(derived, solution, None, second, kinds, corners)


def _kinks_left(unsolved: Sequence[Basic]) -> Words:
    words: Words = ("kinks were not looked at to their end: ",)
    for place, each in enumerate(unsolved):
        words = (*words, ", " if place else "", each)
    return (*words, "; a minimum or maximum there may be missing")


def _multiplied_out(partial: Derivation) -> Derivation:
    try:
        return bring_into_form(partial, Form(FormKind.EXPANDED))
    except ProblemError:
        return partial  # too many terms when multiplied out: it stays as it is
