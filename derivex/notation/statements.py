"""What may be read: an expression, an equation, a definition, values for names, names."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import At, Equation, symbol
from derivex.notation.characters import GREEK_LETTERS
from derivex.notation.lexer import Source, Word, words_of
from derivex.notation.notes import Notes
from derivex.notation.pieces import Pieces
from derivex.notation.reader import Reader
from derivex.notation.scope import Reading, Scope
from derivex.notation.vocabulary import Vocabulary, subscript_text

__all__ = [
    "Definition",
    "read_assignments",
    "read_definition",
    "read_names",
    "read_relation",
    "read_text",
]


@dataclass(frozen=True)
class Definition:
    """A name for an expression, or for a function: ``f(a) = s a + b``.

    Args:
        name: the name that is defined.
        parameters: the function's parameters; empty for a plain name.
        body: what the name stands for.
        notes: the choices that were made in reading the body.
    """

    name: str
    parameters: tuple[Symbol, ...]
    body: Basic
    notes: tuple[str, ...] = ()


def _reader(source: Source, words: list[Word], scope: Scope) -> Reader:
    notes = Notes(source.text)
    pieces = Pieces(source, words, scope, notes)
    return Reader(source, pieces.result, pieces.vocabulary, notes)


def read_text(text: str, scope: Scope | None = None, place_name: str | None = None) -> Reading:
    """Read one expression.

    Args:
        text: the expression, in the text notation.
        scope: what is known about names; nothing if it is left out.
        place_name: what the text is called in errors, such as a file's name.

    Raises:
        ReadError: the text is no expression; says where, what was expected, and the repair.

    >>> read_text("3a^2 + b^2 - ab + a").expression
    Plus(Times(3, Power(a, 2)), Power(b, 2), Negative(Times(a, b)), a)
    >>> read_text("1/2x").notes
    ('I read 1/2x as (1/2)·x',)
    """
    source = Source(text, place_name)
    reader = _reader(source, words_of(source), scope or Scope())
    return Reading(reader.read(), reader.notes.in_order())


def read_relation(
    text: str, scope: Scope | None = None, place_name: str | None = None
) -> Reading:
    """Read an equation, ``left = right``.

    Raises:
        ReadError: there is not exactly one equals sign, or a side cannot be read.

    >>> read_relation("2x = y").expression
    Equation(Times(2, x), y)
    """
    source = Source(text, place_name)
    words = words_of(source)
    signs = _top_level(words, "EQUALS")
    if not signs:
        raise source.error(
            "an equation is expected, and there is no =",
            len(text),
            len(text) + 1,
            "write left = right",
        )
    if len(signs) > 1:
        second = words[signs[1]]
        raise source.error(
            "an equation has one =", second.start, second.end, "write one equation at a time"
        )
    reader = _reader(source, words, scope or Scope())
    sign = words[signs[0]]
    middle = next(
        number for number, piece in enumerate(reader.pieces) if piece.start == sign.start
    )
    left = reader.read(0, middle)
    right = reader.read(middle + 1)
    return Reading(Equation(left, right), reader.notes.in_order())


def read_definition(
    text: str, scope: Scope | None = None, place_name: str | None = None
) -> Definition:
    """Read what ``let`` introduces: ``f(a) = s a + b``, ``u = x y``, ``f_{s,b}(a) = s a + b``.

    The letters of a subscript before a bracket name parameters that stay fixed; they are not
    part of the function's name.

    Raises:
        ReadError: the left side is not a name, perhaps with parameters, or the body is wrong.

    >>> read_definition("f(a) = s a + b")
    Definition(name='f', parameters=(a,), body=Plus(Times(s, a), b), notes=())
    """
    source = Source(text, place_name)
    words = words_of(source)
    signs = _top_level(words, "EQUALS")
    if not signs:
        raise source.error(
            "a definition needs an =", len(text), len(text) + 1, "write f(a) = s a + b"
        )
    sign = signs[0]
    name, parameters, fixed = _defined(source, words[:sign], words[sign])
    scope = (scope or Scope()).declare(*(str(one) for one in parameters), *fixed)
    reader = _reader(source, words[sign + 1 :], scope)
    if not reader.pieces:
        at = words[sign].end
        raise source.error(
            "the definition ends after =", at, at + 1, f"write what {name} stands for"
        )
    return Definition(name, parameters, reader.read(), reader.notes.in_order())


def read_assignments(
    text: str, scope: Scope | None = None, place_name: str | None = None
) -> dict[Basic, Basic]:
    """Read values for names, ``x = 2, y = 0``.

    Raises:
        ReadError: an assignment is not ``name = expression``, or a name has two values.

    >>> read_assignments("s = 1, b = -1/2")
    {s: 1, b: Negative(Over(1, 2))}
    """
    source = Source(text, place_name)
    words = words_of(source)
    scope = scope or Scope()
    values: dict[Basic, Basic] = {}
    for part, after in _parts(source, words):
        signs = [number for number, word in enumerate(part) if word.kind == "EQUALS"]
        if not signs:
            raise source.error(
                "= is expected here", after, after + 1, "write name = value: x = 2, y = 0"
            )
        name = _name(source, part[: signs[0]], part[signs[0]].start, scope)
        if name in values:
            raise source.error(
                f"{source.text[part[0].start:part[signs[0]].start].strip()} has a value already",
                part[0].start,
                part[signs[0]].start,
                "give each name one value",
            )
        reader = _reader(source, part[signs[0] + 1 :], scope)
        if not reader.pieces:
            at = part[signs[0]].end
            raise source.error("a value is expected after =", at, at + 1, "write x = 2")
        values[name] = reader.read()
    return values


def read_names(
    text: str, scope: Scope | None = None, place_name: str | None = None
) -> tuple[Basic, ...]:
    """Read names separated by commas: ``a, b``, ``θ``, ``w_1, x_i``.

    Args:
        text: the names.
        scope: if given, whole expressions in brackets are accepted too: ``(x+y)``.
        place_name: what the text is called in errors.

    Raises:
        ReadError: something is not a name.

    >>> read_names("θ, x_i")
    (theta, At(x, i))
    """
    source = Source(text, place_name)
    found: list[Basic] = []
    for part, after in _parts(source, words_of(source)):
        if part and scope is not None and part[0].kind == "OPEN":
            found.append(_reader(source, part, scope).read())
        else:
            found.append(_name(source, part, after, scope or Scope()))
    return tuple(found)


def _top_level(words: list[Word], kind: str) -> list[int]:
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


def _parts(source: Source, words: list[Word]) -> list[tuple[list[Word], int]]:
    """The words between the commas, and the offset where each part ends."""
    commas = _top_level(words, "COMMA")
    starts = [0, *(comma + 1 for comma in commas)]
    ends = [*commas, len(words)]
    return [
        (words[start:end], words[end].start if end < len(words) else len(source.text))
        for start, end in zip(starts, ends, strict=True)
    ]


def _name(source: Source, words: list[Word], after: int, scope: Scope) -> Basic:
    """One name: letters, with a subscript or an index in square brackets."""
    if not words:
        raise source.error("a name is expected here", after, after + 1, "write a name: x")
    first = words[0]
    name = _letters(first)
    if name is None:
        raise _not_a_name(source, words)
    vocabulary = Vocabulary(scope)
    if name in scope.functions and name not in vocabulary.declared:
        raise source.error(
            f"{name} is a function, not a variable",
            first.start,
            first.end,
            "name a variable, such as x",
        )
    if len(words) == 1:
        return symbol(name)
    if len(words) == 2 and words[1].kind == "SUBSCRIPT" and words[1].start == first.end:
        return vocabulary.subscripted(name, subscript_text(words[1].text))
    if words[1].start == first.end and words[1].text in ("[", "_{", "_("):
        entry = _reader(source, words, scope.with_data(name)).read()
        if type(entry) is At:
            return entry
    raise _not_a_name(source, words)


def _letters(word: Word) -> str | None:
    """The stored name of a word of letters, None for any other word."""
    if word.kind == "GREEK":
        return GREEK_LETTERS[word.text[0]] + word.text[1:]
    return word.text if word.kind == "NAME" else None


def _not_a_name(source: Source, words: list[Word]) -> Exception:
    start, end = words[0].start, words[-1].end
    return source.error(
        f"{source.text[start:end][:40]} is not a name",
        start,
        end,
        "write names such as x, theta, x_1, w_i, separated by commas",
    )


def _defined(
    source: Source, words: list[Word], sign: Word
) -> tuple[str, tuple[Symbol, ...], list[str]]:
    """The left side of a definition: its name, its parameters, and those that stay fixed."""
    if not words or _letters(words[0]) is None:
        start = words[0].start if words else sign.start
        raise source.error(
            "a definition begins with a name", start, sign.start or 1, "write f(a) = s a + b"
        )
    name = _letters(words[0]) or ""
    fixed: list[str] = []
    position = 1
    applied = words[-1].kind == "CLOSE"
    if len(words) > 1 and words[1].kind == "SUBSCRIPT":
        position = 2
        subscript = subscript_text(words[1].text)
        if applied and subscript.replace(",", "").isalpha():
            fixed = subscript.split(",")
        elif isinstance(Vocabulary(Scope()).subscripted(name, subscript), At):
            raise source.error(
                "an entry of a list cannot be defined by itself",
                words[0].start,
                words[1].end,
                "give the whole column as data, or write the subscript as a number",
            )
        else:
            name = f"{name}_{subscript}"
    if position == len(words):
        return name, (), fixed
    if words[position].text != "(" or not applied:
        raise _bad_left_side(source, words)
    return name, _parameters(source, words[position + 1 : -1], words), fixed


def _parameters(source: Source, inside: list[Word], words: list[Word]) -> tuple[Symbol, ...]:
    found: dict[Symbol, None] = {}
    for part, _ in _parts(source, inside):
        name = _name(source, part, words[-1].start, Scope())
        if not isinstance(name, Symbol):
            raise _bad_left_side(source, words)
        if name in found:
            raise source.error(
                f"the parameter {name} is named twice",
                part[0].start,
                part[-1].end,
                "give each parameter its own name",
            )
        found[name] = None
    return tuple(found)


def _bad_left_side(source: Source, words: list[Word]) -> Exception:
    return source.error(
        "the left side of a definition is a name, with its parameters in brackets",
        words[0].start,
        words[-1].end,
        "write f(a) = s a + b, or u = x y",
    )
