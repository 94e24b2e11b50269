"""A lesson file: prose, and blocks of statements that run.

Only fenced blocks whose first word is ``derivex`` are taken up; every other line, other fenced
blocks included, is prose and stays as it is, character by character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from derivex.errors import LessonError, Place
from derivex.limits import MAX_CHARACTERS

__all__ = ["Lesson", "Program", "Prose", "Statement", "read_lesson", "read_statements"]

LANGUAGE = "derivex"
"""What follows the fence of a block that runs."""

# As Markdown has it: up to three spaces, three or more backticks or tildes, an info string.
_FENCE = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>.*)")


@dataclass(frozen=True)
class Prose:
    """Markdown to be shown as it stands.

    Args:
        text: the lines, with their line ends.
    """

    text: str


@dataclass(frozen=True)
class Statement:
    """One statement, in as many lines as it was written in.

    Args:
        text: the statement in one line: remarks and line ends are blanks of the same length,
            so that the offset of a character in it tells the offset in the file.
        place: where it stands in the file.
    """

    text: str
    place: Place

    @property
    def shown(self) -> str:
        """The statement as one tidy line.

        >>> Statement("solve  x = 1     for x", Place("", 0, 0)).shown
        'solve x = 1 for x'
        """
        return " ".join(self.text.split())


@dataclass(frozen=True)
class Program:
    """A fenced block of statements."""

    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Lesson:
    """A lesson as it was read.

    Args:
        source: the text of the file.
        name: what the file is called.
        blocks: prose and programs, in order.
    """

    source: str
    name: str
    blocks: tuple[Prose | Program, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All statements, in order."""
        return tuple(
            statement
            for block in self.blocks
            if isinstance(block, Program)
            for statement in block.statements
        )


def read_lesson(source: str, name: str) -> Lesson:
    """Read a lesson; nothing is run, and the statements are not looked into.

    Args:
        source: the text of the file.
        name: what errors call it.

    Raises:
        LessonError: the text is too long, a block is never closed, or a statement begins with
            an indented line.

    >>> lesson = read_lesson("Slopes.\\n```derivex\\ndifferentiate x^2\\n```\\n", "slopes.md")
    >>> [type(block).__name__ for block in lesson.blocks]
    ['Prose', 'Program']
    >>> lesson.statements[0].place.line
    3
    """
    if len(source) > MAX_CHARACTERS:
        raise LessonError(
            f"{name} has {len(source)} characters; at most {MAX_CHARACTERS} are read",
            hint="split the lesson into several files",
        )
    return Lesson(source, name, tuple(_blocks(source, name)))


def read_statements(source: str, name: str) -> tuple[Statement, ...]:
    """Read statements that stand in no lesson, as the lines of a block of one.

    Args:
        source: the statements.
        name: what errors call it.

    Raises:
        LessonError: the text is too long, or begins with an indented line.

    >>> [each.shown for each in read_statements("let u = x y\\nexpect u = x y", "here")]
    ['let u = x y', 'expect u = x y']
    """
    if len(source) > MAX_CHARACTERS:
        raise LessonError(
            f"{name} has {len(source)} characters; at most {MAX_CHARACTERS} are read",
            hint="work the statements in several pieces",
        )
    return tuple(_statements(list(_lines(source)), source, name))


@dataclass(frozen=True)
class _Line:
    text: str  # with its line end
    offset: int


def _lines(source: str) -> Iterator[_Line]:
    offset = 0
    for text in re.findall(r"[^\n]*\n|[^\n]+", source):
        yield _Line(text, offset)
        offset += len(text)


def _blocks(source: str, name: str) -> Iterator[Prose | Program]:
    prose: list[str] = []
    inside: list[_Line] = []
    fence: re.Match[str] | None = None
    opening = _Line("", 0)
    for line in _lines(source):
        if fence is None:
            fence = _opened_by(line)
            opening = line
            if fence is None or not _runs(fence):
                prose.append(line.text)
            elif prose:
                yield Prose("".join(prose))
                prose = []
            continue
        closed = _closes(line, fence["fence"])
        if not _runs(fence):
            prose.append(line.text)
        elif not closed:
            inside.append(line)
        else:
            yield Program(tuple(_statements(inside, source, name)))
            inside = []
        fence = None if closed else fence
    if fence is not None and _runs(fence):
        end = opening.offset + len(opening.text.rstrip())
        raise LessonError(
            "this block is never closed",
            Place(source, opening.offset, end, name),
            f"end it with a line {fence['fence']}",
        )
    if prose:
        yield Prose("".join(prose))


def _opened_by(line: _Line) -> re.Match[str] | None:
    found = _FENCE.match(line.text.rstrip())
    if found is None or (found["fence"][0] == "`" and "`" in found["info"]):
        return None
    return found


def _runs(fence: re.Match[str]) -> bool:
    return fence["info"].split()[:1] == [LANGUAGE]


def _closes(line: _Line, fence: str) -> bool:
    text = line.text.strip()
    indented = len(line.text) - len(line.text.lstrip(" ")) > 3
    return not indented and len(text) >= len(fence) and text == fence[0] * len(text)


def _statements(lines: list[_Line], source: str, name: str) -> Iterator[Statement]:
    """The statements of a block: an indented line, or one after a comma, goes on with the last."""
    current: Statement | None = None
    for line in lines:
        written = line.text.split("#", 1)[0].rstrip()
        if not written.strip():
            continue
        indent = len(written) - len(written.lstrip())
        start, end = line.offset + indent, line.offset + len(written)
        if current is None or not (indent or current.text.endswith(",")):
            if current is not None:
                yield current
            elif indent:
                raise LessonError(
                    "an indented line goes on with the statement before it, and there is none",
                    Place(source, start, end, name),
                    "begin the line at the left margin",
                )
            current = Statement(written[indent:], Place(source, start, end, name))
        else:
            gap = " " * (start - current.place.end)
            place = replace(current.place, end=end)
            current = Statement(current.text + gap + written[indent:], place)
    if current is not None:
        yield current
