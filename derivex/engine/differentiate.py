"""Differentiating: an expression, a variable, and the rules make a derivation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation, Status
from derivex.engine.definitions import NO_DEFINITIONS, Definitions, fill_in_definitions, followed_by
from derivex.engine.normalise import Normaliser
from derivex.engine.one_go import phase_in_one_go
from derivex.errors import ProblemError
from derivex.expression import (
    ONE,
    At,
    AtLeast,
    AtMost,
    Binder,
    Column,
    D,
    Delta,
    Equation,
    Integral,
    Limit,
    Substituted,
    free_symbols,
    postorder,
    substitute,
    symbol,
)
from derivex.expression.array_nodes import ArrayName, differentiated
from derivex.matching import NO_FACTS, Context, Facts
from derivex.notation import TextWriter
from derivex.notation.entries import as_entries
from derivex.rulebook import RuleBook

__all__ = ["TIDYING", "check_variable", "derive", "differentiate", "ending", "refuse_index"]

TIDYING = (
    "arithmetic", "indices", "splitting", "tidying", "shortening", "facts", "common-numbers",
)  # fmt: skip
"""The tables of rules by which a result is tidied."""


def differentiate(
    expression: Basic,
    by: Sequence[Basic],
    book: RuleBook,
    definitions: Definitions = NO_DEFINITIONS,
    notes: tuple[str, ...] = (),
    assumptions: tuple[Basic, ...] = (),
) -> Derivation:
    """The derivation of a derivative, tidied.

    Args:
        expression: what is differentiated; it may hold derivatives itself.
        by: the variables, the first one first; repeat one for a higher order.
        book: the rules.
        definitions: functions and abbreviations that are filled in first.
        notes: remarks that the derivation carries on.
        assumptions: relations that side conditions may rely on: x > 0.

    Raises:
        ProblemError: a variable is no variable, or a derivative by an expression is not
            determined.

    >>> from derivex.rulebook import shipped_book
    >>> from derivex.expression import Power, integer
    >>> x = symbol("x")
    >>> differentiate(Power(x, integer(3)), [x], shipped_book()).result
    Times(3, Power(x, 2))
    """
    for variable in by:
        if type(variable) is not Symbol or "_" in variable.name:
            by = _by_entries(by, expression, definitions)
            for each in by:
                check_variable(each)
            break
    start = expression
    for variable in by:
        start = D.interned.made((start, variable))
    return derive(start, by, book, definitions, notes, assumptions)


def derive(
    start: Basic,
    by: Sequence[Basic],
    book: RuleBook,
    definitions: Definitions = NO_DEFINITIONS,
    notes: tuple[str, ...] = (),
    assumptions: tuple[Basic, ...] = (),
) -> Derivation:
    """The derivation of an expression that begins with derivatives by some variables.

    Args:
        start: the derivatives, the operand innermost.
        by: what they are by, the first one first.
        book: the rules.
        definitions: functions and abbreviations that are filled in first.
        notes: remarks that the derivation carries on.
        assumptions: relations that side conditions may rely on: x > 0.
    """
    phases = fill_in_definitions(start, definitions)
    if phases:
        start = phases[-1].start
    facts = Facts(assumptions) if assumptions else NO_FACTS
    if assumptions:
        # At the edge of x ≥ 0 there would be a one-sided derivative only.
        inside = [each for each in assumptions if type(each) not in (AtLeast, AtMost, Equation)]
        run = Normaliser(book, ("facts",), as_written=False, facts=Facts(inside))
        known = run.run_outside(start)
        if known.steps:
            phases = followed_by(phases, known)
            start = known.result
    status = Status.FINISHED
    stuck: tuple[Basic, ...] = ()
    done = None
    if type(start) is D and not definitions.arrays:
        done = phase_in_one_go(start, book, TIDYING, facts)
    if done is not None:
        phase, depends = done
    else:
        run = Normaliser(book, TIDYING, facts=facts, arrays=bool(definitions.arrays))
        phase = run.run(start)
        if run.nested:
            _check_opaque(start)
        status, stuck = ending(run), tuple(run.stuck)
        depends = not stuck and type(start) is D and run.depends(*start._args)
    if not depends or len(by) != 1:
        notes += _absent_names(start, by, bool(stuck))
    made = tuple(followed_by(phases, phase)) if phases else (phase,)
    return Derivation(made, book, tuple(by), status, stuck, notes, assumptions)


def _absent_names(start: Basic, by: Sequence[Basic], stuck: bool) -> tuple[str, ...]:
    """Remarks on the variables that do not occur.

    Raises:
        ProblemError: there is no derivative by one of them.
    """
    filled = differentiated(start, len(by))
    names = [name for each in by for name in (each.args if type(each) is Column else (each,))]
    context = Context()
    absent = [name for name in names if not context.depends(filled, name)]
    if absent or stuck:
        for name in names:
            refuse_index(name, filled)
    return tuple(map(_absent, absent))


def _by_entries(
    by: Sequence[Basic], expression: Basic, definitions: Definitions
) -> Sequence[Basic]:
    """The variables, a_q as an entry where the expression has entries of a."""
    if not any(isinstance(variable, Symbol) and "_" in variable.name for variable in by):
        return by
    phases = fill_in_definitions(expression, definitions)
    return as_entries(by, expression, *[phase.start for phase in phases[1:]])


def ending(run: Normaliser) -> Status:
    """How a run ended."""
    if run.limit_reached:
        return Status.LIMIT
    return Status.STUCK if run.stuck else Status.FINISHED


def check_variable(variable: Basic) -> None:
    """Refuse a derivative by what is no variable.

    Raises:
        ProblemError: it is an expression.
    """
    if type(variable) is ArrayName:
        raise ProblemError(
            f"{variable.name} is a vector or matrix, and a derivative is taken by a number",
            hint="ask for the gradient, or name an entry, such as "
            f"{variable.name}_{'1' if ONE in (variable.rows, variable.columns) else '11'}",
        )
    if not isinstance(variable, Symbol) and type(variable) is not At:
        raise ProblemError(
            "a derivative is taken by a variable, such as x or a_i, not by an expression",
            hint="write the derivative by an expression into the formula: d/d(x + y) (x + y)^2",
        )


_ROLES: Mapping[type[Basic], str] = MappingProxyType(
    {
        Integral: "the variable of integration",
        Substituted: "a letter for which a value is put in",
    }
)


def refuse_index(variable: Basic, expression: Basic) -> None:
    """An index counts terms and entries; nothing has a derivative by it.

    Raises:
        ProblemError: the variable is one, or it is what has the entries.
    """
    for node in postorder(expression):
        if isinstance(node, (Integral, Limit, Substituted)) and node.args[1] is variable:
            role = _ROLES.get(type(node), "the variable of a limit")
            raise ProblemError(
                f"{variable} is only {role} here; there is no derivative by it",
                hint="differentiate by another letter, one that stands outside as well",
            )
        if isinstance(node, Binder) and node.args[1] is variable:
            raise ProblemError(
                f"{variable} is the index of a sum or product, which runs through the terms; "
                "there is no derivative by it",
                hint="differentiate by an entry, as in --by a_k, or by another letter",
            )
        if type(node) is At and str(node.args[0]) == str(variable):
            entry = TextWriter().write(node)
            raise ProblemError(
                f"{variable} is not one number: it has entries, such as {entry}",
                hint=f"differentiate by an entry, as in --by {variable}_k",
            )
        if type(node) in (At, Delta) and variable in node.args[type(node) is At :]:
            raise ProblemError(
                f"{variable} is an index, which takes whole numbers only; "
                "there is no derivative by it",
                hint="differentiate by an entry, as in --by a_k, or by another letter",
            )


def _absent(variable: Basic) -> str:
    name = TextWriter().write(variable)
    return f"{name} does not occur in the expression, which is constant with respect to it"


def _check_opaque(start: Basic) -> None:
    """A derivative by an expression makes sense only if its letters occur nowhere else.

    Raises:
        ProblemError: they do, so the derivative is not determined.
    """
    stand_in = symbol("·")
    for node in postorder(start):
        if type(node) is not D:
            continue
        operand, variable = node.args
        if isinstance(variable, Symbol) or type(variable) is At:
            continue
        left_over = free_symbols(substitute(operand, {variable: stand_in}))
        shared = [name.name for name in free_symbols(variable) if name in left_over]
        if shared:
            raise ProblemError(
                f"the derivative by an expression is not determined: {shared[0]} also occurs "
                "outside of that expression"
            )
