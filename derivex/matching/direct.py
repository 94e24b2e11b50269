"""Differentiating in one go: derivatives are worked out as soon as a rule asks for them.

A rule of differentiation says ∂(u v)/∂x = ∂u/∂x · v + u · ∂v/∂x.  Here its function asks for the
two derivatives first and puts together what they are: the derivative of a product costs no look
at a tree that holds derivatives.  What was decided is recorded, which rule on what with which
letters, and the steps, in which the derivatives of the rule stand unevaluated, follow from that.

What is unusual (a derivative that no rule covers, nesting that is deeper than functions should
call one another, rules that undo each other) is left to rewriting one step at a time: it does the
same, with a stack of its own in the place of calls.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy.core.basic import Basic

from derivex.expression import D
from derivex.expression.array_nodes import FLAT
from derivex.expression.dependence import PLAIN, Dependence
from derivex.expression.functions import Functions
from derivex.matching.context import Context, Found
from derivex.matching.facts import Facts
from derivex.matching.kinds import signature_of

__all__ = ["Direct", "UnusualError"]

_MANY = range(50)
"""So often a node may be rewritten until no rule helps."""

_FEW = 6
"""Operands up to which it pays to look at each whether it is a leaf."""


class UnusualError(Exception):
    """What has to be rewritten one step at a time."""


class Direct(Context):
    """The memory of a run that works derivatives out in one go.

    Args:
        dependence: what depends on the variable; what was asked about are the parts of the start.
        facts: what is known of signs.
        functions: the known functions.
        rules: the rules of differentiation, by the kind of the variable; with True those
            for operands that depend on it.
        others: the rules for everything else, by what they may match.

    ``noted`` holds what was applied to nodes that are no derivatives, and what one step gave.
    ``settled`` are the nodes that no rule rewrites.
    """

    __slots__ = (
        "_by",
        "_dependence",
        "_dependent",
        "_derived",
        "_final",
        "_known_by",
        "_of_any",
        "_of_constants",
        "_rules",
        "noted",
    )

    def __init__(
        self,
        dependence: Dependence,
        facts: Facts,
        functions: Functions,
        rules: Mapping[Any, Mapping[Any, Any]],
        others: Mapping[Any, Any],
    ):
        self.start = self._curvatures = self._bound = None
        self.facts = facts
        self.functions = functions
        self._dependence = dependence
        self._dependences = {}
        self._variable = self._by = variable = dependence.variable
        self._known = self._known_by = dependence.known
        self._rules = rules
        self._of_any, self._dependent = rules[type(variable)], rules[type(variable), True]
        self.others = others
        # What was applied to derivatives, their final form, and what the letters stand for: by
        # the operand and what is around, by the operand, another variable and what is around,
        # and for the variable itself by what is around alone.  Numbers and letters are not looked
        # up: their hash is SymPy's, which costs more than what the rule does.
        self._derived: dict[Any, Found] = {}
        self._of_constants: list[tuple[Basic, Found]] = []
        self._final: dict[Basic, Basic] = {}
        self.noted: dict[Basic, Found] = {}
        self.settled = set(dependence.known)

    def dependence(self, variable: Basic) -> Dependence:
        """The questions about one variable, with the answers found so far."""
        if variable is not self._by:
            return super().dependence(variable)
        self._variable, self._known = variable, self._dependence.known
        return self._dependence

    def derived(self) -> dict[tuple[Basic, Basic], Found]:
        """What was applied to derivatives, by operand and variable."""
        by = self._by
        found = {(operand, by): applied for operand, applied in self._of_constants}
        for key, applied in self._derived.items():
            operand = by if len(key) == 1 else key[0]
            found[operand, key[1] if len(key) == 3 else by] = applied
        return found

    def count(self) -> int:
        """The number of things that were done, some of them twice."""
        return len(self.noted) + len(self._derived) + len(self._of_constants)

    def derive(self, operand: Any, variable: Any, joins: type | None) -> Any:
        """The derivative of an operand whose parts are settled.

        Args:
            operand: what is differentiated.
            variable: what it is differentiated by.
            joins: the kind of the node around it, if that takes in operands of its own kind;
                the answer is then the operands that the derivative adds to it, which are more
                than one if it becomes a node of that kind.
        """
        key: Any
        if variable is not self._by:
            key = operand, variable, joins
            rules, signature = self._rules[type(variable)], signature_of(operand)
        elif operand._args:
            key = operand, joins
            # What is free of the variable, or not asked about yet, may have other rules.
            rules = self._dependent if self._known_by.get(operand) else self._of_any
            signature = signature_of(operand)
        else:
            key = (joins,) if operand is variable else None
            rules, signature = self._of_any, (type(operand),)
        derived = self._derived
        if key in derived:
            return derived[key][1]
        for attempt in rules[signature]:
            found = attempt(operand, variable, self, joins)
            if found is not None:
                if key is None:
                    self._of_constants.append((operand, found))
                else:
                    derived[key] = found
                return found[1]
        raise UnusualError

    def settle(self, node: Any, joins: type | None, rules: Any = None) -> Any:
        """The final form of a node that a rule put somewhere.

        Args:
            node: the node.
            joins: as for :meth:`derive`.
            rules: what may rewrite the node, if its operands are settled already.
        """
        settled, noted, first = self.settled, self.noted, node
        for _ in _MANY:
            if rules is None:
                operands = node._args
                if not operands:
                    break
                kind = type(node)
                if kind is joins:
                    return self._settled_parts(operands, joins)
                if node in settled:
                    break
                if kind not in PLAIN:
                    return self._settled_derivative(node, joins)
                if len(operands) <= _FEW or not settled.issuperset(operands):
                    for part in operands:
                        if part._args and part not in settled:
                            if joins is None and node in self._final:
                                return self._final[node]
                            parts = self._settled_parts(operands, kind if kind in FLAT else None)
                            node = kind.interned[parts]
                            break
                    if node in settled:
                        break
                rules = self.others[signature_of(node)]
            elif node in settled:
                break
            if node in noted:
                found = noted[node]
            else:
                for attempt in rules:
                    found = attempt(node, None, self)
                    if found is not None and found[1] is not node:
                        break
                else:
                    settled.add(node)
                    break
                noted[node] = found
            node = found[1]
            rules = None
        else:
            raise UnusualError
        if joins is not None:
            return (node,)
        if first is not node:
            self._final[first] = node
        return node

    def _settled_derivative(self, node: Any, joins: type | None) -> Any:
        """What becomes of a derivative that a rule has inside of something unusual."""
        if type(node) is not D:
            raise UnusualError
        operand, variable = node._args
        if self._settled_parts(operand._args, None) != operand._args:
            raise UnusualError
        return self.derive(operand, variable, joins)

    def _settled_parts(self, operands: tuple[Any, ...], joins: type | None) -> tuple[Any, ...]:
        """The operands in their final form; those of the kind of the node are taken in."""
        settled = self.settled
        if len(operands) > _FEW and settled.issuperset(operands):
            return operands
        for part in operands:
            if part._args and part not in settled:
                break
        else:
            return operands
        parts: list[Any] = []
        for part in operands:
            if not part._args:
                parts.append(part)
            elif joins is None:
                parts.append(self.settle(part, None))
            else:
                parts += self.settle(part, joins)
        return tuple(parts)
