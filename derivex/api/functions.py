"""The functions of the library."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.api.derivative import Derivative
from derivex.api.inputs import (
    Data,
    Expression,
    Point,
    Problem,
    Variables,
    make_problem,
    read_through,
)
from derivex.derivation import Derivation
from derivex.engine import (
    Form,
    FormKind,
    Intermediates,
    bring_into_form,
    differentiate,
    differentiate_through,
)
from derivex.engine import evaluate as evaluate_expression
from derivex.errors import ProblemError
from derivex.expression import D, postorder
from derivex.notation import TextWriter, read_names
from derivex.rulebook import RuleBook

__all__ = ["at_point", "diff", "evaluate", "make_form"]


def diff(
    expression: Expression,
    by: Variables = None,
    *,
    at: Point = None,
    let: str | Iterable[str] = (),
    data: Data = None,
    form: str | None = None,
    through: str | Mapping[str, Expression] | None = None,
    rules: str | Path | RuleBook | None = None,
    from_limit: bool = False,
    step: str | None = None,
    assume: str | Iterable[str] = (),
) -> Derivative:
    """The derivative of an expression, with every step.

    Args:
        expression: text, such as ``"(x + y + z)^2"``, or a SymPy expression.
        by: the variable; several, in order, for a higher derivative.  It may be left out
            where the expression has one variable, and where it says itself what is asked for:
            ``"d/dx (x^2 y)"``.
        at: a point at which the derivative is evaluated as well: ``"x = 2, y = 0"``.
        let: definitions that the expression uses: ``"f(a) = s a + b"``.
        data: columns of numbers for indexed names: ``{"a": [0, 2, 4]}``.
        form: ``"expanded"``, ``"factored"``, ``"simplified"`` or ``"collected by x, y"``; tidied
            otherwise.
        through: intermediate variables, by which the chain rule of several variables goes:
            ``"u_1 = a x_1 + b x_2, u_2 = x_1 x_2"``, or ``"auto"`` to have them found.
        rules: a rule file whose rules are used as well, or a rule book used instead.
        from_limit: whether to derive it from its definition, as the limit of the difference
            quotient, by the rules for limits only.
        step: the letter of the increment in that quotient, ``"Δx"`` for example; h otherwise.
        assume: what is known of letters, such as ``"x > 0"``, so that ``|x|`` is x.

    Raises:
        DerivexError: something that cannot be read, or a question without an answer.

    >>> print(diff("(x + y + z)^2", by="y"))
    ∂(x + y + z)²/∂y
      = ∂(x + y + z)²/∂(x + y + z) · ∂(x + y + z)/∂y     using the chain rule
      = 2(x + y + z) · ∂(x + y + z)/∂y                   using the exponent rule
      = 2(x + y + z) (∂x/∂y + ∂y/∂y + ∂z/∂y)             using the sum rule
      = 2(x + y + z) (0 + 1 + 0)                         using the constant and exponent rules
      = 2(x + y + z)                                     arithmetic
    """
    named = [by] if isinstance(by, str) else by if isinstance(by, (list, tuple)) else ()
    for text in named:
        if isinstance(text, str) and len({part.strip() for part in text.split(",")}) > 1:
            raise ProblemError(
                f"“{text}” names several variables; a derivative is taken by one at a time",
                hint="give them one by one for a higher derivative (--by x --by y), or ask for "
                "the gradient, which has all partial derivatives",
            )
    problem = make_problem(expression, by, at, let, data, rules, assume=assume)
    problem = _as_asked(problem)
    variables = problem.by or (problem.only_variable(),)
    notes = problem.notes
    if problem.assumptions and (through is not None or from_limit or step is not None):
        raise ProblemError(
            "assumptions are used only where a derivative is found by the rules alone",
            hint="leave out either what is assumed, or the intermediate variables or the limit",
        )
    if through is not None:
        derivation = _through(problem, variables, read_through(through, problem), notes)
    elif from_limit or step is not None:
        # Imported here, because few derivatives are asked for in this way.
        from derivex.api.by_limit import derivative_by_limit

        if problem.assumptions:
            notes += ("the rules for limits make no use of assumptions",)
        derivation = derivative_by_limit(problem, variables, notes, step)
    else:
        derivation = differentiate(
            problem.expression,
            variables,
            problem.book,
            problem.definitions,
            notes,
            problem.assumptions,
        )
    if form is not None:
        derivation = bring_into_form(derivation, make_form(form))
    return Derivative(at_point(derivation, problem), problem.declarations)


def _as_asked(problem: Problem) -> Problem:
    """Take d/dx x³, where no variable is named, as the question what that derivative is."""
    if problem.by:
        return problem
    inner, variables = problem.expression, list[Basic]()
    while type(inner) is D and isinstance(inner.args[1], Symbol):
        inner, variable = inner.args
        variables.insert(0, variable)
    if variables:
        return replace(problem, expression=inner, by=tuple(variables))
    if any(type(part) is D for part in postorder(inner)):
        said = f"this is the derivative of {TextWriter().write(inner)}"
        return replace(problem, notes=(*problem.notes, said))
    return problem


def _through(
    problem: Problem,
    variables: tuple[Basic, ...],
    intermediates: Intermediates,
    notes: tuple[str, ...],
) -> Derivation:
    """The derivative through intermediate variables, which is one of the first order."""
    if len(variables) > 1:
        raise ProblemError(
            "intermediate variables are for a first derivative",
            hint="leave them out, or differentiate by one variable",
        )
    return differentiate_through(
        problem.expression,
        variables[0],
        intermediates,
        problem.book,
        problem.definitions,
        notes,
    )


def evaluate(
    expression: Expression,
    *,
    at: Point = None,
    let: str | Iterable[str] = (),
    data: Data = None,
    rules: str | Path | RuleBook | None = None,
) -> Derivative:
    """The value of an expression, with what was filled in and the arithmetic.

    Args:
        expression: text or a SymPy expression.
        at: what is filled in for each letter.
        let: definitions that the expression uses.
        data: columns of numbers for indexed names.
        rules: a rule file whose rules are used as well, or a rule book used instead.

    Raises:
        DerivexError: something that cannot be read, or has no value.

    >>> evaluate("3a^2 - b", at="a = 2, b = 5")
    3a² − b
      = 3 · 2² − 5     filling in the values
      = 7              arithmetic
    """
    problem = make_problem(expression, None, at, let, data, rules)
    derivation = evaluate_expression(
        problem.expression,
        problem.point,
        problem.columns,
        problem.book,
        problem.definitions,
        problem.notes,
    )
    return Derivative(derivation, problem.declarations)


def make_form(text: str) -> Form:
    """A form by its name.

    Raises:
        ProblemError: there is no such form.
    """
    kind, _, rest = text.strip().partition(" ")
    try:
        found = FormKind(kind)
    except ValueError:
        known = ", ".join(
            f"{each.value} by x" if each is FormKind.COLLECTED else each.value for each in FormKind
        )
        raise ProblemError(f"“{kind}” is no form of a result", hint=f"known: {known}") from None
    names = re.sub(r"^by\b", "", rest.strip()).strip()
    if names and found is not FormKind.COLLECTED:
        raise ProblemError(f"nothing can follow “{kind}”", hint=f"write: {kind}")
    return Form(found, read_names(names) if names else ())


def at_point(derivation: Derivation, problem: Problem) -> Derivation:
    """The derivation continued by the value at the point, where one is asked for."""
    if not problem.point and not problem.columns:
        return derivation
    problem.refuse_outside(problem.expression)
    value = evaluate_expression(
        derivation.result,
        problem.point,
        problem.columns,
        problem.book,
        conditions=derivation.conditions,
    )
    problem.refuse_outside(derivation.result, derivative=True)
    return derivation.then(*value.phases[1:])
