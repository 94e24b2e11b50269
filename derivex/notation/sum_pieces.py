"""Pieces for Σ, Π and means, and what every maker of pieces knows."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from sympy.core.basic import Basic

from derivex.expression import symbol
from derivex.expression.nodes import Node
from derivex.notation.characters import GREEK_NAMES, plain_name
from derivex.notation.derivatives import Mark
from derivex.notation.lexer import Source, Word
from derivex.notation.notes import Notes
from derivex.notation.piece import Piece
from derivex.notation.scope import Scope
from derivex.notation.vocabulary import (
    INDEX_LETTERS,
    OVER_INDEX,
    UNKNOWN_FUNCTIONS,
    Vocabulary,
    subscript_text,
    words_for,
)

__all__ = ["SumPieces"]

_FUNCTIONS = (*UNKNOWN_FUNCTIONS, "u", "ell", "phi", "psi")  # besides capital letters
_BELONGS = frozenset(
    ("SUBSCRIPT", "INDEX_OPEN", "OPEN", "PRIME", "ORDER", "RAISED", "CARET", "SUPERSCRIPT")
)
"""The words that belong to the name that they stand directly behind."""


class SumPieces:
    """Reads Σ_i, sum_{i=1}^n, sum(…), Π_i and mean(…) up to the bracket that they open."""

    source: Source
    scope: Scope
    notes: Notes
    vocabulary: Vocabulary
    words: Sequence[Word]
    marks: dict[int, Mark]
    result: list[Piece]

    def take_mean(self, word: Word, position: int) -> int:
        follow = self.words[position] if position < len(self.words) else None
        if follow is None or follow.kind != "OPEN":
            raise self.source.error("mean needs brackets", word.start, word.end, "write mean(a h)")
        self.result.append(Piece("MEAN", word.start, follow.end))
        return position + 1

    def take_at(self, word: Word, position: int) -> int:
        """The ``at x =`` of (u at x = 3), up to the equals sign; 0 if it is none."""
        name = self.words[position] if position < len(self.words) else None
        if name is None or name.kind not in ("NAME", "GREEK"):
            return 0
        stored = plain_name(name.text)
        after = position + 1
        if after < len(self.words) and self.words[after].kind == "SUBSCRIPT":
            stored = f"{stored}_{subscript_text(self.words[after].text)}"
            after += 1
        if after >= len(self.words) or self.words[after].kind != "EQUALS":
            return 0
        if self._open_brackets[position] <= 0:
            return 0  # an equation a t x = 3 stands in no bracket
        variables = (symbol(stored),)
        self.result.append(Piece("AT", word.start, self.words[after].end, variables=variables))
        return after + 1

    def take_nabla(self, word: Word, position: int) -> int:
        """A ∇ with what it is by, up to the bracket that its subscript opens."""
        after = self.words[position] if position < len(self.words) else None
        order, end = 0, word.end
        if after is not None and after.text == "²" and after.start == end:
            order, end = -1, after.end  # ∇²_w, the Hessian
            position += 1
            after = self.words[position] if position < len(self.words) else None
        if after is not None and after.start == end:
            if after.kind == "SUBSCRIPT":
                name = subscript_text(after.text)
                piece = Piece("DERIVE", word.start, after.end, order=order)
                piece.variables = (self.vocabulary.leaf(name),)
                self.result.append(piece)
                return position + 1
            if after.kind == "INDEX_OPEN":
                self.result.append(Piece("DERIVE_BY", word.start, after.end, order=order))
                return position + 1
        variables = self._arguments_of(position)
        if variables is not None and (not order or len(variables) == 1):
            piece = Piece("GRADIENT", word.start, end, variables=variables, order=order)
            self.result.append(piece)
            return position
        if self._take_named_gradient(word, end, position):
            return position + 1
        raise self.source.error(
            "∇ needs what it is by", word.start, word.end, "write ∇_w f (or grad_w f)"
        )

    def _take_named_gradient(self, word: Word, end: int, position: int) -> bool:
        """∇f of an f of which nothing is known, as a name of its own; False if it is another ∇."""
        of = self.words[position] if position < len(self.words) else None
        after = self.words[position + 1] if position + 1 < len(self.words) else None
        if of is None or of.kind not in ("NAME", "GREEK"):
            return False
        name = plain_name(of.text)
        alone = after is None or (after.start > of.end or after.kind not in _BELONGS)
        usual = name in _FUNCTIONS or (len(name) == 1 and name.isupper())
        if not (usual and alone) or name in self.vocabulary.declared:
            return False
        if self.vocabulary.function(name) is not None:
            return False
        sign = self.source.text[word.start : end]
        self.notes.add(
            word.start,
            self.notes.quote(word.start, of.end),
            f"a name of its own, since no {name} is defined",
        )
        named = self.vocabulary.base(sign + name)
        self.result.append(Piece("LEAF", word.start, of.end, named))
        return True

    def _arguments_of(self, position: int) -> tuple[Basic, ...] | None:
        """The names that the function after a ∇ is applied to, in ∇f(a, b), or depends on."""
        words = self.words
        if position >= len(words) or words[position].kind not in ("NAME", "GREEK"):
            return self._only_array(position)
        name = plain_name(words[position].text)
        if position + 1 == len(words) or words[position + 1].text != "(":
            known = self.vocabulary.function(name)
            function = None if known is None else known.function
            defined = function is not None and name in self.scope.given
            return self.vocabulary.parameters(function) if defined and function else None
        found: list[Basic] = []
        position += 2
        while position + 1 < len(words):
            argument, after = words[position], words[position + 1]
            if argument.kind not in ("NAME", "GREEK") or len(argument.text) > 1:
                return self._parameters_of(name)
            letter = plain_name(argument.text)
            if after.kind == "SUBSCRIPT" and position + 2 < len(words):
                found.append(self.vocabulary.subscripted(letter, subscript_text(after.text)))
                position += 1
                after = words[position + 1]
            else:
                found.append(self.vocabulary.leaf(letter))
            if after.text == ")":
                return tuple(found)
            if after.kind != "COMMA":
                return self._parameters_of(name)
            position += 2
        return self._parameters_of(name)

    def _parameters_of(self, name: str) -> tuple[Basic, ...] | None:
        """What a function depends on whose gradient is taken at a point, as in ∇f(1, 2)."""
        known = self.vocabulary.function(name)
        function = None if known is None else known.function
        if function is None or name not in self.scope.given or function.definition is None:
            return None
        return function.parameters if len(function.parameters) > 1 else None

    def _only_array(self, position: int) -> tuple[Basic, ...] | None:
        """The one vector or matrix in what begins at a position, as in ∇‖w‖²."""
        end = position + 1
        first = self.words[position] if position < len(self.words) else None
        depth = int(first is not None and first.kind == "OPEN")
        while end < len(self.words) and (depth or first is None or first.text == "‖"):
            word = self.words[end]
            depth += (word.kind in ("OPEN", "INDEX_OPEN")) - (word.kind == "CLOSE")
            if not depth and word.text in ("‖", ")", "]", "}"):
                break
            end += 1
        words = self.words[position:end] if end > position + 1 else self.words[position:]
        names = {plain_name(word.text) for word in words if word.kind in ("NAME", "GREEK")}
        found = [array for name, array in self.scope.arrays.items() if name in names]
        return (found[0],) if len(found) == 1 else None

    @cached_property
    def _open_brackets(self) -> list[int]:
        """How many brackets are open before each word."""
        changes = {"OPEN": 1, "INDEX_OPEN": 1, "CLOSE": -1}
        return list(accumulate((changes.get(word.kind, 0) for word in self.words), initial=0))

    def take_sum(self, word: Word, position: int) -> int:
        """A Σ or Π with its index, up to the bracket or subscript that it opens."""
        words = self.words
        binder = OVER_INDEX[word.text]
        after = words[position] if position < len(words) else None
        if after is not None and after.start == word.end:
            if after.kind == "SUBSCRIPT":
                indices = self._sum_indices(after)
                self._add_sum("SUM", word, after, binder, indices)
                return position + 1
            if after.kind == "OPEN":
                self._add_sum("SUM_CALL", word, after, binder)
                return position + 1
            name = words[position + 1] if position + 2 < len(words) else None
            if after.kind == "INDEX_OPEN" and name is not None and name.kind == "NAME":
                index = (symbol(name.text),)
                third = words[position + 2]
                if third.kind == "EQUALS":
                    self._add_sum("SUM_LOWER", word, after, binder, index)
                    return position + 3
                if third.kind == "CLOSE":
                    self._add_sum("SUM", word, third, binder, index)
                    return position + 3
        typed, noun = words_for(binder)
        raise self.source.error(
            f"a {noun} needs its index",
            word.start,
            word.end,
            f"write {typed}_i u, {typed}_{{i=1}}^n u, or {typed}(u, i = 1..n)",
        )

    def _add_sum(
        self,
        kind: str,
        word: Word,
        last: Word,
        binder: type[Node],
        indices: tuple[Basic, ...] = (),
    ) -> None:
        piece = Piece(kind, word.start, last.end, variables=indices, binder=binder)
        self.result.append(piece)

    def _sum_indices(self, subscript: Word) -> tuple[Basic, ...]:
        found: list[Basic] = []
        for part in subscript_text(subscript.text).split(","):
            letters = [part] if part in GREEK_NAMES else list(part)
            if not part.isalpha() or (
                len(letters) > 1 and not all(letter in INDEX_LETTERS for letter in letters)
            ):
                raise self.source.error(
                    f"{part} is not the index of a sum",
                    subscript.start,
                    subscript.end,
                    "an index is one letter, with a space after it: sum_i a_i",
                )
            found.extend(symbol(letter) for letter in letters)
        return tuple(found)
