"""From words to pieces: names resolved, derivatives and sums recognised, errors that show early.

A piece is what the operator-precedence reader takes in one go.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from derivex.errors import ReadError
from derivex.expression import (
    DOTS,
    INFINITY,
    Mean,
    Negative,
    integer,
    symbol,
)
from derivex.notation.characters import raised
from derivex.notation.derivatives import (
    Differential,
    Mark,
    derivative_marks,
    separate_operators,
)
from derivex.notation.differentials import find_integrals
from derivex.notation.known_names import find_names
from derivex.notation.lexer import Source, Word
from derivex.notation.notes import Notes
from derivex.notation.numerals import number_of
from derivex.notation.piece import Piece
from derivex.notation.point_pieces import PointPieces
from derivex.notation.primed_quantities import with_primed_quantities
from derivex.notation.refusals import refuse_word
from derivex.notation.scope import Scope
from derivex.notation.vocabulary import (
    KnownFunction,
    Vocabulary,
    subscript_text,
)

__all__ = ["Pieces"]

_AS_THEY_ARE = frozenset(
    (
        "PLUS",
        "MINUS",
        "STAR",
        "SLASH",
        "CARET",
        "OPEN",
        "CLOSE",
        "COMMA",
        "SEMICOLON",
        "BAR",
        "EQUALS",
        "RANGE",
        "RELATION",
    )
)
_MACRON_LETTERS = dict(zip("āēīōūȳḡĀĒĪŌŪȲḠ", "aeiouygAEIOUYG", strict=True))


class Pieces(PointPieces):
    """Turns the words of one text into pieces; see :attr:`result`."""

    def __init__(self, source: Source, words: list[Word], scope: Scope, notes: Notes):
        self.source = source
        scope = with_primed_quantities(words, scope, notes)
        self.scope = scope
        self.notes = notes
        self.vocabulary = Vocabulary(scope, _writes_arrays(words))
        words = source.prepared(words, self.vocabulary, notes)
        self.words: Sequence[Word] = separate_operators(words, self.vocabulary)
        self.marks = derivative_marks(source, self.words, self.vocabulary)
        self.splits = {}
        self.limit_calls = 0
        self.integrals = find_integrals(self.words, self.marks, self.vocabulary)
        find_names(self.words, self.marks, self.vocabulary)
        self.result: list[Piece] = []
        position = 0
        while position < len(self.words):
            position = self.take(position)

    def take(self, position: int) -> int:
        """Turn the word at a position, with those that belong to it, into pieces."""
        word = self.words[position]
        kind = word.kind
        mark = self.marks.get(position)
        if mark is not None:
            return self._take_derivative(word, position, mark)
        if position in self.integrals.differentials:
            return self.take_differential(word, position)
        if kind == "NAME":
            return self.take_name(word, position)
        if kind in _AS_THEY_ARE:
            self.result.append(Piece(kind, word.start, word.end))
            return position + 1
        if kind == "ROOT":
            root = KnownFunction("sqrt", 1, None)
            self.result.append(Piece("ROOT", word.start, word.end, function=root))
            return position + 1
        if kind == "NUMBER":
            return self._take_number(word, position)
        if kind == "GREEK":
            return self.take_greek(word, position)
        if kind == "INTEGRAL":
            return self.take_integral(word, position + 1)
        if kind == "NABLA":
            return self.take_nabla(word, position + 1)
        if kind == "SIGMA":
            return self.take_sum(word, position + 1)
        if kind == "ARROW" and self.limit_calls:
            self._add("ARROW", word)
        elif kind == "SUPERSCRIPT":
            self._add("SUPERSCRIPT", word, self._raised(word))
        elif kind == "BARRED":
            self._add("LEAF", word, Mean(symbol(_MACRON_LETTERS.get(word.text, word.text[0]))))
        elif word.text == "!":
            self._add("FACTORIAL", word)
        elif word.text == "∞":
            self._add("LEAF", word, INFINITY)
        elif kind == "DOTS":
            self._add("LEAF", word, DOTS)
        elif kind == "INDEX_OPEN":
            self._add("INDEX", word)
        elif kind == "SUBSCRIPT" and self._behind_norm(word, position):
            self._add("NORM_INDEX", word, self._norm_index(word))
        elif (
            kind == "SUBSCRIPT"
            and (self.scope.arrays or self.source.latex)
            and self._behind_bracket(word, position)
        ):
            subscript = subscript_text(word.text)
            parts = subscript.split(",") if "," in subscript else list(subscript)
            indices = [integer(int(each)) if each.isdigit() else symbol(each) for each in parts]
            self.result.append(Piece("ENTRY", word.start, word.end, variables=tuple(indices)))
        elif word.text == "‖":
            self._add("NORM", word)
        elif kind == "SUBSCRIPT":
            raise self._stray_subscript(word, position)
        elif kind in ("PRIME", "ORDER"):
            return self.take_derived(word, position)
        elif kind == "PARTIAL":
            following = self.take_partials(position) or self.take_partial_by(position)
            if following:
                return following
            raise self.source.error(
                "∂ without what it is differentiated by",
                word.start,
                word.end,
                "write ∂/∂x u, ∂(u)/∂x or ∂_x u",
            )
        else:
            raise refuse_word(self.source, word)
        return position + 1

    def _add(self, kind: str, word: Word, value: Basic | None = None) -> None:
        self.result.append(Piece(kind, word.start, word.end, value))

    def _stray_subscript(self, word: Word, position: int) -> ReadError:
        if position and self.words[position - 1].kind == "SUBSCRIPT":
            message = "a second subscript directly after the first"
            hint = "after the index of a sum put a space: sum_i a_i"
        elif position and self.words[position - 1].end == word.start:
            message = "a subscript needs a name directly before it"
            hint = "give the part that it belongs to a name"
        else:
            message = "a name cannot begin with an underscore"
            hint = "begin the name with a letter: a_i, x_1"
        return self.source.error(message, word.start, word.end, hint)

    def _behind_norm(self, word: Word, position: int) -> bool:
        """Whether a subscript stands directly behind a ‖ or |."""
        before = self.words[position - 1] if position else None
        return (
            before is not None
            and (before.text == "‖" or before.kind == "BAR")
            and before.end == word.start
        )

    def _behind_bracket(self, word: Word, position: int) -> bool:
        before = self.words[position - 1] if position else None
        return before is not None and before.kind == "CLOSE" and before.end == word.start

    def _norm_index(self, word: Word) -> Basic:
        text = subscript_text(word.text)
        return integer(int(text)) if text.isdigit() else symbol(text)

    def _raised(self, word: Word) -> Basic:
        """The exponent that raised characters stand for."""
        text = raised(word.text)
        digits = text.lstrip("+-")
        if digits == "T":
            return Negative(symbol("T")) if text.startswith("-") else symbol("T")
        if text.startswith("+") or not (digits.isdigit() or len(digits) == 1):
            raise self.source.error(
                f"{word.text} cannot be read as an exponent",
                word.start,
                word.end,
                "write the exponent after ^, in brackets",
            )
        if digits.isdigit():
            value = number_of(self.source, Word("NUMBER", digits, word.start, word.end))
        else:
            value = self.vocabulary.leaf(digits)
        return Negative(value) if text.startswith("-") else value

    def _take_number(self, word: Word, position: int) -> int:
        mantissa = word.text.rstrip("+-0123456789.")
        if mantissa and mantissa[-1] in self.vocabulary.declared:
            name = mantissa[-1]
            raise self.source.error(
                f"{word.text} is a number in exponent notation, but {name} is declared",
                word.start,
                word.end,
                f"put * before {name} for a product, and write a number without {name}",
            )
        self._add("NUMBER", word, number_of(self.source, word))
        return position + 1

    def _take_derivative(self, word: Word, position: int, mark: Mark) -> int:
        """A d/dx, or one end of a ∂u/∂x."""
        following = mark.following
        if mark.kind == "numerator":
            at_point = self.take_at_point(word, mark)
            if at_point:
                return at_point
            self._add("NUMERATOR", word)
            return following if mark.rest is None else self.take_name(mark.rest, position)
        kind = "DERIVE" if mark.kind == "operator" else "OVER"
        piece = Piece(kind, word.start, self.words[following - 1].end, order=mark.order)
        if mark.differentials and mark.differentials[0].called:
            self._take_called(piece, mark.differentials[0], following)
            return following
        if kind == "OVER":
            self._refuse_point(mark)
        if mark.differentials:
            piece.variables = tuple(
                variable
                for differential in mark.differentials
                for variable in [self.variable(differential)] * differential.times
            )
        else:
            piece.kind += "_BY"  # what it is differentiated by stands in the bracket opened here
        self.result.append(piece)
        return following

    def _refuse_point(self, mark: Mark) -> None:
        """Refuse dy/dx(2), which looks like the derivative at a point and would be a product."""
        words = self.words[mark.following :]
        signed = len(words) > 1 and words[1].kind == "MINUS"
        inside = words[1 + signed : 3 + signed]
        if [word.kind for word in inside] != ["NUMBER", "CLOSE"] or words[0].text != "(":
            return
        if not mark.differentials or words[0].start != self.words[mark.following - 1].end:
            return
        point, name = inside[0].text, mark.differentials[0].name
        raise self.source.error(
            "this looks like the derivative at a point, which is not read from brackets",
            words[0].start,
            inside[-1].end,
            f"write (… at {name} = {'-' * signed}{point}) for its value there, * for a product",
        )

    def _take_called(self, piece: Piece, differential: Differential, following: int) -> None:
        """The g(x) of ∂f/∂g(x), in a bracket of its own."""
        position = differential.called
        piece.kind += "_BY"
        piece.end = self.words[position + 1].end
        self.result.append(piece)
        word, last = self.words[position], self.words[following - 1]
        start = word.end - len(differential.name)
        position = self.take_name(Word("NAME", differential.name, start, word.end), position)
        while position < following:
            position = self.take(position)
        self.result.append(Piece("CLOSE", last.start, last.end))


def _writes_arrays(words: Sequence[Word]) -> bool:
    """Whether words hold a list in square brackets: [a, b], [a; b], [[a, b], [c, d]]."""
    kinds = {word.kind for word in words}
    return not kinds.isdisjoint(("COMMA", "SEMICOLON")) and any(word.text == "[" for word in words)
