"""One row operation: a multiple of one equation subtracted from a multiple of another."""

from __future__ import annotations

from dataclasses import dataclass

from sympy.core.basic import Basic

from derivex.expression import ONE, Negative, value_of
from derivex.solving.record import Words

__all__ = ["RowOperation"]


@dataclass(frozen=True)
class RowOperation:
    """(own · target − other · source)/divisor takes the place of the target.

    Both have the same solutions together with the source, for own is not 0.

    Args:
        target: the row that is changed, from 0.
        source: the row whose pivot eliminates an unknown.
        column: the unknown, as its place from 0.
        own: what the target is multiplied by.
        other: what the source is multiplied by.
        divisor: the number that all coefficients are divided by.
    """

    target: int
    source: int
    column: int
    own: Basic
    other: Basic
    divisor: Basic = ONE

    @property
    def words(self) -> Words:
        """What is done: (2) − 3·(1).

        >>> from derivex.expression import TWO, integer
        >>> from derivex.solving.record import written
        >>> written(RowOperation(1, 0, 0, TWO, Negative(integer(3)), integer(5)).words)
        '(2·(2) + 3·(1))/5'
        """
        value = value_of(self.other)
        minus = type(self.other) is not Negative and (value is None or value >= 0)
        share = self.other if minus else self.other.args[0]
        words: Words = (
            *_times(self.own, self.target),
            " − " if minus else " + ",
            *_times(share, self.source),
        )
        return words if self.divisor is ONE else ("(", *words, ")/", self.divisor)


def _times(factor: Basic, row: int) -> Words:
    return (f"({row + 1})",) if factor is ONE else (factor, f"·({row + 1})")
