"""What the reader says beside the tree: notes on its choices, and what it expected."""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import ReadError
from derivex.expression import Apply
from derivex.expression.traverse import contains
from derivex.notation.lexer import Source
from derivex.notation.notes import Notes
from derivex.notation.open_parts import (
    Application,
    Derivative,
    Group,
    OpenPart,
    Product,
    Radical,
    Steepest,
)
from derivex.notation.piece import OPENING, Piece
from derivex.notation.text_writer import TextWriter
from derivex.notation.vocabulary import Vocabulary

__all__ = ["Asides"]

_LOOK_AHEAD = 24  # pieces of a term that a note looks at
_TERM_ENDS = {
    *("PLUS", "MINUS", "COMMA", "EQUALS", "SLASH", "STAR", "RANGE", "OVER"),
    *("RELATION", "THEN", "ELSE", "AND", "OR"),
}
_NAMES = {
    "call": "the bracket of this function",
    "bar": "this |",
    "norm": "this norm",
    "numerator": "this derivative's numerator",
}


class Asides:
    """The state of the reader as far as notes and errors need it."""

    source: Source
    pieces: list[Piece]
    vocabulary: Vocabulary
    notes: Notes
    stack: list[OpenPart]
    groups: list[Group]
    value: Basic | None
    start: int  # where the operand that has just been read starts
    position: int  # of the piece being read
    end: int

    def piece_at(self, position: int) -> Piece | None:
        """The piece at a position, None beyond the end of what is being read."""
        return self.pieces[position] if position < self.end else None

    def offset_after(self, position: int) -> int:
        """The offset just behind the piece before a position."""
        if 0 < position <= len(self.pieces):
            return self.pieces[position - 1].end
        return 0 if not self.pieces else self.pieces[0].start

    def shown(self, piece: Piece) -> str:
        """A piece as it is written."""
        return self.source.text[piece.start : piece.end]

    # Errors.

    def missing_operand(self, piece: Piece) -> ReadError:
        """A sign or a bracket stands where a number, a name or a bracket is expected."""
        shown = self.shown(piece)
        top = self.stack[-1]
        if piece.kind == "CLOSE" and isinstance(top, Group) and top.kind != "root":
            return self._empty(top, piece)
        if piece.kind == "COMMA":
            hint = "leave the comma out, or write what should stand before it"
        elif piece.kind in ("STAR", "SLASH", "CARET") and self.position > 0:
            hint = "write one operator between two operands"
        elif piece.kind == "INDEX":
            hint = "a subscript needs a name directly before it: a_(i+1)"
        else:
            hint = f"write what should stand before {shown}, or leave {shown} out"
        return self.source.error(
            f"a number, a name or a bracket is expected before {shown}",
            piece.start,
            piece.end,
            hint,
        )

    def _empty(self, group: Group, piece: Piece) -> ReadError:
        if group.kind == "call":
            assert group.piece.function is not None
            name = group.piece.function.name
            message, hint = f"{name} needs an argument", f"write {name}(x)"
        else:
            message, hint = "there is nothing in this bracket", "write an expression in it"
        return self.source.error(message, group.start, piece.end, hint)

    def ends_early(self) -> ReadError:
        """The text ends where an operand is expected."""
        at = self.offset_after(self.end)
        last = self.pieces[self.end - 1]
        return self.source.error(
            f"the expression ends after {self.shown(last)}; "
            "a number, a name or a bracket is expected",
            at,
            at + 1,
            f"write what belongs after {self.shown(last)}, or leave it out",
        )

    def never_closed(self, group: Group) -> ReadError:
        """The text ends inside a bracket."""
        name = _NAMES.get(group.kind, "this bracket")
        return self.source.error(
            f"{name} is never closed",
            group.start,
            group.piece.end,
            f"write {group.closing} where it ends",
        )

    def power_of_derivative(self, piece: Piece) -> ReadError:
        """dy/dx^2 is (dy/dx)² or a second derivative."""
        return self.source.error(
            "this exponent can belong to the derivative or to its order",
            piece.start,
            piece.end,
            "write (dy/dx)^2 for a power, d^2y/dx^2 for a second derivative",
        )

    # Notes.

    def term_end(self, position: int) -> int:
        """The offset where the term at a position ends, or where a note should cut it."""
        depth = 0
        in_norm = False
        limit = min(self.end, position + _LOOK_AHEAD)
        for inner in range(position, limit):
            kind = self.pieces[inner].kind
            if kind == "NORM" or (kind == "BAR" and self._is_double(inner)):
                in_norm = not in_norm
            if in_norm:
                continue
            if kind == "CLOSE":
                depth -= 1
                if depth < 0:
                    return self.pieces[inner - 1].end
            elif kind in OPENING:
                depth += 1
            elif depth == 0 and inner > position and kind in _TERM_ENDS:
                before = self.pieces[inner - 1]
                if kind != "MINUS" or before.kind != "CARET":  # the sign of x^-2 ends no term
                    return before.end
        return self.pieces[limit - 1].end

    def _is_double(self, position: int) -> bool:
        """Whether the first of the two bars of ||…|| stands at a position."""
        piece, following = self.pieces[position], self.piece_at(position + 1)
        return following is not None and following.kind == "BAR" and following.start == piece.end

    def note_split(self, start: int, position: int, operator: str) -> None:
        """Note that what starts at an offset ends before the piece at a position."""
        left = self.notes.quote(start, self.pieces[position - 1].end)
        piece = self.pieces[position]
        if piece.kind in ("STAR", "SLASH") and position + 1 < self.end:
            position += 1
        end = self.term_end(position)
        right = self.notes.quote(self.pieces[position].start, end)
        sign = operator if operator != "*" else "·"
        self.notes.add(start, self.notes.quote(start, end), f"({left}){sign}{right}")

    def note_quotient(self, product: Product, position: int) -> None:
        """Note that 1/2x is (1/2)·x, unless the denominator is set off by brackets or a space."""
        previous, piece = self.pieces[position - 1], self.pieces[position]
        if previous.kind == "CLOSE":
            return
        spaced = previous.end != piece.start and not self.source.latex
        if not spaced or previous.kind != "NUMBER":
            self.note_split(product.start, position, "·")

    def note_derivative_of_product(self, part: Derivative) -> None:
        """Note that d/dx took a whole product."""
        end = self.pieces[self.position - 1].end
        self.notes.add(
            part.start,
            self.notes.quote(part.start, end),
            f"{self.notes.quote(part.start, self._operator_end(part))} "
            f"({self.notes.quote(self.start, end)})",
        )

    def _operator_end(self, part: Derivative) -> int:
        """Where the d/dx itself ends: in front of the operand, white space aside."""
        return part.start + len(self.source.text[part.start : self.start].rstrip())

    def note_application(self, part: Application) -> None:
        """Note ln (x)^5 as ln((x)^5), sin x y as sin(x y), and log_2 x as log(x)/log(2)."""
        end = self.pieces[self.position - 1].end
        read = self.notes.quote(part.start, end)
        argument = self.notes.quote(part.argument, end)
        if part.base is not None and not part.function.subscripted:
            self.note_logarithm(part.start, end, part.argument, part.base)
        elif part.spaced or (part.bracketed and part.powered):
            self.notes.add(part.start, read, f"{self._function_text(part)}({argument})")

    def note_logarithm(self, start: int, end: int, argument: int, base: Basic) -> None:
        """Note how a logarithm with a base is written in the tree."""
        inner = self.notes.quote(argument, end)
        inner = inner if inner.startswith("(") else f"({inner})"
        self.notes.add(start, self.notes.quote(start, end), f"log{inner}/log({base})")

    def _function_text(self, part: Application) -> str:
        """The function's name as it is written, which may be an alias."""
        return self.source.text[part.start : part.name_end]

    def note_gradient(self, part: Steepest) -> None:
        """Note by what ∇f is, which it does not say."""
        read = self.notes.quote(part.start, self.pieces[self.position - 1].end)
        names = ", ".join(
            name.name if isinstance(name, Symbol) else TextWriter(unicode=False).write(name)
            for name in part.variables
        )
        what = "second derivatives" if part.order else "gradient"
        self.notes.add(part.start, read, f"the {what} by {names}")

    def note_direction(self, part: Derivative) -> None:
        """Note that ∇_v f(x) of an unknown f, which has no v in it, is not taken along v."""
        value, variable = self.value, part.variables[0]
        if type(value) is Apply and not any(contains(each, variable) for each in value.args):
            read = self.notes.quote(part.start, self.pieces[self.position - 1].end)
            along = TextWriter().write(variable)
            self.notes.add(
                part.start, read, f"the gradient by {along}, not the derivative along it"
            )

    def note_root(self, position: int) -> None:
        """Note that √x^2 is the root of x^2."""
        if type(self.stack[-1]) is Radical:
            start, end = self.stack[-1].start, self.term_end(position)
            inner = self.notes.quote(self.start, end)
            self.notes.add(start, self.notes.quote(start, end), f"√({inner})")
