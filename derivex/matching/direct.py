"""Differentiating in one go: derivatives are worked out as soon as a rule asks for them.

A rule of differentiation says ∂(u v)/∂x = ∂u/∂x · v + u · ∂v/∂x.  Here its function asks for the
two derivatives first and puts together what they are: the derivative of a product costs no look
at a tree that holds derivatives.  What was decided is recorded, which rule on what with which
letters, and the steps, in which the derivatives of the rule stand unevaluated, follow from that.

What is unusual (a derivative that no rule covers, nesting that is deeper than functions should
call one another, rules that undo each other) is left to rewriting one step at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from sympy.core.basic import Basic

from derivex.expression import D, ImplicitName, Plus, Prime, Times
from derivex.expression.dependence import PLAIN
from derivex.expression.functions import Functions
from derivex.matching.context import Context
from derivex.matching.facts import Facts
from derivex.matching.kinds import signature_of

__all__ = ["Direct", "UnusualError"]

_DEEPEST = 100
"""How many derivatives, each needed for the one before it, are worked out in one go."""


_FEW = 6
"""Operands up to which it pays to look at each whether it is a leaf."""

Found = tuple[Any, ...]


class UnusualError(Exception):
    """What has to be rewritten one step at a time."""


# The heads of calls of implicit functions, whose derivative may be one of its own kind.
_OWN_DERIVATIVE = frozenset({ImplicitName, Prime})


class Direct(Context):
    """The memory of a run that works derivatives out in one go.

    Args:
        variable: what most derivatives are by.
        facts: what is known of signs.
        functions: the known functions.
        rules: the rules of differentiation for a kind of variable, by what the operand is.
        others: the rules for everything else, by what they may match.

    ``noted`` holds what was applied to nodes that are no derivatives, and what one step gave.
    ``settled`` are the nodes that no rule rewrites.
    """

    __slots__ = (
        "_by",
        "_depth",
        "_derived",
        "_derived_by_others",
        "_final",
        "_rules",
        "_rules_by",
        "noted",
        "others",
        "settled",
    )

    def __init__(
        self,
        variable: Basic,
        facts: Facts,
        functions: Functions,
        rules: Callable[[type], Mapping[Any, Any]],
        others: Mapping[Any, Any],
    ):
        super().__init__(None, facts, functions)
        self._by = variable
        self._rules_by = rules
        self._rules = rules(type(variable))
        self.others = others
        # What was applied to derivatives, their final form, and what the letters stand for; by
        # what is around it, operand and, if it is another, variable.
        self._derived: dict[Any, dict[Any, Found]] = {None: {}, Times: {}, Plus: {}}
        self._derived_by_others: dict[Any, Found] = {}
        self.noted: dict[Basic, Found] = {}
        self.settled: set[Basic] = set()
        self._final: dict[Basic, Basic] = {}
        self._depth = 0

    def derived(self) -> dict[tuple[Basic, Basic], Found]:
        """What was applied to derivatives, by operand and variable."""
        found = {(key[0], key[1]): found for key, found in self._derived_by_others.items()}
        for each in self._derived.values():
            for operand, applied in each.items():
                found[operand, self._by] = applied
        return found

    def count(self) -> int:
        """The number of things that were done, some of them twice."""
        return sum(map(len, (self.noted, self._derived_by_others, *self._derived.values())))

    def derive(self, operand: Any, variable: Any, joins: type | None) -> Any:
        """The derivative of an operand whose parts are settled.

        Args:
            operand: what is differentiated.
            variable: what it is differentiated by.
            joins: the kind of the node around it, if that takes in operands of its own kind:
                when the derivative becomes one, its operands are the answer.
        """
        memory: dict[Any, Found]
        if variable is self._by:
            key, memory, rules = operand, self._derived[joins], self._rules
        else:
            key, memory = (operand, variable, joins), self._derived_by_others
            rules = self._rules_by(type(variable))
        found = memory.get(key)
        if found is not None:
            return found[1]
        signature = signature_of(operand)
        if self._depth == _DEEPEST or type(signature[0]) in _OWN_DERIVATIVE:
            raise UnusualError
        self._depth += 1
        for attempt in rules[signature]:
            found = attempt(operand, variable, self, joins)
            if found is not None:
                memory[key] = found
                self._depth -= 1
                return found[1]
        raise UnusualError

    def tidied(self, node: Any, rules: Any, joins: type | None) -> Any:
        """What rules of tidying make of a node whose operands are settled."""
        if node in self.settled:
            return node
        found = self.noted.get(node)
        if found is None:
            for attempt in rules:
                found = attempt(node, None, self)
                if found is not None and found[1] is not node:
                    break
            else:
                self.settled.add(node)
                return node
            self.noted[node] = found
        made = found[1]
        return self.settle(made, joins) if made._args else made

    def settle(self, node: Any, joins: type | None) -> Any:
        """The final form of a node that a rule put somewhere."""
        settled = self.settled
        if node in settled:
            return node
        kind = type(node)
        operands = node._args
        if kind not in PLAIN:
            if kind is not D or not self._are_settled(operands[0]._args):
                raise UnusualError
            return self.derive(*operands, joins)
        if not self._are_settled(operands):
            if joins is None and node in self._final:
                return self._final[node]
            if self._depth == _DEEPEST:
                raise UnusualError
            self._depth += 1
            operands = self._settled_parts(operands, kind if kind is Plus or kind is Times else None)
            self._depth -= 1
        if kind is joins:
            return operands
        made: Any = kind.interned[operands]
        rules = self.others[signature_of(made)]
        if rules:
            made = self.tidied(made, rules, joins)
        else:
            settled.add(made)
        if joins is None and made is not node:
            self._final[node] = made
        return made

    def _are_settled(self, operands: tuple[Any, ...]) -> bool:
        settled = self.settled
        if len(operands) > _FEW and settled.issuperset(operands):
            return True
        for operand in operands:
            if operand._args and operand not in settled:
                return False
        return True

    def _settled_parts(
        self, operands: tuple[Any, ...], joins: type | None
    ) -> tuple[Any, ...]:
        """The operands in their final form; those of the kind of the node are taken in."""
        parts: list[Any] = []
        for part in operands:
            if part._args:
                part = self.settle(part, joins)
                if type(part) is tuple:
                    parts += part
                    continue
                if type(part) is joins:
                    parts += part._args
                    continue
            parts.append(part)
        return tuple(parts)
