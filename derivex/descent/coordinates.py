"""The coordinates of a descent: letters, or the entries of one vector."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import ProblemError
from derivex.expression import ONE, Column, Row, symbol
from derivex.expression.array_nodes import ArrayName

__all__ = ["Coordinates", "coordinates_of", "entries_of"]


@dataclass(frozen=True)
class Coordinates:
    """What a descent moves.

    Args:
        names: a letter for each coordinate; θ₁, θ₂, … for those of a vector θ.
        vector: the vector, where they are the entries of one.
    """

    names: tuple[Symbol, ...]
    vector: ArrayName | None = None

    def point(self, entries: Sequence[Basic]) -> dict[Basic, Basic]:
        """What is filled in for the variables at a point."""
        if self.vector is not None:
            return {self.vector: Column(*entries)}
        return dict(zip(self.names, entries, strict=True))

    def entries(self, point: Mapping[Basic, Basic]) -> tuple[Basic, ...]:
        """The coordinates of a point."""
        if self.vector is not None:
            return entries_of(point[self.vector])
        return tuple(point[name] for name in self.names)


def entries_of(value: Basic) -> tuple[Basic, ...]:
    """The entries of a row or column; of a number itself."""
    return tuple(value.args) if type(value) in (Row, Column) else (value,)


def coordinates_of(by: Sequence[Basic], count: int) -> Coordinates:
    """The coordinates of a descent by these variables.

    Args:
        by: letters, or one vector.
        count: how many coordinates there are.

    Raises:
        ProblemError: a matrix, or a vector among other variables.
    """
    arrays = [name for name in by if isinstance(name, ArrayName)]
    if not arrays:
        return Coordinates(tuple(name for name in by if isinstance(name, Symbol)))
    (first, *_) = arrays
    if len(by) > 1 or first.columns is not ONE:
        raise ProblemError(
            "a descent moves letters, or the entries of one vector",
            hint=f"put all of them into one vector, or give the entries of {first.name} names",
        )
    names = tuple(symbol(f"{first.name}_{place}") for place in range(1, count + 1))
    return Coordinates(names, first)
