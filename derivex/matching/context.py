"""What matching needs to know beyond the trees: dependence, bound names, shapes of functions."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from sympy.core.basic import Basic

from derivex.expression import At, Binder, D, Dependence, free_symbols, postorder
from derivex.expression.dependence import PLAIN
from derivex.expression.functions import NO_FUNCTIONS, Functions
from derivex.matching.facts import NO_FACTS, Facts

if TYPE_CHECKING:
    from derivex.matching.curvature import Curvatures

__all__ = ["Context", "Found"]

Found = tuple[Any, ...]
"""What was applied, what it gave, and then what each of the letters stands for."""

_NOTHING: Mapping[Basic, int] = MappingProxyType({})


class _NoRules(dict[Any, tuple[()]]):
    """No rules for anything."""

    def __missing__(self, signature: Any) -> tuple[()]:
        return ()


class _Unwatched(set[Any]):
    """Takes anything and keeps nothing."""

    def add(self, node: Any) -> None:
        pass


_NO_RULES, _UNWATCHED = _NoRules(), _Unwatched()


class Context:
    """The memory of one run: the answers about dependence and curvature that were found so far.

    Args:
        start: the whole expression in which things are matched, if there is one.
        facts: what is known of signs.
        functions: the known functions, which say what shape they have.
    """

    __slots__ = (
        "_bound",
        "_curvatures",
        "_dependences",
        "_known",
        "_variable",
        "facts",
        "functions",
        "others",
        "settled",
        "start",
    )

    def __init__(
        self,
        start: Basic | None = None,
        facts: Facts = NO_FACTS,
        functions: Functions = NO_FUNCTIONS,
    ) -> None:
        self.start = start
        self.facts = facts
        self.functions = functions
        self._dependences: dict[Basic, Dependence] = {}
        self._curvatures: dict[Basic, Curvatures] | None = None
        self._bound: set[Basic] | None = None
        self._variable: Basic | None = None  # the latest one that was asked about
        self._known: Mapping[Basic, int] = _NOTHING  # the answers about it
        # A function of a rule builds the nodes of its template, and says which parts are to be
        # differentiated and tidied.  Here nothing is: they are built as the rule has them.
        self.others: Mapping[Any, Any] = _NO_RULES
        self.settled: set[Any] = _UNWATCHED

    def derive(self, operand: Basic, variable: Basic, joins: type | None) -> Any:
        """What stands where a rule has the derivative of an operand: that, unevaluated.

        Args:
            operand: what is differentiated.
            variable: what it is differentiated by.
            joins: the kind of the node around it, if that takes in operands of its own kind; the
                answer is then the operands for it.
        """
        node = D.interned[operand, variable]
        return node if joins is None else (node,)

    def settle(self, node: Any, joins: type | None, rules: Any = None) -> Any:
        """What becomes of a node that a rule puts somewhere: it stays."""
        kind = type(node)
        return node if joins is None else node._args if kind is joins else (node,)

    def curvatures(self, variable: Basic) -> Curvatures:
        """The questions about convexity in one variable, with the answers found so far."""
        if self._curvatures is None:
            self._curvatures = {}
        found = self._curvatures.get(variable)
        if found is None:
            from derivex.matching.curvature import Curvatures  # which few runs need

            found = Curvatures(self.dependence(variable), self.functions, self.facts)
            self._curvatures[variable] = found
        return found

    def dependence(self, variable: Basic) -> Dependence:
        """The questions about one variable, with the answers found so far."""
        found = self._dependences.get(variable)
        if found is None:
            found = self._dependences[variable] = Dependence(variable)
        self._variable = variable
        self._known = found.known
        return found

    def depends(self, expression: Basic, variable: Basic) -> bool:
        """Whether an expression depends on a variable: the most frequent question of all."""
        if not expression._args:
            if expression is variable:
                return True
            return type(variable) is At and expression is variable._args[0]
        if variable is self._variable:
            answer = self._known.get(expression)
            if answer is not None:
                return answer > 0
        elif variable._args and type(expression) in PLAIN:
            for operand in expression._args:
                if operand is variable:
                    return True
        return self.dependence(variable).of(expression)

    @property
    def bound(self) -> set[Basic]:
        """The names that something around a part may bind; new indices are added.

        These are the names that anything in the whole expression binds, but not those in the
        variable of a derivative around everything: a Σ_i inside of ∂/∂a_i gets another index
        before a rule goes on into it.
        """
        if self._bound is None:
            nodes = () if self.start is None else postorder(self.start)
            self._bound = {node._args[1] for node in nodes if isinstance(node, Binder)}
            start = self.start
            while type(start) is D:
                self._bound.difference_update(free_symbols(start._args[1]))
                start = start._args[0]
        return self._bound
