"""What holds at some point of a document: definitions, premises, and values of letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.checking.dependents import Dependence
from derivex.checking.patience import Patience
from derivex.engine import Columns, Definitions, filled_in
from derivex.errors import ProblemError
from derivex.expression import (
    ZERO,
    Antiderivative,
    Apply,
    At,
    Greater,
    contains,
    free_symbols,
    function_name,
    function_of,
    postorder,
    substitute,
    symbol,
)
from derivex.expression.array_nodes import ArrayName
from derivex.expression.elementary import ELEMENTARY
from derivex.expression.functions import NO_FUNCTIONS, Function, Functions
from derivex.matching import Facts
from derivex.notation import Definition

__all__ = ["Knowledge"]

_ENTRY = re.compile(r"(.+)_([a-z])")
_MOST_VALUES = 6  # of one name that are remembered


@dataclass(frozen=True)
class Knowledge:
    """What is taken for granted where a line stands.

    Args:
        functions: the functions of the rules, and those that the document or the user defined.
        names: what a name stands for, in terms of other names.
        turned: the same equations solved for other names: V = nRT/P where P = nRT/V was said.
        implicit: names without a definition that are differentiated, with what they depend on.
        met: those of derivations before this one.
        kinds: which values of a letter count, one of :data:`derivex.equality.sampling.KINDS`.
        conditions: relations that are assumed.
        values: names that have values for a while, such as points at which is evaluated; the
            last one first.
        columns: the data.
        identities: expressions that are known to be equal: the t_j sum to 1.
        entries: what an entry stands for: y ↦ (y_i, w x_i).
        declared: the names of vectors and matrices of which all is said that is to be assumed.
        dependence: entries, and functions of which nothing is known, that depend on others.
        sequences: names of which each entry comes from others, x_(n+1) = x_n − …
        rates: names with those of their rates: θ ↦ θ̇.
        over: names of which nothing holds any more that was said of them in derivations before.
        patience: how long equations may be solved for; None for as long as each takes.
    """

    functions: Functions = field(default_factory=lambda: NO_FUNCTIONS)
    names: Mapping[Basic, Basic] = field(default_factory=dict)
    turned: Mapping[Basic, Basic] = field(default_factory=dict)
    implicit: Mapping[Symbol, tuple[Symbol, ...]] = field(default_factory=dict)
    met: Mapping[Symbol, tuple[Symbol, ...]] = field(default_factory=dict)
    kinds: Mapping[Basic, str] = field(default_factory=dict)
    conditions: tuple[Basic, ...] = ()
    values: Mapping[Basic, tuple[Basic, ...]] = field(default_factory=dict)
    columns: Columns = field(default_factory=dict)
    identities: tuple[tuple[Basic, Basic], ...] = ()
    dependence: Dependence = frozenset()
    sequences: frozenset[Basic] = frozenset()
    entries: Mapping[Basic, tuple[Basic, Basic]] = field(default_factory=dict)
    declared: frozenset[str] = frozenset()
    rates: Mapping[Basic, Basic] = field(default_factory=dict)
    over: frozenset[str] = frozenset()
    patience: Patience | None = field(default=None, compare=False)

    def defining(self, definition: Definition, said: bool = False) -> Knowledge:
        """The same with one definition more; a later one takes the place of an earlier one.

        A name for a number is a value, which counts only where nothing else makes a line true.

        Args:
            definition: what is defined.
            said: whether it is said to be a definition, by a word or a sign.
        """
        body = None if definition.body is None else self.with_entries(definition.body)
        if definition.parameters:
            if body is not None and not said and _is_number(body):
                return self  # f(x) = 6 says what f is at some x
            if body is not None:
                body = self._with_own_letters(body, definition.parameters)
            function = Function(definition.name, definition.parameters, definition=body)
            return replace(self, functions={**self.functions, definition.name: function})
        if body is None:
            return self
        entry = _ENTRY.fullmatch(definition.name)
        if entry is not None and symbol(entry.group(2)) in free_symbols(body):
            return self.defining_entry(At(symbol(entry.group(1)), symbol(entry.group(2))), body)
        name = symbol(definition.name)
        if contains(body, name) or definition.name in _arrays_in(body):
            return self  # x = x + 1, or z = (z_1, …, z_n), says nothing of what x or z is
        if _is_number(body):
            # x = 2 may be a point, at which other lines do not stand.
            earlier = self.values.get(name, ())
            kept = (body, *(value for value in earlier if value is not body))[:_MOST_VALUES]
            return replace(self, values={**self.values, name: kept})
        if self.leads_to(body, name):
            return replace(self, turned={**self.turned, name: body})
        return replace(self, names={**self.names, name: body})

    @property
    def assumed(self) -> tuple[Basic, ...]:
        """The conditions; r of r = √(x² + y²), where x and y are made of r, is positive, too."""
        roots = [
            name
            for name, body in self.turned.items()
            if type(body) is Apply and body.args[0] is function_name("sqrt")
        ]
        return (*self.conditions, *(Greater(name, ZERO) for name in roots))

    def leads_to(self, root: Basic, name: Basic) -> bool:
        """Whether an expression is made of a name, by way of what others are said to be."""
        waiting, seen = [root], {root}
        while waiting:
            for letter in free_symbols(waiting.pop()):
                if letter is name:
                    return True
                body = self.names.get(letter)
                if body is not None and body not in seen:
                    seen.add(body)
                    waiting.append(body)
        return False

    def forgetting(self, names: Iterable[str], for_good: bool = False) -> Knowledge:
        """The same without what some names stood for.

        Args:
            names: which ones.
            for_good: whether what was said of them before holds in no later derivation, either.
        """
        gone = set(names)
        if not gone:
            return self
        symbols = {symbol(name) for name in gone}
        return replace(
            self,
            functions={name: each for name, each in self.functions.items() if name not in gone},
            names={name: each for name, each in self.names.items() if name not in symbols},
            turned={name: each for name, each in self.turned.items() if name not in symbols},
            values={name: each for name, each in self.values.items() if name not in symbols},
            entries={name: each for name, each in self.entries.items() if name not in symbols},
            over=self.over | gone if for_good else self.over,
        )

    def assuming(self, condition: Basic) -> Knowledge:
        """The same with one relation more that holds, such as x > 0 or i ≠ j."""
        known = replace(self, conditions=(*self.conditions, condition))
        return replace(known, kinds={**self.kinds, **Facts(known.bounds).kinds})

    @property
    def bounds(self) -> tuple[Basic, ...]:
        """The conditions that compare a letter with a number, unless they contradict another."""
        found: list[Basic] = []
        for condition in self.conditions:
            with suppress(ValueError):
                Facts([*found, condition])
                found.append(condition)
        return tuple(found)

    def defines(self, name: str) -> bool:
        """Whether a name, or a function of that name, has a definition."""
        function = self.functions.get(name)
        return symbol(name) in self.names or (
            function is not None and function.definition is not None
        )

    def knows_functions_of(self, roots: Iterable[Basic]) -> bool:
        """Whether it is known what all functions are that are called in some expressions.

        >>> from derivex.expression import function_name
        >>> Knowledge().knows_functions_of([Apply(function_name("f"), symbol("x"))])
        False
        """
        for root in roots:
            for node in postorder(root):
                if type(node) is Apply:
                    name = function_of(node.args[0])[0].name
                    function = self.functions.get(name)
                    if function is None and name not in ELEMENTARY:
                        return False
                    if function is not None and not (function.definition or function.means):
                        return False
        return True

    def _with_own_letters(self, body: Basic, parameters: tuple[Symbol, ...]) -> Basic:
        """A definition with the functions filled in that use its parameters.

        With f(a) = s a + b, loss(s, b) = Σ_i f(a_i)² is Σ_i (s a_i + b)²: loss(1, 0) has 1 for s.
        """
        functions = {
            name: function
            for name, function in self.functions.items()
            if function.definition is not None
            and function.means is None
            and set(parameters)
            & (free_symbols(function.definition).keys() - {*function.parameters})
        }
        try:
            return filled_in(body, Definitions(functions)) if functions else body
        except ProblemError:
            return body

    def defining_entry(self, entry: Basic, body: Basic) -> Knowledge:
        """The same with what an entry stands for, whatever its indices."""
        known = replace(self, entries={**self.entries, entry.args[0]: (entry, body)})
        functions = {
            name: function
            if function.definition is None or not contains(function.definition, entry.args[0])
            else replace(function, definition=known.with_entries(function.definition))
            for name, function in self.functions.items()
        }
        names = {name: known.with_entries(body) for name, body in self.names.items()}
        return replace(known, functions=functions, names=names)

    def with_entries(self, root: Basic) -> Basic:
        """An expression with what is said of entries in the place of these, in that as well."""
        left = dict(self.entries)
        for _ in self.entries:
            found = {
                node: substitute(left[node.args[0]][1], places)
                for node in postorder(root)
                if (places := _places_of(node, left)) is not None
            }
            if not found:
                break
            root = substitute(root, found)
            # y_k of y_k / Σ_m y_m, which are weights, is the one that was written.
            for name in {node.args[0] for node in found}:
                if contains(left[name][1], name):
                    del left[name]
        return root

    def filled_in(self, root: Basic) -> Basic:
        """An expression with the definitions of names in their place.

        Those that are integrated by stay.

        >>> x, u = symbol("x"), symbol("u")
        >>> from derivex.expression import Over, Power, TWO
        >>> Knowledge(names={u: Power(x, TWO)}).filled_in(Over(u, x))
        Over(Power(x, 2), x)
        """
        names = self.names
        for _ in range(_MOST_VALUES if names else 0):
            kept = {node.args[1] for node in postorder(root) if type(node) is Antiderivative}
            if not kept.isdisjoint(names):
                names = {name: body for name, body in names.items() if name not in kept}
            filled = substitute(root, names)
            if filled is root:
                break
            root = filled
        return root


def _places_of(
    node: Basic, entries: Mapping[Basic, tuple[Basic, Basic]]
) -> dict[Basic, Basic] | None:
    """The indices of an entry that has a definition, by those it was defined with."""
    if type(node) is not At or node.args[0] not in entries:
        return None
    entry, _ = entries[node.args[0]]
    if len(entry.args) != len(node.args):
        return None
    return dict(zip(entry.args[1:], node.args[1:], strict=True))


def _arrays_in(root: Basic) -> set[str]:
    return {node.name for node in postorder(root) if isinstance(node, ArrayName)}


def _is_number(root: Basic) -> bool:
    return not any(isinstance(node, (Symbol, ArrayName)) for node in postorder(root))
