"""Hand derivations in Markdown: formulas between dollars, and fenced blocks of plain text.

What stands in ``derivex`` blocks is a lesson: of it, definitions are taken up, and the lines after
``check``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from derivex.documents.document import HandDocument
from derivex.documents.latex import latex_passage
from derivex.documents.names import Names
from derivex.documents.passage import Passage, TextPassage
from derivex.documents.raw import RawBlock, Span
from derivex.documents.reading import Reading
from derivex.documents.text_rows import text_blocks, without_remarks
from derivex.documents.words import language
from derivex.notation import Scope
from derivex.notation.latex import Macros

__all__ = ["read_hand_markdown", "read_markdown_text"]

_FENCE = re.compile(r"(?m)^ {0,3}(?P<fence>`{3,}|~{3,})[ \t]*(?P<language>[\w+-]*)[^\n]*$")
_CODE = re.compile(r"(?<!`)(`+)(?!`)[^\n]*?(?<!`)\1(?!`)")
_QUOTE = re.compile(r" {0,3}>(?: ?>)*")
_TEXT = frozenset(("", "text", "txt", "plain", "plaintext"))
_LATEX = frozenset(("math", "latex", "tex"))
_CHECK = re.compile(r"(?m)^check\b[ \t]*:?")
_DEFINITION = re.compile(r"(?m)^let\b[^\n]*(?:\n[ \t]+[^\n]+)*")
_COMMAND = re.compile(r"\\[A-Za-z]{2,}")
_STATEMENTS = re.compile(
    r"(?m)^(?:let|data|evaluate|differentiate|gradient|subgradient|jacobian|hessian|solve|implicit"
    r"|descend|gradcheck|nudge|tangent|directional|differentiability|expect|check)\b"
)


class _Fence(NamedTuple):
    """A fenced block: where it stands with its fences, what is in it, and its language."""

    start: int
    end: int
    inside: Span
    language: str


def read_hand_markdown(
    text: str, name: str | None = None, scope: Scope | None = None
) -> HandDocument:
    r"""Read the derivations in a Markdown file.

    Args:
        text: the file.
        name: what it is called in errors.
        scope: the functions, and what is declared about names.

    >>> text = "We get\n$$y = x^2$$\n```text\nd/dx x^2\n  = 2x   [power rule]\n```"
    >>> [row.place.line for row in read_hand_markdown(text).rows()]
    [2, 4, 5]
    """
    scope = scope or Scope()
    reading = Reading(Names(scope))
    read_markdown_text(reading, scope, text, name)
    return reading.document(name, text)


def read_markdown_text(
    reading: Reading,
    scope: Scope,
    text: str,
    name: str | None,
    known: Macros | None = None,
    cell: int | None = None,
) -> Macros:
    """Read a Markdown text, which may be a cell of a notebook.

    Returns:
        The commands that it defines, with those that were known.
    """
    fences = list(_fences(text))
    prose = _without_quotes(_without_code(text, fences))
    latex, blocks = latex_passage(prose, text, name, reading.names, known, cell)
    found: list[tuple[Passage, RawBlock]] = [(latex, block) for block in blocks]
    is_word = language(scope)
    for fence in fences:
        start, end = fence.inside
        if fence.language in _LATEX or (not fence.language and _COMMAND.search(text, start, end)):
            shown = " " * start + text[start:end]
            inner, blocks = latex_passage(shown, text, name, reading.names, latex.macros, cell)
            found.extend((inner, block) for block in blocks)
            continue
        for stretch in _text_stretches(text, fence):
            masked = without_remarks(text[: stretch.end])
            plain = TextPassage(masked, text, name, cell)
            for block in text_blocks(masked, *stretch, is_word, name):
                found.append((plain, block))
    reading.read(sorted(found, key=lambda pair: pair[1].order))
    return latex.macros


def _fences(text: str) -> Iterator[_Fence]:
    position = 0
    while (opening := _FENCE.search(text, position)) is not None:
        fence = opening["fence"]
        closing = re.compile(rf"(?m)^ {{0,3}}{fence[0]}{{{len(fence)},}}[ \t]*$").search(
            text, opening.end()
        )
        end, last = (closing.end(), closing.start()) if closing else (len(text), len(text))
        inside = Span(min(opening.end() + 1, last), last)
        yield _Fence(opening.start(), end, inside, opening["language"].lower())
        position = end
        if position >= len(text):
            return


def _without_code(text: str, fences: list[_Fence]) -> str:
    """The text with blanks for fenced blocks and code in lines."""
    pieces: list[str] = []
    at = 0
    for fence in fences:
        pieces.append(_without_inline_code(text[at : fence.start]))
        pieces.append(re.sub(r"[^\n]", " ", text[fence.start : fence.end]))
        at = fence.end
    pieces.append(_without_inline_code(text[at:]))
    return "".join(pieces)


def _without_quotes(text: str) -> str:
    """The text with blanks for the marks of quotations, which are no relations.

    A line > 0 inside of a display goes on with the one before it, and is no quotation.
    """
    if ">" not in text:
        return text
    lines = text.split("\n")
    marks = [_QUOTE.match(line) for line in lines]
    quoted = False
    for number, mark in enumerate(marks):
        following = marks[number + 1] if number + 1 < len(marks) else None
        begins = following is not None or not number or not lines[number - 1].strip()
        quoted = mark is not None and (quoted or begins)
        if quoted and mark is not None:
            lines[number] = " " * mark.end() + lines[number][mark.end() :]
    return "\n".join(lines)


def _without_inline_code(text: str) -> str:
    return _CODE.sub(lambda code: " " * len(code[0]), text) if "`" in text else text


def _text_stretches(text: str, fence: _Fence) -> Iterator[Span]:
    """The derivations in plain text that stand in a fenced block."""
    start, end = fence.inside
    if fence.language in _TEXT:
        if _has_relation(text[start:end]):
            yield fence.inside
        return
    if fence.language != "derivex":
        return
    for statement in _STATEMENTS.finditer(text, start, end):
        at = statement.start()
        if statement[0] == "let":
            line = _DEFINITION.match(text, at, end)
            if line is not None:
                yield Span(at, line.end())
        elif statement[0] == "check":
            following = _STATEMENTS.search(text, statement.end(), end)
            opening = _CHECK.match(text, at, end)
            first = at if opening is None else opening.end()
            yield Span(first, following.start() if following else end)


def _has_relation(text: str) -> bool:
    return any(sign in text for sign in "=≈≤≥")
