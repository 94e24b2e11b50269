"""A stretch of a statement that knows where it stands in the file.

Statements are taken apart here at words and commas outside of brackets; the formulas between
them are read by the notation's readers, whose errors are told with their place in the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TypeVar

from derivex.errors import DerivexError, LessonError, Place
from derivex.lessons.lesson import Statement

__all__ = ["Passage"]

Result = TypeVar("Result")

_BRACKETS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}


class Passage:
    """A stretch of a statement, without the blanks around it.

    Args:
        statement: the statement.
        start: offset of the first character in its text.
        end: offset just after the last.

    >>> whole = Passage.of(Statement("expect f(1, 2) = 3, b = 4", Place("", 0, 25)))
    >>> [part.text for part in whole.after("expect").parts(",")]
    ['f(1, 2) = 3', 'b = 4']
    """

    __slots__ = ("end", "start", "statement")

    def __init__(self, statement: Statement, start: int, end: int):
        text = statement.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        self.statement = statement
        self.start = start
        self.end = end

    @classmethod
    def of(cls, statement: Statement) -> Passage:
        """The whole statement."""
        return cls(statement, 0, len(statement.text))

    @property
    def text(self) -> str:
        """The characters."""
        return self.statement.text[self.start : self.end]

    def __bool__(self) -> bool:
        return self.start < self.end

    # -- taking apart ----------------------------------------------------------------------

    def after(self, word: str) -> Passage:
        """What follows a word that it begins with."""
        return Passage(self.statement, self.start + len(word), self.end)

    def begins_with(self, word: str) -> bool:
        """Whether its first word is that one."""
        return re.match(rf"{re.escape(word)}(?!\w)", self.text) is not None

    def noun(self, *nouns: str) -> Passage | None:
        """The noun that it begins with, be it after “the”, if it is one of these and has an “of”.

        >>> whole = Passage.of(Statement("the gradient of f", Place("", 0, 17)))
        >>> whole.noun("derivative", "gradient").text
        'gradient'
        """
        start = self.after("the") if self.begins_with("the") else self
        found = re.match(r"[a-z]+(?=(?:\s+[a-z]+)?\s+of\b)", start.text)
        if found is None or found[0] not in nouns:
            return None
        return Passage(self.statement, start.start, start.start + found.end())

    def parts(self, mark: str) -> list[Passage]:
        """The parts between the marks (one character, or a word) outside of brackets."""
        bounds = [(0, 0), *self._marks(mark), (len(self.text), len(self.text))]
        return [
            Passage(self.statement, self.start + before[1], self.start + after[0])
            for before, after in pairwise(bounds)
        ]

    def split_first(self, mark: str) -> tuple[Passage, Passage | None]:
        """What stands before the first such mark, and what after it; None if there is none."""
        return self._split_at(next(self._marks(mark), None))

    def split_last(self, mark: str) -> tuple[Passage, Passage | None]:
        """What stands before the last such mark, and what after it; None if there is none."""
        marks = list(self._marks(mark))
        return self._split_at(marks[-1] if marks else None)

    def clauses(self, *words: str) -> tuple[Passage, list[tuple[str, Passage]]]:
        """What stands before the first of some words, and what follows each of them, in order.

        >>> whole = Passage.of(Statement("loss by s by b at s = 1", Place("", 0, 23)))
        >>> head, clauses = whole.clauses("by", "at")
        >>> head.text, [(word, clause.text) for word, clause in clauses]
        ('loss', [('by', 's'), ('by', 'b'), ('at', 's = 1')])

        A comma may stand before such a word.
        """
        marks = sorted((*mark, word) for word in words for mark in self._marks(word))
        if not marks:
            return self, []
        ends = [self._comma_before(start) for start, _, _ in marks]
        return Passage(self.statement, self.start, self.start + ends[0]), [
            (word, Passage(self.statement, self.start + first, self.start + max(first, end)))
            for (_, first, word), end in zip(marks, [*ends[1:], len(self.text)], strict=True)
        ]

    def _comma_before(self, end: int) -> int:
        """Where what stands before a place ends, without a comma."""
        before = self.text[:end].rstrip()
        return len(before) - 1 if before.endswith(",") else end

    def _split_at(self, mark: tuple[int, int] | None) -> tuple[Passage, Passage | None]:
        if mark is None:
            return self, None
        before = Passage(self.statement, self.start, self.start + mark[0])
        return before, Passage(self.statement, self.start + mark[1], self.end)

    def _marks(self, mark: str) -> Iterator[tuple[int, int]]:
        """Where in the text the mark stands outside of brackets."""
        wanted = rf"(?<!\w){re.escape(mark)}(?!\w)" if mark.isalpha() else re.escape(mark)
        depth = 0
        for found in re.finditer(rf"(?P<bracket>[()\[\]{{}}])|{wanted}", self.text):
            if found["bracket"]:
                depth += _BRACKETS[found["bracket"]]
            elif depth <= 0:
                yield found.span()

    # -- places ----------------------------------------------------------------------------

    @property
    def place(self) -> Place:
        """Where it stands in the file; if it is empty, the place just after what was there."""
        return self._place(0, max(1, self.end - self.start))

    def _place(self, start: int, end: int) -> Place:
        whole = self.statement.place
        first = whole.start + self.start
        return Place(whole.source, first + start, first + end, whole.name)

    def error(self, message: str, hint: str | None = None) -> LessonError:
        """An error about this passage."""
        return LessonError(message, self.place, hint)

    def read(self, reader: Callable[[str], Result]) -> Result:
        """Have the text read; errors are told with their place in the file.

        Raises:
            DerivexError: of the same kind as the one that came up.
        """
        return self.locate(lambda: reader(self.text))

    def locate(self, work: Callable[[], Result]) -> Result:
        """Do something for which this passage asks; errors are told with their place in the file.

        Raises:
            DerivexError: of the same kind as the one that came up.
        """
        try:
            return work()
        except DerivexError as error:
            place = self.place
            if error.place is not None and error.place.source == self.text:
                place = self._place(error.place.start, error.place.end)
            elif error.place is not None and error.place.source == place.source:
                raise  # told already
            raise type(error)(error.message, place, error.hint) from None
