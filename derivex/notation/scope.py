"""What a reader may take for granted, and what it gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from sympy.core.basic import Basic

from derivex.expression.array_nodes import ArrayName
from derivex.expression.functions import Function, Functions
from derivex.notation.characters import plain_name

__all__ = ["Reading", "Scope"]


@dataclass(frozen=True)
class Scope:
    """What the reader may take for granted about names.

    Args:
        functions: the known functions, by name; their aliases are honoured.
        names: declared variable names, as they are stored (``theta`` for θ).
        data: names of data columns: a_i and a_1 are entries only of these.
        given: names of functions that the user defined or declared, not a rule file.
        arrays: the vectors and matrices, by name.
        rules: reading a rule file: dots are allowed, and every letter is a name on its own.
        sets: sets can be written: set(1), interval(-1, 1), hull(…); in rule files they always can.
        seen: names that stand alone elsewhere in the document that the text is a part of.
        indexed: names that have indices there, with how many: a of a_i.
        limits: an expression may be ∞ or −∞, as the value of a limit is.
        whole: an unknown function of a vector is a number, and not taken entry by entry.
        by_hand: written as people do: in 1 − a with a vector a, 1 is a vector of ones.

    >>> sorted(Scope().declare("θ", "x_1").names)
    ['theta', 'x_1']
    """

    functions: Functions = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    data: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    arrays: Mapping[str, ArrayName] = field(default_factory=dict)
    rules: bool = False
    sets: bool = False
    seen: frozenset[str] = frozenset()
    indexed: Mapping[str, frozenset[int]] = field(default_factory=dict)
    whole: bool = False
    by_hand: bool = False
    limits: bool = False

    @cached_property
    def aliases(self) -> Mapping[str, Function]:
        """The functions by their other names, the first one where two have the same."""
        found: dict[str, Function] = {}
        for function in self.functions.values():
            for alias in function.aliases:
                found.setdefault(alias, function)
        return found

    def declare(self, *names: str) -> Scope:
        """The same scope with more variable names declared."""
        return replace(self, names=self.names.union(map(plain_name, names)))

    def with_data(self, *names: str) -> Scope:
        """The same scope with more data columns."""
        return replace(self, data=self.data.union(map(plain_name, names)))

    def with_arrays(self, *arrays: ArrayName) -> Scope:
        """The same scope with more vectors and matrices."""
        names = [array.name for array in arrays]
        known = {**self.arrays, **{array.name: array for array in arrays}}
        return replace(self.declare(*names), arrays=known)

    def within(self, seen: frozenset[str], indexed: Mapping[str, frozenset[int]]) -> Scope:
        """The same scope in a document in which names stand alone, or have indices."""
        found = replace(self, seen=seen, indexed=indexed)
        found.__dict__["aliases"] = self.aliases  # of the same functions
        return found

    def with_functions(self, functions: Mapping[str, Function]) -> Scope:
        """The same scope with more functions, which go before those of the same name."""
        given = self.given.union(functions)
        return replace(self, functions={**self.functions, **functions}, given=given)


@dataclass(frozen=True)
class Reading:
    """An expression as it was read.

    Args:
        expression: the written tree.
        notes: the choices that were made, in order: "I read ab as a·b".
    """

    expression: Basic
    notes: tuple[str, ...] = ()
