"""Implicit functions: both sides of an equation differentiated, and solved for the derivative.

Where y is given by an equation in x and y, both sides are functions of x once y stands for
y(x).  Equal functions have equal derivatives, and the equation that this gives is linear in
dy/dx, so that it is solved move by move.  The second derivative is that of the formula for
the first one, into which the first one is put again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation, Entry, Phase
from derivex.engine import TIDYING, Normaliser, evaluate, normal_phase
from derivex.engine.one_fraction import shorter_form, size_of
from derivex.equality import judge
from derivex.errors import ProblemError
from derivex.expression import (
    Apply,
    D,
    Dependence,
    Equation,
    ImplicitName,
    free_symbols,
    primed,
    substitute,
    symbol,
)
from derivex.notation import TextWriter
from derivex.rulebook import RuleBook
from derivex.solving.eliminate import Outcome
from derivex.solving.record import written
from derivex.solving.solution import Solution
from derivex.solving.solver import solve

__all__ = ["ImplicitDerivative", "Slope", "implicit_derivative", "slope_at"]


_LONG = 40  # nodes of a formula that is no more brought over one denominator


@dataclass(frozen=True, eq=False)
class Slope:
    """The first derivative of an implicit function by one variable.

    Args:
        variable: the variable.
        derivation: the equation, and its two sides differentiated.
        solution: what that gives, solved for the derivative.
    """

    variable: Symbol
    derivation: Derivation
    solution: Solution

    @property
    def unknown(self) -> Basic:
        """The derivative, as it is written: dy/dx."""
        return self.solution.unknowns[0]

    @property
    def value(self) -> Basic:
        """What it is."""
        return self.solution.results[self.unknown]


@dataclass(frozen=True, eq=False)
class ImplicitDerivative:
    """A derivative of a function that an equation determines.

    Args:
        equation: the equation; the function stands in it as a quantity that depends on others.
        quantity: the function, such as the y that depends on x.
        by: the variables, the first one first.
        slopes: the first derivatives by each of them.
        higher: one derivation of an equation for each derivative after the first.
    """

    equation: Basic
    quantity: Basic
    by: tuple[Symbol, ...]
    slopes: tuple[Slope, ...]
    higher: tuple[Derivation, ...]

    @property
    def name(self) -> Symbol:
        """The name of the function."""
        return symbol(_name_of(self.quantity))

    @property
    def last(self) -> Basic:
        """The equation at the end: d²y/dx² = …"""
        if self.higher:
            return self.higher[-1].result
        first = self.slopes[0]
        return Equation(first.unknown, first.value)

    @property
    def result(self) -> Basic:
        """What the derivative is, in plain letters: −x/y."""
        value = self.last.args[1]
        return substitute(value, {self.quantity: self.name})

    @property
    def conditions(self) -> tuple[Basic, ...]:
        """What must not be zero."""
        return tuple(dict.fromkeys(each for one in self.slopes for each in one.solution.conditions))

    @property
    def status(self) -> str:
        """How it ended, in words."""
        return self.slopes[0].solution.status

    def replay(self) -> None:
        """Redo every derivation and every move.

        Raises:
            RecordError: naming the first mismatch.
        """
        for slope in self.slopes:
            slope.derivation.replay()
            slope.solution.replay()
        for derivation in self.higher:
            derivation.replay()


def implicit_derivative(
    equation: Basic,
    name: Symbol,
    arguments: Sequence[Symbol],
    by: Sequence[Symbol],
    book: RuleBook,
) -> ImplicitDerivative:
    """Differentiate both sides of an equation and solve for the derivative of one of its letters.

    Args:
        equation: an :class:`~derivex.expression.Equation`.
        name: the letter that is a function of others.
        arguments: the letters that it depends on; all others are constants.
        by: the variables, the first one first; repeat one for a higher derivative.
        book: the rules.

    Raises:
        ProblemError: the letter does not occur, or the equation does not determine its
            derivative.

    >>> from derivex.expression import ONE, Plus, Power, TWO, symbol
    >>> from derivex.rulebook import shipped_book
    >>> x, y = symbol("x"), symbol("y")
    >>> circle = Equation(Plus(Power(x, TWO), Power(y, TWO)), ONE)
    >>> implicit_derivative(circle, y, [x], [x], shipped_book()).result
    Negative(Over(x, y))
    """
    _check(equation, name, arguments, by)
    listed = ",".join(argument.name for argument in arguments)
    head = cast(ImplicitName, ImplicitName(f"{name.name}({listed})"))
    quantity = Apply(head, *arguments)
    given = substitute(equation, {name: quantity})
    slopes = {
        variable: _slope(given, head, arguments, variable, book) for variable in dict.fromkeys(by)
    }
    first = slopes[by[0]]
    unknown, value = first.unknown, first.value
    higher: list[Derivation] = []
    for variable in by[1:]:
        derivation = _next(unknown, value, slopes[variable], book)
        higher.append(derivation)
        unknown, value = derivation.result.args
    return ImplicitDerivative(given, quantity, tuple(by), tuple(slopes.values()), tuple(higher))


def _check(
    equation: Basic, name: Symbol, arguments: Sequence[Symbol], by: Sequence[Symbol]
) -> None:
    if type(equation) is not Equation:
        raise ProblemError(
            "an implicit function is given by an equation", hint="for example: x^2 + y^2 = 25"
        )
    occurring = free_symbols(equation)
    if name not in occurring:
        raise ProblemError(
            f"{name} does not occur in the equation, which therefore says nothing about it",
            hint="name a letter of the equation",
        )
    for variable in by:
        if variable is name:
            raise ProblemError(
                f"{name} is the function here, so it is not what is differentiated by",
                hint="name another letter of the equation",
            )
        if variable not in arguments:
            listed = ", ".join(argument.name for argument in arguments)
            raise ProblemError(
                f"{name} is said to depend on {listed}, not on {variable}",
                hint=f"write: {name}({listed}, {variable})",
            )


def _slope(
    equation: Basic,
    head: ImplicitName,
    arguments: Sequence[Symbol],
    variable: Symbol,
    book: RuleBook,
) -> Slope:
    """Both sides differentiated by one variable, and solved for the derivative."""
    sides = {side: D(side, variable) for side in equation.args}
    start = Equation(*[sides[side] for side in equation.args])
    entry = Entry(_both_sides(variable), sides)
    derivation = _worked(equation, start, entry, variable, book)
    unknown = Apply(primed(head, arguments.index(variable) + 1), *arguments)
    if not any(Dependence(unknown).of(side) for side in derivation.result.args):
        raise _undetermined(unknown, f"{head.name} drops out when both sides are differentiated")
    solution = solve([derivation.result], [cast(Symbol, unknown)], book)
    if solution.outcome is not Outcome.SOLVED or not solution.results:
        reason = written(solution.reason) or "it holds for every value of it"
        raise _undetermined(unknown, reason)
    return Slope(variable, derivation, solution)


def _undetermined(unknown: Basic, reason: str) -> ProblemError:
    told = TextWriter().write(unknown)
    return ProblemError(
        f"the equation does not determine {told}: {reason}", hint="is it the equation you meant?"
    )


def _worked(
    given: Basic, start: Basic, entry: Entry, variable: Symbol, book: RuleBook
) -> Derivation:
    """An equation, and its sides differentiated.

    Raises:
        ProblemError: a part of it is covered by no rule.
    """
    run = Normaliser(book, TIDYING)
    found = run.run(start)
    if run.stuck:
        told = TextWriter().write(run.stuck[0])
        raise ProblemError(f"no rule covers {told}", hint="add a rule for it with --rules")
    phases = (Phase(given, {}, given), Phase(start, found.steps, found.result, entry))
    return Derivation(phases, book, (variable,))


def _next(unknown: Basic, value: Basic, slope: Slope, book: RuleBook) -> Derivation:
    """The derivative of a derivative: its formula differentiated, the first one put in."""
    variable = slope.variable
    given = Equation(unknown, value)
    sides: Mapping[Basic, Basic] = {side: D(side, variable) for side in (unknown, value)}
    start = Equation(*sides.values())
    entry = Entry(_both_sides(variable), sides)
    derivation = _worked(given, start, entry, variable, book)
    left, right = derivation.result.args
    known = {slope.unknown: slope.value}
    filled = substitute(right, known)
    phases: list[Phase] = []
    if filled is not right:
        write = TextWriter().write
        says = f"substituting {write(slope.unknown)} = {write(slope.value)}"
        whole = Equation(left, filled)
        phases.append(Phase(whole, {}, whole, Entry(says, known)))
    tidied = normal_phase(filled, book, *TIDYING)
    tidied_more = shorter_form(tidied.result, book) if size_of(tidied.result) < _LONG else ()
    for phase in (tidied, *tidied_more):
        if phase.steps:
            phases.append(
                Phase(Equation(left, phase.start), phase.steps, Equation(left, phase.result))
            )
    return derivation.then(*phases)


def _both_sides(variable: Symbol) -> str:
    return f"differentiating both sides by {TextWriter().write(variable)}"


def _name_of(quantity: Basic) -> str:
    head = quantity.args[0]
    assert isinstance(head, ImplicitName)
    return head.name


def slope_at(found: ImplicitDerivative, point: Mapping[Basic, Basic], book: RuleBook) -> Derivation:
    """The value of a derivative at a point on the curve.

    Raises:
        ProblemError: a value is missing, the equation does not hold there, or the derivative
            has no value there.
    """
    plain = substitute(found.equation, {found.quantity: found.name})
    missing = [name for name in (*found.by, found.name) if name not in point]
    if missing:
        raise ProblemError(
            f"a point on the curve has a value for {TextWriter().write(missing[0])}, too",
            hint="for example: x = 3, y = 4",
        )
    sides = [evaluate(side, point, {}, book).result for side in plain.args]
    verdict = judge(sides[0], sides[1], book.functions)
    if verdict.kind == "wrong":
        write = TextWriter().write
        left, right = map(write, sides)
        told = ", ".join(f"{write(name)} = {write(value)}" for name, value in point.items())
        raise ProblemError(
            f"the equation does not hold at {told}: {left} is not {right}",
            hint="give a point on the curve",
        )
    value = evaluate(found.result, point, {}, book)
    derivative = found.last.args[0]
    entry = Entry("as found above", {derivative: found.result})
    first, *others = value.phases
    phases = (Phase(derivative, {}, derivative), replace(first, entry=entry), *others)
    return replace(value, phases=phases)
