"""Limits: lim_{h->0} u, lim(u, h -> 0+)."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import ReadError
from derivex.expression import LeftLimit, Limit, RightLimit, infinite_sign
from derivex.notation.halves import Halves
from derivex.notation.open_parts import Group, Limiting
from derivex.notation.piece import Piece

__all__ = ["LimitParts"]

_KINDS: dict[str, type[Limit]] = {"": Limit, "PLUS": RightLimit, "MINUS": LeftLimit}


class LimitParts(Halves):
    """The part of the reader that puts limits together."""

    def limit_comma(self, group: Group, position: int) -> int:
        """lim(u, h -> 0): what follows the body."""
        variable, arrow = self.piece_at(position + 1), self.piece_at(position + 2)
        if (
            group.values
            or variable is None
            or not isinstance(variable.value, Symbol)
            or arrow is None
            or arrow.kind != "ARROW"
        ):
            raise self.limit_error(group)
        assert self.value is not None
        group.values.append(self.value)
        group.target = variable.value
        self.value = None
        return position + 3

    def limit_error(self, group: Group) -> ReadError:
        return self.source.error(
            "this limit needs its variable and where that goes",
            group.start,
            group.piece.end,
            "write lim(u, h -> 0), lim(u, h -> 0+), or lim_{h->0} u",
        )

    def tells_side(self, piece: Piece, position: int) -> bool:
        """Whether a sign is the + or − behind the point of a limit; it is then taken."""
        group = self.groups[-1]
        if group.kind != "limit" and (group.kind != "limit call" or group.target is None):
            return False
        following = self.piece_at(position + 1)
        if following is None or following.kind != "CLOSE":
            return False
        group.side = piece.kind
        return True

    def limit_open(self, group: Group, point: Basic) -> None:
        """The operand of lim_{h->0} comes next."""
        self.push(Limiting(group.start, _kind(group, point), group.piece.variables[0], point))

    def limit_closed(self, group: Group, point: Basic) -> Basic:
        """A lim(u, h -> 0) that has just been closed."""
        if group.target is None:
            raise self.limit_error(group)
        return _kind(group, point)(group.values[0], group.target, point)

    def arrow(self, piece: Piece, position: int) -> int:
        raise self.source.error(
            "an arrow stands only behind the variable of a limit",
            piece.start,
            piece.end,
            "write lim(u, h -> 0)",
        )


def _kind(group: Group, point: Basic) -> type[Limit]:
    """The kind of a limit; from ∞ nothing comes but from one side, whether that is said or not."""
    return Limit if infinite_sign(point) else _KINDS[group.side]
