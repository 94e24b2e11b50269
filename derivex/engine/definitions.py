"""Filling definitions in: f(a) = s a + b, and abbreviations such as u = x y."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from sympy import Symbol
from sympy.core.basic import Basic

from derivex.derivation import Entry, Phase, listed
from derivex.errors import ProblemError
from derivex.expression import Apply, D, Dotted, function_of, postorder, substitute
from derivex.expression.array_nodes import ArrayName, Entries
from derivex.expression.definitions import check_arity
from derivex.expression.functions import Functions
from derivex.expression.primes import derivative_of_definition
from derivex.notation.spelling import unicode_name

__all__ = [
    "NO_DEFINITIONS",
    "Definitions",
    "definitions_of",
    "fill_in_definitions",
    "filled_in",
    "followed_by",
]


@dataclass(frozen=True)
class Definitions:
    """What a user has defined.

    Args:
        functions: functions with a definition, by name.
        abbreviations: what a letter stands for.
        arrays: the vectors and matrices that are declared.
    """

    functions: Functions = field(default_factory=dict)
    abbreviations: Mapping[Symbol | ArrayName, Basic] = field(default_factory=dict)
    arrays: tuple[ArrayName, ...] = ()


NO_DEFINITIONS = Definitions()


def fill_in_definitions(expression: Basic, definitions: Definitions) -> list[Phase]:
    """The phases that fill definitions in, and sums with dots; none if there are neither.

    A definition that uses another one is filled in together with it, before its parameters
    get their values: with f(a) = s a + b, loss(s, b) = Σ_i (f(a_i) − h_i)² at (1, 0) is
    Σ_i (1 a_i + 0 − h_i)².

    Raises:
        ProblemError: a definition that leads back to itself, or a wrong number of arguments.
    """
    if definitions is NO_DEFINITIONS and not Dotted.interned:
        return []
    replacements, names = _replacements(expression, definitions, ())
    phases = [Phase(expression, {}, expression)]
    if replacements:
        after = substitute(expression, replacements)
        entry = Entry(f"filling in {definitions_of(names)}", replacements)
        phases.append(Phase(after, {}, after, entry))
    if Dotted.interned:  # there are few expressions with dots, so none is searched in vain
        dotted = [node for node in postorder(phases[-1].result) if type(node) is Dotted]
        if dotted:
            replacements = {node: node.args[0] for node in dotted}
            after = substitute(phases[-1].result, replacements)
            entry = Entry("writing the dots with an index", replacements)
            phases.append(Phase(after, {}, after, entry))
    return phases if len(phases) > 1 else []


def filled_in(expression: Basic, definitions: Definitions) -> Basic:
    """An expression with the definitions filled in, and sums with dots written with an index.

    Raises:
        ProblemError: a definition that leads back to itself, or a wrong number of arguments.
    """
    phases = fill_in_definitions(expression, definitions)
    return phases[-1].result if phases else expression


def followed_by(phases: list[Phase], phase: Phase) -> list[Phase]:
    """The phases, and one more, which begins with the entry of one that has no steps of its own."""
    if phases and not phases[-1].steps:
        return [*phases[:-1], replace(phase, entry=phases[-1].entry)]
    return [*phases, phase]


def _replacements(
    expression: Basic, definitions: Definitions, above: tuple[str, ...]
) -> tuple[dict[Basic, Basic], dict[str, None]]:
    """What each call and abbreviation stands for, and the names of what was used for it."""
    found: dict[Basic, Basic] = {}
    names: dict[str, None] = {}
    if not definitions.functions and not definitions.abbreviations:
        return found, names
    for node in postorder(expression):
        made = _meaning(node, definitions)
        if made is None:
            continue
        name, body, bindings = made
        if name in above:
            raise ProblemError(
                f"the definition of {name} leads back to itself",
                hint="look through the definitions",
            )
        names[name] = None
        inner, inner_names = _replacements(body, definitions, (*above, name))
        names.update(inner_names)
        found[node] = _with_arguments(substitute(body, inner), bindings)
    # A call inside the argument of another one is replaced together with it.
    return _arguments_filled(found), names


def _with_arguments(body: Basic, bindings: dict[Basic, Basic]) -> Basic:
    """A definition with the arguments of a call; a derivative by a parameter is taken first."""
    derived = {node.args[1] for node in postorder(body) if type(node) is D}
    if derived.isdisjoint(bindings):
        return substitute(body, bindings)
    parameters = [name for name in bindings if isinstance(name, Symbol)]
    return derivative_of_definition(body, parameters, (), list(bindings.values()))


def _arguments_filled(found: dict[Basic, Basic]) -> dict[Basic, Basic]:
    filled: dict[Basic, Basic] = {}
    for node, meaning in found.items():  # operands come before the calls that hold them
        filled[node] = substitute(meaning, dict(filled))
    return filled


def _meaning(node: Basic, definitions: Definitions) -> tuple[str, Basic, dict[Basic, Basic]] | None:
    """The name, the body and the values of the parameters, if a node has a definition."""
    if isinstance(node, (Symbol, ArrayName)):
        body = definitions.abbreviations.get(node)
        return None if body is None else (node.name, body, {})
    if type(node) is not Apply:
        return None
    head, places = function_of(node.args[0])
    arguments = node.args[1:]
    function = definitions.functions.get(head.name)
    if function is None or function.definition is None:
        return None
    check_arity(function, len(arguments))
    if places:
        body = derivative_of_definition(function.definition, function.parameters, places, arguments)
        return head.name, body, {}
    whole = [each.args[0] if type(each) is Entries else each for each in arguments]
    bindings = dict(zip(function.parameters, whole, strict=True))
    return head.name, function.definition, bindings


def definitions_of(names: Iterable[str]) -> str:
    """What is filled in, in words: "the definitions of f and σ"."""
    different = [*map(unicode_name, dict.fromkeys(names))]
    return f"the definition{'s' * (len(different) > 1)} of {listed(different)}"
