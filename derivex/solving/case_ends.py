"""The end of a case: what is known is substituted back, and the points are written down."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import TYPE_CHECKING

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.engine import normal_phase
from derivex.expression import Equation, free_symbols
from derivex.rulebook.procedures.sides import OPPOSITE
from derivex.solving.case import COVERED, Case, Found, State
from derivex.solving.equation_questions import alternatives_of, filled_in
from derivex.solving.record import Words
from derivex.solving.regions import hold_nowhere
from derivex.solving.signs import is_certain
from derivex.solving.working import VALUES, depends_on_any

if TYPE_CHECKING:
    from derivex.solving.cases import Branching

__all__ = ["end_of"]


def end_of(run: Branching, label: str, heading: Words, since: int, state: State) -> Case:
    """Substitute back, and write down the points."""
    working = run.working
    relations = tuple(working.moves[at].equation for at in state.active.values())
    if relations and not _is_curve(run, relations, state):
        other = _other_case(run, relations, state)
        if other is not None:
            remark: Words = (f"{COVERED} Case {other}, below",)
            return Case(label, heading, tuple(working.moves[since:]), remark=remark)
        run.complete = False
        moves = tuple(working.moves[since:])
        return Case(label, heading, moves, remark=_why_not(run, relations, state))
    values: dict[Symbol, Basic] = {}
    known: list[tuple[Symbol, int]] = []
    for unknown, at in reversed(state.solved):
        right = working.moves[at].equation.args[1]
        used = [pair for pair in known if depends_on_any(right, (pair[0],))]
        if used:
            words: list[str | Basic] = ["substitute "]
            for place, (name, _) in enumerate(used):
                words += [", " if 0 < place < len(used) - 1 else " and "] if place else []
                words.append(name)
            words.append(" back")
            at = working.fill(at, used, tuple(words))
            at = working.rewrite(at, (), VALUES)
        known.append((unknown, at))
        values[unknown] = working.moves[at].equation.args[1]
    moves = tuple(working.moves[since:])
    numbers = []
    settled = [
        [
            (unknown, each.args[1], type(each) is Equation)
            for each in alternatives_of(working.moves[at].equation)
        ]
        for unknown, at in state.settled.items()
    ]
    refused: Words = ()
    for choice in product(*settled):
        whole = values | {unknown: value for unknown, value, _ in choice}
        exact = all(sure for _, _, sure in choice)
        why = _refused(run, state, whole)
        if why:
            refused = (*refused, "; " if refused else "", *why)
            continue
        assumed = [_tidied(run, filled_in(each, whole)) for each in state.required]
        holding = (*relations, *[each for each in assumed if free_symbols(each)])
        free = tuple(
            name
            for name in state.left
            if not any(depends_on_any(each, (name,)) for each in holding)
        )
        if any(hold_nowhere(holding, name) for name in state.left):
            refused = (*refused, *(("; ",) if refused else ()), *_nowhere(holding))
            continue
        ordered = {name: whole[name] for name in run.unknowns if name in whole}
        numbers.append(len(run.found))
        run.found.append(Found(ordered, free, holding, exact))
    return Case(label, heading, moves, points=tuple(numbers), remark=refused)


def _refused(run: Branching, state: State, values: dict[Symbol, Basic]) -> Words:
    """Why values are no solution of this case: what it assumes does not hold, or an interval."""
    for relation in state.required:
        filled = filled_in(relation, values)
        if is_certain(OPPOSITE[type(relation)](*filled.args)):
            return (*_named(values), ", but ", relation, " is assumed here")
    for name, value in values.items():
        if not run.intervals.holds(name, value):
            return (Equation(name, value), f" is outside of {run.intervals.told(name)}")
    return ()


def _tidied(run: Branching, relation: Basic) -> Basic:
    """A relation with like terms collected, so that y − y ≥ 0 is seen to hold."""
    sides = [normal_phase(side, run.book, *VALUES).result for side in relation.args]
    return type(relation)(*sides)


def _nowhere(relations: tuple[Basic, ...]) -> Words:
    words: Words = ("no number has ",)
    for place, relation in enumerate(relations):
        words = (*words, *((" and ",) if place else ()), relation)
    return words


def _other_case(run: Branching, relations: tuple[Basic, ...], state: State) -> str | None:
    """Another case in whose assumption all that is left here is contained.

    What is known here makes its assumption one of the equations that hold here, so that every
    solution of this case is one of that case.
    """
    known = {name: run.working.moves[at].equation.args[1] for name, at in state.solved}
    for label, assumption in state.others:
        sides = [
            normal_phase(filled_in(side, known), run.book, *VALUES).result
            for side in assumption.args
        ]
        if Equation(*sides) in relations:
            return label
    return None


def _is_curve(run: Branching, relations: tuple[Basic, ...], state: State) -> bool:
    """Whether fewer equations are left than unknowns in them."""
    if any(type(each) is not Equation for each in relations):
        return False
    names = [name for name in state.left if any(depends_on_any(e, (name,)) for e in relations)]
    return len(relations) < len(names)


def _why_not(run: Branching, relations: tuple[Basic, ...], state: State) -> Words:
    words: list[str | Basic] = ["not solved by these moves: "]
    for place, relation in enumerate(relations):
        words += [", "] if place else []
        words.append(relation)
    return tuple(words)


def _named(values: Mapping[Symbol, Basic]) -> Words:
    words: Words = ()
    for name, value in values.items():
        words = (*words, ", " if words else "", Equation(name, value))
    return words
