"""Pieces for integrals: int_0^x t^2 dt, ∫_(a)^(b) u dt, int(u, t = a..b)."""

from __future__ import annotations

from derivex.errors import ReadError
from derivex.expression import Integral, integer, symbol
from derivex.notation.differentials import Integrals
from derivex.notation.lexer import Word
from derivex.notation.limit_pieces import LimitPieces
from derivex.notation.piece import Piece
from derivex.notation.vocabulary import subscript_text

__all__ = ["IntegralPieces"]

_LOWER = ("SUBSCRIPT", "INDEX_OPEN")


class IntegralPieces(LimitPieces):
    """Reads the sign of an integral, up to the bracket that it opens, and its dt."""

    integrals: Integrals

    def take_integral(self, word: Word, position: int) -> int:
        """An ∫ or the word int, with a lower bound that is a number or a name; 0 if it is none."""
        words = self.words
        after = words[position] if position < len(words) else None
        adjacent = after is not None and after.start == word.end
        if position - 1 not in self.integrals.signs:
            if adjacent and after is not None and after.text == "(" and word.text == "int":
                self.result.append(Piece("SUM_CALL", word.start, after.end, binder=Integral))
                return position + 1
            if word.text == "int" and not (adjacent and after is not None and after.kind in _LOWER):
                return 0
            raise self._no_differential(word)
        if adjacent and after is not None and after.kind == "INDEX_OPEN":
            self.result.append(Piece("INTEGRAL_LOWER", word.start, after.end))
            return position + 1
        if adjacent and after is not None and after.text == "_":
            raise self.source.error(
                "this bound needs brackets",
                after.start,
                after.end,
                "write int_(-1)^x u dt for a bound that is more than a name or a number",
            )
        piece = Piece("INTEGRAL", word.start, word.end)
        if adjacent and after is not None and after.kind == "SUBSCRIPT":
            text = subscript_text(after.text)
            piece.value = integer(int(text)) if text.isdigit() else self.vocabulary.leaf(text)
            piece.end = after.end
            position += 1
        self.result.append(piece)
        return position

    def take_differential(self, word: Word, position: int) -> int:
        """The dt that ends an integral."""
        name, after = self.integrals.differentials[position]
        end = self.words[after - 1].end
        self.result.append(Piece("DIFFERENTIAL", word.start, end, variables=(symbol(name),)))
        return after

    def _no_differential(self, word: Word) -> ReadError:
        return self.source.error(
            "this integral has no dt, so it does not say by what it is integrated",
            word.start,
            word.end,
            "write int_0^x t^2 dt, with a space before dt, or int(t^2, t = 0..x)",
        )
