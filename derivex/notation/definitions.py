"""Definitions: a name for an expression, or for a function of some parameters."""

from __future__ import annotations

from dataclasses import dataclass

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.errors import ReadError
from derivex.expression import At
from derivex.expression.array_nodes import ArrayName
from derivex.notation.lexer import Source, Word, source_of, words_of
from derivex.notation.parts import (
    letters_of,
    name_of,
    no_equals_sign,
    parts_of,
    reader_of,
    top_level,
)
from derivex.notation.scope import Scope
from derivex.notation.vocabulary import Vocabulary, subscript_text

__all__ = ["Definition", "read_definition"]


@dataclass(frozen=True)
class Definition:
    """A name for an expression, or for a function: ``f(a) = s a + b``.

    Args:
        name: the name that is defined.
        parameters: the function's parameters, which may be declared vectors and matrices; empty
            for a plain name.
        body: what the name stands for; None for a function of which nothing is known, as
            ``y(x)`` declares it.
        notes: the choices that were made in reading the body.
    """

    name: str
    parameters: tuple[Symbol | ArrayName, ...]
    body: Basic | None
    notes: tuple[str, ...] = ()


def read_definition(
    text: str | Source, scope: Scope | None = None, place_name: str | None = None
) -> Definition:
    """Read what ``let`` introduces: ``f(a) = s a + b``, ``u = x y``, ``f_{s,b}(a) = s a + b``.

    The letters of a subscript before a bracket name parameters that stay fixed; they are not
    part of the function's name.  Without a body, ``y(x)``, a function is declared of which
    nothing is known: y depends on x.

    Raises:
        ReadError: the left side is not a name, perhaps with parameters, or the body is wrong.

    >>> read_definition("f(a) = s a + b")
    Definition(name='f', parameters=(a,), body=Plus(Times(s, a), b), notes=())
    """
    source = source_of(text, place_name)
    words = words_of(source)
    signs = top_level(words, "EQUALS")
    if not signs:
        if len(words) > 1 and words[-1].text == ")":
            name, parameters, _ = _defined(source, words, words[-1])
            return Definition(name, parameters, None)
        raise no_equals_sign(
            source,
            words,
            "a definition needs an =",
            "write f(a) = s a + b, or y(x) if y depends on x",
        )
    sign = signs[0]
    name, parameters, fixed = _defined(source, words[:sign], words[sign])
    scope = (scope or Scope()).declare(*(str(one) for one in parameters), *fixed)
    reader = reader_of(source, words[sign + 1 :], scope)
    if not reader.pieces:
        at = words[sign].end
        raise source.error(
            "the definition ends after =", at, at + 1, f"write what {name} stands for"
        )
    kinds = tuple(scope.arrays.get(str(one), one) for one in parameters)
    return Definition(name, kinds, reader.read(), reader.notes.in_order())


def _defined(
    source: Source, words: list[Word], sign: Word
) -> tuple[str, tuple[Symbol, ...], list[str]]:
    """The left side of a definition: its name, its parameters, and those that stay fixed."""
    if not words or letters_of(words[0]) is None:
        start = words[0].start if words else sign.start
        raise source.error(
            "a definition begins with a name", start, sign.start or 1, "write f(a) = s a + b"
        )
    name = letters_of(words[0]) or ""
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
    for part, _ in parts_of(source, inside):
        name = name_of(source, part, words[-1].start, Scope())
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


def _bad_left_side(source: Source, words: list[Word]) -> ReadError:
    return source.error(
        "the left side of a definition is a name, with its parameters in brackets",
        words[0].start,
        words[-1].end,
        "write f(a) = s a + b, or u = x y",
    )
