"""From words to pieces: names resolved, derivatives and sums recognised, errors that show early.

A piece is what the operator-precedence reader takes in one go.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from derivex.expression import DOTS, Mean, integer, symbol
from derivex.notation.characters import GREEK_LETTERS, raised
from derivex.notation.derivatives import Mark, derivative_marks, separate_operators
from derivex.notation.lexer import Source, Word
from derivex.notation.names import Split, split_word
from derivex.notation.notes import Notes
from derivex.notation.numerals import number_of
from derivex.notation.refusals import refuse_word
from derivex.notation.scope import Scope
from derivex.notation.vocabulary import UNKNOWN_FUNCTIONS, Vocabulary, subscript_text
from derivex.notation.vocabulary import KnownFunction

__all__ = ["Piece", "Pieces"]

_ARGUMENT_STARTS = frozenset(
    "NUMBER NAME GREEK BARRED OPEN BAR PARTIAL SIGMA ROOT SUPERSCRIPT CARET SUBSCRIPT".split()
)
_AS_THEY_ARE = frozenset(
    "PLUS MINUS STAR SLASH CARET OPEN CLOSE COMMA BAR EQUALS RANGE ROOT".split()
)
_MACRON_LETTERS = dict(zip("āēīōūȳḡĀĒĪŌŪȲḠ", "aeiouygAEIOUYG", strict=True))


class Piece:
    """One piece: its kind, the characters it covers, and what it stands for.

    Kinds beyond those of the words: LEAF (``value`` is its node), FUNCTION (``function``, and
    ``value`` is the base of a logarithm or None), DERIVE, NUMERATOR and OVER (``variables``),
    SUM (``variables`` are its indices), SUM_LOWER, SUM_CALL, MEAN, INDEX.
    """

    __slots__ = ("end", "function", "kind", "order", "start", "value", "variables")

    def __init__(
        self,
        kind: str,
        start: int,
        end: int,
        value: Basic | None = None,
        function: KnownFunction | None = None,
        variables: tuple[Basic, ...] = (),
        order: int = 1,
    ):
        self.kind = kind
        self.start = start
        self.end = end
        self.value = value
        self.function = function
        self.variables = variables
        self.order = order


class Pieces:
    """Turns the words of one text into pieces; see :attr:`result`."""

    def __init__(self, source: Source, words: list[Word], scope: Scope, notes: Notes):
        self.source = source
        self.scope = scope
        self.notes = notes
        self.vocabulary = Vocabulary(scope)
        self.words: Sequence[Word] = separate_operators(words, self.vocabulary)
        self.marks = derivative_marks(source, self.words, self.vocabulary)
        self._splits: dict[tuple[str, str | None, bool, bool], Split] = {}
        self._find_names()
        self.result: list[Piece] = []
        position = 0
        while position < len(self.words):
            position = self._take(position)

    def _find_names(self) -> None:
        """Which names stand alone, and which letters are indices of sums."""
        vocabulary = self.vocabulary
        words = self.words
        sums: list[bool] = []  # for each open bracket, whether it is that of sum(u, i = 1..n)
        for position, word in enumerate(words):
            kind = word.kind
            after = words[position + 1] if position + 1 < len(words) else None
            if kind in ("OPEN", "INDEX_OPEN"):
                before = words[position - 1] if position else None
                sums.append(kind == "OPEN" and before is not None and _is_sum(before))
            elif kind == "CLOSE" and sums:
                sums.pop()
            elif kind == "COMMA" and sums and sums[-1] and after is not None:
                vocabulary.bound.add(after.text)
            elif _is_sum(word) and after is not None:
                self._find_index(position + 1, after)
            elif position not in self.marks:
                self._find_name(word, after)
        for mark in self.marks.values():
            if mark.rest is not None:
                vocabulary.known.add(mark.rest.text)
            for differential in mark.differentials:
                vocabulary.known.add(differential.name)
        vocabulary.known.update(vocabulary.bound)

    def _find_index(self, position: int, after: Word) -> None:
        bound = self.vocabulary.bound
        if after.kind == "SUBSCRIPT":
            bound.update(one for one in subscript_text(after.text).split(",") if len(one) == 1)
        elif after.kind == "INDEX_OPEN" and position + 1 < len(self.words):
            bound.add(self.words[position + 1].text)

    def _find_name(self, word: Word, after: Word | None) -> None:
        vocabulary = self.vocabulary
        if word.kind == "GREEK":
            name = GREEK_LETTERS[word.text[0]] + word.text[1:]
        elif word.kind == "NAME" and len(word.text.rstrip("0123456789")) == 1:
            name = word.text
        else:
            return
        vocabulary.known.add(name)
        if after is not None and after.kind == "SUBSCRIPT":
            vocabulary.known.add(f"{name}_{subscript_text(after.text)}")
        elif after is None or after.kind != "OPEN":
            vocabulary.bare.add(name)

    def _take(self, position: int) -> int:
        """Turn the word at a position, with those that belong to it, into pieces."""
        word = self.words[position]
        kind = word.kind
        mark = self.marks.get(position)
        if mark is not None:
            return self._take_derivative(word, mark)
        if kind == "NAME":
            return self._take_name(word, position)
        if kind in _AS_THEY_ARE:
            self.result.append(Piece(kind, word.start, word.end))
            return position + 1
        if kind == "NUMBER":
            return self._take_number(word, position)
        if kind == "GREEK":
            name = GREEK_LETTERS[word.text[0]] + word.text[1:]
            return self._take_leaf(name, word.start, word.end, position + 1)
        if kind == "SIGMA":
            return self._take_sum(word, position + 1)
        if kind == "SUPERSCRIPT":
            self._add("SUPERSCRIPT", word, self._raised(word))
        elif kind == "BARRED":
            self._add("LEAF", word, Mean(symbol(_MACRON_LETTERS.get(word.text, word.text[0]))))
        elif kind == "DOTS" and self.scope.rules:
            self._add("LEAF", word, DOTS)
        elif kind == "INDEX_OPEN":
            self._add("INDEX", word)
        elif kind == "SUBSCRIPT":
            raise self.source.error(
                "a subscript needs a name directly before it",
                word.start,
                word.end,
                "write a_i; after the index of a sum put a space: sum_i a_i",
            )
        elif kind == "PARTIAL":
            raise self.source.error(
                "∂ without what it is differentiated by",
                word.start,
                word.end,
                "write ∂/∂x u, or ∂(u)/∂x",
            )
        else:
            raise refuse_word(self.source, word)
        return position + 1

    def _add(self, kind: str, word: Word, value: Basic | None = None) -> None:
        self.result.append(Piece(kind, word.start, word.end, value))

    def _raised(self, word: Word) -> Basic:
        """The exponent that raised characters stand for."""
        text = raised(word.text)
        digits = text.lstrip("+-")
        if digits == "T":
            raise self.source.error(
                "ᵀ (a transpose) cannot be read yet",
                word.start,
                word.end,
                "write the entries out, as in sum_i w_i x_i",
            )
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
            # Where e is declared, 2e3 is 2·e3 as 2x3 would be 2·x3.
            cut = word.start + len(mantissa) - 1
            return self._take_cut_number(word, cut, position)
        self._add("NUMBER", word, number_of(self.source, word))
        return position + 1

    def _take_cut_number(self, word: Word, cut: int, position: int) -> int:
        """A numeral whose e is a name: its mantissa, then the rest read anew."""
        head = Word("NUMBER", self.source.text[word.start : cut], word.start, cut)
        self._add("NUMBER", head, number_of(self.source, head))
        end = cut + 1
        while end < word.end and self.source.text[end].isdigit():
            end += 1
        self._take_leaf(self.source.text[cut:end], cut, end, position + 1)
        if end < word.end:
            self.result.append(
                Piece("MINUS" if self.source.text[end] == "-" else "PLUS", end, end + 1)
            )
            tail = Word("NUMBER", self.source.text[end + 1 : word.end], end + 1, word.end)
            self._add("NUMBER", tail, number_of(self.source, tail))
        return position + 1
