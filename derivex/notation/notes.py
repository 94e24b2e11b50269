"""The choices that a reader made, to be shown: "I read ab as a·b"."""

from __future__ import annotations

from derivex.notation.lexer import Source

__all__ = ["Notes"]

_MOST = 20  # further choices in one text are not listed
_LONGEST = 60  # characters of the text that a note quotes


class Notes:
    """Collects notes with the place they are about; each is kept once."""

    __slots__ = ("_found", "_source")

    def __init__(self, source: Source):
        self._source = source
        self._found: dict[str, int] = {}

    def copy(self) -> Notes:
        """The same notes, to which others can be added."""
        copied = Notes(self._source)
        copied._found.update(self._found)
        return copied

    def add(self, start: int, read: str, chosen: str) -> None:
        """Note that ``read``, which starts at an offset, was taken to mean ``chosen``."""
        if len(self._found) < _MOST:
            self._found.setdefault(f"I read {_short(read)} as {_short(chosen)}", start)

    def quote(self, start: int, end: int) -> str:
        """A stretch of the text, with its white space closed up, and cut if it is long."""
        return " ".join(self._source.quote(start, min(end, start + 2 * _LONGEST)).split())

    def in_order(self) -> tuple[str, ...]:
        """The notes, by where in the text they belong."""
        return tuple(sorted(self._found, key=lambda note: self._found[note]))


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
