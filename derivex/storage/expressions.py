"""Expressions in JSON: shown in the notations, and stored by the number of their node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sympy.core.basic import Basic

from derivex.derivation import Detail, Line
from derivex.storage.codec import TEXT, Codec, Definitions, Many, Reading, Texts, Writing
from derivex.storage.entry_error import EntryError, short
from derivex.storage.record import Record, shown

__all__ = [
    "FORMULA",
    "LATEX",
    "LINES",
    "NAME",
    "NAMES",
    "NODE",
    "NODES",
    "RESULT",
    "RULES",
    "STORED",
    "STORED_RESULT",
    "WORDS",
    "AtDetail",
    "Node",
    "Stored",
    "Values",
]


class Node(Codec):
    """The number of a node in the table.

    Args:
        kinds: what the node has to be one of; anything if there are none.
    """

    def __init__(self, *kinds: type[Basic]):
        self._kinds = kinds or (Basic,)

    def write(self, value: Any, to: Writing) -> Any:
        return to.nodes.number(value)

    def read(self, stored: Any, source: Reading) -> Any:
        return source.node(stored, *self._kinds)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        definitions.setdefault(
            "node",
            {
                "description": "The number of a row in the table of nodes, from 0.",
                "type": "integer",
                "minimum": 0,
            },
        )
        return {"$ref": "#/$defs/node"}


NODE = Node()
NODES = Many(NODE)


class _Shown(Codec):
    """An expression that is shown, in text, LaTeX and perhaps SymPy's syntax, and perhaps stored.

    Args:
        name: what the schema calls it.
        says: what it is.
        sympy: whether SymPy's syntax is among the notations.
        kind: what the node has to be; None where the expression is not stored.
    """

    def __init__(self, name: str, says: str, sympy: bool, kind: type[Basic] | None):
        self._name, self._says, self._sympy, self._kind = name, says, sympy, kind
        self._fields = {
            "text": {"description": "In the text notation.", "type": "string"},
            "latex": {"description": "In LaTeX, for a formula.", "type": "string"},
        }
        if sympy:
            self._fields["sympy"] = {
                "description": "In SymPy's syntax; null where SymPy has no words for it.",
                "type": ["string", "null"],  # type: ignore[dict-item]
            }

    def write(self, value: Any, to: Writing) -> Any:
        told: dict[str, Any] = {}
        if to.shown:
            told = {"text": to.text.write(value), "latex": to.latex.write(value)}
            if self._sympy:
                told["sympy"] = to.sympy.write(value)
        if self._kind is not None:
            told["node"] = to.nodes.number(value)
        return told

    def read(self, stored: Any, source: Reading) -> Any:
        if not isinstance(stored, dict):
            raise EntryError(f"{short(stored)} is no object with a formula")
        for name, value in stored.items():
            if name not in self._fields and (name != "node" or self._kind is None):
                raise EntryError("there is no such field here", short(name).strip('"'))
            words = isinstance(value, str) or (name == "sympy" and value is None)
            if name != "node" and not words:
                raise EntryError(f"{short(value)} is no text", name)
        if self._kind is None:
            return None
        if "node" not in stored:
            raise EntryError("it is missing", "node")
        try:
            return source.node(stored["node"], self._kind)
        except EntryError as error:
            raise error.inside("node") from None

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        if self._name not in definitions:
            fields: dict[str, Any] = dict(self._fields)
            if self._kind is not None:
                fields["node"] = NODE.schema(definitions)
            definitions[self._name] = {
                "description": self._says,
                "type": "object",
                "properties": fields,
                "required": list(fields),
                "additionalProperties": False,
            }
        return {"$ref": f"#/$defs/{self._name}"}


FORMULA = _Shown("formula", "An expression as it is shown.", False, None)
RESULT = _Shown("result", "An expression as it is shown, for SymPy, too.", True, None)


def Stored(kind: type[Basic] = Basic) -> Codec:  # noqa: N802  # it stands for a class
    """An expression that is shown, and stored by its node."""
    return _Shown("stored_formula", "An expression, and its node.", False, kind)


STORED = Stored()
STORED_RESULT = _Shown("stored_result", "An expression, for SymPy, too, and its node.", True, Basic)


NAMES = Texts(lambda node, to: to.text.write(node))
"""Names of variables and the like, as they are shown."""


class _Notation(Codec):
    """An expression as one text, in one notation; only for readers."""

    def __init__(self, write: Callable[[Writing, Basic], str]):
        self._write = write

    def write(self, value: Any, to: Writing) -> Any:
        return self._write(to, value)

    def read(self, stored: Any, source: Reading) -> Any:
        return TEXT.read(stored, source)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return TEXT.schema(definitions)


NAME = _Notation(lambda to, node: to.text.write(node))
LATEX = _Notation(lambda to, node: to.latex.write(node))

RULES = Texts(lambda rule, to: str(rule.name))
"""The rules that were used, by their names; only for readers."""

LINE = Record(
    "line",
    Line,
    "A whole expression, and what led to it from the line before.",
    {
        "text": shown(NAME, "expression", "The expression in the text notation."),
        "latex": shown(LATEX, "expression", "The expression in LaTeX, for a formula."),
        "rules": shown(RULES, "rules", "The names of the rules that were used."),
        "says": shown(TEXT, "says", "The justification; empty for the first line."),
    },
    build=lambda values, source: None,
)


class AtDetail(Codec):
    """What is shown at a detail; the value is what gives it.

    Args:
        inner: how each of it is written.
    """

    def __init__(self, inner: Codec):
        self._inner = Many(inner)

    def write(self, value: Callable[[Detail], Any], to: Writing) -> Any:
        return self._inner.write(value(to.detail), to)

    def read(self, stored: Any, source: Reading) -> Any:
        return self._inner.read(stored, source)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return self._inner.schema(definitions)


LINES = AtDetail(LINE)


class Words(Codec):
    """A sentence with formulas in it: a list of texts and of expressions."""

    def write(self, value: Any, to: Writing) -> Any:
        return [word if isinstance(word, str) else STORED.write(word, to) for word in value]

    def read(self, stored: Any, source: Reading) -> Any:
        return Many(_WORD).read(stored, source)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        words = [TEXT.schema(definitions), STORED.schema(definitions)]
        return {"type": "array", "items": {"anyOf": words}}


class _Word(Codec):
    def read(self, stored: Any, source: Reading) -> Any:
        return stored if isinstance(stored, str) else STORED.read(stored, source)


_WORD = _Word()
WORDS = Words()


class Values(Codec):
    """What some names stand for: a field for each name, with the value and the name's node.

    Args:
        key: what a name has to be.
    """

    def __init__(self, key: type[Basic] = Basic):
        self._key = key
        self._value = _Shown(
            "value_of_a_name",
            "What a name stands for; the name is a node, too.",
            True,
            Basic,
        )

    def write(self, value: Mapping[Basic, Any], to: Writing) -> Any:
        told: dict[str, Any] = {}
        for name, each in value.items():
            word = to.text.write(name)
            while word in told:
                word += " "  # x_1 the name and x_1 the entry of x are not the same
            told[word] = {**self._value.write(each, to), "name": to.nodes.number(name)}
        return told

    def read(self, stored: Any, source: Reading) -> dict[Basic, Any]:
        if not isinstance(stored, dict):
            raise EntryError(f"{short(stored)} is no object with names")
        found: dict[Basic, Any] = {}
        for word, row in stored.items():
            try:
                if not isinstance(row, dict) or "name" not in row:
                    raise EntryError(f"{short(row)} is no value with a name")
                value = {field: each for field, each in row.items() if field != "name"}
                name = source.node(row["name"], self._key)
                found[name] = self._value.read(value, source)
            except EntryError as error:
                raise error.inside(word) from None
        return found

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        reference = self._value.schema(definitions)
        row = definitions["value_of_a_name"]
        row["properties"]["name"] = NODE.schema(definitions)
        row["required"] = list(row["properties"])
        return {"type": "object", "additionalProperties": reference}
