"""Data that a document gives entry by entry: a_1 = 0, a_2 = 2, a_3 = 4."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sympy.core.basic import Basic

from derivex.documents.document import HandDefinition
from derivex.expression import free_symbols

__all__ = ["columns_in"]

_ENTRY = re.compile(r"(?P<name>.+)_(?P<number>[1-9][0-9]*)")


def columns_in(
    definitions: Iterable[HandDefinition],
) -> tuple[tuple[str, tuple[Basic, ...]], ...]:
    """The columns of numbers that definitions give, from the first entry on without a gap.

    Returns:
        Names and values; a single entry is no column.
    """
    found: dict[str, dict[int, Basic]] = {}
    for each in definitions:
        entry = _ENTRY.fullmatch(each.definition.name)
        body = each.definition.body
        if entry and body is not None and not each.definition.parameters and not free_symbols(body):
            found.setdefault(entry["name"], {})[int(entry["number"])] = body
    return tuple(
        (name, tuple(entries[number] for number in range(1, len(entries) + 1)))
        for name, entries in found.items()
        if len(entries) > 1 and max(entries) == len(entries)
    )
