"""What a slope tells: nudges, tangents and derivatives along a direction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, TypeAlias

from sympy import Symbol
from sympy.core.basic import Basic

import derivex.rendering.slope_outline  # noqa: F401  # registers the outlines
from derivex.api.by_limit import read_step
from derivex.api.inputs import Data, Expression, Point, Problem, Variables, make_problem, read_value
from derivex.api.showing import Shown
from derivex.derivation import Status
from derivex.engine.differentiability import Differentiability as DifferentiabilityRecord
from derivex.engine.differentiability import differentiability as judge_gradient
from derivex.engine.directional import Directional as DirectionalRecord
from derivex.engine.directional import directional_derivative
from derivex.engine.first_principles import refuse_no_limit
from derivex.engine.nudges import NudgeTable, nudges
from derivex.engine.tangent import Tangent as TangentRecord
from derivex.engine.tangent import tangent_at
from derivex.errors import ProblemError
from derivex.expression import free_symbols, substitute
from derivex.notation import Scope, read_components
from derivex.rulebook import RuleBook

__all__ = [
    "Differentiability",
    "Directional",
    "Nudges",
    "Tangent",
    "differentiability",
    "directional",
    "nudge",
    "tangent",
]

Direction: TypeAlias = str | Sequence[Any]


@dataclass(frozen=True, repr=False, eq=False)
class Nudges(Shown):
    """What a function does when its variable is nudged.

    Args:
        record: the table, and the derivative that the ratios go to.

    >>> import derivex
    >>> [str(row.ratio) for row in derivex.nudge("a^2", at="a = 2", by="0.001").record.rows][:2]
    ['4.001', '4.0001']
    """

    what: ClassVar[str] = "Nudging the variable of"
    record: NudgeTable

    @property
    def status(self) -> Status:
        """Whether the limit of the ratios was found."""
        return self.record.limit.status

    @property
    def expression(self) -> Basic:
        """What the ratios go to, as a written tree."""
        return self.record.limit.result


@dataclass(frozen=True, repr=False, eq=False)
class Tangent(Shown):
    """The slope of a function at a point, what its sign says, and the tangent line.

    Args:
        record: the derivations of slope, value and line.

    >>> import derivex
    >>> derivex.tangent("x^2", at="x = 2").result
    4*x - 4
    """

    what: ClassVar[str] = "The tangent to"
    record: TangentRecord

    @property
    def status(self) -> Status:
        """A tangent is always finished; where there is none, there is an error."""
        return self.record.slope.status

    @property
    def expression(self) -> Basic:
        """The right-hand side of the tangent's equation, as a written tree."""
        return self.record.line.result

    @property
    def sign(self) -> int | None:
        """−1, 0 or 1: decreasing, constant to first order, increasing; None if not known."""
        return self.record.sign


@dataclass(frozen=True, repr=False, eq=False)
class Directional(Shown):
    """A derivative along a direction.

    Args:
        record: the derivations, and what the direction is at the point.

    >>> import derivex
    >>> found = derivex.directional("x^2 + y^2", along="(3, -4)", at="x = 1, y = 2")
    >>> found.result, found.is_descent
    (-10, True)
    """

    what: ClassVar[str] = "The directional derivative of"
    record: DirectionalRecord

    @property
    def status(self) -> Status:
        """Whether a limit or a derivative is left that no rule covers."""
        return self.record.derivation.status

    @property
    def expression(self) -> Basic:
        """The derivative along the direction, as a written tree."""
        return self.record.derivation.result

    @property
    def is_unit(self) -> bool | None:
        """Whether the direction that was asked for has length 1; None if that is not known."""
        return self.record.is_unit

    @property
    def is_descent(self) -> bool | None:
        """Whether the function falls along the direction at the point; None if not known."""
        return None if self.record.sign is None else self.record.sign == -1


@dataclass(frozen=True, repr=False, eq=False)
class Differentiability(Shown):
    """What the definition of differentiability says of a claimed gradient.

    Args:
        record: the limit, and what follows from it.

    >>> import derivex
    >>> derivex.differentiability("x^2 + y^2", gradient="(2x, 2y)").holds
    True
    >>> derivex.differentiability("x^2 + y^2", gradient="(2x, 3y)").holds
    False
    """

    what: ClassVar[str] = "Differentiability of"
    record: DifferentiabilityRecord

    @property
    def status(self) -> Status:
        """Whether the limit was found."""
        return self.record.limit.status

    @property
    def holds(self) -> bool | None:
        """Whether the function has that gradient; None if that was not decided."""
        return self.record.holds

    @property
    def expression(self) -> Basic:
        """The limit, which is 0 if the claim is true, as a written tree."""
        return self.record.limit.result


def nudge(
    expression: Expression,
    variable: Variables = None,
    *,
    at: Point,
    by: str | int | float | Basic = "0.001",
    let: str | Iterable[str] = (),
    rules: str | Path | RuleBook | None = None,
) -> Nudges:
    """How far the value of a function moves when its variable is moved a little.

    Args:
        expression: text or a SymPy expression.
        variable: what is nudged; may be left out where there is one.
        at: the point: ``"a = 2"``; every letter needs a value.
        by: the first nudge; the others are a tenth of it, a hundredth, and so on.
        let: definitions that the expression uses.
        rules: a rule file whose rules are used as well, or a rule book used instead.

    Raises:
        DerivexError: something that cannot be read, a point outside of the domain, or a kink.

    >>> found = nudge("a^2", at="a = 2", by="0.01")
    >>> [str(row.ratio) for row in found.record.rows], found.result
    (['4.01', '4.001', '4.0001', '4.00001'], 4)
    """
    problem = make_problem(expression, variable, at, let, None, rules)
    nudged = _one_variable(problem)
    record = nudges(
        problem.expression,
        nudged,
        problem.point,
        read_value(by),
        problem.book,
        problem.definitions,
    )
    return Nudges(record, problem.book, problem.notes, problem.declarations)


