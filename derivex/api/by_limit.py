"""Derivatives by the limit of the difference quotient, as a library user asks for them."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.api.inputs import Problem
from derivex.derivation import Derivation, Status
from derivex.engine.first_principles import differentiate_by_limit, refuse_no_limit
from derivex.errors import ProblemError
from derivex.expression import substitute
from derivex.notation import read_names

__all__ = ["derivative_by_limit", "read_step"]


def derivative_by_limit(
    problem: Problem, by: tuple[Basic, ...], notes: tuple[str, ...], step: str | None
) -> Derivation:
    """The derivation from first principles.

    Raises:
        ProblemError: the step is no new letter, or at the point there is no such limit.
    """
    derivation = differentiate_by_limit(
        problem.expression,
        by,
        problem.book,
        problem.definitions,
        notes,
        None if step is None else read_step(step),
    )
    if derivation.status is Status.STUCK:
        # At a point it can be told whether there is a limit at all.
        refuse_no_limit(substitute(derivation.result, problem.point), problem.book)
    return derivation


def read_step(step: str) -> Symbol:
    """The letter of an increment: h, Δx.

    Raises:
        ProblemError: it is not one plain letter.
    """
    names = read_names(step)
    if len(names) != 1 or not isinstance(names[0], Symbol):
        raise ProblemError(f"“{step}” is no letter for the increment", hint="write h, or Δx")
    return names[0]
