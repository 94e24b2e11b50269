"""Pieces for words of letters: names, with their subscripts and indices, and functions."""

from __future__ import annotations

from derivex.expression import INFINITY, symbol
from derivex.notation.characters import letter_name
from derivex.notation.function_pieces import ARGUMENT_STARTS
from derivex.notation.glued import Split
from derivex.notation.known_names import holds_itself
from derivex.notation.lexer import Word
from derivex.notation.limit_pieces import difference_name
from derivex.notation.names import split_word
from derivex.notation.piece import Piece
from derivex.notation.prime_pieces import PrimePieces
from derivex.notation.raised_calls import raised_call
from derivex.notation.raised_indices import raised_index
from derivex.notation.refusals import CASE_WORDS, INFINITIES, RESERVED, refuse_name
from derivex.notation.text_writer import TextWriter
from derivex.notation.vocabulary import (
    INDEX_LETTERS,
    OVER_INDEX,
    UNKNOWN_FUNCTIONS,
    subscript_text,
)

__all__ = ["NamePieces"]

_ABOVE = ("RAISED", "ORDER", "CARET", "SUPERSCRIPT")  # what an index above begins with
_AFTER_A_FUNCTION = ("PRIME", "ORDER", "CARET")  # what can say that it is a derivative


class NamePieces(PrimePieces):
    """Splits words into names and functions."""

    splits: dict[tuple[str, str | None, bool, bool], Split]

    def take_name(self, word: Word, position: int) -> int:
        """A word of letters: a sum, a mean, or names and functions."""
        text = word.text
        vocabulary = self.vocabulary
        undeclared = text not in vocabulary.declared and vocabulary.function(text) is None
        if undeclared:
            if text in CASE_WORDS:
                kind = CASE_WORDS[text]
                self.result.append(Piece(kind, word.start, word.end))
                return position + 1
            if text in INFINITIES:
                self.result.append(Piece("LEAF", word.start, word.end, INFINITY))
                return position + 1
            if text in RESERVED:
                raise refuse_name(self.source, word)
            if text in OVER_INDEX:
                return self.take_sum(word, position + 1)
            if text == "mean":
                return self.take_mean(word, position + 1)
            if text == "lim":
                return self.take_limit(word, position + 1)
            special = 0
            if text == "partial":
                special = self.take_partials(position)
            elif text == "int":
                special = self.take_integral(word, position + 1)
            elif text == "at":
                special = self.take_at(word, position + 1)
            if special:
                return special
            if text == "grad" and self._has_subscript(word, position + 1):
                return self.take_nabla(word, position + 1)
        subscript, following = self._subscript(word.end, position + 1)
        follow = self.words[following] if following < len(self.words) else None
        end = self.words[following - 1].end if following > position + 1 else word.end
        opens = follow is not None and follow.text == "(" and follow.start == end
        argument = follow is not None and follow.kind in ARGUMENT_STARTS
        key = (text, subscript, opens, argument)
        split = self.splits.get(key)
        if split is None:
            split = split_word(
                vocabulary, self.source, text, word.start, subscript, opens, argument
            )
            self.splits[key] = split
            if split.note:
                chosen = split.show() if len(split.parts) > 1 else "one name"
                self.notes.add(word.start, text, chosen)
        start = word.start
        for number, part in enumerate(split.parts[:-1]):
            if number in split.functions:
                function = vocabulary.function(part)
                self.result.append(Piece("FUNCTION", start, start + len(part), function=function))
            else:
                leaf = vocabulary.leaf(part)
                self.result.append(Piece("LEAF", start, start + len(part), leaf))
            start += len(part)
        return self._take_last(split.parts[-1], start, end, subscript, following)

    def _has_subscript(self, word: Word, position: int) -> bool:
        after = self.words[position] if position < len(self.words) else None
        subscripts = ("SUBSCRIPT", "INDEX_OPEN")
        return after is not None and after.kind in subscripts and after.start == word.end

    def _subscript(self, end: int, position: int) -> tuple[str | None, int]:
        """The subscript written directly at an offset, and the position after it."""
        if position < len(self.words):
            word = self.words[position]
            if word.kind == "SUBSCRIPT" and word.start == end:
                return subscript_text(word.text), position + 1
        return None, position

    def take_greek(self, word: Word, position: int) -> int:
        name = letter_name(word.text)
        difference = difference_name(word, self.words, position)
        if difference is not None and name not in self.vocabulary.declared:
            changed = self.words[position + 1]
            if changed.text in UNKNOWN_FUNCTIONS and self._opens(position + 2):
                raise self.source.error(
                    f"Δ{changed.text}(…) does not say what changes",
                    word.start,
                    changed.end,
                    f"write {changed.text}(x + Δx) - {changed.text}(x)",
                )
            self.result.append(Piece("LEAF", word.start, changed.end, symbol(difference)))
            return position + 2
        subscript, following = self._subscript(word.end, position + 1)
        end = self.words[following - 1].end
        return self._take_last(name, word.start, end, subscript, following)

    def _take_last(
        self, name: str, start: int, end: int, subscript: str | None, following: int
    ) -> int:
        """The last name of a word, which has its subscript and the bracket that follows."""
        vocabulary = self.vocabulary
        follow = self.words[following] if following < len(self.words) else None
        if follow is not None and follow.start == end and follow.kind in _ABOVE:
            raised = self._take_raised(name, start, subscript, following)
            if raised:
                return raised
        if follow is not None and follow.start == end and follow.kind in _AFTER_A_FUNCTION:
            derived = self.take_primes(name, start, subscript, following)
            if derived:
                return derived
        raised = 0
        if name in UNKNOWN_FUNCTIONS or name in self.scope.given:
            raised = 0 if self.scope.rules else raised_call(self.words, following)
        if raised and not (name in vocabulary.bare or holds_itself(self.words, raised, name)):
            call = self.words[raised]
            shown = self.source.quote(start, call.start)
            self.notes.add(start, f"{shown}(…)", f"a power of {name}(…)")
            follow = call._replace(start=end)
        applied = self.function_piece(name, start, end, subscript, follow)
        if applied is not None:
            self.result.append(applied)
            return following
        if subscript is not None:
            self.result.append(Piece("LEAF", start, end, vocabulary.subscripted(name, subscript)))
            return following
        piece = Piece("LEAF", start, end, vocabulary.leaf(name))
        self.result.append(piece)
        if follow is not None and follow.start == end:
            if follow.kind == "INDEX_OPEN":
                piece.value = vocabulary.base(name)
            elif follow.text == "[" and follow.kind == "OPEN":
                has_entries = name in vocabulary.scope.data or name in vocabulary.scope.arrays
                if (
                    has_entries
                    or self._holds_indices(following + 1)
                    or (name == "delta" and self._is_delta(following + 1))
                ):
                    piece.value = vocabulary.base(name)
                    self.result.append(Piece("INDEX", follow.start, follow.end))
                    return following + 1
                self.notes.add(start, f"{name}[…]", f"{name}·[…]")
            elif self._looks_like_a_call(name, follow, following + 1):
                inside = self.words[following + 1].text
                self.notes.add(start, f"{name}({inside})", f"{name}·{inside}")
        array = vocabulary.scope.arrays.get(name)
        indexed = follow is not None and follow.start == end and follow.kind == "INDEX_OPEN"
        if array is not None and array.family and not indexed:
            hint = f"write {name}_i or {name}_1; a vector that is only one has a name of its own"
            raise self.source.error(f"{name} is one vector for each index", start, end, hint)
        return following

    def _looks_like_a_call(self, name: str, bracket: Word, position: int) -> bool:
        """Whether nothing but a name stands in a bracket, as in x(t); LaTeX has its own remark."""
        if bracket.text != "(" or self.source.latex:
            return False
        if name in self.vocabulary.declared or name in UNKNOWN_FUNCTIONS:
            return False
        return [word.kind for word in self.words[position : position + 2]] == ["NAME", "CLOSE"]

    def _take_raised(self, name: str, start: int, subscript: str | None, position: int) -> int:
        """A name with an index above, and the subscript that may follow; 0 if there is none."""
        vocabulary, words = self.vocabulary, self.words
        if vocabulary.function(name) is not None or vocabulary.constant(name) is not None:
            return 0
        found = raised_index(name, words, position, vocabulary)
        if found is None:
            return 0
        after, end = found.after, words[found.after - 1].end
        if name in UNKNOWN_FUNCTIONS and after < len(words) and words[after].text == "(":
            return 0
        if subscript is None:
            subscript, after = self._subscript(end, after)
            end = words[after - 1].end
        entry = vocabulary.above(name, found.index, subscript)
        if found.doubtful:
            shown = self.source.text[start:end]
            reading = f"{TextWriter().write(entry)}, an index; a power is written ({name})^…"
            self.notes.add(start, shown, reading)
        self.result.append(Piece("LEAF", start, end, entry))
        return after

    def _is_delta(self, position: int) -> bool:
        """Whether δ[ goes on with two indices, whatever letters they are."""
        for word in self.words[position:]:
            if word.kind in ("CLOSE", "COMMA", "OPEN"):
                return word.kind == "COMMA"
        return False

    def _holds_indices(self, position: int) -> bool:
        """Whether a square bracket's content can only be indices: i, 2, i + 1, i, j."""
        limit = min(position + 12, len(self.words))
        beside = False  # of several letters one that a sum runs over makes all of them indices
        for inner in range(position, limit):
            word = self.words[inner]
            if word.kind == "CLOSE":
                break
            beside = beside or word.text in self.vocabulary.bound
        for inner in range(position, limit):
            word = self.words[inner]
            if word.kind == "CLOSE":
                return inner > position
            index = word.text in self.vocabulary.bound or word.text in INDEX_LETTERS
            if not (
                word.kind in ("COMMA", "PLUS", "MINUS")
                or (word.kind == "NAME" and (index or (beside and len(word.text) == 1)))
                or (word.kind == "NUMBER" and word.text.isdigit())
            ):
                return False
        return False
