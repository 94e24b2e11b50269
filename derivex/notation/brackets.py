"""Brackets of every kind: grouping, calls, indices, |…|, sums, and derivatives' two halves."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import ReadError
from derivex.expression import Apply, At, D, Mean, Negative, Total, function_name, integer
from derivex.notation.asides import Asides
from derivex.notation.open_parts import (
    GROUP,
    Derivative,
    Group,
    OpenPart,
    Summation,
    applied,
)
from derivex.notation.piece import Piece

__all__ = ["CLOSING", "Brackets"]

CLOSING = {"(": ")", "[": "]", "{": "}", "|": "|"}


class Brackets(Asides):
    """The part of the reader that opens and closes brackets."""

    index_closed_at: int  # position of the bracket that closed an index, for a[i][j]

    def push(self, part: OpenPart) -> None:
        """Open a part."""
        raise NotImplementedError

    def fold(self, level: int) -> None:
        """Close the open parts that bind tighter than a level."""
        raise NotImplementedError

    def open(self, group: Group, position: int) -> int:
        """Open a bracket that stands at a position."""
        self.push(group)
        self.groups.append(group)
        return position + 1

    def open_group(self, kind: str, piece: Piece, position: int) -> int:
        """Open a bracket of some kind."""
        closing = CLOSING.get(self.source.text[piece.end - 1], "/∂")
        return self.open(Group(kind, piece, closing), position)

    def open_index(self, piece: Piece, position: int) -> int:
        """Open the bracket of an index such as a[i] or a_{i+1}."""
        base, start = self.value, self.start
        again = self.index_closed_at == position - 1
        if not again and (self.pieces[position - 1].kind != "LEAF" or not isinstance(base, Symbol)):
            raise self.missing_operand(piece)
        group = Group("index", piece, CLOSING[self.source.text[piece.end - 1]], base)
        group.start = start
        return self.open(group, position)

    def indexes_again(self, piece: Piece, position: int) -> bool:
        """Whether a bracket is the second index of a[i][j]."""
        return (
            self.index_closed_at == position - 1
            and piece.kind == "OPEN"
            and self.source.text[piece.start] == "["
            and piece.start == self.pieces[position - 1].end
        )

    def comma(self, piece: Piece, position: int) -> int:
        """A comma ends an argument, an index, or the body of a sum."""
        self.fold(GROUP)
        group = self.groups[-1]
        assert self.value is not None
        if group.kind in ("call", "index"):
            group.values.append(self.value)
            self.value = None
            return position + 1
        if group.kind == "sum":
            return self._sum_comma(group, position)
        raise self._list(group, piece)

    def _list(self, group: Group, piece: Piece) -> ReadError:
        if group.kind == "mean":
            message, hint = "mean takes one argument", "write mean(a h) for the mean of a product"
        else:
            message = "a list where one expression is expected"
            hint = "give one expression; vectors and matrices cannot be read here"
        return self.source.error(message, piece.start, piece.end, hint)

    def _sum_comma(self, group: Group, position: int) -> int:
        """sum(u, i), sum(u, i = 1..n): what follows the body."""
        assert self.value is not None
        if group.target is not None:
            return self.range(self.pieces[position], position)
        index, after = self.piece_at(position + 1), self.piece_at(position + 2)
        if index is None or index.kind != "LEAF" or not isinstance(index.value, Symbol):
            raise self._sum_error(group)
        if after is None or after.kind not in ("EQUALS", "CLOSE"):
            raise self._sum_error(group)
        body = self.value
        if after.kind == "CLOSE":
            if self.shown(after) != group.closing:
                raise self._sum_error(group)
            self.groups.pop()
            self.stack.pop()
            self.value = Total(body, index.value)
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
                "a range such as 1..n can stand only in a sum",
                piece.start,
                piece.end,
                "write sum(u, i = 1..n)",
            )
        group.values.append(self.value)
        self.value = None
        return position + 1

    def _sum_error(self, group: Group) -> ReadError:
        return self.source.error(
            "this sum needs its index, and both bounds or none",
            group.start,
            group.piece.end,
            "write sum(u, i), or sum(u, i = 1..n), or sum_i u",
        )

    def close(self, piece: Piece, position: int) -> int:
        """A closing bracket."""
        self.fold(GROUP)
        group = self.groups[-1]
        shown = self.shown(piece)
        if group.kind == "root":
            raise self.source.error(
                f"there is no open bracket that this {shown} could close",
                piece.start,
                piece.end,
                f"leave {shown} out, or open a bracket before it",
            )
        if group.closing != shown:
            raise self.source.error(
                f"{shown} does not close {self.shown(group.piece)}; "
                f"{group.closing} is expected here",
                piece.start,
                piece.end,
                f"write {group.closing}, or close the bracket that {shown} belongs to",
            )
        self.groups.pop()
        self.stack.pop()
        return self._closed(group, position)

    def _closed(self, group: Group, position: int) -> int:
        """What a bracket that has just been closed stands for."""
        value = self.value
        assert value is not None
        self.start = group.start
        if group.kind == "call":
            self.value = self._call(group, [*group.values, value], position)
        elif group.kind == "bar":
            self.value = Apply(function_name("abs"), value)
        elif group.kind == "mean":
            self.value = Mean(value)
        elif group.kind == "index":
            assert group.target is not None
            before = group.target.args if type(group.target) is At else (group.target,)
            self.value = At(*before, *group.values, value)
            self.index_closed_at = position
        elif group.kind == "sum":
            self.value = self._bounded(group, value)
        elif group.kind == "by":
            position = self._skip_order(group, position)
            self.push(Derivative(group.start, (value,) * group.piece.order))
        elif group.kind == "over_by":
            assert group.target is not None
            position = self._skip_order(group, position)
            self.value = group.target
            for _ in range(group.piece.order):
                self.value = D(self.value, value)
        elif group.kind == "lower":
            return self._upper(group, value, position)
        elif group.kind == "upper":
            assert group.target is not None
            self.push(Summation(group.start, group.piece.variables, (group.target, value)))
        return position + 1

    def _call(self, group: Group, arguments: list[Basic], position: int) -> Basic:
        function = group.piece.function
        assert function is not None
        if function.arity is not None and len(arguments) != function.arity:
            count = "one argument" if function.arity == 1 else f"{function.arity} arguments"
            hint = f"write {function.name}({', '.join('xyzuvw'[: function.arity])})"
            if function.name == "log" and len(arguments) == 2:
                hint = "write log_2(x) for the logarithm to another base"
            raise self.source.error(
                f"{function.name} takes {count}, not {len(arguments)}",
                group.start,
                self.pieces[position].end,
                hint,
            )
        base = group.piece.value
        if base is not None:
            end = self.pieces[position].end
            self.note_logarithm(group.start, end, group.piece.end, base)
        return applied(function, arguments, base, group.target)

    def _bounded(self, group: Group, upper: Basic) -> Basic:
        if group.target is None or len(group.values) != 2:
            raise self._sum_error(group)
        body, lower = group.values
        return Total(body, group.target, lower, upper)

    def _upper(self, group: Group, lower: Basic, position: int) -> int:
        """The upper bound, after sum_{i=1} has been closed."""
        caret, bound = self.piece_at(position + 1), self.piece_at(position + 2)
        piece = group.piece
        if caret is not None and caret.kind == "SUPERSCRIPT" and caret.value is not None:
            self.push(Summation(group.start, piece.variables, (lower, caret.value)))
            return position + 2
        if caret is not None and caret.kind == "CARET" and bound is not None:
            if bound.kind in ("LEAF", "NUMBER") and bound.value is not None:
                self.push(Summation(group.start, piece.variables, (lower, bound.value)))
                return position + 3
            if bound.kind == "OPEN":
                closing = CLOSING[self.source.text[bound.start]]
                self.value = None
                return self.open(Group("upper", piece, closing, lower), position + 2)
        raise self.source.error(
            "a sum with a lower bound needs an upper bound",
            group.start,
            self.pieces[position].end,
            "write sum_{i=1}^n u, or sum_(i=1)^(n+1) u",
        )

    def _skip_order(self, group: Group, position: int) -> int:
        """The position of the last piece of ∂(x+y)^2, where ^2 repeats the order."""
        order = group.piece.order
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
            value = D(value, variable)
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

    def function_exponent(self, piece: Piece, position: int) -> tuple[Basic | None, int]:
        """The exponent of sin^2 x, and the position after it; None where there is none."""
        first = self.piece_at(position)
        if first is None or first.kind not in ("CARET", "SUPERSCRIPT"):
            return None, position
        if first.kind == "SUPERSCRIPT":
            exponent, after = first.value, position + 1
        else:
            inner = position + 1
            following = self.piece_at(inner)
            bracketed = following is not None and following.kind == "OPEN"
            inner += bracketed
            negative = inner < self.end and self.pieces[inner].kind == "MINUS"
            inner += negative
            written = self.piece_at(inner)
            exponent = None
            if written is not None and written.kind in ("LEAF", "NUMBER"):
                exponent = written.value
            after = inner + 1
            if bracketed:
                closing = self.piece_at(after)
                if closing is None or closing.kind != "CLOSE":
                    exponent = None
                after += 1
            if negative and exponent is not None:
                exponent = Negative(exponent)
        name = piece.function.name if piece.function is not None else ""
        if exponent is None:
            raise self.source.error(
                f"the exponent of {name} cannot be read here",
                first.start,
                first.end,
                f"write {name}(x)^(…)",
            )
        if type(exponent) is Negative:
            raise self.source.error(
                f"{name}^-1 can mean the inverse function or 1/{name}",
                piece.start,
                self.pieces[after - 1].end,
                f"write a{name}(x) for the inverse function, {name}(x)^-1 for the power",
            )
        return exponent, after
