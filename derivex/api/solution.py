"""What ``derivex.solve`` and ``derivex.descend`` give."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from sympy import Symbol
from sympy.core.basic import Basic

import derivex.rendering.descent_outline
import derivex.rendering.solution_outline  # noqa: F401  # registers the outlines
from derivex.api.inputs import (
    Data,
    Expression,
    Point,
    Problem,
    Variables,
    make_problem,
    parts_outside_brackets,
    read_value,
)
from derivex.api.showing import Shown
from derivex.derivation import Status
from derivex.descent import Descent as DescentRecord
from derivex.descent import (
    Iterate,
    Options,
    Progress,
    exact_value,
    method_named,
    schedule_named,
)
from derivex.descent import descend as run_descent
from derivex.descent.coordinates import entries_of
from derivex.descent.figures import nearest
from derivex.engine import evaluate, filled_in
from derivex.engine import gradient as derive_gradient
from derivex.errors import ProblemError
from derivex.expression import ONE, And, Column, Relation, Row, free_symbols, value_of
from derivex.expression.array_nodes import ArrayName
from derivex.expression.lower import lower
from derivex.notation import Scope, TextWriter, read_condition, read_relation
from derivex.rulebook import RuleBook
from derivex.solving import Solution as EquationSolution
from derivex.solving import (
    StationarySolution,
    constrained_points,
    stationary_points,
    vector_stationary_point,
)
from derivex.solving import solve as solve_equations

__all__ = ["Descent", "Solution", "descend", "solve"]


@dataclass(frozen=True, repr=False, eq=False)
class Solution(Shown):
    """A solved problem: the stationary points of a function, or a system of equations.

    Args:
        record: the moves, and for stationary points the derivations and the verdict.

    >>> import derivex
    >>> found = derivex.solve("3a^2 + b^2 - ab + a")
    >>> found.result, found.verdict
    ([{a: -2/11, b: -1/11}], 'minimum')
    """

    what: ClassVar[str] = "The solution of"
    record: StationarySolution | EquationSolution

    @property
    def asked(self) -> Basic:
        """What was handed in, as it was read: the function, or the equations."""
        if isinstance(self.record, StationarySolution):
            return self.record.gradient.expression
        equations = self.record.equations
        return equations[0] if len(equations) == 1 else Row(*equations)

    def _what(self) -> str:
        stationary = isinstance(self.record, StationarySolution)
        return "The stationary points of" if stationary else self.what

    @property
    def equations(self) -> EquationSolution:
        """The equations and how they were solved."""
        return self.record.solution if isinstance(self.record, StationarySolution) else self.record

    @property
    def expression(self) -> Mapping[Symbol, Basic]:
        """What each unknown is, as a written tree; with data, the general form."""
        return self.equations.results

    @cached_property
    def result(self) -> list[dict[Any, Any]]:
        """The solutions as SymPy objects; for data the values; an empty list if there is none."""
        functions = self.book.functions
        if self.equations.case is not None and self.equations.values is None:
            return [
                {name: lower(value, functions) for name, value in point.values.items()}
                for point in self.equations.points
            ]
        values = self.equations.values
        found = values.results if values is not None else self.equations.closed
        if not found:
            return []
        return [{name: lower(value, functions) for name, value in found.items()}]

    @property
    def verdict(self) -> str | None:
        """What the stationary point is: minimum, maximum, saddle, inflection point, undecided …"""
        if isinstance(self.record, StationarySolution) and self.record.classification:
            return self.record.classification.verdict.value
        return self.verdicts[0] if len(self.verdicts) == 1 else None

    @property
    def verdicts(self) -> list[str]:
        """What each stationary point is, in the order of ``result``."""
        record = self.record
        if not isinstance(record, StationarySolution):
            return []
        if record.classification is not None:
            return [record.classification.verdict.value]
        return [kind.verdict.value for kind in record.kinds]

    @property
    def status(self) -> str:
        """How it ended, in words."""
        return self.record.status


@dataclass(frozen=True, repr=False, eq=False)
class Descent(Shown):
    """A run of gradient descent.

    Args:
        record: the history, and the first steps with their arithmetic.

    >>> import derivex
    >>> derivex.descend("x^2", start="x = 1", rate="0.25", steps=2).result
    {x: 1/4}
    """

    what: ClassVar[str] = "Gradient descent on"
    record: DescentRecord

    @property
    def asked(self) -> Basic:
        """The expression as it was read."""
        return self.record.gradient.expression

    @property
    def status(self) -> Status:
        """Whether a derivative is left that no rule covers."""
        return self.record.gradient.status

    @property
    def ending(self) -> str:
        """Why it ended, in words."""
        return self.record.ending.value

    @property
    def history(self) -> tuple[Iterate, ...]:
        """Where it was, from the start to the end; of a long run not all points."""
        return self.record.history

    @property
    def expression(self) -> Mapping[Any, Basic]:
        """The point that was found, as written trees: the last, or the best if it went wrong."""
        return self.record.result

    @cached_property
    def result(self) -> dict[Any, Any]:
        """The point that was found, as SymPy objects."""
        return {name: lower(value) for name, value in self.record.result.items()}


def solve(
    expression: Expression,
    by: Variables = None,
    *,
    eliminate: str | Symbol | None = None,
    means: bool = False,
    let: str | Iterable[str] = (),
    data: Data = None,
    rules: str | Path | RuleBook | None = None,
    within: str | Iterable[str] = (),
    subject_to: str | Iterable[str] = (),
) -> Solution:
    """Where the gradient of an expression is zero, step by step, and what is there.

    Equations instead of an expression are solved: ``"2x + 3 = 7"``, or several, separated by
    commas.

    Args:
        expression: text or a SymPy expression.
        by: the unknowns; all letters of the expression, in order, if left out.
        eliminate: the unknown that is replaced first.
        means: whether sums over the data are written as means.
        let: definitions that the expression uses.
        data: columns of numbers for indexed names.
        rules: a rule file whose rules are used as well, or a rule book used instead.
        within: where solutions are looked for: ``"0 <= x <= 2pi"``, for equations with sin and
            the like; by default one period.
        subject_to: equations that the points have to satisfy, ``"x + y = 1"``: then by Lagrange
            multipliers.

    Raises:
        DerivexError: something that cannot be read, or a question without an answer.

    >>> found = solve("3a^2 + b^2 - ab + a")
    >>> found.status, found.result
    ('minimum', [{a: -2/11, b: -1/11}])
    >>> solve("2x + 3 = 7").result
    [{x: 2}]
    """
    problem = make_problem(expression, by, None, let, data, rules, equations=True)
    if len(problem.by) == 1 and isinstance(problem.by[0], ArrayName):
        filled = filled_in(problem.expression, problem.definitions)
        if problem.equations(filled) or subject_to or within:
            raise ProblemError("for a vector only a gradient can be set to zero as yet")
        found = vector_stationary_point(filled, problem.by[0], problem.book)
        return Solution(found, problem.book, problem.notes, problem.declarations)
    unknowns = _symbols(problem.by) or problem.variables()
    if not unknowns:
        raise ProblemError("there is no unknown", hint="name the unknowns: --by a,b")
    first = None
    if eliminate is not None:
        name = eliminate if isinstance(eliminate, str) else eliminate.name
        first = next((unknown for unknown in unknowns if unknown.name == name), None)
        if first is None:
            known = " and ".join(unknown.name for unknown in unknowns)
            raise ProblemError(f"{name} is not one of the unknowns, which are {known}")
    filled = filled_in(problem.expression, problem.definitions)
    equations = problem.equations(filled)
    relations = read_intervals(within, problem)
    record: StationarySolution | EquationSolution
    if equations:
        record = solve_equations(
            equations,
            unknowns,
            problem.book,
            eliminate=first,
            means=means,
            columns=problem.columns or None,
            within=relations,
        )
    elif subject_to:
        constraints = read_constraints(subject_to, problem, unknowns)
        record = constrained_points(filled, unknowns, constraints, problem.book, relations)
    else:
        record = stationary_points(
            filled,
            unknowns,
            problem.book,
            eliminate=first,
            means=means,
            columns=problem.columns or None,
            within=relations,
        )
    return Solution(record, problem.book, problem.notes, problem.declarations)


def read_constraints(
    texts: str | Iterable[str], problem: Problem, unknowns: Iterable[Symbol]
) -> tuple[Basic, ...]:
    """Equations, each in a text of its own or separated by commas.

    Raises:
        ReadError: a text that is no equation.
    """
    functions = {**problem.book.functions, **problem.definitions.functions}
    letters = {name.name for name in (*unknowns, *free_symbols(problem.expression))}
    scope = Scope(functions=functions).declare(*sorted(letters))
    found = []
    for text in [texts] if isinstance(texts, str) else texts:
        for part in parts_outside_brackets(text):
            read = read_relation(part, scope).expression
            found.append(filled_in(read, problem.definitions))
    return tuple(found)


def read_intervals(within: str | Iterable[str], problem: Problem) -> tuple[Basic, ...]:
    """Relations such as 0 ≤ x < 2π, one by one.

    Raises:
        ReadError: a text that is no condition.
        ProblemError: something other than a letter between two numbers.
    """
    scope = Scope(functions=problem.book.functions)
    found: list[Basic] = []
    for text in [within] if isinstance(within, str) else within:
        condition = read_condition(text, scope).expression
        parts = condition.args if type(condition) is And else (condition,)
        for part in parts:
            sides = [side for side in part.args if not isinstance(side, Symbol)]
            if not isinstance(part, Relation) or len(sides) != 1 or free_symbols(sides[0]):
                raise ProblemError(
                    f"“{text}” does not say between which numbers a letter lies",
                    hint="write 0 <= x <= 2pi",
                )
            found.append(part)
    return tuple(found)


def _symbols(names: tuple[Basic, ...]) -> tuple[Symbol, ...]:
    for name in names:
        if not isinstance(name, Symbol):
            raise ProblemError("an unknown is a plain letter, not an entry such as a_i")
    return tuple(name for name in names if isinstance(name, Symbol))


def descend(
    expression: Expression,
    *,
    start: Point,
    rate: str | float | Basic,
    steps: int | None = None,
    tolerance: str | float | Basic | None = None,
    method: str = "plain",
    parameters: Mapping[str, str | float | Basic] | None = None,
    schedule: str = "constant",
    end_rate: str | float | Basic = 0,
    exact: bool = False,
    let: str | Iterable[str] = (),
    data: Data = None,
    rules: str | Path | RuleBook | None = None,
    progress: Progress | None = None,
) -> Descent:
    """Gradient descent.

    The arithmetic of a few steps is written out, with 12 digits.  Many steps, and those until
    the change is at most a tolerance, are searched in floating point; of these the first is
    written out, and there is a history.  Control-C ends a search with the best point so far.

    Args:
        expression: text or a SymPy expression.
        start: where to begin: ``"a = 1, b = 0"``; its names are the variables.
        rate: the learning rate, that of the first step.
        steps: how many steps are taken; at most so many, where there is a tolerance.  One, or
            with a tolerance 10 000, if left out.
        tolerance: it ends when no variable changes by more than that in a step.
        method: ``"plain"``, ``"momentum"`` or ``"adam"``.
        parameters: those of the method: ``{"beta": 0.8}`` for momentum; for Adam ``beta_1``,
            ``beta_2`` and ``epsilon``.
        schedule: ``"constant"``, ``"linear"`` or ``"cosine"``.
        end_rate: the rate that a schedule goes to.
        exact: whether all numbers are fractions, and none is rounded.
        let: definitions that the expression uses.
        data: columns of numbers for indexed names.
        rules: a rule file whose rules are used as well, or a rule book used instead.
        progress: called after each step of a search with the number of steps and the change.

    Raises:
        DerivexError: something that cannot be read, or a question without an answer.

    >>> descend("a^2 + b^2", start="a = 1, b = 2", rate="0.1", steps=3).result
    {a: 64/125, b: 128/125}
    >>> found = descend("a^2 + b^2", start="a = 1, b = 2", rate="0.1", tolerance="0.001")
    >>> found.record.taken, found.ending
    (28, 'the change was at most the tolerance')
    """
    problem = make_problem(expression, None, start, let, data, rules)
    if not problem.point:
        raise ProblemError("it is not said where to start", hint="for example: a = 1, b = 0")
    point = {name: _start(name, value, problem) for name, value in problem.point.items()}
    step = _number(read_value(rate), "the rate", problem)
    _refuse_missing(point, problem)
    gradient = derive_gradient(
        problem.expression, tuple(point), problem.book, None, problem.definitions
    )
    chosen = {
        name: exact_value(_number(read_value(value), name, problem))
        for name, value in (parameters or {}).items()
    }
    options = Options(
        step,
        steps,
        None if tolerance is None else _number(read_value(tolerance), "the tolerance", problem),
        method_named(method).with_parameters(chosen),
        schedule_named(schedule),
        _number(read_value(end_rate), "the rate at the end", problem),
        exact,
    )
    options.check()
    record = run_descent(
        gradient, point, options, problem.columns, problem.book, problem.definitions, progress
    )
    return Descent(record, problem.book, problem.notes, problem.declarations)


def _refuse_missing(point: Mapping[Basic, Basic], problem: Problem) -> None:
    """Refuse a start that leaves a letter without a value."""
    missing = [name.name for name in problem.variables() if name not in point]
    if missing:
        raise ProblemError(
            f"the start does not say what {' and '.join(missing)} is",
            hint=f"give every letter a value: {', '.join(f'{name} = 0' for name in missing)}",
        )


def _start(name: Basic, value: Basic, problem: Problem) -> Basic:
    """Where a letter begins, or a vector: a column of numbers."""
    if not isinstance(name, ArrayName):
        return _number(value, f"the start of {name}", problem)
    if name.columns is not ONE:
        raise ProblemError(
            f"{name.name} is a matrix; a descent moves letters, or the entries of one vector",
            hint="put the entries into a vector",
        )
    entries = entries_of(evaluate(value, {}, {}, problem.book).result)
    return Column(*[_number(each, f"an entry of {name.name}", problem) for each in entries])


def _number(value: Basic, what: str, problem: Problem) -> Basic:
    """The number that an expression such as 1/10 or 2·3 is.

    Raises:
        ProblemError: it is none.
    """
    found = evaluate(value, {}, {}, problem.book).result
    if value_of(found) is None and not free_symbols(found):
        value = found = nearest(found, 17, problem.book.functions) or found
    if value_of(found) is None:
        told = TextWriter().write(value)
        raise ProblemError(f"{what} is {told}, which is not a number", hint="write 0.1 or 1/10")
    return value if value_of(value) is not None else found
