"""What is known of a function: its name, how it is printed, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sympy import Symbol
from sympy.core.basic import Basic

__all__ = ["SHAPES", "NO_FUNCTIONS", "Function", "Functions"]

SHAPES = ("convex", "concave", "increasing", "decreasing", "smooth")
"""What a ``shape`` line of a function may say; each is claimed for all real arguments."""


@dataclass(frozen=True)
class Function:
    """A function, as a ``function`` stanza of a rule file or a ``let`` introduces it.

    Args:
        name: as it is typed and as it stands in the tree, ``"sin"``.
        parameters: its parameters, which may be declared vectors; their number is its arity.
        means: the elementary function that it is, by SymPy's name (``"sin"``), or None.
        definition: an expression in the parameters, or None.
        latex: how LaTeX writes its name, such as ``\\sin``.
        variadic: whether it takes any number of arguments, two or more; in its definition
            dots then follow what is repeated for each of them: log(e^x + ...).
        aliases: other names that are read as this one (``ln`` for ``log``).

        shape: what is claimed of it for all real arguments: ``convex``, ``increasing``, ….

    A function with neither meaning nor definition is unknown: f, of which nothing is known.
    """

    name: str
    parameters: tuple[Symbol, ...]
    means: str | None = None
    definition: Basic | None = None
    latex: str | None = None
    aliases: tuple[str, ...] = ()
    variadic: bool = False
    shape: frozenset[str] = frozenset()


FIRST_ARGUMENT = "@1"
"""In the LaTeX of a function: where its first argument goes, J_{@1} for J_0(x)."""

Functions = Mapping[str, Function]
"""The functions that are known somewhere, by name (aliases are not keys)."""

NO_FUNCTIONS: Functions = MappingProxyType({})
