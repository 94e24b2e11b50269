"""What matching needs to know beyond the two trees: which expressions depend on what."""

from __future__ import annotations

from sympy.core.basic import Basic

from derivex.expression import Dependence

__all__ = ["Context"]


class Context:
    """The memory of one run: the answers about dependence that were found so far."""

    __slots__ = ("_dependences",)

    def __init__(self) -> None:
        self._dependences: dict[Basic, Dependence] = {}

    def dependence(self, variable: Basic) -> Dependence:
        """The questions about one variable, with the answers found so far."""
        found = self._dependences.get(variable)
        if found is None:
            found = self._dependences[variable] = Dependence(variable)
        return found
