"""What may be read besides definitions: an expression, an equation, values for names, names."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import INFINITY, Equation, misplaced_infinity
from derivex.notation.characters import plain_name
from derivex.notation.lexer import Source, source_of, words_of
from derivex.notation.parts import (
    name_of,
    no_equals_sign,
    parts_of,
    reader_of,
    reading_of,
    top_level,
)
from derivex.notation.reader import Reader
from derivex.notation.refusals import refuse_infinity
from derivex.notation.scope import Reading, Scope

__all__ = [
    "read_assignments",
    "read_components",
    "read_condition",
    "read_names",
    "read_relation",
    "read_text",
    "refuse_called",
]


def read_text(
    text: str | Source, scope: Scope | None = None, place_name: str | None = None
) -> Reading:
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
    source = source_of(text, place_name)
    return reading_of(source, words_of(source), scope or Scope(), Reader.read)


def read_relation(
    text: str | Source, scope: Scope | None = None, place_name: str | None = None
) -> Reading:
    """Read an equation, ``left = right``.

    Raises:
        ReadError: there is not exactly one equals sign, or a side cannot be read.

    >>> read_relation("2x = y").expression
    Equation(Times(2, x), y)
    """
    source = source_of(text, place_name)
    words = words_of(source)
    signs = top_level(words, "EQUALS")
    if not signs:
        raise no_equals_sign(
            source, words, "an equation is expected, and there is no =", "write left = right"
        )
    if len(signs) > 1:
        second = words[signs[1]]
        raise source.error(
            "an equation has one =", second.start, second.end, "write one equation at a time"
        )
    sign = words[signs[0]]

    def equation(reader: Reader) -> Basic:
        starts = (piece.start for piece in reader.pieces)
        middle = next(number for number, start in enumerate(starts) if start == sign.start)
        sides = Equation(reader.read(0, middle), reader.read(middle + 1))
        if misplaced_infinity(sides):
            sign_of_it = next(piece for piece in reader.pieces if piece.value is INFINITY)
            raise refuse_infinity(source, sign_of_it.start, sign_of_it.end)
        return sides

    return reading_of(source, words, replace(scope or Scope(), limits=True), equation)


def refuse_called(text: str, name: Symbol) -> None:
    """Refuse y(x) where the function y is written without what it depends on.

    Raises:
        ReadError: the name stands before a name in brackets, which would be a product.
    """
    source = source_of(text)
    words = words_of(source)
    for position, word in enumerate(words[:-3]):
        bracket, inside, closing = words[position + 1 : position + 4]
        called = bracket.text == "(" and bracket.start == word.end and closing.text == ")"
        if called and plain_name(word.text) == name.name and inside.kind in ("NAME", "GREEK"):
            shown = source.text[word.start : closing.end]
            raise source.error(
                f"{shown} is a product here: {name} is written without what it depends on",
                word.start,
                closing.end,
                f"write {word.text}, or {word.text}*{inside.text} for the product",
            )


def read_condition(
    text: str | Source, scope: Scope | None = None, place_name: str | None = None
) -> Reading:
    """Read a condition, ``0 < x < 1 and y != 0``.

    Raises:
        ReadError: the text is no condition.

    >>> read_condition("0 < x <= 1").expression
    And(Less(0, x), AtMost(x, 1))
    """
    source = source_of(text, place_name)
    return reading_of(source, words_of(source), scope or Scope(), Reader.read_condition)


def read_assignments(
    text: str | Source, scope: Scope | None = None, place_name: str | None = None
) -> dict[Basic, Basic]:
    """Read values for names, ``x = 2, y = 0``.

    Raises:
        ReadError: an assignment is not ``name = expression``, or a name has two values.

    >>> read_assignments("s = 1, b = -1/2")
    {s: 1, b: Negative(Over(1, 2))}
    """
    source = source_of(text, place_name)
    words = words_of(source)
    scope = scope or Scope()
    values: dict[Basic, Basic] = {}
    for part, after in parts_of(source, words):
        if not part:
            raise source.error(
                "a name and its value are expected here", after, after + 1, "write x = 2, y = 0"
            )
        signs = [number for number, word in enumerate(part) if word.kind == "EQUALS"]
        if not signs:
            raise no_equals_sign(
                source, part, "= and a value are expected here", "write x = 2, y = 0"
            )
        name = name_of(source, part[: signs[0]], part[signs[0]].start, scope)
        if name in values:
            raise source.error(
                f"{source.text[part[0].start : part[signs[0]].start].strip()} has a value already",
                part[0].start,
                part[signs[0]].start,
                "give each name one value",
            )
        reader = reader_of(source, part[signs[0] + 1 :], scope)
        if not reader.pieces:
            at = part[signs[0]].end
            raise source.error("a value is expected after =", at, at + 1, "write x = 2")
        values[name] = reader.read()
    return values


def read_names(
    text: str | Source, scope: Scope | None = None, place_name: str | None = None
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
    source = source_of(text, place_name)
    found: list[Basic] = []
    for part, after in parts_of(source, words_of(source)):
        if part and scope is not None and part[0].kind == "OPEN":
            found.append(reader_of(source, part, scope).read())
        else:
            found.append(name_of(source, part, after, scope or Scope()))
    return tuple(found)


def read_components(
    text: str | Source, scope: Scope | None = None, place_name: str | None = None
) -> tuple[Basic, ...]:
    """Read the components of a vector, ``3, 4`` or ``(3, 4)``.

    Raises:
        ReadError: a component is missing or cannot be read.

    >>> read_components("(1/2, -v)")
    (Over(1, 2), Negative(v))
    """
    source = source_of(text, place_name)
    words = words_of(source)
    if len(words) > 1 and words[0].text == "(" and words[-1].text == ")":
        inside = words[1:-1]
        depths = accumulate(
            (word.kind in ("OPEN", "INDEX_OPEN")) - (word.kind == "CLOSE") for word in inside
        )
        if all(depth >= 0 for depth in depths):
            words = inside
    found: list[Basic] = []
    for part, after in parts_of(source, words):
        if not part:
            raise source.error(
                "a component is expected here", after, after + 1, "write 3, 4 or (3, 4)"
            )
        found.append(reader_of(source, part, scope or Scope()).read())
    return tuple(found)
