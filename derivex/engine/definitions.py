"""Filling definitions in: f(a) = s a + b, and abbreviations such as u = x y."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Entry, Phase
from derivex.errors import ProblemError
from derivex.expression import Apply, FunctionName, postorder, substitute
from derivex.expression.functions import Functions

__all__ = ["NO_DEFINITIONS", "Definitions", "fill_in_definitions"]

MAX_ROUNDS = 100
"""Definitions that call definitions, one inside the other, before a circle is suspected."""


@dataclass(frozen=True)
class Definitions:
    """What a user has defined.

    Args:
        functions: functions with a definition, by name.
        abbreviations: what a letter stands for.
    """

    functions: Functions = field(default_factory=dict)
    abbreviations: Mapping[Symbol, Basic] = field(default_factory=dict)


NO_DEFINITIONS = Definitions()


def fill_in_definitions(expression: Basic, definitions: Definitions) -> list[Phase]:
    """The phases that fill definitions in; none if there is nothing to fill in.

    Each round fills in every call and every abbreviation that stands in the expression; a
    definition that uses another one is filled in by the next round.

    Raises:
        ProblemError: a definition that leads back to itself, or a wrong number of arguments.
    """
    phases: list[Phase] = []
    if not definitions.functions and not definitions.abbreviations:
        return phases
    current = expression
    for _ in range(MAX_ROUNDS):
        replacements = _replacements(current, definitions)
        if not replacements:
            return phases
        if not phases:
            phases.append(Phase(current, {}, current))
        names = dict.fromkeys(_name(node) for node in replacements)
        current = substitute(current, replacements)
        entry = Entry(f"filling in {_enumerated(list(names))}", replacements)
        phases.append(Phase(current, {}, current, entry))
    raise ProblemError("a definition leads back to itself", hint="look through the definitions")


def _replacements(expression: Basic, definitions: Definitions) -> dict[Basic, Basic]:
    found: dict[Basic, Basic] = {}
    for node in postorder(expression):
        if isinstance(node, Symbol) and node in definitions.abbreviations:
            found[node] = definitions.abbreviations[node]
        if type(node) is not Apply:
            continue
        name, *arguments = node.args
        assert isinstance(name, FunctionName)
        function = definitions.functions.get(name.name)
        if function is None or function.definition is None:
            continue
        if len(arguments) != len(function.parameters):
            raise ProblemError(
                f"{name.name} has {len(function.parameters)} parameters, "
                f"but is called with {len(arguments)}"
            )
        bindings = dict(zip(function.parameters, arguments, strict=True))
        found[node] = substitute(function.definition, bindings)
    return found


def _name(node: Basic) -> str:
    if isinstance(node, Symbol):
        return node.name
    return f"the definition of {node.args[0].name}"


def _enumerated(names: list[str]) -> str:
    return " and ".join(names) if len(names) < 3 else ", ".join(names[:-1]) + " and " + names[-1]
