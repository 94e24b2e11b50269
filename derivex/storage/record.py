"""Records: objects with named fields, and the choice between several kinds of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from derivex.storage.codec import Codec, Definitions, Reading, Writing
from derivex.storage.entry_error import EntryError, short

__all__ = ["Field", "OneOf", "Record", "shown", "stored"]


@dataclass(frozen=True)
class Field:
    """A field of a record.

    Args:
        codec: how its value is written and read.
        get: gives the value from the record.
        name: the argument that the value is when the record is built again; None for what is
            only shown, and follows from the other fields.
        says: what it means, for the schema.
    """

    codec: Codec
    get: Callable[[Any], Any]
    name: str | None
    says: str


def stored(codec: Codec, name: str, says: str = "") -> Field:
    """A field that is read again: the attribute of that name."""
    return Field(codec, attrgetter(name), name, says)


def shown(codec: Codec, get: str | Callable[[Any], Any], says: str = "") -> Field:
    """A field for readers, which loading only looks at to see that it is of the right kind."""
    return Field(codec, attrgetter(get) if isinstance(get, str) else get, None, says)


class Record(Codec):
    """An object with named fields.

    Args:
        name: what the schema calls it.
        of: the class of what is written.
        says: what it is, for the schema.
        fields: its fields, in the order in which they are written.
        build: makes the object from the stored fields, by the names of their arguments; the
            class itself if left out.
        tagged: whether it begins with its ``kind``, which is the name.
        optional: fields that are only there where there is something to say.
    """

    def __init__(
        self,
        name: str,
        of: type,
        says: str,
        fields: Mapping[str, Field],
        build: Callable[[dict[str, Any], Reading], Any] | None = None,
        tagged: bool = False,
        optional: Iterable[str] = (),
    ):
        self.name, self.of, self.says = name, of, says
        self.optional = frozenset(optional)
        self.fields = dict(fields)
        self.tagged = tagged
        self._build = build or (lambda values, source: of(**values))

    def write(self, value: Any, to: Writing) -> dict[str, Any]:
        """The object as a dictionary."""
        head = {"kind": self.name} if self.tagged else {}
        return {
            **head,
            **{
                name: field.codec.write(field.get(value), to)
                for name, field in self.fields.items()
                if to.shown or field.name is not None
            },
        }

    def read(self, stored: Any, source: Reading) -> Any:
        """The object again."""
        return self._build(self.values(stored, source), source)

    def values(self, stored: Any, source: Reading) -> dict[str, Any]:
        """The stored fields, by the names of their arguments."""
        if not isinstance(stored, dict):
            raise EntryError(f"{short(stored)} is no object")
        if self.tagged and stored.get("kind") != self.name:
            raise EntryError(f'{short(stored.get("kind"))} is not "{self.name}"', "kind")
        for name in stored:
            if name not in self.fields and not (self.tagged and name == "kind"):
                raise EntryError("there is no such field here", short(name).strip('"'))
        found = {}
        for name, field in self.fields.items():
            if name not in stored:
                if field.name is None or name in self.optional:
                    continue
                raise EntryError("it is missing", name)
            try:
                value = field.codec.read(stored[name], source)
            except EntryError as error:
                raise error.inside(name) from None
            if field.name is not None:
                found[field.name] = value
        return found

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        """A reference to its definition, which is added."""
        if self.name not in definitions:
            definitions[self.name] = {}  # an object may hold others of its own kind
            definitions[self.name] = self.definition(definitions)
        return {"$ref": f"#/$defs/{self.name}"}

    def definition(self, definitions: Definitions) -> dict[str, Any]:
        """Its schema, in full."""
        properties: dict[str, Any] = {"kind": {"const": self.name}} if self.tagged else {}
        for name, field in self.fields.items():
            properties[name] = field.codec.schema(definitions)
            if field.says:
                properties[name] = {"description": field.says, **properties[name]}
        return {
            "description": self.says,
            "type": "object",
            "properties": properties,
            "required": [name for name in properties if name not in self.optional],
            "additionalProperties": False,
        }


class OneOf(Codec):
    """One of several kinds of records, told apart by their ``kind``."""

    def __init__(self, records: Iterable[Record]):
        self.records = {record.name: record for record in records}
        self._by_class = {record.of: record for record in self.records.values()}

    def record_of(self, value: Any) -> Record:
        """The kind of record that a value is.

        Raises:
            TypeError: it has no JSON form.
        """
        found = self._by_class.get(type(value))
        if found is None:
            raise TypeError(f"a {type(value).__name__} has no JSON form")
        return found

    def write(self, value: Any, to: Writing) -> Any:
        return self.record_of(value).write(value, to)

    def read(self, stored: Any, source: Reading) -> Any:
        kind = stored.get("kind") if isinstance(stored, dict) else None
        record = self.records.get(kind) if isinstance(kind, str) else None
        if record is None:
            raise EntryError(f"{short(kind)} is no kind of object that can stand here", "kind")
        return record.read(stored, source)

    def schema(self, definitions: Definitions) -> dict[str, Any]:
        return {"oneOf": [record.schema(definitions) for record in self.records.values()]}
