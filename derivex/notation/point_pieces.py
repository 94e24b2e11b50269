"""Pieces for derivatives at a point in brackets: ∂f/∂x(−1, 2), ∂f/∂x_i(a_1, …, a_m)."""

from __future__ import annotations

from collections.abc import Sequence

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import ReadError
from derivex.expression import At
from derivex.notation.derivatives import Differential, Mark
from derivex.notation.lexer import Word
from derivex.notation.name_pieces import NamePieces
from derivex.notation.piece import Piece
from derivex.notation.vocabulary import KnownFunction, subscript_text

__all__ = ["PointPieces"]

_USUAL = ("x", "y", "z")  # what functions are applied to where nothing is said


class PointPieces(NamePieces):
    """Reads ∂f/∂x with several arguments behind it as the derivative ∂₁f of them.

    Which argument x is, the parameters of f say, the arguments themselves if x is one of them, or
    else the order of the letters x, y, z.
    """

    def take_at_point(self, word: Word, mark: Mark) -> int:
        """The derivative whose numerator starts at a word, up to its arguments; 0 if it is none."""
        words = self.words
        position = mark.following
        braced = mark.rest is None and words[position].text == "{"
        name = mark.rest or words[min(position + braced, len(words) - 1)]
        slash = position + (mark.rest is None) + 2 * braced
        over = self.marks.get(slash)
        if name.kind != "NAME" or over is None or over.kind != "over" or not over.differentials:
            return 0
        opening = over.following
        if not self._opens(opening) or words[opening].start != words[opening - 1].end:
            return 0
        known = self._function(name.text, None)
        commas, closing = self._arguments_in(opening)
        if not commas:
            return 0
        if known is None:
            raise self._nowhere(name, opening, closing)
        if any(words[at].kind == "DOTS" for at in range(opening, closing)):
            return self._take_dotted(word, name, known, over, opening, closing)
        places = [self._place(each, known, opening, commas) for each in over.differentials]
        if not all(places):
            raise self._nowhere(name, opening, closing)
        ordered = [
            place
            for place, each in zip(reversed(places), reversed(over.differentials), strict=True)
            for _ in range(each.times)
        ]
        derived = self._derived(known._replace(quantity=""), tuple(ordered))
        start, end = word.start, words[opening - 1].end
        signs = "".join(f"∂_{place} " for place in reversed(ordered))
        point = self.source.text[words[opening].start : words[closing].end]
        chosen = f"{signs}{name.text}{point}"
        self.notes.add(start, self.notes.quote(start, words[closing].end), chosen)
        self.result.append(Piece("FUNCTION", start, end, function=derived))
        return opening

    def _nowhere(self, name: Word, opening: int, closing: int) -> ReadError:
        return self.source.error(
            "this looks like the derivative at a point, and nothing says by which argument it is",
            self.words[opening].start,
            self.words[closing].end,
            f"declare what {name.text} depends on, or write ∂_1 {name.text}(…)",
        )

    def _arguments_in(self, opening: int) -> tuple[list[int], int]:
        """The commas between the arguments in a bracket, and where it closes."""
        depth = 0
        commas: list[int] = []
        for position in range(opening, len(self.words)):
            kind = self.words[position].kind
            depth += (kind in ("OPEN", "INDEX_OPEN")) - (kind == "CLOSE")
            if not depth:
                return commas, position
            if depth == 1 and kind == "COMMA":
                commas.append(position)
        return [], opening

    def _place(
        self, by: Differential, known: KnownFunction, opening: int, commas: Sequence[int]
    ) -> int:
        """Which argument a function is differentiated by, counted from 1; 0 if nothing says it."""
        variable = self.variable(by)
        if known.function is not None and known.arity == len(commas) + 1:
            parameters = list(known.function.parameters)
            return parameters.index(variable) + 1 if variable in parameters else 0
        if known.function is not None:
            return 0
        starts = [opening + 1, *(comma + 1 for comma in commas)]
        for place, start in enumerate(starts, 1):
            if self._leaf_at(start) is variable:
                return place
        names = _USUAL[: len(starts)] if len(starts) <= len(_USUAL) else ()
        return names.index(variable.name) + 1 if str(variable) in names else 0

    def _leaf_at(self, position: int) -> Basic | None:
        """The name that an argument is, which starts at a position; None if it is more."""
        word, after = self.words[position], self.words[position + 1]
        if word.kind not in ("NAME", "GREEK"):
            return None
        subscript = after if after.kind == "SUBSCRIPT" else None
        behind = self.words[position + 1 + (subscript is not None)]
        if behind.kind not in ("COMMA", "CLOSE"):
            return None
        return self.variable(Differential(word.text, subscript, 1, word.start, word.end))

    def _take_dotted(
        self,
        word: Word,
        name: Word,
        known: KnownFunction,
        over: Mark,
        opening: int,
        closing: int,
    ) -> int:
        """∂f/∂x_i(a_1, …, a_m), the derivative of f(a_1, …, a_m) by a_i; 0 if it is another."""
        words = self.words
        by = over.differentials[0]
        first, low = words[opening + 1], words[opening + 2]
        index = subscript_text(by.subscript.text) if by.subscript is not None else ""
        if over.order != 1 or low.kind != "SUBSCRIPT" or len(index) != 1 or index.isdigit():
            return 0
        variable = self.vocabulary.subscripted(first.text, index)
        if not isinstance(variable, At) or not isinstance(variable.args[0], Symbol):
            return 0
        whole = self.notes.quote(word.start, words[closing].end)
        point = self.source.text[words[opening].start : words[closing].end]
        chosen = f"the derivative of {name.text}{point} by {first.text}_{index}"
        self.notes.add(word.start, whole, chosen)
        self.result.append(Piece("NUMERATOR", word.start, word.end))
        self.result.append(Piece("FUNCTION", name.start, words[opening - 1].end, function=known))
        position = opening
        while position <= closing:
            position = self.take(position)
        end = words[closing].end
        self.result.append(Piece("OVER", end, end, variables=(variable,)))
        return closing + 1

    def take(self, position: int) -> int:
        """Turn the word at a position, with those that belong to it, into pieces."""
        raise NotImplementedError

    def variable(self, differential: Differential) -> Basic:
        """What one dx of a denominator is by."""
        if differential.subscript is None:
            return self.vocabulary.base(differential.name)
        subscript = subscript_text(differential.subscript.text)
        return self.vocabulary.subscripted(differential.name, subscript)
