"""What the equations of a case fall into cases by: branches, signs, coefficients."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    ZERO,
    Apply,
    AtLeast,
    Equation,
    Less,
    Negative,
    Unequal,
    integer,
    postorder,
)
from derivex.rulebook.procedures.sides import branches_of
from derivex.solving.beside import with_branches
from derivex.solving.case import State
from derivex.solving.case_steps import coefficient_of, equations_of
from derivex.solving.equation_questions import length_of
from derivex.solving.record import Words
from derivex.solving.working import MULTIPLY_OUT, depends_on_any

if TYPE_CHECKING:
    from derivex.solving.cases import Branching

__all__ = ["by_branch", "by_coefficient", "by_sign"]


_Start = tuple[Words, Callable[[State], None]]


def by_branch(run: Branching, state: State) -> list[_Start] | None:
    """max(u, v) = w in the cases u ≥ v and u < v; case distinctions likewise."""
    put = partial(run.working.proceed, "branch-in-case")
    _write_out(run, state)
    for node in _nodes(run, state):
        branches = branches_of(node)
        if branches:
            return [
                _assuming(conditions, run, node, value, (node, integer(place)), put)
                for place, (conditions, value) in enumerate(branches)
            ]
    return None


def _write_out(run: Branching, state: State) -> None:
    """relu(u) as max(u, 0), and the like."""
    working = run.working
    for origin, at in state.active.items():
        equation = working.moves[at].equation
        if type(equation) is Equation and with_branches(equation, run.book) is not equation:
            state.active[origin] = working.rewrite(at, ("written-out",), ())


def by_sign(run: Branching, state: State) -> list[_Start] | None:
    """|u| = v in the cases u ≥ 0 and u < 0."""
    put = partial(run.working.proceed, "absolute-value-in-case")
    for node in _nodes(run, state):
        if type(node) is Apply and str(node.args[0]) == "abs":
            inside = node.args[1]
            return [
                _assuming((relation,), run, node, value, (inside, sign), put)
                for relation, value, sign in (
                    (AtLeast(inside, ZERO), inside, ONE),
                    (Less(inside, ZERO), Negative(inside), Negative(ONE)),
                )
            ]
    return None


def _nodes(run: Branching, state: State) -> Iterator[Basic]:
    """The parts of the equations in which unknowns stand, the innermost first."""
    for at in state.active.values():
        equation = run.working.moves[at].equation
        for node in postorder(equation) if type(equation) is Equation else ():
            if depends_on_any(node, state.left):
                yield node


def _assuming(
    conditions: tuple[Basic, ...],
    run: Branching,
    node: Basic,
    value: Basic,
    parameters: tuple[Basic, ...],
    put: Callable[..., int],
) -> _Start:
    """The case in which conditions hold, so that a node has a certain value."""

    def start(state: State) -> None:
        working = run.working
        for origin, at in state.active.items():
            if type(working.moves[at].equation) is not Equation:
                continue
            words: Words = ("put ", value, " for ", node)
            after = put(at, *parameters, words=words)
            if after != at:
                state.active[origin] = working.rewrite(after, MULTIPLY_OUT, MULTIPLY_OUT)
                state.given_up.discard(origin)
        state.required = (*state.required, *conditions)

    heading: Words = ()
    for condition in conditions:
        heading = (*heading, *((" and ",) if heading else ()), condition)
    return heading, start


def by_coefficient(run: Branching, state: State):  # type: ignore[no-untyped-def]
    """q y + r = 0 in the cases q = 0 and q ≠ 0."""
    best = None
    for origin, equation in equations_of(run, state).items():
        for unknown in state.left:
            if not depends_on_any(equation, (unknown,)):
                continue
            coefficient = coefficient_of(run, equation, unknown)
            if coefficient is None or coefficient in state.nonzero:
                continue
            rank = (length_of(coefficient), length_of(equation), origin)
            if best is None or rank < best[0]:
                best = rank, origin, unknown, coefficient
    if best is None:
        return None
    _, origin, unknown, coefficient = best
    if len(state.active) == 1 and len(state.left) > 1 and depends_on_any(coefficient, state.left):
        return None  # a curve, which one would rather see as it stands

    def zero(inner: State) -> None:
        key = max((*inner.active, len(run.equations))) + 1
        assumed = run.working.assume(Equation(coefficient, ZERO), origin, ())
        inner.active[key] = assumed

    def nonzero(inner: State) -> None:
        inner.nonzero = inner.nonzero | {coefficient}

    return [
        ((Unequal(coefficient, ZERO),), nonzero),
        ((Equation(coefficient, ZERO),), zero),
    ]