def tangent(
    expression: Expression,
    by: Variables = None,
    *,
    at: Point,
    let: str | Iterable[str] = (),
    data: Data = None,
    rules: str | Path | RuleBook | None = None,
) -> Tangent:
    """The slope of a function at a point, what its sign says, and the tangent line.

    Args:
        expression: text or a SymPy expression.
        by: the variable; may be left out where there is one.
        at: the point: ``"x = 2"``.
        let: definitions that the expression uses.
        data: columns of numbers for indexed names.
        rules: a rule file whose rules are used as well, or a rule book used instead.

    Raises:
        DerivexError: something that cannot be read, or a point without a tangent.

    >>> found = tangent("x^2", at="x = 2")
    >>> found.result, found.sign
    (4*x - 4, 1)
    """
    problem = make_problem(expression, by, at, let, data, rules)
    record = tangent_at(
        problem.expression,
        _one_variable(problem),
        problem.point,
        problem.book,
        problem.definitions,
        problem.columns,
    )
    return Tangent(record, problem.book, problem.notes, problem.declarations)


def directional(
    expression: Expression,
    by: Variables = None,
    *,
    along: Direction,
    at: Point = None,
    unit: bool = False,
    from_limit: bool = False,
    step: str | None = None,
    let: str | Iterable[str] = (),
    rules: str | Path | RuleBook | None = None,
) -> Directional:
    """The derivative of a function along a direction, and what the direction is at a point.

    Args:
        expression: text or a SymPy expression.
        by: its variables; all letters of the expression, in order, if left out.
        along: the direction, a component for each variable: ``"(3, 4)"``.
        at: a point: whether the function falls along the direction there, and which direction
            is the steepest.
        unit: whether to divide the direction by its length first.
        from_limit: whether to find it by the limit instead of by ∇f · v.
        step: the letter of the increment in that limit; h otherwise.
        let: definitions that the expression uses.
        rules: a rule file whose rules are used as well, or a rule book used instead.

    Raises:
        DerivexError: something that cannot be read, a direction of length 0 or with another
            number of components than there are variables, or a limit that does not exist.

    >>> directional("x^2 y", along="(3, 4)", unit=True).result
    4*x**2/5 + 6*x*y/5
    """
    problem = make_problem(expression, by, at, let, None, rules)
    direction = _read_components(along, problem)
    variables = problem.by or tuple(
        name
        for name in problem.variables()
        if len(problem.variables()) == len(direction) or name not in _letters(direction)
    )
    record = directional_derivative(
        problem.expression,
        _symbols(variables),
        direction,
        problem.book,
        problem.definitions,
        problem.point,
        from_limit=from_limit or step is not None,
        unit=unit,
        increment=None if step is None else read_step(step),
    )
    if record.derivation.status is Status.STUCK and record.from_limit:
        # At a point it can be told whether there is a limit at all.
        refuse_no_limit(substitute(record.derivation.result, problem.point), problem.book)
    return Directional(record, problem.book, problem.notes, problem.declarations)


def differentiability(
    expression: Expression,
    by: Variables = None,
    *,
    gradient: Direction,
    at: Point = None,
    let: str | Iterable[str] = (),
    rules: str | Path | RuleBook | None = None,
) -> Differentiability:
    """Judge a claimed gradient by the definition of differentiability.

    Args:
        expression: text or a SymPy expression.
        by: its variables; all letters of the expression, in order, if left out.
        gradient: the gradient that is claimed, a component for each variable: ``"(2x, 2y)"``.
        at: a point; every point, if left out.
        let: definitions that the expression uses.
        rules: a rule file whose rules are used as well, or a rule book used instead.

    Raises:
        DerivexError: something that cannot be read, another number of components than of
            variables, a point outside of the domain, or a kink.

    >>> differentiability("x^2 + y^2", gradient="(2x, 3y)").record.finding.value
    'refuted'
    """
    problem = make_problem(expression, by, at, let, None, rules)
    record = judge_gradient(
        problem.expression,
        _symbols(problem.by or problem.variables()),
        _read_components(gradient, problem),
        problem.book,
        problem.definitions,
        problem.point,
    )
    return Differentiability(record, problem.book, problem.notes, problem.declarations)


def _read_components(along: Direction, problem: Problem) -> tuple[Basic, ...]:
    """The components of a direction or of a gradient.

    Raises:
        DerivexError: something that cannot be read.
    """
    letters = [*free_symbols(problem.expression), *problem.by]
    scope = Scope(functions=problem.book.functions).declare(*(name.name for name in letters))
    if isinstance(along, str):
        return read_components(along, scope)
    if not isinstance(along, Sequence):
        raise ProblemError(
            f"a direction or a gradient has a component for each variable; {along!r} is none",
            hint='write "(3, 4)"',
        )
    return tuple(read_value(component, scope) for component in along)


def _letters(direction: Sequence[Basic]) -> set[Symbol]:
    return {name for component in direction for name in free_symbols(component)}


def _one_variable(problem: Problem) -> Symbol:
    variables = _symbols(problem.by) or (problem.only_variable(),)
    if len(variables) > 1:
        raise ProblemError(
            "this is for one variable at a time",
            hint="for example: --by x; give the others a value with --at",
        )
    return variables[0]


def _symbols(names: Sequence[Basic]) -> tuple[Symbol, ...]:
    found = tuple(name for name in names if isinstance(name, Symbol))
    if len(found) < len(names):
        raise ProblemError("a variable here is a plain letter, not an entry such as a_i")
    return found
