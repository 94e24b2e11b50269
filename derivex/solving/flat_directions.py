"""Where the Hessian is flat: derivatives along lines and along a curve (splitting lemma)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Derivation, Entry, Phase
from derivex.engine import differentiate, normal_phase
from derivex.expression import ZERO, Negative, Plus, Row, Times, number, substitute, symbol
from derivex.matching import NO_FACTS
from derivex.solving.definiteness import Finding, Verdict
from derivex.solving.record import Words
from derivex.solving.reduced import reduced_function
from derivex.solving.working import VALUES

if TYPE_CHECKING:
    from derivex.solving.kinds import Kinds

__all__ = ["along", "by_splitting", "directions"]

_HIGHEST = 8  # the order of the last derivative that is looked at along a line


def along(
    kinds: Kinds, values: dict[Symbol, Basic], direction: Sequence[int]
) -> tuple[int, int, Words, Derivation] | None:
    """The first derivative along a line that is not 0: its order, its sign, and how."""
    letter = next(
        symbol(name) for name in ("t", "u", "w", "tau") if symbol(name) not in kinds.unknowns
    )
    moved = {
        unknown: _shifted(values[unknown], letter, step)
        for unknown, step in zip(kinds.unknowns, direction, strict=True)
    }
    line = normal_phase(substitute(kinds.expression, dict(moved)), kinds.book, *VALUES).result
    proof = None
    current = line
    for order in range(1, _HIGHEST + 1):
        proof = differentiate(current, [letter], kinds.book)
        if proof.stuck:
            return None
        current = normal_phase(proof.result, kinds.book, *VALUES).result
        there = kinds._filled(current, {letter: ZERO})
        signs = NO_FACTS.signs(there)
        if there is ZERO:
            continue
        if len(signs) != 1 or signs == frozenset((0,)):
            return None
        (up,) = signs
        steps = Row(*[number(step) for step in direction])
        told = f"{_ordinal(order)} derivative"
        words: Words = ("along ", steps, " it is ", line)
        words += (f", whose {told} at 0, the first that is not 0, is ", there)
        if len(kinds.unknowns) == 1:
            words = (f"the first derivative that is not 0 is the {_ordinal(order)}, ", there)
        start = substitute(current, {letter: ZERO})
        phases = [Phase(current, {}, current)]
        if start is not current:
            phases.append(Phase(start, {}, start, Entry("filling in 0", {letter: ZERO})))
        last = normal_phase(start, kinds.book, *VALUES)
        if last.result is not start:
            phases.append(last)
        return order, up, words, Derivation(tuple(phases), kinds.book)
    return None


def by_splitting(
    kinds: Kinds,
    values: dict[Symbol, Basic],
    numbers: list[list[Fraction]],
    flat: list[list[int]],
    sign: int,
    lead: Words,
) -> Finding | None:
    """The splitting lemma: what is left on the curve on which it is steepest nowhere else."""
    if len(flat) != 1 or not sign:
        return None
    found = reduced_function(kinds.expression, kinds.unknowns, values, numbers, flat[0], _HIGHEST)
    if found is None:
        return None
    order, coefficient, curve = found
    letter = symbol("s")
    term = Times(number(coefficient), _power(letter, order))
    words: Words = (
        *lead,
        "; on the curve ",
        *curve,
        ", on which the other partial derivatives vanish, it changes by ",
        normal_phase(term, kinds.book, "arithmetic").result,
        " and higher powers",
    )
    if order % 2:
        return Finding(Verdict.SADDLE, (*words, ", up on one side and down on the other"), False)
    if (coefficient > 0) == (sign > 0):
        verdict = Verdict.MINIMUM if sign > 0 else Verdict.MAXIMUM
        return Finding(verdict, (*words, " (splitting lemma)"), True)
    return Finding(Verdict.SADDLE, (*words, ", against what it does across it"), False)


def directions(flat: list[list[int]], size: int) -> Iterator[tuple[int, ...]]:
    """Directions in which the function is flat to second order."""
    seen = set()
    for weights in product((0, 1, -1), repeat=min(len(flat), 4)):
        direction = tuple(
            sum(weight * vector[place] for weight, vector in zip(weights, flat, strict=False))
            for place in range(size)
        )
        mirrored = tuple(-step for step in direction)
        if any(direction) and mirrored not in seen and direction not in seen:
            seen.add(direction)
            yield direction


def _shifted(value: Basic, letter: Symbol, step: int) -> Basic:
    if not step:
        return value
    term = letter if abs(step) == 1 else Times(number(abs(step)), letter)
    moved = Negative(term) if step < 0 else term
    return moved if value is ZERO else Plus(value, moved)


def _power(letter: Symbol, order: int) -> Basic:
    from derivex.expression import Power

    return Power(letter, number(order))


def _ordinal(order: int) -> str:
    names = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
    return names[order - 1]
