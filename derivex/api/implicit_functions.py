"""What ``derivex.implicit`` gives: a derivative of a function that an equation determines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from sympy import Symbol
from sympy.core.basic import Basic

import derivex.rendering.solution_outline  # noqa: F401  # registers the outline
from derivex.api.inputs import Expression, Point, Variables, make_problem
from derivex.api.showing import Shown
from derivex.api.values import read_variables
from derivex.derivation import Derivation, Detail
from derivex.engine import filled_in
from derivex.errors import ProblemError
from derivex.expression import free_symbols, symbol
from derivex.notation import Scope, read_definition, refuse_called
from derivex.rendering.outline import Block, Lines
from derivex.rulebook import RuleBook
from derivex.solving import ImplicitDerivative, implicit_derivative, slope_at

__all__ = ["Implicit", "implicit"]

_USUAL = "y"  # the function, where none is named


@dataclass(frozen=True, repr=False, eq=False)
class Implicit(Shown):
    """A derivative of an implicit function.

    Args:
        record: the two sides differentiated, and the equation solved for the derivative.
        value: how its value at a point was worked out; None where none was asked for.

    >>> import derivex
    >>> found = derivex.implicit("x^2 + y^2 = 25", of="y", by="x")
    >>> found.result
    -x/y
    """

    what: ClassVar[str] = "The derivative of the function determined by"
    record: ImplicitDerivative
    value: Derivation | None = None

    @property
    def asked(self) -> Basic:
        """The equation, as it was read."""
        return self.record.equation

    @property
    def status(self) -> str:
        """How it ended, in words."""
        return self.record.status

    @property
    def expression(self) -> Basic:
        """The derivative as a written tree, in plain letters."""
        return self.value.result if self.value is not None else self.record.result

    def blocks(
        self, detail: str | Detail = Detail.TEXTBOOK, unicode: bool = True
    ) -> Iterator[Block]:
        """The blocks of the result, as they stand below one another."""
        yield from super().blocks(detail, unicode)
        if self.value is not None:
            yield Lines(tuple(self.value.lines(Detail(detail))))

    def replay(self) -> None:
        """Redo every step and every move from the rules.

        Raises:
            RecordError: naming the first that does not come out as recorded.
        """
        super().replay()
        if self.value is not None:
            self.value.replay()


def implicit(
    expression: Expression,
    of: str | Symbol | None = None,
    by: Variables = None,
    *,
    at: Point = None,
    let: str | Iterable[str] = (),
    rules: str | Path | RuleBook | None = None,
) -> Implicit:
    """The derivative of a function that an equation determines, step by step.

    Args:
        expression: the equation, as text or as SymPy's ``Eq``: ``"x^2 + y^2 = 25"``.
        of: the letter that is a function of the others, y if left out; ``"z(x, y)"`` says
            what it depends on.  All other letters are constants.
        by: the variable; several, in order, for a higher derivative.  It may be left out
            where the equation has one other letter.
        at: a point on the curve at which the derivative is evaluated: ``"x = 3, y = 4"``.
        let: definitions that the equation uses.
        rules: a rule file whose rules are used as well, or a rule book used instead.

    Raises:
        DerivexError: something that cannot be read, or a question without an answer.

    >>> implicit("e^y = x y").result
    y/(-x + exp(y))
    """
    name, parameters = _function(_USUAL if of is None else str(of))
    variables = _symbols(read_variables(by, Scope()))
    named = [*variables, *parameters, name]
    if isinstance(expression, str):
        refuse_called(expression, name)
    problem = make_problem(expression, named, at, let, None, rules, equations=True)
    filled = filled_in(problem.expression, problem.definitions)
    equations = problem.equations(filled)
    if len(equations) != 1:
        raise ProblemError(
            "an implicit function is given by one equation", hint="for example: x^2 + y^2 = 25"
        )
    variables = variables or (_only_variable(equations[0], name, parameters),)
    if of is None and name not in free_symbols(equations[0]):
        raise ProblemError(
            "it is not said which letter is a function of the others",
            hint="for example: --of z --by x",
        )
    arguments = parameters or tuple(dict.fromkeys(variables))
    record = implicit_derivative(equations[0], name, arguments, variables, problem.book)
    value = slope_at(record, problem.point, problem.book) if problem.point else None
    return Implicit(record, problem.book, problem.notes, problem.declarations, value)


def _function(of: str) -> tuple[Symbol, tuple[Symbol, ...]]:
    """The name of the function, and what it is said to depend on: y, z(x, y)."""
    if "(" in of:
        function = read_definition(of)
        if function.body is None:
            return symbol(function.name), function.parameters
    names = read_variables(of, Scope())
    if len(names) != 1 or not isinstance(names[0], Symbol):
        raise ProblemError(
            f"“{of}” is not the name of one function", hint="write --of y, or --of 'z(x, y)'"
        )
    return names[0], ()


def _only_variable(equation: Basic, name: Symbol, parameters: tuple[Symbol, ...]) -> Symbol:
    """The variable where none was named."""
    found = parameters or tuple(letter for letter in free_symbols(equation) if letter is not name)
    if len(found) == 1:
        return found[0]
    told = " or ".join(letter.name for letter in found) or "nothing"
    raise ProblemError(
        f"it is not said what to differentiate by: {told} could be meant",
        hint=f"for example: --by {found[0] if found else 'x'}",
    )


def _symbols(names: tuple[Basic, ...]) -> tuple[Symbol, ...]:
    for name in names:
        if not isinstance(name, Symbol):
            raise ProblemError("an implicit function is differentiated by a plain letter")
    return tuple(name for name in names if isinstance(name, Symbol))
