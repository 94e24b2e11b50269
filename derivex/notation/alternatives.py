"""The other readings that a formula has: what its author may have meant."""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from derivex.errors import ReadError
from derivex.expression import Equation
from derivex.notation.lexer import Source, source_of, words_of
from derivex.notation.notes import Notes
from derivex.notation.parts import top_level
from derivex.notation.piece import Piece
from derivex.notation.pieces import Pieces
from derivex.notation.reaches import (
    CHOICES,
    DERIVATIVE_ENDS_AT_FACTOR,
    DERIVATIVE_ENDS_AT_SIGN,
    DIVISOR_GOES_ON,
    FUNCTION_ENDS,
)
from derivex.notation.reader import Reader
from derivex.notation.scope import Reading, Scope
from derivex.notation.vocabulary import Vocabulary

__all__ = ["alternatives"]

# What is taken together where several of them make a difference.
_SHORT = (DERIVATIVE_ENDS_AT_SIGN, DIVISOR_GOES_ON, FUNCTION_ENDS)
_SHORTEST = (DERIVATIVE_ENDS_AT_FACTOR, DIVISOR_GOES_ON, FUNCTION_ENDS)


def alternatives(
    source: str | Source, scope: Scope | None = None, most: int = 8
) -> tuple[Reading, ...]:
    r"""The readings of a formula, other than the one that the notation lays down, that people mean.

    Each makes one choice differently, throughout the formula; the last ones make several.

    Args:
        source: an expression or an equation, as text or LaTeX.
        scope: what is known about names.
        most: how many readings there may be.

    Returns:
        The readings, the likeliest first, all different; the first note of each says what is
        chosen.  None where the formula itself cannot be read.

    >>> from derivex.notation.text_writer import TextWriter
    >>> [TextWriter().write(other.expression) for other in alternatives("d/dx x^2 * y + 1/2x")]
    ['∂x²/∂x · y + 1/2 x', '∂(x²y)/∂x + 1/(2x)', '∂(x²y + 1/2 x)/∂x', '∂x²/∂x · y + 1/(2x)']
    >>> alternatives("x + y")
    ()
    """
    try:
        source = source_of(source)
        words = words_of(source)
        notes = Notes(source)
        pieces = Pieces(source, words, scope or Scope(), notes)
        signs = [words[position].start for position in top_level(words, "EQUALS")]
    except ReadError:
        return ()
    formula = _Formula(source, pieces.result, pieces.vocabulary, notes, signs)
    usual = formula.read(())
    if usual is None:
        return ()
    found: dict[Basic, Reading] = {}
    telling: list[str] = []
    for choice in CHOICES:
        reading = formula.read((choice,))
        if reading is not None and reading.expression is not usual.expression:
            telling.append(choice)
            found.setdefault(reading.expression, reading)
    for together in (_SHORT, _SHORTEST):
        several = [choice for choice in together if choice in telling]
        reading = formula.read(several) if len(several) > 1 else None
        if reading is not None and reading.expression is not usual.expression:
            found.setdefault(reading.expression, reading)
    return tuple(found.values())[:most]


class _Formula:
    """A formula of which the words are known, to be read several times."""

    def __init__(
        self,
        source: Source,
        pieces: list[Piece],
        vocabulary: Vocabulary,
        notes: Notes,
        signs: Sequence[int],
    ):
        self._source = source
        self._pieces = pieces
        self._vocabulary = vocabulary
        self._notes = notes
        self._signs = signs

    def read(self, choices: Sequence[str]) -> Reading | None:
        """The reading with some choices; None if there is none."""
        notes = self._notes.copy()
        reader = Reader(self._source, self._pieces, self._vocabulary, notes, frozenset(choices))
        try:
            expression = self._equation(reader) if self._signs else reader.read()
        except ReadError:
            return None
        said = tuple(f"I read {CHOICES[choice]}" for choice in choices)
        return Reading(expression, (*said, *notes.in_order()))

    def _equation(self, reader: Reader) -> Basic:
        middle = next(
            number for number, piece in enumerate(self._pieces) if piece.start == self._signs[0]
        )
        return Equation(reader.read(0, middle), reader.read(middle + 1))
