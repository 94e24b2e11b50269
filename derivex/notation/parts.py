"""What the statements share: a reader for some words, their parts, and single names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sympy.core.basic import Basic

from derivex.errors import ReadError
from derivex.expression import At, symbol
from derivex.expression.shapes import ShapeError
from derivex.notation.characters import letter_name
from derivex.notation.lexer import Source, Word
from derivex.notation.limit_pieces import difference_name
from derivex.notation.notes import Notes
from derivex.notation.pieces import Pieces
from derivex.notation.reader import Reader
from derivex.notation.scope import Reading, Scope
from derivex.notation.vocabulary import KnownFunction, Vocabulary, subscript_text

__all__ = [
    "letters_of",
    "name_of",
    "no_equals_sign",
    "parts_of",
    "reader_of",
    "reading_of",
    "top_level",
]


def reader_of(source: Source, words: list[Word], scope: Scope) -> Reader:
    """A reader for some of the words of a text."""
    notes = Notes(source)
    pieces = Pieces(source, words, scope, notes)
    return Reader(source, pieces.result, pieces.vocabulary, notes)


def reading_of(
    source: Source, words: list[Word], scope: Scope, read: Callable[[Reader], Basic]
) -> Reading:
    """What is read of some words.

    Where shapes do not fit, functions of which nothing is known are tried as functions of whole
    vectors, which make numbers: ∇f(x) and f(x + v) − f(x) − gᵀv have no other meaning.

    Raises:
        ReadError: the words cannot be read.
    """
    reader = reader_of(source, words, scope)
    try:
        return Reading(read(reader), reader.notes.in_order())
    except ReadError as error:
        unknown = [each for each in reader.pieces if each.function and _is_unknown(each.function)]
        if scope.whole or not unknown or not isinstance(error.__cause__, ShapeError):
            raise
        reader = reader_of(source, words, replace(scope, whole=True))
        try:
            expression = read(reader)
        except ReadError:
            raise error from error.__cause__
    for piece in unknown:
        assert piece.function is not None
        name = piece.function.name
        reader.notes.add(piece.start, f"{name}(…)", f"a function of whole vectors, {name}(x_1, …)")
    return Reading(expression, reader.notes.in_order())


def _is_unknown(function: KnownFunction) -> bool:
    meant = function.function
    return meant is None or (meant.definition is None and meant.means is None)


def top_level(words: list[Word], kind: str) -> list[int]:
    """The positions of the words of a kind that stand in no bracket."""
    depth = 0
    found = []
    for position, word in enumerate(words):
        if word.kind in ("OPEN", "INDEX_OPEN"):
            depth += 1
        elif word.kind == "CLOSE":
            depth = max(0, depth - 1)  # the reader complains about one too many
        elif depth == 0 and word.kind == kind:
            found.append(position)
    return found


def parts_of(source: Source, words: list[Word]) -> list[tuple[list[Word], int]]:
    """The words between the commas, and the offset where each part ends."""
    commas = top_level(words, "COMMA")
    starts = [0, *(comma + 1 for comma in commas)]
    ends = [*commas, len(words)]
    return [
        (words[start:end], words[end].start if end < len(words) else len(source.text))
        for start, end in zip(starts, ends, strict=True)
    ]


def name_of(source: Source, words: list[Word], after: int, scope: Scope) -> Basic:
    """One name: letters, with a subscript or an index in square brackets."""
    if not words:
        raise source.error("a name is expected here", after, after + 1, "write a name: x")
    first = words[0]
    name = letters_of(first)
    if name is None:
        raise _not_aname_of(source, words)
    vocabulary = Vocabulary(scope)
    if len(words) == 1 and name in scope.functions and name not in vocabulary.declared:
        raise source.error(
            f"{name} is a function, not a variable",
            first.start,
            first.end,
            "name a variable, such as x",
        )
    if len(words) == 1:
        return scope.arrays.get(name) or symbol(name)
    if len(words) == 2 and (difference := difference_name(first, words, 0)) is not None:
        return symbol(difference)
    if len(words) == 2 and words[1].kind == "SUBSCRIPT" and words[1].start == first.end:
        return vocabulary.subscripted(name, subscript_text(words[1].text))
    if all(word.kind == "PRIME" and word.text.strip("'") == "" for word in words[1:]):
        whole = name + "".join(word.text for word in words[1:])
        return scope.arrays.get(whole) or symbol(whole)
    above = words[1].kind in ("RAISED", "ORDER", "CARET", "SUPERSCRIPT", "SUBSCRIPT")
    if words[1].start == first.end and (above or words[1].text in ("[", "_{", "_(")):
        entry = reader_of(source, words, scope.with_data(name)).read()
        if type(entry) is At:
            return entry
    raise _not_aname_of(source, words)


def letters_of(word: Word) -> str | None:
    """The stored name of a word of letters, None for any other word."""
    if word.kind == "GREEK":
        return letter_name(word.text)
    return word.text if word.kind == "NAME" else None


def _not_aname_of(source: Source, words: list[Word]) -> ReadError:
    start, end = words[0].start, words[-1].end
    return source.error(
        f"{source.text[start:end][:40]} is not a name",
        start,
        end,
        "write names such as x, theta, x_1, w_i, separated by commas",
    )


def no_equals_sign(source: Source, words: list[Word], message: str, hint: str) -> ReadError:
    """The error where an equals sign is missing; == is pointed out if it stands there."""
    for word in words:
        if word.text in ("==", ":="):
            return source.error(f"{word.text} is not an equals sign", word.start, word.end, hint)
    at = words[-1].end if words else len(source.text)
    return source.error(message, at, at + 1, hint)
