"""Directional derivatives as they are written for a function: f'(x, y; 3, 4)."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression import (
    ONE,
    ZERO,
    Limit,
    Negative,
    Over,
    Plus,
    Row,
    free_symbols,
    moved_along,
    symbol,
)
from derivex.notation.limit_parts import LimitParts
from derivex.notation.open_parts import GROUP, Group, applied
from derivex.notation.piece import Piece
from derivex.notation.vocabulary import KnownFunction

__all__ = ["DirectionalParts"]


class DirectionalParts(LimitParts):
    """The part of the reader that puts directional derivatives together."""

    def comma(self, piece: Piece, position: int) -> int:
        """A comma, or a semicolon between the rows of a matrix."""
        raise NotImplementedError

    def semicolon(self, piece: Piece, position: int) -> int:
        """The semicolon of f'(x, y; 3, 4), between a point and a direction."""
        self.fold(GROUP)
        group = self.groups[-1]
        called = group.piece.function if group.kind == "call" else None
        if called is None or not called.along or group.arguments:
            return self.comma(piece, position)
        assert self.value is not None
        group.values.append(self.value)
        group.arguments = len(group.values)
        self.value = None
        return position + 1

    def directional(
        self, group: Group, function: KnownFunction, arguments: list[Basic], position: int
    ) -> Basic:
        """f'(x; v), which is the limit of (f(x + h v) − f(x))/h as h goes to 0."""
        point, direction = arguments[: group.arguments], arguments[group.arguments :]
        means = function.function
        wanted = len(point) if means is None else len(means.parameters)
        if not len(point) == len(direction) == wanted:
            raise self.source.error(
                f"{function.name} has {wanted} argument{'s' * (wanted != 1)}, so as many are "
                "needed before the semicolon, and as many components of a direction after it",
                group.start,
                self.pieces[position].end,
                f"write {function.name}'(x; 2), or {function.name}'(x, y; 3, 4)",
            )
        inside = Row(*arguments, *([] if means is None else [means.definition or ONE]))
        taken = {each.name for each in free_symbols(inside)} | self.vocabulary.known
        letters = ("h", "k", "t", *(f"h_{number}" for number in range(1, len(taken) + 2)))
        step = symbol(next(letter for letter in letters if letter not in taken))
        moved = [
            moved_along(here, step, towards) for here, towards in zip(point, direction, strict=True)
        ]
        difference = Plus(
            applied(function, moved, None, None), Negative(applied(function, point, None, None))
        )
        return Limit(Over(difference, step), step, ZERO)
