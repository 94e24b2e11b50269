"""The JSON Schema of everything that derivex writes as JSON."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from derivex.api.document import VERSION
from derivex.api.kinds import all_kinds
from derivex.storage import Definitions, Record

__all__ = ["SCHEMA_FILE", "json_schema", "make_schema"]

SCHEMA_FILE = "derivex.schema.json"

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of everything that derivex writes as JSON.

    It stands in the package as a file, ``derivex/storage/derivex.schema.json``.

    >>> json_schema()["title"]
    'derivex, version 1'
    """
    text = resources.files("derivex.storage").joinpath(SCHEMA_FILE).read_text(encoding="utf-8")
    schema: dict[str, Any] = json.loads(text)
    return schema


def make_schema() -> dict[str, Any]:
    """The schema, made anew from what writes the JSON."""
    # Imported here, because whoever wants to read the schema need not wait for them.
    from derivex.storage.checks import CHECK
    from derivex.storage.rules import RULE_CHECK, RULES

    definitions: Definitions = {}
    kinds = [document.schema(definitions) for document in all_kinds()]
    kinds += [_written_only(record, definitions) for record in (CHECK, RULES, RULE_CHECK)]
    return {
        "$schema": _DIALECT,
        "$id": f"urn:derivex:json:{VERSION}",
        "title": f"derivex, version {VERSION}",
        "description": "What derivex writes as JSON. The kind says which of these it is.",
        "oneOf": kinds,
        "$defs": dict(sorted(definitions.items())),
    }


def _written_only(record: Record, definitions: Definitions) -> dict[str, Any]:
    """What is written, but not loaded again: it has a version and a kind, and no nodes."""
    inner = record.definition(definitions)
    properties = {"version": {"const": VERSION}, **inner["properties"]}
    name = f"{record.name}_document"
    definitions[name] = {**inner, "properties": properties, "required": list(properties)}
    return {"$ref": f"#/$defs/{name}"}
