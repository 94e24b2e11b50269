"""Reading conditions, x > 0 and x < 1, and case distinctions, if … then … else …"""

from __future__ import annotations

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import ReadError
from derivex.notation.brackets import Brackets
from derivex.notation.conditional_parts import (
    RELATIONS,
    Conditional,
    Conjunction,
    Disjunction,
    Related,
    is_condition,
)
from derivex.notation.open_parts import (
    CASES,
    CONJUNCTION,
    DISJUNCTION,
    RELATION,
    Derivative,
    Group,
    OpenPart,
)
from derivex.notation.piece import Piece
from derivex.notation.refusals import refuse_relation
from derivex.notation.vocabulary import UNKNOWN_FUNCTIONS

__all__ = ["Conditionals"]

_AFTER_A_CONDITION = ("CLOSE", "AND", "OR", "THEN")


class Conditionals(Brackets):
    """The part of the reader that takes if, then, else, and, or, and the signs of relations."""

    conditions: bool  # whether a condition is read, rather than an expression

    def finish(self, part: OpenPart) -> None:
        """Close a part that has been taken off the stack."""
        raise NotImplementedError

    def open_cases(self, piece: Piece, position: int) -> int:
        top = self.stack[-1]
        if type(top) is Conditional and top.expects == "otherwise":
            top.expects = "condition"  # else if: one more branch of the same distinction
        else:
            self.push(Conditional(piece.start, piece.end))
        return position + 1

    def then(self, piece: Piece, position: int) -> int:
        self.fold(CASES)
        top = self.stack[-1]
        if type(top) is not Conditional or top.expects != "condition":
            raise self._stray(piece)
        assert self.value is not None
        self.require_condition(self.value, position)
        top.condition = self.value
        top.expects = "value"
        self.value = None
        return position + 1

    def otherwise(self, piece: Piece, position: int) -> int:
        while True:
            self.fold(CASES)
            top = self.stack[-1]
            if type(top) is not Conditional or top.expects == "condition":
                raise self._stray(piece)
            if top.expects == "value":
                break
            self.finish(self.stack.pop())  # it has its else; this one belongs further out
        assert self.value is not None
        top.take(self.value)
        top.expects = "otherwise"
        self.value = None
        return position + 1

    def conjunction(self, piece: Piece, position: int) -> int:
        return self._join(Conjunction, CONJUNCTION, piece, position)

    def disjunction(self, piece: Piece, position: int) -> int:
        return self._join(Disjunction, DISJUNCTION, piece, position)

    def _join(self, kind: type[Conjunction], level: int, piece: Piece, position: int) -> int:
        if not self._in_condition():
            raise self.source.error(
                f"“{self.shown(piece)}” can stand only between conditions",
                piece.start,
                piece.end,
                "write: if x > 0 and y > 0 then … else …; for a product of letters write o*r",
            )
        self.fold(level)
        assert self.value is not None
        self.require_condition(self.value, position)
        top = self.stack[-1]
        if type(top) is kind:
            top.conditions.append(self.value)
            self.value = None
        else:
            self.push(kind(self.start, self.value))
        return position + 1

    def relation(self, piece: Piece, position: int) -> int:
        """A sign such as <, which makes a condition."""
        sign = self.shown(piece)
        kind = RELATIONS.get(sign)
        if sign == "=" and self._names_argument(position):
            return position + 1
        if kind is None or not self._in_condition():
            raise refuse_relation(self.source, sign, piece.start, piece.end)
        self.fold(RELATION)
        assert self.value is not None
        top = self.stack[-1]
        if type(top) is Related:
            top.sides.append(self.value)
            top.kinds.append(kind)
            self.value = None
        else:
            self.push(Related(self.start, self.value, kind))
        return position + 1

    def _names_argument(self, position: int) -> bool:
        """Take the a = of f(a = 2), which says what the argument is; False if it is another =."""
        group = self.groups[-1]
        function = group.piece.function if group.kind == "call" else None
        if function is None or group.values or not isinstance(self.value, Symbol):
            return False
        if self.stack[-1] is not group or group.position != position - 2:
            return False
        if any(type(part) is Derivative for part in self.stack) or "numerator" in (
            each.kind for each in self.groups
        ):
            return False  # d/dx f(x = 3) is hardly that of the number f(3)
        known = function.function
        own = known is not None and self.value in known.parameters[:1]
        if not own and (known is not None or function.name not in UNKNOWN_FUNCTIONS):
            return False
        end = next(
            (
                inner
                for inner in range(position, self.end)
                if self.pieces[inner].kind in ("CLOSE", "COMMA", "OPEN", "EQUALS", "RELATION")
                and inner > position
            ),
            position,
        )
        if self.pieces[end].kind != "CLOSE":
            return False
        shown = self.notes.quote(group.start, self.pieces[end].end)
        name = self.notes.quote(group.piece.start, group.piece.end)
        value = self.notes.quote(self.pieces[position].end, self.pieces[end].start)
        self.notes.add(group.start, shown, f"{name}({value.strip()})")
        self.value = None
        return True

    def _in_condition(self) -> bool:
        """Whether what is being read is a condition, perhaps in brackets."""
        for part in reversed(self.stack):
            if type(part) is Conditional:
                return part.expects == "condition"
            if type(part) is Group and part.kind != "bracket":
                return part.kind == "root" and self.conditions
        return False

    def require_condition(self, value: Basic, position: int) -> None:
        """Refuse an expression where a condition is expected; it ends before a position."""
        if not is_condition(value, self.vocabulary.scope.rules):
            raise self.source.error(
                "this is an expression, where a condition is expected",
                self.start,
                self.pieces[position - 1].end,
                "write a relation: x > 0",
            )

    def check_bracketed(self, value: Basic, position: int) -> None:
        """A condition in brackets is no operand of a calculation."""
        if not is_condition(value):
            return
        following = self.piece_at(position + 1)
        alone = following is None or following.kind in _AFTER_A_CONDITION
        if not alone or not isinstance(self.stack[-1], (Group, Conjunction, Conditional)):
            raise self.source.error(
                "a condition has no value to calculate with",
                self.start,
                self.pieces[position].end,
                "write: if x > 0 then 1 else 0",
            )

    def refuse_unfinished(self, part: Conditional) -> None:
        """A case distinction that ends before its first value."""
        if part.expects == "condition":
            raise self.source.error(
                "this if has no then", part.start, part.end, "write: if x > 0 then x else -x"
            )

    def _stray(self, piece: Piece) -> ReadError:
        return self.source.error(
            f"“{self.shown(piece)}” belongs to no if before it",
            piece.start,
            piece.end,
            "write: if x > 0 then x else -x; a case distinction inside another needs brackets",
        )
