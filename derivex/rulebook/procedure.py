"""What is honestly an algorithm, under the name of a rule, by which it is recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sympy.core.basic import Basic

from derivex.matching import (
    NO_FACTS,
    AnyKinds,
    Attempt,
    Context,
    Facts,
    Found,
    Kinds,
)

if TYPE_CHECKING:
    from derivex.rulebook.rule import Rule

__all__ = ["Procedure"]

ProcedureFunction = Callable[..., "Basic | None"]


@dataclass(frozen=True, eq=False)
class Procedure:
    """An algorithm that a rule file names: arithmetic, collecting, expanding.

    Args:
        rule: the rule under whose name it is recorded.
        heads: the kinds of node that it may change.
        run: gives the changed node, or None where there is nothing to change.
        parameters: what it works by, such as the symbols to collect.
        kinds: kinds of operand of which a node must have one; None for any.
        possible: whether the kinds of its operands, in order, allow it to change a node.
        by_facts: whether it makes use of what is known of signs.
    """

    rule: Rule
    heads: tuple[type, ...]
    run: ProcedureFunction
    parameters: tuple[Basic, ...] = ()
    kinds: frozenset[type] | None = None
    possible: Callable[[Kinds], bool] | None = None
    by_facts: bool = False

    def may_rewrite(self, kinds: AnyKinds) -> bool:
        """Whether the kinds of its operands allow the procedure to change a node."""
        if self.kinds is not None and self.kinds.isdisjoint(kinds):
            return False
        if self.possible is None:
            return True
        if isinstance(kinds, frozenset):
            kinds = (*kinds, *kinds)  # any of them may be there twice, and behind any other
        return self.possible(kinds)

    def apply(self, node: Basic, facts: Facts = NO_FACTS) -> Basic | None:
        """The node after the procedure, or None if it changes nothing."""
        if not isinstance(node, self.heads):
            return None
        if self.by_facts:
            return self.run(node, facts, *self.parameters)
        return self.run(node, *self.parameters)

    @property
    def attempt(self) -> Attempt:
        """The same as what a form has."""
        run = self.run

        def attempt(node: Any, by: Basic | None, context: Context) -> Found | None:
            made = run(node)
            return None if made is None else (self, made)

        def attempt_by_facts(node: Any, by: Basic | None, context: Context) -> Found | None:
            made = run(node, context.facts)
            return None if made is None else (self, made)

        return attempt_by_facts if self.by_facts else attempt

    def with_parameters(self, parameters: tuple[Basic, ...]) -> Procedure:
        """The same procedure, set to work by other parameters."""
        return replace(self, parameters=parameters)
