"""What ``derivex.subgradient`` gives: a subdifferential, case by case or at a point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from sympy.core.basic import Basic

import derivex.rendering.subgradient_outline  # noqa: F401  # registers how sets are shown
from derivex.api.inputs import Expression, Point, Variables, make_problem
from derivex.api.showing import Shown
from derivex.derivation import Derivation, Detail, Line, Status
from derivex.engine.conventions import convention_named
from derivex.engine.subgradient import SubgradientDerivation, subgradients
from derivex.errors import ProblemError
from derivex.rulebook import RuleBook

__all__ = ["Subgradient", "subgradient"]


@dataclass(frozen=True, repr=False, eq=False)
class Subgradient(Shown):
    """A subdifferential, with every step.

    Its ``result`` is a SymPy set, or a ``Piecewise`` of sets; by a convention, of numbers.

    Args:
        record: the derivation, up to the set, or to the number chosen by a convention, and
            what it tells.

    >>> import derivex
    >>> derivex.subgradient("|x|", at="x = 0")
    ∂|x|
      = if x < 0 then {−1} else if x = 0 then [−1, 1] else if x > 0 then {1}     using the subdifferential of |x|
      = if 0 < 0 then {−1} else if 0 = 0 then [−1, 1] else if 0 > 0 then {1}     filling in the values
      = [−1, 1]                                                                  choosing the case that holds
    <BLANKLINE>
    0 lies in [−1, 1] and the function is convex, so x = 0 minimises it
    >>> derivex.subgradient("|x|", at="x = 0").result
    Interval(-1, 1)
    """  # noqa: E501

    what: ClassVar[str] = "The subgradients of"
    record: SubgradientDerivation

    @property
    def derivation(self) -> Derivation:
        """The derivation."""
        return self.record.derivation

    @property
    def verdict(self) -> str:
        """At a point, whether the function is least there; else empty."""
        return self.record.verdict

    @property
    def expression(self) -> Basic:
        """The result as a written tree."""
        return self.record.result

    @property
    def asked(self) -> Basic:
        """The function as it was read."""
        asked: Basic = self.derivation.start.args[0]
        return asked

    @property
    def status(self) -> Status:
        """Whether a subdifferential is left that no rule covers."""
        return self.derivation.status

    def lines(self, detail: str | Detail = Detail.TEXTBOOK) -> Iterator[Line]:
        """The lines of the derivation."""
        return self.derivation.lines(Detail(detail))


def subgradient(
    expression: Expression,
    by: Variables = None,
    *,
    at: Point = None,
    let: str | Iterable[str] = (),
    convention: str | None = None,
    assume: str | Iterable[str] = (),
    rules: str | Path | RuleBook | None = None,
) -> Subgradient:
    """All subgradients of a convex function of one variable, case by case.

    Args:
        expression: text, such as ``"max(x, 0) + |x|"``, or a SymPy expression.
        by: the variable; it may be left out where there is one.
        at: a point at which the set is asked for as well: ``"x = 0"``.
        let: definitions that the expression uses.
        convention: ``"left"``, ``"right"``, ``"middle"`` or ``"zero"``: which subgradient is
            taken where a single number is asked for.
        assume: what is known of letters: ``"a > 0"``.
        rules: a rule file whose rules are used as well, or a rule book used instead.

    Raises:
        DerivexError: something that cannot be read, or a question without an answer.

    Where it cannot be shown that the function is convex, the result says so (``status``).

    >>> subgradient("max(x, 0)", convention="zero").result.subs("x", 0)
    0
    """
    chosen = None if convention is None else convention_named(convention)
    problem = make_problem(expression, by, at, let, None, rules, assume=assume)
    if len(problem.by) > 1:
        raise ProblemError(
            "the subgradients by several variables at once are vectors; here one is taken",
            hint="name one variable: --by x",
        )
    variable = problem.by[0] if problem.by else problem.only_variable()
    found = subgradients(
        problem.expression,
        variable,
        problem.book,
        problem.definitions,
        problem.notes,
        problem.point,
        chosen,
        problem.assumptions,
    )
    return Subgradient(found, problem.book, problem.notes, problem.declarations)
