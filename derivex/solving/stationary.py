"""Stationary points: the gradient, set to zero, solved, checked and classified."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
from derivex.expression import ZERO, Equation
from derivex.rulebook import RuleBook
from derivex.solving.classify import Classification, classify
from derivex.solving.eliminate import Outcome
from derivex.solving.record import written
from derivex.solving.solution import Solution, solve

__all__ = ["StationarySolution", "stationary_points"]


@dataclass(frozen=True, eq=False)
class StationarySolution:
    """The stationary points of a function.

    Args:
        gradient: the derivation of each partial derivative.
        solution: the partial derivatives set to zero, and solved.
        classification: what the point is; None where none was found.
    """

    gradient: GradientDerivation
    solution: Solution
    classification: Classification | None

    @property
    def status(self) -> str:
        """What was found, in words."""
        solution = self.solution
        if solution.outcome is Outcome.NO_SOLUTION:
            return f"no stationary point: {written(solution.reason)}"
        if solution.outcome is Outcome.UNDERDETERMINED and solution.free:
            names = " and ".join(name.name for name in solution.free)
            return f"many stationary points: {names} may be any number"
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
    derived = gradient(expression, unknowns, book)
    for partial, unknown in zip(derived.partials, derived.by, strict=True):
        if partial.stuck:
            raise ProblemError(f"the partial derivative by {unknown} is covered by no rule")
    derived = GradientDerivation(
        expression, derived.by, tuple(_multiplied_out(partial) for partial in derived.partials)
    )
    equations = [Equation(partial.result, ZERO) for partial in derived.partials]
    solution = solve(equations, unknowns, book, eliminate=eliminate, means=means, columns=columns)
    classification = None
    if solution.outcome in (Outcome.SOLVED, Outcome.UNDERDETERMINED):
        classification = classify(
            expression, derived.by, derived.partials, solution.results, book, columns
        )
    return StationarySolution(derived, solution, classification)


def _multiplied_out(partial: Derivation) -> Derivation:
    try:
        return bring_into_form(partial, Form(FormKind.EXPANDED))
    except ProblemError:
        return partial  # too many terms when multiplied out: it stays as it is
