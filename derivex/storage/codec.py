"""Codecs: how one kind of value is written as JSON, read again, and described by the schema.

A codec says all three things in one place, so that what is written, what is read and what the
schema promises cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from sympy.core.basic import Basic

from derivex.derivation import Detail
from derivex.expression.functions import Functions
from derivex.notation import LatexWriter, SympyWriter, TextWriter
from derivex.rulebook import RuleBook
from derivex.storage.entry_error import EntryError, short
from derivex.storage.nodes import NodeTable

__all__ = [
    "COUNT",
    "NUMBER",
    "TEXT",
    "TEXTS",
    "TRUTH",
    "Choice",
    "Codec",
    "Converted",
    "Definitions",
    "Later",
    "Many",
    "Named",
    "Optional",
    "Reading",
    "Texts",
    "Writing",
]

Definitions = dict[str, Any]
"""The ``$defs`` of a schema while it is put together."""


class Writing:
    """What codecs write with.

    Args:
        functions: the known functions.
        detail: how many lines a derivation shows.
        shown: whether what is only there for readers is written, too; without it, what is
            written is just what is read again.
    """

    def __init__(
        self, functions: Functions, detail: str | Detail = Detail.TEXTBOOK, shown: bool = True
    ):
        self.text = TextWriter()
        self.latex = LatexWriter(functions)
        self.sympy = SympyWriter(functions)
        self.detail = Detail(detail)
        self.shown = shown
        self.nodes = NodeTable()


class Reading:
    """What codecs read with.

    Args:
        nodes: the table of nodes.
        book: the rules that steps cite.
    """

    def __init__(self, nodes: list[Basic], book: RuleBook):
        self.nodes = nodes
        self.book = book

    def node(self, number: Any, *kinds: type[Basic]) -> Any:
        """The node with a number.

        Raises:
            EntryError: there is none, or it is of another kind.
        """
        if type(number) is not int or not 0 <= number < len(self.nodes):
            raise EntryError(f"{short(number)} is not the number of a node")
        found = self.nodes[number]
        if not isinstance(found, kinds):
            named = " and no ".join(kind.__name__ for kind in kinds)
            raise EntryError(f"node {number} is no {named}")
        return found


class Codec:
    """One kind of value; a subclass says how it is written, read and described."""

    def write(self, value: Any, to: Writing) -> Any:
        """The value, ready for ``json.dump``."""
        raise NotImplementedError

    def read(self, stored: Any, source: Reading) -> Any:
        """The value that was written.

        Raises:
            EntryError: it is something else.
        """
        raise NotImplementedError

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """The JSON Schema of what is written; what it refers to is added to the definitions."""
        raise NotImplementedError


class _Plain(Codec):
    """What JSON has itself."""

    def __init__(self, kind: type, name: str, noun: str, **more: Any):
        self._kind, self._noun = kind, noun
        self._schema = {"type": name, **more}

    def write(self, value: Any, to: Writing) -> Any:
        return value

    def read(self, stored: Any, source: Reading) -> Any:
        if type(stored) is not self._kind:
            raise EntryError(f"{short(stored)} is no {self._noun}")
        return stored

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return dict(self._schema)


TEXT = _Plain(str, "string", "text")
NUMBER = _Plain(int, "integer", "whole number")
COUNT = _Plain(int, "integer", "whole number", minimum=0)
TRUTH = _Plain(bool, "boolean", "truth value")


class Choice(Codec):
    """One of some values, each with a word for it.

    Args:
        words: what stands for each value; or an enumeration, whose values are the words.
    """

    def __init__(self, words: Mapping[Any, str] | type[Enum]):
        if isinstance(words, type):
            words = {each: each.value for each in words}
        self._words = dict(words)
        self._values = {word: value for value, word in self._words.items()}

    def write(self, value: Any, to: Writing) -> Any:
        return self._words[value]

    def read(self, stored: Any, source: Reading) -> Any:
        if not isinstance(stored, str) or stored not in self._values:
            known = ", ".join(f'"{word}"' for word in self._values)
            raise EntryError(f"{short(stored)} is none of {known}")
        return self._values[stored]

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return {"enum": list(self._values)}


class Optional(Codec):
    """A value, or null for None."""

    def __init__(self, inner: Codec):
        self._inner = inner

    def write(self, value: Any, to: Writing) -> Any:
        return None if value is None else self._inner.write(value, to)

    def read(self, stored: Any, source: Reading) -> Any:
        return None if stored is None else self._inner.read(stored, source)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return {"anyOf": [self._inner.schema(definitions), {"type": "null"}]}


class Many(Codec):
    """A list of values of one kind, which is read as a tuple."""

    def __init__(self, inner: Codec):
        self._inner = inner

    def write(self, value: Any, to: Writing) -> Any:
        return [self._inner.write(each, to) for each in value]

    def read(self, stored: Any, source: Reading) -> Any:
        if not isinstance(stored, list):
            raise EntryError(f"{short(stored)} is no list")
        found = []
        for number, each in enumerate(stored):
            try:
                found.append(self._inner.read(each, source))
            except EntryError as error:
                raise error.inside(number) from None
        return tuple(found)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return {"type": "array", "items": self._inner.schema(definitions)}


class Named(Codec):
    """An object with any names as its fields, whose values are of one kind."""

    def __init__(self, inner: Codec):
        self._inner = inner

    def write(self, value: Mapping[str, Any], to: Writing) -> Any:
        return {name: self._inner.write(each, to) for name, each in value.items()}

    def read(self, stored: Any, source: Reading) -> Any:
        if not isinstance(stored, dict):
            raise EntryError(f"{short(stored)} is no object with names")
        found = {}
        for name, each in stored.items():
            try:
                found[name] = self._inner.read(each, source)
            except EntryError as error:
                raise error.inside(name) from None
        return found

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": self._inner.schema(definitions)}


class Converted(Codec):
    """What another codec writes, made of the value first, and made into a value again.

    Args:
        inner: how it is written.
        written: what of the value is written.
        made: the value again; None where what was written is enough.
    """

    def __init__(
        self,
        inner: Codec,
        written: Callable[[Any], Any],
        made: Callable[[Any, Reading], Any] | None = None,
    ):
        self._inner, self._written = inner, written
        self._made = made or (lambda found, source: found)

    def write(self, value: Any, to: Writing) -> Any:
        return self._inner.write(self._written(value), to)

    def read(self, stored: Any, source: Reading) -> Any:
        return self._made(self._inner.read(stored, source), source)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return self._inner.schema(definitions)


class Later(Codec):
    """A codec that is made further down, because it holds the one that needs it."""

    def __init__(self, codec: Callable[[], Codec]):
        self._codec = codec

    def write(self, value: Any, to: Writing) -> Any:
        return self._codec().write(value, to)

    def read(self, stored: Any, source: Reading) -> Any:
        return self._codec().read(stored, source)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return self._codec().schema(definitions)


class Texts(Codec):
    """Texts that are made from values when they are written; they are read as texts."""

    def __init__(self, word: Callable[[Any, Writing], str]):
        self._word = word
        self._read = Many(TEXT)

    def write(self, value: Any, to: Writing) -> Any:
        return [self._word(each, to) for each in value]

    def read(self, stored: Any, source: Reading) -> Any:
        return self._read.read(stored, source)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return self._read.schema(definitions)


TEXTS = Many(TEXT)
