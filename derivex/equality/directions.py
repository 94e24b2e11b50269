"""The steps that evaluate a derivative along a direction, from one side."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.equality import steps
from derivex.equality.jets import Jet, perturbed
from derivex.equality.rings import Ring, UndefinedError, UnsupportedError
from derivex.equality.surroundings import Surroundings
from derivex.expression.literals import value_of
from derivex.expression.nodes import At, Row

if TYPE_CHECKING:
    from derivex.equality.program import Program

__all__ = ["Moved", "lengths_of", "one_sided", "variables_of"]

Moved = tuple[Basic, Any, Fraction]
"""A variable, where to find it (registers of its indices, or its own), how far it moves."""


def variables_of(variable: Basic) -> tuple[Basic, ...]:
    """The variables that a direction moves: the entries of a row, or the one there is."""
    return variable.args if type(variable) is Row else (variable,)


def lengths_of(direction: Basic) -> list[Fraction]:
    """How far a direction moves each variable.

    Raises:
        UnsupportedError: it is not made of numbers.
    """
    lengths = [value_of(each) for each in variables_of(direction)]
    known = [length for length in lengths if length is not None]
    if len(known) < len(lengths):
        raise UnsupportedError("a direction that is not made of numbers")
    return known


def one_sided(
    ring: Ring,
    around: Surroundings,
    registers: list[Any],
    detail: tuple[Program, Sequence[Moved], int],
) -> Any:
    """The coefficient of a positive infinitesimal ε in f(x + ε d)."""
    program, moved, bit = detail
    for variable, place, length in moved:
        step = ring.number(length)
        if isinstance(variable, Symbol):
            at = steps.count(ring, around, registers, variable)
            around = around.with_value(variable, perturbed(at, bit, step))
        elif type(variable) is At:
            ring.moves_entry(variable.args[0])
            key = (variable.args[0], steps.indices_of(ring, registers, place))
            at = around.entries.get(key)
            if at is None:
                raise UndefinedError(f"there is no such entry of {variable.args[0]}")
            around = around.with_entry(key, perturbed(at, bit, step))
        else:
            around = around.with_given(variable, perturbed(registers[place], bit, step))
    (value,) = program.run(ring.beside_corners(), around)
    part = value.derivative(bit) if isinstance(value, Jet) else None
    return ring.zero if part is None else part
