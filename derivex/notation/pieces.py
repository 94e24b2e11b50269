"""From words to pieces: names resolved, derivatives and sums recognised, errors that show early.

A piece is what the operator-precedence reader takes in one go.
"""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from derivex.errors import ReadError
from derivex.expression import (
    DOTS,
    Apply,
    Mean,
    Negative,
    function_name,
    integer,
    symbol,
)
from derivex.notation.characters import GREEK_LETTERS, GREEK_NAMES, raised
from derivex.notation.derivatives import (
    Differential,
    Mark,
    derivative_marks,
    separate_operators,
)
from derivex.notation.known_names import find_names
from derivex.notation.lexer import Source, Word
from derivex.notation.names import Split, split_word
from derivex.notation.notes import Notes
from derivex.notation.numerals import number_of
from derivex.notation.piece import Piece
from derivex.notation.refusals import RESERVED, refuse_name, refuse_word
from derivex.notation.scope import Scope
from derivex.notation.vocabulary import (
    INDEX_LETTERS,
    UNKNOWN_FUNCTIONS,
    KnownFunction,
    Vocabulary,
    subscript_text,
)

__all__ = ["Pieces"]

_ARGUMENT_STARTS = frozenset(
    "NUMBER NAME GREEK BARRED OPEN BAR PARTIAL SIGMA ROOT SUPERSCRIPT CARET SUBSCRIPT".split()
)
_AS_THEY_ARE = frozenset(
    "PLUS MINUS STAR SLASH CARET OPEN CLOSE COMMA BAR EQUALS RANGE ROOT".split()
)
_MACRON_LETTERS = dict(zip("āēīōūȳḡĀĒĪŌŪȲḠ", "aeiouygAEIOUYG", strict=True))


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
        find_names(self.words, self.marks, self.vocabulary)
        self.result: list[Piece] = []
        position = 0
        while position < len(self.words):
            position = self._take(position)

    def _take(self, position: int) -> int:
        """Turn the word at a position, with those that belong to it, into pieces."""
        word = self.words[position]
        kind = word.kind
        mark = self.marks.get(position)
        if mark is not None:
            return self._take_derivative(word, position, mark)
        if kind == "NAME":
            return self._take_name(word, position)
        if kind in _AS_THEY_ARE:
            self.result.append(Piece(kind, word.start, word.end))
            return position + 1
        if kind == "NUMBER":
            return self._take_number(word, position)
        if kind == "GREEK":
            return self._take_greek(word, position)
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
            raise self._stray_subscript(word, position)
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
            name = mantissa[-1]
            raise self.source.error(
                f"{word.text} is a number in exponent notation, but {name} is declared",
                word.start,
                word.end,
                f"write 2*{name} - 3 for the product, and 0.002 for the number",
            )
        self._add("NUMBER", word, number_of(self.source, word))
        return position + 1

    def _take_derivative(self, word: Word, position: int, mark: Mark) -> int:
        """A d/dx, or one end of a ∂u/∂x."""
        following = mark.following
        if mark.kind == "numerator":
            self._add("NUMERATOR", word)
            return following if mark.rest is None else self._take_name(mark.rest, position)
        kind = "DERIVE" if mark.kind == "operator" else "OVER"
        piece = Piece(kind, word.start, self.words[following - 1].end, order=mark.order)
        if mark.differentials:
            piece.variables = tuple(
                variable
                for differential in mark.differentials
                for variable in [self._variable(differential)] * differential.times
            )
        else:
            piece.kind += "_BY"  # what it is differentiated by stands in the bracket opened here
        self.result.append(piece)
        return following

    def _variable(self, differential: Differential) -> Basic:
        if differential.subscript is None:
            return symbol(differential.name)
        subscript = subscript_text(differential.subscript.text)
        return self.vocabulary.subscripted(differential.name, subscript)

    def _take_name(self, word: Word, position: int) -> int:
        """A word of letters: a sum, a mean, or names and functions."""
        text = word.text
        vocabulary = self.vocabulary
        undeclared = text not in vocabulary.declared and vocabulary.function(text) is None
        if undeclared:
            if text in RESERVED:
                raise refuse_name(self.source, word)
            if text == "sum":
                return self._take_sum(word, position + 1)
            if text == "mean":
                return self._take_mean(word, position + 1)
        subscript, following = self._subscript(word.end, position + 1)
        follow = self.words[following] if following < len(self.words) else None
        end = self.words[following - 1].end if following > position + 1 else word.end
        opens = follow is not None and follow.text == "(" and follow.start == end
        argument = follow is not None and follow.kind in _ARGUMENT_STARTS
        key = (text, subscript, opens, argument)
        split = self._splits.get(key)
        if split is None:
            split = split_word(
                vocabulary, self.source, text, word.start, subscript, opens, argument
            )
            self._splits[key] = split
            if split.note:
                chosen = split.show() if len(split.parts) > 1 else "one name"
                self.notes.add(word.start, text, chosen)
        start = word.start
        for number, part in enumerate(split.parts[:-1]):
            if number in split.functions:
                function = vocabulary.function(part)
                self.result.append(
                    Piece("FUNCTION", start, start + len(part), function=function)
                )
            else:
                leaf = vocabulary.leaf(part)
                self.result.append(Piece("LEAF", start, start + len(part), leaf))
            start += len(part)
        return self._take_last(split.parts[-1], start, end, subscript, following)

    def _subscript(self, end: int, position: int) -> tuple[str | None, int]:
        """The subscript written directly at an offset, and the position after it."""
        if position < len(self.words):
            word = self.words[position]
            if word.kind == "SUBSCRIPT" and word.start == end:
                return subscript_text(word.text), position + 1
        return None, position

    def _take_greek(self, word: Word, position: int) -> int:
        name = GREEK_LETTERS[word.text[0]] + word.text[1:]
        subscript, following = self._subscript(word.end, position + 1)
        end = self.words[following - 1].end
        return self._take_last(name, word.start, end, subscript, following)

    def _take_last(
        self, name: str, start: int, end: int, subscript: str | None, following: int
    ) -> int:
        """The last name of a word, which has its subscript and the bracket that follows."""
        vocabulary = self.vocabulary
        follow = self.words[following] if following < len(self.words) else None
        applied = self._function(name, start, end, subscript, follow)
        if applied is not None:
            self.result.append(applied)
            return following
        if subscript is not None:
            self.result.append(
                Piece("LEAF", start, end, vocabulary.subscripted(name, subscript))
            )
            return following
        piece = Piece("LEAF", start, end, vocabulary.leaf(name))
        self.result.append(piece)
        if follow is not None and follow.start == end:
            if follow.kind == "INDEX_OPEN":
                piece.value = symbol(name)
            elif follow.text == "[" and follow.kind == "OPEN":
                if name in vocabulary.scope.data or self._holds_indices(following + 1):
                    piece.value = symbol(name)
                    self.result.append(Piece("INDEX", follow.start, follow.end))
                    return following + 1
                self.notes.add(start, f"{name}[…]", f"{name}·[…]")
        return following

    def _holds_indices(self, position: int) -> bool:
        """Whether a square bracket's content can only be indices: i, 2, i + 1, i, j."""
        limit = min(position + 12, len(self.words))
        for inner in range(position, limit):
            word = self.words[inner]
            if word.kind == "CLOSE":
                return inner > position
            index = word.text in self.vocabulary.bound or word.text in INDEX_LETTERS
            if not (
                word.kind in ("COMMA", "PLUS", "MINUS")
                or (word.kind == "NAME" and index)
                or (word.kind == "NUMBER" and word.text.isdigit())
            ):
                return False
        return False

    def _function(
        self, name: str, start: int, end: int, subscript: str | None, follow: Word | None
    ) -> Piece | None:
        """The piece for a name that is a function here, or None."""
        vocabulary = self.vocabulary
        full = name if subscript is None else f"{name}_{subscript}"
        known = vocabulary.function(full) or vocabulary.function(name)
        opens = follow is not None and follow.kind == "OPEN" and follow.text == "("
        if known is None:
            if not opens or name not in UNKNOWN_FUNCTIONS or name in vocabulary.declared:
                return None
            if name in vocabulary.bare and not self.scope.rules:
                self.notes.add(start, f"{name}(…)", f"{name}·(…)")
                return None
            numbered = subscript is not None and not subscript.replace(",", "").isalpha()
            known = KnownFunction(full if numbered else name, None, None)
            return Piece("FUNCTION", start, end, function=known)
        definition = known.function.definition if known.function is not None else None
        applicable = follow is not None and follow.kind in _ARGUMENT_STARTS
        if not opens and (len(name) == 1 or not applicable):
            if known.function is not None and definition is not None:
                parameters = known.function.parameters
                shown = ", ".join(map(str, parameters))
                self.notes.add(start, name, f"{name}({shown})")
                return Piece(
                    "LEAF", start, end, Apply(function_name(known.name), *parameters)
                )
            if len(name) == 1:
                return None
        piece = Piece("FUNCTION", start, end, function=known)
        if subscript is not None and vocabulary.function(full) is None:
            piece.value = self._base(known, subscript, start, end)
        return piece

    def _base(self, known: KnownFunction, subscript: str, start: int, end: int) -> Basic | None:
        """The base that a logarithm's subscript gives; other letters only name parameters."""
        if known.name == "log":
            if subscript.isdigit():
                return integer(int(subscript))
            if subscript.isalpha() and (len(subscript) == 1 or subscript in GREEK_NAMES):
                return self.vocabulary.leaf(subscript)
        elif known.function is not None and known.function.means is None:
            if subscript.replace(",", "").isalpha():
                return None
        name = self.source.text[start:end]
        raise self.source.error(
            f"{name} is not a function that I know",
            start,
            end,
            "only a logarithm has a subscript: log_2(x)",
        )

    def _take_mean(self, word: Word, position: int) -> int:
        follow = self.words[position] if position < len(self.words) else None
        if follow is None or follow.kind != "OPEN":
            raise self.source.error(
                "mean needs brackets", word.start, word.end, "write mean(a h)"
            )
        self.result.append(Piece("MEAN", word.start, follow.end))
        return position + 1

    def _take_sum(self, word: Word, position: int) -> int:
        """A Σ with its index, up to the bracket or subscript that it opens."""
        words = self.words
        after = words[position] if position < len(words) else None
        if after is not None and after.start == word.end:
            if after.kind == "SUBSCRIPT":
                indices = self._sum_indices(after)
                self.result.append(Piece("SUM", word.start, after.end, variables=indices))
                return position + 1
            if after.kind == "OPEN":
                self.result.append(Piece("SUM_CALL", word.start, after.end))
                return position + 1
            name = words[position + 1] if position + 2 < len(words) else None
            if after.kind == "INDEX_OPEN" and name is not None and name.kind == "NAME":
                index = (symbol(name.text),)
                third = words[position + 2]
                if third.kind == "EQUALS":
                    piece = Piece("SUM_LOWER", word.start, after.end, variables=index)
                    piece.value = None
                    self.result.append(piece)
                    return position + 3
                if third.kind == "CLOSE":
                    self.result.append(Piece("SUM", word.start, third.end, variables=index))
                    return position + 3
        raise self.source.error(
            "a sum needs its index",
            word.start,
            word.end,
            "write sum_i u, sum_{i=1}^n u, or sum(u, i = 1..n)",
        )

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
