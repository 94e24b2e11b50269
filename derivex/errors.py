"""The errors that derivex raises: one family, each a sentence with the place and the repair.

::

    DerivexError
    ├── ReadError         a formula, or a piece of one, that cannot be read
    ├── RuleError         a rule file that does not parse, or a rule that is not sound
    ├── LessonError       a lesson with an unknown statement or unusable data
    │   └── BlankError    something that cannot be left out of a sheet
    ├── ProblemError      a question that cannot be answered as asked (no variable, no equation)
    └── RecordError       a stored derivation that cannot be loaded, or does not replay
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "BlankError",
    "DerivexError",
    "LessonError",
    "Place",
    "ProblemError",
    "ReadError",
    "RecordError",
    "RuleError",
]

_WINDOW = 72  # characters of a long source line that are shown around the caret


@dataclass(frozen=True)
class Place:
    """A stretch of a source text.

    Args:
        source: the text that was read.
        start: offset of the first character meant.
        end: offset just after the last character meant.
        name: what the text is called, such as a file name; None for a command's argument.
    """

    source: str
    start: int
    end: int
    name: str | None = None

    @property
    def line(self) -> int:
        """The line number in the file, from 1."""
        return 1 + self.source.count("\n", 0, self.start)

    @property
    def column(self) -> int:
        """The column in that line, from 1."""
        return self.start - self.source.rfind("\n", 0, self.start)

    def show(self) -> str:
        """The line of the text and a caret under the place, cut to a readable window."""
        line_start = self.source.rfind("\n", 0, self.start) + 1
        line_end = self.source.find("\n", self.start)
        line_end = len(self.source) if line_end < 0 else line_end
        left = max(line_start, self.start - _WINDOW // 2)
        right = min(line_end, left + _WINDOW)
        lead = "…" if left > line_start else ""
        tail = "…" if right < line_end else ""
        shown = lead + _printable(self.source[left:right]) + tail
        caret = " " * (len(lead) + self.start - left)
        caret += "^" * max(1, min(self.end, right) - self.start)
        return f"    {shown}\n    {caret}"


def _printable(text: str) -> str:
    """The text with every character that would disturb a terminal replaced, one for one."""
    return "".join(character if character.isprintable() else "�" for character in text)


class DerivexError(Exception):
    """Something that derivex cannot do, said in a sentence.

    Args:
        message: what is wrong.
        place: where, if it is about a place in a text.
        hint: what to do about it.
    """

    def __init__(self, message: str, place: Place | None = None, hint: str | None = None):
        super().__init__(message)
        self.message = message
        self.place = place
        self.hint = hint

    def __str__(self) -> str:
        parts = [_printable(self.message)]
        if self.place is not None:
            if self.place.name is not None:
                at = f"{self.place.name}, line {self.place.line}, column {self.place.column}: "
                parts[0] = at + parts[0]
            elif "\n" in self.place.source.strip():
                parts[0] = f"line {self.place.line}, column {self.place.column}: {parts[0]}"
            parts.append(self.place.show())
        if self.hint:
            parts.append(f"    {self.hint}")
        return "\n".join(parts)


class ReadError(DerivexError):
    """A formula, or a piece of one, that cannot be read."""


class RuleError(DerivexError):
    """A rule file that does not parse, or a rule that is not sound."""


class LessonError(DerivexError):
    """A lesson with an unknown statement or unusable data."""


class BlankError(LessonError):
    """Something that a lesson marks cannot be left out of a sheet."""


class ProblemError(DerivexError):
    """A question that cannot be answered as asked."""


class RecordError(DerivexError):
    """A stored derivation that cannot be loaded, or does not replay."""
