"""The operator-precedence reader: from pieces to a written tree, with an explicit stack.

Juxtaposition, * and / are one level, left to right.  A d/dx or Σ takes the product to its
right.  A function without a bracket takes the factors up to the next function or sign.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sympy.core.basic import Basic

from derivex.expression import DOTS, INFINITY, Over, Times, infinite_sign, misplaced_infinity
from derivex.expression.shapes import ShapeError, shape_of
from derivex.limits import MAX_DEPTH
from derivex.notation.array_products import shape_message, with_ones
from derivex.notation.conditional_parts import Conditional, Conjunction
from derivex.notation.dots import with_dots
from derivex.notation.escaped_indices import escaped_indices
from derivex.notation.lexer import Source, Word
from derivex.notation.notes import Notes
from derivex.notation.open_parts import (
    GROUP,
    Application,
    Derivative,
    Exponent,
    Group,
    OpenPart,
    Product,
    Steepest,
    Sum,
)
from derivex.notation.operators import Operators
from derivex.notation.piece import Piece
from derivex.notation.reaches import DERIVATIVE_GOES_BEHIND_BRACKET, POWER_OF_THE_OTHER
from derivex.notation.refusals import refuse_infinity, refuse_word
from derivex.notation.vocabulary import Vocabulary

__all__ = ["Reader"]

_BEFORE_INFINITY = ("LIMIT", "ARROW", "RANGE", "CARET", "SUM_LOWER", "INTEGRAL_LOWER")
_MOST_OPEN = 8 * MAX_DEPTH  # open parts: a bracket may hold a sum, a product, a power, …


class Reader(Operators):
    """Reads the pieces of one text; each call of :meth:`read` reads one expression of it."""

    def __init__(
        self,
        source: Source,
        pieces: list[Piece],
        vocabulary: Vocabulary,
        notes: Notes,
        choices: frozenset[str] = frozenset(),
    ):
        self.choices = choices
        self.turns_power = POWER_OF_THE_OTHER in choices
        self.ends_at_bracket = DERIVATIVE_GOES_BEHIND_BRACKET not in choices
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
        self.conditions = False
        self.norm_closed_at = -1
        # Only where there may be arrays are shapes looked at.
        self.arrays = bool(vocabulary.scope.arrays) or any(
            piece.kind in ("COMMA", "SEMICOLON") for piece in pieces
        )
        self.many_lines = "\n" in source.text.strip()
        self._starts: dict[str, Callable[[Piece, int], int]] = {
            "LEAF": self.leaf,
            "NUMBER": self.leaf,
            "OPEN": self.open_bracket,
            "BAR": self.open_bar,
            "NORM": self.open_norm,
            "MINUS": self.sign,
            "PLUS": lambda piece, position: position + 1,
            "FUNCTION": self.function,
            "ROOT": self.root,
            "DERIVE": self.derive,
            "DERIVE_BY": lambda piece, position: self.open_group("by", piece, position),
            "NUMERATOR": lambda piece, position: self.open_group("numerator", piece, position),
            "GRADIENT": self.gradient,
            "SUM": self.summation,
            "INTEGRAL": self.integral,
            "INTEGRAL_LOWER": lambda piece, position: self.open_group("int_lower", piece, position),
            "SUM_LOWER": lambda piece, position: self.open_group("lower", piece, position),
            "SUM_CALL": lambda piece, position: self.open_group("sum", piece, position),
            "MEAN": lambda piece, position: self.open_group("mean", piece, position),
            "DIFFERENTIAL": self.differential_alone,
            "IF": self.open_cases,
            "LIMIT": lambda piece, position: self.open_group("limit", piece, position),
            "LIMIT_CALL": lambda piece, position: self.open_group("limit call", piece, position),
        }
        self._continuations: dict[str, Callable[[Piece, int], int]] = {
            "PLUS": self.term,
            "MINUS": self.term,
            "STAR": self.times_or_over,
            "SLASH": self.times_or_over,
            "CARET": self.caret,
            "SUPERSCRIPT": self.superscript,
            "FACTORIAL": self.factorial,
            "DERIVED": self.derived,
            "CLOSE": self.close,
            "COMMA": self.comma,
            "NORM_INDEX": self.norm_index,
            "ENTRY": self.entry,
            "SEMICOLON": self.semicolon,
            "RANGE": self.range,
            "EQUALS": self.relation,
            "RELATION": self.relation,
            "THEN": self.then,
            "ELSE": self.otherwise,
            "AND": self.conjunction,
            "OR": self.disjunction,
            "AT": self.at,
            "DIFFERENTIAL": self.differential,
            "INDEX": self.open_index,
            "OVER": self.over,
            "OVER_BY": self.over_by,
            "ARROW": self.arrow,
        }

    def read_condition(self) -> Basic:
        """The condition that all pieces make: a relation, or several joined by and, or.

        Raises:
            ReadError: they make none.
        """
        self.conditions = True
        value = self.read()
        self.require_condition(value, self.end)
        return value

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
        self.position = first
        try:
            self._take_pieces()
        except ShapeError as error:
            # Where no part of the reader could say what does not fit, its place is told.
            piece = self.pieces[min(self.position, self.end - 1)]
            start = self.start if self.value is not None else piece.start
            hint = error.hint or None
            message = shape_message(error)
            raise self.source.error(message, start, piece.end, hint) from error
        if self.value is None:
            raise self.ends_early()
        self.fold(GROUP)
        if self.groups[-1] is not root:
            raise self.never_closed(self.groups[-1])
        if self.arrays:
            self.value = self.fitting(root, lambda value: value) or self.value
        if self.source.latex:
            for index in escaped_indices(self.value):
                outside = f"ending before the next + or −, where {index} stands outside of it"
                self.notes.add(self.pieces[first].start, f"the sum or limit over {index}", outside)
        self._check_infinity(self.value, first)
        return self._with_dots(self.value, first)

    def _check_infinity(self, value: Basic, first: int) -> None:
        """Refuse what is calculated with ∞; ∞ alone only where it can be the value of a limit."""
        pieces = self.pieces[first : self.end]
        used = [position for position, piece in enumerate(pieces) if piece.value is INFINITY]
        alone = infinite_sign(value) and not self.vocabulary.scope.limits
        if not used or not (alone or misplaced_infinity(value)):
            return
        for position in used:
            before = pieces[position - 1 - (pieces[position - 1].kind in ("PLUS", "MINUS"))]
            if position == 0 or before.kind not in _BEFORE_INFINITY:
                break
        raise refuse_infinity(self.source, pieces[position].start, pieces[position].end)

    def _take_pieces(self) -> None:
        position = self.position
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

    def _with_dots(self, value: Basic, first: int) -> Basic:
        """Sums with dots, outside of rules, as what they mean."""
        if self.vocabulary.scope.rules:
            return value
        dots = next((piece for piece in self.pieces[first : self.end] if piece.value is DOTS), None)
        if dots is None:
            return value
        found = with_dots(value)
        if found is None:
            raise refuse_word(self.source, Word("DOTS", "…", dots.start, dots.end))
        return found

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
            self.finish(stack.pop())

    def finish(self, part: OpenPart) -> None:
        assert self.value is not None
        if type(part) is Derivative and part.nabla is not None:
            self.note_direction(part)
        if type(part) is Derivative and not part.bracketed and type(self.value) in (Times, Over):
            self.note_derivative_of_product(part)
        elif type(part) is Application:
            self.note_application(part)
        elif type(part) is Product:
            self.refuse_zero_divisor(part, self.position)
        elif type(part) is Sum and self.arrays and self.vocabulary.scope.by_hand:
            *part.terms, self.value = with_ones([*part.terms, self.value])
        elif type(part) is Steepest:
            self.note_gradient(part)
        elif isinstance(part, Conjunction):
            self.require_condition(self.value, self.position)
        elif type(part) is Conditional:
            self.refuse_unfinished(part)
        self.value = self.fitting(part, part.finish) if self.arrays else part.finish(self.value)
        self.start = part.start
        if type(part) is Exponent:
            self.mark_powered()

    def fitting(self, part: OpenPart, make: Callable[[Basic], Any]) -> Basic | None:
        assert self.value is not None
        try:
            made = make(self.value)
            if made is not None:
                shape_of(made)
        except ShapeError as error:
            end = self.pieces[self.position - 1].end
            hint = error.hint or None
            raise self.source.error(shape_message(error), part.start, end, hint) from error
        return made

    def _continue(self, piece: Piece, position: int) -> int:
        """Take the piece after a complete operand."""
        continuation = self._continuations.get(piece.kind)
        if continuation is not None:
            return continuation(piece, position)
        if piece.kind == "BAR" and self.groups[-1].kind == "bar":
            return self.close(piece, position)
        if piece.kind in ("BAR", "NORM") and self.groups[-1].kind == "norm":
            following = self.piece_at(position + 1)
            double = piece.kind == "BAR"
            if not double or (following is not None and following.start == piece.end):
                self.fold(GROUP)
                return self.close_norm(position + double)
        if self.indexes_again(piece, position) or (self.arrays and self.indexes_bracket(piece)):
            return self.open_index(piece, position)
        self.juxtapose(piece, position)
        return position
