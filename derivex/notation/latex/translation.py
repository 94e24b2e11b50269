r"""From the tokens of LaTeX to the words of the text notation.

What is still to be translated lies on a stack: stretches of tokens, words to be written, and
things to be done; so that depth costs no recursion.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from derivex.errors import ReadError
from derivex.limits import MAX_DEPTH
from derivex.notation.latex.commands import ACCENTS, LETTER_STYLES, UPRIGHT
from derivex.notation.latex.source import Written
from derivex.notation.latex.tokens import Token, environment_of
from derivex.notation.lexer import Source

__all__ = ["Item", "Stretch", "Translation"]

Stretch: TypeAlias = list[int]
"""The tokens from one position up to another, which are still to be translated."""

Item: TypeAlias = Stretch | Written | Callable[[], None]
"""What is still to be done: a stretch, a word to be written, or anything else."""

_CLOSES = {"CLOSE": "OPEN", "END": "BEGIN", "RIGHT": "LEFT"}
_NAMES = {
    "OPEN": ("this { is never closed", "write } where it ends"),
    "CLOSE": ("there is no { that this } could close", "leave } out, or write { before it"),
    "BEGIN": ("this environment is never ended", r"write \end{…} where it ends"),
    "END": ("this ends no environment that has been begun", r"write \begin{…} before it"),
    "LEFT": (r"there is no \right for this \left", r"write \right) where the bracket ends"),
    "RIGHT": (r"there is no \left for this \right", r"write \left( where the bracket begins"),
}


class Translation:
    """What every part of the translation knows; see :class:`~.translator.Translator`."""

    def __init__(self, source: Source, tokens: list[Token], spaced: list[bool]):
        self.source = source
        self.tokens = tokens
        self.spaced = spaced
        """For each token, whether white space stands before it."""
        self.partner = _partners(source, tokens)
        self.words: list[Written] = []
        self.remarks: list[tuple[int, str, str]] = []
        self.work: list[Item] = []
        self.open_brackets: list[tuple[str, Token, str]] = []
        """What closes each open bracket, the bracket, and what is written for what closes it."""
        self.listed: set[int] = set()
        """Where the braces of \\max\\{x, 0\\} open, which hold a list."""
        self.decimal_commas = False
        self.integrals = 0
        self.differences = 0
        """How many differences of two values there were so far."""
        self.glue_next = False
        self.styles: dict[str, tuple[str, bool]] = {}
        self.style = ""

    # What is still to be done.

    def push(self, *items: Item) -> None:
        """Have these done next, the first one first."""
        self.work.extend(reversed(items))

    def run(self, stretch: Stretch) -> None:
        """Translate a stretch, and all that it leads to."""
        self.push(stretch)
        work = self.work
        while work:
            item = work[-1]
            if type(item) is list:
                if item[0] >= item[1]:
                    work.pop()
                else:
                    self.take(item)
            else:
                work.pop()
                if isinstance(item, Written):
                    self.write(item)
                else:
                    assert callable(item)
                    item()

    def take(self, stretch: Stretch) -> None:
        """Translate what a stretch begins with, and move its start behind that."""
        raise NotImplementedError

    # Writing.

    def write(self, word: Written) -> None:
        if self.glue_next:
            self.glue_next = False
            word = word._replace(glued=True)
        self.words.append(word)

    def word(self, kind: str, text: str, at: Token, glued: bool = False, role: str = "") -> Written:
        return Written(kind, text, at.start, at.end, glued, role)

    def emit(self, kind: str, text: str, at: Token, glued: bool = False, role: str = "") -> None:
        self.write(self.word(kind, text, at, glued, role))

    def braced(self, first: int, last: int, at: Token, glued: bool = False) -> list[Item]:
        """The tokens of a stretch in braces, which only hold them together."""
        if last == first + 1 and self.tokens[first].kind in ("LETTER", "DIGIT"):
            return [[first, last]] if not glued else [self._glue(), [first, last]]
        inside = self.tokens[first:last]
        place = (inside[0].start, inside[-1].end) if inside else (at.start, at.end)
        opening = Written("OPEN", "{", place[0], place[0] + 1, glued)
        closing = Written("CLOSE", "}", place[1] - 1, place[1], True)
        return [opening, self._glue(), [first, last], closing]

    def _glue(self) -> Callable[[], None]:
        def glue() -> None:
            self.glue_next = True

        return glue

    def remark(self, start: int, end: int, chosen: str) -> None:
        """Note that a stretch of the source was taken to mean something."""
        read = " ".join(self.source.text[start:end].split())
        self.remarks.append((max(len(self.words) - 1, 0), read, chosen))

    def ends_exponent(self) -> bool:
        """Whether the word written last is an exponent without braces."""
        return len(self.words) > 1 and self.words[-2].kind == "CARET"

    # Looking.

    def token(self, position: int, end: int) -> Token | None:
        return self.tokens[position] if position < end else None

    def argument(self, position: int, end: int, of: Token) -> tuple[int, int, int]:
        """The argument at a position: where it begins and ends, and the position behind it.

        Raises:
            ReadError: there is none, or it is a command that itself needs an argument.
        """
        first = self.token(position, end)
        if first is not None and first.kind == "OPEN":
            closing = self.partner[position]
            return position + 1, closing, closing + 1
        if first is None or first.kind in ("CLOSE", "ALIGN", "ROW", "END", "SUPER", "SUB"):
            raise self.error(
                f"{of.text} needs an argument",
                of,
                of,
                f"write {of.text}{{…}}",
            )
        if of.kind in ("SUB", "SUPER") and first.text in (*UPRIGHT, *LETTER_STYLES, *ACCENTS):
            return position, *(self.argument(position + 1, end, first)[2],) * 2  # x^\mathrm{T}
        if first.kind == "BEGIN" or (first.kind == "COMMAND" and self.takes_arguments(first)):
            raise self.error(
                f"{of.text} is followed by {first.text}, which itself has an argument",
                of,
                first,
                f"write {of.text}{{{first.text}…}}",
            )
        return position, position + 1, position + 1

    # What some parts of the translation ask of others.

    def takes_arguments(self, token: Token) -> bool:
        """Whether a command is followed by arguments."""
        raise NotImplementedError

    def is_table(self, first: int, last: int) -> bool:
        """Whether a stretch is one array."""
        raise NotImplementedError

    def take_environment(self, stretch: Stretch, cases: bool = False) -> None:
        """Translate an environment; a table may be meant as a case distinction."""
        raise NotImplementedError

    def is_operator(self, position: int, end: int) -> bool:
        """Whether a binary sign stands at a position."""
        raise NotImplementedError

    def is_sign(self, token: Token) -> bool:
        """Whether a command is an operator or a relation, or nothing at all."""
        raise NotImplementedError

    def simple_subscript(self, first: int, last: int) -> str | None:
        """A subscript that is made of letters, digits and commas only; None for any other."""
        raise NotImplementedError

    def error(self, message: str, first: Token, last: Token, hint: str | None = None) -> ReadError:
        return self.source.error(message, first.start, max(last.end, first.start + 1), hint)

    def shown(self, first: int, last: int) -> str:
        """The source of some tokens, with white space closed up."""
        if first >= last:
            return ""
        tokens = self.tokens[first:last]
        text = self.source.text[tokens[0].start : max(token.end for token in tokens)]
        return " ".join(text.split())


def _partners(source: Source, tokens: list[Token]) -> Mapping[int, int]:
    """For each {, \\left and \\begin, the position of what closes it, and the other way round."""
    found: dict[int, int] = {}
    stack: list[int] = []
    for position, token in enumerate(tokens):
        kind = token.kind
        if kind in ("OPEN", "BEGIN", "LEFT"):
            stack.append(position)
            if len(stack) > MAX_DEPTH:
                raise source.error(
                    f"this is nested more than {MAX_DEPTH} deep here",
                    token.start,
                    token.end,
                    "give names to parts of the formula, or build it in Python",
                )
        elif kind in _CLOSES:
            opening = stack.pop() if stack else None
            if opening is None or tokens[opening].kind != _CLOSES[kind]:
                wrong = token if opening is None or kind == "CLOSE" else tokens[opening]
                message, hint = _NAMES[wrong.kind]
                raise source.error(message, wrong.start, wrong.end, hint)
            if kind == "END" and environment_of(token) != environment_of(tokens[opening]):
                begun = environment_of(tokens[opening])
                raise source.error(
                    f"{token.text} ends the environment {begun}",
                    token.start,
                    token.end,
                    f"write \\end{{{begun}}}",
                )
            found[opening], found[position] = position, opening
    if stack:
        token = tokens[stack[-1]]
        message, hint = _NAMES[token.kind]
        raise source.error(message, token.start, token.end, hint)
    return found
