"""The slope at a point, what its sign says, and the tangent line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation, Status
from derivex.engine.definitions import NO_DEFINITIONS, Definitions
from derivex.engine.differentiate import differentiate
from derivex.engine.evaluate import Columns, evaluate
from derivex.engine.forms import Form, FormKind, bring_into_form, normal_phase
from derivex.equality.decimals import sign_of_value
from derivex.errors import ProblemError
from derivex.expression import Negative, Plus, Times, value_of
from derivex.rulebook import RuleBook

__all__ = ["Tangent", "tangent_at"]


@dataclass(frozen=True)
class Tangent:
    """The slope of a function of one variable at a point, and the line that touches it there.

    Args:
        expression: the function.
        variable: its variable.
        at: the point.
        slope: the derivative, with its value at the point.
        value: the function's value at the point, with its arithmetic.
        line: f(a) + f′(a) (x − a), tidied: the right-hand side of the tangent's equation.
        sign: −1, 0 or 1: decreasing, constant to first order, increasing; None if not known.
    """

    expression: Basic
    variable: Symbol
    at: Basic
    slope: Derivation
    value: Derivation
    line: Derivation
    sign: int | None

    def replay(self) -> None:
        """Redo every step."""
        for derivation in (self.slope, self.value, self.line):
            derivation.replay()


def tangent_at(
    expression: Basic,
    variable: Symbol,
    point: Mapping[Basic, Basic],
    book: RuleBook,
    definitions: Definitions = NO_DEFINITIONS,
    columns: Columns | None = None,
) -> Tangent:
    """The slope and the tangent of a function at a point.

    Args:
        expression: the function.
        variable: its variable.
        point: the point; it may give values to other letters as well.
        book: the rules.
        definitions: functions and abbreviations that are filled in first.
        columns: the data.

    Raises:
        ProblemError: the point does not say where, or the function has no value or no
            derivative there.

    >>> from derivex.expression import TWO, Power, symbol
    >>> from derivex.notation import TextWriter
    >>> from derivex.rulebook import shipped_book
    >>> x = symbol("x")
    >>> found = tangent_at(Power(x, TWO), x, {x: TWO}, shipped_book())
    >>> found.sign, TextWriter().write(found.line.result)
    (1, '4x − 4')
    """
    if variable not in point:
        raise ProblemError(
            f"it is not said where: {variable} has no value", hint=f"for example: {variable} = 2"
        )
    columns = columns or {}
    slope = differentiate(expression, [variable], book, definitions)
    if slope.status is not Status.FINISHED:
        raise ProblemError("there is no slope: no rule covers this derivative")
    slope = slope.then(*evaluate(slope.result, point, columns, book).phases[1:])
    value = evaluate(expression, point, columns, book, definitions)
    at = point[variable]
    distance = Plus(variable, _opposite(at)) if value_of(at) != 0 else variable
    line = evaluate(Plus(value.result, Times(slope.result, distance)), {}, {}, book)
    line = bring_into_form(line, Form(FormKind.EXPANDED))
    ordered = normal_phase(line.result, book, "ordering")
    line = line.then(ordered) if ordered.steps else line
    sign = sign_of_value(slope.result, book.functions)
    return Tangent(expression, variable, at, slope, value, line, sign)


def _opposite(at: Basic) -> Basic:
    return at._args[0] if type(at) is Negative else Negative(at)
