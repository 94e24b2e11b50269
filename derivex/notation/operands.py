"""What an operand can begin with: a leaf, a bracket, a sign, a function, d/dx or Σ."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression import Negative
from derivex.notation.conditionals import Conditionals
from derivex.notation.halves import CLOSING
from derivex.notation.open_parts import (
    NABLAS,
    PREFIX,
    PRODUCT,
    TIGHT,
    Application,
    Derivative,
    Group,
    Radical,
    Sign,
    Steepest,
    Summation,
)
from derivex.notation.piece import OPERAND_STARTS, Piece
from derivex.notation.vocabulary import words_for

__all__ = ["Operands"]


class Operands(Conditionals):
    """The part of the reader that takes a piece where an operand is expected."""

    turns_power = False
    """Whether ln(u)^5 and ln (u)^5 change what they mean; see :mod:`~derivex.notation.reaches`."""

    ends_at_bracket = True
    """Whether a bracket right behind a d/dx is its whole operand, as it is by the notation."""

    def leaf(self, piece: Piece, position: int) -> int:
        self.value = piece.value
        self.start = piece.start
        return position + 1

    def open_bracket(self, piece: Piece, position: int) -> int:
        if self.source.latex and self.source.text[piece.start] == "{":
            return self.open_group("bracket", piece, position)
        for part in reversed(self.stack):
            if type(part) is not Derivative or part.bracketed or not self.ends_at_bracket:
                break
            part.bracketed = True
        return self.open_group("bracket", piece, position)

    def open_bar(self, piece: Piece, position: int) -> int:
        following = self.piece_at(position + 1)
        if following is not None and following.kind == "BAR" and following.start == piece.end:
            return self.open(Group("norm", piece, "||"), position + 1)
        return self.open_group("bar", piece, position)

    def open_norm(self, piece: Piece, position: int) -> int:
        return self.open(Group("norm", piece, "‖"), position)

    def sign(self, piece: Piece, position: int) -> int:
        tight = self.stack[-1].level >= PRODUCT
        self.push(Sign(piece.start, TIGHT if tight else PREFIX))
        return position + 1

    def integral(self, piece: Piece, position: int) -> int:
        """An ∫ without bounds, or with a lower one that is a number or a name."""
        if piece.value is not None:
            return self.integral_upper(piece, piece.value, position)
        following = self.piece_at(position + 1)
        if following is not None and following.kind in ("CARET", "SUPERSCRIPT"):
            raise self.bounds_missing(piece, following.end, "a lower")
        return self.open(Group("integral", piece, ""), position)

    def root(self, piece: Piece, position: int) -> int:
        following = self.piece_at(position + 1)
        if following is not None and following.kind == "OPEN" and following.start == piece.end:
            closing = CLOSING[self.source.text[following.start]]
            return self.open(Group("call", piece, closing), position + 1)
        self.push(Radical(piece.start))
        return position + 1

    def derive(self, piece: Piece, position: int) -> int:
        self.push(Derivative(piece.start, piece.variables, NABLAS.get(piece.order)))
        return position + 1

    def gradient(self, piece: Piece, position: int) -> int:
        self.push(Steepest(piece.start, piece.variables, piece.order))
        return position + 1

    def summation(self, piece: Piece, position: int) -> int:
        following = self.piece_at(position + 1)
        if following is not None and following.kind in ("CARET", "SUPERSCRIPT"):
            word, noun = words_for(piece.binder)
            raise self.source.error(
                f"a {noun} with an upper bound needs a lower bound",
                piece.start,
                following.end,
                f"write {word}_{{i=1}}^n u, or {word}(u, i = 1..n)",
            )
        self.push(Summation(piece))
        return position + 1

    def function(self, piece: Piece, position: int) -> int:
        """A function: with its own bracket, or with the factors that follow."""
        function = piece.function
        assert function is not None
        exponent, position = self._function_exponent(piece, position + 1)
        following = self.piece_at(position)
        if following is not None and following.kind == "OPEN":
            adjacent = following.start == self.pieces[position - 1].end
            if self.turns_power and function.arity == 1 and len(function.name) > 1:
                adjacent = not adjacent
            if adjacent or function.arity != 1 or len(function.name) == 1:
                group = Group("call", piece, CLOSING[self.source.text[following.start]], exponent)
                return self.open(group, position)
        if following is None or following.kind not in OPERAND_STARTS:
            raise self.source.error(
                f"{function.name} needs an argument here",
                piece.start,
                piece.end,
                f"write {function.name}(x); an argument with a sign needs brackets",
            )
        if function.arity != 1:
            raise self.source.error(
                f"{function.name} needs its{f' {function.arity}' * (function.arity is not None)} "
                "arguments in brackets",
                piece.start,
                piece.end,
                f"write {function.name}(…)",
            )
        bracketed = following.kind == "OPEN"
        self.push(Application(piece, exponent, bracketed, following.start))
        return position

    def _function_exponent(self, piece: Piece, position: int) -> tuple[Basic | None, int]:
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
                f"write a{name}(x) for the inverse function, {name}(x)^-1 for the power"
                if len(name) > 1
                else f"write {name}(x)^-1 for the power; give the inverse function another name",
            )
        return exponent, after
