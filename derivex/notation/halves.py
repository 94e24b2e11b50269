"""Constructs in two halves: the bounds of a sum, and a derivative written as a fraction."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import ReadError
from derivex.expression import ONE, Antiderivative, Integral, Total, integer
from derivex.expression.array_nodes import Dot, Ones
from derivex.expression.shapes import SCALAR, shape_of
from derivex.notation.asides import Asides
from derivex.notation.open_parts import GROUP, Group, OpenPart, Summation, derivative
from derivex.notation.piece import Piece
from derivex.notation.vocabulary import words_for

__all__ = ["CLOSING", "Halves"]

CLOSING = {"(": ")", "[": "]", "{": "}", "|": "|", "‖": "‖", "⟨": "⟩"}
"""The closing bracket of each opening one."""


class Halves(Asides):
    """The part of the reader that puts sums and fractional derivatives together."""

    def push(self, part: OpenPart) -> None:
        """Open a part."""
        raise NotImplementedError

    def fold(self, level: int) -> None:
        """Close the open parts that bind tighter than a level."""
        raise NotImplementedError

    def open(self, group: Group, position: int) -> int:
        """Open a bracket that stands at a position."""
        group.position = position
        self.push(group)
        self.groups.append(group)
        return position + 1

    def sum_comma(self, group: Group, position: int) -> int:
        """sum(u, i), sum(u, i = 1..n): what follows the body."""
        assert self.value is not None
        if group.target is not None:
            return self.range(self.pieces[position], position)
        index, after = self.piece_at(position + 1), self.piece_at(position + 2)
        if index is None or index.kind != "LEAF" or not isinstance(index.value, Symbol):
            raise self.sum_error(group)
        if after is None or after.kind not in ("EQUALS", "CLOSE"):
            raise self.sum_error(group)
        body = self.value
        if after.kind == "CLOSE":
            if self.shown(after) != group.closing:
                raise self.sum_error(group)
            self.groups.pop()
            self.stack.pop()
            binder = group.piece.binder
            self.value = (Antiderivative if binder is Integral else binder)(body, index.value)
            self.start = group.start
            return position + 3
        group.target = index.value
        group.values.append(body)
        self.value = None
        return position + 3

    def range(self, piece: Piece, position: int) -> int:
        """The .. between the bounds of a sum."""
        self.fold(GROUP)
        group = self.groups[-1]
        assert self.value is not None
        if group.kind != "sum" or len(group.values) != 1:
            raise self.source.error(
                "a range such as 1..n can stand only in a sum or product",
                piece.start,
                piece.end,
                "write sum(u, i = 1..n)",
            )
        group.values.append(self.value)
        self.value = None
        return position + 1

    def sum_error(self, group: Group) -> ReadError:
        word, noun = words_for(group.piece.binder)
        if group.piece.binder is Integral:
            return self.source.error(
                "this integral needs its variable, and both bounds or none",
                group.start,
                group.piece.end,
                "write int(u, t = a..b), or int_a^b u dt, or int u dt",
            )
        return self.source.error(
            f"this {noun} needs its index, and both bounds or none",
            group.start,
            group.piece.end,
            f"write {word}(u, i), or {word}(u, i = 1..n), or {word}_i u",
        )

    def bounded(self, group: Group, upper: Basic) -> Basic:
        if group.target is None and not group.values and group.piece.binder is Total:
            shape = shape_of(upper)
            if shape is not None and shape != SCALAR and shape[1] is ONE:
                return Dot(Ones(shape[0], ONE), upper)  # sum(x), of the entries of a vector
        if group.target is None or len(group.values) != 2:
            raise self.sum_error(group)
        body, lower = group.values
        return group.piece.binder(body, group.target, lower, upper)

    def integral_upper(self, piece: Piece, lower: Basic, position: int) -> int:
        """The upper bound of an integral, whose lower bound ends at a position."""
        caret, bound = self.piece_at(position + 1), self.piece_at(position + 2)
        if caret is not None and caret.kind == "SUPERSCRIPT" and caret.value is not None:
            return self.open_integral(piece, (lower, caret.value), position + 2)
        if caret is not None and caret.kind == "CARET" and bound is not None:
            if bound.kind in ("LEAF", "NUMBER") and bound.value is not None:
                return self.open_integral(piece, (lower, bound.value), position + 3)
            if bound.kind == "OPEN":
                closing = CLOSING[self.source.text[bound.start]]
                self.value = None
                return self.open(Group("int_upper", piece, closing, lower), position + 2)
        raise self.bounds_missing(piece, self.pieces[position].end, "an upper")

    def bounds_missing(self, piece: Piece, end: int, which: str) -> ReadError:
        return self.source.error(
            f"this integral needs {which} bound, too",
            piece.start,
            end,
            "write int_0^x u dt, int_(a+1)^(b^2) u dt, or int u dt without bounds",
        )

    def open_integral(self, piece: Piece, bounds: tuple[Basic, ...], position: int) -> int:
        """Begin the body of an integral, which ends with dt."""
        group = Group("integral", piece, "")
        group.values.extend(bounds)
        self.push(group)
        self.groups.append(group)
        return position

    def differential(self, piece: Piece, position: int) -> int:
        """The dt that ends an integral."""
        self.fold(GROUP)
        group = self.groups[-1]
        if group.kind != "integral":
            raise self.never_closed(group)
        assert self.value is not None
        self.groups.pop()
        self.stack.pop()
        self.start = group.start
        name = piece.variables[0]
        if group.values:
            self.value = Integral(self.value, name, *group.values)
        else:
            self.value = Antiderivative(self.value, name)
        return position + 1

    def differential_alone(self, piece: Piece, position: int) -> int:
        """The dt directly behind the sign of an integral: its integrand is 1."""
        group = self.groups[-1]
        alone = self.stack[-1] is group and self.pieces[position - 1].kind != "PLUS"
        if group.kind != "integral" or not alone:
            raise self.missing_operand(piece)
        self.value = ONE
        return self.differential(piece, position)

    def upper_bound(self, group: Group, lower: Basic, position: int) -> int:
        """The upper bound, after sum_{i=1} has been closed."""
        caret, bound = self.piece_at(position + 1), self.piece_at(position + 2)
        piece = group.piece
        if caret is not None and caret.kind == "SUPERSCRIPT" and caret.value is not None:
            self.push(Summation(piece, (lower, caret.value)))
            return position + 2
        if caret is not None and caret.kind == "CARET" and bound is not None:
            if bound.kind in ("LEAF", "NUMBER") and bound.value is not None:
                self.push(Summation(piece, (lower, bound.value)))
                return position + 3
            if bound.kind == "OPEN":
                closing = CLOSING[self.source.text[bound.start]]
                self.value = None
                return self.open(Group("upper", piece, closing, lower), position + 2)
        word, noun = words_for(piece.binder)
        raise self.source.error(
            f"a {noun} with a lower bound needs an upper bound",
            group.start,
            self.pieces[position].end,
            f"write {word}_{{i=1}}^n u, or {word}_(i=1)^(n+1) u",
        )

    def skip_order(self, group: Group, position: int) -> int:
        """The position of the last piece of ∂(x+y)^2, where ^2 repeats the order."""
        order = max(group.piece.order, 1)
        following = self.piece_at(position + 1)
        if following is None or following.kind not in ("CARET", "SUPERSCRIPT"):
            if order == 1:
                return position
        elif order > 1:
            step = 1 if following.kind == "SUPERSCRIPT" else 2
            written = self.piece_at(position + step)
            if written is not None and written.value == integer(order):
                return position + step
        piece = following if following is not None and order == 1 else self.pieces[position]
        raise self.power_of_derivative(piece)

    def over(self, piece: Piece, position: int) -> int:
        """The /∂x that ends ∂u/∂x."""
        value = self._numerator(piece)
        for variable in reversed(piece.variables):
            value = derivative(value, variable)
        self.value = value
        return position + 1

    def over_by(self, piece: Piece, position: int) -> int:
        """The /∂( that ends ∂u/∂(x+y)."""
        numerator = self._numerator(piece)
        start = self.start
        group = Group("over_by", piece, CLOSING[self.source.text[piece.end - 1]], numerator)
        group.start = start
        return self.open(group, position)

    def _numerator(self, piece: Piece) -> Basic:
        """The expression after the d or ∂ that a slash belongs to."""
        self.fold(GROUP)
        group = self.groups[-1]
        if group.kind != "numerator":
            raise self.never_closed(group)
        assert self.value is not None
        self.groups.pop()
        self.stack.pop()
        self.start = group.start
        return self.value
