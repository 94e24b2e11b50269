"""Pieces for limits: lim_{h->0} u and lim(u, h -> 0)."""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from derivex.expression import symbol
from derivex.notation.characters import letter_name
from derivex.notation.lexer import Word
from derivex.notation.piece import Piece
from derivex.notation.sum_pieces import SumPieces
from derivex.notation.vocabulary import subscript_text

__all__ = ["LimitPieces", "difference_name"]


class LimitPieces(SumPieces):
    """Reads lim_{h->0} up to its point, and lim( up to the bracket."""

    limit_calls: int  # how many lim(…) there are, in which an arrow may stand

    def take_limit(self, word: Word, position: int) -> int:
        """A lim with the bracket that it opens, and its variable if that comes first."""
        words = self.words
        after = words[position] if position < len(words) else None
        if after is not None and after.start == word.end:
            if after.kind == "OPEN" and after.text == "(":
                self.limit_calls += 1
                self.result.append(Piece("LIMIT_CALL", word.start, after.end))
                return position + 1
            if after.kind == "INDEX_OPEN":
                found = self._limit_variable(position + 1)
                if found is not None:
                    variable, following = found
                    piece = Piece("LIMIT", word.start, after.end, variables=(variable,))
                    self.result.append(piece)
                    return following
        raise self.source.error(
            "a limit needs its variable and where that goes",
            word.start,
            word.end,
            "write lim_{h->0} u, lim_{h->0+} u, or lim(u, h -> 0)",
        )

    def _limit_variable(self, position: int) -> tuple[Basic, int] | None:
        """The variable at a position, and the position after the arrow that follows it."""
        words = self.words[position : position + 4]
        if not words or words[0].kind not in ("NAME", "GREEK"):
            return None
        name = words[0].text
        variable: Basic
        length = 1
        if words[0].kind == "GREEK":
            name = letter_name(name)
        difference = difference_name(words[0], self.words, position)
        if difference is not None and name not in self.vocabulary.declared:
            variable, length = symbol(difference), 2
        elif len(words) > 1 and words[1].kind == "SUBSCRIPT" and words[1].start == words[0].end:
            variable, length = symbol(f"{name}_{subscript_text(words[1].text)}"), 2
        else:
            variable = symbol(name)
        if len(words) <= length or words[length].kind != "ARROW":
            return None
        return variable, position + length + 1


def difference_name(word: Word, words: Sequence[Word], position: int) -> str | None:
    """The name of Δx, a Δ directly before one letter; None where there is none."""
    if word.text != "Δ" or position + 1 >= len(words):
        return None
    following = words[position + 1]
    if following.kind != "NAME" or following.start != word.end:
        return None
    return f"Delta_{following.text}" if len(following.text.rstrip("0123456789")) == 1 else None
