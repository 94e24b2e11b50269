"""What matching needs to know beyond the two trees: dependence, and which names are bound."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression import Binder, Dependence, postorder
from derivex.matching.facts import NO_FACTS, Facts

__all__ = ["Context"]


class Context:
    """The memory of one run: the answers about dependence that were found so far.

    Args:
        start: the whole expression in which things are matched, if there is one.
        facts: what is known of signs.
    """

    __slots__ = ("_bound", "_dependences", "_known", "_latest", "facts", "start")

    def __init__(self, start: Basic | None = None, facts: Facts = NO_FACTS) -> None:
        self.facts = facts
        self._dependences: dict[Basic, Dependence] = {}
        self._latest: Dependence | None = None
        self._known: dict[Basic, bool] = {}  # the answers about the latest variable
        self._bound: set[Basic] | None = None
        self.start = start

    def dependence(self, variable: Basic) -> Dependence:
        """The questions about one variable, with the answers found so far."""
        latest = self._latest
        if latest is not None and latest.variable is variable:
            return latest
        found = self._dependences.get(variable)
        if found is None:
            found = self._dependences[variable] = Dependence(variable)
        self._latest = found
        self._known = found.known
        return found

    def depends(self, expression: Basic, variable: Basic) -> bool:
        """Whether an expression depends on a variable: the most frequent question of all."""
        latest = self._latest
        if latest is None or latest.variable is not variable:
            latest = self.dependence(variable)
        if not expression._args:
            return expression is variable or latest.of(expression)
        answer = self._known.get(expression)
        return latest.of(expression) if answer is None else answer

    @property
    def bound(self) -> set[Basic]:
        """The names that something in the whole expression binds; new indices are added."""
        if self._bound is None:
            nodes = () if self.start is None else postorder(self.start)
            self._bound = {node._args[1] for node in nodes if isinstance(node, Binder)}
        return self._bound
