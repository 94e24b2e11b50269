"""The letters of a rule, and the slots in which a match keeps what they stand for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.expression import Apply, function_of, postorder
from derivex.expression.array_nodes import ArrayName
from derivex.expression.nodes import FunctionName
from derivex.matching.conditions import Condition

__all__ = ["Letters", "Slots"]

Slots = list[Any]
"""What each letter stands for, by slot: a node, or a tuple of operands for a letter with dots."""


@dataclass
class Letters:
    """The letters of one left-hand side, each with a slot.

    Args:
        conditions: the side conditions, which speak of letters by name.
        known: the names of the known functions; a bracket after any other name is a
            *context*: f(u) is a node in which exactly one operand is u.
        arrays: the letters that stand for arrays, with their shapes; all others then stand for
            numbers.  None where the rule does not speak of arrays: its letters stand for both.
        slots: the slot of each letter.
        sequences: the letters with dots, and the kind of node whose operands they stand for.
        chosen: for a letter before the dots of a call, which arguments it stands for.
        indexed: letters that are written u_i under a Σ_i, each with that index: on the
            right-hand side u_k is the same with k in the place of i.
        fresh: new indices, which only the right-hand side has.
    """

    conditions: tuple[Condition, ...]
    known: frozenset[str]
    arrays: Mapping[str, ArrayName] | None = None
    slots: dict[str, int] = field(default_factory=dict)
    sequences: dict[str, type] = field(default_factory=dict)
    meanings: frozenset[str] = frozenset()
    unknown: str | None = None
    heads: frozenset[str] = frozenset()
    chosen: dict[str, Any] = field(default_factory=dict)
    indexed: dict[str, str] = field(default_factory=dict)
    fresh: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        # Some letters are not variables of the rule but mean something: n, the number of data.
        for condition in self.conditions:
            if condition.kind.given:
                # What it stands for is given before the matching begins.
                self.unknown = condition.subject
                self.slot(condition.subject)
            elif condition.kind.words == "is an unknown function":
                self.heads |= {condition.subject}
            elif condition.kind.holds is None:
                self.meanings |= {condition.subject}

    def slot(self, name: str) -> int:
        """The slot of a letter, made on first use."""
        return self.slots.setdefault(name, len(self.slots))

    def is_letter(self, node: Basic) -> bool:
        """Whether a leaf of the rule stands for something else (e, π and n do not)."""
        if isinstance(node, Symbol):
            return node.name not in self.meanings
        return type(node) is ArrayName

    def is_context(self, node: Basic) -> bool:
        """Whether a node of the rule is f(u) with f standing for any node around u."""
        if type(node) is not Apply:
            return False
        name = node._args[0]
        return (
            isinstance(name, FunctionName)
            and name.name not in self.known
            and name.name not in self.heads
        )

    def is_call(self, node: Basic) -> bool:
        """Whether a node of the rule is f(u) or f′(u), f standing for the name of a function."""
        return type(node) is Apply and function_of(node._args[0])[0].name in self.heads

    def unary(self, name: str) -> list[Condition]:
        """The conditions whose subject is that letter, except those that only give a meaning."""
        return [
            condition
            for condition in self.conditions
            if condition.subject == name and condition.kind.holds is not None
        ]

    def about(self, name: str) -> list[Condition]:
        """The conditions that speak of that letter."""
        return [each for each in self.conditions if name in (each.subject, each.other)]


def letters_of(node: Basic) -> Iterable[Basic]:
    """All symbols and function names in a rule's side."""
    return (part for part in postorder(node) if isinstance(part, (Symbol, FunctionName)))
