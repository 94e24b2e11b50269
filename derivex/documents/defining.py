"""Which rows introduce names: f(x) = …, u = …, ŷ_i = …, y = f(u) := …."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from typing import NamedTuple

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.documents.document import Formula, HandDefinition
from derivex.documents.names import Names, names_alone
from derivex.documents.passage import Passage, source_of_stretch, without_powers
from derivex.documents.raw import RawFormula, RawRow
from derivex.errors import Place, ReadError
from derivex.expression import (
    Apply,
    At,
    D,
    contains,
    free_symbols,
    function_of,
    postorder,
    symbol,
)
from derivex.expression.array_nodes import ArrayName
from derivex.expression.elementary import ELEMENTARY
from derivex.notation import Definition, Scope, read_definition
from derivex.notation.characters import plain_name
from derivex.notation.lexer import Word, words_of
from derivex.notation.vocabulary import INDEX_LETTERS, subscript_text

__all__ = ["Head", "definitions_of", "heads_of", "value_in"]

_DEFINING = ("=", ":=", "≡")


class Head(NamedTuple):
    """The left side of a definition, and its indices if it is that of an entry."""

    definition: Definition
    indices: tuple[Symbol, ...] = ()


def heads_of(
    raw: RawRow, chain: Sequence[RawFormula], passage: Passage, names: Names
) -> list[Head]:
    """The left sides of a chain, if they are what a definition begins with.

    There are two in ``y = f(u) := u^2``.
    """
    signs = [formula.sign for formula in chain]
    defining = not signs[0] and all(sign in _DEFINING for sign in signs[1:])
    if len(chain) < 2 or not (defining or signs[:2] == ["", ":="]):
        return []
    said = raw.said == "let" or signs[1] != "=" or ":=" in signs
    if raw.joint not in ("start", "next") and not said:
        return []
    heads: list[Head] = []
    for formula in chain[: signs.index(":=") if ":=" in signs else 1]:
        head = _head(formula, passage, names)
        if head is None:
            return []
        name = head.definition.name
        if not (said or head.definition.parameters or names.may_define(name)):
            return []
        if raw.said == "claim" and names.is_defined(name):
            return []
        if not head.definition.parameters and names.restates(name, _names_in(chain[-1], passage)):
            return []
        heads.append(head)
    return heads


def _names_in(formula: RawFormula, passage: Passage) -> set[str]:
    """The names that stand in a formula."""
    with suppress(ReadError):
        return names_alone(words_of(source_of_stretch(passage.stretch(formula.start, formula.end))))
    return set()


def _head(formula: RawFormula, passage: Passage, names: Names) -> Head | None:
    words: Sequence[Word] = ()
    try:
        words = words_of(source_of_stretch(passage.stretch(formula.start, formula.end)))
        definition = read_definition(passage.head(formula.start, formula.end), Scope())
    except ReadError:
        return _entry(words)
    if definition.parameters and words[1].kind == "SUBSCRIPT":
        index = subscript_text(words[1].text)
        if _by_parameters(index, definition, names):
            return None  # f_x(x, y) is a derivative of f
        if index in INDEX_LETTERS and len(index) == 1:  # g_i(x): one function for each i
            parameters = (symbol(index), *definition.parameters)
            definition = Definition(f"{definition.name}_", parameters, definition.body)
    if not definition.parameters:
        definition = replace(definition, parameters=names.parameters_of(definition.name))
    written = passage.original[formula.start : formula.end]
    if without_powers(written) != written:
        names.of_powers.add(definition.name)
    return None if names.is_function(definition.name) else Head(definition)


def _by_parameters(index: str, head: Definition, names: Names) -> bool:
    """Whether the letters below a function are what it depends on: f_x(x, y), where f is known."""
    letters = set(index.replace(",", ""))
    return (
        names.is_defined(head.name)
        and len(head.parameters) > 1
        and bool(letters)
        and letters <= {str(parameter) for parameter in head.parameters} - set(INDEX_LETTERS)
    )


def _entry(words: Sequence[Word]) -> Head | None:
    """The head that a name with an index is: u_i = …."""
    if len(words) != 2 or words[0].kind not in ("NAME", "GREEK") or words[1].kind != "SUBSCRIPT":
        return None
    index = subscript_text(words[1].text)
    if not index or any(letter not in INDEX_LETTERS for letter in index):
        return None
    name = Definition(plain_name(words[0].text), (), None)
    return Head(name, tuple(symbol(letter) for letter in index))


def definitions_of(
    raw: RawRow,
    chain: Sequence[RawFormula],
    heads: Sequence[Head],
    formulas: Sequence[Formula],
    names: Names,
    whole: Place,
) -> tuple[HandDefinition, ...]:
    """The definitions that a chain is, once its formulas have been read.

    Args:
        raw: its row.
        chain: where its formulas stand.
        heads: what :func:`heads_of` found.
        formulas: its formulas.
        names: what is known about names.
        whole: where the chain stands.
    """
    if not heads:
        return ()
    body = _body(formulas[len(heads) :], names)
    if body is None or body.expression is None:
        return ()
    sign = chain[len(heads)].sign
    said = sign if sign != "=" else "let" if raw.said == "let" else "form"
    place = replace(whole, end=chain[len(heads)].end)
    text = place.source[place.start : place.end]
    found = []
    for head, indices in heads:
        name = symbol(plain_name(head.name))
        itself = At(name, *indices) if indices else name
        if not head.parameters and contains(body.expression, itself):
            return ()  # x := x - 1 is an update, x = x^2 an equation
        if type(body.expression) is Apply and str(body.expression.args[0]) == head.name:
            return ()  # V = V(q) says what V depends on
        if said == "form" and _is_value(head, body.expression):
            return ()
        base = head.name
        if indices:
            written = "".join(map(str, indices))
            head = replace(head, name=f"{head.name}_{written}")
        definition = replace(head, body=body.expression, notes=body.notes)
        found.append(HandDefinition(definition, place, text, said, indices, base))
    return tuple(found)


def _body(formulas: Sequence[Formula], names: Names) -> Formula | None:
    """The right side that says most: the first one in which all functions are known.

    Of v(t) = ds/dt = 2t it is the last one, and of L = T - V = m v^2 - m g h, where of T and V
    nothing is known, the one behind these.
    """
    readable = [each for each in formulas if each.expression is not None]
    if len(readable) > 1 and _are_new(readable[0], readable[1:], names):
        readable = readable[1:]
    found = next((each for each in readable if not _has_slope(each.expression)), None)
    for each in [found, *readable] if found is not None else readable:
        if not any(
            type(node) is Apply and names.is_unknown(str(node.args[0]))
            for node in postorder(each.expression)
        ):
            return each
    return readable[0] if readable else None


def _are_new(formula: Formula, others: Sequence[Formula], names: Names) -> bool:
    """Whether a formula is made of names only that no other one has and that are not defined."""
    letters = free_symbols(formula.expression) if formula.expression is not None else {}
    rest = {name for each in others if each.expression for name in free_symbols(each.expression)}
    known = {*names.letters, *map(str, names.scope.names)}
    return (
        len(letters) > 1
        and bool(rest)
        and not any(name in rest or str(name) in known for name in letters)
    )


def _has_slope(root: Basic | None) -> bool:
    """Whether a name is differentiated in an expression: ds/dt."""
    return root is not None and any(
        type(node) is D and isinstance(node.args[0], Symbol) for node in postorder(root)
    )


def _is_value(head: Definition, body: Basic) -> bool:
    """Whether a number is what something is equal to just there: x = 2, f(a) = 4."""
    named = any(isinstance(node, (Symbol, ArrayName)) for node in postorder(body))
    return not (named or head.name[-1].isdigit())


def value_in(before: Basic, after: Basic) -> str:
    """The function of which an equality gives a value, f(3) = 4 or f'(3) = 6; "" if it does not.

    >>> from derivex.expression import function_name, integer
    >>> value_in(Apply(function_name("f"), integer(3)), integer(4))
    'f'
    """
    if type(before) is not Apply or free_symbols(before) or free_symbols(after):
        return ""
    name = function_of(before.args[0])[0].name
    return "" if name in ELEMENTARY else name
