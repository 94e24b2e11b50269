"""``derivex quiz``: the blanks of a sheet asked in the terminal, one by one."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TextIO

from derivex.api.marks import key_of
from derivex.api.plain import in_ascii
from derivex.cli.sheet import made_sheet, options_of, source_of
from derivex.cli.status import GOOD, WRONG
from derivex.cli.streams import shows_unicode
from derivex.errors import ProblemError
from derivex.marking import Marker, Quiz
from derivex.notation import TextWriter
from derivex.rendering.marked import visible
from derivex.rulebook import RuleBook
from derivex.sheets import Sheet
from derivex.sheets.making import Asked

__all__ = ["ask", "quiz_command"]

_LONGEST = 10_000  # characters of a line that is read


def quiz_command(
    source: str,
    asked: Asked,
    more: bool,
    first: int,
    by: list[str] | None,
    let: list[str] | None,
    data: str | None,
    assume: list[str] | None,
    rules: Path | None,
) -> int:
    """``derivex quiz``.

    Args:
        source: a lesson, an expression, or the JSON of a sheet with its answers.
        asked: what is left out, for a lesson or an expression.
        more: whether blanks are chosen beside those that a lesson marks.
        first: the number of the blank that is asked first.
        by: what an expression is differentiated by.
        let: definitions that it uses.
        data: a file with data.
        assume: what is known of letters.
        rules: a file with more rules.
    """
    if source.endswith(".json"):
        return ask(*key_of(Path(source), rules), first)
    given = source_of(source)
    made = made_sheet(given, asked, more, rules, options_of(given, by, let, data, assume))
    return ask(made.sheet, made.book, first)


def ask(sheet: Sheet, book: RuleBook, first: int = 1) -> int:
    """Ask for the blanks of a sheet; the exit status says whether all were right in the end.

    Lines go out one after the other, without colour, boxes or moving the cursor, so that any
    terminal shows them and a screen reader reads them.  Ctrl-C and the end of the input end the
    quiz, with the summary.
    """
    unicode = shows_unicode(sys.stdout)
    if first > len(sheet.blanks):
        raise ProblemError(f"there is no blank {first}: the quiz has {len(sheet.blanks)}")
    quiz = Quiz(Marker(sheet, book), book, TextWriter(unicode).write, first)
    try:
        _say(quiz.begin(), unicode)
        while not quiz.over:
            line = _read(quiz.prompt)
            if line is None:
                break
            _say(quiz.answer(line), unicode)
    except KeyboardInterrupt:
        print()
    _say(["", *quiz.summary()], unicode)
    if not quiz.at_end and quiz.number > first:
        _say([f"To go on there another time: --from {quiz.number}"], unicode)
    return GOOD if quiz.all_right else WRONG


def _say(lines: Iterable[str], unicode: bool) -> None:
    for line in lines:
        sys.stdout.write((line if unicode else in_ascii(line)) + "\n")
    sys.stdout.flush()


def _read(prompt: str) -> str | None:
    """A line of input; None at its end.  What does not come from a terminal is repeated."""
    sys.stdout.write(prompt)
    sys.stdout.flush()
    line = _line(sys.stdin)
    if line is None:
        sys.stdout.write("\n")
        return None
    if not sys.stdin.isatty():
        sys.stdout.write(visible(line) + "\n")
    return line


def _line(stream: TextIO) -> str | None:
    raw = stream.buffer.readline(4 * _LONGEST)
    if not raw:
        return None
    if not raw.endswith(b"\n"):
        while (rest := stream.buffer.readline(4 * _LONGEST)) and not rest.endswith(b"\n"):
            pass  # the rest of a line that is too long
    return raw.decode("utf-8", errors="replace").rstrip("\r\n")[: _LONGEST + 1]
