"""Case distinctions: values of which only some are asked for.

In a program with a case distinction every step may find that its value does not exist; it then
leaves that finding as its value.  A case distinction passes on what the branch that counts has,
so that what is undefined in the other branches does no harm, and each part is still evaluated
once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from derivex.equality.rings import Ring, UndefinedError
from derivex.equality.surroundings import Surroundings
from derivex.expression.nodes import (
    AtLeast,
    AtMost,
    Equation,
    Greater,
    Less,
    Relation,
    Unequal,
)

__all__ = ["HOLDS", "all_of", "any_of", "cases", "known", "relation"]

Registers = list[Any]

HOLDS: Mapping[type[Relation], Callable[[int], bool]] = MappingProxyType(
    {
        Equation: lambda sign: sign == 0,
        Unequal: lambda sign: sign != 0,
        Less: lambda sign: sign < 0,
        AtMost: lambda sign: sign <= 0,
        Greater: lambda sign: sign > 0,
        AtLeast: lambda sign: sign >= 0,
    }
)
"""Whether a relation holds, given the sign of left minus right."""


def known(value: Any) -> Any:
    """A value that was computed before.

    Raises:
        UndefinedError: it does not exist.
    """
    if isinstance(value, UndefinedError):
        raise value
    return value


def relation(
    ring: Ring,
    around: Surroundings,
    registers: Registers,
    detail: tuple[type[Relation], int, int],
) -> bool:
    kind, left, right = detail
    return HOLDS[kind](ring.sign(registers[left] - registers[right]))


def all_of(ring: Ring, around: Surroundings, registers: Registers, operands: list[int]) -> bool:
    """Conditions from left to right, up to the first that does not hold."""
    return all(known(registers[operand]) for operand in operands)


def any_of(ring: Ring, around: Surroundings, registers: Registers, operands: list[int]) -> bool:
    """Conditions from left to right, up to the first that holds."""
    return any(known(registers[operand]) for operand in operands)


def cases(
    ring: Ring,
    around: Surroundings,
    registers: Registers,
    detail: list[tuple[int, int | None]],
) -> Any:
    """The value of the first branch whose condition holds; each is (value, condition)."""
    for value, condition in detail:
        if condition is None or known(registers[condition]):
            return known(registers[value])
    raise UndefinedError("none of the cases holds")
