r"""Hand derivations in LaTeX: displays, and formulas in sentences that define things."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derivex.documents.document import HandDocument
from derivex.documents.latex_prose import is_condition, memberships, says_let
from derivex.documents.latex_rows import DisplayReader
from derivex.documents.latex_zones import Zone, zones_of
from derivex.documents.names import Names
from derivex.documents.raw import RawBlock, Span
from derivex.documents.reading import Reading
from derivex.errors import Place, ReadError
from derivex.notation import Scope
from derivex.notation.latex import Macros, latex_source, read_macros
from derivex.notation.latex.tokens import Token, latex_tokens
from derivex.notation.lexer import Source

__all__ = ["LatexPassage", "latex_blocks", "read_hand_latex"]

_WORTH_READING = ("=", r"\approx", "≈", r"\equiv", r"\Rightarrow", r"\iff", r"\implies")


class LatexPassage:
    """A document in LaTeX.

    Args:
        text: the document, with blanks for what is no part of a formula.
        original: the document.
        name: what it is called.
        macros: the author's commands.
    """

    def __init__(self, text: str, original: str, name: str | None, macros: Macros):
        self.text = text
        self.name = name
        self._original = original
        self._macros = macros

    def stretch(self, start: int, end: int) -> Source:
        return latex_source(self.text, start, end, self._macros, self.name)

    def head(self, start: int, end: int) -> Source:
        written = f"{self.text[start:end]} = 0"
        return latex_source(written, 0, len(written), self._macros)

    def moved(self, error: ReadError, start: int) -> ReadError:
        place = error.place
        if place is None:
            return error
        moved = Place(self._original, place.start, place.end, self.name)
        return ReadError(error.message, moved, error.hint)


def read_hand_latex(
    text: str, name: str | None = None, scope: Scope | None = None
) -> HandDocument:
    r"""Read the derivations in a LaTeX document, or in a stretch of LaTeX without one.

    Rows end with ``\\``, cells with ``&``; a row that begins with a sign goes on with the one
    before it.  Justifications stand in ``\text{…}``, in a last column, or in a remark.
    Formulas in sentences that define something (let $u = ax + b$) are definitions.

    Args:
        text: the document.
        name: what it is called in errors.
        scope: the functions, and what is declared about names.

    >>> document = read_hand_latex(r"\begin{align} y &= x^2 \\ y' &= 2x && \text{power rule} \end{align}")
    >>> [row.claim and row.claim.text for row in document.rows()]
    [None, 'power rule']
    """
    scope = scope or Scope()
    names = Names(scope)
    try:
        macros = read_macros(text, name=name)
    except ReadError:
        macros = Macros()  # a formula that needs them says so
    blocks, blanked, arrays = latex_blocks(text, name)
    names.declare_arrays(arrays)
    passage = LatexPassage(blanked, text, name, macros)
    reading = Reading(passage, text, names)
    derivations, unreadable = reading.read(blocks)
    return HandDocument(
        name, text, tuple(derivations), tuple(reading.definitions), tuple(unreadable)
    )


def latex_blocks(text: str, name: str | None):  # type: ignore[no-untyped-def]
    """The derivations in a document, its text with blanks for what is no formula, its arrays."""
    tokens = latex_tokens(text)
    reader = DisplayReader(text)
    blocks: list[RawBlock] = []
    arrays = []
    last: RawBlock | None = None
    for zone in zones_of(tokens):
        inside = tokens[zone.first : zone.last]
        arrays.extend(memberships(inside))
        block = _block(text, zone, inside, reader, name)
        if block is None:
            continue
        goes_on = bool(block.rows) and block.rows[0].joint not in ("start", "next")
        if goes_on and last is not None and not zone.inline and block.error is None:
            last.rows.extend(block.rows)
            last.end = block.end
            continue
        blocks.append(block)
        if not zone.inline:
            last = block
    return blocks, _with_blanks(text, reader.blanked), arrays


def _block(
    text: str, zone: Zone, inside: Sequence[Token], reader: DisplayReader, name: str | None
) -> RawBlock | None:
    """The rows of one stretch of formulas; None if there is nothing to be judged in it."""
    start = zone.opening.start
    end = inside[-1].end if inside else zone.opening.end
    error = None
    if not zone.closed:
        shown = zone.opening.text
        error = ReadError(
            f"this {shown} is never closed",
            Place(text, start, zone.opening.end, name),
            "write what ends it",
        )
    if zone.inline and not any(token.text in _WORTH_READING for token in inside):
        return None if error is None else RawBlock([], start, end, error)
    rows = reader.rows(inside, zone.environment)
    if zone.inline:
        for row in rows:
            signs = [formula.sign for chain in row.chains for formula in chain]
            if is_condition(text, start) and len(signs) <= 3:
                return None if error is None else RawBlock([], start, end, error)
            if says_let(text, start):
                row.said = row.said or "let"
    if not rows and error is None:
        return None
    return RawBlock(rows, start, end, error, inline=zone.inline)


def _with_blanks(text: str, spans: Sequence[Span]) -> str:
    """The text with blanks in some stretches; line ends stay."""
    pieces: list[str] = []
    at = 0
    for start, end in sorted(spans):
        start = max(start, at)
        if start < end:
            pieces.append(text[at:start])
            pieces.append(re.sub(r"[^\n]", " ", text[start:end]))
            at = end
    pieces.append(text[at:])
    return "".join(pieces)

