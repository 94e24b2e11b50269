"""From text to words: the size limits first, then the terminals of ``text.lark``."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from derivex.errors import Place, ReadError
from derivex.limits import MAX_CHARACTERS, MAX_DEPTH
from derivex.notation.characters import describe_character, find_unreadable

if TYPE_CHECKING:
    from derivex.notation.notes import Notes
    from derivex.notation.vocabulary import Vocabulary

__all__ = ["Source", "Word", "is_latex", "source_of", "terminals_of", "text_words", "words_of"]


class Word(NamedTuple):
    """One word of the text: its terminal's name, the characters, and where they stand."""

    kind: str
    text: str
    start: int
    end: int


class Source:
    """A text being read: makes the errors that point into it."""

    __slots__ = ("name", "text")

    latex = False
    """Whether this is LaTeX, whose braces only hold together and end no derivative."""
    calls: Collection[int] = ()
    """Where names begin that are functions here, although nothing is known of them."""

    def __init__(self, text: str, name: str | None = None):
        self.text = text
        self.name = name

    def error(self, message: str, start: int, end: int, hint: str | None = None) -> ReadError:
        """An error about the characters from start to end."""
        return ReadError(message, Place(self.text, start, max(end, start + 1), self.name), hint)

    def quote(self, start: int, end: int) -> str:
        """The characters from start to end, as the writer of the text knows them."""
        return self.text[start:end]

    def prepared(self, words: list[Word], vocabulary: Vocabulary, notes: Notes) -> list[Word]:
        """The words, after what only this kind of text asks for."""
        return words

    def equated(self, other: Source) -> Source:
        """The equation between two formulas of one text."""
        return Source(f"{self.text} = {other.text}", self.name)


# A line of the grammar that says what a terminal matches: NAME.priority: /expression/ or "text".
_TERMINAL = re.compile(r'(?m)^([A-Z_]+)(?:\.(\d+))?:\s*(?:/(.+)/|"(.+)")$')


def terminals_of(grammar: str) -> re.Pattern[str]:
    """The terminals of a grammar in lark's notation, as one expression with a group for each.

    Those of higher priority go first; of two with the same priority, no text begins with both.

    >>> terminals_of('NAME: /[a-z]+/\\nNUMBER.2: /[0-9]+/\\nPLUS.2: "+"').pattern
    '(?P<NUMBER>[0-9]+)|(?P<PLUS>\\\\+)|(?P<NAME>[a-z]+)'
    """
    found = [
        (-int(priority or 0), f"(?P<{name}>{expression or re.escape(text)})")
        for name, priority, expression, text in _TERMINAL.findall(grammar)
    ]
    return re.compile("|".join(group for _, group in sorted(found, key=lambda pair: pair[0])))


@lru_cache(maxsize=1)
def _terminals() -> re.Pattern[str]:
    """The terminals of the text notation.

    They are read here, and not by lark: setting its lexer up would take a quarter of the time
    that a short command takes besides importing SymPy.  The tests hold the two together.
    """
    return terminals_of(Path(__file__).with_name("text.lark").read_text(encoding="utf-8"))


# A command, or what only LaTeX puts round a formula.
_LATEX = re.compile(r"\\[A-Za-z,;:!|{}()\[\]\\]|^\s*\$.*\$\s*$", re.DOTALL)


def is_latex(text: str) -> bool:
    r"""Whether a text is LaTeX: it holds a command, or stands in dollar signs.

    >>> is_latex(r"\theta^2"), is_latex("$x$"), is_latex("x^2")
    (True, True, False)
    """
    return ("\\" in text or "$" in text) and _LATEX.search(text) is not None


def source_of(text: str | Source, name: str | None = None) -> Source:
    """A text as something to read; a text that is LaTeX is translated.

    Raises:
        ReadError: it is LaTeX that cannot be read.
    """
    if isinstance(text, Source):
        return text
    if is_latex(text):
        from derivex.notation.latex import latex_source  # needed for LaTeX only

        return latex_source(text, name=name)
    return Source(text, name)


def words_of(source: Source) -> list[Word]:
    """The words of a text.

    Raises:
        ReadError: the text is too long, too deeply nested, or holds a control character.

    >>> [word.text for word in words_of(Source("2x_1^2"))]
    ['2', 'x', '_1', '^', '2']
    """
    if source.latex:
        return list(source.words)  # type: ignore[attr-defined]
    text = source.text
    if len(text) > MAX_CHARACTERS:
        raise source.error(
            f"this text has {len(text)} characters; at most {MAX_CHARACTERS} are read",
            MAX_CHARACTERS,
            MAX_CHARACTERS + 1,
            "split it into smaller formulas, or build the expression in Python",
        )
    unreadable = find_unreadable(text)
    if unreadable is not None:
        raise source.error(
            f"{describe_character(text[unreadable])} cannot be part of a formula",
            unreadable,
            unreadable + 1,
            "delete this character; it may have come along when the text was copied",
        )
    _check_depth(source)
    return text_words(text)


def text_words(text: str) -> list[Word]:
    """The words of a text that has been looked at already."""
    # What matches nothing is blank: any other character is at least OTHER.
    return [
        Word(match.lastgroup or "", match.group(), match.start(), match.end())
        for match in _terminals().finditer(text)
    ]


def _check_depth(source: Source) -> None:
    """Refuse deep nesting before any other work is done on the text."""
    text = source.text
    if text.count("(") + text.count("[") + text.count("{") <= MAX_DEPTH:
        return
    depth = 0
    for offset, character in enumerate(text):
        if character in "([{":
            depth += 1
            if depth > MAX_DEPTH:
                raise source.error(
                    f"brackets are nested more than {MAX_DEPTH} deep here",
                    offset,
                    offset + 1,
                    "give names to parts of the formula, or build it in Python",
                )
        elif character in ")]}":
            depth -= 1
