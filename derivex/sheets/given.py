"""What a sheet says of definitions and data that its exercises use."""

from __future__ import annotations

from collections.abc import Sequence

from sympy.core.basic import Basic

from derivex.expression import Apply, Equation, Row, function_name, symbol
from derivex.notation import Definition
from derivex.sheets.sheet import Words

__all__ = ["data_words", "definition_words"]

_MOST_ENTRIES = 100


def definition_words(definition: Definition) -> Words:
    """A definition as a sentence."""
    head: Basic = symbol(definition.name)
    if definition.parameters:
        head = Apply(function_name(definition.name), *definition.parameters)
    if definition.body is None:
        return ("Let ", head, " be a function.")
    return ("Let ", Equation(head, definition.body), ".")


def data_words(name: Basic, entries: Sequence[Basic]) -> Words:
    """A column of data as a sentence; of a long one only how long it is."""
    if len(entries) > _MOST_ENTRIES:
        return ("The data: ", name, f" has {len(entries)} entries.")
    return ("The data: ", Equation(name, Row(*entries)), ".")
