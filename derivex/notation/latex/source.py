r"""LaTeX as something to read: its words in the text notation, each with its place in the LaTeX.

The LaTeX is written down as text, ``\frac{1}{2}x`` as ``{1/2}x``, which the reader of text reads.
Errors point into the LaTeX and notes quote it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from derivex.errors import Place, ReadError
from derivex.notation.lexer import Source, Word
from derivex.notation.notes import Notes
from derivex.notation.vocabulary import Vocabulary

__all__ = ["LatexSource", "Written"]


class Written(NamedTuple):
    """A word to be written, and where the LaTeX that it stands for is.

    Args:
        kind, text: as in :class:`~derivex.notation.lexer.Word`.
        start, end: the place in the LaTeX.
        glued: whether it stands directly behind the word before it.
        role: "operator" for a name that \\operatorname makes, "upright" for one that \\mathrm does.
    """

    kind: str
    text: str
    start: int
    end: int
    glued: bool = False
    role: str = ""


class LatexSource(Source):
    """LaTeX, written down as text.

    Args:
        original: the whole text, of which a stretch may be what is read.
        words: the words that the stretch stands for.
        remarks: choices made on the way: the number of the word, what was read, as what.
        name: what the text is called in errors.
        place: the stretch.
    """

    __slots__ = (
        "_ends",
        "_spans",
        "_starts",
        "calls",
        "original",
        "place",
        "remarks",
        "roles",
        "words",
        "written",
    )

    latex = True

    def __init__(
        self,
        original: str,
        words: Sequence[Written],
        remarks: Sequence[tuple[int, str, str]],
        name: str | None,
        place: tuple[int, int],
    ):
        pieces: list[str] = []
        found: list[Word] = []
        self.roles: dict[int, str] = {}
        offset = 0
        for word in words:
            if pieces and not word.glued:
                pieces.append(" ")
                offset += 1
            pieces.append(word.text)
            found.append(Word(word.kind, word.text, offset, offset + len(word.text)))
            if word.role:
                self.roles[offset] = word.role
            offset += len(word.text)
        super().__init__("".join(pieces), name)
        self.calls: set[int] = set()
        self.original = original
        self.words = found
        self.written = tuple(words)
        self.place = place
        self._spans = [(word.start, word.end) for word in words]
        self._starts = [word.start for word in found]
        self._ends = [word.end for word in found]
        starts = self._starts
        self.remarks = [
            (starts[number] if number < len(starts) else offset, read, chosen)
            for number, read, chosen in remarks
        ]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stretch of the LaTeX that a stretch of the text stands for."""
        if not self._spans:
            return self.place
        first = max(bisect_right(self._starts, start) - 1, 0)
        if self._ends[first] <= start:
            if first + 1 < len(self._starts) and self._starts[first + 1] < end:
                first += 1
            else:  # behind a word
                after = self._spans[first][1]
                return after, after + 1
        last = first
        while last + 1 < len(self._starts) and self._starts[last + 1] < end:
            last += 1
        spans = self._spans[first : last + 1]
        return min(span[0] for span in spans), max(span[1] for span in spans)

    def error(self, message: str, start: int, end: int, hint: str | None = None) -> ReadError:
        """An error about the LaTeX that some characters of the text stand for."""
        first, last = self.span(start, max(end, start + 1))
        place = Place(self.original, first, max(last, first + 1), self.name)
        return ReadError(message, place, hint)

    def quote(self, start: int, end: int) -> str:
        """The LaTeX that a stretch of the text stands for."""
        first, last = self.span(start, end)
        return self.original[first:last]

    def equated(self, other: Source) -> Source:
        if not isinstance(other, LatexSource):
            return super().equated(other)
        sign = Written("EQUALS", "=", self.place[1], self.place[1])
        words = (*self.written, sign, *other.written)
        return LatexSource(self.original, words, (), self.name, (self.place[0], other.place[1]))

    def prepared(self, words: list[Word], vocabulary: Vocabulary, notes: Notes) -> list[Word]:
        """The words, those letters put together that are one name here."""
        from derivex.notation.latex.spelled import spelled_out  # which needs this module

        if words:
            first, last = words[0].start, words[-1].end
            # The same words may be read again, in another scope.
            self.calls = {start for start in self.calls if not first <= start <= last}
            for offset, read, chosen in self.remarks:
                if words[0].start <= offset <= last:
                    notes.add(offset, read, chosen)
        return spelled_out(self, words, vocabulary, notes)
