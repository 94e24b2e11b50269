"""What matching needs to know beyond the two trees: which expressions depend on what."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression import Dependence

__all__ = ["Context"]


class Context:
    """The memory of one run: the answers about dependence that were found so far."""

    __slots__ = ("_dependences", "_known", "_latest")

    def __init__(self) -> None:
        self._dependences: dict[Basic, Dependence] = {}
        self._latest: Dependence | None = None
        self._known: dict[Basic, bool] = {}  # the answers about the latest variable

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
        answer = self._known.get(expression) if expression._args else None
        return latest.of(expression) if answer is None else answer
