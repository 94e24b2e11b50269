"""The operator-precedence reader: from pieces to a written tree, with an explicit stack.

Juxtaposition, * and / are one level, left to right.  A d/dx or Σ takes the product to its
right.  A function without a bracket takes the factors up to the next function or sign.
"""

from __future__ import annotations

from collections.abc import Callable

from sympy.core.basic import Basic

from derivex.errors import ReadError
from derivex.expression import Over, Power, Times, symbol
from derivex.limits import MAX_DEPTH
from derivex.notation.brackets import CLOSING, Brackets
from derivex.notation.lexer import Source
from derivex.notation.notes import Notes
from derivex.notation.open_parts import (
    ARGUMENT,
    GROUP,
    PREFIX,
    PRODUCT,
    SUM,
    TIGHT,
    Application,
    Derivative,
    Exponent,
    Group,
    OpenPart,
    Product,
    Radical,
    Sign,
    Sum,
    Summation,
)
from derivex.notation.piece import OPERAND_STARTS, Piece
from derivex.notation.vocabulary import Vocabulary

__all__ = ["Reader"]

_MOST_OPEN = 8 * MAX_DEPTH  # open parts: a bracket may hold a sum, a product, a power, …


class Reader(Brackets):
    """Reads the pieces of one text; each call of :meth:`read` reads one expression of it."""

    def __init__(
        self, source: Source, pieces: list[Piece], vocabulary: Vocabulary, notes: Notes
    ):
        self.source = source
        self.pieces = pieces
        self.vocabulary = vocabulary
        self.notes = notes
        self.stack: list[OpenPart] = []
        self.groups: list[Group] = []
        self.value: Basic | None = None
        self.start = 0
        self.position = 0
        self.end = len(pieces)
        self.index_closed_at = -1
        self._many_lines = "\n" in source.text.strip()
        self._starts: dict[str, Callable[[Piece, int], int]] = {
            "LEAF": self._leaf,
            "NUMBER": self._leaf,
            "OPEN": self._open,
            "BAR": self._open_bar,
            "MINUS": self._sign,
            "PLUS": lambda piece, position: position + 1,
            "FUNCTION": self._function,
            "ROOT": self._root,
            "DERIVE": self._derive,
            "DERIVE_BY": lambda piece, position: self.open_group("by", piece, position),
            "NUMERATOR": lambda piece, position: self.open_group("numerator", piece, position),
            "SUM": self._sum,
            "SUM_LOWER": lambda piece, position: self.open_group("lower", piece, position),
            "SUM_CALL": lambda piece, position: self.open_group("sum", piece, position),
            "MEAN": lambda piece, position: self.open_group("mean", piece, position),
        }
        self._continuations: dict[str, Callable[[Piece, int], int]] = {
            "PLUS": self._term,
            "MINUS": self._term,
            "STAR": self._times_or_over,
            "SLASH": self._times_or_over,
            "CARET": self._caret,
            "SUPERSCRIPT": self._superscript,
            "CLOSE": self.close,
            "COMMA": self.comma,
            "RANGE": self.range,
            "EQUALS": self._equals,
            "INDEX": self.open_index,
            "OVER": self.over,
            "OVER_BY": self.over_by,
        }

    def read(self, first: int = 0, end: int | None = None) -> Basic:
        """The expression that the pieces from ``first`` up to ``end`` make.

        Raises:
            ReadError: they make none; the error says where and what was expected.
        """
        self.end = len(self.pieces) if end is None else end
        if first >= self.end:
            at = self.offset_after(first)
            raise self.source.error(
                "there is no expression here", at, at, "write one, such as 3x^2 + sin(x)"
            )
        root = Group("root", self.pieces[first], "")
        self.stack = [root]
        self.groups = [root]
        self.value = None
        position = first
        while position < self.end:
            self.position = position
            piece = self.pieces[position]
            if self.value is None:
                start = self._starts.get(piece.kind)
                if start is None:
                    raise self.missing_operand(piece)
                position = start(piece, position)
            else:
                position = self._continue(piece, position)
        self.position = self.end
        if self.value is None:
            raise self.ends_early()
        self.fold(GROUP)
        if self.groups[-1] is not root:
            raise self.never_closed(self.groups[-1])
        return self.value

    def push(self, part: OpenPart) -> None:
        """Open a part; what was read before it belongs to the parts under it."""
        if len(self.stack) >= _MOST_OPEN:
            piece = self.pieces[self.position]
            raise self.source.error(
                "this is nested too deeply to be read",
                piece.start,
                piece.end,
                "give names to parts of the formula, or build it in Python",
            )
        self.stack.append(part)
        self.value = None

    def fold(self, level: int) -> None:
        """Close the open parts that bind tighter than a level."""
        stack = self.stack
        while stack[-1].level > level:
            self._finish(stack.pop())

    def _finish(self, part: OpenPart) -> None:
        assert self.value is not None
        if type(part) is Derivative and not part.bracketed and type(self.value) in (Times, Over):
            self.note_derivative_of_product(part)
        elif type(part) is Application:
            self.note_application(part)
        self.value = part.finish(self.value)
        self.start = part.start
        if type(part) is Exponent:
            self._mark_powered()

    def _mark_powered(self) -> None:
        top = self.stack[-1]
        if isinstance(top, (Derivative, Application)) and top.bracketed:
            top.powered = True

    def _continue(self, piece: Piece, position: int) -> int:
        """Take the piece after a complete operand."""
        continuation = self._continuations.get(piece.kind)
        if continuation is not None:
            return continuation(piece, position)
        if piece.kind == "BAR" and self.groups[-1].kind == "bar":
            return self.close(piece, position)
        if self.indexes_again(piece, position):
            return self.open_index(piece, position)
        self._juxtapose(piece, position)
        return position

    # What an operand can begin with.

    def _leaf(self, piece: Piece, position: int) -> int:
        self.value = piece.value
        self.start = piece.start
        return position + 1

    def _open(self, piece: Piece, position: int) -> int:
        for part in reversed(self.stack):
            if type(part) is not Derivative or part.bracketed:
                break
            part.bracketed = True
        return self.open_group("bracket", piece, position)

    def _open_bar(self, piece: Piece, position: int) -> int:
        following = self.piece_at(position + 1)
        if following is not None and following.kind == "BAR" and following.start == piece.end:
            raise self.source.error(
                "‖…‖ (a norm) cannot be read yet",
                piece.start,
                following.end,
                "write it out, as sqrt(x^2 + y^2); for |…| inside |…| put brackets",
            )
        return self.open_group("bar", piece, position)

    def _sign(self, piece: Piece, position: int) -> int:
        tight = self.stack[-1].level >= PRODUCT
        self.push(Sign(piece.start, TIGHT if tight else PREFIX))
        return position + 1

    def _root(self, piece: Piece, position: int) -> int:
        self.push(Radical(piece.start))
        return position + 1

    def _derive(self, piece: Piece, position: int) -> int:
        self.push(Derivative(piece.start, piece.variables))
        return position + 1

    def _sum(self, piece: Piece, position: int) -> int:
        following = self.piece_at(position + 1)
        if following is not None and following.kind in ("CARET", "SUPERSCRIPT"):
            raise self.source.error(
                "a sum with an upper bound needs a lower bound",
                piece.start,
                following.end,
                "write sum_{i=1}^n u, or sum(u, i = 1..n)",
            )
        self.push(Summation(piece.start, piece.variables))
        return position + 1

    def _function(self, piece: Piece, position: int) -> int:
        """A function: with its own bracket, or with the factors that follow."""
        function = piece.function
        assert function is not None
        exponent, position = self.function_exponent(piece, position + 1)
        following = self.piece_at(position)
        if following is not None and following.kind == "OPEN":
            adjacent = following.start == self.pieces[position - 1].end
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
                f"{function.name} needs its {function.arity} arguments in brackets",
                piece.start,
                piece.end,
                f"write {function.name}(…)",
            )
        bracketed = following.kind == "OPEN"
        self.push(Application(piece, exponent, bracketed, following.start))
        return position

    # What can come after an operand.

    def _term(self, piece: Piece, position: int) -> int:
        self.fold(SUM)
        top = self.stack[-1]
        assert self.value is not None
        if type(top) is Sum:
            top.terms.append(self.value)
            self.value = None
        else:
            self.push(Sum(self.start, self.value))
        if piece.kind == "MINUS":
            self.push(Sign(piece.start, PREFIX))
        return position + 1

    def _times_or_over(self, piece: Piece, position: int) -> int:
        self.fold(ARGUMENT)
        top = self.stack[-1]
        following = self.piece_at(position + 1)
        if type(top) is Application and not top.bracketed and following is not None:
            if following.kind != "FUNCTION":
                self.note_split(top.start, position, self.source.text[piece.start : piece.end])
        self._multiply(position, piece.kind == "SLASH", explicit=True)
        return position + 1

    def _caret(self, piece: Piece, position: int) -> int:
        assert self.value is not None
        if self.pieces[position - 1].kind == "OVER":
            raise self.power_of_derivative(piece)
        following = self.piece_at(position + 1)
        if following is not None and following.value is symbol("T"):
            if "T" not in self.vocabulary.declared and not self.value.is_Number:
                raise self.source.error(
                    "^T (a transpose) cannot be read yet",
                    piece.start,
                    following.end,
                    "if T is a number, write ^(T)",
                )
        self.note_root(position)
        self.push(Exponent(self.start, self.value))
        return position + 1

    def _superscript(self, piece: Piece, position: int) -> int:
        assert self.value is not None and piece.value is not None
        if self.pieces[position - 1].kind == "OVER":
            raise self.power_of_derivative(piece)
        self.note_root(position)
        self.value = Power(self.value, piece.value)
        self._mark_powered()
        return position + 1

    def _equals(self, piece: Piece, position: int) -> int:
        raise self.source.error(
            "an equation, where one expression is expected",
            piece.start,
            piece.end,
            "give one side of it",
        )

    def _juxtapose(self, piece: Piece, position: int) -> None:
        """Two operands side by side: the function's argument goes on, or a product."""
        previous = self.pieces[position - 1]
        if piece.kind == "NUMBER" and previous.kind in ("NUMBER", "LEAF"):
            left = self.source.text[previous.start : previous.end]
            right = self.source.text[piece.start : piece.end]
            raise self.source.error(
                f"the number {right} stands right behind {left}",
                piece.start,
                piece.end,
                f"write {left}*{right} for a product, {left}^{right} for a power",
            )
        if self._many_lines and len(self.groups) == 1:
            if "\n" in self.source.text[previous.end : piece.start]:
                raise self.source.error(
                    "a second expression begins on this line",
                    piece.start,
                    piece.end,
                    "give one expression at a time, or join the lines with an operator",
                )
        self.fold(ARGUMENT)
        top = self.stack[-1]
        if type(top) is Application and not top.bracketed:
            assert self.value is not None
            if self._continues_argument(top, piece, position):
                top.factors.append(self.value)
                self.value = None
                return
            following = self.piece_at(position + 1)
            signed = following is not None and following.kind in ("MINUS", "PLUS")
            if piece.kind == "OPEN" and not signed:
                self.note_split(top.start, position, "·")
        self._multiply(position, divides=False, explicit=False)

    def _continues_argument(self, part: Application, piece: Piece, position: int) -> bool:
        assert self.value is not None
        after_number = not part.factors and self.pieces[position - 1].kind == "NUMBER"
        goes_on = piece.kind == "LEAF" or (
            after_number and piece.kind in ("OPEN", "BAR", "ROOT")
        )
        spaced = self.pieces[position - 1].end < piece.start
        if goes_on and (piece.kind == "OPEN" or (spaced and not after_number)):
            self.note_argument(part, position)
        return goes_on

    def _multiply(self, position: int, divides: bool, explicit: bool) -> None:
        """The operand that has been read is a factor (or divisor); another one follows."""
        self.fold(PRODUCT)
        while True:
            top = self.stack[-1]
            if type(top) is not Derivative or not top.bracketed:
                break
            if top.powered or divides:
                self.note_split(top.start, position, "/" if divides else "·")
            self._finish(self.stack.pop())
            self.fold(PRODUCT)
        assert self.value is not None
        if type(top) is Product:
            if top.divides and not explicit:
                self.note_quotient(top, position)
            top.add(self.value)
            self.value = None
        else:
            top = Product(self.start, self.value)
            self.push(top)
        top.divides = divides
