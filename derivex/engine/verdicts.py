"""What a set of subgradients tells, and why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import DerivexError
from derivex.expression import (
    Hull,
    Interval,
    Singleton,
    Subdifferential,
    free_symbols,
    number,
)
from derivex.expression.functions import Functions
from derivex.expression.literals import value_of
from derivex.matching import NO_FACTS, Context, Facts
from derivex.matching.curvature import Curvature
from derivex.notation import TextWriter

__all__ = ["optimality", "why_stuck"]


def optimality(found: Basic, variable: Basic, point: Mapping[Basic, Basic]) -> str:
    """Whether a convex function is least where its subdifferential is that set.

    Source: Fermat's rule, R. T. Rockafellar, Convex Analysis, section 27.

    Returns:
        a sentence; empty where it cannot be told.
    """
    holds: bool | None = None
    if type(found) is Hull:
        elements = [part.args[0] for part in found.args if type(part) is Singleton]
        values = [value_of(element) for element in elements]
        holds = any(value == 0 for value in values) or None
    elif type(found) in (Singleton, Interval):
        ends = [value_of(end) for end in found.args]
        known = [end for end in ends if end is not None]
        holds = min(known) <= 0 <= max(known) if len(known) == len(ends) else None
    if holds is None or variable not in point:
        return ""
    write = TextWriter().write
    where = f"{write(variable)} = {write(point[variable])}"
    if holds:
        return f"0 lies in {write(found)} and the function is convex, so {where} minimises it"
    return f"0 does not lie in {write(found)}, so {where} does not minimise the function"


def why_stuck(
    node: Basic, writer: TextWriter, functions: Functions, facts: Facts = NO_FACTS
) -> str:
    """Why no rule gives a subdifferential, or a derivative in it."""
    written = writer.write(node)
    if type(node) is not Subdifferential:
        return f"no rule covers {written}"
    operand, variable = node.args
    shape = Context(facts=facts, functions=functions).curvatures(variable).of(operand)
    told, by = writer.write(operand), writer.write(variable)
    if shape & Curvature.CONVEX:
        return f"no rule covers {written}, although {told} is convex in {by}"
    counterexample = _above_its_chord(operand, variable, writer, functions)
    if counterexample:
        turned = "; it is concave: its negative has subgradients"
        also = turned if shape & Curvature.CONCAVE else ""
        return f"{told} is not convex in {by}{counterexample}{also}"
    return (
        f"no rule covers {written}: the rules need {told} to be convex in {by}, "
        "which they cannot show"
    )


def _above_its_chord(
    operand: Basic, variable: Basic, writer: TextWriter, functions: Functions
) -> str:
    """Three places that show that a function is not convex; empty where none were found."""
    from derivex.equality.balls import evaluate

    if not isinstance(variable, Symbol):
        return ""
    others = [name for name in free_symbols(operand) if name is not variable]
    by = writer.write(variable)
    for sign, width, middle in product((1, -1), _WIDTHS, _MIDDLES):
        places = (middle - width, middle, middle + width)
        point = {name: Fraction(sign * (position + 2)) for position, name in enumerate(others)}
        try:
            left, here, right = [
                evaluate(operand, {**point, variable: place}, functions, real=True).real
                for place in places
            ]
        except DerivexError:
            continue
        if here - (left + right) / 2 > _CLEARLY:
            told = ", ".join(
                f"{writer.write(name)} = {writer.write(number(value))}"
                for name, value in point.items()
            )
            start, at, end = (writer.write(number(place)) for place in places)
            return (
                f"{' for ' if told else ''}{told}: at {by} = {at} it lies above the line "
                f"through its points at {by} = {start} and {by} = {end}"
            )
    return ""


_WIDTHS = tuple(map(Fraction, ("1", "2", "1/2")))
_MIDDLES = tuple(map(Fraction, ("0", "1", "-1", "2", "-2", "3", "-3", "1/2")))
_CLEARLY = 2.0**-40
