"""Brackets of every kind: grouping, calls, indices, |…|, sums, and derivatives' two halves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import ReadError
from derivex.expression import DOTS, ONE, Apply, At, Column, Matrix, Mean, Row, function_name
from derivex.expression.array_nodes import ArrayName, Dot, Entries, Norm
from derivex.expression.shapes import is_array, shape_of
from derivex.notation.array_functions import array_call, entry_of, loss_of_vectors, table_of
from derivex.notation.directional_parts import DirectionalParts
from derivex.notation.halves import CLOSING
from derivex.notation.lexer import Word
from derivex.notation.open_parts import (
    GROUP,
    NABLAS,
    Derivative,
    Group,
    OpenPart,
    Summation,
    applied,
    derivative,
)
from derivex.notation.piece import Piece
from derivex.notation.refusals import refuse_word
from derivex.notation.text_writer import TextWriter

__all__ = ["Brackets"]


class Brackets(DirectionalParts):
    """The part of the reader that opens and closes brackets."""

    index_closed_at: int  # position of the bracket that closed an index, for a[i][j]
    norm_closed_at: int  # position of the bars that closed a norm

    arrays: bool  # whether vectors and matrices may occur

    def fitting(self, part: OpenPart, make: Callable[[Basic], Any]) -> Basic | None:
        """What is made of a part and the operand read last, whose shapes must fit."""
        raise NotImplementedError

    def open_group(self, kind: str, piece: Piece, position: int) -> int:
        """Open a bracket of some kind."""
        closing = CLOSING.get(self.source.text[piece.end - 1], "/∂")
        return self.open(Group(kind, piece, closing), position)

    def open_index(self, piece: Piece, position: int) -> int:
        """Open the bracket of an index such as a[i] or a_{i+1}."""
        base, start = self.value, self.start
        again = self.index_closed_at == position - 1 or self.pieces[position - 1].kind == "CLOSE"
        if not again and (
            self.pieces[position - 1].kind != "LEAF" or not isinstance(base, (Symbol, ArrayName))
        ):
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

    def indexes_bracket(self, piece: Piece) -> bool:
        """Whether a bracket holds the indices of what another one holds: (X^T X)[1, 2]."""
        before = self.pieces[self.position - 1]
        return (
            before.kind == "CLOSE"
            and piece.kind == "OPEN"
            and self.source.text[piece.start] == "["
            and piece.start == before.end
        )

    def entry(self, piece: Piece, position: int) -> int:
        """The subscript behind a bracket: softmax(z)_k."""
        assert self.value is not None
        if not self.vocabulary.scope.arrays and type(self.value) is not At:
            raise self.source.error(
                "a subscript needs a name directly before it",
                piece.start,
                piece.end,
                "declare what has entries as a vector, or give it a name",
            )
        self.value = entry_of(self.value, piece.variables)
        self.position = position + 1
        self.fitting(self.groups[-1], lambda value: value)
        return position + 1

    def comma(self, piece: Piece, position: int) -> int:
        """A comma ends an argument, an index, or the body of a sum."""
        self.fold(GROUP)
        group = self.groups[-1]
        assert self.value is not None
        square = group.kind == "bracket" and (
            group.closing in ("]", "⟩") or self._stands_alone(group)
        )
        if piece.kind == "SEMICOLON" and not square:
            raise refuse_word(self.source, Word("OTHER", ";", piece.start, piece.end))
        if group.kind in ("call", "index") or square:
            group.values.append(self.value)
            self.value = None
            if piece.kind == "SEMICOLON":
                group.rows.append(len(group.values))
            return position + 1
        if group.kind == "sum":
            return self.sum_comma(group, position)
        if group.kind == "limit call":
            return self.limit_comma(group, position)
        raise self._list(group, piece)

    def _stands_alone(self, group: Group) -> bool:
        """Whether a round bracket may hold a vector: not directly behind a name: loss(s, b)."""
        start = group.piece.start
        return group.closing == ")" and not self.source.text[:start][-1:].isalnum()

    def _list(self, group: Group, piece: Piece) -> ReadError:
        if group.kind == "mean":
            message, hint = "mean takes one argument", "write mean(a h) for the mean of a product"
        else:
            message = "a list where one expression is expected"
            hint = "give one expression; a vector stands in square brackets: [1, 2]"
        return self.source.error(message, piece.start, piece.end, hint)

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
        return self._take_off(group, position)

    def close_norm(self, position: int) -> int:
        """The bars that close a norm, the last of which stands at a position."""
        return self._take_off(self.groups[-1], position)

    def _take_off(self, group: Group, position: int) -> int:
        self.groups.pop()
        self.stack.pop()
        following = self._closed(group, position)
        if self.arrays and self.value is not None:
            self.position = following
            self.fitting(group, lambda value: value)
        return following

    def _closed(self, group: Group, position: int) -> int:
        """What a bracket that has just been closed stands for."""
        value = self.value
        assert value is not None
        self.start = group.start
        if group.kind == "call":
            self.value = self._call(group, [*group.values, value], position)
        elif group.kind == "norm":
            if not is_array(value):
                raise self.source.error(
                    f"‖…‖ is the norm of a vector or matrix, and {TextWriter().write(value)} is a "
                    "number",
                    group.start,
                    self.pieces[position].end,
                    'declare its shape: --let "x: d"; for the size of a number write |…|',
                )
            self.value = Norm(value)
            self.norm_closed_at = position
        elif group.kind == "bracket" and group.closing == "⟩":
            self.value = self._inner_product(group, [*group.values, value], position)
        elif group.kind == "bracket" and group.values:
            self.value = self._table(group, [*group.values, value], position)
        elif group.kind == "bracket" and type(value) is Column and self._wraps_row(group, position):
            self.value = Matrix(Row(*value.args))
        elif group.kind == "bar":
            self.value = self._between_bars(group, value, position)
        elif group.kind == "mean":
            self.value = Mean(value)
        elif group.kind == "index":
            assert group.target is not None
            before = group.target.args if type(group.target) is At else (group.target,)
            indices = [*before[1:], *group.values, value]
            delta = self.vocabulary.indexed(before[0], *indices)
            self.value = entry_of(before[0], indices) if type(delta) is At else delta
            self.index_closed_at = position
        elif group.kind == "sum":
            self.value = self.bounded(group, value)
        elif group.kind == "by":
            position = self.skip_order(group, position)
            order = group.piece.order
            nabla = NABLAS.get(order)
            self.push(Derivative(group.start, (value,) * (order if nabla is None else 1), nabla))
        elif group.kind == "over_by":
            assert group.target is not None
            position = self.skip_order(group, position)
            self.value = group.target
            for _ in range(group.piece.order):
                self.value = derivative(self.value, value)
        elif group.kind == "limit":
            self.limit_open(group, value)
        elif group.kind == "limit call":
            self.value = self.limit_closed(group, value)
        elif group.kind == "int_lower":
            return self.integral_upper(group.piece, value, position)
        elif group.kind == "int_upper":
            assert group.target is not None
            return self.open_integral(group.piece, (group.target, value), position + 1)
        elif group.kind == "lower":
            return self.upper_bound(group, value, position)
        elif group.kind == "upper":
            assert group.target is not None
            self.push(Summation(group.piece, (group.target, value)))
        elif group.kind == "bracket":
            self.check_bracketed(value, position)
        return position + 1

    def _wraps_row(self, group: Group, position: int) -> bool:
        """Whether a bracket holds just another one: [[a, b]], a matrix of one row."""
        first, last = group.position + 1, position - 1
        return all(
            self.pieces[at].kind == kind and self.shown(self.pieces[at]) == sign
            for at, kind, sign in (
                (first - 1, "OPEN", "["),
                (first, "OPEN", "["),
                (last, "CLOSE", "]"),
                (position, "CLOSE", "]"),
            )
        )

    def _table(self, group: Group, entries: list[Basic], position: int) -> Basic:
        """A vector, or a matrix whose rows are separated by semicolons: [a, b; c, d]."""
        if not group.rows or len(group.rows) == len(entries) - 1:
            return table_of(entries)
        starts = [0, *group.rows]
        rows = [entries[a:b] for a, b in zip(starts, [*group.rows, len(entries)], strict=True)]
        if len({len(row) for row in rows}) > 1:
            raise self.source.error(
                "the rows of this matrix have different numbers of entries",
                group.start,
                self.pieces[position].end,
                "write [1, 2; 3, 4]",
            )
        return table_of([table_of(row) for row in rows])

    def _between_bars(self, group: Group, value: Basic, position: int) -> Basic:
        """|u| of a number, and |A| of a matrix, which is its determinant."""
        if not is_array(value):
            return Apply(function_name("abs"), value)
        end = self.pieces[position].end
        shape = shape_of(value)
        if shape is None or shape[1] is ONE:
            raise self.source.error(
                f"|…| is the size of a number, and {TextWriter().write(value)} is none",
                group.start,
                end,
                "write ‖…‖ for the length of a vector",
            )
        shown = self.notes.quote(group.start, end)
        self.notes.add(group.start, shown, f"det({shown.strip('|')}), the determinant")
        return Apply(function_name("det"), value)

    def _inner_product(self, group: Group, operands: list[Basic], position: int) -> Basic:
        if len(operands) != 2 or not all(map(is_array, operands)):
            raise self.source.error(
                "⟨…⟩ is the inner product of two vectors or matrices",
                group.start,
                self.pieces[position].end,
                "write ⟨A, B⟩, or inner(A, B)",
            )
        return Dot(*operands)

    def check_bracketed(self, value: Basic, position: int) -> None:
        """Refuse what cannot stand in a bracket there."""
        raise NotImplementedError

    def _note_powered_call(self, group: Group, position: int) -> None:
        """Note that \\ln(u)^5 of LaTeX is the power of the logarithm."""
        function = group.piece.function
        assert function is not None
        if function.function is not None and len(function.name) > 1 and group.target is None:
            end = self.pieces[position].end
            power = self.notes.quote(self.pieces[position + 1].start, self.term_end(position + 1))
            call = self.notes.quote(group.start, end)
            self.notes.add(group.start, f"{call}{power}", f"({call}){power}")

    def _call(self, group: Group, arguments: list[Basic], position: int) -> Basic:
        function = group.piece.function
        assert function is not None
        if function.along:
            return self.directional(group, function, arguments, position)
        unknown = function.function is None or not function.function.definition
        if DOTS in arguments and unknown and not self.vocabulary.scope.rules:
            arguments = [Entries(Column(*arguments))]  # f(x_1, …, x_m)
        elif function.arity is not None and len(arguments) != function.arity:
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
        if function.places and max(function.places) > len(arguments):
            raise self.source.error(
                f"{function.name} has no argument number {max(function.places)} here",
                group.start,
                self.pieces[position].end,
                "the arguments are counted from 1",
            )
        made = array_call(function.name, arguments) if function.function is None else None
        if made is not None:
            return made
        loss = loss_of_vectors(function.name, arguments)
        if loss is not None:
            made, said = loss
            self.notes.add(
                group.start, self.notes.quote(group.start, self.pieces[position].end), said
            )
            return made
        after = self.piece_at(position + 1)
        if self.source.latex and after is not None and after.kind in ("CARET", "SUPERSCRIPT"):
            self._note_powered_call(group, position)
        base = group.piece.value
        if base is not None and not function.subscripted:
            end = self.pieces[position].end
            self.note_logarithm(group.start, end, group.piece.end, base)
        return applied(function, arguments, base, group.target)
