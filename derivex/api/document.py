"""A whole result as JSON: its record, and what all results have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any

from derivex.api.declarations import Declarations
from derivex.rulebook import RuleBook
from derivex.storage import (
    INNER,
    LEAVES,
    Codec,
    Definitions,
    EntryError,
    Field,
    Reading,
    Record,
    Writing,
    read_nodes,
    short,
    stored,
)
from derivex.storage.codec import TEXT, TEXTS, Many

__all__ = ["VERSION", "Document"]

VERSION = 1
"""The version of the format; another one is written by another derivex."""

_FIRST = ("kind", "start", "by", "variables")  # what was asked, before what was found


_DEFINED = Record(
    "shown_definition",
    tuple,
    "A definition, or the shape of an array, as it is shown.",
    {
        "text": Field(TEXT, itemgetter(0), "text", "In the text notation."),
        "latex": Field(TEXT, itemgetter(1), "latex", "In LaTeX, for a formula."),
    },
    build=lambda values, source: (values["text"], values["latex"]),
)


class _Data(Codec):
    """Columns: their names and their entries, which are texts."""

    def write(self, value: Any, to: Writing) -> Any:
        return {name: list(entries) for name, entries in value}

    def read(self, stored: Any, source: Reading) -> Any:
        if not isinstance(stored, dict):
            raise EntryError(f"{short(stored)} is no object with columns")
        return tuple((name, _read(name, TEXTS, each, source)) for name, each in stored.items())

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return {"type": "object", "additionalProperties": TEXTS.schema(definitions)}


_DECLARATIONS = Record(
    "declarations",
    Declarations,
    "The definitions, the data and the assumptions that a result rests on.",
    {
        "definitions": stored(Many(_DEFINED), "definitions", "As they are shown."),
        "data": stored(_Data(), "data", "The entries of each column, digit by digit."),
        "assumptions": stored(TEXTS, "assumptions", "What is known of letters."),
    },
)


class Document:
    """One kind of result.

    Args:
        of: the class of the result.
        record: how its record is written.
        build: makes the result from the fields: ``record``, ``book``, ``notes``,
            ``declarations``, and the extra ones.
        extra: fields that the result has beyond its record.
        get: gives the record.
        plain: whether there are neither declarations nor remarks.
    """

    def __init__(
        self,
        of: type,
        record: Record,
        build: Callable[..., Any],
        extra: Mapping[str, Field] | None = None,
        get: Callable[[Any], Any] = lambda result: result.record,
        plain: bool = False,
    ):
        self.of, self.record, self.get = of, record, get
        self._build, self._extra = build, dict(extra or {})
        self._common = {} if plain else {"declarations": _DECLARATIONS, "notes": TEXTS}

    @property
    def kind(self) -> str:
        """The word that tells this kind of result from others."""
        return self.record.name

    def write(self, result: Any, to: Writing) -> dict[str, Any]:
        """The result as a dictionary, ready for ``json.dump``."""
        told = self.record.write(self.get(result), to)
        for name, field in self._extra.items():
            if to.shown or field.name is not None:
                told[name] = field.codec.write(field.get(result), to)
        asked = {name: told.pop(name) for name in _FIRST if name in told}
        for name, codec in self._common.items():
            told[name] = codec.write(getattr(result, name), to)
        declared = {"declarations": told.pop("declarations")} if self._common else {}
        book: RuleBook = result.book
        return {
            "version": VERSION,
            **asked,
            **declared,
            **told,
            "fingerprint": book.fingerprint,
            "nodes": to.nodes.rows,
        }

    def read(self, stored: dict[str, Any], book: RuleBook) -> Any:
        """The result that was written.

        Raises:
            EntryError: it is something else.
        """
        rest = {name: value for name, value in stored.items() if name != "version"}
        common = {**self._common, "fingerprint": TEXT}
        if "nodes" not in rest:
            raise EntryError("it is missing", "nodes")
        try:
            source = Reading(read_nodes(rest.pop("nodes")), book)
        except EntryError as error:
            raise error.inside("nodes") from None
        found: dict[str, Any] = {}
        for name, codec in common.items():
            if name not in rest:
                raise EntryError("it is missing", name)
            value = rest[name] if name in self.record.fields else rest.pop(name)
            found[name] = _read(name, codec, value, source)
        for name, field in self._extra.items():
            if name in rest:
                value = _read(name, field.codec, rest.pop(name), source)
                if field.name is not None:
                    found[field.name] = value
            elif field.name is not None:
                raise EntryError("it is missing", name)
        del found["fingerprint"]
        return self._build(record=self.record.read(rest, source), book=book, **found)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """A reference to its definition, which is added."""
        inner = self.record.definition(definitions)
        extra = {
            name: {"description": field.says, **field.codec.schema(definitions)}
            for name, field in self._extra.items()
        }
        common = {name: codec.schema(definitions) for name, codec in self._common.items()}
        nodes = _table(definitions)
        name = f"{self.kind}_document"
        properties = {
            "version": {"const": VERSION},
            **inner["properties"],
            **extra,
            **common,
            "fingerprint": {"description": "Tells the rules that were used.", "type": "string"},
            "nodes": nodes,
        }
        definitions[name] = {**inner, "properties": properties, "required": list(properties)}
        return {"$ref": f"#/$defs/{name}"}


def _read(name: str, codec: Codec, value: Any, source: Reading) -> Any:
    try:
        return codec.read(value, source)
    except EntryError as error:
        raise error.inside(name) from None


def _table(definitions: Definitions) -> dict[str, Any]:
    """The schema of the table of nodes."""
    number = {"type": "integer", "minimum": 0}
    definitions["leaf"] = {
        "description": "A node without operands: its kind and the text that it is made of.",
        "type": "array",
        "prefixItems": [{"enum": list(LEAVES)}, {"type": "string"}],
        "items": False,
        "minItems": 2,
    }
    definitions["inner_node"] = {
        "description": "A node: its kind, and the numbers of its operands, which are earlier rows.",
        "type": "array",
        "prefixItems": [{"enum": sorted(INNER)}],
        "items": number,
        "minItems": 1,
    }
    return {
        "description": "Every expression that anything here refers to, each once.",
        "type": "array",
        "items": {"anyOf": [{"$ref": "#/$defs/leaf"}, {"$ref": "#/$defs/inner_node"}]},
    }
